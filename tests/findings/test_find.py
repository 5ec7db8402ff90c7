"""Findings of small written stories, through the real language stage where the encoder is at hand."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consilience import language, reports
from consilience.errors import ModelError
from consilience.findings import find_findings, trees
from consilience.ids import content_id
from consilience.model import Article, Completeness, Origin, StoryReading

TEXTS = {
    "harbour": (
        "The harbour board of Tolvik signed a memorandum with two fishing unions on Monday. "
        "It covers quotas for cod and the repair of the northern quay.\n\n"
        "About 340 boats use the harbour, the board said. Heavy rain fell in the afternoon."
    ),
    "unions": (
        "Two fishing unions and the Tolvik harbour board put their names to a memorandum on Monday.\n\n"
        "Some 340 boats are registered at the harbour. Union leader Marta Elsrud called it a good day."
    ),
    "wire": (
        "TOLVIK - Tolvik's harbour board on Monday signed a memorandum with its two fishing unions.\n\n"
        "The mayor, Jon Aske, was on holiday."
    ),
}


@cache
def story():
    articles = [
        Article(content_id(name), f"{name}.txt", text, Completeness("whole"), published="2025-03-04")
        for name, text in TEXTS.items()
    ]
    try:
        readings = [reports.read(a) for a in language.analyse(articles)]
    except ModelError:
        pytest.skip("the encoder's model is not in the package")
    entities, resolved = reports.resolve(readings)
    return StoryReading("story", tuple(resolved), tuple(entities))


def each_its_own():
    return tuple(Origin(f"o{i}", (r.article.id,)) for i, r in enumerate(story().readings))


def test_one_signing_three_witnesses():
    found = find_findings(story(), each_its_own())
    signing = next(f for f in found if "memorandum" in f.text)
    assert len({e.article for e in signing.evidence}) == 3
    assert signing.status == "corroborated" and len(signing.origins) == 3


def test_copies_are_one_witness():
    one = (Origin("o", tuple(r.article.id for r in story().readings)),)
    found = find_findings(story(), one)
    signing = next(f for f in found if "memorandum" in f.text)
    assert signing.status == "repeated" and signing.origins == ("o",)


def test_what_one_report_alone_has_is_a_finding_too():
    found = find_findings(story(), each_its_own())
    rain = [f for f in found if "rain" in f.text]
    assert [f.status for f in rain] == ["single"]
    assert not any("holiday" in f.text and f.status != "single" for f in found)


def test_evidence_is_exact_and_every_statement_is_somewhere():
    texts = {r.article.id: r.article.text for r in story().readings}
    found = find_findings(story(), each_its_own())
    for f in found:
        assert all(texts[e.article][e.start : e.end] == e.text for e in f.evidence)
        assert f.canonical in f.evidence and f.text == f.canonical.text
    said = {(e.article, e.start, e.end) for f in found for e in f.evidence}
    for r in story().readings:
        for s in r.statements:
            e = s.evidence
            assert any(a == e.article and x < e.end and y > e.start for a, x, y in said)


@settings(max_examples=6, deadline=None)
@given(st.permutations(range(3)))
def test_order_of_arrival_does_not_matter(order):
    readings = tuple(story().readings[i] for i in order)
    assert find_findings(replace(story(), readings=readings), each_its_own()) == find_findings(
        story(), each_its_own()
    )


def test_no_statements_no_findings():
    assert find_findings(StoryReading("empty", ()), ()) == ()


@pytest.mark.parametrize("name", ["sentences", "graph", "clauses"])
def test_trees_give_probabilities(name):
    model = trees.load(name)
    table = np.random.default_rng(1).normal(size=(50, int(model.feature.max()) + 1)).astype(np.float32)
    p = model.probabilities(table)
    assert p.shape == (50,) and ((p > 0) & (p < 1)).all()


def test_a_missing_model_is_an_expected_fault():
    with pytest.raises(ModelError):
        trees.load("no such model")
