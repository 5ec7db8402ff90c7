"""Reading the encoder's labels: the likeliest sequence of BIO tags, and the names that it spells."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np


@lru_cache(maxsize=4)
def _forbidden(tags: tuple[str, ...]) -> np.ndarray:
    """Boolean (from, to): an I- tag may only follow a B- or I- tag of its type."""
    return np.array([[t[0] == "I" and f[2:] != t[2:] for t in tags] for f in tags])


def best_tags(scores: np.ndarray, tags: tuple[str, ...]) -> tuple[str, ...]:
    """The likeliest allowed tags (Viterbi). ``scores``: float (words, tags)."""
    if not len(scores):
        return ()
    scores = scores - scores.max(1, keepdims=True)
    scores = scores - np.log(np.exp(scores).sum(1, keepdims=True))
    greedy = scores.argmax(1)
    bad = _forbidden(tags)
    starts = np.array([t[0] == "I" for t in tags])
    if not starts[greedy[0]] and not bad[greedy[:-1], greedy[1:]].any():
        return tuple(tags[i] for i in greedy)
    cost = np.where(bad, -np.inf, 0.0)
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


def names(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """(first word, last word, type) of each name in BIO ``tags``."""
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
