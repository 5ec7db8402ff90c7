"""Time expressions in WikiWars (Mazur and Dale, EMNLP 2010): 22 narratives of wars, marked with TIMEX3.

Strict: the same first and last character; relaxed: any overlap, one to one; value: of those, the same
TIMEX3 value. F1 each, over all expressions. The texts are narratives: they are read without a reference date,
so that a phrase without a year takes the date named before. Run as ``python -m benchmark.sets.dates DATA``.
"""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmark.rows import Row
from consilience.language.en.text import split_sentences
from consilience.model import Analysis, Article, Completeness, Sentence, TimeExpression
from consilience.reports import times
from consilience.reports.figures_numbers import scan, words

TAG = re.compile(r"<TIMEX3([^>]*)>|</TIMEX3>")
RANGE = re.compile(r"\s*(?:[-–—]|\bto\b|\buntil\b|\bthrough\b|\band\b)\s*")
UNITS = {
    "decade": "DE",
    "centur": "CE",
    "year": "Y",
    "month": "M",
    "week": "W",
    "day": "D",
    "night": "D",
    "hour": "H",
    "minute": "M",
}
SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}


class Timex(NamedTuple):
    """A time expression and its TIMEX3 value."""

    start: int
    end: int
    value: str


def documents(folder: Path) -> Iterator[tuple[str, str, list[Timex]]]:
    """Name, plain text and gold expressions of each file; of nested ones the outer counts."""
    for path in sorted(folder.glob("*.tml")):
        marked = re.search(r"<TEXT>(.*)</TEXT>", path.read_text(encoding="utf-8"), re.S)
        if not marked:
            continue
        text, gold, open_tags, at = "", [], [], 0
        body = marked.group(1)
        for match in TAG.finditer(body):
            text += html.unescape(body[at : match.start()])
            at = match.end()
            if match.group(1) is not None:
                value = re.search(r'value="([^"]*)"', match.group(1))
                open_tags.append((len(text), value.group(1) if value else ""))
            else:
                start, value_text = open_tags.pop()
                if not open_tags:
                    gold.append(Timex(start, len(text), value_text))
        yield path.stem, text + html.unescape(body[at:]), gold


def read(name: str, text: str) -> list[Timex]:
    """What the program says of a text."""
    sentences = tuple(Sentence(s, e, p, k, ()) for s, e, p, k in split_sentences(text))
    article = Article(id=name, source=name, text=text, completeness=Completeness("whole"))
    analysis = Analysis(article, sentences, (), np.zeros((0, 1), np.float32))
    found = [Timex(t.evidence.start, t.evidence.end, value(t)) for t in times.find(analysis, None)]
    for place in times.durations(analysis):
        if not any(t.start < place.end and place.start < t.end for t in found):
            found.append(Timex(place.start, place.end, duration(place.text)))
    found = [part for t in found for part in ends(t, text)]
    return sorted(found)


def value(time: TimeExpression) -> str:
    """The TIMEX3 value of a resolved expression."""
    start, kind = time.start, time.precision.removeprefix("part of ")
    if kind == "present":
        return "PRESENT_REF"
    if kind == "vague":
        return "PAST_REF" if re.search(r"ago|earlier|before|previous", time.evidence.text) else "FUTURE_REF"
    if kind in ("days", "months", "years"):
        width = {"days": 10, "months": 7, "years": 4}[kind]
        return f"{start[:width]}/{(time.end or start)[:width]}"
    if start.startswith("-"):
        year = 1 - int(start[:5])
        return {"century": f"BC{year // 100:02d}"}.get(kind, f"BC{year:04d}")
    if kind in ("month",):
        return start[:7]
    if kind in ("year", "years"):
        return start[:4]
    if kind == "season":
        return f"{start[:4]}-{SEASONS[int(start[5:7])]}"
    if kind == "quarter":
        return f"{start[:4]}-Q{(int(start[5:7]) + 2) // 3}"
    if kind == "half":
        return f"{start[:4]}-H{1 if start[5:7] < '07' else 2}"
    if kind == "week":
        year, week, _ = date.fromisoformat(start).isocalendar()
        return f"{year}-W{week:02d}"
    return {"decade": start[:3], "century": start[:2]}.get(kind, start)


def duration(text: str) -> str:
    """The TIMEX3 value of a length of time."""
    unit = next((u for u in UNITS if u in text.lower()), "year")
    numbers = [n for n in scan(words(text)) if n.form in ("digits", "words")]
    amount = numbers[0].value if numbers else 1.0 if re.search(r"\ban?\b|-", text) else None
    shown = f"{amount:g}" if isinstance(amount, float) and "few" not in text else "X"
    return f"P{'T' if unit in ('hour', 'minute') else ''}{shown}{UNITS[unit]}"


def ends(timex: Timex, text: str) -> list[Timex]:
    """A range as TIMEX3 has it: its two ends, each an expression of its own."""
    inside = RANGE.search(text, timex.start, timex.end) if "/" in timex.value else None
    if not inside:
        return [timex._replace(value=timex.value.split("/")[0])]
    first, last = timex.value.split("/")
    return [Timex(timex.start, inside.start(), first), Timex(inside.end(), timex.end, last)]


def measure(data: Path, verbose: bool = False) -> list[Row]:
    """Strict, relaxed and value F1 over all files."""
    said = gold = strict = relaxed = right = 0
    for name, text, wanted in documents(data / "dates/wikiwars"):
        found = read(name, text)
        said, gold = said + len(found), gold + len(wanted)
        free = list(found)
        for timex in wanted:
            same = [f for f in free if f[:2] == timex[:2]] or [
                f for f in free if f.start < timex.end and timex.start < f.end
            ]
            if same:
                free.remove(same[0])
                relaxed += 1
                strict += same[0][:2] == timex[:2]
                right += same[0].value == timex.value
            if verbose and (not same or same[0][:2] != timex[:2] or same[0].value != timex.value):
                got = [(text[f.start : f.end], f.value) for f in same]
                print(
                    name[:8],
                    "|",
                    text[max(0, timex.start - 30) : timex.start].replace("\n", " "),
                    "[",
                    text[timex.start : timex.end],
                    "]",
                    timex.value,
                    "->",
                    got,
                )
        if verbose:
            for f in free:
                print(
                    name[:8],
                    "EXTRA",
                    text[max(0, f.start - 30) : f.end + 20].replace("\n", " "),
                    "|",
                    text[f.start : f.end],
                    f.value,
                )
    return [
        Row("dates (WikiWars), strict F1", _f1(strict, said, gold), gold, "best published on news .921"),
        Row("dates (WikiWars), relaxed F1", _f1(relaxed, said, gold), gold, "best published on news .950"),
        Row("dates (WikiWars), value F1", _f1(right, said, gold), gold, "best published on news .776"),
    ]


def _f1(right: int, said: int, gold: int) -> float:
    return 2 * right / (said + gold) if said + gold else 0.0


if __name__ == "__main__":
    for row in measure(Path(sys.argv[1]), "-v" in sys.argv):
        print(f"{row.name:40} {row.value:.3f}  of {row.of}  {row.note}")
