"""Average-link clustering of a small table of likenesses."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def average_link(
    table: np.ndarray,
    threshold: float,
    fixed: Sequence[Sequence[int]] = (),
    caution: float = 1.0,
    several: int = 3,
) -> list[list[int]]:
    """Groups of row numbers: the two groups with the highest mean likeness between their members are
    joined while that mean is at least ``threshold`` (Sokal and Michener 1958, UPGMA).

    ``table`` is symmetric, float, shape (n, n); the rows of one list in ``fixed`` start out joined.
    Two groups that have ``several`` members each need ``caution`` times the likeness: a late or odd
    report is far from all others, but two full sets of reports that are far apart are two events.
    Equal means are joined in the order of the rows. Groups and their rows are sorted.
    """
    joined = {i for rows in fixed for i in rows}
    groups = sorted([sorted(rows) for rows in fixed] + [[i] for i in range(len(table)) if i not in joined])
    member = np.zeros((len(groups), len(table)))
    for g, rows in enumerate(groups):
        member[g, rows] = 1.0
    sums = member @ table.astype(np.float64) @ member.T
    sizes = member.sum(axis=1)
    gone = np.zeros(len(groups), dtype=bool)
    while len(groups) - gone.sum() > 1:
        worth = sums / np.outer(sizes, sizes)
        worth[np.logical_and.outer(sizes >= several, sizes >= several)] /= caution
        worth[gone] = worth[:, gone] = -np.inf
        np.fill_diagonal(worth, -np.inf)
        x, y = divmod(int(np.argmax(worth)), len(groups))
        if worth[x, y] < threshold:
            break
        x, y = min(x, y), max(x, y)
        sums[x] += sums[y]
        sums[:, x] += sums[:, y]
        sizes[x] += sizes[y]
        groups[x] = groups[x] + groups[y]
        gone[y] = True
    return sorted(sorted(rows) for rows, out in zip(groups, gone, strict=True) if not out)
