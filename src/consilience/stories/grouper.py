"""Articles grouped into stories, one at a time as they arrive.

Average-link clustering, kept up to date where an article touches it. An arriving article is compared
with the articles that an index of telling words brings up (short rows, the newest articles only); the
stories that it comes near to, and only they, are then clustered again, so that what an early article
decided wrongly is put right when a later one shows it, and the outcome hardly depends on the order
of arrival. What is compared for one article is bounded, so that its cost does not grow with the number
of articles held: an old story is reached through the index or not at all.

Likeness of two articles: the cosine of their weighted words (frequency in the article, rarity in the
language, rarity among the articles seen), with that of their embeddings where both have one, made
smaller by the days between, less the likeness that either has to its neighbours at large (a report of
a much-reported war is like many that report other events; compare CSLS, Conneau et al. 2018).
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence

import numpy as np

from consilience.lexicons import lexicon
from consilience.model import Membership
from consilience.stories.features import Features
from consilience.stories.link import average_link
from consilience.stories.reasons import reasons


class Grouper:
    """Stories of a stream of articles: ``add`` in any order, ``stories`` at any time."""

    def __init__(self) -> None:
        self.settings = lexicon("stories")
        self.articles: list[Features] = []
        self._term: dict[str, int] = {}
        self._documents = array("f")  # articles seen that have the term, by term
        self._rows: dict[int, list[int]] = {}  # term -> its newest articles
        self._terms: list[np.ndarray] = []  # per article int32, sorted by weight, heaviest first
        self._weights: list[np.ndarray] = []  # per article float32
        self._story: list[int] = []  # per article
        self._members: dict[int, list[int]] = {}
        self._near: list[np.ndarray] = []  # per article its highest likenesses, float32 (neighbours,)
        self._next = 0

    # --- the public part -----------------------------------------------------------------------

    def add(self, article: Features) -> int:
        """Takes the article in; returns the number of the story that it stands in for now."""
        me = self._take(article)
        others = self._candidates(me)
        alike = self._likeness(me, others)
        self._note(me, others, alike)
        story = self._next
        self._next += 1
        self._story.append(story)
        self._members[story] = [me]
        level = self._level(np.array([me]))[0]
        contrast = alike - self.settings["join"]["contrast"] * 0.5 * (level + self._level(others))
        self._index(me)
        self._settle(me, others, contrast)
        return self._story[me]

    def stories(self) -> list[tuple[str, ...]]:
        """Article ids of each story in the order of arrival, stories by their first article."""
        groups = sorted(self._members.values(), key=min)
        return [tuple(self.articles[i].id for i in sorted(g)) for g in groups]

    def memberships(self) -> dict[str, Membership]:
        """Why each article stands in its story, by the article's id."""
        out = {}
        for group in self._members.values():
            members = np.array(sorted(group))
            for me in members.tolist():
                others = members[members != me][:50]
                article = self.articles[me]
                if len(others) == 0:
                    out[article.id] = Membership(article.id, 1.0, ("the only report of its story",))
                    continue
                alike = self._likeness(me, others)
                out[article.id] = Membership(
                    article.id,
                    round(float(alike.mean()), 4),
                    reasons(article, [self.articles[i] for i in others.tolist()], self._rarity_of),
                )
        return out

    def settle(self) -> None:
        """Clusters again around every article, with what is known by now of the rarity of words."""
        for me in range(len(self.articles)):
            others = self._candidates(me)
            others = others[others != me]
            alike = self._likeness(me, others)
            self._note(me, others, alike)
        for me in range(len(self.articles)):
            others = self._candidates(me)
            others = others[others != me]
            alike = self._likeness(me, others)
            level = self._level(np.array([me]))[0]
            contrast = alike - self.settings["join"]["contrast"] * 0.5 * (level + self._level(others))
            self._settle(me, others, contrast)

    # --- words ---------------------------------------------------------------------------------

    def _take(self, article: Features) -> int:
        """Stores the article's heaviest terms; counts it among the articles seen."""
        kept = sorted(article.terms.items(), key=lambda t: (-t[1], t[0]))[: self.settings["index"]["held"]]
        numbers = []
        for key, _ in kept:
            term = self._term.get(key)
            if term is None:
                term = self._term[key] = len(self._documents)
                self._documents.append(0.0)
            self._documents[term] += 1.0
            numbers.append(term)
        self.articles.append(article)
        self._terms.append(np.array(numbers, dtype=np.int32))
        self._weights.append(np.array([w for _, w in kept], dtype=np.float32))
        self._near.append(np.zeros(self.settings["join"]["neighbours"], dtype=np.float32))
        return len(self.articles) - 1

    def _rarity(self, terms: np.ndarray) -> np.ndarray:
        """Inverse document frequency of the terms among the articles seen, ``least`` to 1.

        In a small pile that may well be about one event, a word that all have is still a word that
        tells; articles are therefore taken as seen before, fewer of them as the pile grows.
        """
        seen = np.frombuffer(self._documents, dtype=np.float32)[terms]
        count, rarity = len(self.articles), self.settings["rarity"]
        prior = max(rarity["prior"], rarity["prior_small"] * math.exp(-count / rarity["small"]))
        many = math.log(count + prior + 1.0)
        return rarity["least"] + (1 - rarity["least"]) * (many - np.log(seen, dtype=np.float32)) / many

    def _rarity_of(self, key: str) -> float:
        return float(self._rarity(np.array([self._term[key]]))[0]) if key in self._term else 0.0

    def _candidates(self, me: int) -> np.ndarray:
        """Articles that share telling words with this one, the likeliest first; int64."""
        index = self.settings["index"]
        terms = self._terms[me]
        if not len(terms):
            return np.zeros(0, dtype=np.int64)
        weight = self._weights[me] * self._rarity(terms)
        top = np.argsort(-weight, kind="stable")[: index["asked"]]
        rows = [self._rows.get(int(terms[t]), ()) for t in top]
        found = np.fromiter((a for row in rows for a in row), dtype=np.int64)
        if not len(found):
            return found
        votes = np.repeat(weight[top] ** 2, [len(row) for row in rows])
        articles, at = np.unique(found, return_inverse=True)
        sums = np.bincount(at, weights=votes)
        order = np.lexsort((-articles, -sums))[: index["compared"]]
        return articles[order]

    def _index(self, me: int) -> None:
        """Puts the article into the rows of its most telling words."""
        index = self.settings["index"]
        terms = self._terms[me]
        weight = self._weights[me] * self._rarity(terms)
        for t in np.argsort(-weight, kind="stable")[: index["kept"]]:
            row = self._rows.setdefault(int(terms[t]), [])
            row.append(me)
            if len(row) > index["row"]:
                del row[0]

    # --- likeness ------------------------------------------------------------------------------

    def _likeness(self, me: int, others: np.ndarray) -> np.ndarray:
        """Likeness (0 to 1) of an article to each of ``others``, without the contrast."""
        if not len(others):
            return np.zeros(0, dtype=np.float32)
        return self._table(np.concatenate([[me], others]))[0, 1:]

    def _table(self, articles: np.ndarray) -> np.ndarray:
        """Likeness of each two of the articles, float32, shape (articles, articles)."""
        count = len(articles)
        sizes = [len(self._terms[a]) for a in articles]
        terms = np.concatenate([self._terms[a] for a in articles])
        unique, column = np.unique(terms, return_inverse=True)
        matrix = np.zeros((count, len(unique)), dtype=np.float32)
        weights = np.concatenate([self._weights[a] for a in articles]) * self._rarity(unique)[column]
        matrix[np.repeat(np.arange(count), sizes), column] = weights
        matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-6)
        words = matrix @ matrix.T
        join = self.settings["join"]
        vectors = [self.articles[a].vector for a in articles]
        if any(v is None for v in vectors):
            value = words * join["alone"]
        else:
            stack = np.stack(vectors)
            meaning = np.maximum(stack @ stack.T - join["meaning_floor"], 0.0)
            value = join["words"] * words + (1 - join["words"]) * meaning
        return value * self._nearness(articles)

    def _nearness(self, articles: np.ndarray) -> np.ndarray | float:
        """Factor for the days between each two articles; 1 where a day is unknown."""
        days = [self.articles[a].day for a in articles]
        if all(d is None for d in days):
            return 1.0
        known = np.array([np.nan if d is None else d for d in days], dtype=np.float64)
        gap = np.abs(known[:, None] - known[None, :])
        time = self.settings["time"]
        factor = np.exp(-np.maximum(gap - time["free"], 0.0) / time["decay"])
        return np.where(np.isnan(gap), 1.0, np.maximum(factor, time["least"])).astype(np.float32)

    def _note(self, me: int, others: np.ndarray, alike: np.ndarray) -> None:
        """Keeps each article's highest likenesses up to date."""
        many = self.settings["join"]["neighbours"]
        top = np.sort(alike)[::-1][:many]
        self._near[me][: len(top)] = np.maximum(self._near[me][: len(top)], top)
        for other, value in zip(others.tolist(), alike.tolist(), strict=True):
            row = self._near[other]
            if value > row[-1]:
                at = int(np.searchsorted(-row, -value))
                row[at + 1 :] = row[at:-1].copy()
                row[at] = value

    def _level(self, articles: np.ndarray) -> np.ndarray:
        """Mean likeness of each article to its nearest ones."""
        return np.array([self._near[a].mean() for a in articles], dtype=np.float32)

    # --- stories -------------------------------------------------------------------------------

    def _settle(self, me: int, others: np.ndarray, contrast: np.ndarray) -> None:
        """Clusters again the stories that the article comes near to, together with its own."""
        join = self.settings["join"]
        near: list[int] = [self._story[me]]
        for k in np.argsort(-contrast, kind="stable"):
            if contrast[k] < join["likeness"] * join["reach"] or len(near) > join["stories"]:
                break
            if self._story[others[k]] not in near:
                near.append(self._story[others[k]])
        if len(near) == 1 and len(self._members[near[0]]) == 1:
            return
        units, fixed = self._units(near)
        table = self._table(units)
        level = self._level(units)
        table = table - join["contrast"] * 0.5 * (level[:, None] + level[None, :])
        groups = average_link(table, join["likeness"], fixed)
        self._rename([[int(units[i]) for i in g] for g in groups])

    def _units(self, stories: Sequence[int]) -> tuple[np.ndarray, list[list[int]]]:
        """The newest articles of the stories, and which of them stay together: a story of more articles
        than are looked at is not taken apart."""
        most = self.settings["join"]["members"]
        units: list[int] = []
        fixed = []
        for story in stories:
            members = self._members[story]
            newest = sorted(members)[-most:]
            if len(members) > most:
                fixed.append(list(range(len(units), len(units) + len(newest))))
            units += newest
        return np.array(units), fixed

    def _rename(self, groups: list[list[int]]) -> None:
        """Writes the groups down as stories; a group keeps the number that most of its articles had."""
        taken: set[int] = set()
        for group in sorted(groups, key=lambda g: (-len(g), min(g))):
            had: dict[int, int] = {}
            for i in group:
                had[self._story[i]] = had.get(self._story[i], 0) + 1
            free = [(-n, s) for s, n in had.items() if s not in taken]
            if free:
                story = min(free)[1]
            else:
                story = self._next
                self._next += 1
                self._members[story] = []
            taken.add(story)
            for i in group:
                if self._story[i] != story:
                    old = self._members[self._story[i]]
                    old.remove(i)
                    if not old:
                        del self._members[self._story[i]]
                    self._members.setdefault(story, []).append(i)
                    self._story[i] = story
