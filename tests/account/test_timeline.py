"""The timeline: dated happenings with the words that date them."""

from __future__ import annotations

from itertools import permutations

from consilience.account import timeline
from tests.account.readings import reading, story


def test_happenings_by_date():
    entries = timeline.collect(story())
    starts = [e.start for e in entries]
    assert starts == sorted(starts)
    assert {"1962-01-01", "2025-03-10", "2025-04-04"} <= set(starts)


def test_one_happening_of_two_outlets_is_one_entry():
    burst = [e for e in timeline.collect(story()) if e.start == "2025-03-10"]
    assert len(burst) == 1
    assert len({x.article for x in burst[0].evidence}) == 2


def test_what_is_to_come_is_marked():
    entries = timeline.collect(story())
    assert [e.to_come for e in entries if e.start == "2025-04-04"] == [True]
    assert not [e for e in entries if e.start < "2025-03-12" and e.to_come]


def test_the_clause_that_holds_the_date():
    (entry,) = timeline.collect(
        [reading("The mayor wept, but the bridge was opened on 4 May 2020, a year late.", "2025-03-11", "A")]
    )
    assert "4 May 2020" in entry.text and "wept" not in entry.text


def test_a_long_statement_is_cut_at_its_commas():
    text = "The bridge over the lower Ash was opened on 4 May 2020, the mayor of the town said in a letter."
    (entry,) = timeline.collect([reading(text, "2025-03-11", "A")])
    assert entry.text == "The bridge over the lower Ash was opened on 4 May 2020"


def test_a_date_that_is_ruled_out_is_no_happening():
    (entry,) = timeline.collect([reading("The seals were tested in March, not in April.", "2025-05-11", "A")])
    assert entry.start == "2025-03-01"


def test_a_deadline_is_not_ruled_out():
    (entry,) = timeline.collect(
        [reading("The seals must be replaced no later than 5 June 2025.", "2025-05-11", "A")]
    )
    assert entry.start == "2025-06-05"


def test_a_length_of_time_is_no_happening():
    assert timeline.collect([reading("The strike lasted for sixteen weeks.", "2025-03-11", "A")]) == ()


def test_the_order_of_arrival_has_no_part():
    first = timeline.collect(story())
    for order in permutations(story()):
        assert timeline.collect(order) == first


def test_evidence_stands_where_it_says():
    texts = {r.article.id: r.article.text for r in story()}
    for entry in timeline.collect(story()):
        assert all(texts[e.article][e.start : e.end] == e.text for e in entry.evidence)
