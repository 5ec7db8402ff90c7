"""Words with capitals, possessive endings and word lists: what ``entities_names`` is made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from consilience.gazetteer import folded
from consilience.lexicons import lexicon

TITLE_CASE = {"heading": 0.6, "sentence": 0.8}  # part of the longer words from which capitals say nothing
_WORD = re.compile(
    r"(?:[^\W\d_][\u0300-\u036f]*\.){1,4}(?![^\W_])"  # J. or J.K.
    r"|[^\W_][\u0300-\u036f\w]*(?:[-'’&.](?=[^\W_])[\w\u0300-\u036f]+)*"
)
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$", re.IGNORECASE)
_LATE_CAPITAL = re.compile(r"(?:al|el|ad|an|as|ash|at|bin|d|l|van|de|o|mc|mac|h|n|t)[-'’]?[A-Z]")
_GAP = re.compile(r"[ \u00a0\u2009\u202f]")


@dataclass(frozen=True)
class Word:
    """A word of the text; ``[start, end)`` leaves a possessive ending out, ``stop`` is behind it."""

    start: int
    end: int
    stop: int
    text: str
    low: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter, a small particle ("al-", "d'") aside."""
        return self.text[0].isupper() or _LATE_CAPITAL.match(self.text) is not None

    @property
    def possessive(self) -> bool:
        """Whether "'s" stands behind it."""
        return self.stop > self.end


@cache
def listed(table: str, key: str) -> frozenset[str]:
    """The words under ``[table] key`` of the lexicon ``names``."""
    value = lexicon("names")[table][key]
    return frozenset(value.split() if isinstance(value, str) else value)


@cache
def addresses() -> frozenset[str]:
    """Forms of address, lower case."""
    return listed("address", "m") | listed("address", "f") | listed("address", "any")


def lowered(text: str) -> frozenset[str]:
    """The words that ``text`` prints in lower case: with a capital, they are hardly names."""
    return frozenset(folded(m.group()) for m in _WORD.finditer(text) if m.group().islower())


def title_case(text: str, kind: str = "heading") -> bool:
    """Whether a heading, or a sentence, is written with capitals throughout, so that they say nothing."""
    return heading_case(words_of(text, 0, len(text)), kind)


def heading_case(words: Sequence[Word], kind: str) -> bool:
    """``title_case`` of words."""
    letters = [w for w in words if w.text[0].isalpha()]
    if kind == "heading" and len(letters) > 1 and all(w.text.isupper() for w in letters):
        return True
    long = [w for w in letters if len(w.text) > 3]
    least = 3 if kind == "heading" else 6
    return len(long) > least and sum(w.text[0].isupper() for w in long) >= TITLE_CASE[kind] * len(long)


def words_of(text: str, start: int, end: int) -> list[Word]:
    """The words of ``text[start:end]`` in order."""
    out = []
    for match in _WORD.finditer(text, start, end):
        a, b = match.span()
        cut = _POSSESSIVE.search(match.group())
        inner = a + cut.start() if cut else b
        stop = b
        if not cut and text[b - 1] in "sS" and text[b : b + 2] in ("’ ", "' "):
            stop = b + 1
        low = folded(text[a:inner])
        if (
            text[inner : inner + 1] == "."
            and (low in addresses() or low in listed("office", "head"))
            and inner == b
        ):
            inner = stop = b + 1
        out.append(Word(a, inner, stop, text[a:inner], low))
    return out


def adjacent(text: str, a: Word, b: Word) -> bool:
    """Whether one space stands between two words."""
    return not a.possessive and b.start == a.end + 1 and _GAP.match(text, a.end) is not None
