"""The word lists of this room, prepared once: cue forms, nouns of people and bodies, titles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from consilience.lexicons import inflection, lexicon
from consilience.lexicons import word_set as words

__all__ = ["WORD", "body_nouns", "cue_forms", "people_nouns", "words"]


@cache
def cue_forms() -> Mapping[str, str]:
    """Every form of every cue verb -> its lemma."""
    table = lexicon("cues")
    irregular, regular = table["irregular"], inflection().verb_forms
    out: dict[str, str] = {}
    for key in ("think", "say"):
        for lemma in table[key].split():
            for form in (lemma, *irregular.get(lemma, regular(lemma))):
                out[form] = lemma
    return out


@cache
def people_nouns() -> frozenset[str]:
    """Heads of phrases for people, singular and plural."""
    singular = words("people", "person")
    return singular | set(map(inflection().plural, singular)) | words("people", "collective")


@cache
def body_nouns() -> frozenset[str]:
    """Heads of phrases for bodies, papers and things that are made to speak, singular and plural."""
    singular = words("people", "body")
    return singular | set(map(inflection().plural, singular))


WORD = re.compile(r"[^\W_]+(?:[’'\-.&/][^\W_]+)*", re.UNICODE)
