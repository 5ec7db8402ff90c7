"""How likely two sentences, and two clauses, of different articles report the same fact.

Three looks: at two sentences by themselves; at those that may be the same, with what a network that reads
both says of them, and what the story's other pairs; and at the clauses of those.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from consilience.findings import features, network, trees
from consilience.model import Entity, Reading, StoryReading

Scored = dict[tuple[int, int], float]


@dataclass(frozen=True, eq=False)
class Scores:
    """``clauses``, ``sentences`` and ``phrases``: (smaller index, larger index) -> probability.

    Clauses count as in ``units.statements``; sentences over the whole story; ``phrases`` as in
    ``features.spans``, pairs that are the same alone. A pair that is not there was not looked at.
    """

    units: features.Units
    clauses: Scored
    sentences: Scored
    phrases: Scored


def as_scored(pairs: features.Pairs, probabilities: np.ndarray) -> Scored:
    """Pairs by their two indices."""
    keys = zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)
    return dict(zip(keys, probabilities.tolist(), strict=True))


def score(story: StoryReading) -> Scores:
    """The scores of the story's pairs; the readings stand in order of article id."""
    u = features.units(story)
    sentences = features.sentence_pairs(u)
    first = trees.load("sentences").probabilities(sentences.features)
    possible, first = features.likely(sentences, first)
    read = features.read_pairs(u, possible, first, network.load())
    possible = features.graph_pairs(u, possible, first, read)
    second = trees.load("graph").probabilities(possible.features)
    clauses = features.clause_pairs(u, possible, second, read)
    third = trees.load("clauses").probabilities(clauses.features)
    phrases = features.phrase_pairs(u, possible, second, read)
    return Scores(u, as_scored(clauses, third), as_scored(possible, second), phrases)


def of(story: StoryReading) -> Scores:
    """``score`` of the story, its readings put in order of article id; the last story's are kept.

    Findings and differences both ask, and the look at all pairs is the costly part.
    """
    return _kept(story.id, tuple(sorted(story.readings, key=lambda r: r.article.id)), story.entities)


@lru_cache(maxsize=1)
def _kept(name: str, readings: tuple[Reading, ...], entities: tuple[Entity, ...]) -> Scores:
    return score(StoryReading(id=name, readings=readings, entities=entities))
