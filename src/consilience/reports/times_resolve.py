"""From a date phrase to the days it names.

News is resolved against the day of the report (the *reference*); a text without one, and phrases such
as "the same day", against the date named before (the *context*), as HeidelTime's news and narrative
modes do (Strötgen and Gertz 2013). Weeks begin on Monday. A phrase without a year takes the year that
lies nearest, the tense of its clause decides which side.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from consilience.lexicons import lexicon
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
    shift,
    shift_months,
    unit_around,
    weekday_number,
    weekday_on,
)
from consilience.reports.times_frame import Frame, nearest
from consilience.reports.times_grammar import Phrase

VAGUE = frozenset(("few", "a few", "several", "a couple of", "many"))
CLOCK_DAYS = 4


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


def _part(days: Days, mod: str) -> Days:
    """'early', 'mid', 'the end of': the end is its last day, the middle the day in the middle."""
    mod = mod.strip()
    if not mod or days.start.startswith("-"):
        return days
    start, end = date.fromisoformat(days.start), date.fromisoformat(days.end)
    length = (end - start).days
    if re.search(r"\b(?:end|close|turn)\b", mod):
        return days_of(end, end, f"part of {days.precision}", days.anchored)
    if re.search(r"\b(?:mid|middle)", mod):
        middle = start + timedelta(days=(length - 1) // 2)
        return days_of(middle, middle, f"part of {days.precision}", days.anchored) if length < 32 else days
    if re.search(r"(?:first|second|latter) (?:half|part)", mod):
        half = start + timedelta(days=length // 2)
        if days.precision == "year":
            half = date(start.year, 6, 30)
        return days_of(*((start, half) if "first" in mod else (half + DAY, end)), "half", days.anchored)
    return days


def _month(p: dict[str, str], f: Frame) -> Days | None:
    month = month_number(p["month"])
    year, which = _year_of(p, f), p.get("which", "")
    if year is None and which in ("that", "the same", "the following", "the previous") and f.context:
        year = f.context.year
    if year is None:
        frame = f._replace(outlook=which if which in ("last", "next") else f.outlook)
        found = nearest(lambda y: (date(y, month, 1), last_of(y, month)), frame)
        if not found:
            return None
        start, end = found
    else:
        start, end = date(year, month, 1), last_of(year, month)
    days = days_of(start, end, "month", bool(p.get("year")))
    return _part(days, p.get("mod", ""))


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
        day = weekday_on(target, base - DAY, "past")
    elif "next" in which or "coming" in which:
        day = weekday_on(target, base + DAY, "future")
    elif which in ("the following", "the previous", "that") and f.context:
        if which == "the following":
            day = weekday_on(target, f.context + DAY, "future")
        else:
            day = weekday_on(target, f.context - (DAY if "previous" in which else 0 * DAY), "past")
    else:
        outlook = "future" if which == "this" and f.outlook != "past" else f.outlook
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
        return days_of(day, f.base, "part of day")
    return one_day(day, precision="part of day" if p.get("part") or p["word"] == "tonight" else "day")


def _last_night(p: dict[str, str], f: Frame) -> Days | None:
    return one_day(f.base - DAY, precision="part of day") if f.base else None


def _this_part(p: dict[str, str], f: Frame) -> Days | None:
    return one_day(f.base, precision="part of day") if f.base else None


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
    shifted = shift(base, step, unit)
    days = unit_around(shifted, unit) if shifted else None
    return _part(days, p.get("mod") or p.get("mod2") or "") if days else None


def _unit_season(season: str, step: int, base: date, f: Frame, p: dict[str, str]) -> Days | None:
    if p.get("year"):
        return days_of(*season_of(int(p["year"]), season), "season", True)
    outlook = "past" if step < 0 else "future" if step > 0 else None
    best = None
    for year in (base.year - 2, base.year - 1, base.year, base.year + 1):
        start, end = season_of(year, season)
        if (
            (outlook == "past" and end < base)
            or (outlook is None and start.year == base.year)
            or (outlook == "future" and start > base and best is None)
        ):
            best = (start, end)
    return days_of(*best, "season") if best else None


def _weekend(p: dict[str, str], f: Frame) -> Days | None:
    if f.base is None:
        return None
    back = 7 if f.outlook == "past" and f.base.weekday() < 5 else 0
    return unit_around(f.base - timedelta(days=back), "weekend")


def _within(p: dict[str, str], f: Frame) -> Days | None:
    days = unit_around(f.base, p["unit"]) if f.base else None
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
    day = shift(base, -amount if back else amount, unit)
    if day is None:
        return None
    if p.get("num", "few") in VAGUE:
        return one_day(day, precision="vague")
    if unit in ("year", "decade", "century", "centurie"):
        return unit_around(day, "year")
    if unit == "month":
        return unit_around(day, "month")
    return one_day(day)


def _day_shift(p: dict[str, str], f: Frame) -> Days | None:
    word = p["word"]
    if "of" in p:
        return None
    base = f.context or f.base
    if base is None:
        return None
    if "same" in word or word.startswith("that"):
        return one_day(base)
    step = -1 if re.search(r"before|earlier|previous|preceding", word) else 1
    unit = next((u for u in ("week", "month", "year") if u in word), "day")
    shifted = shift(base, step, unit)
    return unit_around(shifted, unit) if shifted else None


def _ahead(p: dict[str, str], f: Frame) -> Days | None:
    unit = p["unit"].rstrip("s")
    if f.base is None or f.outlook != "future":
        return None
    day = shift(f.base, number(p["num"]), unit)
    return (
        (unit_around(day, unit) if unit in ("month", "year") and p["within"] == "in" else one_day(day))
        if day
        else None
    )


def _stretch(p: dict[str, str], f: Frame) -> Days | None:
    base, unit = f.base, p["unit"].rstrip("s")
    if base is None or "first" in p["which"]:
        return None
    ahead = "next" in p["which"] or "coming" in p["which"] or "following" in p["which"]
    other = shift(base, number(p.get("num") or "few") * (1 if ahead else -1), unit)
    if other is None:
        return None
    return days_of(*((base, other) if ahead else (other, base)), "span")


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
        outlook = p["which"] if p.get("which") in ("last", "next") else f.outlook
        found = nearest(made, f._replace(outlook=outlook))
    return one_day(found[0], bool(p.get("year"))) if found else None


def _decade(p: dict[str, str], f: Frame) -> Days | None:
    year = int(p["decade"])
    return _part(days_of(date(year, 1, 1), date(year + 9, 12, 31), "decade", True), p.get("mod", ""))


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
    return _part(days_of(date(year, 1, 1), date(year, 12, 31), "year", True), p.get("mod", ""))


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


def _end_of(p: dict[str, str], f: Frame) -> Days | None:
    step = {"next": 1, "last": -1, "the following": 1}.get(p.get("which", ""), 0)
    shifted = shift(f.base, step, p["unit"]) if f.base else None
    days = unit_around(shifted, p["unit"]) if shifted else None
    return _part(days, p["mod"]) if days else None


def _year_end(p: dict[str, str], f: Frame) -> Days | None:
    days = unit_around(f.base, p["word"].split("-")[0].split()[0]) if f.base else None
    return days._replace(start=days.end, precision="day") if days else None


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
