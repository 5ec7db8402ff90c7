"""The shapes of English date expressions: where they stand and what their parts say.

``scan`` finds them in a sentence; each is a ``Phrase`` of named parts, resolved by ``times_resolve``.
The shapes follow TimeML's TIMEX3 (Pustejovsky et al. 2003), cut down to what news prints.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

from consilience.lexicons import lexicon, pattern


class Phrase(NamedTuple):
    """A date expression in a text: its place, its shape and its parts as printed, case-folded."""

    start: int
    end: int
    shape: str
    parts: dict[str, str]
    relation: str = "at"


def _any(words: object) -> str:
    """An alternation of the words, longest first."""
    ordered = sorted((str(w) for w in words), key=len, reverse=True)  # type: ignore[attr-defined]
    return "(?:" + "|".join(re.escape(w).replace("'", "['’]") for w in ordered) + ")"


def _cased(words: list[str], *cases: Callable[[str], str]) -> str:
    """An alternation of the words in each of the cases."""
    return _any(case(word) for case in cases for word in words)


@cache
def _words() -> dict[str, str]:
    """The alternations that the shapes are made of."""
    t = lexicon("times")
    short_months, weekday_short = t["words"]["short_months"], t["words"]["short_weekdays"]
    long_months = [m for m in t["months"] if m not in short_months]
    month = _cased(long_months, str.capitalize, str.upper) + "|" + _any(m.capitalize() for m in short_months)
    month = rf"(?-i:{month}\.?)"
    weekday_long = [w for w in t["weekdays"] if w not in weekday_short]
    weekday = _cased(weekday_long, str.capitalize, str.upper)
    weekday = rf"(?-i:{weekday}|{_any(w.capitalize() for w in weekday_short)}\b\.?)"
    number = _any(n for n in t["numbers"] if n not in t["words"]["no_count"])
    return {
        "MONTH": month,
        "WEEKDAY": weekday,
        "YEAR": r"(?:1\d{3}|20\d{2})(?!\d|[.,]\d|%)",
        "DAY": r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|[.,]\d)",
        "NUM": f"(?:\\d{{1,4}}(?:\\.\\d)?|{number}(?:-{number})?(?: and a half)?|an?)",
        **t["shapes"],
        "SEASON": _any(t["seasons"]),
        "PART": _any(t["parts"]["words"]),
        "HOLIDAY": f"(?-i:{_any(_title(h) for h in (*t['holidays'], *t['easter']))})",
        "ORD": _any(t["ordinals"]),
    }


def _title(text: str) -> str:
    return " ".join(w[0].upper() + w[1:] for w in text.split())


@cache
def _relations() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = lexicon("times")["relations"].items()
    return tuple((relation, re.compile(rf"\b{before}")) for relation, before in found)


def _filled(expression: str) -> str:
    """With the alternations in the places that name them, and in those of the alternations."""
    words = _words()
    for _ in range(2):
        expression = re.sub(r"<([A-Z]+)>", lambda m: words[m.group(1)], expression)
    return expression


class _Shape(NamedTuple):
    """A shape of date expressions; ``needs`` matches within whatever ``expression`` matches."""

    name: str
    expression: re.Pattern[str]
    needs: re.Pattern[str] | None


@cache
def _patterns() -> tuple[_Shape, ...]:
    return tuple(
        _Shape(
            name,
            re.compile(rf"(?<![\w$£€])(?:{_filled(expression)})(?!\w)", re.I),
            re.compile(_filled(needs[0]), re.I) if needs else None,
        )
        for name, expression, *needs in lexicon("date_shapes")["shapes"]
    )


def _plausible(text: str, match: re.Match[str], shape: str) -> bool:
    """Whether a match is a date at all: 'may', 'March' and 'Sun' are not always."""
    found = match.groupdict()
    before = text[max(0, match.start() - 24) : match.start()]
    if shape == "month" and not (
        found.get("year") or found.get("rel") or found.get("which") or found.get("mod")
    ):
        name, words = (found["month"] or "").strip(".").lower(), lexicon("times")["words"]
        lead = pattern("times", "lead").search(before)
        if name in words["unsure_months"] and not lead:
            return name in words["surer_months"] and not re.match(r"\s[A-Z]|,? [A-Z]", text[match.end() :])
        if re.match(r"(?:['’]s)? [A-Z][a-z]", text[match.end() :]) and not lead:
            return False
    if shape == "weekday":
        name = (found["weekday"] or "").strip(".").lower()
        if name in lexicon("times")["words"]["short_weekdays"] and not pattern(
            "times", "weekday_lead"
        ).search(before):
            return False
    if shape == "year":
        if re.match(r" [A-Z]{1,3}\d*\b(?![.])", text[match.end() :]):  # a designation: 2009 TK
            return False
        of = pattern("times", "year_after_all").search(before)
        if pattern("times", "no_year").search(before) and not of:
            return False
        lead = pattern("times", "year_lead").search(before)
        if (found["year"] or "") < "1700" and not (lead or found.get("mod")):
            return False
        if pattern("times", "counted").match(text[match.end() :]) and not lead:
            return False
    return not (shape == "day_only" and not 1 <= int(re.sub(r"\D", "", found["day"] or "0")) <= 31)


@cache
def _triggers() -> dict[str, frozenset[str]]:
    """For each shape the words of which a sentence must have one; "#" stands for any number."""
    t = lexicon("times")
    months, weekdays = frozenset(t["months"]), frozenset(t["weekdays"])
    triggers = {kind: frozenset(words) for kind, words in t["triggers"].items()}
    units = triggers["units"]
    parts = frozenset(w for p in t["parts"]["words"] for w in p.split("-"))
    seasons = frozenset(t["seasons"])
    deictic = frozenset(word for word in t["days"] if " " not in word)
    numbers = frozenset("#")
    by_shape = {
        **dict.fromkeys(
            ("range_dm", "range_md", "range_my", "date", "month", "month_of", "ord_unit"), months
        ),
        **dict.fromkeys(("weekday_day", "weekday", "weekday_ago"), weekdays),
        **dict.fromkeys(
            ("weekend", "within", "ago", "ahead", "span", "duration", "end_of", "year_end"), units
        ),
        **dict.fromkeys(
            ("iso", "range_y", "numeric", "decade", "century", "year_bc", "year_ad", "year"), numbers
        ),
        **dict.fromkeys(("season", "season_bare"), seasons),
        "clock": numbers | triggers["clock"],
        "day_only": numbers,
        "unit": units | seasons,
        "deictic": deictic,
        "last_night": parts,
        "this_part": parts | triggers["hours"],
        "day_shift": units | parts,
        "quarter": triggers["quarter"],
        "holiday": frozenset(w for h in (*t["holidays"], *t["easter"]) for w in h.replace("'", " ").split()),
        "clock_word": parts,
        "part_bare": parts | triggers["hours"],
        "now": triggers["now"],
    }
    return {shape.name: by_shape[shape.name] for shape in _patterns()}


@cache
def _by_trigger() -> dict[str, frozenset[int]]:
    """A word -> the ranks of the shapes that it triggers."""
    out: dict[str, set[int]] = {}
    for rank, shape in enumerate(_patterns()):
        for word in _triggers()[shape.name]:
            out.setdefault(word, set()).add(rank)
    return {word: frozenset(ranks) for word, ranks in out.items()}


LONGEST = 1500
TRIGGER = re.compile(r"[^\W\d_]+|\d")


@lru_cache(maxsize=4096)
def _scan(text: str) -> tuple[Phrase, ...]:
    words = {"#" if w.isdigit() else w.lower() for w in TRIGGER.findall(text)}
    by_trigger = _by_trigger()
    ranks = frozenset[int]().union(*[by_trigger[w] for w in words if w in by_trigger])
    found: list[tuple[int, int, int, Phrase]] = []
    for rank in ranks:
        shape, expression, needs = _patterns()[rank]
        if needs and not needs.search(text):
            continue
        for match in expression.finditer(text):
            if not _plausible(text, match, shape):
                continue
            start, end = match.span()
            if match.groupdict().get("lead"):  # words that show what follows to be a date, no part of it
                start = match.end("lead")
            parts = {k: v.lower() for k, v in match.groupdict().items() if v is not None}
            phrase = Phrase(start, end, shape, parts, _relation(text, start))
            found.append((start, -end, rank, phrase))
    found.sort(key=lambda f: f[:3])
    out: list[Phrase] = []
    for *_, phrase in found:
        if not out or phrase.start >= out[-1].end:
            out.append(phrase)
    return tuple(out)


def scan(text: str, offset: int = 0) -> list[Phrase]:
    """The date expressions of ``text``, leftmost and longest first, disjoint; shifted by ``offset``."""
    return [
        p._replace(start=p.start + at + offset, end=p.end + at + offset)
        for at, piece in windows(text)
        for p in _scan(piece)
    ]


def windows(text: str) -> list[tuple[int, str]]:
    """The text in pieces of at most ``LONGEST`` code points, each with its place, cut at spaces.

    No sentence of a report is so long; what is (a table, a list run together) must not cost minutes.
    """
    out, at = [], 0
    while len(text) - at > LONGEST:
        cut = text.rfind(" ", at + LONGEST // 2, at + LONGEST)
        end = cut + 1 if cut > 0 else at + LONGEST
        out.append((at, text[at:end]))
        at = end
    return [*out, (at, text[at:])]


def _relation(text: str, start: int) -> str:
    before = text[max(0, start - 40) : start].lower()
    for relation, expression in _relations():
        if expression.search(before):
            return relation
    return "at"
