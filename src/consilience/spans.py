"""Span arithmetic. Offsets count Unicode code points, ends are exclusive."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open interval ``[start, end)`` of a text's code points."""

    start: int
    end: int

    def __len__(self) -> int:  # type: ignore[override]
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words that the span covers in ``text``."""
        return text[self.start : self.end]

    def overlap(self, other: Span) -> int:
        """Number of code points that both spans cover."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def trimmed(self, text: str) -> Span:
        """The span without white space at its edges; may be empty."""
        start, end = self.start, self.end
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return Span(start, end)


def merged(spans: Iterable[Span], gap: int = 0) -> list[Span]:
    """Sorted, disjoint spans; neighbours at most ``gap`` code points apart become one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1].end + gap:
            out[-1] = Span(out[-1].start, max(out[-1].end, end))
        else:
            out.append(Span(start, end))
    return out


def covering(spans: Sequence[Span], offset: int) -> int | None:
    """Index of the span that holds ``offset``; ``spans`` are sorted and disjoint."""
    i = bisect_right(spans, offset, key=lambda s: s[0]) - 1
    return i if i >= 0 and spans[i][0] <= offset < spans[i][1] else None


class OffsetMap:
    """From offsets in a cleaned text to offsets in the text it was cut from.

    Built while cleaning: ``pieces`` are ``(start in cleaned, start in original, length)``, sorted,
    disjoint, each copied unchanged. What lies between two pieces was put in by the cleaning
    (a line break) and maps to the end of the piece before it.
    """

    def __init__(self, pieces: Sequence[tuple[int, int, int]]) -> None:
        self.pieces = tuple(pieces)

    def original(self, offset: int) -> int:
        """Offset in the original of ``offset`` in the cleaned text."""
        i = bisect_right(self.pieces, offset, key=lambda p: p[0]) - 1
        if i < 0:
            return self.pieces[0][1] if self.pieces else 0
        start, origin, length = self.pieces[i]
        return origin + min(offset - start, length)

    def span(self, span: Span) -> Span:
        """Span in the original that the cleaned ``span`` came from."""
        if span.end <= span.start:
            at = self.original(span.start)
            return Span(at, at)
        return Span(self.original(span.start), self.original(span.end - 1) + 1)
