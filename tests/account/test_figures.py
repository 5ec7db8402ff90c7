"""The figures of a story: one figure with every place that gives it."""

from __future__ import annotations

from itertools import permutations

from consilience.account import figures
from tests.account.readings import reading, story


def test_one_figure_in_digits_and_words():
    found = [f for f in figures.collect(story()) if f.value == 14]
    assert len(found) == 1
    assert len({e.article for e in found[0].evidence}) == 2
    assert not found[0].approximate


def test_a_later_toll_is_another_figure():
    assert {14, 19} <= {f.value for f in figures.collect(story())}


def test_the_most_reported_come_first():
    counts = [len({e.article for e in f.evidence}) for f in figures.collect(story())]
    assert counts == sorted(counts, reverse=True)


def test_one_number_for_two_things_is_two_figures():
    pair = [
        reading("The fire killed 12 miners in the north shaft.", "2025-03-11", "A"),
        reading("The choir sang 12 psalms at the harbour feast.", "2025-03-11", "B"),
    ]
    assert len([f for f in figures.collect(pair) if f.value == 12]) == 2


def test_the_order_of_arrival_has_no_part():
    first = figures.collect(story())
    for order in permutations(story()):
        assert figures.collect(order) == first


def test_evidence_stands_where_it_says():
    texts = {r.article.id: r.article.text for r in story()}
    for figure in figures.collect(story()):
        assert all(texts[e.article][e.start : e.end] == e.text for e in figure.evidence)
