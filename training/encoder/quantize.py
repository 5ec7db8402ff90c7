"""Word-piece vectors in four bits."""

from __future__ import annotations

import numpy as np

GROUP = 64


def four_bits(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Whole numbers from 0 to 15 (zero at 8) and half-precision scales per group of ``GROUP`` of a row.

    The scale of a group is the one, of some below the one that spares the largest value, with the least
    squared error.
    """
    rows = table.reshape(len(table), -1, GROUP).astype(np.float32)
    top = np.abs(rows).max(2, keepdims=True) / 7.5 + 1e-8
    best, best_error = top, np.full(top.shape, np.inf, np.float32)
    for part in (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7):
        scale = (top * part).astype(np.float16).astype(np.float32)
        error = ((np.clip(np.rint(rows / scale), -8, 7) * scale - rows) ** 2).sum(2, keepdims=True)
        best, best_error = np.where(error < best_error, scale, best), np.minimum(error, best_error)
    whole = np.clip(np.rint(rows / best), -8, 7) + 8
    return whole.reshape(table.shape).astype(np.uint8), best[..., 0].astype(np.float16)


def from_four_bits(whole: np.ndarray, scales: np.ndarray) -> np.ndarray:
    """The float32 table that ``four_bits`` wrote down."""
    rows = whole.reshape(len(whole), -1, GROUP).astype(np.float32) - 8
    return (rows * scales[..., None].astype(np.float32)).reshape(whole.shape)
