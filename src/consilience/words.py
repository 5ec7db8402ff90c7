"""The words of a text with their places, in the form in which they are compared.

Two reports write one thing in many ways: "nearly 4,000 staff" and "almost four thousand workers",
"R500 000" and "500,000 rand", "organised" and "organizes". A word's *key* takes such differences
away, cheaply and without a dictionary: numbers in digits, accents gone, inflection cut off.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from consilience.lexicons import inflection, lexicon
from consilience.spans import Span

# A number with its separators (1,250 / 12.4 / 1 250), or a word with inner apostrophes and hyphens
# left out: "long-running" is two words here, as one desk hyphenates what another does not.
_PLAIN = r"\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?:\.\d+)?|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*"
UNLISTED = 1.5  # Zipf value of a word outside the list, which ends at 3.1
_OPEN, _CLOSE = "“„«‹", "”»›"


class Word(NamedTuple):
    """A word at ``[start, end)`` of its text; ``key`` is what is compared."""

    start: int
    end: int
    key: str
    number: bool
    name: bool


@lru_cache(maxsize=200_000)
def key_of(word: str) -> str:
    """The form of a word that is compared: folded, number words as digits, inflection cut off."""
    folded = unicodedata.normalize("NFKD", word.replace("’", "'"))
    folded = "".join(c for c in folded if not unicodedata.combining(c)).casefold()
    if folded[0].isdigit():
        digits = re.sub(r"[,\s](?=\d{3}(?:\D|$))", "", folded).replace(":", ".").lstrip("0")
        return digits.rstrip("0").rstrip(".") if "." in digits else digits or "0"
    table = lexicon("reuse")
    forms = inflection()
    folded = forms.uncontracted(folded)
    if folded in table["numbers"]:
        return table["numbers"][folded]
    if "-" in folded:  # seventy-one
        tens, unit = folded.split("-")
        return str(int(table["numbers"][tens]) + int(table["numbers"][unit]))
    folded = table["variants"].get(folded, folded)
    return forms.short_stem(folded)


@cache
def _word() -> re.Pattern[str]:
    compound = lexicon("reuse")["patterns"]["compound_number"]
    return re.compile(f"{compound}|{_PLAIN}")


def words_of(text: str, offset: int = 0) -> list[Word]:
    """The words of ``text``; places are moved by ``offset`` code points."""
    numbers = lexicon("reuse")["numbers"]
    out = []
    for match in _word().finditer(text):
        word = match.group()
        number = word[0].isdigit() or "-" in word or word.casefold() in numbers
        out.append(
            Word(match.start() + offset, match.end() + offset, key_of(word), number, word[0].isupper())
        )
    return out


def quoted_spans(text: str) -> list[Span]:
    """Spans between quotation marks, marks included, at most a paragraph long; sorted, disjoint.

    A plain finder for alignment, which must know quoted words wherever it looks; who says them is
    for another stage.
    """
    out: list[Span] = []
    start = None
    straight = False
    for i, c in enumerate(text):
        if c == "\n":
            if start is not None and not straight:  # a quote that runs on opens again in the next one
                out.append(Span(start, i))
            start = None
        elif start is None and (c in _OPEN or c == '"'):
            start, straight = i, c == '"'
        elif start is not None and (c in _CLOSE or (c == '"' and straight)):
            out.append(Span(start, i + 1))
            start = None
    return out


@lru_cache(maxsize=1)
def _frequencies() -> dict[str, float]:
    """Key -> commonness on the Zipf scale (log10 of occurrences per thousand million words)."""
    out: dict[str, float] = {}
    for zipf, words in lexicon("frequencies")["zipf"].items():
        for word in words.split():
            key = key_of(word)
            out[key] = max(out.get(key, 0.0), float(zipf))
    return out


@lru_cache(maxsize=200_000)
def rarity(key: str) -> float:
    """How much a shared word says, 0 (of, the) to 1 (a name, a rare word, a long number)."""
    if key[0].isdigit():
        return 0.45 if len(key) == 1 else 0.75 if len(key) == 2 else 1.0
    if len(key) == 1:  # a, I, an initial
        return 0.0
    return float(np.clip((7.0 - zipf_of(key)) / 4.0, 0.0, 1.0)) ** 1.5


def zipf_of(key: str) -> float:
    """Commonness of a word key in English on the Zipf scale; 1.5 for what the list does not have."""
    return _frequencies().get(key, UNLISTED)
