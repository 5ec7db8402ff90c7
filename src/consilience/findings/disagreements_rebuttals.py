"""A claim and its denial side by side: "Residents say the gates were opened. The company denies this."

The denial names no words of what it denies: it points back, by "this", "it", "which", "the charge". What it
points to is what somebody else is said to say in the sentence before, or before the relative clause. Both
stand in one report, so that nothing has to be guessed of two; where other reports have either, they count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from consilience.findings.disagreements_happenings import Clause
from consilience.findings.disagreements_sides import Side, Sides, positions
from consilience.findings.disagreements_topic import topic
from consilience.findings.disagreements_weigh import Candidate
from consilience.lexicons import lexicon
from consilience.model import Attribution, Evidence, Finding, StoryReading

SAME = 0.85  # probability from which another report's clause tells the same claim, or the same denial
_AHEAD = ("to come", "conditional")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lexicon("differences")["rebuttals"][name])


def _called(denied: bool) -> str:
    return lexicon("differences")["rebuttals"]["called"][denied]


@dataclass(frozen=True)
class Rebuttal:
    """``verb``: token that denies; ``inside``: token before which the sentence holds the claim, or None
    where the sentence before does."""

    verb: int
    inside: int | None


def rebuttals(clause: Clause) -> list[Rebuttal]:
    """The denials of a sentence that point back to what they deny."""
    out = []
    for i in clause.inside:
        token = clause.tokens[i]
        if token.upos != "VERB" or clause.lemma(i) not in _words("denying") or clause.negated(i):
            continue
        if clause.under(i, "ccomp", "xcomp", "csubj"):
            continue  # says itself what it denies
        if token.deprel.startswith("acl") or token.deprel.endswith("relcl"):
            relative = [j for j in clause.under(i, "obj") if clause.word(j) in _words("which")]
            if relative and token.head >= 0:
                noun = token.head
                named = clause.lemma(noun) in _words("claims") and clause.tokens[noun].deprel == "appos"
                out.append(Rebuttal(i, noun if named else relative[0]))
        elif any(_points_back(clause, j) for j in clause.suffers(i)):
            out.append(Rebuttal(i, None))
    return out


def _points_back(clause: Clause, j: int) -> bool:
    """ "this", "it", "the charge": with nothing behind it that says which."""
    if clause.word(j) in _words("back") and not clause.below[j]:
        return True
    if clause.lemma(j) not in _words("claims"):
        return False
    held = [k for k in clause.below[j] if clause.tokens[k].deprel.split(":")[0] in ("acl", "nmod", "ccomp")]
    return not held and any(clause.word(k) in _words("pointing") for k in clause.under(j, "det"))


def differences(story: StoryReading, findings: Sequence[Finding]) -> Iterator[Candidate]:
    """Claims that a report has denied right beside them, with all reports that have either."""
    sides = Sides(story)
    clauses = sides.by_sentence
    told: list[tuple[Side, Side]] = []
    for (article, number), own in sorted(clauses.items()):
        sentence, reading = sides.sentence(own[0]), sides.reading(own[0])
        if sentence.kind == "heading":
            continue
        clause = Clause(reading, sentence, sentence.start, sentence.end)
        for found in rebuttals(clause):
            before, after = (clauses.get((article, number + step), []) for step in (-1, 1))
            told += _told(sides, clause, found, own, before, after)
    for group in positions(sides, told):
        yield _candidate([(name, evidence) for _, name, evidence in group])


def _told(
    sides: Sides,
    clause: Clause,
    found: Rebuttal,
    own: Sequence[int],
    before: Sequence[int],
    after: Sequence[int],
) -> Iterator[tuple[Side, Side]]:
    """(claim, denial) for each clause that has either, in this report and in the others."""
    at = clause.tokens[found.verb].start
    denial = next((k for k in own if sides.statements[k].evidence.start <= at < _end(sides, k)), None)
    if denial is None or not clause.subject(found.verb) and not clause.under(found.verb, "obl"):
        return
    if found.inside is not None:
        limit = clause.tokens[found.inside].start
        before = [k for k in own if _end(sides, k) <= limit and k != denial]
    answers = [denial, *_quoted(sides, denial, after)]
    for claim in _claims(sides, before, _denier(sides, denial, at)):
        for one in _alike(sides, claim, denial):
            for two in (m for answer in answers for m in _alike(sides, answer, claim)):
                yield (one, False, _called(False)), (two, True, _called(True))


def _quoted(sides: Sides, k: int, after: Sequence[int]) -> list[int]:
    """The words of the denial, where the next sentence of the paragraph quotes them."""
    if not after or sides.sentence(after[0]).paragraph != sides.sentence(k).paragraph:
        return []
    at = sides.statements[after[0]].evidence.span
    return list(after[:1]) if any(q.evidence.span.overlap(at) for q in sides.reading(k).quotes) else []


def _end(sides: Sides, k: int) -> int:
    return sides.statements[k].evidence.end


def _denier(sides: Sides, k: int, verb: int) -> frozenset[str]:
    """What the one who denies is called, by the attribution whose cue is the verb."""
    told = sides.reading(k).attributions
    found = next((a for a in told if a.cue and a.cue.start <= verb < a.cue.end), None)
    return _names(found)


def _names(attribution: Attribution | None) -> frozenset[str]:
    """Entity, name and printed words of who speaks."""
    if attribution is None:
        return frozenset()
    speaker, source = attribution.speaker, attribution.source
    called = [speaker.entity, speaker.name.casefold()] if speaker else []
    return frozenset(name for name in (*called, source and source.text.casefold()) if name)


def _claims(sides: Sides, before: Sequence[int], denier: frozenset[str]) -> list[int]:
    """What the sentence reports, in its own words, that somebody else says to be or to have been so: all of
    the last one said. Quoted words are left out: one of several sentences may be meant."""
    said = {k: n for k in before if (n := sides.statements[k].attribution) is not None}
    if not said or any(sides.statements[k].quoted for k in said):
        return []
    last = list(said.values())[-1]
    claims = [k for k, number in said.items() if number == last]
    if any(sides.statements[k].status in _AHEAD for k in claims):
        return []  # what is refused then is a demand or a plan
    return [] if denier & _names(sides.reading(claims[0]).attributions[last]) else claims


def _alike(sides: Sides, k: int, other: int) -> list[int]:
    """The clause, and those of other reports that tell the same and are not as like the other side."""
    out = [k]
    for (i, j), p in sides.pairs.items():
        if p >= SAME and k in (i, j):
            m = j if i == k else i
            if p > sides.pairs.get((min(m, other), max(m, other)), 0.0):
                out.append(m)
    return sorted(out)


def _candidate(group: Sequence[tuple[str, tuple[Evidence, ...]]]) -> Candidate:
    return Candidate(
        kind="polarity",
        relation=None,
        about=f"{topic(group[:1])}: said, and denied",
        positions=tuple(group),
        reasons=("one says it, another denies it in the next breath",),
    )
