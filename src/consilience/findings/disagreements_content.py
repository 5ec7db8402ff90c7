"""One happening, two causes: "burned because of a short circuit" here, "police blame the strikers" there.

Only what the reports themselves call a cause is compared: the noun behind "because of" or "due to", what
"caused" or "triggered" it, what is blamed or suspected, what it is put down or traced to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from consilience.findings.disagreements_happenings import Clause
from consilience.findings.disagreements_sides import Side, Sides, positions
from consilience.findings.disagreements_topic import topic
from consilience.findings.disagreements_weigh import Candidate
from consilience.findings.words import stem
from consilience.lexicons import lexicon
from consilience.model import Evidence, Finding, StoryReading
from consilience.spans import Span

LIKELY = 0.15  # probability of two clauses to be one fact; causes that differ lower it by themselves
_NOUNS = ("NOUN", "PROPN")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lexicon("phases")["causes"][name])


@dataclass(frozen=True)
class Cause:
    """What a clause calls the cause: its words, where they stand, and the stems of its nouns."""

    text: str
    place: Span
    nouns: frozenset[str]


def causes(clause: Clause, text: str) -> list[Cause]:
    """The causes that the clause names; ``text`` is the article's."""
    heads = [j for i in clause.inside for j in _heads(clause, i)]
    out = []
    for head in dict.fromkeys(heads):
        run = sorted(j for j in clause.phrase(head) if j in clause.inside)
        nouns = frozenset(
            stem(clause.lemma(j))
            for j in run
            if clause.tokens[j].upos in _NOUNS and clause.lemma(j) not in _words("empty")
        )
        if nouns and clause.tokens[head].upos in _NOUNS and not (run and run[0] in clause.times):
            place = Span(clause.tokens[run[0]].start, clause.tokens[run[-1]].end)
            out.append(Cause(place.of(text), place, nouns))
    return out


def _heads(clause: Clause, i: int) -> list[int]:
    """Heads of the noun phrases that token ``i`` makes causes."""
    token, lemma = clause.tokens[i], clause.lemma(i)

    def behind(cases: str) -> list[int]:
        wanted = _words(cases)
        return [
            j
            for j in clause.under(i, "obl")
            if any(clause.word(k) in wanted for k in clause.under(j, "case"))
        ]

    if token.upos in _NOUNS:
        case = [clause.word(k) for k in clause.under(i, "case")]
        if any(word in _words("before") for word in case):
            return [i]
        if lemma in _words("nouns") and clause.under(i, "cop"):
            return clause.under(i, "nsubj")
        if clause.under(i, "cop") and any(
            clause.lemma(j) in _words("nouns") for j in clause.under(i, "nsubj")
        ):
            return [i]
        return []
    if token.upos != "VERB":
        return []
    if lemma in _words("causing"):
        suffered = clause.passive(i) or token.deprel.startswith("acl")
        return behind("by") if suffered else clause.under(i, "nsubj")
    if lemma in _words("suspecting"):
        return behind("on") or clause.suffers(i)
    return behind("to") if lemma in _words("tracing") else []


def differences(story: StoryReading, findings: Sequence[Finding]) -> Iterator[Candidate]:
    """Happenings that two reports put down to different causes."""
    sides = Sides(story)
    read: dict[int, list[Cause]] = {}
    for k, statement in enumerate(sides.statements):
        place, reading = statement.evidence, sides.reading(k)
        clause = Clause(reading, sides.sentence(k), place.start, place.end)
        elsewhere = any(clause.word(i) in _words("elsewhere") for i in clause.inside)
        read[k] = [] if elsewhere else causes(clause, reading.article.text)
    told: list[tuple[Side, Side]] = []
    for (i, j), p in sorted(sides.pairs.items()):
        if p < LIKELY or not (read[i] and read[j]) or sides.kin(i, j) or sides.one_speaker(i, j):
            continue
        pair = next(((x, y) for x in read[i] for y in read[j] if _differ(sides, i, j, x, y)), None)
        if pair:
            x, y = pair
            told.append(((i, x.nouns, x.text), (j, y.nouns, y.text)))
    for group in positions(sides, told):
        yield _candidate([(name, evidence) for _, name, evidence in group])


def _differ(sides: Sides, i: int, j: int, x: Cause, y: Cause) -> bool:
    """Whether neither sentence names the other's cause, and both speak of one thing beside it."""

    def stems(k: int) -> set[str]:
        return {stem(t.lemma) for t in sides.sentence(k).tokens if t.upos in ("NOUN", "PROPN", "VERB")}

    one, two = stems(i), stems(j)
    causing = _words("causing") | _words("suspecting") | _words("tracing") | _words("nouns")
    if x.nouns & two or y.nouns & one or not (one & two) - {stem(w) for w in causing}:
        return False
    return not sides.alike(i, (x.place,), j, (y.place,))


def _candidate(group: Sequence[tuple[str, tuple[Evidence, ...]]]) -> Candidate:
    return Candidate(
        kind="content",
        relation=None,
        about=f"{topic(group)}: its cause",
        positions=tuple(group),
        reasons=("one happening, put down to different causes",),
    )
