"""One meeting, two subjects: "will meet in May to work on a trade deal" here, "a dialogue on fish" there.

Only what the reports themselves say a meeting is about is compared: what stands behind "on" or "about", what
is to be discussed, worked on or negotiated at it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from consilience.findings.disagreements_happenings import DATE, Clause, form
from consilience.findings.disagreements_sides import Side, Sides, positions
from consilience.findings.disagreements_weigh import Candidate
from consilience.findings.words import stem
from consilience.lexicons import lexicon
from consilience.model import Evidence, Finding, StoryReading
from consilience.spans import Span

LIKELY = 0.5  # probability of two clauses to be one fact; lower, two meetings are taken for one
_NOUNS = ("NOUN", "PROPN")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lexicon("phases")["subjects"][name])


@dataclass(frozen=True)
class Subject:
    """What a sentence says that a meeting is about.

    ``text`` and ``place``: from the first subject's phrase to the last's, in the article; ``told``: the
    same with the word for the meeting; ``heads``: places of the subjects' nouns, ``nouns`` their stems.
    ``meeting``: what it is called, "" where a verb tells of it.
    """

    meeting: str
    text: str
    place: Span
    told: Span
    heads: tuple[Span, ...]
    nouns: frozenset[str]


def subject(clause: Clause, text: str) -> Subject | None:
    """What the first meeting is about that the clause tells of; ``text`` is the article's."""
    for i in clause.inside:
        if _meets(clause, i):
            heads = [j for head in _about(clause, i) for j in _each(clause, head)]
            heads = [j for j in heads if _is_subject(clause, j)]
            if heads:
                run = [j for head in heads for j in clause.phrase(head)]
                place = Span(clause.tokens[min(run)].start, clause.tokens[max(run)].end)
                met = clause.tokens[i]
                return Subject(
                    _called(clause, i, text),
                    place.of(text),
                    place,
                    Span(min(met.start, place.start), max(met.end, place.end)),
                    tuple(Span(clause.tokens[j].start, clause.tokens[j].end) for j in heads),
                    frozenset(stem(clause.lemma(j)) for j in heads),
                )
    return None


def _is_subject(clause: Clause, j: int) -> bool:
    """Whether a noun names what can be talked about: no day ("met on Monday")."""
    known = clause.tokens[j].upos in _NOUNS and clause.lemma(j) not in lexicon("times")["weekdays"]
    return known and j not in clause.times


def _called(clause: Clause, i: int, text: str) -> str:
    """The noun with what describes it in front: "high-level economic dialogue"."""
    if clause.tokens[i].upos != "NOUN":
        return ""
    run = [j for k in clause.under(i, "amod", "compound") for j in (k, *clause.below[k]) if j < i]
    return text[clause.tokens[min((*run, i))].start : clause.tokens[i].end]


def _meets(clause: Clause, i: int) -> bool:
    token = clause.tokens[i]
    named = token.upos == "NOUN" and clause.lemma(i) in _words("meetings")
    return named or (token.upos in ("NOUN", "VERB") and form(token) == "meeting")


def _about(clause: Clause, i: int) -> list[int]:
    """Heads of what the meeting, or a verb of what is done at it, is about."""
    heads = _behind(clause, i, "behind") + _predicate(clause, i)
    for j in clause.under(i, "xcomp", "advcl", "acl"):
        if clause.to_come(j):
            for verb in (j, *clause.under(j, "conj")):
                if clause.lemma(verb) in _words("discussing"):
                    heads += clause.under(verb, "obj") + _behind(clause, verb, "behind")
    return heads


def _predicate(clause: Clause, i: int) -> list[int]:
    """ "the call was about fish", "the talks turned on a date", "the meeting dealt with quotas"."""
    token = clause.tokens[i]
    if token.deprel != "nsubj" or token.head < 0:
        return []
    head = token.head
    if any(clause.word(k) in _words("behind") for k in clause.under(head, "case")):
        return [head]
    if clause.lemma(head) in _words("turning"):
        return _behind(clause, head, "turned_to")
    return clause.under(head, "obj") if clause.lemma(head) in _words("covering") else []


def _behind(clause: Clause, i: int, cases: str) -> list[int]:
    wanted = _words(cases)
    return [
        j
        for j in clause.under(i, "obl", "nmod")
        if any(clause.word(k) in wanted for k in clause.under(j, "case"))
    ]


def _each(clause: Clause, head: int) -> Iterator[int]:
    """A subject and those coordinated with it; for "topics such as" and the like what they stand for."""
    held = [
        j
        for j in clause.under(head, "nmod")
        if any(clause.word(k) in _words("naming") for k in clause.under(j, "case"))
    ]
    if clause.lemma(head) not in _words("general"):
        yield head
    for j in (*held, *clause.under(head, "conj")):
        yield from _each(clause, j)


def differences(story: StoryReading, findings: Sequence[Finding]) -> Iterator[Candidate]:
    """Meetings that two reports give different subjects."""
    sides = Sides(story)
    read: dict[tuple[int, int], Subject] = {}
    for key, (k, *_) in sides.by_sentence.items():
        sentence, reading = sides.sentence(k), sides.reading(k)
        clause = Clause(reading, sentence, sentence.start, sentence.end)
        if found := subject(clause, reading.article.text):
            read[key] = found
    told: list[tuple[Side, Side]] = []
    for (i, j), p in sorted(sides.pairs.items()):
        keys = [(sides.article(k), sides.statements[k].sentence) for k in (i, j)]
        if p < LIKELY or any(key not in read for key in keys) or sides.kin(i, j) or sides.one_speaker(i, j):
            continue
        one, two = (read[key] for key in keys)
        if _within(sides, i, one.told) and _within(sides, j, two.told) and _differ(sides, i, j, one, two):
            told += [
                ((a, one, one.text), (b, two, two.text))
                for a in sides.by_sentence[keys[0]]
                for b in sides.by_sentence[keys[1]]
                if _within(sides, a, one.place) and _within(sides, b, two.place)
            ]
    for group in positions(sides, told):
        yield _candidate(group)


def _within(sides: Sides, k: int, place: Span) -> bool:
    """Whether clause ``k`` has a part in the place."""
    at = sides.statements[k].evidence
    return at.start < place.end and place.start < at.end


def _differ(sides: Sides, i: int, j: int, one: Subject, two: Subject) -> bool:
    """Whether each names a subject that the other's sentence does not, and none is named by both."""

    def stems(k: int) -> set[str]:
        return {stem(t.lemma.casefold()) for t in sides.sentence(k).tokens}

    if _other_times(sides, i, j) or one.nouns & two.nouns or one.nouns <= stems(j) or two.nouns <= stems(i):
        return False
    return not sides.alike(i, one.heads, j, two.heads)


def _other_times(sides: Sides, i: int, j: int) -> bool:
    """Whether both sentences name times, whatever their precision, and none in common."""
    one, two = (
        [
            (t.start, t.end or t.start)
            for t in sides.reading(k).times
            if sides.sentence(k).start <= t.evidence.start < sides.sentence(k).end
        ]
        for k in (i, j)
    )
    return bool(one and two) and not any(
        a[:DATE] <= d[:DATE] and c[:DATE] <= b[:DATE] for a, b in one for c, d in two
    )


def _candidate(group: Sequence[tuple[Hashable, str, tuple[Evidence, ...]]]) -> Candidate:
    """Both may be talked about, so that no conflict is shown."""
    meetings = sorted({x.meeting for x, *_ in group if isinstance(x, Subject)}, key=lambda m: (-len(m), m))
    return Candidate(
        kind="content",
        relation="scope",
        about=f"{meetings[0] or 'meeting'}: its subject",
        positions=tuple((name, evidence) for _, name, evidence in group),
        reasons=("one meeting, said to be about different things",),
    )
