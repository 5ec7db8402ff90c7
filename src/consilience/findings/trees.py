"""Boosted trees, evaluated with numpy; trained elsewhere (``training/pairs``) and stored as flat arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np

from consilience.errors import ModelError

ROWS = 8192  # pairs evaluated at once


@dataclass(frozen=True, eq=False)
class Trees:
    """Binary trees one after another; ``roots`` are indices into the node arrays.

    A node with ``feature`` >= 0 sends values <= ``threshold`` to ``left``; one with -1 is a leaf of
    ``value``. The sum over the trees is the logit.
    """

    roots: np.ndarray
    feature: np.ndarray
    threshold: np.ndarray
    left: np.ndarray
    right: np.ndarray
    value: np.ndarray
    depth: int

    def probabilities(self, table: np.ndarray) -> np.ndarray:
        """Shape (rows,) for ``table`` of shape (rows, features), float32."""
        out = np.zeros(len(table), np.float64)
        for start in range(0, len(table), ROWS):
            block = table[start : start + ROWS]
            rows = np.arange(len(block))
            for root in self.roots:
                node = np.full(len(block), root, np.int32)
                for _ in range(self.depth):
                    feature = self.feature[node]
                    leaf = feature < 0
                    if leaf.all():
                        break
                    below = block[rows, np.maximum(feature, 0)] <= self.threshold[node]
                    node = np.where(leaf, node, np.where(below, self.left[node], self.right[node]))
                out[start : start + ROWS] += self.value[node]
        return 1 / (1 + np.exp(-out))


@cache
def load(name: str) -> Trees:
    """The trees ``name`` of the package. Raises ``errors.ModelError`` where the file is missing or broken."""
    path = files("consilience") / "findings" / "models" / f"{name}.npz"
    try:
        with as_file(path) as real, np.load(real) as raw:
            fields = {k: raw[k] for k in ("roots", "feature", "threshold", "left", "right", "value")}
            return Trees(**fields, depth=int(raw["depth"]))
    except (FileNotFoundError, NotADirectoryError, KeyError, ValueError) as fault:
        raise ModelError(f"the findings' model {name!r} is missing or broken") from fault
