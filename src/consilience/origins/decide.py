"""From the evidence on pairs to a partition of a story's reports.

The chance that one text is behind two reports is the higher of two, by what they have in common in words and
by what they say in which order: logistic regressions over the numbers of ``evidence``, learnt on the
benchmark's stories by ``training/origins.py``. In one regression the meaning, which independent reports of
the news share too, would weigh for pairs whose words say nothing. Next to them stands a plain
rule for a report that is only in part a copy: many stretches of own words that stand alike word for
word prove it whatever else the report holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from consilience.lexicons import lexicon
from consilience.origins.evidence import MEANT, NAMES


def _parameters() -> Mapping[str, Any]:
    return lexicon("origins")


def chance(numbers: np.ndarray, meant: np.ndarray, further: float = 0.0) -> float:
    """Chance (0 to 1) that one text is behind two reports.

    ``numbers`` and ``meant``: what ``evidence.features`` and ``evidence.meant`` say of them; ``further``:
    log odds from outside the body text (``credits.further``).
    """
    table = _parameters()
    weight = np.array([table["weights"][name] for name in NAMES])
    score = float(table["bias"] + weight @ numbers)
    stretches = numbers[NAMES.index("stretches word for word")]
    words = numbers[NAMES.index("words in them")]
    rule = table["partial copy"]
    if stretches >= rule["stretches"] / (rule["stretches"] + 2) and words >= np.log1p(rule["words"]) / 6:
        score = max(score, rule["score"])
    if meant.any():
        weight = np.array([table["meaning"][name] for name in MEANT])
        score = max(score, float(table["meaning"]["bias"] + weight @ meant))
    return 1.0 / (1.0 + float(np.exp(-score - further)))


def partition(chances: np.ndarray, threshold: float) -> list[list[int]]:
    """Groups of reports by average link: the two groups whose pairs have the highest mean chance are
    joined while that mean is at least ``threshold``. ``chances`` is symmetric. Indices are sorted;
    equal means are joined in the order of the indices, so that the outcome depends on nothing else.
    """
    groups = [[i] for i in range(len(chances))]
    while len(groups) > 1:
        best, at = threshold, None
        for x in range(len(groups)):
            for y in range(x + 1, len(groups)):
                mean = float(np.mean(chances[np.ix_(groups[x], groups[y])]))
                if mean > best or (at is None and mean >= best):
                    best, at = mean, (x, y)
        if at is None:
            break
        groups[at[0]] = sorted(groups[at[0]] + groups[at[1]])
        del groups[at[1]]
    return groups


class Thresholds(NamedTuple):
    """Mean chances from which reports are ``joined`` to one origin, are so for ``certain``, and, apart as
    they stay, are not to be taken for independent without ``doubt``."""

    joined: float
    certain: float
    doubt: float


def thresholds() -> Thresholds:
    """The shipped ones."""
    table = _parameters()["thresholds"]
    return Thresholds(float(table["joined"]), float(table["certain"]), float(table["doubt"]))


def mean_chance(group: Sequence[int], chances: np.ndarray) -> float:
    """Mean chance over the pairs of a group; 1 for a report alone."""
    pairs = [chances[a, b] for k, a in enumerate(group) for b in group[k + 1 :]]
    return float(np.mean(pairs)) if pairs else 1.0
