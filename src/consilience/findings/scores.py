"""How likely two statements, and two sentences, of different articles report the same fact."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from consilience.findings import features, trees
from consilience.model import Statement, StoryReading

Scored = dict[tuple[int, int], float]


@dataclass(frozen=True, eq=False)
class Scores:
    """``clauses`` and ``sentences``: (smaller index, larger index) -> probability.

    Clauses count as in ``units.statements``; sentences over the whole story.
    """

    units: features.Units
    clauses: Scored
    sentences: Scored


def whole_sentences(story: StoryReading) -> StoryReading:
    """The story with one statement a sentence: the units of the first look."""
    readings = []
    for reading in story.readings:
        statements = tuple(
            Statement(
                evidence=reading.article.evidence(sentence.span),
                sentence=i,
                head=0,
                status="done",
                negated=False,
                quoted=False,
            )
            for i, sentence in enumerate(reading.analysis.sentences)
        )
        readings.append(replace(reading, statements=statements))
    return replace(story, readings=tuple(readings))


def sentence_table(story: StoryReading) -> features.Pairs:
    """Pairs of sentences; ``left`` and ``right`` count sentences over the story."""
    return features.pairs(features.units(whole_sentences(story)))


def clause_table(u: features.Units, sentences: Scored) -> features.Pairs:
    """Pairs of clauses, with the score of their sentences as the last feature."""
    pairs = features.pairs(u)
    above = [
        sentences.get((int(a), int(b)), 0.0)
        for a, b in zip(u.sentence[pairs.left], u.sentence[pairs.right], strict=True)
    ]
    table = np.concatenate([pairs.features, np.array(above, np.float32).reshape(-1, 1)], axis=1)
    return replace(pairs, features=table)


def as_scored(pairs: features.Pairs, probabilities: np.ndarray) -> Scored:
    """Pairs by their two indices."""
    return {
        (int(a), int(b)): float(p)
        for a, b, p in zip(pairs.left, pairs.right, probabilities, strict=True)
    }


def score(story: StoryReading) -> Scores:
    """The scores of the story's pairs that are worth a look; readings in order of article id."""
    whole = sentence_table(story)
    sentences = as_scored(whole, trees.load("sentences").probabilities(whole.features))
    u = features.units(story)
    table = clause_table(u, sentences)
    probabilities = trees.load("clauses").probabilities(table.features)
    clauses = as_scored(table, probabilities)
    return Scores(u, clauses, sentences)
