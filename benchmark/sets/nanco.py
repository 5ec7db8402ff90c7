"""NAnCo (Newsworthy Answer Comparison, BSD-3): answers of outlets to one question, the same or not."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np

from benchmark.rows import Row
from consilience import language
from consilience.findings import short
from consilience.ids import content_id
from consilience.model import Article, Completeness

SAME = 0.5  # probability from which two answers say the same: both kinds of error weigh alike


def pair_scores(answers: list[str]) -> np.ndarray:
    """Shape (answers, answers): how likely two answers say the same."""
    texts = [
        Article(content_id(i, text), f"answer {i}", text, Completeness("whole"))
        for i, text in enumerate(answers)
    ]
    return short.same(language.analyse(texts))


def measure(data: Path, verbose: bool = False) -> list[Row]:
    """Balanced accuracy over the pairs of answers to each question.

    The weights were learnt on this very set; ``training.pairs.short`` gives the figure with each question
    left out.
    """
    with gzip.open(data / "agreement" / "nanco-dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        questions = [json.loads(line)["answers"] for line in lines]
    said, truth = [], []
    for answers in questions:
        group, pairs = np.array([a["group"] for a in answers]), np.triu_indices(len(answers), 1)
        said.append(pair_scores([a["answer"] for a in answers])[pairs] >= SAME)
        truth.append((group[:, None] == group[None, :])[pairs])
        if verbose:
            print(f"{answers[0]['answer'][:60]} ...: {_balanced(truth[-1], said[-1]):.3f}")
    value = _balanced(np.concatenate(truth), np.concatenate(said))
    note = "learnt on it; with the question left out .887; best known .813, embeddings .730"
    return [Row("NAnCo dev: balanced accuracy", value, sum(map(len, said)), note)]


def _balanced(truth: np.ndarray, said: np.ndarray) -> float:
    return float((said[truth].mean() + (~said[~truth]).mean()) / 2)
