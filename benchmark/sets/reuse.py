"""Text reuse: which texts go back to one, by our origins, by MinHash LSH and by six-gram containment.

    python -m benchmark --set reuse

Three corpora. Rewritten answers (Clough and Stevenson 2011), each against the encyclopaedia's article on
its task. The articles of the cases and of the stories that models learn from, each with the others of its
story (F1 of the pairs that go back to one text; the stories are what our weights were learnt on: there ours
flatters). Two plain ways run beside ours, each with the threshold that is best on these very pairs:
containment of word six-grams, and datasketch's MinHash LSH (Broder 1997; Leskovec, Rajaraman and Ullman
2014, chapter 3) over word three-grams with 128 permutations, where every text is put into the index and
looked up. Ours has its one shipped threshold. The time is processor time, reading and analysis apart:
of all that a way does with the texts, divided by the number of pairs.
"""

from __future__ import annotations

import csv
import json
import re
import time
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmark.rows import Row
from consilience import language, origins, pipeline
from consilience.model import Article, Completeness, Reading, StoryReading
from consilience.origins.decide import thresholds

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("cut", "light")
LEVELS = (0.02, 0.03, 0.05, 0.08, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)  # thresholds of the index


class Corpus(NamedTuple):
    """Readings, and pairs of them (positions) with whether one text is behind each; ``groups`` are the
    stories, as lists of positions; none where each pair is looked at by itself."""

    readings: list[Reading]
    pairs: list[tuple[int, int]]
    same: np.ndarray
    groups: list[list[int]]


def answers(folder: Path) -> tuple[Corpus, np.ndarray]:
    """The answers with their sources, and the degree of each answer's reuse."""
    with open(folder / "file_information.csv", encoding="utf-8") as sheet:
        rows = [r for r in csv.DictReader(sheet) if (folder / r["File"]).exists()]
    articles = [
        Article(
            id=row["File"],
            source=row["File"],
            text=(folder / row["File"]).read_text(encoding="utf-8", errors="replace"),
            completeness=Completeness("whole"),
        )
        for row in rows
    ]
    readings = [Reading(a) for a in language.analyse(articles)]
    at = {row["File"]: k for k, row in enumerate(rows)}
    own = [r for r in rows if r["Category"] != "orig"]
    pairs = [(at[r["File"]], at[f"orig_task{r['Task']}.txt"]) for r in own]
    degree = np.array([r["Category"] for r in own])
    return Corpus(readings, pairs, degree != "non", []), degree


def stories(root: Path) -> Corpus:
    """Every pair of articles of every story under ``root``."""
    readings: list[Reading] = []
    pairs, same, groups = [], [], []
    for folder in sorted(p.parent for p in root.glob("*/gold.json")):
        gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))["origins"]
        origin = {stem: k for k, members in enumerate(gold) for stem in members}
        found, _ = pipeline.extract([str(folder / "articles")])
        group = range(len(readings), len(readings) + len(found))
        readings += [Reading(a) for a in language.analyse(found)]
        groups.append(list(group))
        for a, b in combinations(group, 2):
            pairs.append((a, b))
            same.append(len({origin[Path(readings[k].article.source).stem] for k in (a, b)}) == 1)
    return Corpus(readings, pairs, np.array(same), groups)


# --- the ways -------------------------------------------------------------------------------------


def _ours(corpus: Corpus) -> np.ndarray:
    """1 for the pairs that ``origins.find`` puts into one origin, as the account has it; of pairs without a
    story the chance that one text is behind them."""
    if not corpus.groups:
        return np.array([origins.one_text(corpus.readings[a], corpus.readings[b]) for a, b in corpus.pairs])
    origin: dict[str, str] = {}
    for group in corpus.groups:
        found = origins.find(StoryReading("", tuple(corpus.readings[k] for k in group)))
        origin |= {article: o.id for o in found for article in o.articles}
    names = [r.article.id for r in corpus.readings]
    return np.array([float(origin[names[a]] == origin[names[b]]) for a, b in corpus.pairs])


def _grams(text: str, n: int) -> set[str]:
    words = re.findall(r"\w+", text.casefold())
    return {" ".join(words[i : i + n]) for i in range(len(words) - n + 1)}


def _six_grams(corpus: Corpus) -> np.ndarray:
    """Containment of the one in the other, the higher way round."""
    grams = [_grams(r.article.text, 6) for r in corpus.readings]
    return np.array(
        [len(grams[a] & grams[b]) / max(1, min(len(grams[a]), len(grams[b]))) for a, b in corpus.pairs]
    )


def _index(corpus: Corpus) -> np.ndarray:
    """The highest of the index's thresholds at which the one text is found by the other, 0 where at none."""
    sketches = _sketches(corpus)
    return np.max([level * _found(corpus, sketches, level) for level in LEVELS], axis=0)


def _sketches(corpus: Corpus) -> list:
    from datasketch import MinHash

    out = []
    for reading in corpus.readings:
        sketch = MinHash(num_perm=128)
        sketch.update_batch([g.encode() for g in _grams(reading.article.text, 3)])
        out.append(sketch)
    return out


def _found(corpus: Corpus, sketches: list, level: float) -> np.ndarray:
    """Whether a look-up of either text of each pair brings the other, all texts being in one index."""
    from datasketch import MinHashLSH

    index = MinHashLSH(threshold=level, num_perm=128)
    for k, sketch in enumerate(sketches):
        index.insert(k, sketch)
    found = [set(index.query(sketch)) for sketch in sketches]
    return np.array([b in found[a] or a in found[b] for a, b in corpus.pairs])


def _one_index(corpus: Corpus) -> np.ndarray:
    """What the index costs: sketches, one index, look-ups."""
    return _found(corpus, _sketches(corpus), 0.2)


class Way(NamedTuple):
    """How texts are compared: ``values`` of the pairs, and ``timed`` where what one use costs is another
    thing than what all thresholds together do; ``threshold`` is None where the best one is looked for."""

    values: Callable[[Corpus], np.ndarray]
    timed: Callable[[Corpus], np.ndarray] | None
    threshold: float | None


WAYS = {
    "origins": Way(_ours, None, thresholds().joined),
    "six-gram containment": Way(_six_grams, None, None),
    "MinHash LSH": Way(_index, _one_index, None),
}


# --- quality --------------------------------------------------------------------------------------


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


def _compared(corpus: Corpus, way: Way) -> tuple[np.ndarray, str]:
    """The values of all pairs, and the processor time that one took."""
    start = time.process_time()
    values = way.values(corpus)
    if way.timed:
        start = time.process_time()
        way.timed(corpus)
    return values, f"{1000 * (time.process_time() - start) / max(1, len(corpus.pairs)):.2f} ms a pair"


def _tell(name: str, values: Sequence[float], degrees: Sequence[str], corpus: Corpus) -> None:
    for (a, _), value, kind in sorted(
        zip(corpus.pairs, values, degrees, strict=True), key=lambda row: row[1]
    ):
        print(f"  {name} {value:.3f} {kind} {corpus.readings[a].article.id}")


def measure(data: Path, verbose: bool = False) -> list[Row]:
    """Accuracy on the answers and F1 on the pairs of the cases and stories, each way, with its time."""
    rewritten, degree = answers(data / "reuse/clough-stevenson")
    piles = {name: stories(ROOT / name) for name in ("cases", "stories")}
    rows = []
    for name, way in WAYS.items():
        values, took = _compared(rewritten, way)
        for what, kinds in (("copied and lightly revised", COPIED), ("heavily revised", ("heavy",))):
            chosen = np.isin(degree, kinds) | (degree == "non")
            right, how = _judged(values[chosen], np.isin(degree[chosen], kinds), way.threshold, _accuracy)
            title = f"clough-stevenson, {what}: {name}"
            rows.append(Row(title, right, int(chosen.sum()), f"accuracy, {how}; {took}"))
        if verbose:
            _tell(name, values.tolist(), degree.tolist(), rewritten)
        for pile, corpus in piles.items():
            values, took = _compared(corpus, way)
            right, how = _judged(values, corpus.same, way.threshold, _f1)
            if pile == "stories" and name == "origins":
                how += ", learnt on them"
            note = f"F1, {how}; {took}"
            rows.append(Row(f"{pile}, pairs of one text: {name}", right, int(corpus.same.sum()), note))
    return rows
