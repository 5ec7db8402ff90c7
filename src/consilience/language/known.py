"""What lists know of a sentence's words, as numbers that the encoder reads beside the words.

A small model has read little of the world: that "Safeway" is a shop, "Ramadi" a town and "FYI" nothing's
name it is told by lists (``language/<code>/gazetteer``). They say what a form may be, never what it is here:
the encoder learnt to weigh them, with the lists gone from some sentences so that it does not lean on them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from consilience.gazetteer import forms as forms_of
from consilience.lexicons import lexicon

# Kinds of lists; each has two columns, one for the first word of a form and one for the others.
KINDS = (
    "given", "also words", "family", "country", "demonym", "capital", "region", "state", "city", "town",
    "company", "chain", "media", "agency", "party", "club", "school", "work", "landmark", "people", "jargon",
)  # fmt: skip
BANDS = (5.5, 4.5, 3.8, 3.0)  # how common a word is in English (Zipf scale): a column each, one for the rest
COLUMNS = 2 * len(KINDS) + len(BANDS) + 1
LONGEST = 6  # words of a form that are looked at
_APART = re.compile(r"[^a-z0-9]+")


class Known(NamedTuple):
    """Forms without spaces and signs -> kinds, a bit each: all; those of several parts; how those begin."""

    forms: dict[str, int]
    longer: dict[str, int]
    begun: frozenset[str]


def _parts(text: str) -> list[str]:
    """Letters and digits of ``text``, no case, no accents, cut at all else."""
    text = text.lower()
    if text.isascii():
        return [text] if text.isalnum() else [p for p in _APART.split(text) if p]
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return [p for p in _APART.split(text) if p]


@lru_cache(maxsize=100_000)
def plain(word: str) -> str:
    """``word`` as the lists have it."""
    return "".join(_parts(word))


@cache
def known(language: str = "en") -> Known:
    """The lists of a language, read once."""
    forms: dict[str, int] = {}
    longer: dict[str, int] = {}
    begun: set[str] = set()
    bits = {kind: 1 << i for i, kind in enumerate(KINDS)}
    for kind, form in forms_of(language):
        parts = _parts(form)
        if len(parts) == 1:
            forms[parts[0]] = forms.get(parts[0], 0) | bits[kind]
        elif parts:
            key = "".join(parts)
            forms[key] = forms.get(key, 0) | bits[kind]
            longer[key] = longer.get(key, 0) | bits[kind]
            begun.update("".join(parts[:n]) for n in range(1, len(parts)))
    return Known(forms, longer, frozenset(begun))


def _held(bits: int) -> list[int]:
    return [i for i in range(len(KINDS)) if bits >> i & 1]


@lru_cache(maxsize=20_000)
def _kinds(key: str, language: str) -> frozenset[str]:
    return frozenset(KINDS[i] for i in _held(known(language).forms.get(key, 0)))


def kinds(words: Sequence[str], language: str = "en") -> frozenset[str]:
    """The kinds of lists that have the form that ``words`` make."""
    return _kinds("".join(map(plain, words)), language)


@cache
def _bands(language: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for zipf, words in lexicon("frequencies", language)["zipf"].items():
        band = next((i for i, low in enumerate(BANDS) if float(zipf) >= low), len(BANDS))
        found.update((w, band) for w in words.split() if found.get(w, 9) > band)
    return found


@lru_cache(maxsize=100_000)
def _alone(key: str, language: str) -> tuple[int, ...]:
    """Columns of a word by itself: its kinds, and how common it is where it has letters."""
    own = [2 * k for k in _held(known(language).forms.get(key, 0))]
    if key.isalpha():
        own.append(2 * len(KINDS) + (0 if len(key) == 1 else _bands(language).get(key, len(BANDS))))
    return tuple(sorted(own))


def columns(words: Sequence[str], language: str = "en") -> list[tuple[int, ...]]:
    """For each word the columns that hold; of forms that overlap the longest counts, from the left."""
    keys = [plain(w) for w in words]
    out = [_alone(key, language) if key else () for key in keys]
    _, longer, begun = known(language)
    at = 0
    while at < len(keys):
        end = _end(keys, at, longer, begun) if keys[at] in begun else at
        if end > at:
            held = _held(longer["".join(keys[at : end + 1])])
            for i in range(at, end + 1):
                out[i] = tuple(sorted({*out[i], *(2 * k + (i > at) for k in held)}))
        at = max(end, at) + 1
    return out


def _end(keys: list[str], at: int, longer: dict[str, int], begun: frozenset[str]) -> int:
    """Last word of the longest form of several words that begins at ``at``; ``at`` where none does."""
    end, key = at, keys[at]
    for i in range(at + 1, min(at + 2 * LONGEST, len(keys))):
        key += keys[i]
        if keys[i] and key in longer:
            end = i
        if key not in begun:
            break
    return end


def rows(found: Sequence[tuple[int, ...]]) -> np.ndarray:
    """float32 (words, ``COLUMNS``), 1 where a column holds."""
    out = np.zeros((len(found), COLUMNS), np.float32)
    out.reshape(-1)[[i * COLUMNS + column for i, held in enumerate(found) for column in held]] = 1
    return out
