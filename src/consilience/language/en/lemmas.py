"""Lemmas of English words: irregular forms from ``lemmas.toml``, the rest by rule."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from consilience.lexicons import lexicon

_TABLES = {
    "VERB": "verbs",
    "AUX": "auxiliaries",
    "NOUN": "nouns",
    "ADJ": "adjectives",
    "ADV": "adverbs",
    "PRON": "pronouns",
    "DET": "pronouns",
    "PART": "particles",
}
_DOUBLED = re.compile(r"([bdgklmnprtvz])\1$")
_E_STEM = re.compile(
    r"(?:[cvzu]|[^aeiou]s|[aeiourdl]g|[^aeiou][au]t|[^aeiou][aiu]r|[^aeiou]i[dklnp]|[^aeiourlw]l)$"
)
_E_ADJECTIVE = re.compile(r"(?:[cvsz]|[aeiour]g|[^aeiou][aiu]r|[^aeiou][aiu]t|[^aeioul]l|[aiu][df])$")
_VOWEL = re.compile(r"[aeiouy]")


@cache
def _irregular(table: str) -> dict[str, str]:
    return {
        form: line.split()[0]
        for line in lexicon("lemmas")[table].strip().splitlines()
        for form in line.split()
    }


@cache
def _set(key: str) -> frozenset[str]:
    return frozenset(lexicon("lemmas")[key].split())


@lru_cache(maxsize=65536)
def lemma(word: str, upos: str) -> str:
    """The dictionary form of ``word`` as the part of speech ``upos`` (Universal Dependencies).

    Names, symbols and words of unknown part of speech ("X") keep their form; others are in lower
    case. Never raises.
    """
    if upos in ("PROPN", "SYM", "X", "PUNCT", "INTJ") or not word:
        return word if upos != "INTJ" else word.lower()
    low = word.lower()
    if upos == "NUM":
        return re.sub(r"(?<=\d),(?=\d{3})", "", low)
    if upos in _TABLES:
        known = _irregular(_TABLES[upos]).get(low)
        if known:
            return known
    if upos == "DET" and low == "an":
        return "a"
    rule = {"VERB": _verb, "AUX": _verb, "NOUN": _noun, "ADJ": _adjective}.get(upos)
    return rule(low) if rule and len(low) > 3 else low


def _noun(word: str) -> str:
    if not word.endswith("s") or word.endswith(("ss", "us", "is")) or word in _set("singular_s"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    if word.endswith("men") and len(word) > 4:
        return word[:-3] + "man"
    return word[:-1]


def _verb(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-1] if word[:-1] in _set("verbs_e") else word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-2] if word.endswith("oes") else word[:-1]
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) > 2 - (ending == "ing") and _VOWEL.search(stem):
            if ending == "ed" and word.endswith("eed") and word not in _set("ending_eed"):
                return word
            return _stem(stem)
    return word


def _stem(stem: str) -> str:
    """The verb whose stem, before -ing or -ed, is ``stem``."""
    if stem + "e" in _set("verbs_e"):
        return stem + "e"
    if stem.endswith(("ee", "y")):
        return stem
    if _DOUBLED.search(stem):
        return stem if stem.endswith(("ll", "zz")) and len(stem) < 6 else stem[:-1]
    return stem + "e" if _E_STEM.search(stem) and not stem.endswith(("ss", "ow", "ew", "ay")) else stem


def _adjective(word: str) -> str:
    if word in _set("uncut"):
        return word
    for ending in ("iest", "est", "ier", "er"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stem = word[: -len(ending)]
            if ending in ("iest", "ier"):
                return stem + "y"
            if _DOUBLED.search(stem) and not stem.endswith("ll"):
                return stem[:-1]
            if ending == "er" and (len(stem) > 6 or word.endswith("ther")):
                return word
            with_e = _E_ADJECTIVE.search(stem) and stem not in _set("adjectives_without_e")
            return stem + "e" if with_e else stem
    return word
