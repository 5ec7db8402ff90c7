"""From a date phrase of units to the days it names: last week, two years ago, the end of the month.

The rules of ``times_resolve``; each takes a phrase's parts and the frame, and gives None where the days
cannot be known.
"""

from __future__ import annotations

from datetime import date, timedelta

from consilience.lexicons import grammar, lexicon, pattern
from consilience.reports.times_calendar import (
    DAY,
    Days,
    days_of,
    number,
    one_day,
    season_of,
    shift,
    unit_around,
)
from consilience.reports.times_frame import Frame, points


def _step(which: str) -> int:
    """-1 for the unit before, 1 for the next, 0 for this one."""
    return -1 if points(which, "back") else 1 if points(which, "ahead") else 0


def part_of(days: Days, mod: str) -> Days:
    """'early', 'mid', 'the end of': the end is its last day, the middle the day in the middle."""
    mod = mod.strip()
    if not mod or days.start.startswith("-"):
        return days
    start, end = date.fromisoformat(days.start), date.fromisoformat(days.end)
    length = (end - start).days
    if pattern("times", "end").search(mod):
        return days_of(end, end, f"part of {days.precision}", days.anchored)
    if pattern("times", "middle").search(mod):
        middle = start + timedelta(days=(length - 1) // 2)
        return days_of(middle, middle, f"part of {days.precision}", days.anchored) if length < 32 else days
    if pattern("times", "half").search(mod):
        half = start + timedelta(days=length // 2)
        if days.precision == "year":
            half = date(start.year, 6, 30)
        return days_of(*((start, half) if points(mod, "first") else (half + DAY, end)), "half", days.anchored)
    return days


def unit(p: dict[str, str], f: Frame) -> Days | None:
    """Last week, the same month, next spring."""
    name, which = p["unit"], p["which"]
    local = points(which, "local")
    base = f.context if local and f.context else f.base
    if local and name in ("year", "decade") and f.year:
        base = f.year
    if which in grammar("definite_article") and not p.get("mod") and not p.get("year"):
        return None
    if base is None:
        return None
    step = _step(which)
    if p.get("year"):
        base, step = date(int(p["year"]), 1, 1), 0
    if name in lexicon("times")["seasons"]:
        return _season_by(name, step, base, f, p)
    if name == "weekend" and step == 0 and f.outlook == "past" and base.weekday() < 5:
        step = -1
    if name == "weekend" and step == 1:
        step = 0 if base.weekday() < 3 and points(which, "coming_only") else 1
    shifted = shift(base, step, name)
    days = unit_around(shifted, name) if shifted else None
    return part_of(days, p.get("mod") or p.get("mod2") or "") if days else None


def _season_by(season: str, step: int, base: date, f: Frame, p: dict[str, str]) -> Days | None:
    """A season named by its year, or the last, this or next one."""
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


def weekend(p: dict[str, str], f: Frame) -> Days | None:
    """Over the weekend."""
    if f.base is None:
        return None
    back = 7 if f.outlook == "past" and f.base.weekday() < 5 else 0
    return unit_around(f.base - timedelta(days=back), "weekend")


def within(p: dict[str, str], f: Frame) -> Days | None:
    """Within the month: its last day."""
    days = unit_around(f.base, p["unit"]) if f.base else None
    return days._replace(start=days.end, precision="day") if days else None


def ago(p: dict[str, str], f: Frame) -> Days | None:
    """Two weeks ago, three days later."""
    direction, unit = p["dir"], p["unit"].rstrip("s")
    back = direction in lexicon("times")["ways"]["ago"]
    if "of" in p:  # "two days after the vote": the event has its own date
        return None
    base = f.base if direction in lexicon("times")["ways"]["from_now"] else (f.context or f.base)
    if base is None:
        return None
    amount = number(p.get("num", "few")) + (0.5 if p.get("half") else 0)
    day = shift(base, -amount if back else amount, unit)
    if day is None:
        return None
    if p.get("num", "few") in lexicon("times")["words"]["vague"]:
        return one_day(day, precision="vague")
    if unit in ("year", "decade", "century", "centurie"):
        return unit_around(day, "year")
    if unit == "month":
        return unit_around(day, "month")
    return one_day(day)


def day_shift(p: dict[str, str], f: Frame) -> Days | None:
    """The day before, a week later, the same evening."""
    word = p["word"]
    if "of" in p:
        return None
    base = f.context or f.base
    if base is None:
        return None
    if pattern("times", "same_day").search(word):
        return one_day(base)
    step = -1 if pattern("times", "backwards").search(word) else 1
    unit = next((u for u in ("week", "month", "year") if u in word), "day")
    shifted = shift(base, step, unit)
    return unit_around(shifted, unit) if shifted else None


def ahead(p: dict[str, str], f: Frame) -> Days | None:
    """In three days, within two years."""
    unit = p["unit"].rstrip("s")
    if f.base is None or f.outlook != "future":
        return None
    day = shift(f.base, number(p["num"]), unit)
    if day is None:
        return None
    whole = unit in ("month", "year") and p["within"] in lexicon("times")["words"]["after_so_long"]
    return unit_around(day, unit) if whole else one_day(day)


def stretch(p: dict[str, str], f: Frame) -> Days | None:
    """The past three years."""
    base, unit = f.base, p["unit"].rstrip("s")
    if base is None or points(p["which"], "first"):
        return None
    forward = points(p["which"], "ahead")
    other = shift(base, number(p.get("num") or "few") * (1 if forward else -1), unit)
    if other is None:
        return None
    return days_of(*((base, other) if forward else (other, base)), "span")


def end_of(p: dict[str, str], f: Frame) -> Days | None:
    """The end of next week."""
    step = _step(p.get("which", ""))
    shifted = shift(f.base, step, p["unit"]) if f.base else None
    days = unit_around(shifted, p["unit"]) if shifted else None
    return part_of(days, p["mod"]) if days else None


def year_end(p: dict[str, str], f: Frame) -> Days | None:
    """Year-end."""
    days = unit_around(f.base, p["word"].split("-")[0].split()[0]) if f.base else None
    return days._replace(start=days.end, precision="day") if days else None
