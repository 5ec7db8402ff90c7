"""What a difference is, apart from its kind: a conflict, an update, two sources in the world.

Times decide an update: all reports of one position came out before all of the next, by a margin that
tells a new count from two desks at work at once. Where the positions are said by different sources,
the difference is theirs, not the outlets'. Where one sentence gives both positions, its report tells
the change.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from consilience.model import Evidence, Relation, StoryReading
from consilience.spans import covering

MARGIN = timedelta(hours=2)  # two outlets that report one stage of an event are seldom further apart
UPDATED = frozenset({"figure", "status", "date"})  # kinds that a later report can supersede


def relation(kind: str, positions: Sequence[Sequence[Evidence]], story: StoryReading) -> Relation:
    """The relation of a difference of ``kind`` between positions, each given by its evidence."""
    if kind in UPDATED and _in_turn(positions, story):
        return "update"
    if kind != "wording" and _by_different_sources(positions, story):
        return "attribution"
    if kind in UPDATED and _told_together(positions, story):
        return "update"
    return "conflict"


def when(published: str | None) -> tuple[datetime, bool] | None:
    """A publication time, and whether it is exact to the minute; None where unknown."""
    if not published:
        return None
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment, len(published) > 10


def _in_turn(positions: Sequence[Sequence[Evidence]], story: StoryReading) -> bool:
    """Whether the positions were reported one after the other, none again after the next began.

    Where each position has reports timed to the minute, those decide; else the days do.
    """
    published = {r.article.id: when(r.article.published) for r in story.readings}
    known = [
        [t for a in sorted({e.article for e in evidence}) if (t := published[a]) is not None]
        for evidence in positions
    ]
    timed = [[moment for moment, exact in times if exact] for times in known]
    exact = all(timed)
    moments = timed if exact else [[moment for moment, _ in times] for times in known]
    if not all(moments):
        return False
    spans = sorted((min(times), max(times)) for times in moments)
    return all(
        after[0] - before[1] >= MARGIN if exact else after[0].date() > before[1].date()
        for before, after in zip(spans, spans[1:], strict=False)
    )


def _told_together(positions: Sequence[Sequence[Evidence]], story: StoryReading) -> bool:
    """Whether one sentence holds two of the positions: its report tells the change, "from 450 to 120"."""
    readings = {r.article.id: r for r in story.readings}
    seen: dict[tuple[str, int], int] = {}
    for number, evidence in enumerate(positions):
        for piece in evidence:
            sentences = readings[piece.article].analysis.sentences
            at = covering([s.span for s in sentences], piece.start)
            if at is not None and seen.setdefault((piece.article, at), number) != number:
                return True
    return False


def _by_different_sources(positions: Sequence[Sequence[Evidence]], story: StoryReading) -> bool:
    """Whether each position has named sources of its own that no other position has."""
    named = [_sources(evidence, story) for evidence in positions]
    if not all(named):
        return False
    return not any(a & b for i, a in enumerate(named) for b in named[i + 1 :])


def _sources(evidence: Sequence[Evidence], story: StoryReading) -> set[str]:
    """The sources that the articles name for these words; those left unnamed do not count."""
    found = set()
    readings = {r.article.id: r for r in story.readings}
    for piece in evidence:
        for told in readings[piece.article].attributions:
            if told.speaker is None or told.unnamed:
                continue
            if any(c.span.overlap(piece.span) for c in told.content):
                found.add(told.speaker.entity or told.speaker.name.casefold())
    return found
