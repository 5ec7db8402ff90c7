"""What a difference is about, in a few words of the shortest report that tells it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from consilience.findings.words import function_words, stem
from consilience.model import Evidence

LONGEST = 7  # words
_WORD = re.compile(r"[\w$€£][\w'’.,-]*[\w%]|\w")


def topic(positions: Sequence[tuple[str, Sequence[Evidence]]]) -> str:
    """The run of at most ``LONGEST`` words that holds most of what all positions name, from the shortest
    text that has so many ("trip to the dry port"); its first words where they name nothing in common."""
    held = [{k for e in evidence for k in _content(e.text)} for _, evidence in positions]
    common = set.intersection(*held) if held else set()
    texts = sorted({e.text for _, evidence in positions for e in evidence}, key=lambda t: (len(t), t))
    best, most = "", 0
    for text in texts:
        words = list(_WORD.finditer(text))
        hits = [k for k, w in enumerate(words) if _key(w.group()) in common]
        for first in hits:
            run = [k for k in hits if first <= k < first + LONGEST]
            several = len({_key(words[k].group()) for k in run})
            if several > most:
                best, most = text[words[first].start() : words[run[-1]].end()], several
    return " ".join((best or " ".join(texts[0].split()[:LONGEST]) if texts else "").split()).rstrip(".,;:")


def _content(text: str) -> set[str]:
    return {key for w in _WORD.findall(text) if (key := _key(w))}


def _key(word: str) -> str:
    low = word.lower()
    return "" if low in function_words() else stem(low)
