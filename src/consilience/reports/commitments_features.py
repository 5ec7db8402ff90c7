"""What a sentence shows of a commitment: words in their order, kinds of cues, who speaks, dates and amounts.

Names, numbers and dates are masked, so that what is learnt from one story serves another.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

from consilience.lexicons import lexicon
from consilience.spans import Span

WORD = re.compile(r"[^\W\d_]+(?:['’](?:ll|t|s|ve|re|d|m)\b)?|\d[\d.,]*|[“”\"?!:,;]")
TABLES = ("cues", "acts", "actors", "explicit")


def masked(text: str, dates: Sequence[Span] = (), sums: Sequence[Span] = ()) -> list[str]:
    """The words of a sentence, lower case; names, numbers, dates and amounts of money as one mask each.

    ``dates`` and ``sums`` are places in ``text``, sorted.
    """
    out: list[str] = []
    for match in WORD.finditer(text):
        word, at, mask = match.group(), match.start(), None
        if dates and any(s.start <= at < s.end for s in dates):
            mask = "DATE"
        elif sums and any(s.start <= at < s.end for s in sums):
            mask = "SUM"
        elif word[0].isdigit():
            mask = "NUM"
        elif word[0].isupper() and at > 0 and word not in ("I", "I’ll", "I'll", "I’m", "I'm", "I’ve", "I've"):
            mask = "NAME"
        if mask is None:
            out.append(word.lower().replace("’", "'"))
        elif not out or out[-1] != mask:
            out.append(mask)
    return out


@cache
def _patterns(table: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    out = []
    for kind, phrases in lexicon("commitments")[table].items():
        parts = [re.escape(p).replace(r"\ \*\ ", r" (?:\S+ ){0,4}").replace(r"\*", r"\w*") for p in phrases]
        out.append((kind, re.compile(rf"(?<!\S)(?:{'|'.join(parts)})(?!\w)")))
    return tuple(out)


@cache
def _beginnings() -> dict[str, list[tuple[str, tuple[str, str]]]]:
    """First letter -> (what a phrase begins with, its table and kind); under "" those that begin with any."""
    out: dict[str, list[tuple[str, tuple[str, str]]]] = defaultdict(list)
    for table in TABLES:
        for kind, phrases in lexicon("commitments")[table].items():
            for first in {p.split()[0].rstrip("*") for p in phrases}:
                out[first[:1]].append((first, (table, kind)))
    return dict(out)


@lru_cache(maxsize=16384)
def _openers(word: str) -> frozenset[tuple[str, str]]:
    """Table and kind of the phrases that may begin with ``word``: the others need no search."""
    near = (*_beginnings().get("", ()), *_beginnings().get(word[:1], ()))
    return frozenset(which for first, which in near if word.startswith(first))


class _Line:
    """A line of masked words, and which kinds of phrases it may have."""

    def __init__(self, words: Sequence[str]) -> None:
        self.text = " ".join(words)
        self.opened = frozenset[tuple[str, str]]().union(*map(_openers, words))

    def cues(self) -> list[tuple[str, str]]:
        """(kind, the words that match) of each cue."""
        return [(kind, m.group()) for kind, p in self._possible("cues") for m in p.finditer(self.text)]

    def kinds(self, table: str) -> set[str]:
        """The kinds of ``table`` of which the line has one."""
        return {kind for kind, p in self._possible(table) if p.search(self.text)}

    def _possible(self, table: str) -> list[tuple[str, re.Pattern[str]]]:
        return [found for found in _patterns(table) if (table, found[0]) in self.opened]


def cues(words: Sequence[str]) -> list[tuple[str, str]]:
    """The cues among the masked words: (kind, the words that match)."""
    return _Line(words).cues()


def kinds(words: Sequence[str], table: str) -> set[str]:
    """The kinds of ``table`` (acts, actors) of which the words have one."""
    return _Line(words).kinds(table)


@cache
def _first_person() -> frozenset[str]:
    return frozenset(lexicon("commitments")["first_person"]["words"])


def features(words: Sequence[str], *, heading: bool, place: float) -> set[str]:
    """The features of a sentence of masked ``words``; ``place``: how far down the article, 0 to 1."""
    out = {"w:" + w for w in words}
    out |= {f"2:{a}_{b}" for a, b in pairwise(words)}
    out |= {f"3:{a}_{b}_{c}" for a, b, c in zip(words, words[1:], words[2:], strict=False)}
    line = _Line(words)
    found = {kind for kind, _ in line.cues()}
    out |= {"cue:" + kind for kind in found}
    acts, actors = line.kinds("acts"), line.kinds("actors")
    out |= {"act:" + act for act in acts} | {"actor:" + actor for actor in actors}
    out |= {f"{kind}+{act}" for kind in found for act in acts}
    out |= {f"{act}+{actor}" for act in acts for actor in actors}
    explicit = line.kinds("explicit")
    out |= {"says:" + kind for kind in explicit} | {"says " + "+".join(sorted(explicit))}
    if not _first_person().isdisjoint(words):
        out |= {"I"} | {"I+" + kind for kind in found}
    if "DATE" in words:
        out |= {"D"} | {"D+" + kind for kind in found}
    if "SUM" in words:
        out |= {"S"} | {"S+" + kind for kind in found}
    if words:
        out |= {"first:" + words[0], "first2:" + "_".join(words[:2])}
        out.add("quote" if words[0] in '“"' else "plain")
    out.add("heading" if heading else "body")
    out.add(f"place{min(5, int(6 * place))}")
    out.add(f"long{min(len(words) // 8, 5)}")
    return out
