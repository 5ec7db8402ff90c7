"""Average-link clustering of a small table of likenesses."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def average_link(table: np.ndarray, threshold: float, fixed: Sequence[Sequence[int]] = ()) -> list[list[int]]:
    """Groups of row numbers: the two groups with the highest mean likeness between their members are
    joined while that mean is at least ``threshold`` (Sokal and Michener 1958, UPGMA).

    ``table`` is symmetric, float, shape (n, n); the rows of one list in ``fixed`` start out joined.
    Equal means are joined in the order of the rows. Groups and their rows are sorted.
    """
    count = len(table)
    groups: list[list[int]] = []
    for rows in fixed:
        groups.append(sorted(rows))
    joined = {i for rows in groups for i in rows}
    groups += [[i] for i in range(count) if i not in joined]
    groups.sort()
    member = np.zeros((len(groups), count))
    for g, rows in enumerate(groups):
        member[g, rows] = 1.0
    sums = member @ table.astype(np.float64) @ member.T
    sizes = member.sum(axis=1)
    means = sums / np.outer(sizes, sizes)
    np.fill_diagonal(means, -np.inf)
    alive: list[list[int]] = groups
    while len(alive) > 1:
        at = int(np.argmax(means))
        x, y = divmod(at, len(means))
        if means[x, y] < threshold:
            break
        x, y = min(x, y), max(x, y)
        sums[x] += sums[y]
        sums[:, x] += sums[:, y]
        sizes[x] += sizes[y]
        alive[x] = alive[x] + alive[y]
        alive[y] = []
        sizes[y] = 1.0
        means[x] = sums[x] / (sizes[x] * sizes)
        means[:, x] = means[x]
        means[y] = means[:, y] = -np.inf
        means[x, x] = -np.inf
        for g, rows in enumerate(alive):
            if not rows:
                means[x, g] = means[g, x] = -np.inf
        if sum(1 for rows in alive if rows) == 1:
            break
    return sorted(sorted(rows) for rows in alive if rows)
