"""The ledger: one row for one promise, whatever the order of the articles."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from consilience.account import ledger
from consilience.model import Entity, Finding
from tests.account.readings import story


def test_one_promise_is_one_row():
    rows = ledger.collect(story())
    paid = [r for r in rows if r.amount and r.amount.value == 5000]
    assert len(paid) == 1
    assert len({e.article for e in paid[0].evidence}) == 2
    assert (paid[0].status, paid[0].when.start) == ("pledged", "2025-03-14")


def test_different_acts_stay_apart():
    rows = ledger.collect(story())
    assert {r.status for r in rows} >= {"pledged", "refused", "planned"}
    vote = [r for r in rows if "vote" in r.text]
    assert len(vote) == 1 and vote[0].when.start == "2025-04-04"


def test_the_order_of_arrival_has_no_part():
    first = ledger.collect(story())
    for order in permutations(story()):
        assert ledger.collect(order) == first


def test_evidence_stands_where_it_says():
    texts = {r.article.id: r.article.text for r in story()}
    for row in ledger.collect(story()):
        assert row.text in [e.text for e in row.evidence]
        assert all(texts[e.article][e.start : e.end] == e.text for e in row.evidence)


def test_names_are_those_of_the_entities():
    one = Entity("e1", "Ana María Ruiz", "person", ("Ruiz", "Ms Ruiz"), ("mayor", "lawyer"), ())
    two = Entity("e2", "Tom Hale", "person", ("Hale",), ("lawyer",), ())
    printed = ["Ruiz", "The mayor", "Ms Ruiz", "the council", "the lawyer"]
    assert ledger._names(printed, [one, two]) == ("Ana María Ruiz", "the council", "the lawyer")


def test_what_one_finding_reports_is_likelier_one():
    found = [(r, m) for r in story() for m in r.commitments]
    alone = ledger.likeness(found)
    one, two = found[0][1].evidence, found[-1][1].evidence
    fact = Finding("f", one.text, one, (one, two), ("o1", "o2"), "corroborated")
    with_it = ledger.likeness(found, [fact])
    assert with_it[0, -1] > 5 * alone[0, -1]
    rest = np.ones(alone.shape, bool)
    rest[0, -1] = rest[-1, 0] = False
    assert np.array_equal(alone[rest], with_it[rest])
    assert np.array_equal(alone, ledger.likeness(found, [structs.replace(fact, status="single")]))


def test_nothing_found():
    assert ledger.collect([]) == ()


def _slow_average_link(scores: np.ndarray, least: float) -> list[list[int]]:
    groups = [[i] for i in range(len(scores))]
    while len(groups) > 1:
        means = {
            (a, b): round(float(scores[np.ix_(groups[a], groups[b])].mean()), 9)
            for a in range(len(groups))
            for b in range(a + 1, len(groups))
        }
        (a, b), best = max(means.items(), key=lambda kv: (kv[1], [-i for i in kv[0]]))
        if best < least:
            break
        groups[a] = sorted(groups[a] + groups.pop(b))
    return sorted(groups)


@given(st.integers(1, 9), st.integers(0, 2**32 - 1))
def test_grouping_is_average_link(size, seed):
    scores = np.random.default_rng(seed).random((size, size))
    scores = (scores + scores.T) / 2
    assert ledger.grouped(scores, 0.5) == _slow_average_link(scores, 0.5)


@pytest.mark.parametrize(("a", "b", "agree"), [(1, 1, 1), (1, 2, -1), (None, 1, 0), (None, None, 0)])
def test_agreement(a, b, agree):
    assert ledger._agree(a, b) == agree
