"""A claim and its denial side by side: "Residents say the gates were opened. The company denies this."

The denial names no words of what it denies: it points back, by "this", "it", "which", "the charge", or breaks
off behind "not" ("The police say that they did not"). What it points to is what somebody else is said to say
in the sentence before, or before the relative clause. Both stand in one report, so that nothing has to be
guessed of two; where other reports have either, they count.
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
from consilience.spans import Span

SAME = 0.85  # probability from which another report's clause tells the same claim, or the same denial
PLAIN = "plain"  # the kind of auxiliary that a verb without one takes when it is denied
_AHEAD = ("to come", "conditional")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lexicon("differences")["rebuttals"][name])


def _called(denied: bool) -> str:
    return lexicon("differences")["rebuttals"]["called"][denied]


@dataclass(frozen=True)
class Rebuttal:
    """``verb``: token that denies; ``inside``: token before which the sentence holds the claim, or None
    where the sentence before does; ``broken``: the kind of auxiliary ("did", "was") that it breaks off at,
    which the claim must have too."""

    verb: int
    inside: int | None
    broken: str = ""


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
    return out + [Rebuttal(i, None, kind) for i in clause.inside if (kind := _broken(clause, i))]


@cache
def _auxiliaries() -> dict[str, str]:
    return {word: kind for kind, words in lexicon("differences")["auxiliaries"].items() for word in words}


def _broken(clause: Clause, i: int) -> str:
    """The kind of an auxiliary behind a pronoun at which a clause breaks off: "that it would not."."""
    tokens, kind = clause.tokens, _auxiliaries().get(clause.word(i), "")
    if not kind or not 0 < i < len(tokens) - 2 or tokens[i - 1].upos != "PRON":
        return ""
    ends = clause.word(i + 1) in _words("not") and tokens[i + 2].upos == "PUNCT"
    return kind if ends and clause.word(i - 1) in _words("subjects") else ""


def _kind(sides: Sides, k: int) -> str:
    """The kind of auxiliary that a clause would break off at were it denied: of "did" for "they fired"."""
    sentence, place = sides.sentence(k), sides.statements[k].evidence.span
    clause = Clause(sides.reading(k), sentence, place.start, place.end)
    number = sides.statements[k].attribution
    cue = sides.reading(k).attributions[number].cue if number is not None else None
    inside = [i for i in clause.inside if cue is None or not cue.span.overlap(_at(clause, i))]
    tops = [i for i in inside if clause.tokens[i].head not in inside and clause.tokens[i].upos != "PUNCT"]
    for top in tops:
        helpers = [i for i in clause.under(top, "aux", "cop") if i in inside]
        kinds = [_auxiliaries()[clause.word(i)] for i in helpers if clause.word(i) in _auxiliaries()]
        if kinds:
            return kinds[0]
        if clause.tokens[top].upos == "VERB" and not helpers and clause.under(top, "nsubj"):
            return PLAIN
    return ""


def _at(clause: Clause, i: int) -> Span:
    return Span(clause.tokens[i].start, clause.tokens[i].end)


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
    if denial is None:
        return
    denier = _sayer(sides, denial, at) if found.broken else _denier(sides, denial, at)
    if not (denier if found.broken else clause.subject(found.verb) or clause.under(found.verb, "obl")):
        return
    if found.inside is not None:
        limit = clause.tokens[found.inside].start
        before = [k for k in own if _end(sides, k) <= limit and k != denial]
    answers = [denial, *_quoted(sides, denial, after)]
    for claim in _claims(sides, before, denier, found.broken):
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


def _sayer(sides: Sides, k: int, place: int) -> frozenset[str]:
    """What the one is called who is said to say what stands at ``place``."""
    told = sides.reading(k).attributions
    return _names(next((a for a in told if any(c.start <= place < c.end for c in a.content)), None))


def _names(attribution: Attribution | None) -> frozenset[str]:
    """Entity, name and printed words of who speaks."""
    if attribution is None:
        return frozenset()
    speaker, source = attribution.speaker, attribution.source
    called = [speaker.entity, speaker.name.casefold()] if speaker else []
    return frozenset(name for name in (*called, source and source.text.casefold()) if name)


def _claims(sides: Sides, before: Sequence[int], denier: frozenset[str], broken: str) -> list[int]:
    """What the sentence reports, in its own words, that somebody else says to be or to have been so: all of
    the last one said, or where the denial breaks off at an auxiliary, the last that has it. Quoted words are
    left out: one of several sentences may be meant."""
    said = {k: n for k in before if (n := sides.statements[k].attribution) is not None}
    if not said or any(sides.statements[k].quoted for k in said):
        return []
    said_last, last = list(said.items())[-1]
    claims = [k for k, number in said.items() if number == last]
    if broken:
        claims = [k for k in claims if _kind(sides, k) == broken][-1:]
    elif any(sides.statements[k].status in _AHEAD for k in claims):
        return []  # what is refused then is a demand or a plan
    return [] if denier & _names(sides.reading(said_last).attributions[last]) else claims


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
