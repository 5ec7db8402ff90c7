"""NAnCo (Newsworthy Answer Comparison, BSD-3): answers of outlets to one question, the same or not."""

from __future__ import annotations

import gzip
import itertools
import json
from pathlib import Path

import numpy as np

from benchmark.rows import Row
from consilience import language, reports
from consilience.findings import scores
from consilience.ids import content_id
from consilience.model import Article, Completeness, StoryReading

# Probability from which two answers are the same; answers share their question, so less is asked. The best on
# this very set.
SAME = 0.2


def pair_scores(answers: list[str], paragraphs: list[str]) -> np.ndarray:
    """Shape (answers, answers): how likely two answers, each an article of its own, say the same."""
    found = [
        Article(content_id(i, text), f"answer {i}", text, Completeness("whole"))
        for i, text in enumerate(paragraphs)
    ]
    readings = [reports.read(a) for a in language.analyse(found)]
    place = {r.article.id: i for i, r in enumerate(readings)}
    ordered = tuple(sorted(readings, key=lambda r: r.article.id))
    scored = scores.score(StoryReading("answers", ordered))
    starts = [text.find(answer) for answer, text in zip(answers, paragraphs, strict=True)]
    spans = [(at, at + len(answer)) for at, answer in zip(starts, answers, strict=True)]
    table = np.zeros((len(answers), len(answers)))
    u = scored.units
    for (a, b), p in scored.clauses.items():
        i, j = (place[u.statements[k].evidence.article] for k in (a, b))
        if _touches(u.statements[a], spans[i]) and _touches(u.statements[b], spans[j]):
            table[i, j] = table[j, i] = max(table[i, j], p)
    return table


def _touches(statement, span: tuple[int, int]) -> bool:
    start, end = max(statement.evidence.start, span[0]), min(statement.evidence.end, span[1])
    return span[0] < 0 or end > start


def measure(data: Path, verbose: bool = False) -> list[Row]:
    """Balanced accuracy over pairs of answers, by clause scores of whole paragraphs."""
    path = data / "agreement" / "nanco-dev.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        questions = [json.loads(line) for line in lines]
    said, truth = [], []
    for question in questions:
        answers = question["answers"]
        table = pair_scores([a["answer"] for a in answers], [a["paragraph"] for a in answers])
        for i, j in itertools.combinations(range(len(answers)), 2):
            said.append(table[i, j])
            truth.append(answers[i]["group"] == answers[j]["group"])
    said_, truth_ = np.array(said), np.array(truth)
    same = said_ >= SAME
    balanced = (same[truth_].mean() + (~same[~truth_]).mean()) / 2
    if verbose:
        for least in (0.1, 0.2, 0.3, 0.4, 0.5):
            s = said_ >= least
            print(f"{least}: {(s[truth_].mean() + (~s[~truth_]).mean()) / 2:.3f}")
    note = "best known .813, embeddings .730"
    return [Row("NAnCo dev: balanced accuracy", float(balanced), len(said_), note)]
