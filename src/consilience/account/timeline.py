"""The timeline of a story: dated happenings, joined over its articles, with the words that date them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from consilience.model import Evidence, Reading, TimeExpression, TimelineEntry
from consilience.spans import Span

COARSE = frozenset(("span", "decade", "century", "present", "vague"))  # too wide to date a happening
CLAUSE = re.compile(r"[;:—–“”\"]|, |\s-\s")
LEAST_WORDS = 2  # in lower case, beside the date, of a clause that tells of something
LEAST = 25  # code points: a shorter clause takes its neighbour in
STOPS = frozenset(
    [
        "the",
        "and",
        "that",
        "with",
        "from",
        "for",
        "was",
        "were",
        "has",
        "had",
        "been",
        "have",
        "will",
        "this",
        "its",
        "their",
        "they",
        "said",
        "after",
        "before",
        "into",
        "over",
    ]
)


def collect(readings: Sequence[Reading]) -> tuple[TimelineEntry, ...]:
    """The story's dated happenings by date; ``to_come``: after the day of the latest report.

    Mentions of one date whose clauses share their words are one entry. The order of the readings has
    no part in the result.
    """
    latest = max((r.reference or r.article.published or "" for r in readings), default="")[:10]
    found: list[tuple[str, str | None, str, Evidence, set[str]]] = []
    for reading in readings:
        for time in reading.times:
            if time.precision in COARSE:
                continue
            span = clause(reading, time)
            if not _tells(reading, span, time):
                continue
            evidence = reading.article.evidence(span)
            start, end = _period(time)
            found.append((start, end, reading.article.published or "", evidence, _stems(evidence.text)))
    found.sort(key=lambda f: (f[0], f[1] or "9999", f[2], f[3].article, f[3].start))
    groups: list[tuple[str, str | None, list[Evidence], set[str]]] = []
    for start, end, _, evidence, stems in found:
        home = next((g for g in groups if g[:2] == (start, end) and _alike(g[3], stems)), None)
        if home is None:
            groups.append((start, end, [evidence], set(stems)))
        else:
            home[2].append(evidence)
            home[3].update(stems)
    return tuple(
        TimelineEntry(
            start, end, ev[0].text, tuple(dict.fromkeys(ev)), to_come=bool(latest) and start > latest
        )
        for start, end, ev, _ in groups
    )


def _tells(reading: Reading, span: Span, time: TimeExpression) -> bool:
    """Whether the clause tells of something: a dateline, or an hour by itself, does not."""
    text, date = reading.article.text, time.evidence
    return (
        len(re.findall(r"\b[a-z]{2,}", text[span.start : date.start] + " " + text[date.end : span.end]))
        >= LEAST_WORDS
    )


def _period(time: TimeExpression) -> tuple[str, str | None]:
    if time.end is None or time.end == time.start:
        return time.start, None
    return time.start, time.end


def _stems(text: str) -> set[str]:
    return {w[:5] for w in re.findall(r"[a-z]{4,}", text.lower()) if w not in STOPS}


def _alike(a: set[str], b: set[str]) -> bool:
    return len(a & b) >= 2 and len(a & b) >= 0.3 * min(len(a), len(b))


def clause(reading: Reading, time: TimeExpression) -> Span:
    """The clause of the date: the narrowest statement that holds it, else the words between commas."""
    place = time.evidence.span
    holding = [s.evidence.span for s in reading.statements if s.evidence.span.covers(place)]
    if holding:
        return min(holding, key=len)
    sentence = next((s for s in reading.analysis.sentences if s.span.covers(place)), None)
    if sentence is None:
        return place
    text = reading.article.text
    left, right = sentence.start, sentence.end
    for match in CLAUSE.finditer(text, sentence.start, sentence.end):
        if match.end() <= place.start and place.start - match.end() >= 0 and place.end - match.end() >= LEAST:
            left = match.end()
        elif match.start() >= place.end and match.start() - left >= LEAST:
            right = match.start()
            break
    return Span(left, right).trimmed(text)
