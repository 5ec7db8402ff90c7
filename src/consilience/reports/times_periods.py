"""The dates of a clause: of a commitment the last, of a figure the nearest."""

from __future__ import annotations

from collections.abc import Sequence

from consilience.lexicons import pattern
from consilience.model import Period, TimeExpression
from consilience.spans import Span

UNDATED = frozenset(("time", "present", "vague", "span", "decade", "century"))  # precisions that give no day


def period(time: TimeExpression) -> Period:
    """Its first and last day; ``end`` is null where they are one."""
    return Period(time.start, time.end if time.end != time.start else None)


def last_in(span: Span, times: Sequence[TimeExpression]) -> Period | None:
    """The last date named within ``span``: the one by which a thing is to be done."""
    inside = [t for t in times if t.precision not in UNDATED and span.covers(t.evidence.span)]
    return period(max(inside, key=lambda t: (t.start, t.evidence.start))) if inside else None


def nearest_to(span: Span, sentence: Span, text: str, times: Sequence[TimeExpression]) -> Period | None:
    """The date nearest to ``span`` in its clause of ``sentence``."""
    left, right = clause_around(span, sentence, text)
    inside = [
        t
        for t in times
        if t.precision not in UNDATED
        and left <= t.evidence.start
        and t.evidence.end <= right
        and not t.evidence.span.overlap(span)
    ]
    if not inside:
        return None
    return period(min(inside, key=lambda t: (_gap(t.evidence.span, span), t.evidence.start)))


def clause_around(span: Span, sentence: Span, text: str) -> tuple[int, int]:
    """First and last offset of the clause of ``sentence`` that holds ``span``."""
    left, right = sentence
    for match in pattern("times", "dated_edge").finditer(text, sentence.start, sentence.end):
        if match.end() <= span.start:
            left = match.end()
        elif match.start() >= span.end:
            right = match.start()
            break
    return left, right


def _gap(a: Span, b: Span) -> int:
    return max(a.start - b.end, b.start - a.end, 0)
