"""What a date phrase is resolved against, and the year that a phrase without one takes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from consilience.lexicons import lexicon

# Days added to the distance of a reading that lies on the side that the tense speaks against.
AGAINST_FUTURE, AGAINST_PAST, AGAINST_NONE = 330, 200, 60
BACKWARDS = 90  # of a narrative: it seldom goes back by more than some months
NEVER = 10**6  # "last August", "next May": the other side is out of the question


class Frame(NamedTuple):
    """What a phrase is resolved against."""

    reference: date | None
    context: date | None
    outlook: str | None  # "past", "future", "last", "next" (no doubt allowed) or None
    year: date | None = None  # the year named before

    @property
    def base(self) -> date | None:
        """The day of the report, else the date named before."""
        return self.reference or self.context


def nearest(make: Callable[[int], tuple[date, date] | None], frame: Frame) -> tuple[date, date] | None:
    """The reading, among the years around the base, that the tense and the distance favour."""
    base = frame.base
    if base is None:
        return None
    best, least = None, None
    for year in range(max(base.year - 2, 1), min(base.year + 3, 9999)):
        made = make(year)
        if made is None:
            continue
        start, end = made
        distance = 0 if start <= base <= end else min(abs((start - base).days), abs((end - base).days))
        if frame.reference is None:  # a narrative goes on
            distance += BACKWARDS if end < base else 0
        elif end < base:
            distance += {"future": AGAINST_FUTURE, "next": NEVER}.get(frame.outlook or "", 0)
        elif start > base:
            distance += {"past": AGAINST_PAST, "last": NEVER, None: AGAINST_NONE}.get(frame.outlook, 0)
        elif frame.outlook == "last":
            distance += NEVER
        if least is None or distance < least:
            best, least = made, distance
    return best


def points(which: str, way: str) -> bool:
    """Whether words such as "the following" point that way: back, ahead, or to the date named before."""
    return any(word in which for word in lexicon("times")["ways"][way])
