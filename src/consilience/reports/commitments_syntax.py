"""What the parse of a sentence says of its acts: each verb with its auxiliaries, negation and subject.

Analyses without a parse (heads of -1 throughout) have no acts; everything here then stays silent.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from consilience.lexicons import grammar, lexicon
from consilience.model import Analysis, Name, Sentence, Token
from consilience.spans import Span

SUBJECTS = ("nsubj", "nsubj:pass", "csubj")
AUXILIARIES = ("aux", "aux:pass", "cop")
CONTROLLED = ("xcomp", "conj", "ccomp")


class Act(NamedTuple):
    """A verb of a sentence: token indices of it and of its subject (None: none), its auxiliaries' lemmas."""

    verb: int
    subject: int | None
    auxiliaries: tuple[str, ...]
    negated: bool
    passive: bool


def parsed(sentence: Sentence) -> bool:
    """Whether the sentence has a parse."""
    return any(t.head >= 0 for t in sentence.tokens)


def acts(analysis: Analysis, index: int, span: Span) -> list[Act]:
    """The verbs of sentence ``index`` within ``span``, in order."""
    tokens = analysis.sentences[index].tokens
    return [a for a in _acts(analysis, index) if span.start <= tokens[a.verb].start < span.end]


@lru_cache(maxsize=8)  # a sentence is asked for its acts as a whole, then by its clauses
def _acts(analysis: Analysis, index: int) -> tuple[Act, ...]:
    sentence = analysis.sentences[index]
    if not parsed(sentence):
        return ()
    tokens = sentence.tokens
    children: dict[int, list[int]] = {}
    for i, token in enumerate(tokens):
        children.setdefault(token.head, []).append(i)
    out = []
    for i, token in enumerate(tokens):
        if token.upos != "VERB":
            continue
        below = children.get(i, [])
        auxiliaries = tuple(tokens[k].lemma.lower() for k in below if tokens[k].deprel in AUXILIARIES)
        negated = any(tokens[k].lemma.lower() in grammar("negation") for k in below)
        passive = any(tokens[k].deprel in ("aux:pass", "nsubj:pass") for k in below)
        out.append(Act(i, _subject(tokens, children, i), auxiliaries, negated, passive))
    return tuple(out)


def _subject(tokens: Sequence[Token], children: dict[int, list[int]], verb: int) -> int | None:
    """The subject of a verb: its own, that of the verb it hangs on, or what its relative clause describes."""
    seen: set[int] = set()
    at = verb
    while at >= 0 and at not in seen:
        seen.add(at)
        own = [k for k in children.get(at, []) if tokens[k].deprel in SUBJECTS]
        relative = tokens[at].deprel.startswith("acl")
        if own and not (relative and tokens[own[0]].lemma.lower() in grammar("relative")):
            return own[0]
        if relative and (own or at == verb):
            return tokens[at].head
        if tokens[at].deprel not in CONTROLLED and not tokens[at].deprel.startswith("advcl"):
            return None
        at = tokens[at].head
    return None


def subtree(sentence: Sentence, head: int) -> list[int]:
    """The token and all that hang on it without clauses and appositions, in order."""
    cut = ("acl", "appos", "parataxis", "advcl", "ccomp", "conj", "cc", "punct", "dep")
    out, queue = [], [head]
    children: dict[int, list[int]] = {}
    for i, token in enumerate(sentence.tokens):
        children.setdefault(token.head, []).append(i)
    while queue:
        at = queue.pop()
        out.append(at)
        queue += [
            k for k in children.get(at, []) if not sentence.tokens[k].deprel.startswith(cut) and k not in out
        ]
    return sorted(out)


def kind_of(sentence: Sentence, index: int | None, names: Sequence[Name]) -> str:
    """Who a subject is, roughly: I, he, it, person, organization, place, noun or none."""
    if index is None:
        return "none"
    token = sentence.tokens[index]
    low = token.text.lower()
    if token.upos == "PRON":
        subjects = lexicon("commitments")["subjects"]
        return "I" if low in subjects["first"] else low if low in subjects["told_apart"] else "pronoun"
    inside = next((n for n in names if n.start <= token.start < n.end), None)
    return inside.type if inside else "noun"


def features(analysis: Analysis, index: int, span: Span) -> set[str]:
    """The features of the acts of sentence ``index`` within ``span``."""
    sentence = analysis.sentences[index]
    names = [n for n in analysis.names if n.sentence == index]
    out: set[str] = set()
    told_apart = lexicon("commitments")["auxiliaries"]["told_apart"]
    for act in acts(analysis, index, span):
        lemma = sentence.tokens[act.verb].lemma.lower()
        helper = next((a for a in told_apart if a in act.auxiliaries), "")
        no = "not " if act.negated else ""
        who = kind_of(sentence, act.subject, names)
        noun = (
            sentence.tokens[act.subject].lemma.lower() if act.subject is not None and who == "noun" else who
        )
        place = sentence.tokens[act.verb].deprel.split(":")[0]
        out |= {
            f"v:{lemma}",
            f"v:{no}{helper} {lemma}",
            f"v:{place} {no}{helper}",
            f"v:{who} {no}{helper}",
            f"v:{who} {lemma}",
            f"v:subject {noun}",
            f"v:{noun} {no}{helper}",
        }
    return out
