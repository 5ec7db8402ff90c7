"""Trains the models of reports/commitments on benchmark/stories and writes commitments_model.json.

    python -m training.commitments            # writes the model
    python -m training.commitments --check    # stories left out in six folds: what the models are worth

Needs scikit-learn. The status is learnt from the written sentences of ``commitments_examples.txt`` too.
A feature is kept where it occurs often enough and in at least two stories, so that no single story's
words are learnt.
"""

from __future__ import annotations

import collections
import json
import math
import pathlib
import re
import sys
from typing import NamedTuple

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from consilience.model import Analysis
from consilience.reports import commitments, figures, times
from consilience.reports.commitments_features import features
from consilience.reports.commitments_model import Models, clause_state, state
from consilience.reports.commitments_syntax import features as syntax
from consilience.reports.linear import Dense, Linear
from consilience.spans import Span
from training import commitments_examples

ROOT = pathlib.Path(__file__).parent.parent
MODEL = ROOT / "src/consilience/reports/commitments_model.json"
DETECTOR_C, SENSE_C, STATUS_C, MEANING_C = (
    5.0,
    10.0,
    6.0,
    3.0,
)  # inverse regularization, best on stories left out
EXAMPLE_WEIGHT = 2.0  # what a written sentence weighs beside a piece of gold evidence
LEAST_COUNT, LEAST_STORIES = {"detector": 3, "status": 2}, 2
FOLDS = 6


class Piece(NamedTuple):
    """A committing clause: the story and the commitment that it is evidence of, and what is learnt of it."""

    story: str
    item: str
    status: str
    names: set[str]
    state: np.ndarray
    weight: float = 1.0


class Row(NamedTuple):
    """A sentence: whether it holds a commitment, and what is learnt of it."""

    names: set[str]
    state: np.ndarray
    holds: bool


Rows = tuple[list[Row], list[Piece]]


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
    match = re.search(r"\s+".join(map(re.escape, piece.split())), text)
    return Span(*match.span()) if match else None


def rows(story: str, gold: dict, analyses: list[Analysis]) -> Rows:
    """All sentences, and the pieces of gold evidence."""
    detector, pieces = [], []
    for analysis in analyses:
        stem, text = pathlib.Path(analysis.article.source).stem, analysis.article.text
        hidden = _hidden(analysis)
        marked = [
            (span, item)
            for item in gold["commitments"]
            for piece in item["evidence"]
            if piece["article"] == stem and (span := placed(text, piece["text"]))
        ]
        for i, sentence in enumerate(analysis.sentences):
            words = commitments.masked_words(analysis, sentence.span, hidden)
            place = i / len(analysis.sentences)
            names = features(words, heading=sentence.kind == "heading", place=place)
            names |= syntax(analysis, i, sentence.span)
            touching = any(
                p.overlap(sentence.span) >= 0.5 * min(len(p), len(sentence.span)) for p, _ in marked
            )
            detector.append(Row(names, _state(analysis, i, sentence.span), touching))
            pieces += [
                _piece(analysis, i, span, hidden, story, item["id"], item["status"])
                for span, item in marked
                if sentence.span.start <= span.start < sentence.span.end
            ]
    return detector, pieces


def _hidden(analysis: Analysis) -> commitments.Masks:
    """Where the article has its dates and sums."""
    dates = times.find(analysis, analysis.article.published)
    return commitments.masks(dates, figures.find(analysis, dates))


def _piece(
    analysis: Analysis,
    index: int,
    span: Span,
    hidden: commitments.Masks,
    story: str,
    item: str,
    status: str,
    weight: float = 1.0,
) -> Piece:
    sentence = analysis.sentences[index].span
    clause = Span(span.start, min(span.end, sentence.end))
    own = commitments.masked_words(analysis, clause, hidden)
    whole = commitments.masked_words(analysis, sentence, hidden)
    names = commitments.status_features(own, features(whole, heading=False, place=0.5)) | syntax(
        analysis, index, clause
    )
    vector = clause_state(analysis, index, clause)
    if vector is None:
        vector = np.zeros(2 * analysis.vectors.shape[1], np.float32)
    return Piece(story, item, status, names, vector, weight)


def _state(analysis: Analysis, index: int, span: Span) -> np.ndarray:
    vector = state(analysis, index, span)
    return np.zeros(analysis.vectors.shape[1], np.float32) if vector is None else vector


def examples() -> list[Piece]:
    """The pieces of the written sentences; each in one of seven made-up stories of its status."""
    out: list[Piece] = []
    for status, analysis, spans in commitments_examples.read():
        hidden = _hidden(analysis)
        for span in spans:
            index = next(i for i, s in enumerate(analysis.sentences) if s.start <= span.start < s.end)
            story, item = f"~{status}{len(out) % 7}", str(len(out))
            given = (analysis, index, span, hidden)
            out.append(_piece(*given, story, item, status, EXAMPLE_WEIGHT))
    return out


def fit(
    data: list[tuple[str, set[str], object]], least: int, c: float, weights: list[float] | None = None
) -> Linear:
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
    model = LogisticRegression(C=c, max_iter=600).fit(matrix, labels, sample_weight=weights)
    return Linear(
        kept,
        model.coef_.astype(np.float32),
        model.intercept_.astype(np.float32),
        [str(k) for k in model.classes_],
    )


def fit_dense(vectors: np.ndarray, labels: list, c: float, weights: list[float] | None) -> Dense:
    """A model over the encoder's states, of shape (rows, dimensions)."""
    lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    middle = (vectors / lengths).mean(axis=0)
    model = LogisticRegression(C=c, max_iter=600).fit(
        Dense.scaled(vectors, middle), np.array(labels), sample_weight=weights
    )
    return Dense(
        model.coef_.astype(np.float32),
        model.intercept_.astype(np.float32),
        middle.astype(np.float32),
        [str(k) for k in model.classes_],
    )


def train(by_story: dict[str, Rows], written: list[Piece]) -> Models:
    """The models of the stories' rows and the written sentences."""
    sentences = [(s, row) for s, (found, _) in sorted(by_story.items()) for row in found]
    detector = [(s, row.names, row.holds) for s, row in sentences]
    pieces = [p for _, (_, found) in sorted(by_story.items()) for p in found] + written
    # many pieces of one commitment say the same in other words: together they weigh less than alone
    count = collections.Counter((p.story, p.item) for p in pieces)
    weights = [p.weight / math.sqrt(count[p.story, p.item]) for p in pieces]
    mean = sum(weights) / len(weights)
    weights = [w / mean for w in weights]
    status = [(p.story, p.names, p.status) for p in pieces]
    return Models(
        fit(detector, LEAST_COUNT["detector"], DETECTOR_C),
        fit_dense(
            np.stack([row.state for _, row in sentences]), [row.holds for _, row in sentences], SENSE_C, None
        ),
        fit(status, LEAST_COUNT["status"], STATUS_C, weights),
        fit_dense(np.stack([p.state for p in pieces]), [p.status for p in pieces], MEANING_C, weights),
    )


def check(by_story: dict[str, Rows], written: list[Piece]) -> None:
    """Prints what models that have not seen a story say of it."""
    names = sorted(by_story)
    tally: collections.Counter = collections.Counter()
    for fold in range(FOLDS):
        models = train({n: by_story[n] for i, n in enumerate(names) if i % FOLDS != fold}, written)
        for n in names[fold::FOLDS]:
            for row in by_story[n][0]:
                said = models.holds(row.names, row.state) >= commitments.LEAST
                tally.update(said=said, wanted=row.holds, right=said and row.holds)
            votes: dict[str, list[np.ndarray]] = collections.defaultdict(list)
            for piece in by_story[n][1]:
                votes[piece.item].append(models.chances(piece.names, piece.state))
                best = models.status.classes[int(votes[piece.item][-1].argmax())]
                tally.update(pieces=1, pieces_right=best == piece.status)
            wanted = {p.item: p.status for p in by_story[n][1]}
            for item, chances in votes.items():
                best = models.status.classes[int(sum(chances).argmax())]  # type: ignore[union-attr]
                tally.update(items=1, items_right=best == wanted[item])
    p, r = tally["right"] / tally["said"], tally["right"] / tally["wanted"]
    print(
        f"sentences with a commitment: P {p:.3f} R {r:.3f} F1 {2 * p * r / (p + r):.3f} of {tally['wanted']}"
    )
    print(f"status of a clause: {tally['pieces_right'] / tally['pieces']:.3f} of {tally['pieces']}")
    print(f"status of a commitment: {tally['items_right'] / tally['items']:.3f} of {tally['items']}")


def main() -> None:
    """Trains and writes the models, or checks them."""
    by_story = {name: rows(name, gold, analyses) for name, (gold, analyses) in stories().items()}
    written = examples()
    if "--check" in sys.argv:
        check(by_story, written)
        return
    models = train(by_story, written)
    data = {key: getattr(models, key).to_json() for key in Models._fields}
    MODEL.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
