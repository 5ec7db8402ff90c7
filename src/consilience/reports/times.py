"""Date expressions of an article, resolved; and the tense and status of what a clause reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import msgspec

from consilience.model import Analysis, Evidence, Reading, TimeExpression
from consilience.reports.times_calendar import HOUR_UNITS, Days
from consilience.reports.times_frame import Frame
from consilience.reports.times_grammar import Phrase, scan
from consilience.reports.times_periods import last_in, nearest_to
from consilience.reports.times_resolve import resolve
from consilience.reports.times_tense import event_status, outlook
from consilience.reports.times_verbs import verb_outlook
from consilience.spans import Span

__all__ = ["durations", "event_status", "find", "outlook", "phrases", "redate"]

CONTEXT_SHAPES = frozenset(  # shapes that name a day or month and so set the date that later phrases lean on
    [
        "iso",
        "range_dm",
        "range_md",
        "date",
        "numeric",
        "month",
        "month_of",
        "weekday_day",
        "weekday",
        "weekday_ago",
        "deictic",
        "last_night",
        "holiday",
        "day_only",
        "ord_unit",
    ]
)
CLOSED = frozenset(
    ("range_dm", "range_md", "range_my", "range_y", "century", "decade")
)  # "from 2012 to 2020"
YEAR_SHAPES = frozenset(("year", "range_y", "date", "month", "range_my"))
HOUR_SHAPES = frozenset(("clock", "clock_word", "part_bare"))
NARRATIVE_SHAPES = CONTEXT_SHAPES | frozenset(["range_my", "year", "season", "ago", "day_shift", "year_bc"])


class _Found(NamedTuple):
    """A phrase and its days; ``alone``: an hour in a sentence without a day; the date named ``before`` it."""

    phrase: Phrase
    days: Days
    alone: bool
    before: date | None


def find(analysis: Analysis, reference: str | None) -> tuple[TimeExpression, ...]:
    """The date expressions of an article, in order of place, resolved to ISO dates.

    ``reference`` is the day of the report (ISO 8601, a time after it is ignored). Without one, what the
    words alone do not fix is resolved against the date named before, and is left out where there is none.
    """
    day = _day_of(reference)
    text = analysis.article.text
    context: date | None = None
    out: list[_Found] = []
    year: date | None = None
    for sentence in analysis.sentences:
        own = sentence.span.of(text)
        found: list[tuple[Phrase, Days]] = []
        before = context
        for phrase in scan(own, sentence.start):
            tense = verb_outlook(sentence, text, Span(phrase.start, phrase.end)) or outlook(
                own, phrase.start - sentence.start, phrase.end - sentence.start
            )
            days = resolve(phrase, Frame(day, context, tense, year))
            if days is None:
                continue
            found.append((phrase, days))
            if phrase.shape in (CONTEXT_SHAPES if day else NARRATIVE_SHAPES) and days.start[0] != "-":
                context = date.fromisoformat(days.start)
            if phrase.shape in YEAR_SHAPES and days.start[0] != "-":
                year = date.fromisoformat(days.start)
        out += _with_days(found, before)
    return tuple(_expression(analysis, p, d) for p, d in _hours_settled(out, day))


def _is_hour(phrase: Phrase) -> bool:
    """Whether a phrase names an hour and no day: "at noon", "two hours later"."""
    return phrase.shape in HOUR_SHAPES or (
        phrase.shape == "ago" and phrase.parts["unit"].rstrip("s") in HOUR_UNITS
    )


def _names_day(phrase: Phrase, days: Days) -> bool:
    return days.precision in ("day", "part of day") and phrase.shape in CONTEXT_SHAPES


def _hours_settled(found: list[_Found], reference: date | None) -> Iterator[tuple[Phrase, Days]]:
    """The phrases; an hour whose sentence names no day lies on the day that the report mostly tells of.

    That is the past day which it names most, if it is also the one named before the hour, or the day of
    the report for "at dawn" and the like; else the hour's day is not known well, and its precision vague.
    """
    told = Counter(f.days.start for f in found if _names_day(f.phrase, f.days))
    today = reference.isoformat() if reference else ""
    past = [(n, d) for d, n in told.items() if d <= today]
    main = max(past, key=lambda nd: nd[0], default=(0, today))[1]
    for phrase, days, alone, before in found:
        if alone and today:
            named = before.isoformat() if before else today
            if named == main or (phrase.shape == "clock_word" and main == today):
                days = Days(main, main, "time")
            else:
                days = days._replace(precision="vague")
        yield phrase, days


def _with_days(found: list[tuple[Phrase, Days]], before: date | None) -> list[_Found]:
    """The phrases of a sentence; an hour takes the day named beside it ("at noon on Tuesday")."""
    days = [(p, d) for p, d in found if _names_day(p, d)]
    if not days:
        return [_Found(p, d, _is_hour(p), before) for p, d in found]
    out = []
    for phrase, own in found:
        if _is_hour(phrase):
            near = min(
                days, key=lambda pd: (max(pd[0].start - phrase.end, phrase.start - pd[0].end), pd[0].start)
            )
            own = near[1]._replace(precision="time")
        out.append(_Found(phrase, own, False, before))
    return out


def _expression(analysis: Analysis, phrase: Phrase, days: Days) -> TimeExpression:
    relation = "at" if phrase.shape in CLOSED and phrase.relation == "after" else phrase.relation
    return TimeExpression(
        evidence=analysis.article.evidence(Span(phrase.start, phrase.end)),
        start=days.start,
        end=None if relation in ("since", "after") else days.end,
        precision=days.precision,
        anchored=days.anchored,
        relation=relation,  # type: ignore[arg-type]
    )


def _day_of(reference: str | None) -> date | None:
    """The date of an ISO 8601 string; None where it holds none."""
    if not reference:
        return None
    try:
        return date.fromisoformat(reference[:10])
    except ValueError:
        return None


def durations(analysis: Analysis) -> tuple[Evidence, ...]:
    """Lengths of time ("three weeks", "a few days"), which name no date; the figures value them."""
    found = [p for p in phrases(analysis) if p.shape in ("duration", "ahead", "span")]
    return tuple(analysis.article.evidence(Span(p.start, p.end)) for p in found)


def phrases(analysis: Analysis) -> list[Phrase]:
    """The date expressions of an article, unresolved: what is no figure."""
    text = analysis.article.text
    return [p for s in analysis.sentences for p in scan(s.span.of(text), s.start)]


def redate(reading: Reading, reference: str, reference_from: str = "") -> Reading:
    """The reading with its dates resolved against ``reference`` (an undated article takes its story's)."""
    times = find(reading.analysis, reference)
    text, sentences = reading.article.text, reading.analysis.sentences
    commitments = tuple(
        msgspec.structs.replace(c, when=when) if (when := last_in(c.evidence.span, times)) else c
        for c in reading.commitments
    )
    figures = []
    for figure in reading.figures:
        place = figure.evidence.span
        home = next((s.span for s in sentences if s.span.covers(place)), place)
        figures.append(msgspec.structs.replace(figure, when=nearest_to(place, home, text, times)))
    return replace(
        reading,
        times=times,
        figures=tuple(figures),
        commitments=commitments,
        reference=reference,
        reference_from=reference_from,
    )
