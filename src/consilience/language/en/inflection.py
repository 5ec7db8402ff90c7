"""How English words change their form: plurals, verbs, stems (see ``consilience.lexicons.inflection``)."""

from __future__ import annotations

import re

_VOWELS = "aeiou"
_CLITIC = re.compile(r"'(?:s|ll|re|ve|d|m)$|'$")
_SUFFIXES = ("'s", "’s", "ings", "ing", "edly", "ed", "ies", "es", "s", "ly", "e")
_SHORTEST_STEM = 4


def verb_forms(lemma: str) -> tuple[str, ...]:
    """The forms of a regular verb: itself, -s, -ed, -ing."""
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


def plural(noun: str) -> str:
    """The regular plural of a noun."""
    if noun.endswith("man") and len(noun) > 4:
        return noun[:-3] + "men"
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2] not in _VOWELS:
        return noun[:-1] + "ies"
    return noun + "s"


def looks_plural(word: str) -> bool:
    """Whether a word in small letters ends as a regular plural does."""
    return word.endswith("s") and not word.endswith(("ss", "us", "'s", "is"))


def bare(word: str) -> str:
    """Lower case, without a possessive ending and full stops."""
    word = word.lower().replace("’", "'")
    if word.endswith("'s"):
        word = word[:-2]
    return word.strip(".'")


def uncontracted(word: str) -> str:
    """A word in small letters without what is contracted with it; of "didn't" the negation is kept alone."""
    return "not" if word.endswith("n't") else _CLITIC.sub("", word)


def short_stem(word: str) -> str:
    """Inflection cut off (a light form of Porter's first step), then at most seven letters kept."""
    if len(word) > 4:
        for ending in ("ies", "ied"):
            if word.endswith(ending):
                return (word[: -len(ending)] + "y")[:7]
        for ending in ("ing", "ed", "es", "s", "er", "ly"):
            if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
                word = word[: -len(ending)]
                break
    elif len(word) == 4 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    return word.removesuffix("e")[:7] if len(word) > 3 else word


def stem(word: str) -> str:
    """A crude common form of a word's inflections; lower case."""
    word = word.lower().strip("'’.-")
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM - (suffix in ("s", "es")):
            word = word[: -len(suffix)]
            break
    if len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") and len(word) > _SHORTEST_STEM else word
