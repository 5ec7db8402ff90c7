"""Where and when an event was, and how much: what tells two events of one kind apart.

Two earthquakes of one country are told in the same words, by the same officials, of the same
institute; what differs is the town, the day, the magnitude and the dead. One such difference says
little (reports of one event look at it from many places, and count many things); several without
anything in common say that two articles report two events, whether or not their dates are known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np

from consilience.gazetteer import place
from consilience.lexicons import lexicon
from consilience.words import Word, words_of

YEAR = 366  # days: dates are compared without the year, which reports leave out
_DATELINE = re.compile(r"^[^a-z\n]{2,40}?(?:\([^)]*\))?\s*[-–—:]+\s")


class Place(NamedTuple):
    """A name of a place at ``[start, end)`` of the text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Scene:
    """``main``: word keys of the place named most in the opening and the title, ``shown`` as printed;
    ``places``: those of all places of the opening, countries left out; ``days`` of the year (1 to 366)
    there; ``figures`` there, a value with its noun; ``more``: figures of all that was read."""

    main: frozenset[str] = frozenset()
    shown: str = ""
    places: frozenset[str] = frozenset()
    days: frozenset[int] = frozenset()
    figures: frozenset[str] = frozenset()
    more: frozenset[str] = frozenset()


def scene_of(
    title: str, text: str, words: Sequence[Word], places: Sequence[Place], days: Sequence[tuple[int, str]]
) -> Scene:
    """The scene of an article.

    ``words`` are those of the text that are read; ``places`` its names of places; ``days`` (place in the
    text, ISO date) the days that its words are resolved to, beside those printed with their month.
    """
    table = lexicon("stories")["scene"]
    if not words:
        return Scene()
    opening = words[: table["opening"]][-1].end
    dated = list(_month_days(text[: words[-1].end]))
    seen = {yearday for start, _, yearday in dated if start < opening}
    seen |= {date.fromisoformat(day).timetuple().tm_yday for start, day in days if start < opening}
    figures = list(_figures(words, text, [(start, end) for start, end, _ in dated]))
    main, shown, named = _places(title, text, opening, words[-1].end, places)
    return Scene(
        main,
        shown,
        named,
        frozenset(seen),
        frozenset(key for start, key in figures if start < opening),
        frozenset(key for _, key in figures),
    )


@lru_cache(maxsize=65536)
def _named(name: str) -> tuple[frozenset[str], bool]:
    """(keys of a place's telling words, whether it is a capital); no keys for countries and oceans."""
    kinds = lexicon("stories")["scene"]["kinds"]
    known = place(name)
    if known and (known.kind == "country" or not known.countries):
        return frozenset(), False
    keys = frozenset(w.key for w in words_of(name) if w.key not in kinds)
    return keys, known is not None and known.kind == "capital"


def _places(
    title: str, text: str, opening: int, read: int, places: Sequence[Place]
) -> tuple[frozenset[str], str, frozenset[str]]:
    """(keys of the main place, it as printed, keys of all of the opening)."""
    dateline = _DATELINE.match(text)
    start = dateline.end() if dateline else 0
    titled = {w.key for w in words_of(title)}
    worth: dict[frozenset[str], list[Any]] = {}
    for name in places:
        keys, capital = _named(name.text)
        if not keys or name.start >= read:
            continue
        own = worth.setdefault(keys, [2 * (keys <= titled), not capital, -name.start, name.text])
        own[0] += start <= name.start < opening
    worth = {keys: own for keys, own in worth.items() if own[0]}
    if not worth:
        return frozenset(), "", frozenset()
    main = max(worth, key=lambda keys: (worth[keys][:3], sorted(keys)))
    return main, worth[main][3], frozenset().union(*worth)


@cache
def _months() -> tuple[dict[str, int], re.Pattern[str]]:
    """Month by its name, and "7 May" or "May 7"."""
    names = {name.casefold(): int(n) for name, n in lexicon("times")["months"].items()}
    one = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    rule = (
        rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({one})\b|\b({one})\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)"
    )
    return names, re.compile(rule, re.IGNORECASE)


def _month_days(text: str) -> list[tuple[int, int, int]]:
    """(start, end, day of the year) of each day that is printed with its month."""
    names, rule = _months()
    out = []
    for found in rule.finditer(text):
        month, day = names[(found[2] or found[3]).casefold()], int(found[1] or found[4])
        try:
            out.append((*found.span(), date(2000, month, day).timetuple().tm_yday))
        except ValueError:  # no such day: "31 June"
            continue
    return out


def _figures(words: Sequence[Word], text: str, dates: Sequence[tuple[int, int]]) -> list[tuple[int, str]]:
    """(place, value with its noun) of each telling figure; an odd value tells by itself ("3,417", "6.2")."""
    table = lexicon("stories")["scene"]
    out = []
    for word, after in zip(words, [*words[1:], None], strict=True):
        if not word.number or not re.fullmatch(r"\d+(?:\.\d+)?", word.key):
            continue
        value = float(word.key)
        noun = after.key if after and after.start - word.end <= 2 else ""
        whole = value.is_integer()
        year = whole and 1900 <= value <= 2100 and "," not in text[word.start : word.end]
        if year or (whole and value < table["small"]) or noun in table["clock"]:
            continue
        if any(start <= word.start < end for start, end in dates):
            continue
        odd = not whole or (value >= 100 and value % 100)
        out.append((word.start, word.key if odd else f"{word.key} {noun}"))
    return out


class Scenes:
    """The scenes of the articles held, in the order in which they came, and how far two lie apart."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.settings = settings["scene"]
        self.held: list[Scene] = []

    def apart(self, articles: np.ndarray, has: Callable[[list[str]], np.ndarray]) -> np.ndarray:
        """How much speaks for two events, less what speaks for one, of each two of the articles: -3 to 3,
        float32, symmetric. ``has(keys)`` says of each article which words it has, shape (articles, keys).
        """
        scenes = [self.held[a] for a in articles]
        return self._of_places(scenes, has) + self._of_figures(scenes) + self._of_days(scenes)

    def _of_places(self, scenes: list[Scene], has: Callable[[list[str]], np.ndarray]) -> np.ndarray:
        """1 where neither knows the other's main place, half where one does, -1 where one is in both."""
        main, keys = _table([s.main for s in scenes])
        if not keys:
            return np.zeros((len(scenes),) * 2, dtype=np.float32)
        named, _ = _table([s.places for s in scenes], keys)
        size = main.sum(axis=1)
        shared = main @ named.T > 0
        told = main @ has(keys).T.astype(np.float32) >= size[:, None]
        known = np.logical_and.outer(size > 0, size > 0)
        value = np.where(shared | shared.T, -1.0, np.where(told | told.T, 0.5, 1.0))
        return (value * known).astype(np.float32)

    def _of_figures(self, scenes: list[Scene]) -> np.ndarray:
        """1 where two reports of several figures share none, half where one has one further down, -1 where
        they share two, or a good part of what the shorter list has."""
        ours, keys = _table([s.figures for s in scenes])
        read, _ = _table([s.more for s in scenes], keys)
        size = ours.sum(axis=1)
        both = ours @ ours.T
        below = (ours @ read.T) > 0
        fewest = np.minimum.outer(size, size)
        same = (both >= 2) | ((both > 0) & (both >= self.settings["part"] * fewest))
        other = (both == 0) & (fewest >= self.settings["several"])
        value = np.where(same, -1.0, np.where(other, np.where(below | below.T, 0.5, 1.0), 0.0))
        return value.astype(np.float32)

    def _of_days(self, scenes: list[Scene]) -> np.ndarray:
        """-1 where two reports name one day, 1 where their nearest days are some days apart; nothing where
        they are so far apart that one is likely background."""
        named, days = _table([s.days for s in scenes])
        gap = np.abs(np.subtract.outer(np.array(days, dtype=np.float32), np.array(days, dtype=np.float32)))
        gap = np.minimum(gap, YEAR - gap)

        def within(most: float) -> np.ndarray:
            return named @ (gap <= most).astype(np.float32) @ named.T > 0

        other = within(self.settings["window"]) & ~within(1)
        return np.where(within(0), -1.0, np.where(other, 1.0, 0.0)).astype(np.float32)


def _table(sets: Sequence[frozenset], columns: list | None = None) -> tuple[np.ndarray, list]:
    """(which set has which member, float32, shape (sets, columns); the members in order)."""
    columns = sorted(frozenset().union(*sets)) if columns is None else columns
    place_of = {member: i for i, member in enumerate(columns)}
    out = np.zeros((len(sets), len(columns)), dtype=np.float32)
    for row, members in enumerate(sets):
        for member in members:
            if member in place_of:
                out[row, place_of[member]] = 1.0
    return out, columns
