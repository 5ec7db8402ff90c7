"""Span arithmetic and offset maps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consilience.spans import OffsetMap, Span, covering, merged

SPANS = st.builds(lambda a, n: Span(a, a + n), st.integers(0, 200), st.integers(0, 40))


@pytest.mark.parametrize(
    ("spans", "gap", "expected"),
    [
        ([], 0, []),
        ([(0, 3), (3, 5)], 0, [(0, 5)]),
        ([(4, 6), (0, 3)], 0, [(0, 3), (4, 6)]),
        ([(0, 3), (4, 6)], 1, [(0, 6)]),
        ([(0, 9), (2, 4)], 0, [(0, 9)]),
    ],
)
def test_merged(spans, gap, expected):
    assert merged([Span(*s) for s in spans], gap) == expected


@given(st.lists(SPANS))
def test_merged_covers_the_same_offsets(spans):
    got = merged(spans)
    assert {i for s in got for i in range(*s)} == {i for s in spans for i in range(*s)}
    assert all(a.end < b.start or a.end <= b.start for a, b in zip(got, got[1:], strict=False))


@given(st.lists(SPANS), st.integers(0, 250))
def test_covering_agrees_with_a_plain_search(spans, offset):
    disjoint = [s for s in merged(spans) if len(s)]
    plain = next((i for i, s in enumerate(disjoint) if s.start <= offset < s.end), None)
    assert covering(disjoint, offset) == plain


@given(st.text(), st.integers(0, 10), st.integers(0, 10))
def test_trimmed_has_no_space_at_its_edges(text, a, b):
    span = Span(min(a, b, len(text)), min(max(a, b), len(text))).trimmed(text)
    assert span.of(text) == span.of(text).strip() or not span.of(text).strip()


@given(st.lists(st.tuples(st.booleans(), st.text(min_size=1, max_size=8)), max_size=12))
def test_an_offset_map_leads_back_to_the_same_characters(parts):
    """A text is cut into kept and dropped parts; every kept character is found where it stood."""
    original, cleaned, pieces = "", "", []
    for keep, part in parts:
        if keep:
            pieces.append((len(cleaned), len(original), len(part)))
            cleaned += part
        original += part
    where = OffsetMap(pieces)
    for i, c in enumerate(cleaned):
        assert original[where.original(i)] == c
    for start in range(len(cleaned)):
        span = where.span(Span(start, len(cleaned)))
        assert original[span.start] == cleaned[start]
        assert original[span.end - 1] == cleaned[-1]
