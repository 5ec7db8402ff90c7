"""What real news needs that the written stories do not: few differences, round numbers, captions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.sets import differences
from consilience import language, reports
from consilience.findings import disagreements_dates as dates
from consilience.findings.disagreements_denials import answer
from consilience.findings.disagreements_figures_agree import agree
from consilience.findings.disagreements_figures_place import placed
from consilience.findings.disagreements_weigh import adapted
from consilience.model import Article, Completeness, Evidence, FigureMention, StoryReading


def figure(text, value, unit="people", kind="count", approximate=False):
    return FigureMention(Evidence("a", 0, len(text), text), value, unit, "", approximate, None, kind)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (figure("9 million people", 9e6), figure("9.3 million people", 9.3e6), True),
        (figure("6 million people", 6e6), figure("9.3 million people", 9.3e6), False),
        (figure("1,000 inmates", 1000.0), figure("1,018 inmates", 1018.0), True),
        (figure("600 people", 600.0), figure("614 people", 614.0), False),
        (
            figure("30 seconds", 30.0, "seconds", "duration"),
            figure("32 s", 32.0, "seconds", "duration"),
            True,
        ),
        (figure("dozens of people", (12.0, 36.0), approximate=True), figure("46 people", 46.0), True),
        (figure("dozens of people", (12.0, 36.0), approximate=True), figure("400 people", 400.0), False),
        (figure("between 12 and 36", (12.0, 36.0), approximate=True), figure("46 people", 46.0), False),
    ],
)
def test_round_and_vague_numbers_agree_with_what_is_near_them(a, b, expected):
    assert agree(a, b) is expected and agree(b, a) is expected


@given(st.lists(st.floats(0.001, 0.999), max_size=60), st.floats(0.01, 0.9))
def test_a_story_s_own_part_keeps_the_order(likely, learnt):
    found = adapted(np.array(likely), learnt)
    order = np.argsort(likely, kind="stable")
    assert found.shape == (len(likely),) and ((found >= 0) & (found <= 1)).all()
    assert (np.diff(found[order]) >= 0).all()


def test_a_doubtful_pair_counts_less_among_pairs_that_are_none():
    few, many = np.array([0.6, *[0.05] * 30]), np.array([0.6, *[0.9] * 30])
    assert adapted(few, 0.2)[0] < 0.3 < 0.6 < adapted(many, 0.2)[0]


def read(text, published="2026-11-02"):
    article = Article("a", "a", text, Completeness("whole"), published=published)
    return reports.read(language.analyse([article])[0])


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("A carrier is seen near a barricade in Lomvik, October 26, 2026.", False),
        ("A carrier was seen near a barricade in Lomvik on October 26, 2026.", True),
        ("The mayor resigned in Lomvik on October 26, 2026, officials said.", True),
    ],
)
def test_the_date_of_a_picture_is_not_compared(text, compared):
    told = read(text)
    assert any(dates._fixed(t, told, True) for t in told.times) is compared


def test_a_weekday_is_not_compared_where_no_article_has_a_date():
    told = read("The mayor resigned on Tuesday.", published=None)
    assert not any(dates._fixed(t, told, False) for t in told.times)


def test_a_number_without_words_counts_nothing():
    entities, readings = reports.resolve([read("The mayor spoke to 40 farmers.\n\n1 of 9.")])
    assert [h.figure.value for h in placed(StoryReading("s", readings, entities))] == [40.0]


def test_a_clause_behind_but_can_say_no():
    told = read("The agency wrote to all sides, but it had no contact with the observers.")
    found = [answer(told, s, ()) for s in told.statements]
    assert any(a is not None and a.no for a in found)


def test_labels_are_places_and_no_text():
    known = differences.labels()
    assert len(known) > 400
    assert {label for _, label, _, _ in known} <= set(differences.ORDER)
    assert {kind for kind, _, _, _ in known} == set(differences.KINDS)
