"""Commitments of an article: who promises, agrees, orders, plans, signs or refuses what, to whom, by when."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from consilience.lexicons import lexicon, pattern
from consilience.model import (
    Amount,
    Analysis,
    Attribution,
    CommitmentMention,
    FigureMention,
    TimeExpression,
)
from consilience.reports.commitments_features import cues, features, masked
from consilience.reports.commitments_model import clause_state, models, state
from consilience.reports.commitments_parties import parties
from consilience.reports.commitments_syntax import features as syntax
from consilience.reports.times_periods import last_in
from consilience.spans import Span

LEAST = 0.45  # probability from which a sentence holds a commitment: best F1 on stories left out
LEAST_EXPLICIT = 0.3  # … and from which one with a verb of these kinds does
EXPLICIT = frozenset(("says:pledged", "says:agreed", "says:announced"))
KEEP = 0.5  # a clause beside the best one is kept from this part of its probability
SHORTEST_LEFT, SHORTEST_RIGHT = 25, 15  # code points of a clause that may stand alone


def find(
    analysis: Analysis,
    times: Sequence[TimeExpression] = (),
    figures: Sequence[FigureMention] = (),
    attributions: Sequence[Attribution] = (),
) -> tuple[CommitmentMention, ...]:
    """The commitments of an article, in order of place.

    The evidence is the clause that commits; ``by`` and ``to`` are names as printed (empty where the
    sentence names nobody); ``amount`` and ``when`` are the first of the clause, else of the sentence.
    """
    out: list[CommitmentMention] = []
    hidden = masks(times, figures)
    for i, sentence in enumerate(analysis.sentences):
        whole = sentence.span
        words = masked_words(analysis, whole, hidden)
        place = i / len(analysis.sentences)
        plain = features(words, heading=sentence.kind == "heading", place=place)
        names = plain | syntax(analysis, i, whole)
        probability = models().holds(names, state(analysis, i, whole))
        if probability >= (LEAST_EXPLICIT if names & EXPLICIT else LEAST):
            span = narrowed(analysis, i, hidden)
            clause = words if span == whole else masked_words(analysis, span, hidden)
            status = _status(analysis, i, span, clause, plain)
            mention = _mention(analysis, i, span, clause, status, times, figures, attributions)
            if mention.status in ("refused", "stated") or not denied(mention.evidence.text):
                out.append(mention)
    return tuple(out)


def denied(clause: str) -> bool:
    """Whether a clause reports that something was not promised, agreed or signed: no commitment."""
    return bool(_denials().search(clause.lower().replace("’", "'")))


@cache
def _denials() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(lexicon('commitments')['denied']['patterns'])})")


class Masks(NamedTuple):
    """Where an article has its dates and its sums of money, sorted: what is learnt must not know them."""

    dates: list[Span]
    sums: list[Span]


def masks(times: Sequence[TimeExpression], figures: Sequence[FigureMention]) -> Masks:
    """The masks of an article."""
    dates = sorted(t.evidence.span for t in times)
    return Masks(dates, sorted(f.evidence.span for f in figures if f.kind == "money"))


def masked_words(analysis: Analysis, span: Span, hidden: Masks) -> list[str]:
    """The masked words of ``span``."""
    return masked(span.of(analysis.article.text), _within(span, hidden.dates), _within(span, hidden.sums))


def _within(outer: Span, spans: list[Span]) -> list[Span]:
    """Those of the sorted ``spans`` that lie in ``outer``, counted from its start."""
    start, end = outer
    low, high = bisect_left(spans, (start,)), bisect_left(spans, (end,))
    return [Span(a - start, b - start) for a, b in spans[low:high] if b <= end]


def clauses(text: str, span: Span) -> list[Span]:
    """The sentence at ``span`` cut at its clause edges: spans in order, white space trimmed."""
    cuts = [span.start]
    for match in pattern("commitments", "edge").finditer(text, span.start, span.end):
        at = match.end()
        if at - cuts[-1] >= SHORTEST_LEFT and span.end - at >= SHORTEST_RIGHT:
            cuts.append(at)
    return [
        clause
        for a, b in zip(cuts, [*cuts[1:], span.end], strict=True)
        if len(clause := Span(a, b).trimmed(text))
    ]


def narrowed(analysis: Analysis, index: int, hidden: Masks) -> Span:
    """The part of a sentence that commits: its likeliest clause and those beside it that are as likely."""
    parts = clauses(analysis.article.text, analysis.sentences[index].span)
    if len(parts) == 1:
        return parts[0]
    detector = models().detector
    chances = [
        detector.probability(features(masked_words(analysis, p, hidden), heading=False, place=0.5))
        for p in parts
    ]
    best = max(range(len(parts)), key=lambda k: chances[k])
    first = last = best
    while first > 0 and chances[first - 1] >= KEEP * chances[best]:
        first -= 1
    while last + 1 < len(parts) and chances[last + 1] >= KEEP * chances[best]:
        last += 1
    return Span(parts[first].start, parts[last].end)


def status_features(clause: list[str], sentence: set[str]) -> set[str]:
    """The features of the status model: those of the clause, and the plainer ones of its sentence.

    ``clause`` are masked words, ``sentence`` the features of its sentence.
    """
    plain = {"S|" + f for f in sentence if f.startswith(("cue", "first", "I", "quote", "2:", "w:"))}
    return features(clause, heading=False, place=0.5) | plain


def _status(
    analysis: Analysis, index: int, span: Span, clause: list[str], sentence: set[str]
) -> dict[str, float]:
    """How likely each status is of the clause at ``span``, the likeliest first."""
    names = status_features(clause, sentence) | syntax(analysis, index, span)
    chances = models().chances(names, clause_state(analysis, index, span))
    found = zip(models().status.classes, map(float, chances), strict=True)
    return dict(sorted(found, key=lambda c: -c[1]))


def _mention(
    analysis: Analysis,
    index: int,
    span: Span,
    clause: list[str],
    chances: dict[str, float],
    times: Sequence[TimeExpression],
    figures: Sequence[FigureMention],
    attributions: Sequence[Attribution],
) -> CommitmentMention:
    status = next(iter(chances))
    by, to = parties(analysis, index, span, attributions)
    return CommitmentMention(
        evidence=analysis.article.evidence(span),
        by=by,
        to=to,
        status=status,  # type: ignore[arg-type]
        cue=_cue(clause, status),
        amount=_amount(span, figures),
        when=last_in(span, times),
        chances={k: round(p, 3) for k, p in chances.items() if p >= 0.05},
    )


def _cue(words: list[str], status: str) -> str:
    """The words that commit: those of the status's own kind first."""
    kinds = lexicon("commitments")["kinds"][status]
    found = cues(words)
    own = [text for kind, text in found if kind in kinds]
    return (own or [text for _, text in found] or [""])[0]


def _amount(span: Span, figures: Sequence[FigureMention]) -> Amount | None:
    inside = [f for f in figures if span.covers(f.evidence.span) and f.kind != "age"]
    inside.sort(key=lambda f: (f.kind != "money", f.kind == "duration", f.evidence.start))
    return Amount(inside[0].value, inside[0].unit) if inside else None
