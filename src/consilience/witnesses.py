"""How many independent witnesses stand behind some places: counted by statement, not by article.

An article counts for the text that it goes back to (its origin). What it says in a passage that it has
from another one is that one's, however much of the rest is its own: two places count for one witness
where either lies in a passage that both their origins share. This can only lower the count: in doubt,
two reports are not independent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from consilience.model import Evidence, Origin

Place = tuple[str, int, int]
"""An article, and the start and the end of a piece of its text."""

INSIDE = 0.5  # part of a statement that must lie in a passage for the statement to count as taken from it


def place(piece: Evidence) -> Place:
    """Where a piece of evidence stands."""
    return piece.article, piece.start, piece.end


def witnesses(evidence: Iterable[Evidence], origins: Sequence[Origin]) -> tuple[str, ...]:
    """Ids of the origins that stand behind the evidence, sorted; of two that count once, the first.

    An article of no origin is one by itself, under its own id.
    """
    pairs = [(place(a), place(b)) for o in origins for p in o.overlaps for a, b in [p.evidence]]
    return counted_once([place(e) for e in evidence], {a: o.id for o in origins for a in o.articles}, pairs)


def counted_once(
    places: Sequence[Place], origin_of: Mapping[str, str], shared: Iterable[tuple[Place, Place]]
) -> tuple[str, ...]:
    """The same, from bare places: ``shared`` are pairs of passages of two origins that are one text."""
    parent: dict[str, str] = {}

    def root(origin: str) -> str:
        while parent.get(origin, origin) != origin:
            origin = parent[origin]
        return origin

    for pair in shared:
        if any(inside(told, passage) for told in places for passage in pair):
            one, two = sorted(root(origin_of.get(passage[0], passage[0])) for passage in pair)
            parent[two] = one
    behind: dict[str, str] = {}
    for origin in sorted({origin_of.get(article, article) for article, _, _ in places}):
        behind.setdefault(root(origin), origin)
    return tuple(sorted(behind.values()))


def inside(told: Place, passage: Place) -> bool:
    """Whether a good part of what is told lies in the passage."""
    if told[0] != passage[0]:
        return False
    common = min(told[2], passage[2]) - max(told[1], passage[1])
    return common > 0 and common >= INSIDE * (told[2] - told[1])
