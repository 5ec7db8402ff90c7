"""Articles grouped into stories, one at a time as they arrive.

Average-link clustering of a stream: an article joins the story whose articles it is on average most
like, if it is like them enough, else it opens a story. Likeness is the cosine of weighted words
(term frequency, rarity in the language, and rarity among the articles seen so far), averaged with
that of the embeddings where both sides have them, and made smaller by days between. Stories are
found through an index of their most telling words with short lists, newest first, so that the cost
of an article does not grow with the number of stories; a story that has been quiet for long is
retired to a compact form and lives on in the index.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass, field

import numpy as np

from consilience.lexicons import lexicon
from consilience.model import Membership
from consilience.stories.features import Features
from consilience.words import rarity, zipf_of


@dataclass
class _Story:
    """A live story: sums of unit vectors over its articles."""

    number: int
    articles: list[str] = field(default_factory=list)
    terms: dict[int, float] = field(default_factory=dict)
    vector: np.ndarray | None = None
    with_vector: int = 0
    first_day: int | None = None
    last_day: int | None = None


@dataclass(frozen=True)
class _Retired:
    """The same at rest: the heaviest terms only."""

    number: int
    articles: tuple[str, ...]
    terms: np.ndarray
    weights: np.ndarray
    vector: np.ndarray | None
    with_vector: int
    first_day: int | None
    last_day: int | None


class Grouper:
    """Stories of a stream of articles. ``add`` in any order; ``stories`` at any time."""

    def __init__(self) -> None:
        self.settings = lexicon("stories")
        self.seen = 0
        self._term: dict[str, int] = {}
        self._documents: list[int] = []
        self._prior: list[float] = []
        self._index: dict[int, list[int]] = {}
        self._live: OrderedDict[int, _Story] = OrderedDict()
        self._retired: dict[int, _Retired] = {}
        self._members: dict[str, Membership] = {}
        self._next = 0

    def add(self, article: Features) -> int:
        """The number of the story that the article joins or opens."""
        weights = self._weigh(article)
        best, score, parts = None, 0.0, (0.0, 0.0)
        for number in self._candidates(weights):
            story = self._wake(number)
            value, detail = self._likeness(story, article, weights)
            if value > score or (value == score and best is not None and number < best.number):
                best, score, parts = story, value, detail
        if best is None or score < self.settings["join"]["likeness"]:
            best = _Story(self._next)
            self._live[best.number] = best
            self._next += 1
            reasons: tuple[str, ...] = ("opens the story",)
            score = 1.0
        else:
            reasons = self._reasons(best, article, weights, parts)
        self._members[article.id] = Membership(article.id, round(score, 4), reasons)
        self._put(best, article, weights)
        return best.number

    def stories(self) -> list[tuple[str, ...]]:
        """Article ids of each story, in the order in which they joined."""
        rows = {s.number: tuple(s.articles) for s in self._live.values()}
        rows.update({n: r.articles for n, r in self._retired.items()})
        return [rows[n] for n in sorted(rows)]

    def membership(self, article: str) -> Membership:
        """Why the article stands in its story; raises KeyError for one never added."""
        return self._members[article]

    # --- one article ---------------------------------------------------------------------------

    def _weigh(self, article: Features) -> dict[int, float]:
        """Unit vector of the article's terms; counts it among the documents seen."""
        self.seen += 1
        prior = self.settings["rarity"]["prior"]
        out = {}
        for key, value in article.terms.items():
            term = self._term.get(key)
            if term is None:
                term = self._term[key] = len(self._documents)
                self._documents.append(0)
                self._prior.append(prior * _background(key))
            self._documents[term] += 1
            rare = math.log((self.seen + prior + 1) / (self._documents[term] + self._prior[term]))
            out[term] = value * max(rare, 0.05)
        norm = math.sqrt(sum(v * v for v in out.values())) or 1.0
        return {t: v / norm for t, v in out.items()}

    def _candidates(self, weights: dict[int, float]) -> list[int]:
        """Numbers of the stories that share telling words, the likeliest first, few."""
        votes: dict[int, float] = {}
        for term, weight in _heaviest(weights, self.settings["index"]["asked"]):
            for number in self._index.get(term, ()):
                votes[number] = votes.get(number, 0.0) + weight * weight
        ranked = sorted(votes.items(), key=lambda v: (-v[1], -v[0]))
        return [n for n, _ in ranked[: self.settings["index"]["compared"]]]

    def _likeness(
        self, story: _Story, article: Features, weights: dict[int, float]
    ) -> tuple[float, tuple[float, float]]:
        """Mean likeness to the story's articles (0 to 1), and its parts (words, meaning)."""
        size = len(story.articles)
        words = sum(w * story.terms.get(t, 0.0) for t, w in weights.items()) / size
        join = self.settings["join"]
        if article.vector is not None and story.vector is not None:
            meaning = max(0.0, float(article.vector @ story.vector)) / story.with_vector
            value = join["words"] * words + (1 - join["words"]) * max(0.0, meaning - join["meaning_floor"])
        else:
            meaning, value = 0.0, words * join["alone"]
        return value * self._nearness(story, article.day), (words, meaning)

    def _nearness(self, story: _Story, day: int | None) -> float:
        """Factor for the days between the article and the story; 1 where unknown."""
        if day is None or story.first_day is None:
            return 1.0
        gap = max(story.first_day - day, day - story.last_day, 0)
        time = self.settings["time"]
        late = max(0, gap - time["free"])
        return max(time["least"], math.exp(-late / time["decay"]))

    def _put(self, story: _Story, article: Features, weights: dict[int, float]) -> None:
        story.articles.append(article.id)
        for term, weight in weights.items():
            story.terms[term] = story.terms.get(term, 0.0) + weight
        if article.vector is not None:
            story.vector = article.vector if story.vector is None else story.vector + article.vector
            story.with_vector += 1
        if article.day is not None:
            story.first_day = article.day if story.first_day is None else min(story.first_day, article.day)
            story.last_day = article.day if story.last_day is None else max(story.last_day, article.day)
        index = self.settings["index"]
        for term, _ in _heaviest(weights, index["kept"]):
            row = self._index.setdefault(term, [])
            if story.number in row:
                row.remove(story.number)
            row.append(story.number)
            if len(row) > index["row"]:
                del row[0]
        self._live.move_to_end(story.number)
        if len(self._live) > index["live"]:
            self._retire()

    # --- rest ----------------------------------------------------------------------------------

    def _retire(self) -> None:
        number, story = self._live.popitem(last=False)
        top = _heaviest(story.terms, self.settings["index"]["rest"])
        self._retired[number] = _Retired(
            number,
            tuple(story.articles),
            np.array([t for t, _ in top], dtype=np.int32),
            np.array([w for _, w in top], dtype=np.float32),
            story.vector,
            story.with_vector,
            story.first_day,
            story.last_day,
        )

    def _wake(self, number: int) -> _Story:
        """The story, live; one at rest is read back without taking it from its rest until it is joined."""
        story = self._live.get(number)
        if story is None:
            rest = self._retired.pop(number)
            terms = dict(zip(rest.terms.tolist(), rest.weights.tolist(), strict=True))
            story = _Story(
                number,
                list(rest.articles),
                terms,
                rest.vector,
                rest.with_vector,
                rest.first_day,
                rest.last_day,
            )
            self._live[number] = story
            self._live.move_to_end(number, last=False)
        return story

    def _reasons(
        self, story: _Story, article: Features, weights: dict[int, float], parts: tuple[float, float]
    ) -> tuple[str, ...]:
        """Plain phrases: the words that weigh most in the likeness, the meaning, the days."""
        shared = [
            (weights[t] * story.terms[t], article.shown[k])
            for k in article.shown
            if (t := self._term[k]) in story.terms
        ]
        shared.sort(key=lambda s: (-s[0], s[1]))
        out = []
        if shared:
            out.append("shares " + ", ".join(word for _, word in shared[:5]))
        out.append(f"words alike {parts[0]:.2f}" + (f", meaning alike {parts[1]:.2f}" if parts[1] else ""))
        if article.day is not None and story.first_day is not None:
            gap = max(story.first_day - article.day, article.day - story.last_day, 0)
            out.append("the same days" if gap <= 1 else f"{gap} days apart")
        else:
            out.append("time unknown")
        return tuple(out)


def _heaviest(weights: dict[int, float], n: int) -> list[tuple[int, float]]:
    """The n heaviest terms, ties by number."""
    return sorted(weights.items(), key=lambda t: (-t[1], t[0]))[:n]


def _background(key: str) -> float:
    """Chance that an article of a few hundred words has the word, from its commonness in the language."""
    if rarity(key) >= 1.0:
        return 0.0
    return 1.0 - math.exp(-400.0 * 10 ** (zipf_of(key) - 9.0))
