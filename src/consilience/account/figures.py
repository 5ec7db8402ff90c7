"""The figures of a story: mentions of one number for one thing, joined over its articles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from consilience.ids import content_id
from consilience.lexicons import lexicon
from consilience.model import Entity, Figure, FigureMention, Reading

CONTEXT = 40  # code points on either side that tell what a number is about
TELLING = 1000  # from here on two significant digits are telling
SAME = 0.005  # relative difference up to which two values are the same number
STOPS = frozenset(lexicon("stops")["figures"])


def collect(readings: Sequence[Reading], entities: Sequence[Entity] = ()) -> tuple[Figure, ...]:
    """The story's figures, those that most articles give first.

    Two mentions are one figure where value and unit agree and the words around them share a stem;
    the order of the readings has no part in the result.
    """
    mentions = sorted(
        ((r, m) for r in readings for m in r.figures),
        key=lambda rm: (rm[0].article.published or "9999", rm[0].article.id, rm[1].evidence.start),
    )
    groups: list[list[tuple[Reading, FigureMention]]] = []
    stems: list[set[str]] = []
    index: dict[tuple[str, str], list[int]] = {}
    for reading, mention in mentions:
        about = _stems(reading, mention)
        key = (mention.kind, _unit_class(mention))
        home = next(
            (
                g
                for g in index.get(key, ())
                if _same_value(groups[g][0][1].value, mention.value)
                and _alike(stems[g], about, groups[g][0][1], mention)
            ),
            None,
        )
        if home is None:
            index.setdefault(key, []).append(len(groups))
            groups.append([(reading, mention)])
            stems.append(set(about))
        else:
            groups[home].append((reading, mention))
            stems[home] |= about
    order = sorted(range(len(groups)), key=lambda g: (-len({r.article.id for r, _ in groups[g]}), g))
    return tuple(_figure([m for _, m in groups[g]]) for g in order)


def _figure(mentions: list[FigureMention]) -> Figure:
    first = max(mentions, key=lambda m: (not m.approximate, len(m.what) > 0, -len(m.what)))
    evidence = tuple(dict.fromkeys(m.evidence for m in mentions))
    return Figure(
        id=content_id(
            "figure", first.value, first.unit, sorted((e.article, e.start, e.end) for e in evidence)
        ),
        value=first.value,
        unit=first.unit,
        what=first.what,
        approximate=all(m.approximate for m in mentions),
        evidence=evidence,
        kind=first.kind,
    )


def _unit_class(mention: FigureMention) -> str:
    """What two mentions must share: the currency or unit; one may leave out the "per year"."""
    return "" if mention.kind == "count" else (mention.unit or "").split(" per ")[0]


def _same_value(a: float | tuple[float, float], b: float | tuple[float, float]) -> bool:
    if isinstance(a, tuple) or isinstance(b, tuple):
        return a == b
    return abs(a - b) <= SAME * max(abs(a), abs(b))


def _alike(group: set[str], about: set[str], first: FigureMention, mention: FigureMention) -> bool:
    """Whether mentions of one value are of one thing: the more telling the number, the fewer shared words."""
    shared = len(group & about)
    if _telling(mention.value):
        return True
    if mention.kind != "count":
        return shared >= 1
    needed = 2 if len(about) > 3 else 1
    if (
        first.unit
        and mention.unit
        and first.unit != mention.unit
        and not _few_letters(first.unit, mention.unit)
    ):
        needed += 1  # "three shafts" and "three miners"
    return shared >= needed


def _telling(value: float | tuple[float, float]) -> bool:
    """Whether a number is hardly met twice by chance: 2,340 or 49.39, not 10 or 500."""
    number = value[1] if isinstance(value, tuple) else value
    digits = len(f"{number:.12g}".replace(".", "").replace("-", "").split("e")[0].strip("0"))
    return digits >= 3 or (digits == 2 and number >= TELLING)


def _few_letters(a: str, b: str) -> bool:
    return a.split()[-1][:5] == b.split()[-1][:5]


def _stems(reading: Reading, mention: FigureMention) -> set[str]:
    text, e = reading.article.text, mention.evidence
    around = text[max(0, e.start - CONTEXT) : e.start].split("\n")[-1]
    around += f" {mention.what} {mention.unit or ''} "
    around += text[e.end : e.end + CONTEXT].split("\n")[0]
    return {w[:5] for w in re.findall(r"[a-z]{3,}", around.lower())} - {s[:5] for s in STOPS}
