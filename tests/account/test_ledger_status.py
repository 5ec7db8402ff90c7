"""The status of a commitment over the days: the latest that the evidence supports, the earlier ones shown."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consilience.account.ledger_status import STATUSES, day, settled, steps
from consilience.model import (
    Analysis,
    Article,
    CommitmentMention,
    Completeness,
    Evidence,
    Reading,
    TimeExpression,
)


def mention(published: str | None, text: str = "The bank will pay.", **chances: float):
    """A mention of an article of that day with these chances, and its reading."""
    name = f"{published}-{sorted(chances.items())}-{text}"
    article = Article(name, name, text, Completeness("whole"), published=published)
    said = CommitmentMention(
        Evidence(name, 0, len(text), text),
        (),
        (),
        max(chances, key=chances.get),
        "",
        chances={k.replace("_", " "): v for k, v in chances.items()},
    )
    reading = Reading(Analysis(article, (), (), np.zeros((0, 1))), commitments=(said,), reference=published)
    return reading, said


CASES = [  # what the days say, the status by now, the earlier ones
    ([("2026-03-01", {"pledged": 0.9})], "pledged", ()),
    ([("2026-03-01", {"stated": 0.95}), ("2026-03-04", {"signed": 0.95})], "signed", ("stated",)),
    ([("2026-03-01", {"planned": 0.9}), ("2026-03-09", {"under way": 0.95})], "under way", ("planned",)),
    ([("2026-03-01", {"pledged": 0.95}), ("2026-03-09", {"refused": 0.95})], "refused", ("pledged",)),
    # a doubtful late mention does not overturn clear earlier ones
    (
        [
            ("2026-03-01", {"pledged": 0.95}),
            ("2026-03-02", {"pledged": 0.95}),
            ("2026-03-03", {"planned": 0.4, "pledged": 0.35}),
        ],
        "pledged",
        (),
    ),
    # all three steps
    (
        [
            ("2026-03-01", {"stated": 0.98}),
            ("2026-03-02", {"agreed": 0.98}),
            ("2026-03-03", {"signed": 0.98}),
        ],
        "signed",
        ("stated", "agreed"),
    ),
    # an article without a date comes last, and alone has no earlier days
    ([(None, {"agreed": 0.9})], "agreed", ()),
]


@pytest.mark.parametrize(("days", "status", "earlier"), CASES)
def test_settled(days, status, earlier):
    found = [mention(date, **{k.replace(" ", "_"): v for k, v in chances.items()}) for date, chances in days]
    for order in itertools.permutations(found):
        assert settled(order) == (status, earlier)


def test_day_is_the_one_that_the_words_name():
    reading, said = mention("2026-03-09", "It had promised it on 2 March.", pledged=0.9)
    at = Evidence(said.evidence.article, 18, 29, "on 2 March.")
    named = TimeExpression(at, "2026-03-02", None, "day")
    assert day(reading, said) == "2026-03-09"
    dated = Reading(reading.analysis, times=(named,), commitments=(said,), reference="2026-03-09")
    assert day(dated, said) == "2026-03-02"


def test_a_later_report_of_an_older_status_is_not_the_latest():
    signed = mention("2026-03-05", "They signed it.", signed=0.95)
    reading, said = mention("2026-03-09", "They had offered it on 2 March.", stated=0.95)
    named = TimeExpression(Evidence(said.evidence.article, 20, 31, "on 2 March."), "2026-03-02", None, "day")
    offered = Reading(reading.analysis, times=(named,), commitments=(said,), reference="2026-03-09")
    assert settled([signed, (offered, said)]) == ("signed", ("stated",))


def test_steps_are_chances():
    assert np.allclose(steps().sum(axis=1), 1.0)
    assert (steps() > 0).all()


def _slow(days: list[dict[str, float]]) -> str:
    """The likeliest last status by adding up every way there."""
    step, total = steps(), dict.fromkeys(STATUSES, 0.0)
    rows = []
    for chances in days:
        row = np.array([chances.get(s, 0.01) for s in STATUSES])
        rows.append(row / row.sum())
    for way in itertools.product(range(len(STATUSES)), repeat=len(days)):
        chance = rows[0][way[0]]
        for k in range(1, len(days)):
            chance *= step[way[k - 1], way[k]] * rows[k][way[k]]
        total[STATUSES[way[-1]]] += chance
    return max(total, key=total.get)


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(st.sampled_from(STATUSES), st.floats(0.3, 0.95)),
        min_size=1,
        max_size=3,
    )
)
def test_against_every_way(said):
    days = [{status: chance} for status, chance in said]
    found = [
        mention(f"2026-03-0{k + 1}", **{s.replace(" ", "_"): p for s, p in day.items()})
        for k, day in enumerate(days)
    ]
    assert settled(found)[0] == _slow(days)
