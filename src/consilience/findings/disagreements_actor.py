"""Who it was: one report insists ("It was the mayor, not the police, who gave the order"), another differs.

A report that puts the doer first, or denies another one, does so because that is in dispute. What it says
was done is looked for in the clauses that may be the same fact: one that has the denied one, or that tells
the same act of somebody else, is the other side. Where no persons or bodies are set against each other but
things ("a crack in a pipe, not a valve"), it is a difference of content; where only somebody is denied, one
of polarity.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from consilience.findings.disagreements_happenings import Clause, form
from consilience.findings.disagreements_sides import Side, Sides, positions
from consilience.findings.disagreements_topic import topic
from consilience.findings.disagreements_weigh import Candidate
from consilience.findings.words import stem
from consilience.lexicons import grammar, lexicon
from consilience.model import DisagreementKind, Finding, Sentence, StoryReading, Token
from consilience.spans import Span

FAR = 30  # words between "it was" and the "who" that belongs to it
NEAR = 6  # and between "not" and the noun that it denies
DENIED = 0.3  # probability of one fact from which a clause that has the denied one is the other side
SAME_ACT = 0.2  # and from which one that tells the same act of another is
BESIDE = 0.5  # part of the surest other clause's probability that others must have
_NOUNS = ("NOUN", "PROPN")
_BEFORE = ("det", "amod", "compound", "nummod")  # what belongs to a noun and stands before it


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lexicon("phases")["insisting"][name])


@cache
def _vague() -> frozenset[str]:
    verbs = lexicon("phases")["verbs"]
    return frozenset(verbs["vague"]) | frozenset(verbs["empty"]) | frozenset(verbs["light"])


@dataclass(frozen=True)
class Insistence:
    """Token indices of who is put forward and of who is denied, forms of what was done, and the place."""

    doer: tuple[int, ...]
    denied: tuple[int, ...]
    act: frozenset[str]
    place: Span


# --- the report that insists ----------------------------------------------------------------------


def insistence(sentence: Sentence) -> Insistence | None:
    """What the sentence insists on; None where it does not.

    "It was X (not Y) who did it", "it was not Y (but X) who did it", "X, not Y, did it".
    """
    return _put_first(sentence) or _not_another(sentence)


def _put_first(sentence: Sentence) -> Insistence | None:
    tokens = sentence.tokens
    words = [t.text.casefold() for t in tokens]
    for i in range(len(tokens) - 3):
        copula = tokens[i + 1].lemma in grammar("copula") or words[i + 1] in grammar("copula_clitic")
        if words[i] not in grammar("dummy_subject") or not copula:
            continue
        first = i + 2
        while first < len(words) and words[first] in _words("padding"):
            first += 1
        negated = first < len(words) and words[first] in grammar("plain_negation")
        start = first + negated
        ends = [k for k in range(start + 1, min(start + FAR, len(words))) if words[k] in _words("relative")]
        if not ends or not _noun_phrase(tokens, start):
            continue
        doer, denied = _parts(words, range(start, ends[0]), negated)
        said = [k for k in (*doer, *denied) if tokens[k].upos in _NOUNS]
        if any(tokens[k].upos == "VERB" and tokens[k].deprel == "root" for k in (*doer, *denied)):
            continue
        if said and tokens[said[0]].lemma.casefold() in _words("vague"):
            continue
        last = next((k for k in range(ends[0], len(words)) if words[k] in ("”", '"', ";")), len(words))
        suffered = any(t.deprel == "aux:pass" and k > ends[0] for k, t in enumerate(tokens))
        act = frozenset(
            form(tokens[k])
            for k in range(ends[0] + 1, last)
            if tokens[k].upos in ("NOUN", "VERB")
            and tokens[k].lemma.casefold() not in _vague()
            and not suffered
        )
        return Insistence(doer, denied, act, Span(tokens[i].start, tokens[last - 1].end))
    return None


def _noun_phrase(tokens: Sequence[Token], start: int) -> bool:
    """Whether a noun phrase begins here, and no "it was clear that"."""
    kind = tokens[start].upos
    after = tokens[start + 1].upos if start + 1 < len(tokens) else ""
    return kind in ("DET", "NOUN", "PROPN", "PRON") or (kind == "ADJ" and after in (*_NOUNS, "ADJ"))


def _parts(words: Sequence[str], run: range, negated: bool) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Who is put forward and who is denied between "it was" and "who"."""
    turning = grammar("adversative" if negated else "plain_negation")
    turn = next((k for k in run if words[k] in turning), None)
    before = tuple(k for k in run if turn is None or k < turn)
    after = tuple(k for k in run if turn is not None and k > turn)
    return (after, before) if negated else (before, after)


def _not_another(sentence: Sentence) -> Insistence | None:
    """ "A cracked line, not the valve, made it slow": a noun beside another that is denied."""
    tokens = sentence.tokens
    for i in range(1, len(tokens) - 1):
        joins = tokens[i - 1].text in ",–—" or tokens[i - 1].text.casefold() in grammar("additive")
        if tokens[i].text.casefold() not in grammar("plain_negation") or not joins:
            continue
        near = [k for k in range(i + 1, min(i + NEAR, len(tokens))) if tokens[k].upos in _NOUNS]
        if not near or any(tokens[k].text.casefold() in _words("limits") for k in range(i + 1, near[0])):
            continue
        denied = tokens[i].head if tokens[i].head in near else near[0]
        doer = tokens[denied].head
        if doer < 0 or doer > i or tokens[doer].upos not in _NOUNS:
            continue
        whole = Span(tokens[0].start, tokens[-1].end)
        parts = [k for k in near if k == denied or tokens[k].head == denied]
        first = min(
            [k for k in range(doer) if tokens[k].head == doer and tokens[k].deprel in _BEFORE], default=doer
        )
        return Insistence(tuple(range(first, doer + 1)), tuple(parts), frozenset(), whole)
    return None


# --- the other side -------------------------------------------------------------------------------


def differences(story: StoryReading, findings: Sequence[Finding]) -> Iterator[Candidate]:
    """Doers on whom reports insist, beside those that others name."""
    sides = Sides(story)
    units = sides.scored.units
    clauses: dict[int, list[int]] = defaultdict(list)
    for k in range(len(sides.statements)):
        clauses[int(units.sentence[k])].append(k)
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for (i, j), p in sides.pairs.items():
        near[i][j] = near[j][i] = p
    told: dict[DisagreementKind, list[tuple[Side, Side]]] = defaultdict(list)
    for own in clauses.values():
        found = insistence(sides.sentence(own[0]))
        mine = [k for k in own if found and sides.statements[k].evidence.span.overlap(found.place)]
        if found is None or not mine or _is_time(sides, mine[0], found):
            continue
        if not found.act and any(sides.statements[k].quoted for k in mine):
            continue
        name = _name(sides, mine[0], found)
        told[_kind(sides, mine[0], found)] += [
            ((m, "one", name), (k, "another", "another"))
            for k in _others(sides, mine, found, near)
            for m in mine
        ]
    for kind in sorted(told):
        for group in positions(sides, told[kind]):
            yield _candidate(kind, [(name, evidence) for _, name, evidence in group])


def _is_time(sides: Sides, own: int, found: Insistence) -> bool:
    """Whether what is denied is a date."""
    tokens = sides.sentence(own).tokens
    times = [t.evidence.span for t in sides.reading(own).times]
    return any(span.start <= tokens[k].start < span.end for k in found.denied for span in times)


def _others(
    sides: Sides, mine: Sequence[int], found: Insistence, near: dict[int, dict[int, float]]
) -> list[int]:
    """The clauses of the other side, the less likely left out where one is likely."""
    likely: dict[int, float] = defaultdict(float)
    for k in mine:
        for other, p in near[k].items():
            likely[other] = max(likely[other], p)
    scored = [
        (p, k)
        for k, p in likely.items()
        if p >= SAME_ACT and not sides.kin(mine[0], k) and _other_side(sides, mine[0], found, k, p)
    ]
    best = max((p for p, _ in scored), default=0.0)
    return sorted(k for p, k in scored if p >= BESIDE * best)


def _other_side(sides: Sides, own: int, found: Insistence, k: int, p: float) -> bool:
    """Whether clause ``k`` has the denied one, or tells the same act of somebody else."""
    mine, theirs = sides.sentence(own), sides.sentence(k)
    whole = range(len(theirs.tokens))
    if _nouns(mine, found.doer) & _nouns(theirs, whole):
        return False
    if _named(sides, own, found.doer) & _named(sides, k, whole):
        return False
    place = sides.statements[k].evidence
    clause = Clause(sides.reading(k), theirs, place.start, place.end)
    negative = frozenset(lexicon("phases")["tense"]["negative"])
    if any(clause.word(i) in negative for i in clause.inside):
        return False
    heads = [i for i in clause.inside if theirs.tokens[i].deprel not in ("compound", "amod")]
    if p >= DENIED and _nouns(mine, found.denied) & _nouns(theirs, heads):
        return True
    return (
        _kind(sides, own, found) == "actor" and bool(_nouns(mine, found.doer)) and _does_it(clause, found.act)
    )


def _nouns(sentence: Sentence, at: Sequence[int]) -> frozenset[str]:
    tokens = (sentence.tokens[k] for k in at)
    return frozenset(
        stem(t.lemma)
        for t in tokens
        if t.upos in _NOUNS and t.lemma.casefold() not in _words("padding") and t.text.isalpha()
    )


def _named(sides: Sides, k: int, at: Sequence[int]) -> frozenset[str]:
    tokens, article = sides.sentence(k).tokens, sides.statements[k].evidence.article
    return frozenset().union(*(sides.names(article, tokens[i].start, tokens[i].end) for i in at), ())


def _does_it(clause: Clause, act: frozenset[str]) -> bool:
    """Whether the clause tells the act, with somebody who does it."""
    for i in clause.inside:
        token = clause.tokens[i]
        if form(token) not in act:
            continue
        agent = grammar("agent")
        by = (
            j for j in clause.under(i, "obl") if any(clause.word(x) in agent for x in clause.under(j, "case"))
        )
        if token.upos == "VERB" and (any(by) or (clause.under(i, "nsubj") and not clause.passive(i))):
            return True
        if token.lemma.casefold() in _words("acts") and clause.under(i, "nmod"):
            return True
    return False


# --- what it is called ----------------------------------------------------------------------------


@cache
def _people() -> frozenset[str]:
    table = lexicon("people")
    return frozenset(" ".join(table[key] for key in ("person", "collective", "body")).split())


def _kind(sides: Sides, own: int, found: Insistence) -> DisagreementKind:
    """actor where persons or bodies are set against each other, polarity where one is only denied."""
    types = {e.id: e.type for e in sides.story.entities}
    tokens = sides.sentence(own).tokens
    at = (*found.doer, *found.denied)
    named = any(types.get(e) in ("person", "organization") for e in _named(sides, own, at))
    if not named and not any(tokens[k].upos == "PRON" or tokens[k].lemma.casefold() in _people() for k in at):
        return "content"
    return "actor" if found.doer else "polarity"


def _name(sides: Sides, own: int, found: Insistence) -> str:
    tokens = sides.sentence(own).tokens
    if not found.doer:
        return "somebody else"
    text = sides.reading(own).article.text
    name = text[tokens[found.doer[0]].start : tokens[found.doer[-1]].end].strip(" ,")
    for word in grammar("additive"):
        name = name.removesuffix(" " + word)
    return name.strip(" ,")


def _candidate(kind: DisagreementKind, group: Sequence[tuple]) -> Candidate:
    return Candidate(
        kind=kind,
        relation=None,
        about=f"{topic(group)}: who or what it was",
        positions=tuple(group),
        reasons=("one report insists on who or what it was, another has another",),
    )
