"""Whether a number is a figure that a reader of the account wants.

"No one", "one another", "a day" and the like are numbers in form only. A linear model over the number,
its unit and the words around it decides, trained by ``training/figures.py`` on ``benchmark/stories`` and
kept in ``figures_model.json``.
"""

from __future__ import annotations

from functools import cache

from consilience.lexicons import lexicon
from consilience.reports.figures_nouns import Candidate, tables
from consilience.reports.figures_numbers import Word
from consilience.reports.linear import Linear, load

LEAST = 0.5  # probability from which a number is a figure: best F1 on stories left out


@cache
def model() -> Linear:
    """The model. Raises ``errors.ModelError`` where its file is missing or broken."""
    return load("figures_model.json")["figure"]


def wanted(ws: list[Word], c: Candidate) -> bool:
    """Whether the candidate, among the words of its sentence, is a figure."""
    if c.number.form == "vague" and c.unit:  # "dozens of flights": rare in what the model has learnt from
        return True
    if c.number.form == "share":  # "one in three": rare too
        return True
    if c.number.form == "fraction" and c.number.value != 0.5:  # so is "two-thirds"; "half" has many uses
        return True
    return model().probability(features(ws, c)) >= LEAST


def features(ws: list[Word], c: Candidate) -> set[str]:
    """What is known of a candidate, as names."""
    size = _size(c)
    unit = (c.unit or "none").split()[-1] if c.kind in ("count", "duration") else c.kind
    before = [_shape(ws[i]) if i >= 0 else "^" for i in (c.number.first - 1, c.number.first - 2)]
    edge = [_shape(ws[i]) if i >= 0 else "^" for i in (c.first - 1,)]
    after = [_shape(ws[i]) if i < len(ws) else "$" for i in (c.number.last, c.number.last + 1)]
    beyond = _shape(ws[c.last]) if c.last < len(ws) else "$"
    head = f"{c.kind}/{c.number.form}"
    return {
        head,
        f"{head}/{size}",
        f"unit {unit}",
        f"{size} {unit}",
        f"{head} before {before[0]}",
        f"{size} before {before[0]}",
        f"before {before[1]} {before[0]}",
        f"{head} edge {edge[0]}",
        f"after {after[0]}",
        f"{size} after {after[0]}",
        f"after {after[0]} {after[1]}",
        f"{head} beyond {beyond}",
        f"{size} {head} beyond {beyond}",
        f"hedge {bool(c.hedge)}",
        f"{head} hedge {c.hedge or 'none'}",
        f"{head}/{size} {c.unit is None} {before[0]} … {after[0]}",
        f"{head} {before[0]} level {_level(ws, c)}",
        f"word {ws[c.number.first].low}"
        if c.number.form in ("multiple", "article", "vague")
        else f"size {size}",
        f"start {c.number.first == 0}",
    }


def _level(ws: list[Word], c: Candidate) -> bool:
    """Whether words before say that a count stands at a value ("put the toll at nine"): no hour."""
    return any(
        w.low in tables()["no_figure"]["levels"] for w in ws[max(0, c.number.first - 7) : c.number.first]
    )


def _size(c: Candidate) -> str:
    value = c.number.value[0] if isinstance(c.number.value, tuple) else c.number.value
    for limit, name in (
        (0, "0"),
        (0.999, "part"),
        (1, "1"),
        (2, "2"),
        (12, "few"),
        (100, "tens"),
        (1000, "hundreds"),
    ):
        if value <= limit:
            return name
    return "many"


def _shape(word: Word) -> str:
    """The word, or its kind where it is a name or a number."""
    if word.text[0].isdigit():
        return "NUM"
    return (
        "NAME"
        if word.text[0].isupper() and word.low not in lexicon("numbers")["no_names"]["words"]
        else word.low
    )
