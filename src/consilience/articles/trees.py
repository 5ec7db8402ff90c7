"""Boosted trees and word weights read from one file and evaluated with numpy.

The trees are learnt with LightGBM (Ke et al., NeurIPS 2017) by ``training/articles.py``; a node
sends a row to the left where its value is at most the threshold.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from consilience.errors import ModelError


@dataclass(frozen=True, eq=False)
class LineModel:
    """Word weights ("" is the bias) and trees over the columns ``columns``.

    ``feature``, ``threshold``, ``left``, ``right``: shape (nodes,); a child below zero is a leaf, whose
    value is ``leaf[~child]``. ``roots``: shape (trees,).
    """

    columns: tuple[str, ...]
    words: dict[str, float]
    roots: np.ndarray
    feature: np.ndarray
    threshold: np.ndarray
    left: np.ndarray
    right: np.ndarray
    leaf: np.ndarray

    def probability(self, rows: np.ndarray) -> np.ndarray:
        """Probability that a line is the report; ``rows``: float32, shape (lines, columns)."""
        lines = np.arange(len(rows))[:, None]
        node = np.broadcast_to(self.roots, (len(rows), len(self.roots))).copy()
        active = node >= 0
        while active.any():
            at = np.where(active, node, 0)
            goes_left = rows[lines, self.feature[at]] <= self.threshold[at]
            node = np.where(active, np.where(goes_left, self.left[at], self.right[at]), node)
            active = node >= 0
        return 1.0 / (1.0 + np.exp(-self.leaf[~node].sum(axis=1)))


def read_model(data: bytes, name: str) -> LineModel:
    """The model that ``training/articles.py`` wrote. Raises ``ModelError`` where it is broken."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            arrays = {key: file[key] for key in file.files}
        words = bytes(arrays["words"]).decode("utf-8").split("\n")
        return LineModel(
            columns=tuple(bytes(arrays["columns"]).decode("utf-8").split("\n")),
            words=dict(zip(words, arrays["weights"].astype(float).tolist(), strict=True)),
            roots=arrays["roots"],
            feature=arrays["feature"].astype(np.int64),
            threshold=arrays["threshold"].astype(np.float32),
            left=arrays["left"].astype(np.int64),
            right=arrays["right"].astype(np.int64),
            leaf=arrays["leaf"].astype(np.float64),
        )
    except (KeyError, ValueError, OSError) as fault:
        raise ModelError(f"model file {name} is broken: {fault}") from None


@cache
def line_model(name: str, language: str = "en") -> LineModel:
    """The model ``name`` ("lines-text", "lines-html") of a language, read once."""
    path = files("consilience") / "language" / language / f"{name}.npz"
    try:
        return read_model(path.read_bytes(), name)
    except FileNotFoundError:
        raise ModelError(f"no model {name!r} for language {language!r}") from None
