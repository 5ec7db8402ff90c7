"""What the grouping needs of an article: its telling words, its names, its day, its meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from consilience.model import Reading
from consilience.words import rarity, words_of

LEAD = 120  # words of the text in which a report says what happened
READ = 500  # words that are looked at in all: what stands further down is background
IN_TITLE, IN_LEAD, IN_BODY = 2.0, 1.5, 1.0  # what an occurrence counts
COMMON = 0.12  # rarity under which a word says nothing about the event
MEANING = 6  # sentences whose vectors stand for the article, after the title's


@dataclass(frozen=True, eq=False)
class Features:
    """``terms``: word key -> tf weight times rarity; ``shown``: key -> the word as printed, for reasons;
    ``day``: proleptic ordinal of the publication day, None where unknown; ``vector``: float32, length 1,
    or None."""

    id: str
    terms: dict[str, float]
    shown: dict[str, str]
    day: int | None = None
    vector: np.ndarray | None = None


def features(
    id: str, title: str | None, text: str, published: str | None = None, vectors: np.ndarray | None = None
) -> Features:
    """The features of an article.

    ``published`` is an ISO 8601 date or time; ``vectors`` float32 (sentences, dimensions), rows of
    length 1, in the order of the text. An unreadable date counts as unknown.
    """
    counts: dict[str, float] = {}
    shown: dict[str, str] = {}
    for part, weight in ((title or "", IN_TITLE), (text[: READ * 8], IN_BODY)):
        for k, word in enumerate(words_of(part)[:READ]):
            counts[word.key] = counts.get(word.key, 0.0) + (IN_LEAD if part is text and k < LEAD else weight)
            if word.name or word.number:
                shown.setdefault(word.key, part[word.start : word.end])
    terms = {k: (1.0 + float(np.log(n))) * rarity(k) for k, n in counts.items() if rarity(k) >= COMMON}
    vector = None
    if vectors is not None and vectors.ndim == 2 and len(vectors) and vectors.shape[1]:
        mean = np.asarray(vectors[:MEANING], dtype=np.float32).mean(axis=0)
        norm = float(np.linalg.norm(mean))
        vector = mean / norm if norm > 1e-6 else None
    return Features(id, terms, {k: shown[k] for k in terms if k in shown}, _day(published), vector)


def of_reading(reading: Reading) -> Features:
    """The features of an article that was read in full."""
    article = reading.article
    published = article.published or reading.reference
    return features(article.id, article.title, article.text, published, reading.analysis.vectors)


def _day(published: str | None) -> int | None:
    if not published:
        return None
    try:
        return date.fromisoformat(published[:10]).toordinal()
    except ValueError:
        return None


def of_readings(readings: Sequence[Reading]) -> list[Features]:
    """The features of all, in the canonical order (day, id), unknown days last."""
    found = [of_reading(r) for r in readings]
    return sorted(found, key=lambda f: (f.day is None, f.day or 0, f.id))
