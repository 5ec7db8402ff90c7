"""Learns the weights of ``consilience.findings.short`` from NAnCo dev, and measures them left out.

python -m training.pairs.short --data ../shared/data
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path

import numpy as np

from consilience import language
from consilience.findings import short
from consilience.ids import content_id
from consilience.model import Article, Completeness


def question(answers: list[dict]) -> tuple[np.ndarray, np.ndarray]:
    """Features and truth of the pairs of answers to one question."""
    texts = [
        Article(content_id(i, a["answer"]), f"answer {i}", a["answer"], Completeness("whole"))
        for i, a in enumerate(answers)
    ]
    group = np.array([a["group"] for a in answers])
    pairs = np.triu_indices(len(answers), 1)
    return short.features(language.analyse(texts))[pairs], (group[:, None] == group[None, :])[pairs]


def fit(x: np.ndarray, y: np.ndarray, ridge: float = 1.0) -> np.ndarray:
    """Weights and, last, the intercept of a logistic regression, both classes weighed alike."""
    x = np.c_[x, np.ones(len(x))]
    penalty = ridge * np.diag([1.0] * (x.shape[1] - 1) + [0.0])
    weight, w = np.where(y, 0.5 / y.mean(), 0.5 / (1 - y.mean())), np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        slope = (x * (weight * p * (1 - p))[:, None]).T @ x + penalty
        w -= np.linalg.solve(slope + 1e-9 * np.eye(len(w)), x.T @ (weight * (p - y)) + penalty @ w)
    return w


def balanced(y: np.ndarray, said: np.ndarray) -> float:
    """Mean of the parts found right of the same and of the different."""
    return float((said[y].mean() + (~said[~y]).mean()) / 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    with gzip.open(options.data / "agreement" / "nanco-dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        parts = [question(json.loads(line)["answers"]) for line in lines]
    truth, said = [], []
    for k, (x, y) in enumerate(parts):
        others = [p for i, p in enumerate(parts) if i != k]
        w = fit(np.concatenate([p[0] for p in others]), np.concatenate([p[1] for p in others]))
        truth.append(y)
        said.append(x @ w[:-1] + w[-1] > 0)
        print(f"question {k + 1} left out: {balanced(y, said[-1]):.3f}")
    print(f"all, each left out: {balanced(np.concatenate(truth), np.concatenate(said)):.3f}")
    w = fit(np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts]))
    print("COSINE, APART, NEITHER =", ", ".join(f"{v:.2f}" for v in w))


if __name__ == "__main__":
    main()
