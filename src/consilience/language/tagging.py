"""Reading the encoder's labels: the likeliest sequence of BIO tags, and the names that it spells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec
import numpy as np

from consilience.language.known import kinds
from consilience.lexicons import grammar, lexicon, word_set
from consilience.model import Name

TOUCHING = 2.0  # nats that a name right after another, no word between, has to be better by (UNER-EWT dev)


@lru_cache(maxsize=4)
def _costs(tags: tuple[str, ...]) -> np.ndarray:
    """Float (from, to): an I- tag may only follow a B- or I- tag of its type; names seldom touch."""
    return np.array(
        [
            [
                (0.0 if f != "O" and f[2:] == t[2:] else -np.inf)
                if t[0] == "I"
                else -TOUCHING
                if t[0] == "B" and f != "O"
                else 0.0
                for t in tags
            ]
            for f in tags
        ]
    )


def best_tags(scores: np.ndarray, tags: tuple[str, ...]) -> tuple[str, ...]:
    """The likeliest allowed tags (Viterbi). ``scores``: float (words, tags)."""
    if not len(scores):
        return ()
    scores = scores - scores.max(1, keepdims=True)
    scores = scores - np.log(np.exp(scores).sum(1, keepdims=True))
    greedy = scores.argmax(1)
    cost = _costs(tags)
    starts = np.array([t[0] == "I" for t in tags])
    if not starts[greedy[0]] and not cost[greedy[:-1], greedy[1:]].any():
        return tuple(tags[i] for i in greedy)
    total = np.where(starts, -np.inf, scores[0])
    back = []
    for row in scores[1:]:
        step = total[:, None] + cost
        back.append(step.argmax(0))
        total = step.max(0) + row
    at = int(total.argmax())
    path = [at]
    for row in reversed(back):
        at = int(row[at])
        path.append(at)
    return tuple(tags[i] for i in reversed(path))


_NO_NAME = re.compile(
    r"\S+@\S+|https?:|www\.|\S+\.(?:doc|docx|pdf|jpg|jpeg|png|gif|xls|xlsx|txt|htm|html)$", re.I
)


def names(tags: Sequence[str], words: Sequence[str]) -> list[tuple[int, int, str]]:
    """(first word, last word, type) of each name in BIO ``tags``.

    What the labels get wrong as a rule is mended: "Housing Authority of" + "Arvenia" is one name, "San
    Rafael California" and "Dallas / Austin" are two, the article before a name and a preposition or a stop
    after it are none of it, and web addresses, file names and words without a capital that no list knows
    are no names.
    """
    found: list[tuple[int, int, str]] = []
    for first, last, kind in _runs(tags):
        before = found[-1] if found else (0, -9, "")
        if _one_name(before, (first, last, kind), words):
            found[-1] = (before[0], last, before[2])
        else:
            found.append((first, last, kind))
    shouting = any(c.isupper() for w in words[1:] for c in w)
    parts = [part for name in found for part in _parts(*name, words)]
    return [part for part in parts if _is_name(words[part[0] : part[1] + 1], shouting)]


def _parts(first: int, last: int, kind: str, words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The names in a run, trimmed: nearly always one, two at a slash and of a town with its state."""
    links, opening, marks = (
        word_set("names", "links"),
        word_set("names", "opening"),
        word_set("names", "marks"),
    )
    while last > first and (
        words[last] in links or words[last] in marks and not _abbreviated(words[last - 1])
    ):
        last -= 1
    while last > first and words[first] in opening:
        first += 1
    cut = next((i for i in range(first + 1, last) if words[i] == "/"), None)
    if cut is not None:
        yield from _parts(first, cut - 1, kind, words)
        yield from _parts(cut + 1, last, kind, words)
        return
    state = _state(words[first : last + 1]) if kind == "place" and last > first else 0
    if state:
        yield first, first + state - 1, kind
        first += state
    yield first, last, kind


def _abbreviated(word: str) -> bool:
    """Whether a stop after ``word`` belongs to it ("Inc", "J")."""
    return len(word) == 1 or word.lower() in lexicon("names")["body"]["suffix"].split()


def _state(words: Sequence[str]) -> int:
    """Where in a place of several words a state or country after its town begins; 0 where none does."""
    if kinds(words):
        return 0
    for cut in range(1, len(words)):
        if words[cut - 1][-1:].isalnum() and kinds(words[cut:]) & _WIDE and kinds(words[:cut]) & _TOWNS:
            return cut
    return 0


_TOWNS, _WIDE = frozenset({"city", "town", "capital"}), frozenset({"country", "region", "state"})


def _is_name(words: Sequence[str], shouting: bool) -> bool:
    """Whether the words can be a name, in a sentence that has capitals elsewhere (``shouting``) or none."""
    capital = any(c.isupper() for w in words for c in w) or not shouting or bool(kinds(words) & _SURE)
    return capital and not any(_NO_NAME.match(w) for w in (words[0], words[-1])[: len(words)])


_SURE = frozenset({"country", "region", "city", "capital", "town", "company", "chain", "media", "landmark"})


def _one_name(before: tuple[int, int, str], after: tuple[int, int, str], words: Sequence[str]) -> bool:
    """Whether two names are halves of one: "Housing Authority of" + "Arvenia", "Gulf" + of + "Mexico"."""
    gap = after[0] - before[1] - 1
    if before[2] not in ("organization", "place") or after[2] not in ("organization", "place"):
        return False
    if gap == 0:
        return words[before[1]] in grammar("belonging")
    return (
        gap == 1
        and words[before[1] + 1] in grammar("genitive")
        and (before[2] == after[2] or before[2] == "organization")
    )


def _runs(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Maximal runs of one name's tags."""
    found: list[tuple[int, int, str]] = []
    start, kind = 0, ""
    for i, tag in enumerate([*tags, "O"]):
        inside = tag[:1] == "I" and tag[2:] == kind
        if kind and not inside:
            found.append((start, i - 1, kind))
            kind = ""
        if tag[:1] == "B" or (tag[:1] == "I" and not inside):
            start, kind = i, tag[2:]
    return found


FULL_NAME = 1.5  # votes of a person's full name for its last word alone, against 1 of each mention
SHORT_FORM = 1.0  # votes of an organization's full name for its first word ("Sumida Trust" for "Sumida")


def settled(found: Sequence[Name]) -> list[Name]:
    """The names of one article, each form with one type: the one that most of its mentions have.

    One sense per discourse (Gale, Church and Yarowsky 1992). A person's full name votes for its last
    word too, an organization's for its first. In a draw a mention keeps its own type; names of type event
    and other keep theirs.
    """
    votes: dict[str, Counter[str]] = {}
    for name in found:
        words = name.text.split()
        votes.setdefault(name.text.casefold(), Counter())[name.type] += 1
        if name.type == "person" and len(words) > 1:
            votes.setdefault(words[-1].casefold(), Counter())["person"] += FULL_NAME  # type: ignore[assignment]
        if name.type == "organization" and len(words) > 1:
            votes.setdefault(words[0].casefold(), Counter())["organization"] += SHORT_FORM  # type: ignore[assignment]
    out = []
    for name in found:
        count = votes[name.text.casefold()]
        best = max(_VOTING, key=lambda kind: count[kind])
        changes = name.type in _VOTING and count[best] > count[name.type]
        out.append(msgspec.structs.replace(name, type=best) if changes else name)
    return out


_VOTING = ("person", "organization", "place")
