"""Names of countries, cities, regions and people, as data: ``language/<code>/gazetteer/*.txt``.

Read once, on first use. A gazetteer knows forms, not what a text means by them: "Victoria" is a state,
a city and a given name. Each file says in its first lines where its content comes from.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

from consilience.errors import ModelError
from consilience.lexicons import after_article

PlaceKind = Literal["country", "capital", "city", "region"]
Gender = Literal["f", "m", ""]
_LETTERS = str.maketrans(
    {"ı": "i", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ə": "a", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
    | dict.fromkeys("’ʻʼ`", "'")
)


class Place(NamedTuple):
    """What a form may name: ``countries`` are ISO 3166 codes, likeliest first; none for an ocean."""

    kind: PlaceKind
    countries: tuple[str, ...]


@lru_cache(maxsize=65536)
def folded(name: str) -> str:
    """``name`` for comparing: no case, no accents, no full stops, single spaces, straight apostrophes."""
    text = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    text = "".join(c for c in text if not unicodedata.combining(c) and c != ".")
    return " ".join(text.split())


def place(name: str, language: str = "en") -> Place | None:
    """The place that ``name`` names ("Ivory Coast", "U.S.", "Kiev"), a leading article left out; or None."""
    key = after_article(folded(name), language)
    return _places(language).get(key)


def is_country(name: str, language: str = "en") -> bool:
    """Whether ``name`` names a country."""
    found = place(name, language)
    return found is not None and found.kind == "country"


def country(name: str, language: str = "en") -> str | None:
    """ISO 3166 code of the country that ``name`` names, lies in, or is a demonym of; or None.

    A capital stands for its country as newspapers have it ("Kyiv said"); a city that several
    countries have gives its largest; an ocean or continent gives none.
    """
    found = place(name, language)
    if found:
        return found.countries[0] if found.countries else None
    return nationality(name, language)


def nationality(word: str, language: str = "en") -> str | None:
    """ISO 3166 code for a demonym ("Kenyan", "the Dutch"), or None."""
    return _demonyms(language).get(after_article(folded(word), language))


def given(name: str, language: str = "en") -> Gender | None:
    """Whether ``name`` is known as a given name: "f", "m" or "" (either); None where it is not."""
    key = folded(name)
    genders = _given(language)
    found = genders.get(key)
    if found is None and "-" in key:
        found = genders.get(key.split("-")[0])
    return found


def also_word(name: str, language: str = "en") -> bool:
    """Whether a given name is a common word or place as well ("Will", "Grace", "Sydney")."""
    return folded(name) in _also_words(language)


def family(name: str, language: str = "en") -> bool:
    """Whether ``name`` is known as a family name and is neither a word nor a given name."""
    return folded(name) in _families(language)


def forms(language: str = "en") -> Iterator[tuple[str, str]]:
    """(kind, form) of every list: names of people, places by their kind, and the kinds of ``known.txt``."""
    for name, words in _sections("given", language).items():
        yield from (("also words" if name == "also words" else "given", word) for word in words)
    yield from (("family", word) for word in _families(language))
    for _, names, demonyms, capitals in _countries(language):
        for kind, found in (("country", names), ("demonym", demonyms), ("capital", capitals)):
            yield from ((kind, form) for form in found)
    for name, kind in (("regions", "region"), ("cities", "city")):
        for line in _lines(name, language):
            yield from ((kind, form) for form in line.split("\t")[1].split("|"))
    yield from (("town", form) for form in " ".join(_lines("towns", language)).split("|"))
    for block in "\n".join(_lines("known", language)).split("\n["):
        kind, text = block.removeprefix("[").split("]", 1)
        yield from ((kind, form) for form in text.replace("\n", " ").split("|"))


# --- files --------------------------------------------------------------------------------------


def _lines(name: str, language: str) -> list[str]:
    path = files("consilience") / "language" / language / "gazetteer" / f"{name}.txt"
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        raise ModelError(f"no gazetteer {name!r} for language {language!r}") from None
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def _countries(language: str) -> tuple[tuple[str, list[str], list[str], list[str]], ...]:
    """(code, names, demonyms, capitals) of each country."""
    out = []
    for line in _lines("countries", language):
        code, *columns = line.split("\t")
        names, demonyms, capitals = ([p for p in c.split("|") if p] for c in [*columns, "", ""][:3])
        out.append((code, names, demonyms, capitals))
    return tuple(out)


@cache
def _places(language: str) -> Mapping[str, Place]:
    found: dict[str, Place] = {}

    def add(kind: PlaceKind, code: str, name: str) -> None:
        key = folded(name)
        codes = () if code == "*" else (code,)
        known = found.get(key)
        if known is None:
            found[key] = Place(kind, codes)
        elif known.kind != "country" and kind == known.kind and code not in known.countries:
            found[key] = Place(kind, known.countries + codes)

    for code, names, _, capitals in _countries(language):
        for name in names:
            add("country", code, name)
        for name in capitals:
            add("capital", code, name)
    for file, kind in (("regions", "region"), ("cities", "city")):
        for line in _lines(file, language):
            code, names_of = line.split("\t")
            for name in names_of.split("|"):
                add(kind, code, name)  # type: ignore[arg-type]
    return found


@cache
def _demonyms(language: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for code, _, demonyms, _ in _countries(language):
        for word in demonyms:
            found.setdefault(folded(word), code)
    return found


@cache
def _sections(name: str, language: str) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    current: set[str] = set()
    for line in _lines(name, language):
        if line.startswith("["):
            current = found.setdefault(line.strip("[]"), set())
        else:
            current |= set(line.split())
    return {k: frozenset(v) for k, v in found.items()}


@cache
def _given(language: str) -> Mapping[str, Gender]:
    sections = _sections("given", language)
    found: dict[str, Gender] = dict.fromkeys(sections["either"], "")
    found |= dict.fromkeys(sections["women"], "f") | dict.fromkeys(sections["men"], "m")  # type: ignore[arg-type]
    return found


@cache
def _also_words(language: str) -> frozenset[str]:
    return _sections("given", language)["also words"]


@cache
def _families(language: str) -> frozenset[str]:
    return _sections("family", language)["family"]
