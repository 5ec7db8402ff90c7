"""The word lists of this room, prepared once: cue forms, nouns of people and bodies, titles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from consilience.lexicons import lexicon

_VOWELS = "aeiou"


@cache
def words(table: str, key: str) -> frozenset[str]:
    """The set of words under ``key`` of the lexicon ``table`` (a block of text or a list)."""
    value = lexicon(table)[key]
    return frozenset(value.split() if isinstance(value, str) else value)


def inflected(lemma: str) -> tuple[str, ...]:
    """The forms of a regular English verb: itself, -s, -ed, -ing."""
    if lemma.endswith(("s", "sh", "ch", "x", "z", "o")):
        third = lemma + "es"
    elif lemma.endswith("y") and lemma[-2] not in _VOWELS:
        third = lemma[:-1] + "ies"
    else:
        third = lemma + "s"
    if lemma.endswith("ie"):
        return lemma, third, lemma + "d", lemma[:-2] + "ying"
    if lemma.endswith("e") and not lemma.endswith("ee"):
        return lemma, third, lemma + "d", lemma[:-1] + "ing"
    if lemma.endswith("ee"):
        return lemma, third, lemma + "d", lemma + "ing"
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return lemma, third, lemma[:-1] + "ied", lemma + "ing"
    return lemma, third, lemma + "ed", lemma + "ing"


@cache
def cue_forms() -> Mapping[str, str]:
    """Every form of every cue verb -> its lemma."""
    table = lexicon("cues")
    irregular = table["irregular"]
    out: dict[str, str] = {}
    for key in ("think", "say"):
        for lemma in table[key].split():
            for form in (lemma, *irregular.get(lemma, inflected(lemma))):
                out[form] = lemma
    return out


@cache
def people_nouns() -> frozenset[str]:
    """Heads of phrases for people, singular and plural."""
    singular = words("people", "person")
    return singular | {plural(w) for w in singular} | words("people", "collective")


@cache
def body_nouns() -> frozenset[str]:
    """Heads of phrases for bodies, papers and things that are made to speak, singular and plural."""
    singular = words("people", "body")
    return singular | {plural(w) for w in singular}


def plural(noun: str) -> str:
    """The regular plural of an English noun."""
    if noun.endswith("man") and len(noun) > 4:
        return noun[:-3] + "men"
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2] not in _VOWELS:
        return noun[:-1] + "ies"
    return noun + "s"


WORD = re.compile(r"[^\W_]+(?:[’'\-.&/][^\W_]+)*", re.UNICODE)


def bare(word: str) -> str:
    """Lower case, without a possessive ending and full stops."""
    word = word.lower().replace("’", "'")
    if word.endswith("'s"):
        word = word[:-2]
    return word.strip(".'")
