"""Which reports go back to one text, with which proof."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consilience import origins, pipeline
from consilience.model import Article, Completeness, StoryReading

from .samples import CUT, INDEPENDENT, OTHER_EVENT, TRANSLATED, WIRE, reading, story


def groups(found):
    return sorted(sorted(o.articles) for o in found)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"a": WIRE, "b": WIRE}, [["a", "b"]]),
        ({"a": WIRE, "b": CUT}, [["a", "b"]]),
        ({"a": WIRE, "b": TRANSLATED}, [["a", "b"]]),
        ({"a": WIRE, "b": INDEPENDENT}, [["a"], ["b"]]),
        ({"a": WIRE, "b": OTHER_EVENT}, [["a"], ["b"]]),
        ({"a": WIRE, "b": CUT, "c": TRANSLATED, "d": INDEPENDENT}, [["a", "b", "c"], ["d"]]),
        ({"a": WIRE}, [["a"]]),
        ({"a": WIRE, "b": ""}, [["a"], ["b"]]),
        ({}, []),
    ],
)
def test_partition(texts, expected):
    assert groups(origins.find(story(**texts))) == expected


def test_part_of_an_article_can_be_a_copy():
    own = INDEPENDENT + WIRE.split("\n", 1)[1]
    assert groups(origins.find(story(a=WIRE, b=own))) == [["a", "b"]]


def test_any_order_gives_the_same_origins():
    texts = {"a": WIRE, "b": CUT, "c": INDEPENDENT, "d": OTHER_EVENT}
    first = origins.find(story(**texts))
    for order in itertools.permutations(texts):
        assert origins.find(story(**{n: texts[n] for n in order})) == first


def test_every_passage_stands_where_it_says():
    texts = {"a": WIRE, "b": CUT, "c": TRANSLATED}
    (origin,) = origins.find(story(**texts))
    assert origin.why
    for passage in origin.why:
        for piece in passage.evidence:
            assert texts[piece.article][piece.start : piece.end] == piece.text
    kinds = {(p.evidence[0].article, p.evidence[1].article): set() for p in origin.why}
    for p in origin.why:
        kinds[p.evidence[0].article, p.evidence[1].article].add(p.kind)
    assert "verbatim" in kinds["a", "b"]
    assert "translated" in kinds["a", "c"]


def test_passages_are_aligned_word_for_word():
    texts = {"a": WIRE, "b": CUT}
    (origin,) = origins.find(story(**texts))
    for passage in origin.why:
        one, two = passage.evidence
        stretches = origins.word_for_word(passage)
        assert stretches
        for x, y in stretches:
            assert one.span.covers(x) and two.span.covers(y)
            assert x.of(texts[one.article]).casefold() == y.of(texts[two.article]).casefold()


def test_a_reordered_copy_is_a_copy():
    lines = WIRE.strip().split("\n")
    turned = "\n".join(lines[3:] + lines[:3]) + "\n"
    (origin,) = origins.find(story(a=WIRE, b=turned, c=INDEPENDENT))[:1]
    assert origin.articles == ("a", "b")
    assert origin.share["a"] == pytest.approx(1.0)


def test_one_credit_speaks_for_one_text():
    apart = origins.decide.chance(*_numbers())
    assert origins.decide.chance(*_numbers(), 1.5) > apart


def _numbers():
    import numpy as np

    from consilience.origins.evidence import MEANT, NAMES

    return np.full(len(NAMES), 0.3), np.full(len(MEANT), 0.3)


def test_shares_and_reasons():
    (origin,) = origins.find(story(a=WIRE, b=CUT))
    assert origin.share["b"] == pytest.approx(1.0)
    assert origin.share["a"] < 0.7
    assert any("verbatim" in r for r in origin.reasons)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"published": "2025-03-01T10:00:00Z"}, {"published": "2025-03-01T11:00:00Z"}, "a"),
        ({"published": "2025-03-02"}, {"published": "2025-03-01"}, "b"),
        ({"outlet": "Northern Wire Agency"}, {"credit": "Northern Wire Agency"}, "a"),
        ({"outlet": "The Daily"}, {"outlet": "The Post"}, "a"),  # a has all, b only a part
    ],
)
def test_who_had_it_first(first, second, expected):
    found = origins.find(StoryReading("s", (reading(WIRE, "a", **first), reading(CUT, "b", **second))))
    assert found[0].first == expected
    assert found[0].direction


def test_first_cannot_always_be_told():
    found = origins.find(
        StoryReading(
            "s", (reading(WIRE, "a", published="2025-03-01"), reading(WIRE, "b", published="2025-03-01"))
        )
    )
    assert found[0].first is None
    assert "cannot be told" in found[0].direction


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(alphabet='ab "“”.\n1,é', max_size=80), min_size=1, max_size=4))
def test_odd_texts_make_a_partition(texts):
    found = origins.find(StoryReading("s", tuple(reading(t, f"n{i}") for i, t in enumerate(texts))))
    assert sorted(a for o in found for a in o.articles) == sorted(f"n{i}" for i in range(len(texts)))
    for origin in found:
        for passage in origin.why:
            for piece in passage.evidence:
                assert texts[int(piece.article[1:])][piece.start : piece.end] == piece.text


# Every fact of the wire, in its order, and no five words of it in a row.
REWORDED = """\
A vessel laden with 1,840 tonnes of fertiliser got stuck off Torsoe late on Tuesday, coastguards report.
Helicopters had taken the crew of the Halvard Rex, 14 persons, to safety by dawn; a pair of them \
suffered from cold.
The rescue was led by Ingrid Solberg. "The waves measured six metres; nothing was left in reserve," \
she stated.
Its owner is Brattle Lines, by whose account a tug is to drag the ship loose when the water stands \
high on Thursday.
Some three kilometres of coast have been soiled by oil, and 22 people have been dispatched to put out booms, \
says the authority for the environment.
Launched in 1998, the ship did not pass when its safety was checked in March at Port Averell.
"""


def test_a_copy_in_other_words_is_told_by_its_meaning():
    texts = {"a": WIRE, "b": REWORDED, "c": INDEPENDENT}
    articles = [Article(n, n, text, Completeness("whole"), language="en") for n, text in texts.items()]
    found = origins.find(StoryReading("s", tuple(pipeline.understand(articles))))
    assert groups(found) == [["a", "b"], ["c"]]
    (copy,) = [o for o in found if len(o.articles) > 1]
    assert {p.kind for p in copy.why} <= {"edited", "paraphrased", "translated"} and len(copy.why) > 3
