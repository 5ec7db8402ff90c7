"""What the grouping needs of an article: its telling words, its names, its day, its scene, its meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from consilience.lexicons import lexicon
from consilience.model import Reading
from consilience.stories.scene import Place, Scene, scene_of
from consilience.words import rarity, words_of

LETTERS = 8  # code points that a word takes, for cutting a long text before its words are told apart


@dataclass(frozen=True, eq=False, slots=True)
class Features:
    """``terms``: word key -> weight within the article, times rarity in the language; ``shown``: key ->
    the name or figure as printed, for reasons; ``day``: proleptic ordinal of the day of publication,
    None where unknown; ``vector``: float32 of length 1, or None; ``scene``: where and when the event was."""

    id: str
    terms: dict[str, float]
    shown: dict[str, str]
    day: int | None = None
    vector: np.ndarray | None = None
    scene: Scene = Scene()


def features(
    id: str,
    title: str | None,
    text: str,
    published: str | None = None,
    vectors: np.ndarray | None = None,
    title_vector: np.ndarray | None = None,
    places: Sequence[Place] = (),
    days: Sequence[tuple[int, str]] = (),
) -> Features:
    """The features of an article.

    ``published`` is an ISO 8601 date or time; ``vectors`` float32 (sentences, dimensions), rows of
    length 1, in the order of the text; ``title_vector`` the same of the title; ``places`` are the text's
    names of places and ``days`` its resolved days, (place in the text, ISO date). An unreadable date counts
    as unknown.
    """
    weight = lexicon("stories")["words"]
    counts: dict[str, float] = {}
    shown: dict[str, str] = {}
    body = words_of(text[: weight["read"] * LETTERS])[: weight["read"]]
    heading = words_of(title or "")[: weight["read"]]
    parts = (
        (title or "", heading, weight["title"], weight["title"]),
        (text, body, weight["lead"], 1.0),
    )
    for part, words, early, late in parts:
        for k, word in enumerate(words):
            worth = early if k < weight["lead_words"] else late
            if word.name or word.number:
                worth *= weight["name"]
                shown.setdefault(word.key, part[word.start : word.end])
            counts[word.key] = counts.get(word.key, 0.0) + worth
    terms = {}
    for key, count in counts.items():
        rare = rarity(key)
        if rare >= weight["common"]:
            terms[key] = count ** weight["damping"] * rare ** weight["rarity_power"]
    return Features(
        id,
        terms,
        {k: w for k, w in shown.items() if k in terms},
        _day(published),
        _mean(vectors, title_vector),
        scene_of(title or "", text, body, places, days),
    )


def _mean(vectors: np.ndarray | None, title: np.ndarray | None) -> np.ndarray | None:
    """Direction of the title and the first sentences together, None where there is nothing."""
    weight = lexicon("stories")["meaning"]
    total = None
    if vectors is not None and vectors.ndim == 2 and len(vectors) and vectors.shape[1]:
        total = np.asarray(vectors[: weight["sentences"]], dtype=np.float32).mean(axis=0)
    if title is not None and title.size:
        total = weight["title"] * title + (0.0 if total is None else total)
    norm = 0.0 if total is None else float(np.linalg.norm(total))
    return (total / norm).astype(np.float32) if norm > 1e-6 else None


def of_reading(reading: Reading) -> Features:
    """The features of an article that was read in full."""
    article = reading.article
    published = article.published or reading.reference
    places = [Place(n.start, n.end, n.text) for n in reading.analysis.names if n.type == "place"]
    days = [
        (t.evidence.start, t.start[:10])
        for t in reading.times
        if t.precision in ("day", "part of day") and (t.anchored or published) and len(t.start) >= 10
    ]
    return features(
        article.id, article.title, article.text, published, reading.analysis.vectors, None, places, days
    )


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
