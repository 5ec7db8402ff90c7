"""Differences told on real news, and how many of them are right: ``python -m benchmark --set differences``.

The events of the cluster sets, each read as one story. ``differences.tsv`` holds pairs of figures and of
dates, labelled by reading (places, no text): those that the program thought possible when it was made. The
sets have no publication times, so one thing counted at two times is told as a difference and counts as right.
"""

from __future__ import annotations

import gzip
import io
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmark.rows import Row
from benchmark.sets.clusters import SETS
from consilience import pipeline
from consilience.model import Disagreement, Evidence, Reading
from consilience.settings import Settings
from consilience.spans import Span

LABELS = Path(__file__).with_name("differences.tsv")
KINDS = ("figure", "date")
RIGHT = ("right", "time")
ORDER = (
    "right",
    "time",
    "unclear",
    "part",
    "same",
    "other",
)  # the first that a difference holds is its label

Place = tuple[str, Span]  # an article of a set, and where in its text


def labels() -> list[tuple[str, str, Place, Place]]:
    """(kind, label, place, place) of each pair."""
    out = []
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        if line.startswith(("#", "kind\t")):
            continue
        kind, label, a, a0, a1, b, b0, b1 = line.split("\t")
        out.append((kind, label, (a, Span(int(a0), int(a1))), (b, Span(int(b0), int(b1)))))
    return out


def label(told: Disagreement, known: list[tuple[str, str, Place, Place]], source: dict[str, str]) -> str:
    """The label of a difference: of the pairs that stand in two of its positions; "unlabelled" where none."""

    def holds(evidence: Evidence, place: Place) -> bool:
        return source[evidence.article] == place[0] and evidence.span.covers(place[1])

    found = set()
    for kind, name, a, b in known:
        if kind == told.kind:
            at = [
                {i for i, p in enumerate(told.positions) if any(holds(e, x) for e in p.evidence)}
                for x in (a, b)
            ]
            if any(i != j for i in at[0] for j in at[1]):
                found.add(name)
    return min(found, key=ORDER.index, default="unlabelled")


def events(data: Path, name: str) -> Iterator[list[Reading]]:
    """The readings of each event of a set that has two articles or more."""
    raw = gzip.decompress((data / f"clusters/{name}.jsonl.gz").read_bytes())
    articles, _ = pipeline.extract(["-"], stdin=io.BytesIO(raw))
    groups: dict[str, list[Reading]] = defaultdict(list)
    for reading in pipeline.understand(articles):
        groups[reading.article.source.rsplit("-", 1)[0]].append(reading)
    yield from (group for _, group in sorted(groups.items()) if len(group) > 1)


def measure(data: Path, verbose: bool = False) -> list[Row]:
    """The share of right ones among the differences told that are labelled, and what the others are."""
    known, found = labels(), Counter()
    for name in SETS:
        for group in events(data, name):
            source = {r.article.id: r.article.source for r in group}
            for told in pipeline.tell(group, (), Settings()).disagreements:
                if told.kind not in KINDS:
                    continue
                found[said := label(told, known, source)] += 1
                if verbose:
                    values = " / ".join(p.value for p in told.positions)
                    print(f"{said:10} {told.kind} {sorted(set(source.values()))[0]}: {values}")
    judged = sum(n for name, n in found.items() if name not in ("unlabelled", "unclear"))
    right = sum(found[name] for name in RIGHT)
    note = ", ".join(f"{found[name]} {name}" for name in (*ORDER, "unlabelled") if found[name])
    return [Row("real news: figures and dates told that differ", right / max(judged, 1), judged, note)]
