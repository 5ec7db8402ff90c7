"""One happening that reports bring differently far: done here and to come there, called off, put off, over.

Clauses that may be one fact are read into happenings (``disagreements_happenings``). Two of one name whose
phases exclude each other are told where the clauses are likely enough to be of one occasion, by a bar for
each kind of opposition. Two articles that are one text are set against each other only where the words are
the same but for the phase: else it is a matter of words, or misread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from consilience.findings.disagreements_happenings import Happening, known, read
from consilience.findings.disagreements_sides import Side, Sides, positions
from consilience.findings.disagreements_topic import topic
from consilience.findings.disagreements_weigh import Candidate
from consilience.lexicons import lexicon
from consilience.model import Evidence, Finding, StoryReading

LEAST = 0.1  # probability of two clauses to be one fact under which nothing is compared
STOPPED = ("off", "held", "late")
# Phases that exclude each other -> the probability of one fact that they want; chosen by reading what the
# stories told, with probabilities of models that had not seen them.
BARS = {
    **{frozenset(("ahead", stopped)): 0.15 for stopped in STOPPED},
    frozenset(("ahead", "done")): 0.5,
    frozenset(("ahead", "begun")): 0.3,
    frozenset(("ahead", "over")): 0.2,
    frozenset(("ahead", "refused")): 0.25,
    frozenset(("ahead", "rejected")): 0.25,
    frozenset(("ahead", "not yet")): 0.3,
    frozenset(("ahead", "ahead off")): 0.3,
    frozenset(("ahead", "lifted")): 0.3,
    frozenset(("done", "lifted")): 0.4,
    frozenset(("on", "lifted")): 0.3,
    **{frozenset(("on", f"ahead {stopped}")): 0.4 for stopped in (*STOPPED, "over")},
    frozenset(("done", "not yet")): 0.3,
    frozenset(("begun", "not yet")): 0.3,
    frozenset(("on", "over")): 0.1,
    frozenset(("on", "off")): 0.3,
    frozenset(("on", "held")): 0.3,
    frozenset(("back", "held")): 0.3,
    frozenset(("back", "off")): 0.3,
    frozenset(("begun", "held")): 0.3,
    frozenset(("now", "off")): 0.3,
    frozenset(("done", "refused")): 0.5,
}
TWICE = 0.6  # of its bar that two names in common want ("signing" and "memorandum")
STATES = 0.2  # of two states of one person or thing
SURE = 0.7  # of a verb that names no happening, with the object and MUCH beside it shared
MUCH = 2
CLEAR = 0.55  # from where on nothing else need be shared


@cache
def _anybody() -> frozenset[str]:
    """Nouns by which reports call one person in different ways: "the suspect", "a man", "the pupil"."""
    return frozenset(lexicon("phases")["nouns"]["anybody"])


@cache
def _called(phase: str) -> str:
    """How a position of this phase is called."""
    called = lexicon("phases")["called"]
    return called[phase] if phase in called else f"not {called[phase.removeprefix('not ')]}"


def differences(story: StoryReading, findings: Sequence[Finding]) -> Iterator[Candidate]:
    """Happenings that two reports bring differently far, with the evidence of each side."""
    sides = Sides(story)
    likely = sorted(pair for pair, p in sides.pairs.items() if p >= LEAST)
    wanted = sorted({k for pair in likely for k in pair})
    read_as = {k: read(sides.reading(k), sides.statements[k]) for k in wanted}
    told: list[tuple[Side, Side]] = []
    for i, j in likely:
        found = _opposed(sides, i, j, read_as[i], read_as[j])
        if found:
            x, y = found
            told.append(((i, x, _called(x)), (j, y, _called(y))))
    for group in positions(sides, told):
        yield _candidate([(name, evidence) for _, name, evidence in group])


def _opposed(
    sides: Sides, i: int, j: int, one: Sequence[Happening], two: Sequence[Happening]
) -> tuple[str, str] | None:
    """The phases of the first two happenings of both clauses that are one and exclude each other."""
    p, kin = sides.pairs[i, j], sides.kin(i, j)
    for x in one:
        for y in two:
            if kin and not _only_the_phase(x, y):
                continue
            bar = BARS.get(frozenset((x.phase, y.phase)), 2.0)  # no bar: they go together
            bar *= TWICE if len(x.core & y.core) > 1 else 1.0
            if x.core & y.core and p >= bar and _one_occasion(sides, i, j, x, y):
                return x.phase, y.phase
            if p >= STATES and _rival(x, y) and _one_holder(sides, i, j, x, y):
                return x.state[1], y.state[1]
    return None


def _only_the_phase(x: Happening, y: Happening) -> bool:
    """Whether two happenings are told in the same words but for done here and to come there."""
    words = x.core == y.core and bool(x.objects) and x.objects == y.objects
    return words and {x.phase, y.phase} == {"ahead", "done"}


def _one_occasion(sides: Sides, i: int, j: int, x: Happening, y: Happening) -> bool:
    """Whether nothing speaks for two occasions: order of the reports, numbers, days, persons."""
    days = sides.days(i, j) if x.phase == "ahead" else -sides.days(i, j) if y.phase == "ahead" else 0.0
    if days < 0:  # what an earlier report has as done or off, a later one has no more to come
        return False
    both = x.core & y.core
    plain = not (both & known() or any(c.startswith("#") for c in both))
    if plain and x.objects and y.objects and not x.objects & y.objects:
        return False
    shared = bool(x.about & y.about) or bool(sides.named(i) & sides.named(j))
    phases = {x.phase, y.phase}
    other = bool(x.subject and y.subject) and not x.subject & y.subject
    if phases & {"refused", "rejected"} and "ahead" in phases:
        return bool(x.subject & y.subject) or (shared and not other)
    if "on" in phases:
        return shared or sides.pairs[i, j] >= CLEAR
    if phases in ({"ahead", "done"}, {"done", "refused"}) and plain:
        # what is no happening of a name can be done, and still be done again
        same = x.objects & y.objects and len(x.about & y.about) >= MUCH
        return bool(same) and sides.pairs[i, j] >= SURE
    if phases == {"ahead", "done"}:
        if _another(sides, i) != _another(sides, j):
            return False
        numbers = sides.figures(i), sides.figures(j)
        if all(numbers) and not numbers[0] & numbers[1]:
            return False
        if sides.apart(i, j) and not shared:
            return False
        return shared or bool(x.subject & y.subject) or sides.pairs[i, j] >= CLEAR
    return True


def _another(sides: Sides, k: int) -> bool:
    """Whether the clause speaks of a further one: "new sanctions"."""
    words, place = frozenset(lexicon("phases")["tense"]["another"]), sides.statements[k].evidence.span
    return any(
        place.start <= t.start < place.end and t.text.casefold() in words for t in sides.sentence(k).tokens
    )


def _rival(x: Happening, y: Happening) -> bool:
    """Whether both put somebody or something in a state, and in two of one domain, or in and not in one."""
    if x.state is None or y.state is None or x.state[0] != y.state[0]:
        return False
    one, two = sorted((x.state[1], y.state[1]), key=len)
    return two == f"not {one}" if two.startswith("not ") else one != two


def _one_holder(sides: Sides, i: int, j: int, x: Happening, y: Happening) -> bool:
    """Whether one is in both states: by name, or called by one noun."""

    def of(k: int, happening: Happening) -> tuple[frozenset[str], set[str]]:
        tokens = sides.sentence(k).tokens
        at = [tokens[h] for h in happening.holder]
        article = sides.statements[k].evidence.article
        names = frozenset().union(*(sides.names(article, t.start, t.end) for t in at))
        nouns = {t.lemma.casefold() for t in at if t.upos == "NOUN"}
        anybody = _anybody()
        return names, {"somebody" if w in anybody else w for w in nouns}

    one, two = of(i, x), of(j, y)
    if one[0] and two[0]:
        return bool(one[0] & two[0])
    return bool(one[1] & two[1])


def _candidate(group: Sequence[tuple[str, tuple[Evidence, ...]]]) -> Candidate:
    own_will = {name for name, _ in group} <= {_called("resigned"), _called("ousted")}
    return Candidate(
        kind="actor" if own_will else "status",  # who ended it is what differs
        relation=None,
        about=f"{topic(group)}: {', or '.join(name for name, _ in group)}",
        positions=tuple(group),
        reasons=("one happening, brought differently far",),
    )
