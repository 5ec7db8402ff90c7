"""Figures of an article: each number with its value, unit, hedge and what it counts.

Dates, times, years, phone and article numbers, ranks and parts of names are no figures.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from consilience.lexicons import lexicon, pattern
from consilience.model import Analysis, FigureMention, Sentence, TimeExpression
from consilience.reports import times
from consilience.reports.figures_choice import wanted
from consilience.reports.figures_nouns import Candidate, in_name, is_ordinal, no_number
from consilience.reports.figures_numbers import Word, scan, words
from consilience.reports.figures_units import measure
from consilience.reports.figures_what import what_of
from consilience.reports.times_grammar import scan as scan_times
from consilience.reports.times_grammar import windows
from consilience.reports.times_periods import clause_around, nearest_to
from consilience.spans import Span

LONGEST = 500  # words of a sentence whose parse is asked, code points on either side that are its clause
ITEM = re.compile(r"^[ \t]*(\d{1,2})[.)][ \t]+(?=\S)", re.M)  # "2. The tests ran"
DURATION_SHAPES = frozenset(("ago", "ahead", "span", "duration"))  # "two weeks ago" is a date and a duration


def find(analysis: Analysis, dates: Sequence[TimeExpression] | None = None) -> tuple[FigureMention, ...]:
    """The figures of an article, in order of place; ``dates`` are those of the article, if they are at hand.

    Values are in base units ("30 crore" is 300,000,000; per cent as printed; "40 to 50" is [40, 50]).
    The evidence holds the hedge, the number and its unit or counted noun.
    """
    out: list[FigureMention] = []
    if dates is None:
        dates = times.find(analysis, analysis.article.published)
    items = items_of(analysis.article.text)
    for sentence in analysis.sentences:
        for ws, candidate in candidates(analysis, sentence):
            if ws[candidate.first].start not in items and wanted(ws, candidate):
                out.append(_mention(analysis, sentence, ws, candidate, dates))
    return tuple(out)


def items_of(text: str) -> frozenset[int]:
    """Where a list's items have their numbers: at the head of a line, with the one before or after it."""
    found = [(int(m[1]), m.start(1)) for m in ITEM.finditer(text)]
    pairs = zip(found, found[1:], strict=False)
    return frozenset(at for (n, a), (m, b) in pairs if m == n + 1 for at in (a, b))


def candidates(analysis: Analysis, sentence: Sentence) -> list[tuple[list[Word], Candidate]]:
    """Every number of a sentence that is no date or time, with the sentence's words."""
    text = sentence.span.of(analysis.article.text)
    nouns = frozenset(t.start for t in sentence.tokens if t.upos in ("NOUN", "PROPN"))
    return [
        (ws, c)
        for at, piece in windows(text)
        for ws, c in _candidates(piece, sentence.start + at)
        if not is_ordinal(ws, c, nouns)
    ]


def _candidates(text: str, offset: int) -> list[tuple[list[Word], Candidate]]:
    ws = words(text, offset)
    dates = [Span(p.start, p.end) for p in scan_times(text, offset) if p.shape not in DURATION_SHAPES]
    out: list[tuple[list[Word], Candidate]] = []
    for number in scan(ws):
        place = Span(ws[number.first].start, ws[number.last - 1].end)
        ordinal = (
            number.last < len(ws)
            and ws[number.last].glued
            and ws[number.last].low in lexicon("numbers")["ordinal_endings"]["endings"]
        )
        if ordinal or any(place.overlap(d) for d in dates):
            continue
        candidate = measure(ws, number)
        if in_name(ws, candidate) or no_number(ws, candidate):
            continue
        if out and out[-1][1].last > candidate.first:  # a number inside the noun phrase of the one before
            candidate = candidate._replace(first=max(candidate.first, number.first))
            out[-1] = (ws, out[-1][1]._replace(last=min(out[-1][1].last, candidate.first)))
        out.append((ws, candidate))
    return out


def _mention(
    analysis: Analysis, sentence: Sentence, ws: list[Word], c: Candidate, dates: Sequence[TimeExpression]
) -> FigureMention:
    span = Span(ws[c.first].start, ws[c.last - 1].end)
    near = Span(max(sentence.start, span.start - LONGEST), min(sentence.end, span.end + LONGEST))
    return FigureMention(
        evidence=analysis.article.evidence(span),
        value=_tidy(c.value),
        unit=c.unit,
        what=(what_of(sentence, span, c.kind) if len(sentence.tokens) <= LONGEST else "") or c.what,
        approximate=c.approximate,
        hedge=c.hedge,
        kind=c.kind,  # type: ignore[arg-type]
        when=nearest_to(span, near, analysis.article.text, dates),
        where=_place(analysis, near, span),
    )


def _place(analysis: Analysis, near: Span, span: Span) -> str | None:
    """The place named nearest to the figure in its clause, after "in", "at", "near" and the like."""
    text = analysis.article.text
    left, right = clause_around(span, near, text)
    found = [
        n
        for n in analysis.names
        if n.type == "place"
        and left <= n.start
        and n.end <= right
        and pattern("numbers", "before_place").search(text[left : n.start])
    ]
    return (
        min(found, key=lambda n: (max(n.start - span.end, span.start - n.end), n.start)).text
        if found
        else None
    )


def _tidy(value: float | tuple[float, float]) -> float | tuple[float, float]:
    """Without the dust of binary fractions: 12 significant digits."""
    if isinstance(value, tuple):
        return (_round(value[0]), _round(value[1]))
    return _round(value)


def _round(value: float) -> float:
    if value == 0 or not math.isfinite(value):
        return 0.0
    return float(f"{value:.12g}")
