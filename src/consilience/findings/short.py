"""Whether short texts that answer one question say the same: their meaning as a whole, and their figures.

For texts outside a story there are no other reports to weigh words by, so this looks at each text by itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from consilience.findings.words import number
from consilience.model import Analysis

# Logistic regression on NAnCo dev (BSD-3), same and different weighed alike: training/pairs/short.py.
COSINE, APART, NEITHER = 8.40, -4.82, -4.08


def same(texts: Sequence[Analysis]) -> np.ndarray:
    """How likely each two texts say the same, shape (texts, texts), symmetric, 1 on the diagonal."""
    x = features(texts)
    table = 1 / (1 + np.exp(-(x @ np.array([COSINE, APART]) + NEITHER)))
    np.fill_diagonal(table, 1.0)
    return table


def features(texts: Sequence[Analysis]) -> np.ndarray:
    """Shape (texts, texts, 2): cosine of the meanings; whether both have figures and none in common."""
    meaning = np.stack([_meaning(t) for t in texts]) if texts else np.zeros((0, 1))
    figures = [_figures(t) for t in texts]
    out = np.zeros((len(texts), len(texts), 2))
    out[:, :, 0] = meaning @ meaning.T
    for i, one in enumerate(figures):
        for j, two in enumerate(figures):
            out[i, j, 1] = bool(one and two) and not one & two
    return out


def _meaning(text: Analysis) -> np.ndarray:
    """Mean of the sentences' vectors, length 1; zero where there is no sentence."""
    if not len(text.vectors):
        return np.zeros(text.vectors.shape[1] if text.vectors.ndim == 2 else 1)
    mean = text.vectors.mean(axis=0, dtype=float)
    return mean / max(float(np.linalg.norm(mean)), 1e-6)


def _figures(text: Analysis) -> set[float]:
    found = (number(token.text) for s in text.sentences for token in s.tokens)
    return {value for value in found if value is not None}
