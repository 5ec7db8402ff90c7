"""The best tree for a table of scores: greedy where that is one, else Chu and Liu (1965), Edmonds (1967)."""

from __future__ import annotations

import numpy as np


def is_tree(heads: np.ndarray) -> bool:
    """Whether ``heads`` (0 for the root, else 1 + the governor's index) has one root and no cycle."""
    up = heads.tolist()
    if up.count(0) != 1:
        return False
    known = [False] * len(up)  # words from which the root is reached
    for start in range(len(up)):
        path, at = [], start
        while not known[at]:
            known[at] = True  # a cycle comes back to a word of its own path
            path.append(at)
            if up[at] == 0:
                break
            at = up[at] - 1
            if at in path:
                return False
    return True


def best_tree(scores: np.ndarray) -> np.ndarray:
    """Heads of the highest-scoring tree with one root.

    ``scores``: float (words, words + 1), column 0 for the root, column 1 + j for word j as governor.
    Returns int64 (words): 0 for the root's child, else 1 + the governor's index.
    """
    n = len(scores)
    own = np.arange(n), np.arange(n) + 1
    scores = scores.astype(np.float64)
    free = scores.copy()
    free[own] = -np.inf
    greedy = free.argmax(1)
    if is_tree(greedy):
        return greedy
    top = scores.max(1, keepdims=True)
    logs = scores - top - np.log(np.exp(scores - top).sum(1, keepdims=True))
    logs[own] = -np.inf
    table = np.full((n + 1, n + 1), -np.inf)  # governor x dependent, node 0 the root
    table[:, 1:] = logs.T
    free = _edmonds(table)[1:]
    if int((free == 0).sum()) == 1:
        return free
    best, best_score = greedy, -np.inf
    # One root: each likely root is tried by itself.
    for root in np.argsort(-logs[:, 0], kind="stable")[:_ROOTS]:
        table[0] = -np.inf
        table[0, root + 1] = logs[root, 0]
        heads = _edmonds(table)[1:]
        total = logs[np.arange(n), heads].sum()
        if total > best_score:
            best, best_score = heads, total
    return best


_ROOTS = 3  # words tried as the root of a sentence whose greedy heads are no tree


def _cycle(heads: np.ndarray) -> list[int]:
    """The nodes of a cycle, [] where there is none; node 0 has no head."""
    seen = np.zeros(len(heads), dtype=np.int64)
    for start in range(1, len(heads)):
        at = start
        while at and not seen[at]:
            seen[at] = start
            at = int(heads[at])
        if at and seen[at] == start:
            cycle, step = [at], int(heads[at])
            while step != at:
                cycle.append(step)
                step = int(heads[step])
            return cycle
    return []


def _edmonds(table: np.ndarray) -> np.ndarray:
    """Heads of the maximum arborescence from node 0; ``table[g, d]`` scores governor g of dependent d."""
    table = np.maximum(table, _NEVER)
    np.fill_diagonal(table, 2 * _NEVER)
    table[:, 0] = 2 * _NEVER
    heads = table.argmax(0)
    heads[0] = 0
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside = np.zeros(len(table), dtype=bool)
    inside[cycle] = True
    rest = np.flatnonzero(~inside)
    ring = np.array(cycle)
    # The ring becomes one node, the last: arcs into it pay for the ring's arc that they break.
    into = table[np.ix_(rest, ring)] - table[heads[ring], ring]
    out_of = table[np.ix_(ring, rest)]
    small = np.full((len(rest) + 1, len(rest) + 1), 2 * _NEVER)
    small[:-1, :-1] = table[np.ix_(rest, rest)]
    small[:-1, -1] = into.max(1)
    small[-1, :-1] = out_of.max(0)
    found = _edmonds(small)
    entry = ring[into[found[-1]].argmax()]
    answer = heads.copy()
    answer[entry] = rest[found[-1]]
    for i, node in enumerate(rest):
        if node == 0:
            continue
        if found[i] == len(rest):
            answer[node] = ring[out_of[:, i].argmax()]
        else:
            answer[node] = rest[found[i]]
    return answer


_NEVER = -1e9
