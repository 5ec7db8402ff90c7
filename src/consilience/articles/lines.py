"""What a line is by its words alone: furniture, a date, a byline, a path, prose."""

from __future__ import annotations

import re
from functools import cache

from consilience.lexicons import lexicon, pattern

KINDS = (
    "share",
    "comments",
    "advert",
    "menu",
    "rule",
    "follow",
    "copyright",
    "length",
    "related",
    "caption",
    "signup",
    "cookies",
    "tags",
    "credits",
    "contact",
    "note",
)
LONGEST = 300  # characters: a longer line is no furniture by its first words


@cache
def _rules() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """One pattern for whole lines and one for beginnings; the group that matched names the kind."""
    table = lexicon("furniture")
    whole, start = [], []
    for kind in KINDS:
        for name, into in (("line", whole), ("start", start)):
            rules = table[kind].get(name, [])
            if rules:
                into.append(f"(?P<{kind}>" + "|".join(f"(?:{r})" for r in rules) + ")")
    return re.compile("|".join(whole), re.I), re.compile("|".join(start), re.I)


def kinds_of(text: str) -> int:
    """Index in ``KINDS`` of the furniture that a line reads as by its words alone, or -1."""
    if len(text) > LONGEST:
        return -1
    line, start = _rules()
    match = line.fullmatch(text) or start.match(text)
    return KINDS.index(match.lastgroup) if match and match.lastgroup else -1


_CLOCK_END = re.compile(r"\b[ap]\.m\.$", re.I)
END = re.compile(r"[.!?…][\"'”’»)\]]*$")


def is_prose(text: str) -> bool:
    """Whether a line reads as one or more sentences."""
    return bool(END.search(text)) and len(text.split()) >= 6


def is_date_line(text: str) -> bool:
    """Whether a line is mostly a date or a time."""
    if len(text.split()) > 12 or (END.search(text) and not _CLOCK_END.search(text)):
        return False
    return bool(pattern("press", "date_words").search(text)) and sum(c.isdigit() for c in text) >= 4


def is_byline(text: str) -> bool:
    """Whether a line names the writer."""
    return len(text.split()) <= 14 and not is_prose(text) and bool(pattern("press", "byline").match(text))


def is_crumb(text: str) -> bool:
    """Whether a line is a path or a row of sections."""
    return len(text.split()) <= 24 and not is_prose(text) and bool(re.search(r"\s[|>»›/·•]\s|\s\|\s", text))
