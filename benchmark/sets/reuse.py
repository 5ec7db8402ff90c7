"""Copied, lightly and heavily rewritten, and independent answers told apart (Clough and Stevenson 2011).

Each answer against the encyclopaedia's article on its task. Two baselines run beside it: containment of
word six-grams, and MinHash (Broder 1997) over word three-grams with 128 permutations and the plain
estimate of the Jaccard coefficient, datasketch's where it is installed and a like one of our own where
it is not. Both get the threshold that is best on these very answers; the package has its own, shipped.
"""

from __future__ import annotations

import csv
import re
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmark.rows import Row
from consilience import language
from consilience.model import Article, Completeness, Reading
from consilience.origins import one_text
from consilience.origins.decide import thresholds

COPIED = ("cut", "light")


def _read(folder: Path) -> tuple[list[str], list[Reading], list[Reading]]:
    """(degree, answer, source) of every answer that is there."""
    with open(folder / "file_information.csv", encoding="utf-8") as sheet:
        rows = [r for r in csv.DictReader(sheet) if (folder / r["File"]).exists()]
    articles = {}
    for row in rows:
        text = (folder / row["File"]).read_text(encoding="utf-8", errors="replace")
        articles[row["File"]] = Article(
            id=row["File"], source=row["File"], text=text, completeness=Completeness("whole")
        )
    readings = {
        n: Reading(a) for n, a in zip(articles, language.analyse(list(articles.values())), strict=True)
    }
    answers = [r for r in rows if r["Category"] != "orig"]
    return (
        [r["Category"] for r in answers],
        [readings[r["File"]] for r in answers],
        [readings[f"orig_task{r['Task']}.txt"] for r in answers],
    )


def _grams(text: str, n: int) -> set[str]:
    words = re.findall(r"\w+", text.casefold())
    return {" ".join(words[i : i + n]) for i in range(len(words) - n + 1)}


def _containment(answer: str, source: str) -> float:
    part = _grams(answer, 6)
    return len(part & _grams(source, 6)) / max(1, len(part))


def _minhash(answer: str, source: str) -> float:
    try:
        from datasketch import MinHash
    except ImportError:
        return _own_minhash(answer, source)
    made = []
    for text in (answer, source):
        sketch = MinHash(num_perm=128)
        sketch.update_batch([g.encode() for g in _grams(text, 3)])
        made.append(sketch)
    return made[0].jaccard(made[1])


def _own_minhash(answer: str, source: str) -> float:
    """The share of 128 random orderings in which both sets have the same first gram."""
    import zlib

    prime = (1 << 61) - 1
    rng = np.random.default_rng(1)
    a, b = (rng.integers(1, 1 << 31, size=128, dtype=np.uint64) for _ in range(2))
    lowest = []
    for text in (answer, source):
        hashes = np.array([zlib.crc32(g.encode()) for g in _grams(text, 3)] or [0], dtype=np.uint64)
        lowest.append(((hashes[:, None] * a[None, :] + b[None, :]) % np.uint64(prime)).min(axis=0))
    return float((lowest[0] == lowest[1]).mean())


def _accuracy(values: np.ndarray, same: np.ndarray, threshold: float | None) -> tuple[float, float]:
    """(accuracy, threshold); the best threshold on these values where none is given."""
    if threshold is not None:
        return float(((values >= threshold) == same).mean()), threshold
    tried = [*np.unique(values), float(values.max()) + 1.0]
    return max((float(((values >= t) == same).mean()), float(t)) for t in tried)


def measure(data: Path, verbose: bool = False) -> list[Row]:
    """Accuracy against the independent answers, for copied and lightly revised ones, and for heavily
    revised ones; and the milliseconds that a pair takes, analysis apart."""
    degrees, answers, sources = _read(data / "reuse/clough-stevenson")
    degree = np.array(degrees)
    ways: dict[str, tuple[Callable[[Reading, Reading], float], float | None]] = {
        "origins": (lambda a, b: one_text(a, b), thresholds()[0]),
        "six-gram containment": (lambda a, b: _containment(a.article.text, b.article.text), None),
        "MinHash": (lambda a, b: _minhash(a.article.text, b.article.text), None),
    }
    rows = []
    for name, (way, threshold) in ways.items():
        start = time.perf_counter()
        values = np.array([way(a, b) for a, b in zip(answers, sources, strict=True)])
        took = 1000 * (time.perf_counter() - start) / len(values)
        for what, kinds in (("copied and lightly revised", COPIED), ("heavily revised", ("heavy",))):
            chosen = np.isin(degree, kinds) | (degree == "non")
            right, at = _accuracy(values[chosen], np.isin(degree[chosen], kinds), threshold)
            shipped = "shipped threshold" if threshold is not None else f"best threshold, {at:.3f}"
            rows.append(
                Row(
                    f"clough-stevenson, {what}: {name}",
                    right,
                    int(chosen.sum()),
                    f"{shipped}; {took:.1f} ms a pair",
                )
            )
        if verbose:
            for value, kind, answer in sorted(
                zip(values, degrees, (a.article.id for a in answers), strict=True)
            ):
                print(f"  {name} {value:.3f} {kind} {answer}")
    return rows
