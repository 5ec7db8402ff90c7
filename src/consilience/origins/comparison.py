"""All pairs of some reports compared, once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from consilience.origins.align import FLOOR, SENSE, Link, aligned, likeness, meaning, mutual
from consilience.origins.credits import claims_of, further
from consilience.origins.decide import chance
from consilience.origins.evidence import PROOF, SHOWN, Profile, features, meant
from consilience.origins.reports import Report

ASTRAY = 0.60  # likeness from which a pair of sentences that stands out of order is shown as proof
MEANT = 0.60  # likeness of meaning from which one in order is that keeps few words


class Comparison:
    """The reports in the order given, their alignments and the evidence on each pair."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self.reports = list(reports)
        self.profiles = [Profile(r) for r in self.reports]
        self.pairs = list(combinations(range(len(self.reports)), 2))
        self.words = aligned(self.reports, likeness(self.reports), FLOOR)
        self.sense = aligned(self.reports, meaning(self.reports), SENSE)
        self._longest: dict[tuple[int, int], int] = {}

    def features(self, a: int, b: int) -> np.ndarray:
        """The evidence on reports a < b, by their words."""
        return features(a, b, self.reports, self.profiles, self.words)

    def meant(self, a: int, b: int, proof: int = PROOF) -> np.ndarray:
        """The evidence on reports a < b, by their meaning, from ``proof`` sentences alike on."""
        return meant(a, b, self.reports, self.words, self.sense, proof)

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
            out[a, b] = out[b, a] = chance(
                self.features(a, b), self.meant(a, b), further(claims[a], claims[b])
            )
        return out

    def links(self, a: int, b: int) -> list[Link]:
        """The sentence pairs that prove a copy: those in order, by words or else by meaning, and the very
        like ones out of order; sorted by the first report's sentences."""
        shown = [link for link in self.words.chain[a, b] if link.likeness >= SHOWN]
        meant = [link for link in self.sense.chain[a, b] if link.likeness >= MEANT]
        for more in (mutual(self.words.table.of(a, b), ASTRAY), meant):
            first, second = {link.i for link in shown}, {link.j for link in shown}
            shown += [link for link in more if link.i not in first and link.j not in second]
        return sorted(shown)
