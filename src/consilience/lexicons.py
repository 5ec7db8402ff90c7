"""Word lists and thresholds of a language, as data: ``language/<code>/<name>.toml``.

All that is English lives in ``language/en``; a stage asks for what it needs by name and does not
know where it lies. Each file says in a comment where its content comes from.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import Any, Protocol

from consilience.errors import ModelError


@cache
def lexicon(name: str, language: str = "en") -> Mapping[str, Any]:
    """The TOML table ``name`` of ``language`` (ISO 639-1), read once.

    Raises ``errors.ModelError`` where the language has no such table.
    """
    path = files("consilience") / "language" / language / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise ModelError(f"no lexicon {name!r} for language {language!r}") from None


@cache
def word_set(name: str, key: str, language: str = "en") -> frozenset[str]:
    """The words under ``key`` of the table ``name``: a block of text, or a list of words and phrases."""
    value = lexicon(name, language)[key]
    return frozenset(value.split() if isinstance(value, str) else value)


@cache
def pattern(name: str, key: str, language: str = "en") -> re.Pattern[str]:
    """The regular expression ``key`` under ``patterns`` of the table ``name``, compiled."""
    return re.compile(lexicon(name, language)["patterns"][key])


@cache
def grammar(role: str, language: str = "en") -> frozenset[str]:
    """The closed class of words that do ``role`` in the language: ``grammar.toml`` says which there are."""
    return frozenset(lexicon("grammar", language)["words"][role].split())


@cache
def endings(role: str, language: str = "en") -> tuple[str, ...]:
    """The endings of words that show ``role``, for ``str.endswith``."""
    return tuple(lexicon("grammar", language)["endings"][role].split())


def after_article(text: str, language: str = "en") -> str:
    """``text`` in small letters without the definite article that it begins with, if it does."""
    for article in grammar("definite_article", language):
        text = text.removeprefix(article + " ")
    return text


class Inflection(Protocol):
    """What a pack's module ``inflection`` gives. Words are in small letters; nothing raises."""

    def verb_forms(self, lemma: str) -> tuple[str, ...]:
        """The forms of a regular verb, the dictionary form first."""

    def plural(self, noun: str) -> str:
        """The regular plural of a noun."""

    def looks_plural(self, word: str) -> bool:
        """Whether a word ends as a regular plural does."""

    def bare(self, word: str) -> str:
        """Any word in small letters, without a possessive ending and full stops."""

    def uncontracted(self, word: str) -> str:
        """A word without what is contracted with it."""

    def short_stem(self, word: str) -> str:
        """Inflection cut off, at most seven letters kept: for words that two reports share."""

    def stem(self, word: str) -> str:
        """A crude common form of any word's inflections."""


@cache
def inflection(language: str = "en") -> Inflection:
    """How the words of the language change their form."""
    return import_module(f"consilience.language.{language}.inflection")  # type: ignore[return-value]
