"""Dates and times as pages print them, to ISO 8601. What is ambiguous is not read."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone

from consilience.lexicons import lexicon

_CALENDAR = lexicon("press")["calendar"]
MONTHS = {name: i for i, names in enumerate(_CALENDAR["months"], 1) for name in names.split()}
_WEEKDAYS = {name: i for i, name in enumerate(_CALENDAR["weekdays"])}
_WEEKDAY = re.compile(r"\b(" + "|".join(_WEEKDAYS) + r")\b", re.I)
MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DATES = tuple(
    re.compile(p, re.I)
    for p in (
        rf"\b{_YEAR}-(?P<m>\d\d?)-(?P<day>\d\d?)(?!\d)",
        rf"\b{_YEAR}[/.](?P<m>\d\d?)[/.](?P<day>\d\d?)\b",
        r"\b(?P<year>(?:19|20)\d\d)(?P<m>[01]\d)(?P<day>[0-3]\d)\b",
        rf"\b{_DAY}(?:\s+of)?[\s.-]*{MONTH},?[\s-]*{_YEAR}\b",
        rf"\b{MONTH}[\s-]*{_DAY},?\s*{_YEAR}\b",
        rf"\b{_YEAR},?\s+{MONTH}\s+{_DAY}\b",
        rf"\b(?P<day>\d\d?)\.(?P<m>\d\d?)\.{_YEAR}\b",
        rf"\b(?P<day>\d\d?)-(?P<m>\d\d?)-{_YEAR}\b",
        rf"\b(?P<a>\d\d?)/(?P<b>\d\d?)/{_YEAR}\b",
    )
)
DATE_LIKE = re.compile("|".join(re.sub(r"\?P<\w+>", "?:", rule.pattern) for rule in _DATES), re.I)
_TIME = re.compile(
    r"(?<![\d.:/-])(?P<h>\d{1,2})(?:[:.h](?P<min>\d\d))(?::(?P<s>\d\d)(?:\.\d+)?)?\s*(?P<half>[ap]\.?m\b\.?)?"
    r"|(?<![\d.:/-])(?P<h2>\d{1,2})\s*(?P<half2>[ap]\.?m\b\.?)",
    re.I,
)
_ISO_TIME = re.compile(
    r"[T ](?P<h>\d\d):(?P<min>\d\d)(?::(?P<s>\d\d)(?:[.,]\d+)?)?\s*"
    r"(?P<zone>Z|[+-]\d\d:?\d\d)?(?!\s*[ap]\.?m)",
    re.I,
)
_ZONE = re.compile(r"(?:\b(?:GMT|UTC)\s*)?(?P<sign>[+-])(?P<h>\d{1,2}):?(?P<m>\d\d)?\b")
# Abbreviations with one meaning in the English-language press; others ("IST", "CST") have several.
_ZONES = {
    "GMT": 0,
    "UTC": 0,
    "Z": 0,
    "BST": 1,
    "CET": 1,
    "CEST": 2,
    "EET": 2,
    "EEST": 3,
    "EAT": 3,
    "SAST": 2,
    "EST": -5,
    "EDT": -4,
    "CDT": -5,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    "MST": -7,
    "AEST": 10,
    "AEDT": 11,
    "NZST": 12,
    "NZDT": 13,
    "HKT": 8,
    "SGT": 8,
    "JST": 9,
    "KST": 9,
    "WAT": 1,
    "PHT": 8,
}


def iso_time(text: str, weekday: int | None = None) -> str | None:
    """ISO 8601 of the first full date in ``text``, with the time and zone where they are printed.

    None where there is no full date, where it is impossible, or where day and month cannot be told
    apart (04/05/2024) and ``weekday`` (0 = Monday), the day that the report speaks of, does not tell.
    """
    for rule in _DATES:
        for match in rule.finditer(text):
            day = _date(match.groupdict(), weekday)
            if day is not None:
                return _with_time(day, text, match)
    return None


def weekday_of(text: str) -> int | None:
    """The day of the week that ``text`` names (0 = Monday); None where it names none or several."""
    named = {_WEEKDAYS[m.lower()] for m in _WEEKDAY.findall(text)}
    return named.pop() if len(named) == 1 else None


def _date(parts: dict[str, str | None], weekday: int | None) -> date | None:
    year = int(parts["year"] or 0)
    if parts.get("a"):
        a, b = int(parts["a"] or 0), int(parts["b"] or 0)
        if a != b and a <= 12 and b <= 12:
            # A report names the day that it tells of: its own date, or the day before.
            both = [date(year, b, a), date(year, a, b)]
            near = [d for d in both if weekday is not None and (d.weekday() - weekday) % 7 <= 1]
            return near[0] if len(near) == 1 else None
        day, month = (a, b) if b <= 12 else (b, a)
    else:
        month = int(parts["m"]) if parts.get("m") else MONTHS[(parts["month"] or "").lower().rstrip(".")]
        day = int(parts["day"] or 0)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _with_time(day: date, text: str, match: re.Match[str]) -> str:
    after = _ISO_TIME.match(text, match.end())
    if after:
        clock, zone = _clock(after["h"], after["min"], after["s"], None), _offset(after["zone"] or "")
        rest = text[after.end() :]
    else:
        rest = text[match.end() :]
        found = _TIME.search(rest) or _TIME.search(text[: match.start()])
        if not found:
            return day.isoformat()
        clock = _clock(found["h"] or found["h2"], found["min"], found["s"], found["half"] or found["half2"])
        zone, rest = None, found.string[found.end() :]
    if clock is None:
        return day.isoformat()
    if zone is None:
        zone = _offset(rest)
    return datetime.combine(day, clock, zone).isoformat()


def clock_of(text: str) -> time | None:
    """The first time of day that ``text`` prints; None where there is none."""
    found = _TIME.search(text)
    return (
        _clock(found["h"] or found["h2"], found["min"], found["s"], found["half"] or found["half2"])
        if found
        else None
    )


def _clock(hour: str, minute: str | None, second: str | None, half: str | None) -> time | None:
    h = int(hour)
    if half:
        if not 1 <= h <= 12:
            return None
        h = h % 12 + (12 if half[0].lower() == "p" else 0)
    try:
        return time(h, int(minute or 0), int(second or 0))
    except ValueError:
        return None


def _offset(text: str) -> timezone | None:
    text = text.strip()[:24]
    found = _ZONE.match(text)
    if found:
        minutes = int(found["h"]) * 60 + int(found["m"] or 0)
        return (
            timezone((1 if found["sign"] == "+" else -1) * timedelta(minutes=minutes))
            if minutes < 1440
            else None
        )
    word = re.match(r"\(?([A-Z]{1,4})\b", text)
    return timezone(timedelta(hours=_ZONES[word[1]])) if word and word[1] in _ZONES else None
