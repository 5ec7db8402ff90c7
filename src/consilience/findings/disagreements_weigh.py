"""How sure a candidate difference is: a logistic weighing of its features, learnt on the stories."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import numpy as np

from consilience.errors import ModelError
from consilience.findings.trees import Trees, load
from consilience.model import DisagreementKind, Evidence, Relation

# How often reports of the news differ, and how many pairs of a story it takes to say otherwise. The
# stories that are learnt from are full of differences; news is not. Chosen on stories left out and on
# the real sets (docs/differences.md, "On real news").
RARE, PAIRS = 0.05, 20
STEPS = 30  # after which the part of a story's pairs that differ no longer moves


@dataclass(frozen=True)
class Candidate:
    """A difference that is sure enough to be told: its positions with their evidence.

    ``relation`` is None where times and sources decide it. ``apart``: each position says of what it
    speaks, and each of something else, so that what would be a conflict is a difference of scope.
    """

    kind: DisagreementKind
    relation: Relation | None
    about: str
    positions: tuple[tuple[str, tuple[Evidence, ...]], ...]
    reasons: tuple[str, ...] = field(default=())
    apart: bool = False


@dataclass(frozen=True)
class Weighing:
    """A logistic model: ``mean``, ``scale``, ``weights`` have one number per feature.

    ``prior``: the part of the rows it learnt from that were differences.
    """

    mean: np.ndarray
    scale: np.ndarray
    weights: np.ndarray
    bias: float
    threshold: float
    prior: float = 0.5

    def probability(self, features: Sequence[Sequence[float]]) -> np.ndarray:
        """Shape (candidates,): how likely each row of features is a difference, in [0, 1]."""
        if not len(features):
            return np.zeros(0)
        z = (np.asarray(features, float) - self.mean) / self.scale @ self.weights + self.bias
        return np.round(1 / (1 + np.exp(-z)), 6)


@cache
def weighing(kind: str) -> Weighing:
    """The weighing that belongs to a kind of difference.

    Raises ``errors.ModelError`` where the file lacks it.
    """
    path = files("consilience") / "findings" / "models" / "disagreements.json"
    try:
        table = json.loads(path.read_text(encoding="utf-8"))[kind]
    except (FileNotFoundError, KeyError):
        raise ModelError(f"no weighing of differences of kind {kind!r}") from None
    arrays = {k: np.asarray(table[k], float) for k in ("mean", "scale", "weights")}
    return Weighing(
        **arrays, bias=float(table["bias"]), threshold=float(table["threshold"]),
        prior=float(table.get("prior", 0.5)),
    )  # fmt: skip


@dataclass(frozen=True)
class Judge:
    """Boosted trees and a weighing of one table, their log-odds averaged."""

    trees: Trees
    line: Weighing

    @property
    def threshold(self) -> float:
        """From where on a candidate is told."""
        return self.line.threshold

    def of_story(self, table: np.ndarray) -> np.ndarray:
        """Shape (rows,), in [0, 1]: ``probability`` of all of a story's rows, ``adapted`` to the story."""
        return adapted(self.probability(table), self.line.prior)

    def probability(self, table: np.ndarray) -> np.ndarray:
        """Shape (rows,), in [0, 1]."""
        if not len(table):
            return np.zeros(0)
        both = [
            np.clip(m, 1e-4, 1 - 1e-4)
            for m in (self.trees.probabilities(table), self.line.probability(table))
        ]
        logit = sum(np.log(p / (1 - p)) for p in both) / 2
        return np.round(1 / (1 + np.exp(-logit)), 6)


def adapted(likely: np.ndarray, learnt: float) -> np.ndarray:
    """Shape (rows,): probabilities of one story's pairs, where other stories' were differences in ``learnt``.

    Where most pairs are no difference, a doubtful one is likely none. The part that differs is the story's
    own, found from the probabilities themselves and held to ``RARE`` by ``PAIRS`` pairs (Saerens, Latinne
    and Decaestecker 2002, "Adjusting the outputs of a classifier to new a priori probabilities").
    """
    p, part = np.clip(likely, 1e-4, 1 - 1e-4), RARE
    for _ in range(STEPS):
        yes, no = p * part / learnt, (1 - p) * (1 - part) / (1 - learnt)
        moved = yes / (yes + no)
        part = (moved.sum() + PAIRS * RARE) / (len(p) + PAIRS)
    yes, no = p * part / learnt, (1 - p) * (1 - part) / (1 - learnt)
    return np.round(yes / (yes + no), 6)


@cache
def judge(kind: str) -> Judge:
    """The judge of a kind of difference. Raises ``errors.ModelError`` where one of its files is missing."""
    return Judge(load(kind.replace(" ", "-")), weighing(kind))


def link(size: int, pairs: Mapping[tuple[int, int], float], threshold: float) -> list[list[int]]:
    """Groups of the indices below ``size`` by average link: two groups join while their mean holds.

    ``pairs`` are scores by (lower index, higher index); a pair that is not there scores 0, so one
    strong pair does not weld two groups. Deterministic: ties go to the lower indices.
    """
    groups: dict[int, list[int]] = {i: [i] for i in range(size)}

    def mean(x: int, y: int) -> float:
        total = sum(pairs.get((min(i, j), max(i, j)), 0.0) for i in groups[x] for j in groups[y])
        return total / (len(groups[x]) * len(groups[y]))

    near = {pair: score for pair, score in pairs.items() if score >= threshold}
    while near:
        x, y = min(near, key=lambda pair: (-near[pair], pair))
        groups[x] += groups.pop(y)
        touched = {z for pair in near if y in pair or x in pair for z in pair if z not in (x, y)}
        near = {pair: score for pair, score in near.items() if x not in pair and y not in pair}
        for z in touched:
            pair = (min(x, z), max(x, z))
            if (score := mean(*pair)) >= threshold:
                near[pair] = score
    return [sorted(g) for _, g in sorted(groups.items())]
