"""Learns who a pronoun or a description stands for: ``python -m training.speakers``.

Reads the stories of ``benchmark/stories`` (the project's own, Apache-2.0) with the program as it is. For
each quote whose source is a pronoun or a description, ``reports.speakers.Cast.candidates`` gives whom it
could stand for; right is who is among the gold's names of the speaker. A conditional logit (McFadden 1974)
with a penalty on large weights, learnt on the pronouns, goes into ``weights.pronoun`` of
``language/en/speakers.toml``. The weights for descriptions ("the minister") are set by hand: the quotes
with one are too few. Prints how often the choice is right: for pronouns of stories left out (six folds).
Needs scipy, which comes with scikit-learn.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from unittest import mock

import numpy as np
from scipy.optimize import minimize
from scipy.special import log_softmax

from benchmark.tally import squash
from consilience import pipeline
from consilience.reports import direct

ROOT = Path(__file__).resolve().parents[1]
STORIES = ROOT / "benchmark" / "stories"
TARGET = ROOT / "src" / "consilience" / "language" / "en" / "speakers.toml"
PENALTY = 0.3
SMALLEST = 0.005  # weights below are written as 0
FOLDS = 6
SORTS = ("pronoun", "role")

Choice = tuple[list[dict[str, float]], list[bool]]  # the candidates' features, and which are right


def choices(folder: Path) -> Iterator[tuple[str, Choice]]:
    """The sort of source and the choice, for each quote of a story where one is to be made."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))["quotes"]
    articles, _ = pipeline.extract([str(folder / "articles")])
    asked: list[tuple[str, str, str, list]] = []
    plain = direct._Reader._speech

    def speech(self, span, q, cue, source, how):  # type: ignore[no-untyped-def]
        person = self.page.cast.person_of(source)
        sort = "role" if source.kind == "role" and source.definite else source.kind
        if person is None and sort in SORTS and q is not None:
            found = [
                ((p.name if (p := self.page.cast.person_of(x)) else self.page.cast.text[x.start : x.end]), f)
                for x, f in self.page.cast.candidates(source, self.recent)
            ]
            asked.append((self.page.analysis.article.source, q.span.of(self.page.text), sort, found))
        return plain(self, span, q, cue, source, how)

    with mock.patch.object(direct._Reader, "_speech", speech):
        pipeline.understand(articles)
    for source, quote, sort, found in asked:
        stem, words = Path(source).stem, squash(quote)
        names = {
            squash(n)
            for g in gold
            if g["article"] == stem and (words in squash(g["text"]) or squash(g["text"]) in words)
            for n in g["speaker"]
        }
        right = [squash(name) in names for name, _ in found]
        if any(right) and not all(right):
            yield sort, ([f for _, f in found], right)


def fit(told: Sequence[Choice]) -> dict[str, float]:
    """The weights under which the right candidates are likeliest."""
    names = sorted({n for features, _ in told for f in features for n, v in f.items() if v})
    tables = [(np.array([[f.get(n, 0.0) for n in names] for f in fs]), np.array(r)) for fs, r in told]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = PENALTY * float(weights @ weights), 2 * PENALTY * weights
        for table, right in tables:
            log = log_softmax(table @ weights)
            part = np.exp(log[right])
            total -= float(np.log(part.sum()))
            slope = slope + table.T @ np.exp(log) - table[right].T @ (part / part.sum())
        return total, slope

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B")
    return dict(zip(names, found.x.tolist(), strict=True))


def chosen_right(weights: dict[str, float], choice: Choice) -> bool:
    """Whether the likeliest candidate (the first of equals) is a right one."""
    values = [sum(weights.get(n, 0.0) * v for n, v in f.items()) for f in choice[0]]
    return choice[1][int(np.argmax(values))]


def told_right(told: Sequence[tuple[int, Choice]]) -> float:
    """The part of the choices that models of the other folds make right."""
    right = 0
    for fold in range(FOLDS):
        weights = fit([c for f, c in told if f != fold])
        right += sum(chosen_right(weights, c) for f, c in told if f == fold)
    return right / len(told)


def main() -> None:
    """Learn and write the weights for pronouns; say how those for descriptions do."""
    told: dict[str, list[tuple[int, Choice]]] = {sort: [] for sort in SORTS}
    for number, folder in enumerate(sorted(p.parent for p in STORIES.glob("*/gold.json"))):
        for sort, choice in choices(folder):
            told[sort].append((number % FOLDS, choice))
    text = TARGET.read_text(encoding="utf-8")
    by_hand = tomllib.loads(text)["weights"]["role"]
    few = told["role"]
    print(f"descriptions: {sum(chosen_right(by_hand, c) for _, c in few)} of {len(few)} chosen right")
    note = f"{told_right(told['pronoun']):.3f} of {len(told['pronoun'])}"
    print("pronouns, left out, chosen right:", note)
    weights = fit([c for _, c in told["pronoun"]])
    kept = [f'"{n}" = {w:.2f}' for n, w in sorted(weights.items()) if abs(w) >= SMALLEST]
    head, rest = text.split("# Weights for pronouns", 1)
    lines = [
        "# Weights for pronouns of the candidates' features (consilience.reports.speakers), written by",
        f"# training/speakers.py from the quotes of benchmark/stories. Right on stories left out: {note}.",
        "[weights.pronoun]",
        *kept,
        "",
        "# Weights for descriptions" + rest.split("# Weights for descriptions", 1)[1].rstrip("\n"),
    ]
    TARGET.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
