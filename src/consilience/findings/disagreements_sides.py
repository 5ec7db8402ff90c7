"""What the differences of status, actor and content share: pairs of clauses with what lies around them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from consilience.findings import scores
from consilience.findings.disagreements_relation import when
from consilience.model import Evidence, Reading, Sentence, Statement, StoryReading
from consilience.spans import Span

COPIED = 0.85  # probability of two clauses from which one tells just what the other does
KIN = 0.6  # part of an article's clauses that another tells too from which the two are one text
SAME_TIME = 0.08  # days that two reports may be apart and count as of one moment
ALIKE = 0.5  # likeness of meaning from which two words may name one thing
_DAYS = ("day", "part of day")
Side = tuple[int, Hashable, str]  # a clause, the side that it takes, and what that side is called


class Sides:
    """A story's clauses in the order of its scores, and what their pairs are judged by.

    ``pairs``: (smaller index, larger index) -> probability that both report one fact.
    """

    def __init__(self, story: StoryReading) -> None:
        story = replace(story, readings=tuple(sorted(story.readings, key=lambda r: r.article.id)))
        self.story = story
        self.scored = scores.of(story)
        self.pairs: Mapping[tuple[int, int], float] = self.scored.clauses
        self.statements: tuple[Statement, ...] = self.scored.units.statements
        self.readings: dict[str, Reading] = {r.article.id: r for r in story.readings}
        self.published = [when(r.article.published) for r in story.readings]

    def article(self, k: int) -> int:
        """The number of the article that the clause stands in."""
        return int(self.scored.units.article[k])

    def reading(self, k: int) -> Reading:
        """The reading that the clause stands in."""
        return self.readings[self.statements[k].evidence.article]

    def sentence(self, k: int) -> Sentence:
        """The sentence that the clause stands in."""
        return self.reading(k).analysis.sentences[self.statements[k].sentence]

    @cached_property
    def _mentions(self) -> dict[str, list[tuple[int, int, str]]]:
        places: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for entity in self.story.entities:
            for m in entity.mentions:
                places[m.article].append((m.start, m.end, entity.id))
        return places

    def names(self, article: str, start: int, end: int) -> frozenset[str]:
        """Ids of the entities named in ``[start, end)`` of the article."""
        return frozenset(e for a, b, e in self._mentions[article] if a < end and start < b)

    def named(self, k: int) -> frozenset[str]:
        """Ids of the entities named in the clause."""
        at = self.statements[k].evidence
        return self.names(at.article, at.start, at.end)

    @cached_property
    def _shares(self) -> dict[tuple[int, int], float]:
        """(article, other article) -> part of the first's clauses that the other tells in like words."""
        told = {(i, self.article(j)) for (i, j), p in self.pairs.items() if p >= COPIED}
        told |= {(j, self.article(i)) for (i, j), p in self.pairs.items() if p >= COPIED}
        sizes = Counter(int(a) for a in self.scored.units.article)
        counts = Counter((self.article(k), other) for k, other in told)
        return {pair: n / sizes[pair[0]] for pair, n in counts.items()}

    def kin(self, i: int, j: int) -> bool:
        """Whether the articles of two clauses are one text: what differs is how it is put, or read."""
        a, b = self.article(i), self.article(j)
        return max(self._shares.get((a, b), 0.0), self._shares.get((b, a), 0.0)) >= KIN

    def days(self, i: int, j: int) -> float:
        """Days from the first clause's report to the second's; 0 where unknown or at one time."""
        one, two = self.published[self.article(i)], self.published[self.article(j)]
        if one is None or two is None:
            return 0.0
        days = (two[0] - one[0]).total_seconds() / 86400
        return days if abs(days) >= SAME_TIME else 0.0

    @cached_property
    def by_sentence(self) -> dict[tuple[int, int], list[int]]:
        """(article, number of the sentence in it) -> its clauses."""
        found: dict[tuple[int, int], list[int]] = defaultdict(list)
        for k, statement in enumerate(self.statements):
            found[self.article(k), statement.sentence].append(k)
        return dict(found)

    def one_speaker(self, i: int, j: int) -> bool:
        """Whether one and the same person says both clauses."""
        found = []
        for k in (i, j):
            number, told = self.statements[k].attribution, self.reading(k).attributions
            speaker = told[number].speaker if number is not None and number < len(told) else None
            found.append(speaker and (speaker.entity or speaker.name.casefold()))
        return found[0] is not None and found[0] == found[1]

    def alike(self, i: int, here: Sequence[Span], j: int, there: Sequence[Span]) -> bool:
        """Whether a word in these places of clause ``i`` may mean what one in those of clause ``j`` does."""
        one, two = self._meanings(i, here), self._meanings(j, there)
        return bool(one.size and two.size) and float((one @ two.T).max()) >= ALIKE

    def _meanings(self, k: int, spans: Sequence[Span]) -> np.ndarray:
        """Shape (words, dimensions): what the words in the places mean where they stand."""
        units = self.scored.units
        low, high = units.bounds[units.sentence[k]]
        places = units.words.places[low:high]
        inside = [any(s.start <= a and b <= s.end for s in spans) for a, b in places.tolist()]
        return units.words.vectors[low:high][np.array(inside, dtype=bool)]

    def figures(self, k: int) -> frozenset[float]:
        """The values of the figures in the clause."""
        at = self.statements[k].evidence
        values = [f.value for f in self.reading(k).figures if at.span.covers(f.evidence.span)]
        return frozenset(v if isinstance(v, float | int) else v[0] for v in values)

    def dates(self, k: int) -> list[tuple[str, str]]:
        """First and last day of each day that the clause names."""
        at = self.statements[k].evidence
        return [
            (t.start[:10], (t.end or t.start)[:10])
            for t in self.reading(k).times
            if at.span.covers(t.evidence.span) and t.precision in _DAYS
        ]

    def apart(self, i: int, j: int) -> bool:
        """Whether both clauses name days and none in common."""
        one, two = self.dates(i), self.dates(j)
        return bool(one and two) and not any(a <= d and c <= b for a, b in one for c, d in two)


def positions(
    sides: Sides, told: Iterable[tuple[Side, Side]]
) -> list[list[tuple[Hashable, str, tuple[Evidence, ...]]]]:
    """Pairs that share a clause become one difference: for each, its sides with their evidence.

    A clause that stands on two sides of one difference is left out of it, and so is a difference with
    less than two sides.
    """
    told = list(told)
    clauses = sorted({k for pair in told for k, *_ in pair})
    at = {k: n for n, k in enumerate(clauses)}
    joined = {(min(at[a[0]], at[b[0]]), max(at[a[0]], at[b[0]])): 1.0 for a, b in told}
    out = []
    for group in _groups(len(clauses), joined):
        members = {clauses[n] for n in group}
        held: dict[int, set[tuple[Hashable, str]]] = defaultdict(set)
        for pair in told:
            for k, side, name in pair:
                if k in members:
                    held[k].add((side, name))
        by_side: dict[Hashable, tuple[str, list[int]]] = {}
        for k in sorted(held):
            if len({side for side, _ in held[k]}) == 1:
                side, name = min(held[k], key=lambda s: s[1])
                by_side.setdefault(side, (name, []))[1].append(k)
        if len(by_side) > 1:
            out.append(
                [
                    (side, name, tuple(sides.statements[k].evidence for k in found))
                    for side, (name, found) in by_side.items()
                ]
            )
    return out


def _groups(size: int, joined: Mapping[tuple[int, int], float]) -> list[Sequence[int]]:
    """What hangs together by any pair."""
    group = list(range(size))
    for i, j in joined:
        one, two = group[i], group[j]
        group = [one if g == two else g for g in group]
    return [[n for n in range(size) if group[n] == g] for g in sorted(set(group))]
