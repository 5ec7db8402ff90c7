"""Trains the models of reports/commitments on benchmark/stories and writes commitments_model.json.

    python -m training.commitments            # writes the model
    python -m training.commitments --check    # stories left out in six folds: what the models are worth

Needs scikit-learn. A feature is kept where it occurs often enough and in at least two stories, so that
no single story's words are learnt.
"""

from __future__ import annotations

import collections
import json
import math
import pathlib
import sys

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from consilience.model import Analysis
from consilience.reports import commitments, figures, times
from consilience.reports.commitments_features import features
from consilience.reports.commitments_syntax import features as syntax
from consilience.reports.linear import Linear
from consilience.spans import Span

ROOT = pathlib.Path(__file__).parent.parent
MODEL = ROOT / "src/consilience/reports/commitments_model.json"
DETECTOR_C, STATUS_C = 5.0, 3.0  # inverse regularization, best of {1, 3, 5, 10} on stories left out
LEAST_COUNT, LEAST_STORIES = {"detector": 3, "status": 2}, 2
FOLDS = 6


def stories() -> dict[str, tuple[dict, list[Analysis]]]:
    """Name -> gold and analyses."""
    from consilience import articles, language, sources
    from consilience.model import Page

    out = {}
    for folder in sorted(p.parent for p in (ROOT / "benchmark/stories").glob("*/gold.json")):
        pages = [p for p in sources.read_pages([str(folder / "articles")]) if isinstance(p, Page)]
        found, _ = articles.extract(pages)
        out[folder.name] = (
            json.loads((folder / "gold.json").read_text(encoding="utf-8")),
            language.analyse(found),
        )
    return out


def placed(text: str, piece: str) -> Span | None:
    """Where a gold piece stands in a text whose white space may differ."""
    import re

    match = re.search(r"\s+".join(map(re.escape, piece.split())), text)
    return Span(*match.span()) if match else None


def rows(gold: dict, analyses: list[Analysis]) -> tuple[list, list]:
    """Detector rows (features, is one) of all sentences, status rows (features, status) of gold pieces."""
    detector, status = [], []
    for analysis in analyses:
        stem, text = pathlib.Path(analysis.article.source).stem, analysis.article.text
        reference = analysis.article.published
        dates, found = times.find(analysis, reference), figures.find(analysis)
        pieces = [
            (span, item["status"])
            for item in gold["commitments"]
            for piece in item["evidence"]
            if piece["article"] == stem and (span := placed(text, piece["text"]))
        ]
        for i, sentence in enumerate(analysis.sentences):
            words = commitments._words(analysis, sentence.span, dates, found)
            place = i / len(analysis.sentences)
            names = features(words, heading=sentence.kind == "heading", place=place)
            names |= syntax(analysis, i, sentence.span)
            touching = [
                p for p, _ in pieces if p.overlap(sentence.span) >= 0.5 * min(len(p), len(sentence.span))
            ]
            detector.append((names, bool(touching)))
            for piece, kind in pieces:
                if sentence.span.start <= piece.start < sentence.span.end:
                    clause = Span(piece.start, min(piece.end, sentence.span.end))
                    own = commitments._words(analysis, clause, dates, found)
                    status.append(
                        (commitments.status_features(own, words) | syntax(analysis, i, clause), kind)
                    )
    return detector, status


def fit(data: list[tuple[str, set[str], object]], least: int, c: float) -> Linear:
    """A linear model of (story, features, label) rows."""
    count: collections.Counter = collections.Counter()
    where = collections.defaultdict(set)
    for story, names, _ in data:
        for name in names:
            count[name] += 1
            where[name].add(story)
    kept = sorted(n for n in count if count[n] >= least and len(where[n]) >= LEAST_STORIES)
    index = {n: i for i, n in enumerate(kept)}
    at = [[index[n] for n in sorted(names) if n in index] for _, names, _ in data]
    values = [1.0 / math.sqrt(len(row)) for row in at for _ in row]
    pointers = np.cumsum([0, *map(len, at)])
    matrix = sparse.csr_matrix(
        (values, [i for row in at for i in row], pointers), shape=(len(data), len(kept))
    )
    labels = np.array([label for *_, label in data])
    model = LogisticRegression(C=c, max_iter=600).fit(matrix, labels)
    return Linear(
        kept,
        model.coef_.astype(np.float32),
        model.intercept_.astype(np.float32),
        [str(k) for k in model.classes_],
    )


def train(by_story: dict[str, tuple[list, list]]) -> tuple[Linear, Linear]:
    """Detector and status model of the stories' rows."""
    detector = [(s, f, y) for s, (d, _) in sorted(by_story.items()) for f, y in d]
    status = [(s, f, y) for s, (_, t) in sorted(by_story.items()) for f, y in t]
    return (
        fit(detector, LEAST_COUNT["detector"], DETECTOR_C),
        fit(status, LEAST_COUNT["status"], STATUS_C),
    )


def check(by_story: dict[str, tuple[list, list]]) -> None:
    """Prints what models that have not seen a story say of it."""
    names = sorted(by_story)
    tally: collections.Counter = collections.Counter()
    for fold in range(FOLDS):
        detector, status = train({n: by_story[n] for i, n in enumerate(names) if i % FOLDS != fold})
        for n in names[fold::FOLDS]:
            for row, label in by_story[n][0]:
                said = detector.probability(row) >= commitments.LEAST
                tally.update(said=said, wanted=label, right=said and label)
            for row, label in by_story[n][1]:
                tally.update(status=1, status_right=status.classes[int(status.scores(row).argmax())] == label)
    p, r = tally["right"] / tally["said"], tally["right"] / tally["wanted"]
    print(
        f"sentences with a commitment: P {p:.3f} R {r:.3f} F1 {2 * p * r / (p + r):.3f} of {tally['wanted']}"
    )
    print(f"status: {tally['status_right'] / tally['status']:.3f} of {tally['status']}")


def main() -> None:
    """Trains and writes the models, or checks them."""
    by_story = {name: rows(gold, analyses) for name, (gold, analyses) in stories().items()}
    if "--check" in sys.argv:
        check(by_story)
        return
    detector, status = train(by_story)
    data = {"detector": detector.to_json(), "status": status.to_json()}
    MODEL.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
