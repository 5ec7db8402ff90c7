"""Learns how sure a denial stands against what it denies: ``findings.disagreements_denials``.

A pair of clauses is right where its two stand in two positions of one gold difference of ``KINDS``: what
is denied here and said there, whatever the gold calls it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import average_precision_score

from benchmark.tally import Said, overlaps
from consilience.findings import disagreements_denials as denials
from consilience.findings.scores import Scores
from consilience.model import StoryReading
from training.disagreements_mentions import Look, look, placed
from training.pairs.gold import FOLDS

KINDS = ("polarity", "status", "content", "actor")


@dataclass
class Pairs:
    """A story's pairs of clauses that answer apart, and which of them are gold differences."""

    fold: int
    scored: Scores
    answers: dict[int, denials.Answer]
    pairs: list[tuple[int, int]]
    table: np.ndarray
    right: np.ndarray
    matched: Callable


def read(story: StoryReading, fold: int, said: Said, gold: dict, matched: Callable) -> Pairs:
    """The pairs of a story with their answers; ``matched`` tells the gold differences that two sides meet."""
    scored, answers, pairs, table = denials.candidates(story)
    wanted = [
        [said.gold(p["evidence"]) for p in d["positions"]]
        for d in gold["disagreements"]
        if d["kind"] in KINDS
    ]
    touched = {}
    for k in sorted({k for pair in pairs for k in pair}):
        at = placed(said, scored.units.statements[k].evidence)
        touched[k] = {
            (d, p)
            for d, spans in enumerate(wanted)
            for p, span in enumerate(spans)
            if any(overlaps(at, g) for g in span)
        }
    right = [any(d == e and p != q for d, p in touched[i] for e, q in touched[j]) for i, j in pairs]
    return Pairs(fold, scored, answers, pairs, table, np.array(right, bool), matched)


def _fit(stories: list[Pairs]) -> Look:
    known = [s for s in stories if s.pairs]
    return look(np.concatenate([s.table for s in known]), np.concatenate([s.right for s in known]), 1)


def learn(stories: list[Pairs], precision: float, floor: float) -> Look:
    """The fitted look; its threshold is the lowest from ``floor`` with this left-out precision."""
    sure: dict[int, np.ndarray] = {}
    for fold in range(FOLDS):
        model = _fit([s for s in stories if s.fold != fold])
        sure |= {k: model.of_story(s.table) for k, s in enumerate(stories) if s.fold == fold}
    right = np.concatenate([s.right for s in stories])
    reached = average_precision_score(right, np.concatenate([sure[k] for k in range(len(stories))]))
    print(f"polarity: {len(right)} pairs, {int(right.sum())} right; average precision left out {reached:.3f}")
    model = _fit(stories)
    model.line["threshold"] = max(_threshold(stories, sure, precision), floor)
    return model


def _threshold(stories: list[Pairs], sure: dict[int, np.ndarray], precision: float) -> float:
    """The lowest threshold from which on left-out differences are right so often; prints the course."""
    best, going = 0.9, True
    for cut in np.round(np.arange(0.6, 0.2, -0.02), 2):
        said, right, found = 0, 0, 0
        for k, s in enumerate(stories):
            met: set[int] = set()
            for i, j in denials.chosen(s.pairs, sure[k].tolist(), float(cut)):
                hits = s.matched(denials.sides(s.scored, s.answers, i, j))
                said, right, met = said + 1, right + bool(hits), met | hits
            found += len(met)
        share = right / max(said, 1)
        print(f"  polarity {cut:.2f}: {said} told, {right} right ({share:.3f}), {found} gold differences met")
        going = going and (share >= precision or said < 20)
        if going and share >= precision:
            best = float(cut)
    return best
