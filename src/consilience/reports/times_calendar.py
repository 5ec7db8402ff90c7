"""The calendar that dates are resolved in: days, weeks from Monday, months, seasons, Easter."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

from consilience.lexicons import lexicon

DAY = timedelta(days=1)
HOUR_UNITS = frozenset(("minute", "hour", "second"))


class Days(NamedTuple):
    """First and last day, the precision, and whether the words alone fix the year."""

    start: str
    end: str
    precision: str
    anchored: bool = False


def days_of(start: date, end: date, precision: str, anchored: bool = False) -> Days:
    """The days from ``start`` to ``end``."""
    return Days(start.isoformat(), end.isoformat(), precision, anchored)


def one_day(day: date, anchored: bool = False, precision: str = "day") -> Days:
    """A single day."""
    return days_of(day, day, precision, anchored)


def make_date(year: int, month: int, day: int) -> date | None:
    """The day, or None where no calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def last_of(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def shift_months(day: date, months: int) -> date:
    """``day`` moved by months, to the last day where the month is shorter."""
    index = min(max(day.year * 12 + day.month - 1 + months, 12), 9999 * 12 + 11)
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def shift(day: date, amount: float, unit: str) -> date | None:
    """``day`` moved by ``amount`` units, back where it is negative; None outside the calendar."""
    try:
        if unit in HOUR_UNITS:
            return day
        if unit in ("day", "night"):
            return day + timedelta(days=round(amount))
        if unit == "weekend":
            return day + timedelta(days=7 * round(amount))
        if unit in ("week", "fortnight"):
            return day + timedelta(days=round(amount * (14 if unit == "fortnight" else 7)))
        months = (
            amount
            * {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200, "centurie": 1200}[unit]
        )
        return shift_months(day, round(months))
    except (OverflowError, KeyError):
        return None


def month_number(word: str) -> int:
    """1 to 12."""
    return lexicon("times")["months"][word.strip(".").lower()]


def weekday_number(word: str) -> int:
    """0 (Monday) to 6."""
    return lexicon("times")["weekdays"][word.strip(".").lower()]


def ordinal_day(word: str) -> int:
    """The number in "4th"."""
    return int(re.sub(r"\D", "", word))


def number(word: str) -> float:
    """The value of a number word of a phrase ('two', '16', 'twenty-five', 'a')."""
    numbers, table = lexicon("times")["numbers"], lexicon("times")["about"]
    extra = 0.5 if word.endswith(table["and_half"]) else 0.0
    word = word.removesuffix(table["and_half"])
    if word in numbers:
        return numbers[word] + extra
    if "-" in word and all(p in numbers for p in word.split("-")):
        return sum(numbers[p] for p in word.split("-")) + extra
    try:
        return float(word) + extra
    except ValueError:
        return next((value for start, value in table["values"].items() if word.startswith(start)), 1.0)


def easter(year: int) -> date:
    """Easter Sunday, Gregorian (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, g = b // 4, b % 4, (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    j, k = c // 4, c % 4
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * j - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


def weekday_on(target: int, base: date, outlook: str | None) -> date:
    """The ``target`` weekday on or beside ``base``: on or after it for "future", else on or before."""
    if outlook == "future":
        return base + timedelta(days=(target - base.weekday()) % 7)
    return base - timedelta(days=(base.weekday() - target) % 7)


def unit_around(day: date, unit: str) -> Days | None:
    """The calendar unit that holds ``day``."""
    if unit in ("day", "night"):
        return one_day(day)
    if unit in ("week", "fortnight"):
        monday = day - timedelta(days=day.weekday())
        return days_of(monday, monday + timedelta(days=6), "week")
    if unit == "weekend":
        saturday = day - timedelta(days=day.weekday()) + timedelta(days=5)
        return days_of(saturday, saturday + DAY, "weekend")
    if unit == "month":
        return days_of(day.replace(day=1), last_of(day.year, day.month), "month")
    if unit == "quarter":
        first = (day.month - 1) // 3 * 3 + 1
        return days_of(date(day.year, first, 1), last_of(day.year, first + 2), "quarter")
    if unit == "year":
        return days_of(date(day.year, 1, 1), date(day.year, 12, 31), "year")
    width = {"decade": 10, "century": 100}.get(unit)
    if width is None:
        return None
    first = max(day.year // width * width, 1)
    return days_of(date(first, 1, 1), date(min(first + width - 1, 9999), 12, 31), unit)


def season_of(year: int, season: str) -> tuple[date, date]:
    """First and last day of a season; winter goes on into the next year."""
    month = lexicon("times")["seasons"][season]
    end = shift_months(date(year, month, 1), 2)
    return date(year, month, 1), last_of(end.year, end.month)
