"""Figures that do not differ though their values do: both told by both, ages of two people, labels."""

import pytest

from consilience import language, reports
from consilience.findings import disagreements_figures_pairs as pairs
from consilience.findings.disagreements_figures_place import is_label, placed
from consilience.model import Article, Completeness, StoryReading

TABLE = [
    (
        "The right to draw water was cut from 450 litres to 120 litres.",
        "It may draw 120 litres instead of 450 litres.",
        True,
    ),
    ("The right to draw water was cut to 120 litres.", "It may draw 450 litres.", False),
    ("Gavin Thiessen, 38, denied it.", "The lawyer Celia Vantongeren, 44, was silent.", True),
    ("Gavin Thiessen, 38, denied it.", "Mr Thiessen, 39, was silent.", False),
    ("The investigation took 30 months.", "He worked there for 5 years.", False),
    ("The investigation took 30 months.", "He worked there for 30 years.", True),
    ("The investigation took 30 hours.", "He worked there for 30 years.", True),
    ("The 27-year-old explained it.", "The 20-year-old was silent.", True),
]


def article(name, text):
    return Article(
        id=name, source=name, text=text, completeness=Completeness("whole"), published="2026-11-02"
    )


@pytest.mark.parametrize(("one", "two", "apart"), TABLE)
def test_what_is_no_difference(one, two, apart):
    articles = [article("a", one), article("b", two)]
    entities, readings = reports.resolve([reports.read(a) for a in language.analyse(articles)])
    held = placed(StoryReading("s", readings, entities))
    every = list({id(f): f for h in held for f in h.elsewhere}.values())
    where = {id(f): k for k, f in enumerate(every)}
    own = [where[id(h.figure)] for h in held]
    agreeing = pairs.agreement(every) & pairs._comparable(every)
    found = pairs._both_told(held, agreeing, own, where) | pairs._of_others(held) | pairs._of_scales(held)
    mine = [i for i, h in enumerate(held) if h.clause.article == "a"]
    other = [i for i, h in enumerate(held) if h.clause.article == "b"]
    unlike = [(i, j) for i in mine for j in other if not agreeing[own[i], own[j]]]
    assert unlike and all(bool(found[i, j]) == apart for i, j in unlike)


@pytest.mark.parametrize(
    ("text", "label"),
    [("wells 3", True), ("permit 417", True), ("to 27", False), ("at 31", False), ("27 people", False)],
)
def test_the_number_of_a_thing_is_no_number_of_things(text, label):
    assert is_label(text) is label
