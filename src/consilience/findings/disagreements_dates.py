"""Dates that differ: which date expressions of two reports date one thing, and lie apart.

The looks are those of ``disagreements_figures``, with models of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from consilience.findings import scores
from consilience.findings.disagreements_figures import about, grouped, positions
from consilience.findings.disagreements_figures_agree import minute
from consilience.findings.disagreements_figures_pairs import Pairs, pairs
from consilience.findings.disagreements_figures_place import Dated, placed_dates
from consilience.findings.disagreements_weigh import Candidate
from consilience.lexicons import lexicon
from consilience.model import Finding, Reading, StoryReading, TimeExpression, Token
from consilience.spans import covering

COARSE = frozenset({"present", "vague", "span", "decade", "century"})  # too wide to lie apart
START = date(2000, 1, 1)  # from which days count in a story without dates
DAY = 1440  # minutes
NEARLY = 15 / DAY  # of a day: times of day nearer than this are one


def first_day(story: StoryReading) -> date:
    """The day from which a story's dates are counted: that of its first report, where any has one."""
    published = [r.article.published[:10] for r in story.readings if r.article.published]
    return date.fromisoformat(min(published)) if published else START


def dated(time: TimeExpression, first: date, *, deadlines: bool = False) -> Dated | None:
    """The expression in days from ``first``; None where it is open, or too wide to lie apart.

    ``deadlines``: a day up to which or from which something lasts counts too.
    """
    if time.end is None or time.precision in COARSE or _lapse(time.evidence.text):
        return None
    if time.relation != "at" and not deadlines:
        return None
    try:
        days = [date.fromisoformat(t[:10]).toordinal() for t in (time.start, time.end)]
    except ValueError:
        return None
    low, high = (day - first.toordinal() for day in days)
    clock = minute(time.evidence.text) if low == high else None
    if clock is None:
        return Dated(time.evidence, (float(low), high + 1 - NEARLY), time.precision)
    at = low + clock / DAY
    return Dated(time.evidence, (at - NEARLY, at + NEARLY), time.precision)


def _fixed(time: TimeExpression, reading: Reading, known: bool) -> bool:
    """Whether it is known from what day "Tuesday" or "last year" counts, and the date is not a picture's.

    ``known``: whether an article of the story has a date. "An armoured carrier is seen at a barricade, April
    26, 2014": pictures of two days are no difference.
    """
    if not time.anchored:
        return known
    sentences = reading.analysis.sentences
    number = covering([s.span for s in sentences], time.evidence.start)
    if time.precision != "day" or number is None:
        return True
    tokens = sentences[number].tokens
    behind = any(t.start >= time.evidence.end and t.upos != "PUNCT" for t in tokens)
    return behind or not _present(tokens)


def _present(tokens: Sequence[Token]) -> bool:
    """Whether the main verb of a sentence, or its auxiliary, is in a present form."""
    root = next((i for i, t in enumerate(tokens) if t.head < 0), None)
    if root is None:
        return False
    helpers = [t for t in tokens if t.head == root and t.upos == "AUX"]
    verb = (helpers or [tokens[root]])[0]
    form, lemma = verb.text.casefold(), verb.lemma.casefold()
    plain = form == lemma or (form.endswith("s") and form.startswith(lemma[:-1]))
    return verb.upos in ("VERB", "AUX") and (plain or form in lexicon("differences")["present"])


def _lapse(text: str) -> bool:
    """Whether the words tell how long ("ten days"): from when is seldom sure."""
    return not set(lexicon("differences")["lapses"]).isdisjoint(re.findall(r"\w+", text.casefold()))


def candidates(story: StoryReading, findings: Sequence[Finding]) -> Pairs:
    """The story's dates in their places, and the pairs of them that can be compared."""
    story = replace(story, readings=tuple(sorted(story.readings, key=lambda r: r.article.id)))
    first, known = first_day(story), any(r.article.published for r in story.readings)
    dates = {
        r.article.id: [d for t in r.times if _fixed(t, r, known) and (d := dated(t, first))]
        for r in story.readings
    }
    return pairs(story, placed_dates(story, dates), scores.of(story), findings)


def differences(story: StoryReading, findings: Sequence[Finding]) -> Iterator[Candidate]:
    """Dates of one thing that lie apart, each with its dates as positions."""
    found = candidates(story, findings)
    for group in grouped(found, "date"):
        told = positions(group)
        yield Candidate(
            kind="date",
            relation=None,
            about=about(group),
            positions=tuple((p[0].figure.evidence.text, tuple(h.clause for h in p)) for p in told),
            reasons=("dates of one thing that lie apart",),
        )
