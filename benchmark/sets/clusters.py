"""Articles of many outlets grouped by the event they report, one at a time (B-cubed F).

B-cubed after Bagga and Baldwin 1998: precision and recall of each article's group, averaged over the
articles. The articles come in the order of the file and in five shuffled orders; the settings are the
shipped ones for every set. Beside it, the plain way with the threshold that is best for that very set:
TF-IDF over the whole set known beforehand, each article put to the group of the likeliest article.
"""

from __future__ import annotations

import gzip
import json
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from pathlib import Path

import numpy as np

from benchmark.rows import Row
from consilience import language, stories
from consilience.model import Analysis, Article, Completeness
from consilience.stories.scene import Place

SETS = ("galaxy-medium", "galaxy-handpicked")
SHUFFLES = 5
LETTERS = 1500  # of the text that are embedded: the grouping looks at the first sentences only


def b_cubed(gold: Sequence[Hashable], said: Sequence[Hashable]) -> tuple[float, float, float]:
    """(precision, recall, F) of a grouping against the right one, both as labels of the same articles."""
    wanted, got = defaultdict(set), defaultdict(set)
    for i, (g, s) in enumerate(zip(gold, said, strict=True)):
        wanted[g].add(i)
        got[s].add(i)
    shared = [(len(wanted[g] & got[s]), len(got[s]), len(wanted[g])) for g, s in zip(gold, said, strict=True)]
    p = sum(n / of for n, of, _ in shared) / len(shared)
    r = sum(n / of for n, _, of in shared) / len(shared)
    return p, r, 2 * p * r / (p + r)


def orders(count: int) -> list[list[int]]:
    """The order of the file, and the shuffled ones."""
    straight = list(range(count))
    return [straight] + [random.Random(seed).sample(straight, count) for seed in range(SHUFFLES)]


def read_features(rows: list[dict]) -> list[stories.Features]:
    """The features of each row, its opening's sentences embedded."""
    found = []
    for row in rows:
        opening = row["text"][:LETTERS]
        found.append(
            Article(id=row["id"], source=row["id"], text=opening, completeness=Completeness("whole"))
        )
    analyses = language.analyse(found)
    return [
        stories.features(
            row["id"], row["title"], row["text"], None, analysis.vectors, None, _places(analysis)
        )
        for row, analysis in zip(rows, analyses, strict=True)
    ]


def _places(analysis: Analysis) -> list[Place]:
    return [Place(n.start, n.end, n.text) for n in analysis.names if n.type == "place"]


def online(articles: Sequence[stories.Features], order: Sequence[int]) -> list[int]:
    """Each article's story after all have come in that order."""
    grouper = stories.Grouper()
    for i in order:
        grouper.add(articles[i])
    story = {name: k for k, members in enumerate(grouper.stories()) for name in members}
    return [story[a.id] for a in articles]


def plain_tf_idf(rows: list[dict]) -> np.ndarray:
    """Cosines of TF-IDF over title and text."""
    counts = [Counter(re.findall(r"\w+", f"{r['title'] or ''} {r['text']}".casefold())) for r in rows]
    documents = Counter(w for c in counts for w in c)
    column = {w: i for i, w in enumerate(documents)}
    matrix = np.zeros((len(rows), len(column)), dtype=np.float32)
    for i, count in enumerate(counts):
        for word, n in count.items():
            matrix[i, column[word]] = (1 + math.log(n)) * math.log(len(rows) / documents[word])
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
    return matrix @ matrix.T


def plain_online(table: np.ndarray, order: Sequence[int], threshold: float) -> list[int]:
    """Each article goes to the group of the likeliest article before it, if it is like it enough."""
    label: dict[int, int] = {}
    for i in order:
        best = max(label, key=lambda j: table[i, j], default=None)
        near = best is not None and table[i, best] >= threshold
        label[i] = label[best] if near else len(set(label.values()))
    return [label[i] for i in range(len(table))]


def measure(data: Path, verbose: bool = False) -> list[Row]:
    """B-cubed F in the order of the file and the mean over the shuffled ones, and the plain way."""
    out = []
    for name in SETS:
        with gzip.open(data / f"clusters/{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        gold = [r["event"] for r in rows]
        articles = read_features(rows)
        values = [b_cubed(gold, online(articles, order))[2] for order in orders(len(rows))]
        table = plain_tf_idf(rows)
        plain = max(
            np.mean([b_cubed(gold, plain_online(table, order, t))[2] for order in orders(len(rows))])
            for t in np.arange(0.06, 0.30, 0.02)
        )
        out.append(Row(f"clusters, {name}: order of the file", values[0], len(rows), "B-cubed F, online"))
        out.append(
            Row(
                f"clusters, {name}: {SHUFFLES} shuffled orders",
                float(np.mean(values[1:])),
                len(rows),
                f"lowest {min(values[1:]):.3f}; plain TF-IDF at its best threshold {plain:.3f}",
            )
        )
        if verbose:
            print(name, [round(v, 3) for v in values])
    return out
