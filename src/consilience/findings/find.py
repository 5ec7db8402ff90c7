"""Findings: the facts of a story, each with every place that reports it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from consilience.ids import content_id
from consilience.model import Evidence, Finding, Origin, Statement, StoryReading

SAME = 0.32  # v0: half embedding cosine, half TF-IDF cosine; average link


def find_findings(story: StoryReading, origins: Sequence[Origin]) -> tuple[Finding, ...]:
    """Every fact of the story, those of one article too, with its evidence and its witnesses."""
    units: list[tuple[int, Statement]] = [
        (i, s) for i, reading in enumerate(story.readings) for s in reading.statements
    ]
    if not units:
        return ()
    similar = _similarity(story, units)
    origin_of = {a: o.id for o in origins for a in o.articles}
    return tuple(
        _finding([units[i][1].evidence for i in group], origin_of) for group in _groups(similar, units)
    )


def _similarity(story: StoryReading, units: Sequence[tuple[int, Statement]]) -> np.ndarray:
    vectors = np.array([story.readings[i].analysis.vectors[s.sentence] for i, s in units])
    words = [Counter(w for w in s.evidence.text.lower().split() if len(w) > 3) for _, s in units]
    known: dict[str, int] = {}
    counts = Counter(w for bag in words for w in bag)
    table = np.zeros((len(units), len(counts)), np.float32)
    for row, bag in enumerate(words):
        for word in bag:
            table[row, known.setdefault(word, len(known))] = np.log(1 + len(units) / counts[word])
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    return (vectors @ vectors.T + table @ table.T) / 2


def _groups(similar: np.ndarray, units: Sequence[tuple[int, Statement]]) -> list[list[int]]:
    article = np.array([i for i, _ in units])
    score = np.where(article[:, None] == article[None, :], 0.0, similar)
    groups = [[i] for i in range(len(units))]
    total = score.copy()
    np.fill_diagonal(total, -1)
    sizes = np.ones(len(units))
    while True:
        mean = total / np.outer(sizes, sizes)
        i, j = divmod(int(mean.argmax()), len(units))
        if mean[i, j] < SAME:
            return [sorted(g) for g in groups if g]
        groups[i] += groups[j]
        groups[j] = []
        total[i] += total[j]
        total[:, i] += total[:, j]
        total[j] = total[:, j] = -1e9
        total[i, i] = -1e9
        sizes[i] += sizes[j]


def _finding(evidence: list[Evidence], origin_of: dict[str, str]) -> Finding:
    articles = {e.article for e in evidence}
    origins = tuple(sorted({origin_of.get(a, a) for a in articles}))
    status = "corroborated" if len(origins) > 1 else "repeated" if len(articles) > 1 else "single"
    canonical = min(evidence, key=lambda e: (len(e.text), e.text, e.article, e.start))
    return Finding(
        id=content_id("finding", [(e.article, e.start, e.end) for e in evidence]),
        text=canonical.text,
        canonical=canonical,
        evidence=tuple(evidence),
        origins=origins,
        status=status,
        weight=float(len(origins)),
    )
