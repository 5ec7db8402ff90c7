"""Learns when two mentions are one commitment and prints the numbers for account/ledger.

    python -m training.ledger --cache READINGS --scores SCORES

The files are what ``training.pairs.trees`` writes: the stories' readings, and the scores that make their
findings as if they had not been seen. Pairs of mentions of a story that touch the same commitment of its
gold are one, pairs of which only one touches any are not; what touches none is left out.
"""

from __future__ import annotations

import argparse
import pathlib

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmark.case import Case
from consilience import findings, origins
from consilience.account.ledger import ALIKE, WEIGHTS, grouped, pair_features
from consilience.model import StoryReading
from training.commitments import FOLDS, placed
from training.disagreements import read

C = 3.0


def pairs(case: Case, story: StoryReading) -> tuple[np.ndarray, list[set[str]]]:
    """Features of the pairs, and for each mention the ids of the gold commitments that it touches."""
    facts = findings.find_findings(story, origins.find(story))
    found = [(r, m) for r in story.readings for m in r.commitments]
    touched = []
    for r, m in found:
        stem, place = pathlib.Path(r.article.source).stem, m.evidence.span
        touched.append(
            {
                item["id"]
                for item in case.gold["commitments"]
                for piece in item["evidence"]
                if piece["article"] == stem
                and (span := placed(r.article.text, piece["text"]))
                and span.overlap(place) >= 0.5 * min(len(span), len(place))
            }
        )
    return (pair_features(found, facts) if len(found) > 1 else np.zeros((0, len(WEIGHTS)))), touched


def main() -> None:
    """Prints what the joining is worth on stories left out, and the numbers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--cache", type=pathlib.Path, help="the stories' readings")
    parser.add_argument("--scores", type=pathlib.Path, required=True, help="of the pairs of statements")
    options = parser.parse_args()
    data = [pairs(case, story) for _, case, story in read(options.cache, options.scores)]
    rows = []
    for features, touched in data:
        first, second = np.triu_indices(len(touched), 1)
        use = [bool(touched[i] or touched[j]) for i, j in zip(first, second, strict=True)]
        same = [bool(touched[i] & touched[j]) for i, j in zip(first, second, strict=True)]
        rows.append((features, np.array(use, bool), np.array(same, bool), first, second))

    def fit(chosen: list[int]) -> LogisticRegression:
        x = np.vstack([rows[k][0][rows[k][1]] for k in chosen])
        return LogisticRegression(C=C, max_iter=500).fit(
            x, np.concatenate([rows[k][2][rows[k][1]] for k in chosen])
        )

    right = said = wanted = 0
    for fold in range(FOLDS):
        model = fit([k for k in range(len(rows)) if k % FOLDS != fold])
        for k in range(fold, len(rows), FOLDS):
            features, _, same, first, second = rows[k]
            n = len(data[k][1])
            scores = np.zeros((n, n))
            if len(features):
                scores[first, second] = scores[second, first] = model.predict_proba(features)[:, 1]
            home = {i: g for g, group in enumerate(grouped(scores, ALIKE)) for i in group}
            for i, j, s in zip(first, second, same, strict=True):
                if data[k][1][i] and data[k][1][j]:
                    joined = home[i] == home[j]
                    right, said, wanted = right + (joined and s), said + joined, wanted + s
    print(f"pairs joined, stories left out: P {right / said:.3f} R {right / wanted:.3f} of {wanted}")
    model = fit(list(range(len(rows))))
    print(
        "WEIGHTS", [round(float(w), 2) for w in model.coef_[0]], "BIAS", round(float(model.intercept_[0]), 3)
    )


if __name__ == "__main__":
    main()
