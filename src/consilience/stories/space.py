"""The articles held for grouping, as weighted words in a few growing arrays."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from consilience.stories.features import Features
from consilience.stories.scene import Scenes


class Growing:
    """A float32 or int32 array that is appended to; ``rows`` is a view of what is there."""

    def __init__(self, dtype: type, width: int | None = None) -> None:
        self._data = np.zeros(1024 if width is None else (1024, width), dtype=dtype)
        self.count = 0

    def append(self, values: np.ndarray) -> None:
        """Adds rows at the end."""
        need = self.count + len(values)
        if need > len(self._data):
            grown = np.zeros((max(need, len(self._data) * 3 // 2), *self._data.shape[1:]), self._data.dtype)
            grown[: self.count] = self._data[: self.count]
            self._data = grown
        self._data[self.count : need] = values
        self.count = need

    @property
    def rows(self) -> np.ndarray:
        """What was appended, in order; writing to it writes to the array."""
        return self._data[: self.count]


class Space:
    """Words, meaning and days of the articles, and their likeness. Articles are numbered from 0."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.settings = settings
        self.ids: list[str] = []
        self.days: list[int | None] = []
        self.vectors: list[np.ndarray | None] = []
        self.printed: list[str | None] = []  # per term, as a name or figure is printed, for reasons
        self.scenes = Scenes(settings)
        self._term: dict[str, int] = {}
        self._seen = Growing(np.float32)  # log of the number of articles that have the term
        self._terms = Growing(np.int32)
        self._weights = Growing(np.float32)
        self._starts = [0]
        self._scratch = np.zeros(1024, dtype=np.float32)
        self._place = np.zeros(1024, dtype=np.int32)

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, article: Features) -> int:
        """Takes the article's heaviest terms in and counts it among the articles seen; its number."""
        kept = sorted(article.terms.items(), key=lambda t: (-t[1], t[0]))[: self.settings["index"]["held"]]
        numbers = []
        fresh = 0
        for key, _ in kept:
            term = self._term.get(key)
            if term is None:
                term = self._term[key] = len(self._term)
                self.printed.append(None)
                fresh += 1
            if self.printed[term] is None:
                self.printed[term] = article.shown.get(key)
            numbers.append(term)
        self._seen.append(np.full(fresh, -np.inf, dtype=np.float32))
        terms = np.array(numbers, dtype=np.int32)
        self._seen.rows[terms] = np.log(np.exp(self._seen.rows[terms]) + 1.0)
        self._terms.append(terms)
        self._weights.append(np.array([w for _, w in kept], dtype=np.float32))
        self._starts.append(self._terms.count)
        self.ids.append(article.id)
        self.days.append(article.day)
        self.vectors.append(article.vector)
        self.scenes.held.append(article.scene)
        if len(self._term) > len(self._scratch):
            self._scratch = np.zeros(len(self._term) * 2, dtype=np.float32)
            self._place = np.zeros(len(self._term) * 2, dtype=np.int32)
        return len(self.ids) - 1

    def weighted(self, article: int) -> tuple[np.ndarray, np.ndarray]:
        """(terms, their weights now), of one article."""
        place = slice(self._starts[article], self._starts[article + 1])
        terms = self._terms.rows[place]
        return terms, self._weights.rows[place] * self._rarity(terms)

    def _rarity(self, terms: np.ndarray) -> np.ndarray:
        """Inverse document frequency of the terms among the articles seen, ``least`` to 1.

        In a small pile that may well be about one event, a word that all have is still a word that
        tells; articles are therefore taken as seen before, fewer of them as the pile grows.
        """
        count, rarity = len(self.ids), self.settings["rarity"]
        prior = max(rarity["prior"], rarity["prior_small"] * math.exp(-count / rarity["small"]))
        many = np.float32(math.log(count + prior + 1.0))
        least = np.float32(rarity["least"])
        return least + (1 - least) * (many - self._seen.rows[terms]) / many

    def _gather(self, articles: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(terms, unit weights, row of each) of the articles, end to end."""
        starts = [self._starts[a] for a in articles]
        ends = [self._starts[a + 1] for a in articles]
        all_terms, all_weights = self._terms.rows, self._weights.rows
        terms = np.concatenate([all_terms[s:e] for s, e in zip(starts, ends, strict=True)])
        weights = np.concatenate([all_weights[s:e] for s, e in zip(starts, ends, strict=True)])
        weights = weights * self._rarity(terms)
        row = np.repeat(np.arange(len(articles)), np.subtract(ends, starts))
        norms = np.sqrt(np.bincount(row, weights=weights * weights, minlength=len(articles)))
        return terms, weights / np.maximum(norms, 1e-6).astype(np.float32)[row], row

    def likeness(self, one: int, others: np.ndarray) -> np.ndarray:
        """Likeness (0 to 1) of an article to each of ``others``, float32."""
        if not len(others):
            return np.zeros(0, dtype=np.float32)
        articles = np.concatenate([[one], others])
        terms, weights, row = self._gather(articles)
        own = self._starts[one + 1] - self._starts[one]
        self._scratch[terms[:own]] = weights[:own]
        words = np.bincount(
            row[own:], weights=weights[own:] * self._scratch[terms[own:]], minlength=len(articles)
        )
        self._scratch[terms[:own]] = 0.0
        return self._joined(articles, words[1:].astype(np.float32), slice(0, 1), slice(1, None)).reshape(-1)

    def table(self, articles: np.ndarray) -> np.ndarray:
        """Likeness of each two of the articles, float32, shape (articles, articles)."""
        terms, weights, row = self._gather(articles)
        # columns without sorting: the last place of a term in the list stands for it
        places = np.arange(len(terms), dtype=np.int32)
        self._place[terms] = places
        last = self._place[terms]
        column = (np.cumsum(last == places) - 1)[last]
        matrix = np.zeros((len(articles), int(column.max(initial=-1)) + 1), dtype=np.float32)
        matrix[row, column] = weights
        return self._joined(articles, matrix @ matrix.T, slice(None), slice(None))

    def _joined(self, articles: np.ndarray, words: np.ndarray, rows: slice, columns: slice) -> np.ndarray:
        """Likeness from that of the words, of the meaning, and the days between."""
        join, time = self.settings["join"], self.settings["time"]
        vectors = [self.vectors[a] for a in articles]
        if any(v is None for v in vectors):
            value = words * np.float32(join["alone"])
        else:
            stack = np.stack(vectors)
            meaning = np.maximum(stack[rows] @ stack[columns].T - join["meaning_floor"], 0.0)
            value = join["words"] * words + (1 - join["words"]) * meaning
        days = np.array([np.nan if self.days[a] is None else self.days[a] for a in articles])
        gap = np.abs(days[rows, None] - days[None, columns])
        near = np.exp(-np.maximum(gap - time["free"], 0.0) / time["decay"])
        near = np.where(np.isnan(gap), 1.0, np.maximum(near, time["least"]))
        value, words = value.reshape(near.shape), words.reshape(near.shape)
        asked = value > join["likeness"]
        if asked.any():
            near = self._with_scenes(articles, rows, columns, asked, words, near)
        return value * near.astype(np.float32)

    def _with_scenes(
        self,
        articles: np.ndarray,
        rows: slice,
        columns: slice,
        asked: np.ndarray,
        words: np.ndarray,
        near: np.ndarray,
    ) -> np.ndarray:
        """What time leaves of the likeness (``near``), and what the scenes leave of it where ``asked``.

        Of articles of the same days the scene says nothing more, unless both are told in the same words:
        two events of one kind are so, while reports of one event that are as like share its figures.
        """
        scene = self.settings["scene"]
        apart = self._apart(articles, rows, columns, asked)
        days = (near < 1.0) | self._undated(articles, rows, columns)
        near = np.where(asked & days & (apart >= scene["apart"]), np.minimum(near, scene["worth"]), near)
        same = asked & (words >= scene["same_words"]) & (apart >= scene["far"])
        return np.where(same, scene["least"], near)

    def _undated(self, articles: np.ndarray, rows: slice, columns: slice) -> np.ndarray:
        """Whether the day of either of two articles is unknown."""
        unknown = np.array([self.days[a] is None for a in articles])
        return unknown[rows, None] | unknown[None, columns]

    def _apart(self, articles: np.ndarray, rows: slice, columns: slice, asked: np.ndarray) -> np.ndarray:
        """How far the scenes of two articles are apart, float32, shape of ``asked``, which says of whom."""
        named = np.zeros(len(articles), dtype=bool)
        named[rows] |= asked.any(axis=1)
        named[columns] |= asked.any(axis=0)
        few = articles[named]
        apart = np.zeros((len(articles),) * 2, dtype=np.float32)
        apart[np.ix_(named, named)] = self.scenes.apart(few, lambda keys: self._has(few, keys))
        return apart[rows, columns]

    def _has(self, articles: np.ndarray, keys: list[str]) -> np.ndarray:
        """Which of the articles has which word, bool, shape (articles, keys)."""
        out = np.zeros((len(articles), len(keys)), dtype=bool)
        known = [(column, self._term[key]) for column, key in enumerate(keys) if key in self._term]
        if not known:
            return out
        columns, numbers = np.array(known).T
        places = [slice(self._starts[a], self._starts[a + 1]) for a in articles]
        terms = np.concatenate([self._terms.rows[place] for place in places])
        row = np.repeat(np.arange(len(articles)), [place.stop - place.start for place in places])
        self._scratch[numbers] = columns + 1
        found = self._scratch[terms].astype(np.int64)
        self._scratch[numbers] = 0.0
        out[row[found > 0], found[found > 0] - 1] = True
        return out
