"""Brings a trained student to the form that ``consilience.findings.network`` evaluates."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from consilience.findings.network import Network

RANK = 48  # of the comparing layers: their average precision falls by .002


def slim(weights: dict[str, np.ndarray], rank: int = RANK) -> dict[str, np.ndarray]:
    """The weights with each of the comparing layers cut in two of ``rank`` (best in the least squares)."""
    out = {k: v for k, v in weights.items() if k not in ("c1.weight", "c2.weight")}
    own, drawn = np.split(weights["c1.weight"].T.astype(np.float32), [len(weights["norm.weight"])])
    out["c1.own"] = own.astype(np.float16)
    for name, weight in (("c1", drawn), ("c2", weights["c2.weight"].T.astype(np.float32))):
        u, s, v = np.linalg.svd(weight, full_matrices=False)
        root = np.sqrt(s[:rank])
        out[f"{name}.down"] = (u[:, :rank] * root).astype(np.float16)
        out[f"{name}.up"] = (root[:, None] * v[:rank]).astype(np.float16)
    return out


def student(path: Path) -> dict[str, np.ndarray]:
    """The weights that ``training.pairs.train`` wrote to ``path``, cut."""
    with np.load(path) as raw:
        return slim({name: raw[name] for name in raw.files})


def networks(folder: Path, folds: int) -> dict[int, Network]:
    """By part, the network that was trained without it."""
    return {k: Network(student(folder / f"student-{k}.npz")) for k in range(folds)}
