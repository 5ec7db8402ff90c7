"""The stories to learn from: their readings, and which pieces of text report which gold finding."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec
import numpy as np

from benchmark.case import Case, load
from benchmark.tally import Said, overlaps
from consilience import articles, language, reports, sources
from consilience.model import Article, Origin, StoryReading

STORIES = Path(__file__).parents[2] / "benchmark" / "stories"
FOLDS = 6  # stories are left out in so many parts


def folders(root: Path = STORIES) -> list[Path]:
    """The story folders under ``root``, by name."""
    return sorted(p.parent for p in root.glob("*/gold.json"))


def fold_of(name: str, folds: int = FOLDS) -> int:
    """The part that a story belongs to when stories are left out; by its name alone."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % folds


def reading(folder: Path) -> StoryReading:
    """The folder's articles read by the stages up to the findings, as one story."""
    found, _ = articles.extract(sources.read_pages([str(folder / "articles")]))
    readings = [reports.read(a) for a in language.analyse(found)]
    entities, resolved = reports.resolve(readings)
    return StoryReading(folder.name, tuple(resolved), tuple(entities))


def said(case: Case, found: Iterable[Article], stories: list[dict] | None = None) -> Said:
    """The scorer's view of ``found``, with the (empty) stories given."""
    data = {"articles": [msgspec.to_builtins(a) for a in found], "stories": stories or []}
    return Said(data, set(case.gold["articles"]))


def gold_origins(case: Case, found: Iterable[Article]) -> tuple[Origin, ...]:
    """The case's right origins, with the ids of ``found``."""
    view = said(case, found)
    by_stem = {stem: article for article, stem in view.stem_of.items()}
    return tuple(
        Origin(id=f"origin-{i}", articles=tuple(by_stem[s] for s in group if s in by_stem))
        for i, group in enumerate(case.gold["origins"])
    )


class Marks:
    """Which gold findings a piece of an article's text reports, by the scorer's rule of overlap."""

    def __init__(self, case: Case, found: Iterable[Article]) -> None:
        self.said = said(case, found)
        self.places: dict[str, list[tuple[int, tuple]]] = {}
        self.findings = len(case.gold["findings"])
        for number, finding in enumerate(case.gold["findings"]):
            for span in self.said.gold(finding["evidence"]):
                self.places.setdefault(span[0], []).append((number, span))

    def of(self, article: str, start: int, end: int) -> frozenset[int]:
        """Numbers of the gold findings that ``[start, end)`` of the article's text reports."""
        stem = self.said.stem_of.get(article)
        if stem is None:
            return frozenset()
        span = (stem, *self.said.articles[stem][1].span(start, end))
        return frozenset(n for n, gold in self.places.get(stem, ()) if overlaps(span, gold))

    def inside(self, article: str) -> list[tuple[int, int, int]]:
        """(finding, start, end) of the gold pieces in the article, offsets of its own text."""
        stem = self.said.stem_of.get(article)
        if stem is None:
            return []
        starts = [*self.said.articles[stem][1].starts, len(self.said.articles[stem][0])]
        return [(n, starts[a], starts[b - 1] + 1) for n, (_, a, b) in self.places.get(stem, ()) if a >= 0]


def same(marks: list[frozenset[int]], article: np.ndarray, findings: int) -> np.ndarray:
    """Shape (units, units): whether two units of different articles report one gold finding."""
    table = np.zeros((len(marks), findings), np.float32)
    for row, mark in enumerate(marks):
        table[row, list(mark)] = 1
    return (table @ table.T > 0) & (article[:, None] != article[None, :])


__all__ = ["FOLDS", "Marks", "fold_of", "folders", "gold_origins", "load", "reading", "said", "same"]
