"""All pairs of some reports compared, once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from consilience.origins.align import Likeness, Link, chains, likeness, mutual
from consilience.origins.credits import claims_of, further
from consilience.origins.decide import chance
from consilience.origins.evidence import Profile, features
from consilience.origins.reports import Report

SHOWN = 0.40  # likeness from which an aligned pair of sentences is shown as proof
ASTRAY = 0.60  # and from which one that stands out of order is


class Comparison:
    """The reports in the order given, their alignments and the evidence on each pair."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self.reports = list(reports)
        self.profiles = [Profile(r) for r in self.reports]
        self.table: Likeness = likeness(self.reports)
        self.pairs = list(combinations(range(len(self.reports)), 2))
        self.chain: dict[tuple[int, int], list[Link]] = dict(
            zip(self.pairs, chains(self.table, self.pairs), strict=True)
        )
        self._longest: dict[tuple[int, int], int] = {}
        self.covered = np.zeros((len(self.reports),) * 2)
        for (a, b), chain in self.chain.items():
            for x, y, side in ((a, b, 0), (b, a, 1)):
                lengths = self.reports[x].lengths
                self.covered[x, y] = sum(lengths[link[side]] for link in chain) / max(1, lengths.sum())

    def features(self, a: int, b: int) -> np.ndarray:
        """The evidence on reports a < b."""
        return features(a, b, self.reports, self.profiles, self.table, self.chain[a, b], self.covered)

    def longest(self, a: int, b: int) -> int:
        """Plain words, no names and no quoted ones, in the longest stretch that two reports have alike."""
        if (a, b) not in self._longest:
            self._longest[a, b] = max(self.profiles[a].stretches.alike(self.profiles[b].stretches), default=0)
        return self._longest[a, b]

    def chances(self) -> np.ndarray:
        """Symmetric table of the chances that one text is behind two reports."""
        out = np.eye(len(self.reports))
        claims = [claims_of(r.article) for r in self.reports]
        for a, b in self.pairs:
            out[a, b] = out[b, a] = chance(self.features(a, b), further(claims[a], claims[b]))
        return out

    def links(self, a: int, b: int) -> list[Link]:
        """The sentence pairs that prove a copy: those in order, and the very like ones out of order;
        sorted by the first report's sentences."""
        shown = [link for link in self.chain[a, b] if link.likeness >= SHOWN]
        first, second = {link.i for link in shown}, {link.j for link in shown}
        astray = [
            link
            for link in mutual(self.table.of(a, b), ASTRAY)
            if link.i not in first and link.j not in second
        ]
        return sorted(shown + astray)
