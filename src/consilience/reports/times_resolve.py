"""From a date phrase to the days it names.

News is resolved against the day of the report (the *reference*); a text without one, and phrases such
as "the same day", against the date named before (the *context*), as HeidelTime's news and narrative
modes do (Strötgen and Gertz 2013). Weeks begin on Monday. A phrase without a year takes the year that
lies nearest, the tense of its clause decides which side.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from consilience.lexicons import lexicon
from consilience.reports.times_grammar import Phrase

# Days added to the distance of a reading that lies on the side that the tense speaks against.
AGAINST_FUTURE, AGAINST_PAST, AGAINST_NONE = 330, 200, 60
VAGUE = frozenset(("few", "a few", "several", "a couple of", "many"))
BACKWARDS = 90  # of a narrative: it seldom goes back by more than some months
NEVER = 10**6  # "last August", "next May": the other side is out of the question
CLOCK_DAYS = 4
DAY = timedelta(days=1)


class Days(NamedTuple):
    """First and last day, the precision, and whether the words alone fix the year."""

    start: str
    end: str
    precision: str
    anchored: bool = False


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


def _span(start: date, end: date, precision: str, anchored: bool = False) -> Days:
    return Days(start.isoformat(), end.isoformat(), precision, anchored)


def _day(day: date, anchored: bool = False, precision: str = "day") -> Days:
    return _span(day, day, precision, anchored)


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _last_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _shift_months(day: date, months: int) -> date:
    index = min(max(day.year * 12 + day.month - 1 + months, 12), 9999 * 12 + 11)
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _shift(day: date, amount: float, unit: str) -> date | None:
    """``day`` moved by ``amount`` units, back where it is negative; None outside the calendar."""
    try:
        if unit in ("minute", "hour", "second"):
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
        return _shift_months(day, round(months))
    except (OverflowError, KeyError):
        return None


def month_number(word: str) -> int:
    """1 to 12."""
    return lexicon("times")["months"][word.strip(".").lower()]


def weekday_number(word: str) -> int:
    """0 (Monday) to 6."""
    return lexicon("times")["weekdays"][word.strip(".").lower()]


def _ordinal_day(word: str) -> int:
    return int(re.sub(r"\D", "", word))


def number(word: str) -> float:
    """The value of a number word of a phrase ('two', '16', 'twenty-five', 'a')."""
    numbers = lexicon("times")["numbers"]
    extra = 0.5 if word.endswith(" and a half") else 0.0
    word = word.removesuffix(" and a half")
    if word in numbers:
        return numbers[word] + extra
    if "-" in word and all(p in numbers for p in word.split("-")):
        return sum(numbers[p] for p in word.split("-")) + extra
    try:
        return float(word) + extra
    except ValueError:
        return 3.0 if word in ("few", "several") else 2.0 if word.startswith("couple") else 1.0


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


def _nearest(make: Callable[[int], tuple[date, date] | None], frame: Frame) -> tuple[date, date] | None:
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


def _year_of(parts: dict[str, str], frame: Frame, key: str = "year") -> int | None:
    if key in parts and parts[key]:
        year = int(parts[key])
        return year + (2000 if year < 70 else 1900) if len(parts[key]) == 2 else year
    base = frame.base
    rel = parts.get("rel", "")
    if base and rel:
        if "last" in rel:
            return base.year - 1
        if ("that" in rel or "same" in rel) and frame.year:
            return frame.year.year
        if ("that" in rel or "same" in rel) and frame.context:
            return frame.context.year
        if "following" in rel or rel == "the next year":
            return (frame.context or base).year + 1
        return base.year + 1 if "next" in rel else base.year
    return None


def _date(p: dict[str, str], f: Frame) -> Days | None:
    month, day = month_number(p["month"]), _ordinal_day(p["day"])
    year = _year_of(p, f)
    if year is not None:
        made = _make(year, month, day)
        return _day(made, bool(p.get("year"))) if made else None
    found = _nearest(lambda y: (d, d) if (d := _make(y, month, day)) else None, f)
    return _day(found[0]) if found else None


def _iso(p: dict[str, str], f: Frame) -> Days | None:
    made = _make(int(p["year"]), int(p["month"]), int(p["day"]))
    return _day(made, True) if made else None


def _numeric(p: dict[str, str], f: Frame) -> Days | None:
    first, second, year = int(p["day"]), int(p["month"]), _year_of(p, f) or 0
    made = _make(year, second, first) or _make(year, first, second)
    if first <= 12 and second <= 12 and first != second and f.reference:
        readings = [d for d in (_make(year, second, first), _make(year, first, second)) if d]
        made = min(readings, key=lambda d: abs((d - f.reference).days))  # type: ignore[operator]
    return _day(made, True) if made else None


def _range_days(p: dict[str, str], f: Frame) -> Days | None:
    first = _date({**p}, f)
    last = _date({**p, "day": p["day2"]}, f)
    if not first or not last or first.start > last.start:
        return first
    return Days(first.start, last.start, "days", first.anchored)


def _range_months(p: dict[str, str], f: Frame) -> Days | None:
    year2 = int(p["year2"]) if p.get("year2") else _year_of({"rel": p["rel"]}, f)
    if year2 is None:
        return None
    month, month2 = month_number(p["month"]), month_number(p["month2"])
    year = int(p.get("year") or (year2 if month <= month2 else year2 - 1))
    return _span(date(year, month, 1), _last_of(year2, month2), "months", True)


def _range_years(p: dict[str, str], f: Frame) -> Days | None:
    year, tail = int(p["year"]), p["year2"]
    year2 = int(tail) if len(tail) == 4 else year // 100 * 100 + int(tail)
    if not year < year2 <= 2200:
        return None
    return _span(date(year, 1, 1), date(year2, 12, 31), "years", True)


def _part(days: Days, mod: str) -> Days:
    """'early', 'mid', 'the end of': the end is its last day, the middle the day in the middle."""
    mod = mod.strip()
    if not mod or days.start.startswith("-"):
        return days
    start, end = date.fromisoformat(days.start), date.fromisoformat(days.end)
    length = (end - start).days
    if re.search(r"\b(?:end|close|turn)\b", mod):
        return _span(end, end, f"part of {days.precision}", days.anchored)
    if re.search(r"\b(?:mid|middle)", mod):
        middle = start + timedelta(days=(length - 1) // 2)
        return _span(middle, middle, f"part of {days.precision}", days.anchored) if length < 32 else days
    if re.search(r"(?:first|second|latter) (?:half|part)", mod):
        half = start + timedelta(days=length // 2)
        if days.precision == "year":
            half = date(start.year, 6, 30)
        return _span(*((start, half) if "first" in mod else (half + DAY, end)), "half", days.anchored)
    return days


def _month(p: dict[str, str], f: Frame) -> Days | None:
    month = month_number(p["month"])
    year, which = _year_of(p, f), p.get("which", "")
    if year is None and which in ("that", "the same", "the following", "the previous") and f.context:
        year = f.context.year
    if year is None:
        frame = f._replace(outlook=which if which in ("last", "next") else f.outlook)
        found = _nearest(lambda y: (date(y, month, 1), _last_of(y, month)), frame)
        if not found:
            return None
        start, end = found
    else:
        start, end = date(year, month, 1), _last_of(year, month)
    days = _span(start, end, "month", bool(p.get("year")))
    return _part(days, p.get("mod", ""))


def _weekday_on(target: int, base: date, outlook: str | None) -> date:
    if outlook == "future":
        return base + timedelta(days=(target - base.weekday()) % 7)
    return base - timedelta(days=(base.weekday() - target) % 7)


def _weekday(p: dict[str, str], f: Frame) -> Days | None:
    base, which, rel = f.base, p.get("which", ""), p.get("rel", "")
    if base is None:
        return None
    target = weekday_number(p["weekday"])
    monday = base - timedelta(days=base.weekday())
    if rel:
        weeks = -1 if "last" in rel else 1 if "next" in rel else 0
        day = monday + timedelta(days=target + 7 * weeks)
    elif which in ("last", "this past"):
        day = _weekday_on(target, base - DAY, "past")
    elif "next" in which or "coming" in which:
        day = _weekday_on(target, base + DAY, "future")
    elif which in ("the following", "the previous", "that") and f.context:
        if which == "the following":
            day = _weekday_on(target, f.context + DAY, "future")
        else:
            day = _weekday_on(target, f.context - (DAY if "previous" in which else 0 * DAY), "past")
    else:
        outlook = "future" if which == "this" and f.outlook != "past" else f.outlook
        day = _weekday_on(target, base, outlook)
    precision = "part of day" if p.get("part") or p.get("mod") else "day"
    return _day(day, precision=precision)


def _weekday_day(p: dict[str, str], f: Frame) -> Days | None:
    base = f.base
    if base is None:
        return None
    day_number = _ordinal_day(p.get("day") or p.get("day2") or p["day3"])
    best = None
    for shift in (0, -1, 1, -2, 2):
        month = _shift_months(base.replace(day=1), shift)
        made = _make(month.year, month.month, day_number)
        if made and made.weekday() == weekday_number(p["weekday"]) and best is None:
            best = made
    return _day(best) if best else _weekday(p, f)


def _weekday_ago(p: dict[str, str], f: Frame) -> Days | None:
    if f.base is None:
        return None
    day = _weekday_on(weekday_number(p["weekday"]), f.base, "past") - timedelta(
        days=7 * round(number(p["num"]))
    )
    return _day(day)


def _deictic(p: dict[str, str], f: Frame) -> Days | None:
    if f.base is None:
        return None
    shift = {
        "yesterday": -1,
        "today": 0,
        "tomorrow": 1,
        "tonight": 0,
        "overnight": -1,
        "the day before yesterday": -2,
        "the day after tomorrow": 2,
    }[p["word"]]
    day = f.base + timedelta(days=shift)
    if p["word"] == "overnight":
        return _span(day, f.base, "part of day")
    return _day(day, precision="part of day" if p.get("part") or p["word"] == "tonight" else "day")


def _last_night(p: dict[str, str], f: Frame) -> Days | None:
    return _day(f.base - DAY, precision="part of day") if f.base else None


def _this_part(p: dict[str, str], f: Frame) -> Days | None:
    return _day(f.base, precision="part of day") if f.base else None


def _unit_around(day: date, unit: str) -> Days | None:
    """The calendar unit that holds ``day``."""
    if unit in ("day", "night"):
        return _day(day)
    if unit in ("week", "fortnight"):
        monday = day - timedelta(days=day.weekday())
        return _span(monday, monday + timedelta(days=6), "week")
    if unit == "weekend":
        saturday = day - timedelta(days=day.weekday()) + timedelta(days=5)
        return _span(saturday, saturday + DAY, "weekend")
    if unit == "month":
        return _span(day.replace(day=1), _last_of(day.year, day.month), "month")
    if unit == "quarter":
        first = (day.month - 1) // 3 * 3 + 1
        return _span(date(day.year, first, 1), _last_of(day.year, first + 2), "quarter")
    if unit == "year":
        return _span(date(day.year, 1, 1), date(day.year, 12, 31), "year")
    width = {"decade": 10, "century": 100}.get(unit)
    if width is None:
        return None
    first = max(day.year // width * width, 1)
    return _span(date(first, 1, 1), date(min(first + width - 1, 9999), 12, 31), unit)


def _season_of(year: int, season: str) -> tuple[date, date]:
    month = lexicon("times")["seasons"][season]
    end = _shift_months(date(year, month, 1), 2)
    return date(year, month, 1), _last_of(end.year, end.month)


def _unit(p: dict[str, str], f: Frame) -> Days | None:
    unit, which = p["unit"], p["which"]
    local = "same" in which or "that" in which or "following" in which or which == "the previous"
    base = f.context if local and f.context else f.base
    if local and unit in ("year", "decade") and f.year:
        base = f.year
    if which == "the" and not p.get("mod") and not p.get("year"):
        return None
    if base is None:
        return None
    step = (
        -1
        if ("last" in which or "past" in which or "previous" in which)
        else 1
        if ("next" in which or "following" in which or "coming" in which)
        else 0
    )
    if p.get("year"):
        base, step = date(int(p["year"]), 1, 1), 0
    if unit in lexicon("times")["seasons"]:
        return _unit_season(unit, step, base, f, p)
    if unit == "weekend" and step == 0 and f.outlook == "past" and base.weekday() < 5:
        step = -1
    if unit == "weekend" and step == 1:
        step = 0 if base.weekday() < 3 and "coming" in which else 1
    shifted = _shift(base, step, unit)
    days = _unit_around(shifted, unit) if shifted else None
    return _part(days, p.get("mod") or p.get("mod2") or "") if days else None


def _unit_season(season: str, step: int, base: date, f: Frame, p: dict[str, str]) -> Days | None:
    if p.get("year"):
        return _span(*_season_of(int(p["year"]), season), "season", True)
    outlook = "past" if step < 0 else "future" if step > 0 else None
    best = None
    for year in (base.year - 2, base.year - 1, base.year, base.year + 1):
        start, end = _season_of(year, season)
        if (
            (outlook == "past" and end < base)
            or (outlook is None and start.year == base.year)
            or (outlook == "future" and start > base and best is None)
        ):
            best = (start, end)
    return _span(*best, "season") if best else None


def _weekend(p: dict[str, str], f: Frame) -> Days | None:
    if f.base is None:
        return None
    back = 7 if f.outlook == "past" and f.base.weekday() < 5 else 0
    return _unit_around(f.base - timedelta(days=back), "weekend")


def _within(p: dict[str, str], f: Frame) -> Days | None:
    days = _unit_around(f.base, p["unit"]) if f.base else None
    return days._replace(start=days.end, precision="day") if days else None


def _ago(p: dict[str, str], f: Frame) -> Days | None:
    direction, unit = p["dir"], p["unit"].rstrip("s")
    back = direction in ("ago", "earlier", "before", "previously", "prior")
    if "of" in p:  # "two days after the vote": the event has its own date
        return None
    base = f.base if direction in ("ago", "from now", "hence") else (f.context or f.base)
    if base is None:
        return None
    amount = number(p.get("num", "few")) + (0.5 if p.get("half") else 0)
    day = _shift(base, -amount if back else amount, unit)
    if day is None:
        return None
    if p.get("num", "few") in VAGUE:
        return _day(day, precision="vague")
    if unit in ("year", "decade", "century", "centurie"):
        return _unit_around(day, "year")
    if unit == "month":
        return _unit_around(day, "month")
    return _day(day)


def _day_shift(p: dict[str, str], f: Frame) -> Days | None:
    word = p["word"]
    if "of" in p:
        return None
    base = f.context or f.base
    if base is None:
        return None
    if "same" in word or word.startswith("that"):
        return _day(base)
    step = -1 if re.search(r"before|earlier|previous|preceding", word) else 1
    unit = next((u for u in ("week", "month", "year") if u in word), "day")
    shifted = _shift(base, step, unit)
    return _unit_around(shifted, unit) if shifted else None


def _ahead(p: dict[str, str], f: Frame) -> Days | None:
    unit = p["unit"].rstrip("s")
    if f.base is None or f.outlook != "future":
        return None
    day = _shift(f.base, number(p["num"]), unit)
    return (
        (_unit_around(day, unit) if unit in ("month", "year") and p["within"] == "in" else _day(day))
        if day
        else None
    )


def _stretch(p: dict[str, str], f: Frame) -> Days | None:
    base, unit = f.base, p["unit"].rstrip("s")
    if base is None or "first" in p["which"]:
        return None
    ahead = "next" in p["which"] or "coming" in p["which"] or "following" in p["which"]
    other = _shift(base, number(p.get("num") or "few") * (1 if ahead else -1), unit)
    if other is None:
        return None
    return _span(*((base, other) if ahead else (other, base)), "span")


def _quarter(p: dict[str, str], f: Frame) -> Days | None:
    year = _year_of(p, f) or _year_of({"year": p.get("year2", "")}, f)
    which = int(p["q"]) if "q" in p else lexicon("times")["ordinals"][p["ord"]]
    anchored = year is not None and "rel" not in p
    if year is None:
        if f.base is None:
            return None
        year = f.base.year
    width = 6 if p.get("unit") == "half" else 3
    if "unit" in p and not (p.get("year") or p.get("rel") or p.get("year2")) and p["unit"] == "half":
        return None
    if not 1 <= which <= 12 // width:
        return None
    first = (which - 1) * width + 1
    return _span(date(year, first, 1), _last_of(year, first + width - 1), p.get("unit", "quarter"), anchored)


def _ord_unit(p: dict[str, str], f: Frame) -> Days | None:
    days = _month({k: v for k, v in p.items() if k in ("month", "year")}, f)
    if days is None:
        return None
    start, end = date.fromisoformat(days.start), date.fromisoformat(days.end)
    nth, unit = lexicon("times")["ordinals"][p["ord"]], p["unit"].rstrip("s")
    if unit in ("week", "weekend"):
        fourth = (
            start + 3 * DAY
        )  # the first week of a month is that of its first Thursday, as of a year (ISO 8601)
        monday = fourth - timedelta(days=fourth.weekday())
        monday = end - timedelta(days=end.weekday()) if nth < 0 else monday + timedelta(days=7 * (nth - 1))
        return _unit_around(monday, unit)
    if unit == "day":
        return _day(end if nth < 0 else start + timedelta(days=nth - 1))
    first = _weekday_on(weekday_number(unit), start, "future")
    day = _weekday_on(weekday_number(unit), end, "past") if nth < 0 else first + timedelta(days=7 * (nth - 1))
    return _day(day, days.anchored)


def _season(p: dict[str, str], f: Frame) -> Days | None:
    return _span(*_season_of(int(p["year"]), p["season"]), "season", True)


def _season_bare(p: dict[str, str], f: Frame) -> Days | None:
    found = _nearest(lambda y: _season_of(y, p["season"]), f)
    return _span(*found, "season") if found else None


def _holiday(p: dict[str, str], f: Frame) -> Days | None:
    t = lexicon("times")
    name = p["holiday"].replace("’", "'")

    def made(year: int) -> tuple[date, date] | None:
        if name in t["easter"]:
            day = easter(year) + timedelta(days=t["easter"][name])
        else:
            day = _make(year, *t["holidays"][name])
        return (day, day) if day else None

    if p.get("year"):
        found = made(int(p["year"]))
    else:
        outlook = p["which"] if p.get("which") in ("last", "next") else f.outlook
        found = _nearest(made, f._replace(outlook=outlook))
    return _day(found[0], bool(p.get("year"))) if found else None


def _decade(p: dict[str, str], f: Frame) -> Days | None:
    year = int(p["decade"])
    return _part(_span(date(year, 1, 1), date(year + 9, 12, 31), "decade", True), p.get("mod", ""))


def _century(p: dict[str, str], f: Frame) -> Days | None:
    nth = int(p["century"])
    if not 1 <= nth <= 30:
        return None
    if p.get("bc"):
        return Days(f"-{nth * 100 - 1:04d}-01-01", f"-{(nth - 1) * 100:04d}-12-31", "century", True)
    first = (nth - 1) * 100
    return Days(f"{max(first, 1):04d}-01-01", f"{first + 99:04d}-12-31", "century", True)


def _year_bc(p: dict[str, str], f: Frame) -> Days | None:
    year = f"-{int(p['year']) - 1:04d}"  # ISO 8601: 1 BC is the year 0
    return Days(f"{year}-01-01", f"{year}-12-31", "year", True)


def _year(p: dict[str, str], f: Frame) -> Days | None:
    year = int(p.get("year") or p["year2"])
    if not 1 <= year <= 2200:
        return None
    return _part(_span(date(year, 1, 1), date(year, 12, 31), "year", True), p.get("mod", ""))


def _day_only(p: dict[str, str], f: Frame) -> Days | None:
    day = _ordinal_day(p["day"])
    base = f.base
    if base is None:
        return None
    readings = []
    for shift in (-1, 0, 1):
        month = _shift_months(base.replace(day=1), shift)
        made = _make(month.year, month.month, day)
        if made:
            wrong = (made < base and f.outlook == "future") or (made > base and f.outlook != "future")
            readings.append((abs((made - base).days) + (40 if wrong else 0), made))
    return _day(min(readings)[1]) if readings else None


def _end_of(p: dict[str, str], f: Frame) -> Days | None:
    step = {"next": 1, "last": -1, "the following": 1}.get(p.get("which", ""), 0)
    shifted = _shift(f.base, step, p["unit"]) if f.base else None
    days = _unit_around(shifted, p["unit"]) if shifted else None
    return _part(days, p["mod"]) if days else None


def _year_end(p: dict[str, str], f: Frame) -> Days | None:
    days = _unit_around(f.base, p["word"].split("-")[0].split()[0]) if f.base else None
    return days._replace(start=days.end, precision="day") if days else None


def _now(p: dict[str, str], f: Frame) -> Days | None:
    return _day(f.base, precision="present") if f.base else None


def _duration(p: dict[str, str], f: Frame) -> Days | None:
    return None  # a length of time, no date


def _clock(p: dict[str, str], f: Frame) -> Days | None:
    if p.get("hour", "").isdigit() and int(p["hour"]) > 24:
        return None
    base = f.reference or f.context
    if (
        f.reference
        and f.context
        and f.outlook != "future"
        and 0 <= (f.reference - f.context).days <= CLOCK_DAYS
    ):
        base = f.context  # "it was reported at 3.41pm" goes on about the day named before
    return _day(base, precision="time") if base else None


RESOLVERS: dict[str, Callable[[dict[str, str], Frame], Days | None]] = {
    "iso": _iso,
    "range_dm": _range_days,
    "range_md": _range_days,
    "range_my": _range_months,
    "range_y": _range_years,
    "date": _date,
    "numeric": _numeric,
    "month": _month,
    "month_of": _month,
    "weekday_day": _weekday_day,
    "weekday": _weekday,
    "weekday_ago": _weekday_ago,
    "deictic": _deictic,
    "last_night": _last_night,
    "this_part": _this_part,
    "unit": _unit,
    "within": _within,
    "weekend": _weekend,
    "ago": _ago,
    "day_shift": _day_shift,
    "ahead": _ahead,
    "span": _stretch,
    "quarter": _quarter,
    "ord_unit": _ord_unit,
    "season": _season,
    "season_bare": _season_bare,
    "holiday": _holiday,
    "decade": _decade,
    "century": _century,
    "year_bc": _year_bc,
    "year_ad": _year,
    "year": _year,
    "day_only": _day_only,
    "end_of": _end_of,
    "year_end": _year_end,
    "now": _now,
    "duration": _duration,
    "clock": _clock,
    "clock_word": _clock,
    "part_bare": _this_part,
}


def resolve(phrase: Phrase, frame: Frame) -> Days | None:
    """The days that ``phrase`` names in ``frame``; None where they cannot be known."""
    try:
        return RESOLVERS[phrase.shape](phrase.parts, frame)
    except (ValueError, OverflowError):  # a day that no calendar has, printed all the same
        return None
