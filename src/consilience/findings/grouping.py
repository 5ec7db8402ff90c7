"""From scored pairs to groups that do not chain.

A place may stand in several groups: a sentence that says two facts belongs to both. A group is first a
clique, every pair of which was judged the same; cliques that share places become one only where what
they do not share is on the whole the same too. So one bad pair welds nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

Pair = tuple[int, int]


def neighbours(pairs: Mapping[Pair, float], least: float) -> dict[int, dict[int, float]]:
    """Place -> the places judged the same with a probability of ``least`` or more."""
    out: dict[int, dict[int, float]] = defaultdict(dict)
    for (a, b), p in pairs.items():
        if p >= least:
            out[a][b] = out[b][a] = p
    return out


def cliques(pairs: Mapping[Pair, float], least: float) -> list[tuple[int, ...]]:
    """Cliques that together hold every pair of ``least`` or more, grown from the surest pair on.

    Each begins with the surest pair that no clique holds yet and takes in, one by one, the place that
    is surest of all members; at most one clique a pair, so the work is bounded.
    """
    near = neighbours(pairs, least)
    edges = sorted(((-p, a, b) for (a, b), p in pairs.items() if p >= least))
    held: set[Pair] = set()
    out = []
    for _, a, b in edges:
        if (a, b) in held:
            continue
        group = [a, b]
        common = {c: near[a][c] + near[b][c] for c in near[a].keys() & near[b].keys()}
        while common:
            best = max(common, key=lambda c: (common[c], -c))
            group.append(best)
            around = near[best]
            common = {c: s + around[c] for c, s in common.items() if c != best and c in around}
        group.sort()
        held.update((x, y) for i, x in enumerate(group) for y in group[i + 1 :])
        out.append(tuple(group))
    return sorted(set(out), key=lambda g: (-len(g), g))


def joined(
    groups: Iterable[tuple[int, ...]], pairs: Mapping[Pair, float], apart: Mapping[int, int], least: float
) -> list[tuple[int, ...]]:
    """The groups, those that share a place made one where the rest of the two agrees on the whole.

    ``apart``: place -> article; places of one article say nothing for or against. ``least`` is the mean
    probability over the pairs that the two do not share; a pair that was never looked at counts as 0.
    """
    out: list[set[int]] = []
    where: dict[int, set[int]] = defaultdict(set)
    for group in groups:
        best: tuple[float, int] | None = None
        for k in sorted(set().union(*(where[i] for i in group))):
            mean = _agreement(set(group) - out[k], out[k] - set(group), pairs, apart)
            if mean >= least and (best is None or mean > best[0]):
                best = (mean, k)
        if best is None:
            out.append(set())
            best = (1.0, len(out) - 1)
        out[best[1]] |= set(group)
        for i in group:
            where[i].add(best[1])
    return sorted({tuple(sorted(g)) for g in out}, key=lambda g: (-len(g), g))


def _agreement(one: set[int], two: set[int], pairs: Mapping[Pair, float], apart: Mapping[int, int]) -> float:
    scores = [pairs.get((min(a, b), max(a, b)), 0.0) for a in one for b in two if apart[a] != apart[b]]
    return sum(scores) / len(scores) if scores else 1.0
