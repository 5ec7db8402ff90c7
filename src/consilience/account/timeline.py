"""The timeline of a story: dated happenings, joined over its articles, with the words that date them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from consilience.lexicons import lexicon, pattern
from consilience.model import Evidence, Reading, TimeExpression, TimelineEntry
from consilience.spans import Span

COARSE = frozenset(("span", "decade", "century", "present", "vague"))  # too wide to date a happening
CLAUSE = re.compile(r"[;:—–“”\"]|, |\s-\s")
NEAR = 21  # days from a report within which many things happen on one date
MEANING, MEANING_FAR = 0.5, 0.35  # likeness of sentences from which one date is one happening
BEST_LENGTH = 100  # code points of a happening as it is shown
RULED_OUT = 16  # code points before a date in which "not" rules it out
LEAST_WORDS = 2  # in lower case, beside the date, of a clause that tells of something
LONG = 60  # code points: a longer statement is cut at its commas
LEAST = 25  # code points: a shorter clause takes its neighbour in
STOPS = frozenset(lexicon("stops")["timeline"])


class _Dated(NamedTuple):
    """A dated clause."""

    start: str
    end: str | None
    published: str
    evidence: Evidence
    stems: set[str]
    vector: np.ndarray


def collect(readings: Sequence[Reading]) -> tuple[TimelineEntry, ...]:
    """The story's dated happenings by date; ``to_come``: after the day of the latest report.

    Mentions of one date whose clauses share their words are one entry. The order of the readings has
    no part in the result.
    """
    latest = max((r.reference or r.article.published or "" for r in readings), default="")[:10]
    days = sorted({(r.reference or r.article.published or "")[:10] for r in readings} - {""})
    found: list[_Dated] = []
    for reading in readings:
        for time in reading.times:
            if time.precision in COARSE or _ruled_out(reading, time):
                continue
            span = clause(reading, time)
            if not _tells(reading, span, time):
                continue
            evidence = reading.article.evidence(span)
            start, end = _period(time)
            published = reading.article.published or ""
            found.append(
                _Dated(start, end, published, evidence, _stems(evidence.text), _vector(reading, span))
            )
    found.sort(key=lambda f: (f.start, f.end or "9999", f.published, f.evidence.article, f.evidence.start))
    groups: list[tuple[str, str | None, list[Evidence], list[_Dated]]] = []
    for dated in found:
        far = _far(dated.start, days)
        same = [g for g in groups if g[:2] == (dated.start, dated.end)]
        home = max(same, key=lambda g: _likeness(g[3], dated, far), default=None)
        if home is None or _likeness(home[3], dated, far) < 1.0:
            groups.append((dated.start, dated.end, [dated.evidence], [dated]))
        else:
            home[2].append(dated.evidence)
            home[3].append(dated)
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


def _ruled_out(reading: Reading, time: TimeExpression) -> bool:
    """Whether the words say that it was another date: "in March, not in April"."""
    text, start = reading.article.text, time.evidence.start
    return bool(pattern("times", "ruled_out").search(text, max(0, start - RULED_OUT), start))


def _text(evidence: Sequence[Evidence]) -> str:
    """The words that tell most by themselves: the beginning of a sentence, neither scrap nor paragraph."""
    return max(evidence, key=lambda e: (e.text[0].isupper(), -abs(len(e.text) - BEST_LENGTH))).text


def _period(time: TimeExpression) -> tuple[str, str | None]:
    if time.end is None or time.end == time.start:
        return time.start, None
    return time.start, time.end


def _vector(reading: Reading, span: Span) -> np.ndarray:
    """The meaning of the sentence that holds ``span``; zeros where it is not known."""
    vectors = reading.analysis.vectors
    for i, sentence in enumerate(reading.analysis.sentences):
        if sentence.start <= span.start < sentence.end and i < len(vectors):
            return vectors[i]
    return np.zeros(vectors.shape[1] if vectors.ndim == 2 else 1, np.float32)


def _far(start: str, days: Sequence[str]) -> bool:
    """Whether a date lies so far from the days of the reports that it is hardly shared by chance."""
    if start.startswith("-") or not days:
        return True
    day = date.fromisoformat(start)
    return min(abs((day - date.fromisoformat(d)).days) for d in days) > NEAR


def _stems(text: str) -> set[str]:
    return {w[:5] for w in re.findall(r"[a-z]{4,}", text.lower()) if w not in STOPS}


def _likeness(group: Sequence[_Dated], dated: _Dated, far: bool) -> float:
    """1 or more: one happening. By the words shared with the group and the meaning nearest to it."""
    stems = set().union(*(g.stems for g in group))
    shared = len(stems & dated.stems)
    words = shared / (1 if far else 2) if shared >= 0.3 * min(len(stems), len(dated.stems)) or far else 0.0
    meaning = max(float(g.vector @ dated.vector) for g in group)
    return round(max(words, meaning / (MEANING_FAR if far else MEANING)), 6)


def clause(reading: Reading, time: TimeExpression) -> Span:
    """The clause of the date: the narrowest statement that holds it, of a long one the words between commas.

    Where these lack a subject, the statement as it is: the line of a timeline says who did what.
    """
    place, text = time.evidence.span, reading.article.text
    sentence = next((s for s in reading.analysis.sentences if s.span.covers(place)), None)
    holding = [s.evidence.span for s in reading.statements if s.evidence.span.covers(place)]
    home = min(holding, key=len) if holding else sentence.span if sentence else place
    if sentence is None or (holding and len(home) <= LONG):
        return home
    cut = _between_commas(text, home, place)
    whole = not holding or any(
        t.deprel.startswith("nsubj") and cut.start <= t.start < cut.end for t in sentence.tokens
    )
    return cut if whole else home


def _between_commas(text: str, home: Span, place: Span) -> Span:
    """The part of ``home`` between punctuation that holds ``place`` and is long enough to tell something."""
    left, right = home
    for match in CLAUSE.finditer(text, home.start, home.end):
        if match.end() <= place.start and place.end - match.end() >= LEAST:
            left = match.end()
        elif match.start() >= place.end and match.start() - left >= LEAST:
            right = match.start()
            break
    return Span(left, right).trimmed(text)
