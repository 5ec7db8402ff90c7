"""Sentence meaning: graded likeness of news sentence pairs, beside the encoder that ours was held to.

The pairs are those of SemEval's STS headlines 2013-2015 and deft-news 2014: Pearson and Spearman of the
cosine with the graded likeness. MRPC (news sentence pairs, paraphrase or not): accuracy at the threshold
that is best on its training part. ``original``: a folder with all-MiniLM-L6-v2's ``model.onnx`` (ids to
``vector``) if it is to stand beside; its file is no part of the project (see training/README.md).

Run as ``python -m benchmark.sets.agreement DATA [ORIGINAL.onnx]``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmark.rows import Row
from consilience.language.en.text import tokenize
from consilience.language.encoder import encode
from consilience.language.pieces import tokenizer

SETS = ("sts-headlines-2013", "sts-headlines-2014", "sts-headlines-2015", "sts-deft-news-2014")
# What the original has on the same pairs, measured with its weights in full precision.
ORIGINAL = {
    "sts-headlines-2013": 0.814,
    "sts-headlines-2014": 0.792,
    "sts-headlines-2015": 0.837,
    "sts-deft-news-2014": 0.808,
}
Vectors = Callable[[Sequence[str]], np.ndarray]


def measure(data: Path, verbose: bool = False, original: Path | None = None) -> list[Row]:
    """Rows for each set; ``verbose`` adds the pairs that are furthest off."""
    folder = data / "agreement"
    rows, old = [], _original(original) if original else None
    ours_all, old_all = [], []
    for name in SETS:
        pairs = _graded(folder / f"{name}.tsv")
        gold = np.array([g for g, _, _ in pairs])
        said = _likeness(ours, pairs)
        p, s = pearson(gold, said), pearson(_ranks(gold), _ranks(said))
        ours_all.append(p)
        known = pearson(gold, _likeness(old, pairs)) if old else ORIGINAL[name]
        old_all.append(known)
        rows.append(Row(f"{name}, Pearson", p, len(pairs), f"original {known:.3f}; Spearman {s:.3f}"))
        if verbose:
            _show(pairs, gold, said)
    rows.append(
        Row(
            "sentence likeness, mean Pearson", float(np.mean(ours_all)), 4, f"original {np.mean(old_all):.3f}"
        )
    )
    rows.append(_paraphrase(folder))
    return rows


def ours(texts: Sequence[str]) -> np.ndarray:
    """Vectors (texts, 384) of the project's encoder, each text as one sentence."""
    cuts = [tokenize(t) for t in texts]
    asked = [
        ([t[a:b] for a, b in cut], [a == 0 or t[a - 1].isspace() for a, _ in cut])
        for t, cut in zip(texts, cuts, strict=True)
    ]
    return np.stack([e.vector for e in encode(asked)])


def _original(path: Path) -> Vectors:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path))

    def vectors(texts: Sequence[str]) -> np.ndarray:
        ids = [np.array([tokenizer().encode(t).ids]) for t in texts]
        return np.concatenate([session.run(["vector"], {"ids": i})[0] for i in ids])

    return vectors


def _graded(path: Path) -> list[tuple[float, str, str]]:
    cells = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    return [(float(c[0]), c[1], c[2]) for c in cells if len(c) == 3 and c[0]]


def _likeness(vectors: Vectors, pairs: Sequence[tuple]) -> np.ndarray:
    texts = sorted({t for _, a, b in pairs for t in (a, b)})
    known = dict(zip(texts, vectors(texts), strict=True))
    return np.array([float(known[a] @ known[b]) for _, a, b in pairs])


def pearson(a: np.ndarray, b: np.ndarray) -> float:
    """Pearson's r of two arrays of one length."""
    return float(np.corrcoef(a, b)[0, 1])


def _ranks(values: np.ndarray) -> np.ndarray:
    """Ranks from 1, those of equal values averaged."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2)[inverse]


def _paraphrase(folder: Path) -> Row:
    parts = []
    for name in ("train", "val"):
        lines = (folder / f"mrpc-{name}.tsv").read_text(encoding="utf-8-sig").splitlines()[1:]
        cells = [line.split("\t") for line in lines]
        pairs = [(int(c[0]), c[3], c[4]) for c in cells if len(c) == 5]
        parts.append((np.array([p[0] for p in pairs]), _likeness(ours, pairs)))
    (gold, said), (gold_val, said_val) = parts
    cut = max(np.unique(said), key=lambda t: ((said >= t) == gold).mean())
    accuracy = float(((said_val >= cut) == gold_val).mean())
    return Row(
        "MRPC validation, accuracy", accuracy, len(gold_val), f"word overlap .730; threshold {cut:.3f}"
    )


def _show(pairs: Sequence[tuple], gold: np.ndarray, said: np.ndarray) -> None:
    off = np.abs(_ranks(gold) - _ranks(said))
    for i in np.argsort(-off, kind="stable")[:10]:
        print(f"{gold[i]:.1f} {said[i]:.2f} | {pairs[i][1]} | {pairs[i][2]}")


if __name__ == "__main__":
    for row in measure(Path(sys.argv[1]), original=Path(sys.argv[2]) if len(sys.argv) > 2 else None):
        print(f"{row.name:36} {row.value:.4f}  of {row.of}  {row.note}")
