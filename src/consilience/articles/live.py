"""Live blogs: a page of dated entries, newest first or last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cache

from consilience.articles.blocks import Block
from consilience.articles.dates import clock_of, iso_time
from consilience.lexicons import pattern
from consilience.model import Entry

FEWEST = 3  # entries of a live blog
_TIME_WORDS = 14  # words of a line that opens an entry
_CLOCK = r"\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?)|\d{1,2}[:.h]\d\d"
_CLOSING = re.compile(rf"\b(?P<clock>{_CLOCK})(?:\s+[A-Z]{{2,5}})?\W*$", re.I)


@cache
def _opening() -> re.Pattern[str]:
    lead = pattern("press", "stamp_lead").pattern
    return re.compile(rf"^\W*(?:{lead})?(?P<clock>{_CLOCK})\b", re.I)


def entries(blocks: Sequence[Block], keep: Sequence[int], published: str | None) -> tuple[Entry, ...]:
    """The entries of a live blog in page order; () where the page is none.

    ``keep`` are the report's lines. An entry opens with a line that begins (or, short, ends) with a
    time of day; it runs to the next. Its ``published`` is null where the day is not known. Offsets
    are those of the article's text (lines joined by an empty line).
    """
    found: list[tuple[int, str | None]] = []
    day = date.fromisoformat(published[:10]) if published else None
    zone = datetime.fromisoformat(published).tzinfo if published and len(published) > 10 else None
    at = 0
    for i in keep:
        text = blocks[i].text
        clock = _opens(text)
        if clock is not None:
            own = iso_time(text)
            when = own or (datetime.combine(day, clock, zone).isoformat() if day else None)
            found.append((at, when))
        at += len(text) + 2
    end = at - 2
    if len(found) < FEWEST:
        return ()
    starts = [start for start, _ in found] + [end + 2]
    return tuple(
        Entry(start=start, end=starts[n + 1] - 2, published=when) for n, (start, when) in enumerate(found)
    )


def with_opening(blocks: Sequence[Block], keep: list[int]) -> list[int]:
    """The lines of a live blog with the time of its first entry, which looks like a page's date."""
    if not keep or keep[0] == 0:
        return keep
    above = blocks[keep[0] - 1].text
    times = sum(_opens(blocks[i].text) is not None for i in keep)
    alone = len(above.split()) <= 3 and _opens(above) is not None
    return [keep[0] - 1, *keep] if alone and times >= FEWEST - 1 else keep


def _opens(text: str) -> time | None:
    if len(text.split()) > _TIME_WORDS:
        return None
    match = _opening().match(text) or (_CLOSING.search(text) if len(text.split()) <= 4 else None)
    return clock_of(match["clock"]) if match else None
