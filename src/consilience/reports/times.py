"""Date expressions of an article, resolved; and the tense and status of what a clause reports."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache

from consilience.lexicons import lexicon
from consilience.model import Analysis, EventStatus, Evidence, Period, Reading, TimeExpression
from consilience.reports.times_grammar import Phrase, scan
from consilience.reports.times_resolve import Days, Frame, resolve
from consilience.spans import Span

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
FOR_DAY = re.compile(
    r"\b(?:call|announc|summon|schedul|plan|set|book|fix|appoint|conven)\w* .{0,60}\bfor (?:the )?$"
)  # a strike called for Friday
NARRATIVE_SHAPES = CONTEXT_SHAPES | frozenset(["range_my", "year", "season", "ago", "day_shift", "year_bc"])


def find(analysis: Analysis, reference: str | None) -> tuple[TimeExpression, ...]:
    """The date expressions of an article, in order of place, resolved to ISO dates.

    ``reference`` is the day of the report (ISO 8601, a time after it is ignored). Without one, what the
    words alone do not fix is resolved against the date named before, and is left out where there is none.
    """
    day = _day_of(reference)
    text = analysis.article.text
    context: date | None = None
    out: list[TimeExpression] = []
    year: date | None = None
    for sentence in analysis.sentences:
        own = sentence.span.of(text)
        found: list[tuple[Phrase, Days]] = []
        for phrase in scan(own, sentence.start):
            tense = outlook(own, phrase.start - sentence.start, phrase.end - sentence.start)
            days = resolve(phrase, Frame(day, context, tense, year))
            if days is None:
                continue
            found.append((phrase, days))
            if phrase.shape in (CONTEXT_SHAPES if day else NARRATIVE_SHAPES) and days.start[0] != "-":
                context = date.fromisoformat(days.start)
            if phrase.shape in YEAR_SHAPES and days.start[0] != "-":
                year = date.fromisoformat(days.start)
        out += [_expression(analysis, p, d) for p, d in _with_days(found)]
    return tuple(out)


def _with_days(found: list[tuple[Phrase, Days]]) -> list[tuple[Phrase, Days]]:
    """The phrases of a sentence; an hour takes the day named beside it ("at noon on Tuesday")."""
    days = [(p, d) for p, d in found if d.precision in ("day", "part of day") and p.shape in CONTEXT_SHAPES]
    if not days:
        return found
    out = []
    for phrase, own in found:
        if phrase.shape in HOUR_SHAPES:
            near = min(
                days, key=lambda pd: (max(pd[0].start - phrase.end, phrase.start - pd[0].end), pd[0].start)
            )
            own = near[1]._replace(precision="time")
        out.append((phrase, own))
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
    by_place = {(t.evidence.start, t.evidence.end): t for t in times}
    commitments = tuple(
        replaced if (replaced := _redated(c, by_place)) is not None else c for c in reading.commitments
    )
    return replace(
        reading, times=times, reference=reference, reference_from=reference_from, commitments=commitments
    )


def _redated(commitment, times):  # type: ignore[no-untyped-def]
    import msgspec

    inside = [
        t
        for (start, end), t in times.items()
        if commitment.evidence.start <= start and end <= commitment.evidence.end and t.precision != "time"
    ]
    if not inside:
        return None
    return msgspec.structs.replace(commitment, when=Period(inside[0].start, inside[0].end))


BY_DAY = re.compile(r"\b(?:by|before|no later than|prior to) (?:the |about |around )*$", re.I)
DONE_BY = re.compile(r"\b(?:had|was|were|did|rose|fell|reached|grew|halved|doubled|have|ended|came)\b", re.I)
AUXILIARY = re.compile(  # what makes a participle speak of the future: "would be announced"
    r"\b(?:will|would|shall|must|should|can|could|may|might|to|is to|are to|expected to|due to|won['’]t)(?: (?:not|also|then|only|still|now|be|have|been|all|\w+ly))* $"
)
# --- tense ---------------------------------------------------------------------------------------

CLAUSE_EDGE = re.compile(
    r"[;:()—–“”\"]|, |\b(?:who|which|where|when|because|although|but|while|after which)\b"
)


@cache
def _cues() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = lexicon("times")["outlook"]

    def pattern(words: list[str], extra: str) -> re.Pattern[str]:
        ordered = sorted(words, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))}{extra})(?!\w)", re.I)

    return pattern([*data["future"], *data["timetable"]], r"|(?:is|are) (?!being)(?:\w+ly )?\w+ing"), pattern(
        data["past"], r"|\w{2,}ed"
    )


def outlook(sentence: str, start: int, end: int) -> str | None:
    """Whether the words around ``[start, end)`` speak of what was ("past") or is to come ("future").

    The nearest cue before the place in its clause decides, then the nearest after it, then the nearest
    in the sentence; None where there is none.
    """
    lead = sentence[:start]
    if FOR_DAY.search(lead) or (
        BY_DAY.search(lead) and not DONE_BY.search(sentence[left_edge(sentence, start) : end + 40])
    ):
        return "future"
    future, past = _cues()
    left = left_edge(sentence, start)
    after = CLAUSE_EDGE.search(sentence, end)
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
            if not AUXILIARY.search(sentence, 0, m.start())
        ]
        if not ahead and not behind:
            continue
        if backwards:
            return _verdict(max(ahead, default=-1), max(behind, default=-1))
        return _verdict(-min(ahead, default=10**9), -min(behind, default=10**9))
    return None


def left_edge(sentence: str, start: int) -> int:
    """Where the clause around ``start`` begins."""
    edges = [m.end() for m in CLAUSE_EDGE.finditer(sentence, 0, start)]
    return edges[-1] if edges else 0


def _verdict(ahead: int, behind: int) -> str:
    return "future" if ahead > behind else "past"


def event_status(clause: str) -> EventStatus:
    """The status of what a clause reports: done, under way, to come, denied, conditional or expected."""
    low = f" {clause.lower()} "
    for status, pattern in STATUS_CUES:
        if pattern.search(low):
            return status
    return "done"


STATUS_CUES: tuple[tuple[EventStatus, re.Pattern[str]], ...] = (
    (
        "denied",
        re.compile(
            r"\b(?:denied|denies|deny|rejected the (?:claim|allegation|report)|did not|does not|has not|have not|had not|was not|were not|is not|are not|never|no longer|didn['’]t|hasn['’]t|wasn['’]t|isn['’]t|won['’]t|will not|no evidence)\b"
        ),
    ),
    (
        "conditional",
        re.compile(
            r"\b(?:if|unless|would have|could have|provided that|on condition that|in case|should .{1,40} (?:fail|refuse))\b"
        ),
    ),
    (
        "expected",
        re.compile(
            r"\b(?:expected|expects|forecast|likely|predicted|may|might|could|hopes|is thought|are thought|projected|estimated to|fears?|feared)\b"
        ),
    ),
    (
        "to come",
        re.compile(
            r"\b(?:will|shall|is to|are to|was to|were to|due to|plans to|intends to|would|going to|set to|scheduled|promised to|pledged to|vowed to|must)\b|['’]ll\b"
        ),
    ),
    (
        "under way",
        re.compile(
            r"\b(?:is|are|was|were) (?:still |now |being )?\w+ing\b|\b(?:continues?|continued|under way|underway|ongoing|so far)\b"
        ),
    ),
)
