"""Boosted trees, evaluated with numpy; trained elsewhere (``training/pairs``) and stored as flat arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np

from consilience.errors import ModelError

LOOKS = (25, 60)  # trees after which pairs without hope are left as they stand,
HOPELESS = -3.2  # those whose logit is below this


@dataclass(frozen=True, eq=False)
class Trees:
    """Binary trees one after another; ``roots`` are indices into the node arrays.

    A node sends values <= ``threshold`` of its ``feature`` to ``left``; a leaf sends all to itself and has
    a ``value``. The sum over the trees is the logit; ``depths`` are theirs.
    """

    roots: np.ndarray
    feature: np.ndarray
    threshold: np.ndarray
    left: np.ndarray
    right: np.ndarray
    value: np.ndarray
    depths: np.ndarray

    def probabilities(self, table: np.ndarray) -> np.ndarray:
        """Shape (rows,) for ``table`` of shape (rows, features), float32."""
        out = np.zeros(len(table), np.float64)
        flat, width = np.ascontiguousarray(table, np.float32).ravel(), table.shape[1]
        alive = np.arange(len(table))
        for at, root in enumerate(self.roots):
            if at in LOOKS:
                alive = alive[out[alive] > HOPELESS]
            first = alive * width
            node = np.full(len(alive), root, np.int32)
            for _ in range(int(self.depths[at])):
                below = flat[first + self.feature[node]] <= self.threshold[node]
                node = np.where(below, self.left[node], self.right[node])
            out[alive] += self.value[node]
        return 1 / (1 + np.exp(-out))


@cache
def load(name: str) -> Trees:
    """The trees ``name`` of the package. Raises ``errors.ModelError`` where the file is missing or broken."""
    path = files("consilience") / "findings" / "models" / f"{name}.npz"
    try:
        with as_file(path) as real, np.load(real) as raw:
            names = ("roots", "feature", "threshold", "left", "right", "value", "depths")
            return Trees(**{k: raw[k] for k in names})
    except (FileNotFoundError, NotADirectoryError, KeyError, ValueError) as fault:
        raise ModelError(f"the findings' model {name!r} is missing or broken") from fault
