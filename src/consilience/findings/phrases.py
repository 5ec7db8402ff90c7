"""Parts of a sentence that can hold a fact inside another clause: appositions, modifiers, short clauses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from consilience.model import Sentence, Token

# Relations of Universal Dependencies whose dependents, with all that hangs on them, are such parts.
BRANCHES = frozenset({"acl", "acl:relcl", "advcl", "ccomp", "conj", "parataxis", "xcomp", "appos", "obl"})
SHORTEST = 18  # code points
WIDEST = 0.6  # part of the sentence; what is wider is the sentence
MOST = 4  # of a sentence, the longest first
ALIKE = 8  # code points by which a phrase differs from a statement at least


class Phrase(NamedTuple):
    """``article`` and ``sentence`` as ``Units`` counts them; offsets in the article's text."""

    article: int
    sentence: int
    start: int
    end: int


def branches(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """The places of the clauses and longer parts that hang on a word of the sentence, by its parse."""
    low, high = list(range(len(tokens))), list(range(len(tokens)))
    for k in range(len(tokens)):
        at, seen = k, set()
        while at >= 0 and at not in seen:
            seen.add(at)
            low[at], high[at] = min(low[at], k), max(high[at], k)
            at = tokens[at].head
    found = [_bare(tokens, low[k], high[k]) for k, t in enumerate(tokens) if t.deprel in BRANCHES]
    return [(a, b) for a, b in found if b - a >= SHORTEST]


def _bare(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """The place of the tokens from ``first`` to ``last`` without marks at its edges."""
    while first < last and tokens[first].upos == "PUNCT":
        first += 1
    while last > first and tokens[last].upos == "PUNCT":
        last -= 1
    return tokens[first].start, tokens[last].end


def phrases(sentence: Sentence, own: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places of the sentence's phrases, the longest first; ``own`` are the places of its statements."""
    widest = WIDEST * (sentence.end - sentence.start)
    good = [
        (a, b)
        for a, b in dict.fromkeys(branches(sentence.tokens))
        if b - a <= widest and all(abs(a - x) + abs(b - y) >= ALIKE for x, y in own)
    ]
    return sorted(good, key=lambda place: (place[0] - place[1], place))[:MOST]
