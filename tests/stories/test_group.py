"""Which articles report one event, in whatever order they come."""

from __future__ import annotations

import dataclasses
import itertools
import random
import re

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consilience import stories
from consilience.model import Name
from consilience.stories.link import average_link
from tests.origins.samples import CUT, INDEPENDENT, OTHER_EVENT, TRANSLATED, WIRE
from tests.origins.samples import bare_reading as reading
from tests.stories.confusable import PAIRS, PLACES

FIRST_QUAKE = """\
An earthquake of magnitude 5.9 shook the town of Sarvela in the east of Tamrica on Monday, killing 12 people.
Most of the dead lived in the old quarter, said the civil defence's spokesman, Aru Tellin.
The quake brought down the bell tower of Sarvela, which had stood since 1711.
"""
FIRST_QUAKE_LATER = """\
The death toll of the earthquake in Sarvela has risen to 19, Tamrica's civil defence said on Tuesday.
Rescuers were still searching the old quarter around the fallen bell tower, spokesman Aru Tellin said.
"""
SECOND_QUAKE = """\
A strong earthquake of magnitude 6.2 struck the port of Dol Maren in the west of Tamrica on Monday.
At least 40 people were hurt when the fish market's roof gave way, civil defence spokesman Aru Tellin said.
It is the second in a week: a quake killed 19 people in Sarvela.
"""
SECOND_QUAKE_ALSO = """\
The fish market of Dol Maren is in ruins after an earthquake of magnitude 6.2, and 43 people are in hospital.
Ferries from the port were cancelled. The mayor of Dol Maren, Oske Pall, asked for tents.
"""


def pile(*entries):
    return [reading(text, name, title=title, published=day) for name, title, text, day in entries]


QUAKES = pile(
    ("a1", "Twelve dead in Sarvela earthquake", FIRST_QUAKE, "2024-05-06"),
    ("a2", "Sarvela quake toll rises to 19", FIRST_QUAKE_LATER, "2024-05-07"),
    ("b1", "Quake strikes port of Dol Maren", SECOND_QUAKE, "2024-05-13"),
    ("b2", "Dol Maren fish market in ruins", SECOND_QUAKE_ALSO, "2024-05-13"),
)
SHIP = pile(
    ("c1", "Ship aground off Torsoe", WIRE, "2024-05-08"),
    ("c2", "Freighter runs aground", CUT, "2024-05-08"),
    ("c3", "Vessel on the ground before Torsoe", TRANSLATED, None),
    ("c4", "Islanders wake to stranded ship", INDEPENDENT, "2024-05-08"),
)
OTHER = pile(("d1", "Orchestra loses a third of its grant", OTHER_EVENT, "2024-05-08"))


def names(grouped):
    return [tuple(r.article.id for r in readings) for readings, _ in grouped]


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        ([], []),
        (OTHER, [("d1",)]),
        (SHIP, [("c1", "c2", "c3", "c4")]),
        (QUAKES, [("a1", "a2"), ("b1", "b2")]),
        (QUAKES + SHIP + OTHER, [("a1", "a2"), ("b1", "b2"), ("c1", "c2", "c3", "c4"), ("d1",)]),
    ],
)
def test_stories(articles, expected):
    assert names(stories.group(articles)) == expected


def test_any_order_gives_the_same_stories():
    articles = QUAKES + OTHER
    first = stories.group(articles)
    for order in itertools.islice(itertools.permutations(articles), 0, 120, 7):
        again = stories.group(list(order))
        assert names(again) == names(first)
        assert [m for _, m in again] == [m for _, m in first]


def test_one_at_a_time_in_any_order():
    articles = QUAKES + SHIP + OTHER
    for seed in range(6):
        shuffled = random.Random(seed).sample(articles, len(articles))
        grouper = stories.Grouper()
        for article in shuffled:
            grouper.add(stories.of_reading(article))
        found = sorted(tuple(sorted(s)) for s in grouper.stories())
        assert found == [("a1", "a2"), ("b1", "b2"), ("c1", "c2", "c3", "c4"), ("d1",)]


def placed(text, name, **fields):
    """A reading that knows the places of its text."""
    plain = reading(text, name, **fields)
    names = [
        Name(found.start(), found.end(), place, "place", 0)
        for place in PLACES
        for found in re.finditer(rf"\b{place}\b", text)
    ]
    return dataclasses.replace(plain, analysis=dataclasses.replace(plain.analysis, names=tuple(names)))


def told(events, days=(None, None)):
    """Readings of two events, two reports each, named a1, a2, b1, b2."""
    return [
        placed(text, f"{letter}{number}", title=title, published=day)
        for letter, reports, day in zip("ab", events, days, strict=True)
        for number, (title, text) in enumerate(reports, 1)
    ]


@pytest.mark.parametrize("kind", PAIRS)
@pytest.mark.parametrize("days", [(None, None), ("2024-05-06", "2024-05-13"), ("2024-05-06", None)])
def test_events_of_one_kind_stay_apart(kind, days):
    assert names(stories.group(told(PAIRS[kind], days))) == [("a1", "a2"), ("b1", "b2")]


def test_all_events_of_all_kinds_stay_apart():
    articles = [
        dataclasses.replace(r, analysis=dataclasses.replace(r.analysis, article=named))
        for kind, events in PAIRS.items()
        for r in told(events)
        for named in [msgspec.structs.replace(r.article, id=f"{kind}-{r.article.id}")]
    ]
    expected = sorted((f"{kind}-{e}1", f"{kind}-{e}2") for kind in PAIRS for e in "ab")
    assert sorted(names(stories.group(articles))) == expected


def test_reasons_name_place_day_and_figures():
    ((_, why), _) = stories.group(told(PAIRS["trains"]))
    assert "of the same place: Brodin" in why[0].reasons
    assert "names the same day: 14 May" in why[0].reasons
    assert any(r.startswith("gives the same figures: ") and "212" in r for r in why[0].reasons)


@pytest.mark.parametrize(
    ("text", "places", "days", "figures"),
    [
        ("Nine died near Aska on 2 June. Aska mourns.", {"aska"}, {154}, set()),
        ("CHILE (NWA) - A quake of magnitude 6.2 hit at 4.12 pm on May 7, 2024.", set(), {128}, {"6.2"}),
        ("It cost 3,417 crowns and 40 horses in 2019.", set(), set(), {"3417", "40 hors"}),
        ("No day on 31 June, nothing in France.", set(), set(), {"31 jun"}),
        ("", set(), set(), set()),
    ],
)
def test_scene(text, places, days, figures):
    scene = stories.of_reading(placed(text, "a")).scene
    assert (scene.places, scene.days, scene.figures) == (places, days, figures)


def test_membership_says_why():
    ((_, why),) = stories.group(SHIP)
    assert {m.article for m in why} == {"c1", "c2", "c3", "c4"}
    assert all(m.reasons for m in why)
    assert any("Torsoe" in r for r in why[0].reasons)
    assert why[2].reasons[-1] == "time unknown"


def test_light_features_are_enough():
    grouper = stories.Grouper()
    grouper.add(stories.features("x", "Ship aground off Torsoe", WIRE, "2024-05-08"))
    grouper.add(stories.features("y", None, CUT))
    grouper.add(stories.features("z", "", "", "not a date"))
    assert grouper.stories() == [("x", "y"), ("z",)]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(alphabet="abcABC 12.\n", max_size=60), max_size=6))
def test_odd_texts_are_each_in_one_story(texts):
    found = stories.group([reading(t, f"n{i}") for i, t in enumerate(texts)])
    assert sorted(n for s in names(found) for n in s) == sorted(f"n{i}" for i in range(len(texts)))


def slow_average_link(table, threshold):
    groups = [[i] for i in range(len(table))]
    while True:
        best = None
        for x, y in itertools.combinations(range(len(groups)), 2):
            mean = sum(table[i][j] for i in groups[x] for j in groups[y]) / len(groups[x]) / len(groups[y])
            if mean >= threshold and (best is None or mean > best[0] + 1e-12):
                best = (mean, x, y)
        if best is None:
            return sorted(sorted(g) for g in groups)
        groups[best[1]] += groups.pop(best[2])


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 9))
def test_average_link_against_a_slow_one(seed, count):
    import numpy as np

    values = np.random.default_rng(seed).random((count, count))
    table = (values + values.T) / 2
    assert average_link(table, 0.55) == slow_average_link(table.tolist(), 0.55)
