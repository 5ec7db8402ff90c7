"""Text reuse: rewritten answers (Clough and Stevenson 2011), and the cases' articles of one text.

Each answer against the encyclopaedia's article on its task. Two baselines run beside it: containment of
word six-grams, and MinHash (Broder 1997) over word three-grams with 128 permutations and the plain
estimate of the Jaccard coefficient, datasketch's where it is installed and a like one of our own where
it is not. Both get the threshold that is best on these very answers; the package has its own, shipped.
The pairs of articles of the cases are compared in the same ways, each pair by itself (F1 of the pairs
that go back to one text).
"""

from __future__ import annotations

import csv
import json
import re
import time
import zlib
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import numpy as np

from benchmark.rows import Row
from consilience import language, pipeline
from consilience.model import Article, Completeness, Reading
from consilience.origins import one_text
from consilience.origins.decide import thresholds

CASES = Path(__file__).resolve().parent.parent / "cases"
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
    prime = (1 << 61) - 1
    rng = np.random.default_rng(1)
    a, b = (rng.integers(1, 1 << 31, size=128, dtype=np.uint64) for _ in range(2))
    lowest = []
    for text in (answer, source):
        hashes = np.array([zlib.crc32(g.encode()) for g in _grams(text, 3)] or [0], dtype=np.uint64)
        lowest.append(((hashes[:, None] * a[None, :] + b[None, :]) % np.uint64(prime)).min(axis=0))
    return float((lowest[0] == lowest[1]).mean())


WAYS: dict[str, tuple[Callable[[Reading, Reading], float], float | None]] = {
    "origins": (one_text, thresholds().joined),
    "six-gram containment": (lambda a, b: _contained(a, b), None),
    "MinHash": (lambda a, b: _minhash(a.article.text, b.article.text), None),
}


def _contained(a: Reading, b: Reading) -> float:
    """Containment of the one in the other, the higher way round."""
    return max(_containment(a.article.text, b.article.text), _containment(b.article.text, a.article.text))


def _accuracy(said: np.ndarray, same: np.ndarray) -> float:
    return float((said == same).mean())


def _f1(said: np.ndarray, same: np.ndarray) -> float:
    return 2 * float((said & same).sum()) / max(1.0, float(said.sum() + same.sum()))


def _judged(
    values: np.ndarray,
    same: np.ndarray,
    threshold: float | None,
    quality: Callable[[np.ndarray, np.ndarray], float],
) -> tuple[float, str]:
    """(quality, how it was reached): at the shipped threshold, or at the best one on these values."""
    if threshold is not None:
        return quality(values >= threshold, same), "shipped threshold"
    tried = [*np.unique(values), float(values.max()) + 1.0]
    best, at = max((quality(values >= t, same), -float(t)) for t in tried)
    return best, f"best threshold, {-at:.3f}"


def _compared(pairs: list[tuple[Reading, Reading]], name: str) -> tuple[np.ndarray, str]:
    """The values of all pairs, and the processor time that one took."""
    start = time.process_time()
    values = np.array([WAYS[name][0](a, b) for a, b in pairs])
    return values, f"{1000 * (time.process_time() - start) / max(1, len(pairs)):.1f} ms a pair"


def _case_pairs(folders: list[Path]) -> tuple[list[tuple[Reading, Reading]], np.ndarray]:
    """Every pair of articles of every case, and whether one text is behind it."""
    pairs, same = [], []
    for folder in folders:
        gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))["origins"]
        group = {stem: k for k, members in enumerate(gold) for stem in members}
        found, _ = pipeline.extract([str(folder / "articles")])
        readings = [Reading(a) for a in language.analyse(found)]
        for a, b in combinations(readings, 2):
            pairs.append((a, b))
            same.append(len({group[Path(r.article.source).stem] for r in (a, b)}) == 1)
    return pairs, np.array(same)


def measure(data: Path, verbose: bool = False) -> list[Row]:
    """Accuracy on the answers and F1 on the cases' pairs, each way, with its time, analysis apart."""
    degrees, answers, sources = _read(data / "reuse/clough-stevenson")
    degree = np.array(degrees)
    pairs, same = _case_pairs(sorted(p.parent for p in CASES.glob("*/gold.json")))
    rows = []
    for name, (_, threshold) in WAYS.items():
        values, took = _compared(list(zip(answers, sources, strict=True)), name)
        for what, kinds in (("copied and lightly revised", COPIED), ("heavily revised", ("heavy",))):
            chosen = np.isin(degree, kinds) | (degree == "non")
            right, how = _judged(values[chosen], np.isin(degree[chosen], kinds), threshold, _accuracy)
            title = f"clough-stevenson, {what}: {name}"
            rows.append(Row(title, right, int(chosen.sum()), f"accuracy, {how}; {took}"))
        if verbose:
            for value, kind, answer in sorted(
                zip(values, degrees, (a.article.id for a in answers), strict=True)
            ):
                print(f"  {name} {value:.3f} {kind} {answer}")
        values, took = _compared(pairs, name)
        right, how = _judged(values, same, threshold, _f1)
        rows.append(Row(f"cases, pairs of one text: {name}", right, int(same.sum()), f"F1, {how}; {took}"))
    return rows
