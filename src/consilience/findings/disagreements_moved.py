"""Dates that were moved: "the vote is on 4 February" here, "has been moved to 4 March" there.

A verb of moving names what is moved and to when, often from when; another report that gives the same thing
another day has the earlier plan, or does not know of the change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from consilience.findings.disagreements_dates import dated, first_day
from consilience.findings.disagreements_figures_agree import agree
from consilience.findings.disagreements_figures_place import A_DAY, Dated
from consilience.findings.disagreements_happenings import Clause, form
from consilience.findings.disagreements_sides import Side, Sides, positions
from consilience.findings.disagreements_topic import topic
from consilience.findings.disagreements_weigh import Candidate
from consilience.lexicons import lexicon
from consilience.model import Evidence, Finding, StoryReading

# The 10 differences told on the stories from pairs so likely one fact (scored as if unseen) were all right,
# though the rule was made while reading them.
SAME = 0.4
SAME_FROM = 0.25  # where the clause that moves also says from when, and the other names that day


@cache
def _moving() -> dict[str, str]:
    return dict.fromkeys(lexicon("differences")["moved"]["verbs"], "moved")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lexicon("differences")["moved"][name])


@dataclass(frozen=True)
class Move:
    """What a clause moves, by forms that verbs and nouns share, to when, and from when if it says so."""

    things: frozenset[str]
    to: Dated
    origin: Dated | None


def differences(story: StoryReading, findings: Sequence[Finding]) -> Iterator[Candidate]:
    """Moved dates, against what other reports still give or gave."""
    sides = Sides(story)
    first = first_day(story)
    days = {k: _days(sides, k, first) for k in range(len(sides.statements))}
    moves = {k: m for k in days if (m := _move(sides, k, _days(sides, k, first, deadlines=True)))}
    told: list[tuple[Side, Side]] = []
    for (i, j), p in sorted(sides.pairs.items()):
        for one, two in ((i, j), (j, i)):
            if one in moves and p >= SAME_FROM and sides.article(i) != sides.article(j):
                other = _other(
                    sides, moves[one], two, moves.get(two), _ahead(sides, two, days[two], first), p
                )
                if other is not None:
                    to = moves[one].to
                    told.append(((two, _key(other), other.evidence.text), (one, _key(to), to.evidence.text)))
    for group in positions(sides, told):
        yield _candidate([(name, evidence) for _, name, evidence in group])


def _key(day: Dated) -> float:
    return round(sum(day.value) / 2, 3)


def _days(sides: Sides, k: int, first: date, *, deadlines: bool = False) -> list[Dated]:
    """The days that a clause names, in their order; ``deadlines``: those up to which something lasts too."""
    place = sides.statements[k].evidence.span
    times = [t for t in sides.reading(k).times if place.covers(t.evidence.span)]
    found = [dated(t, first, deadlines=deadlines) for t in times]
    return [d for d in found if d is not None and d.value[1] - d.value[0] <= A_DAY]


def _ahead(sides: Sides, k: int, days: Sequence[Dated], first: date) -> list[Dated]:
    """Those of the days that lie ahead of the clause's report: of others it is no plan that is told."""
    reading = sides.reading(k)
    written = (reading.reference or reading.article.published or "")[:10]
    if not written:
        return []
    today = (date.fromisoformat(written) - first).days
    return [d for d in days if d.value[1] > today + A_DAY]


def _move(sides: Sides, k: int, days: Sequence[Dated]) -> Move | None:
    """The move that a clause tells, if it says to when."""
    if not days:
        return None
    statement, sentence = sides.statements[k], sides.sentence(k)
    clause = Clause(sides.reading(k), sentence, statement.evidence.start, statement.evidence.end)
    for i in clause.inside:
        if clause.tokens[i].upos != "VERB" or clause.kind(i, _moving()) is None or clause.negated(i):
            continue
        if clause.tokens[i].deprel.split(":")[0] == "amod":
            continue  # "the twice-postponed launch"
        things = frozenset(
            form(clause.tokens[n])
            for j in clause.suffers(i) or clause.subject(i)
            for n in clause.phrase(j)
            if clause.tokens[n].upos in ("NOUN", "PROPN")
        )
        behind = [d for d in days if d.evidence.start > clause.tokens[i].start]
        to = next((d for d in behind if _led(clause, d, "new")), None)
        if things and to is not None:
            return Move(things, to, next((d for d in behind if _led(clause, d, "old")), None))
    return None


def _led(clause: Clause, day: Dated, role: str) -> bool:
    """Whether the word before a date, or its own first one, plays that role."""
    before = max((i for i, t in enumerate(clause.tokens) if t.end <= day.evidence.start), default=0)
    own = next((i for i, t in enumerate(clause.tokens) if t.start >= day.evidence.start), before)
    return not _words(role).isdisjoint((clause.word(before), clause.word(own)))


def _other(
    sides: Sides, move: Move, k: int, own: Move | None, days: Sequence[Dated], p: float
) -> Dated | None:
    """The day that a clause gives what is moved, if it is another one than that it is moved to."""
    day = own.to if own else days[0] if len(days) == 1 else None
    if day is None or agree(day, move.to):
        return None
    known = move.origin is not None and agree(day, move.origin)
    sentence, place = sides.sentence(k), sides.statements[k].evidence.span
    named = {form(t) for t in sentence.tokens if place.start <= t.start < place.end}
    return day if known or p >= SAME and move.things & named else None


def _candidate(group: Sequence[tuple[str, tuple[Evidence, ...]]]) -> Candidate:
    return Candidate(
        kind="date",
        relation=None,
        about=topic(group),
        positions=tuple(group),
        reasons=("one report has the day that another says was changed",),
    )
