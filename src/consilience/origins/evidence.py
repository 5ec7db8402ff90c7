"""The evidence for and against one text behind two reports, as numbers.

Each number of a pair is between 0 and 1 unless it says otherwise. "Shorter" is the report of fewer
words. Words inside quotation marks are left out where it is said, since two reporters who stood in
one room have them alike.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from consilience.origins.align import FLOOR, SENSE, Aligned, Link, mutual
from consilience.origins.reports import Report
from consilience.words import rarity

NAMES = (
    "own words shared, shorter",
    "own words shared, longer",
    "phrases shared, shorter",
    "chain over shorter",
    "chain over longer",
    "strong chain over shorter",
    "strong chain over longer",
    "order",
    "mean likeness",
    "numbers of shorter found",
    "numbers of longer found",
    "names of shorter found",
    "names of longer found",
    "rare words of shorter found",
    "quotes reworded",
    "quotes identical",
    "chain against the story, first",
    "chain against the story, second",
    "longest run",
    "length ratio",
    "stretches word for word",
    "words in them",
    "phrases beyond chance",
    "words in them beyond chance",
    "short copy",
    "strong in any order over shorter",
    "strong in any order over longer",
)
# A copy in other words, or translated back, keeps what is said and its order.
MEANT = (
    "chain over shorter",
    "chain over longer",
    "order",
    "chain against the story, shorter",
    "chain against the story, longer",
)
STRONG = 0.55  # likeness of a sentence pair from which it is close to certain to say one thing
GROUP = 5  # words that must stand alike in a row to make a stretch
PLAIN = 4  # plain words that a stretch needs to count
BY_CHANCE = 0.12  # part of phrases of three words that two reports of one event share by chance, at most
WORDS_BY_CHANCE = float(np.log1p(12)) / 6  # and of plain words in stretches
ELSEWHERE = 0.35  # part of a report that its chain with an independent one covers, where there is no third
LINKS = 6  # sentences that must correspond by meaning for their order to say something
PROOF = 5  # and by words, since a copy is to be shown
SHOWN = 0.40  # likeness of words from which an aligned pair of sentences is shown as proof
RARE = 0.55  # rarity from which a word counts as rare


class Profile:
    """Of one report what is compared as sets."""

    def __init__(self, report: Report) -> None:
        self.size = report.size
        self.own, self.phrases = set(), set()
        self.stretches = _Stretches(report)
        numbers, names, rare = set(), set(), set()
        for words, quoted in zip(report.words, report.quoted, strict=True):
            keys = [w.key for w in words]
            for n, grams in ((6, self.own), (3, self.phrases)):
                for i in range(len(keys) - n + 1):
                    if not quoted[i : i + n].all():
                        grams.add(tuple(keys[i : i + n]))
            for k, word in enumerate(words):
                if word.number and (len(word.key) > 1 or not quoted[k]):
                    numbers.add(word.key)
                elif word.name and k and rarity(word.key) > 0.3:
                    names.add(word.key)
                if rarity(word.key) >= RARE and not quoted[k]:
                    rare.add(word.key)
        self.numbers, self.names, self.rare = numbers, names, rare


class _Stretches:
    """A report's words in a row, with an index of its groups of ``GROUP`` words."""

    def __init__(self, report: Report) -> None:
        self.keys = [w.key for words in report.words for w in words]
        quoted = [bool(q) for row in report.quoted for q in row]
        # words that two reporters may well write alike by themselves count nothing: names, numbers
        self.plain = [
            not (w.number or w.name) and not q
            for w, q in zip((w for words in report.words for w in words), quoted, strict=True)
        ]
        self.groups: dict[tuple[str, ...], list[int]] = {}
        for i in range(len(self.keys) - GROUP + 1):
            self.groups.setdefault(tuple(self.keys[i : i + GROUP]), []).append(i)

    def shared(self, other: _Stretches) -> list[tuple[int, int]]:
        """Maximal stretches [start, end) of this report whose groups of words all stand in ``other``."""
        starts = sorted(i for g in self.groups.keys() & other.groups.keys() for i in self.groups[g])
        out: list[tuple[int, int]] = []
        for i in starts:
            if out and i <= out[-1][1] - GROUP + 1:
                out[-1] = (out[-1][0], i + GROUP)
            else:
                out.append((i, i + GROUP))
        return out

    def alike(self, other: _Stretches) -> list[int]:
        """How many plain words stand in each stretch that both have."""
        return [sum(self.plain[i:j]) for i, j in self.shared(other)]


def _verbatim(first: _Stretches, second: _Stretches) -> tuple[float, float]:
    """How many stretches of own words the reports share word for word, as n / (n + 2), and how many
    plain words (no names, no numbers) stand in them, as log(1 + n) / 6."""
    worth = [n for n in first.alike(second) if n >= PLAIN]
    return len(worth) / (len(worth) + 2), float(np.log1p(sum(worth))) / 6


def _contained(part: set, whole: set, prior: float = 0.0, weight: float = 0.0) -> float:
    """Share of ``part`` found in ``whole``, drawn to ``prior`` as if ``weight`` more were known."""
    if not part and not weight:
        return 0.0
    return (len(part & whole) + prior * weight) / (len(part) + weight)


def features(
    a: int, b: int, reports: Sequence[Report], profiles: Sequence[Profile], words: Aligned
) -> np.ndarray:
    """The numbers of ``NAMES`` for reports ``a`` and ``b``, aligned by their words; float64."""
    p, q = profiles[a], profiles[b]
    swap = p.size > q.size
    shorter, longer = (q, p) if swap else (p, q)
    turn = slice(None, None, -1) if swap else slice(None)  # shorter first
    chain, table = words.chain[a, b], words.table
    strong = [link for link in chain if link.likeness >= STRONG]
    lists = (chain, strong, mutual(table.of(a, b), STRONG))
    covers = [_covered(links, reports[a], reports[b])[turn] for links in lists]
    identical, reworded = _quotes(reports[a], reports[b], chain)
    phrases = _contained(shorter.phrases, longer.phrases)
    stretches, plain = _verbatim(p.stretches, q.stretches)
    return np.array(
        [
            _contained(shorter.own, longer.own),
            _contained(longer.own, shorter.own),
            phrases,
            *covers[0],
            *covers[1],
            _in_order(table.of(a, b), chain, FLOOR),
            float(np.mean([x.likeness for x in chain])) if chain else 0.0,
            *_found(shorter, longer),
            reworded,
            identical,
            *_against_the_story(a, b, words.covered),
            _longest_run(chain),
            shorter.size / max(1, longer.size),
            stretches,
            plain,
            max(0.0, phrases - BY_CHANCE),
            max(0.0, plain - WORDS_BY_CHANCE),
            covers[0][0] * max(0.0, 1.0 - 2.0 * shorter.size / max(1, longer.size)),
            *covers[2],
        ]
    )


def meant(
    a: int, b: int, reports: Sequence[Report], words: Aligned, sense: Aligned, proof: int = PROOF
) -> np.ndarray:
    """The numbers of ``MEANT`` for reports ``a`` and ``b``, aligned by meaning; float64.

    All 0 where fewer than ``LINKS`` sentences correspond, whose order says nothing, or fewer than ``proof``
    by their words, so that nothing could be shown.
    """
    shown = sum(link.likeness >= SHOWN for link in words.chain[a, b])
    if len(sense.chain[a, b]) < LINKS or shown < proof:
        return np.zeros(len(MEANT))
    turn = slice(None, None, -1) if reports[a].size > reports[b].size else slice(None)
    return np.array(
        [
            *[sense.covered[a, b], sense.covered[b, a]][turn],
            _in_order(sense.table.of(a, b), sense.chain[a, b], SENSE),
            *_against_the_story(a, b, sense.covered)[turn],
        ]
    )


def _against_the_story(a: int, b: int, typical: np.ndarray) -> list[float]:
    """What the chain covers of either report beyond what chains with the other reports do."""
    others = [k for k in range(len(typical)) if k not in (a, b)]
    rest = [float(np.mean(typical[x, others])) if others else ELSEWHERE for x in (a, b)]
    return [typical[a, b] - rest[0], typical[b, a] - rest[1]]


def _covered(links: Sequence[Link], first: Report, second: Report) -> list[float]:
    """The part of each report's words that its sentences in ``links`` have."""
    one, two = first.lengths, second.lengths
    return [
        sum(one[x.i] for x in links) / max(1, one.sum()),
        sum(two[x.j] for x in links) / max(1, two.sum()),
    ]


def _in_order(block: np.ndarray, chain: list[Link], floor: float) -> float:
    """What the chain is worth beside what it would be if order did not count, 0 to 1."""
    free = block.max(axis=1, initial=0.0).clip(floor) - floor if block.size else np.zeros(1)
    return min(1.0, sum(x.likeness - floor for x in chain) / max(float(free.sum()), 0.2))


def _found(shorter: Profile, longer: Profile) -> list[float]:
    """Parts of the numbers and names of either, and of the shorter one's rare words, that the other has."""
    return [
        _contained(shorter.numbers, longer.numbers, 0.4, 3),
        _contained(longer.numbers, shorter.numbers, 0.4, 3),
        _contained(shorter.names, longer.names, 0.4, 3),
        _contained(longer.names, shorter.names, 0.4, 3),
        _contained(shorter.rare, longer.rare, 0.3, 5),
    ]


def _quotes(first: Report, second: Report, chain: list[Link]) -> tuple[float, float]:
    """(identical, reworded): how many aligned sentence pairs have quoted words in both, alike word for
    word or in other words; each as n / (n + 1)."""
    same = other = 0
    for link in chain:
        x = [w.key for w, q in zip(first.words[link.i], first.quoted[link.i], strict=True) if q]
        y = [w.key for w, q in zip(second.words[link.j], second.quoted[link.j], strict=True) if q]
        if len(x) < 4 or len(y) < 4:
            continue
        share = len(set(x) & set(y)) / min(len(set(x)), len(set(y)))
        if share >= 0.9:
            same += 1
        else:
            other += 1
    return same / (same + 1), other / (other + 1)


def _longest_run(chain: list[Link]) -> float:
    """Longest run of links that step one sentence on in both reports, as n / (n + 3)."""
    best = run = 0
    for k, link in enumerate(chain):
        on = k and link.i - chain[k - 1].i == 1 and link.j - chain[k - 1].j == 1
        run = run + 1 if on else 1
        best = max(best, run)
    return best / (best + 3)
