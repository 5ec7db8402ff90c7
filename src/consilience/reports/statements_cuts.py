"""Cutting a sentence into clauses by its parse (Universal Dependencies).

A word belongs to the nearest clause head above it; a clause is a run of neighbouring words of one head.
What is too short to be a fact by itself stays with the clause that it hangs on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from consilience.lexicons import lexicon
from consilience.model import Token

_CLAUSES = frozenset({"ccomp", "advcl", "acl:relcl", "acl", "parataxis"})
_SUBJECTS = ("nsubj", "csubj", "expl")
_PREDICATES = frozenset({"VERB", "AUX"})
_INNER_GAP = 0.35  # part of a clause's hull that may belong to others; above it, its runs stand by themselves


class Clause(NamedTuple):
    """Token indices ``[first, last)`` of the words that the clause covers, and of its head."""

    first: int
    last: int
    head: int


def clauses(tokens: Sequence[Token]) -> list[Clause]:
    """The clauses of a sentence in the order of their words; the whole sentence where it has no parse."""
    roots = [i for i, t in enumerate(tokens) if t.head < 0]
    if len(roots) != 1 or len(tokens) < 2:
        return [Clause(0, len(tokens), roots[0] if len(roots) == 1 else 0)] if tokens else []
    owner = _owners(tokens, roots[0])
    for _ in range(len(tokens)):
        short = _shortest(tokens, owner)
        if short is None:
            break
        above = _above(tokens, owner, short)
        owner = [above if o == short else o for o in owner]
    out = []
    for head in dict.fromkeys(owner):
        out += _runs(tokens, owner, head)
    return sorted(out)


def _owners(tokens: Sequence[Token], root: int) -> list[int]:
    heads = {i for i, t in enumerate(tokens) if i == root or _opens(tokens, i)}
    owner = []
    for i in range(len(tokens)):
        at, steps = i, 0
        while at not in heads and tokens[at].head >= 0 and steps < len(tokens):
            at, steps = tokens[at].head, steps + 1
        owner.append(at if at in heads else root)
    return owner


def _opens(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word heads a clause of its own, or an apposition long enough to be a fact."""
    token = tokens[i]
    if token.deprel in _CLAUSES:
        return True
    if token.deprel == "conj":
        return token.upos in _PREDICATES or _has_subject(tokens, i)
    if token.deprel == "appos":
        first, last = _subtree(tokens, i)
        return tokens[last - 1].end - tokens[first].start >= _limit("phrase")
    return False


def _has_subject(tokens: Sequence[Token], i: int) -> bool:
    return any(t.head == i and t.deprel.startswith(_SUBJECTS) for t in tokens)


def _subtree(tokens: Sequence[Token], top: int) -> tuple[int, int]:
    inside = []
    for i in range(len(tokens)):
        at, steps = i, 0
        while at != top and tokens[at].head >= 0 and steps < len(tokens):
            at, steps = tokens[at].head, steps + 1
        if at == top:
            inside.append(i)
    return inside[0], inside[-1] + 1


def _limit(name: str) -> int:
    return lexicon("statements")["shortest"][name]


def _length(tokens: Sequence[Token], owner: Sequence[int], head: int) -> int:
    own = (t for t, o in zip(tokens, owner, strict=True) if o == head and t.upos != "PUNCT")
    return sum(t.end - t.start + 1 for t in own)


def _shortest(tokens: Sequence[Token], owner: Sequence[int]) -> int | None:
    """The shortest clause that is too short to stand alone, if there is one beside another."""
    heads = dict.fromkeys(owner)
    if len(heads) < 2:
        return None
    length, head = min((_length(tokens, owner, h), h) for h in heads)
    return head if length < _limit("clause") else None


def _above(tokens: Sequence[Token], owner: Sequence[int], head: int) -> int:
    """The clause that ``head`` hangs on; for the root, the nearest clause that hangs on it."""
    if tokens[head].head >= 0:
        return owner[tokens[head].head]
    others = [o for o in dict.fromkeys(owner) if o != head]
    return min(others, key=lambda o: (abs(o - head), o))


def _runs(tokens: Sequence[Token], owner: Sequence[int], head: int) -> list[Clause]:
    """The clause's words as one run: its hull where little else lies in it, else its runs by themselves."""
    own = [i for i, o in enumerate(owner) if o == head and tokens[i].upos != "PUNCT"]
    if not own:
        return []
    first, last = own[0], own[-1] + 1
    size = sum(tokens[i].end - tokens[i].start + 1 for i in own)
    if size >= (1 - _INNER_GAP) * (tokens[last - 1].end - tokens[first].start):
        return [Clause(first, last, head)]
    runs: list[list[int]] = []
    mine = set(own)
    for i in own:
        between = range(runs[-1][1], i) if runs else ()
        if runs and all(j in mine or tokens[j].upos == "PUNCT" for j in between):
            runs[-1][1] = i + 1
        else:
            runs.append([i, i + 1])
    best = max(runs, key=lambda r: (r[0] <= head < r[1], r[1] - r[0]))
    keep = [r for r in runs if r is best or tokens[r[1] - 1].end - tokens[r[0]].start >= _limit("run")]
    return [Clause(a, b, head if a <= head < b else a) for a, b in keep]
