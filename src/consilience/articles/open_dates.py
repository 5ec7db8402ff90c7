"""Printed dates that leave something open: "Wednesday 14 May" no year, 12/03/2025 which is the month.

What one page leaves open its story settles: the reading nearest to the day of the other reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from consilience.articles.dates import DATE_LIKE as _FULL
from consilience.articles.dates import MONTH, MONTHS, iso_time, weekday_of
from consilience.lexicons import pattern

LONGEST = 14  # words of a line that is read for its date
CENTURY = 69  # two figures from which on a year is one of the 1900s, as in POSIX
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_JOIN = pattern("press", "day_to_month").pattern
_YEARLESS = (
    re.compile(rf"\b{_DAY}{_JOIN}[\s.-]*{MONTH}(?!,?[\s-]*(?:19|20)\d\d)", re.I),
    re.compile(rf"\b{MONTH}[\s-]*{_DAY}\b(?!,?\s*(?:19|20)\d\d|[:.]\d)", re.I),
)
_EITHER = re.compile(
    r"\b(?P<a>\d\d?)(?P<mark>[/.-])(?P<b>\d\d?)(?P=mark)(?P<year>(?:19|20)?\d\d)\b(?![/.-]\d)"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def open_dates(text: str, year: int | None = None) -> tuple[str, ...]:
    """What the first date in ``text`` can mean, as ISO 8601 days, or ``--MM-DD`` where the year is open.

    ``year`` is the one that the page prints elsewhere (its copyright line): it gives a full day, unless
    the weekday printed with the date belies it; that alone, if the weekday bears it out. () where there
    is no such date.
    """
    either = _EITHER.search(text)
    if either:
        a, b, y = int(either["a"]), int(either["b"]), int(either["year"])
        y += 0 if y >= 100 else 2000 if y < CENTURY else 1900
        days = {d for m, n in ((a, b), (b, a)) if (d := _made(y, m, n))}
        return tuple(sorted(d.isoformat() for d in days))
    found = min((m for rule in _YEARLESS if (m := rule.search(text))), key=lambda m: m.start(), default=None)
    if not found or not found["month"][0].isupper():
        return ()
    month, day = MONTHS[found["month"].lower().rstrip(".")], int(found["day"])
    if not _made(2024, month, day):  # a leap year: any day that some year has
        return ()
    open_day = f"--{month:02d}-{day:02d}"
    full = _made(year, month, day) if year else None
    weekday = weekday_of(text)
    if full is None or (weekday is not None and full.weekday() != weekday):
        return (open_day,)
    return (full.isoformat(),) if weekday is not None else (full.isoformat(), open_day)


def is_stamp(text: str) -> bool:
    """Whether a line is a date of publication and nothing else: "Published: Tue 3 May 2025, 18:40"."""
    if len(text.split()) > LONGEST or not (iso_time(text) or open_dates(text)):
        return False
    bare = _FULL.sub(" ", text)
    for rule in (*_YEARLESS, _EITHER, pattern("press", "stamp_words")):
        bare = rule.sub(" ", bare)
    return not any(c.isalpha() for c in bare)


def copyright_year(lines: Iterable[str]) -> int | None:
    """The last year of a page's copyright lines, where they agree on one; None where none has a year."""
    lead = pattern("press", "copyright")
    years = {found[-1] for line in lines if lead.search(line) and (found := _YEAR.findall(line))}
    return int(years.pop()) if len(years) == 1 else None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
