"""The tense and status of what a clause reports, from the words around a place in it."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from consilience.lexicons import lexicon, pattern
from consilience.model import EventStatus

REACH = 400  # code points on either side in which a cue is looked for


@cache
def _cues() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = lexicon("times")["outlook"]

    def made(words: list[str], more: str) -> re.Pattern[str]:
        ordered = sorted(words, key=len, reverse=True)
        own = pattern("times", more).pattern
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))}|{own})(?!\w)", re.I)

    return made([*data["future"], *data["timetable"]], "progressive"), made(data["past"], "regular_past")


@lru_cache(maxsize=4096)
def outlook(sentence: str, start: int, end: int) -> str | None:
    """Whether the words around ``[start, end)`` speak of what was ("past") or is to come ("future").

    The nearest cue before the place in its clause decides, then the nearest after it, then the nearest
    in the sentence; None where there is none.
    """
    cut = max(0, start - REACH)  # a sentence far longer is a list, and costs no more than its neighbourhood
    sentence, start, end = sentence[cut : end + REACH], start - cut, end - cut
    lead = sentence[:start]
    done = pattern("times", "done_by")
    if pattern("times", "for_day").search(lead) or (
        pattern("times", "by_day").search(lead)
        and not done.search(sentence[left_edge(sentence, start) : end + 40])
    ):
        return "future"
    future, past = _cues()
    auxiliary = pattern("times", "auxiliary")  # "would be announced"
    left = left_edge(sentence, start)
    after = pattern("times", "clause_edge").search(sentence, end)
    right = after.start() if after else len(sentence)
    for low, high, backwards in (
        (left, start, True),
        (end, right, False),
        (0, start, True),
        (end, len(sentence), False),
    ):
        ahead = [m.end() for m in future.finditer(sentence, low, high)]
        behind = [
            m.start()
            for m in past.finditer(sentence, low, high)
            if not auxiliary.search(sentence, max(0, m.start() - 60), m.start())
        ]
        if not ahead and not behind:
            continue
        if backwards:
            return _verdict(max(ahead, default=-1), max(behind, default=-1))
        return _verdict(-min(ahead, default=10**9), -min(behind, default=10**9))
    return None


def left_edge(sentence: str, start: int) -> int:
    """Where the clause around ``start`` begins."""
    edges = [m.end() for m in pattern("times", "clause_edge").finditer(sentence, 0, start)]
    return edges[-1] if edges else 0


def _verdict(ahead: int, behind: int) -> str:
    return "future" if ahead > behind else "past"


def event_status(clause: str) -> EventStatus:
    """The status of what a clause reports: done, under way, to come, denied, conditional or expected."""
    low = clause.lower().replace("’", "'")
    for status, expression in _statuses():
        if expression.search(low):
            return status
    return "done"


@cache
def _statuses() -> tuple[tuple[EventStatus, re.Pattern[str]], ...]:
    return tuple(
        (status, re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)"))
        for status, patterns in lexicon("times")["statuses"].items()
    )
