"""SuperPAL (Apache-2.0): propositions of news articles aligned with those of a summary."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from benchmark.rows import Row
from consilience import language, reports
from consilience.findings import scores
from consilience.ids import content_id
from consilience.model import Article, Completeness, StoryReading

SAME = 0.3


def measure(data: Path, verbose: bool = False) -> list[Row]:
    """Recall of the aligned pairs of sentences: each pair is a story of two one-sentence articles.

    Beside it, how often a sentence is taken for the same as one that it is not aligned with.
    """
    with (data / "agreement" / "superpal-dev.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    pairs = sorted({(r["topic"], r["scuSentence"].strip(), r["docSentText"].strip()) for r in rows})
    topics = sorted({p[0] for p in pairs})
    hits, false = [], []
    for topic in topics:
        own = [p for p in pairs if p[0] == topic]
        summary, documents = sorted({p[1] for p in own}), sorted({p[2] for p in own})
        truth = {(p[1], p[2]) for p in own}
        table = _table(summary, documents)
        for i, one in enumerate(summary):
            for j, two in enumerate(documents):
                (hits if (one, two) in truth else false).append(table[i, j] >= SAME)
    return [
        Row("SuperPAL dev: aligned sentences found", float(np.mean(hits)), len(hits)),
        Row("SuperPAL dev: others taken for the same", float(np.mean(false)) if false else 0.0, len(false)),
    ]


def _table(summary: list[str], documents: list[str]) -> np.ndarray:
    """Shape (summary sentences, document sentences): the best score of a sentence pair."""
    texts = ["\n\n".join(summary), "\n\n".join(documents)]
    found = [Article(content_id(i, t), str(i), t, Completeness("whole")) for i, t in enumerate(texts)]
    readings = sorted((reports.read(a) for a in language.analyse(found)), key=lambda r: r.article.id)
    scored = scores.score(StoryReading("pairs", tuple(readings)))
    table = np.zeros((len(summary), len(documents)))
    flat = [(r.article.source, s) for r in readings for s in r.analysis.sentences]
    starts = [np.cumsum([0] + [len(t) + 2 for t in part]) for part in (summary, documents)]
    for (a, b), p in scored.sentences.items():
        one, two = sorted((flat[a], flat[b]), key=lambda x: x[0])
        i = int(np.searchsorted(starts[0], one[1].start, side="right")) - 1
        j = int(np.searchsorted(starts[1], two[1].start, side="right")) - 1
        table[i, j] = max(table[i, j], p)
    return table
