"""Learns when two mentions are one commitment and prints the numbers for account/ledger.

    python -m training.ledger

Pairs of mentions of a story that touch the same commitment of its gold are one, pairs of which only one
touches any are not; what touches none is left out.
"""

from __future__ import annotations

import pathlib

import numpy as np
from sklearn.linear_model import LogisticRegression

from consilience.account.ledger import ALIKE, WEIGHTS, grouped, pair_features
from consilience.model import Analysis, CommitmentMention, Reading
from consilience.reports import commitments, figures, times
from training.commitments import FOLDS, placed, stories

C = 3.0


def readings(gold: dict, analyses: list[Analysis]) -> list[Reading]:
    """The readings of a story as far as the ledger needs them."""
    out = []
    for a in analyses:
        stem = pathlib.Path(a.article.source).stem
        reference = a.article.published or gold["articles"][stem].get("published")
        dates, found = times.find(a, reference), figures.find(a)
        said = commitments.find(a, dates, found, ())
        out.append(Reading(a, figures=found, times=dates, commitments=said, reference=reference))
    return out


def pairs(gold: dict, read: list[Reading]) -> tuple[np.ndarray, list[set[str]]]:
    """Features of the pairs, and for each mention the ids of the gold commitments that it touches."""
    found: list[tuple[Reading, CommitmentMention]] = [(r, m) for r in read for m in r.commitments]
    touched = []
    for r, m in found:
        stem, place = pathlib.Path(r.article.source).stem, m.evidence.span
        touched.append(
            {
                item["id"]
                for item in gold["commitments"]
                for piece in item["evidence"]
                if piece["article"] == stem
                and (span := placed(r.article.text, piece["text"]))
                and span.overlap(place) >= 0.5 * min(len(span), len(place))
            }
        )
    return (pair_features(found) if len(found) > 1 else np.zeros((0, len(WEIGHTS)))), touched


def main() -> None:
    """Prints what the joining is worth on stories left out, and the numbers."""
    data = [pairs(gold, readings(gold, analyses)) for gold, analyses in stories().values()]
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
