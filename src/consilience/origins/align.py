"""Sentences of two reports set against each other, in order.

What a copy keeps is not only the facts but their order and their grain, so that sentences are
aligned like sequences: the best chain of sentence pairs that runs forward in both reports
(Needleman and Wunsch 1970, gaps free, a pair is worth its likeness above a floor). All pairs of a
story's reports are aligned at once, a cell of all their tables at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from consilience.origins.reports import Report
from consilience.words import rarity

FLOOR = 0.34  # likeness that two sentences must have to be worth a place in the chain
SENSE = 0.4  # the same of their meaning; chosen on stories left out


class Link(NamedTuple):
    """Sentence ``i`` of the first report stands against sentence ``j`` of the second."""

    i: int
    j: int
    likeness: float


class Likeness(NamedTuple):
    """Likeness of all sentences of a story: ``table`` is float32 (sentences, sentences); report r's
    sentences are rows ``starts[r]`` to ``starts[r + 1]``."""

    table: np.ndarray
    starts: np.ndarray

    def of(self, a: int, b: int) -> np.ndarray:
        """The likeness of report a's sentences (rows) to report b's (columns)."""
        return self.table[self.starts[a] : self.starts[a + 1], self.starts[b] : self.starts[b + 1]]


def likeness(reports: Sequence[Report]) -> Likeness:
    """Likeness (0 to 1) of each two sentences: the cosine of their words weighted by rarity."""
    starts = np.cumsum([0, *(len(r.spans) for r in reports)])
    column: dict[str, int] = {}
    rows, columns = [], []
    row = 0
    for report in reports:
        for sentence in report.words:
            for key in {w.key for w in sentence}:
                rows.append(row)
                columns.append(column.setdefault(key, len(column)))
            row += 1
    weight = np.sqrt(np.array([rarity(k) for k in column], dtype=np.float32))
    matrix = np.zeros((row, len(column)), dtype=np.float32)
    matrix[rows, columns] = weight[columns] if columns else 0.0
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-6)
    return Likeness(matrix @ matrix.T, starts)


def meaning(reports: Sequence[Report]) -> Likeness:
    """Likeness (-1 to 1) of each two sentences: the cosine of their embeddings.

    Independent reports say the same things too; what tells a copy that keeps no words is that it says all
    of them, and in the same order.
    """
    starts = np.cumsum([0, *(len(r.spans) for r in reports)])
    vectors = np.concatenate([r.meaning for r in reports]).astype(np.float32)
    return Likeness(vectors @ vectors.T, starts)


def chains(table: Likeness, pairs: Sequence[tuple[int, int]], floor: float) -> list[list[Link]]:
    """For each pair of reports the best chain of sentence pairs, in order."""
    if not pairs:
        return []
    sizes = np.diff(table.starts)
    height = max(int(sizes[a]) for a, _ in pairs)
    width = max(int(sizes[b]) for _, b in pairs)
    worth = np.zeros((height, width, len(pairs)), dtype=np.float32)
    for p, (a, b) in enumerate(pairs):
        block = table.of(a, b)
        worth[: block.shape[0], : block.shape[1], p] = block - floor
    np.maximum(worth, 0.0, out=worth)
    best = np.zeros((height + 1, width + 1, len(pairs)), dtype=np.float32)
    for i in range(height):
        for j in range(width):
            cell = best[i, j] + worth[i, j]
            np.maximum(cell, best[i, j + 1], out=cell)
            np.maximum(cell, best[i + 1, j], out=best[i + 1, j + 1])
    return [_walk_back(best[:, :, p], worth[:, :, p], floor) for p in range(len(pairs))]


class Aligned(NamedTuple):
    """All pairs of reports aligned by one likeness.

    ``covered[a, b]`` is the share of report a's words that stand in its chain with b.
    """

    table: Likeness
    chain: dict[tuple[int, int], list[Link]]
    covered: np.ndarray


def aligned(reports: Sequence[Report], table: Likeness, floor: float) -> Aligned:
    """The best chains, for each two of the reports, of sentence pairs of ``floor`` or more."""
    pairs = list(combinations(range(len(reports)), 2))
    chain = dict(zip(pairs, chains(table, pairs, floor), strict=True))
    covered = np.zeros((len(reports),) * 2)
    for (a, b), links in chain.items():
        for x, y, side in ((a, b, 0), (b, a, 1)):
            lengths = reports[x].lengths
            covered[x, y] = sum(lengths[link[side]] for link in links) / max(1, lengths.sum())
    return Aligned(table, chain, covered)


def mutual(block: np.ndarray, floor: float) -> list[Link]:
    """Sentence pairs of which each is the other's likeliest, whatever their order, from ``floor`` on."""
    if not block.size:
        return []
    across, down = block.argmax(axis=1), block.argmax(axis=0)
    return [
        Link(i, int(j), float(block[i, j]))
        for i, j in enumerate(across)
        if down[j] == i and block[i, j] >= floor
    ]


def _walk_back(best: np.ndarray, worth: np.ndarray, floor: float) -> list[Link]:
    """The chain whose worth stands in the last cell."""
    out = []
    table, value = best.tolist(), worth.tolist()
    i, j = worth.shape
    while i and j:
        here = table[i][j]
        if here == table[i - 1][j]:
            i -= 1
        elif here == table[i][j - 1]:
            j -= 1
        else:
            out.append(Link(i - 1, j - 1, value[i - 1][j - 1] + floor))
            i, j = i - 1, j - 1
    out.reverse()
    return out
