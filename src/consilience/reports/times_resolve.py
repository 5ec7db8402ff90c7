"""From a date phrase to the days it names.

News is resolved against the day of the report (the *reference*); a text without one, and phrases such
as "the same day", against the date named before (the *context*), as HeidelTime's news and narrative
modes do (Strötgen and Gertz 2013). Weeks begin on Monday. A phrase without a year takes the year that
lies nearest, the tense of its clause decides which side.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from consilience.lexicons import lexicon
from consilience.reports import times_units
from consilience.reports.times_calendar import (
    DAY,
    Days,
    days_of,
    easter,
    last_of,
    make_date,
    month_number,
    number,
    one_day,
    ordinal_day,
    season_of,
    shift_months,
    unit_around,
    weekday_number,
    weekday_on,
)
from consilience.reports.times_frame import Frame, nearest, points
from consilience.reports.times_grammar import Phrase

CLOCK_DAYS = 4


def _year_of(parts: dict[str, str], frame: Frame, key: str = "year") -> int | None:
    if key in parts and parts[key]:
        year = int(parts[key])
        return year + (2000 if year < 70 else 1900) if len(parts[key]) == 2 else year
    base = frame.base
    rel = parts.get("rel", "")
    if base and rel:
        if points(rel, "last"):
            return base.year - 1
        if points(rel, "told") and frame.year:
            return frame.year.year
        if points(rel, "told") and frame.context:
            return frame.context.year
        if points(rel, "after_told"):
            return (frame.context or base).year + 1
        return base.year + 1 if points(rel, "next") else base.year
    return None


def _words(key: str) -> list[str]:
    return lexicon("times")["words"][key]


def _outlook(which: str, frame: Frame) -> str | None:
    """That of the words before a month or holiday ("last August"), else that of the clause."""
    return which if which in _words("sure_sides") else frame.outlook


def _date(p: dict[str, str], f: Frame) -> Days | None:
    month, day = month_number(p["month"]), ordinal_day(p["day"])
    year = _year_of(p, f)
    if year is not None:
        made = make_date(year, month, day)
        return one_day(made, bool(p.get("year"))) if made else None
    found = nearest(lambda y: (d, d) if (d := make_date(y, month, day)) else None, f)
    return one_day(found[0]) if found else None


def _iso(p: dict[str, str], f: Frame) -> Days | None:
    made = make_date(int(p["year"]), int(p["month"]), int(p["day"]))
    return one_day(made, True) if made else None


def _numeric(p: dict[str, str], f: Frame) -> Days | None:
    first, second, year = int(p["day"]), int(p["month"]), _year_of(p, f) or 0
    made = make_date(year, second, first) or make_date(year, first, second)
    if first <= 12 and second <= 12 and first != second and f.reference:
        readings = [d for d in (make_date(year, second, first), make_date(year, first, second)) if d]
        made = min(readings, key=lambda d: abs((d - f.reference).days))  # type: ignore[operator]
    return one_day(made, True) if made else None


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
    return days_of(date(year, month, 1), last_of(year2, month2), "months", True)


def _range_years(p: dict[str, str], f: Frame) -> Days | None:
    year, tail = int(p["year"]), p["year2"]
    year2 = int(tail) if len(tail) == 4 else year // 100 * 100 + int(tail)
    if not year < year2 <= 2200:
        return None
    return days_of(date(year, 1, 1), date(year2, 12, 31), "years", True)


def _month(p: dict[str, str], f: Frame) -> Days | None:
    month = month_number(p["month"])
    year, which = _year_of(p, f), p.get("which", "")
    if year is None and which in _words("told_month") and f.context:
        year = f.context.year
    if year is None:
        frame = f._replace(outlook=_outlook(which, f))
        found = nearest(lambda y: (date(y, month, 1), last_of(y, month)), frame)
        if not found:
            return None
        start, end = found
    else:
        start, end = date(year, month, 1), last_of(year, month)
    days = days_of(start, end, "month", bool(p.get("year")))
    return times_units.part_of(days, p.get("mod", ""))


def _weekday(p: dict[str, str], f: Frame) -> Days | None:
    base, which, rel = f.base, p.get("which", ""), p.get("rel", "")
    if base is None:
        return None
    target = weekday_number(p["weekday"])
    monday = base - timedelta(days=base.weekday())
    if rel:
        weeks = -1 if points(rel, "last") else 1 if points(rel, "next") else 0
        day = monday + timedelta(days=target + 7 * weeks)
    elif which in _words("last_day"):
        day = weekday_on(target, base - DAY, "past")
    elif points(which, "coming"):
        day = weekday_on(target, base + DAY, "future")
    elif which in _words("told_day") and f.context:
        if points(which, "after_told"):
            day = weekday_on(target, f.context + DAY, "future")
        else:
            day = weekday_on(target, f.context - (DAY if points(which, "before_told") else 0 * DAY), "past")
    else:
        outlook = "future" if which in _words("this_day") and f.outlook != "past" else f.outlook
        day = weekday_on(target, base, outlook)
    precision = "part of day" if p.get("part") or p.get("mod") else "day"
    return one_day(day, precision=precision)


def _weekday_day(p: dict[str, str], f: Frame) -> Days | None:
    base = f.base
    if base is None:
        return None
    day_number = ordinal_day(p.get("day") or p.get("day2") or p["day3"])
    best = None
    for step in (0, -1, 1, -2, 2):
        month = shift_months(base.replace(day=1), step)
        made = make_date(month.year, month.month, day_number)
        if made and made.weekday() == weekday_number(p["weekday"]) and best is None:
            best = made
    return one_day(best) if best else _weekday(p, f)


def _weekday_ago(p: dict[str, str], f: Frame) -> Days | None:
    if f.base is None:
        return None
    day = weekday_on(weekday_number(p["weekday"]), f.base, "past") - timedelta(
        days=7 * round(number(p["num"]))
    )
    return one_day(day)


def _deictic(p: dict[str, str], f: Frame) -> Days | None:
    if f.base is None:
        return None
    day = f.base + timedelta(days=lexicon("times")["days"][p["word"]])
    if p["word"] == "overnight":
        return days_of(day, f.base, "part of day")
    return one_day(day, precision="part of day" if p.get("part") or p["word"] == "tonight" else "day")


def _last_night(p: dict[str, str], f: Frame) -> Days | None:
    return one_day(f.base - DAY, precision="part of day") if f.base else None


def _this_part(p: dict[str, str], f: Frame) -> Days | None:
    return one_day(f.base, precision="part of day") if f.base else None


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
    return days_of(date(year, first, 1), last_of(year, first + width - 1), p.get("unit", "quarter"), anchored)


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
        return unit_around(monday, unit)
    if unit == "day":
        return one_day(end if nth < 0 else start + timedelta(days=nth - 1))
    first = weekday_on(weekday_number(unit), start, "future")
    day = weekday_on(weekday_number(unit), end, "past") if nth < 0 else first + timedelta(days=7 * (nth - 1))
    return one_day(day, days.anchored)


def _season(p: dict[str, str], f: Frame) -> Days | None:
    return days_of(*season_of(int(p["year"]), p["season"]), "season", True)


def _season_bare(p: dict[str, str], f: Frame) -> Days | None:
    found = nearest(lambda y: season_of(y, p["season"]), f)
    return days_of(*found, "season") if found else None


def _holiday(p: dict[str, str], f: Frame) -> Days | None:
    t = lexicon("times")
    name = p["holiday"].replace("’", "'")

    def made(year: int) -> tuple[date, date] | None:
        if name in t["easter"]:
            day = easter(year) + timedelta(days=t["easter"][name])
        else:
            day = make_date(year, *t["holidays"][name])
        return (day, day) if day else None

    if p.get("year"):
        found = made(int(p["year"]))
    else:
        found = nearest(made, f._replace(outlook=_outlook(p.get("which", ""), f)))
    return one_day(found[0], bool(p.get("year"))) if found else None


def _decade(p: dict[str, str], f: Frame) -> Days | None:
    year = int(p["decade"])
    return times_units.part_of(
        days_of(date(year, 1, 1), date(year + 9, 12, 31), "decade", True), p.get("mod", "")
    )


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
    return times_units.part_of(days_of(date(year, 1, 1), date(year, 12, 31), "year", True), p.get("mod", ""))


def _day_only(p: dict[str, str], f: Frame) -> Days | None:
    day = ordinal_day(p["day"])
    base = f.base
    if base is None:
        return None
    readings = []
    for step in (-1, 0, 1):
        month = shift_months(base.replace(day=1), step)
        made = make_date(month.year, month.month, day)
        if made:
            wrong = (made < base and f.outlook == "future") or (made > base and f.outlook != "future")
            readings.append((abs((made - base).days) + (40 if wrong else 0), made))
    return one_day(min(readings)[1]) if readings else None


def _now(p: dict[str, str], f: Frame) -> Days | None:
    return one_day(f.base, precision="present") if f.base else None


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
    return one_day(base, precision="time") if base else None


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
    "unit": times_units.unit,
    "within": times_units.within,
    "weekend": times_units.weekend,
    "ago": times_units.ago,
    "day_shift": times_units.day_shift,
    "ahead": times_units.ahead,
    "span": times_units.stretch,
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
    "end_of": times_units.end_of,
    "year_end": times_units.year_end,
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
