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
from consilience.stories.space import Growing, Space

_NOBODY = np.zeros(0, dtype=np.int64)


class Grouper:
    """Stories of a stream of articles: ``add`` in any order, ``stories`` at any time."""

    def __init__(self) -> None:
        self.settings = lexicon("stories")
        self.space = Space(self.settings)
        # term -> its newest articles; arrays, since the garbage collector visits every list there is
        self._rows: dict[int, array] = {}
        self._story: list[int] = []  # per article
        self._members: dict[int, list[int]] = {}
        # per article its highest likenesses, in descending order
        self._near = Growing(np.float32, self.settings["join"]["neighbours"])
        self._next = 0

    # --- the public part -----------------------------------------------------------------------

    def add(self, article: Features) -> int:
        """Takes the article in; returns the number of the story that it stands in for now."""
        me = self.space.take(article)
        self._near.append(np.zeros((1, self.settings["join"]["neighbours"]), dtype=np.float32))
        story = self._next
        self._next += 1
        self._story.append(story)
        self._members[story] = [me]
        terms, weights = self.space.weighted(me)
        order = np.argsort(-weights, kind="stable")
        others = self._candidates(me, terms, weights, order)
        alike = self.space.likeness(me, others)
        self._note(me, others, alike)
        self._index(me, terms[order])
        self._settle(me, others, self._contrast(me, others, alike))
        return self._story[me]

    def stories(self) -> list[tuple[str, ...]]:
        """Article ids of each story in the order of arrival, stories by their first article."""
        groups = sorted(self._members.values(), key=min)
        return [tuple(self.space.ids[i] for i in sorted(g)) for g in groups]

    def memberships(self) -> dict[str, Membership]:
        """Why each article stands in its story, by the article's id."""
        out = {}
        for group in self._members.values():
            members = np.array(sorted(group))
            for me in members.tolist():
                name = self.space.ids[me]
                others = members[members != me][: self.settings["join"]["members"]]
                if len(others):
                    score = round(float(self.space.likeness(me, others).mean()), 4)
                    out[name] = Membership(name, score, reasons(self.space, me, others.tolist()))
                else:
                    out[name] = Membership(name, 1.0, ("the only report of its story",))
        return out

    def settle(self) -> None:
        """Clusters again around every article, with what is known by now of the rarity of words."""
        found = []
        for me in range(len(self.space)):
            terms, weights = self.space.weighted(me)
            others = self._candidates(me, terms, weights, np.argsort(-weights, kind="stable"))
            alike = self.space.likeness(me, others)
            self._note(me, others, alike)
            found.append((others, alike))
        for me, (others, alike) in enumerate(found):
            self._settle(me, others, self._contrast(me, others, alike))

    # --- candidates ----------------------------------------------------------------------------

    def _candidates(self, me: int, terms: np.ndarray, weights: np.ndarray, order: np.ndarray) -> np.ndarray:
        """Other articles that share telling words with this one, the likeliest first; int64."""
        index = self.settings["index"]
        top = order[: index["asked"]]
        rows = [self._rows.get(t, _NOBODY) for t in terms[top].tolist()]
        found = np.concatenate([np.array(row, dtype=np.int64) for row in rows] or [_NOBODY])
        votes = np.repeat(weights[top] ** 2, [len(row) for row in rows])
        found, votes = found[found != me], votes[found != me]
        if not len(found):
            return found
        articles, at = np.unique(found, return_inverse=True)
        sums = np.bincount(at, weights=votes)
        return articles[np.lexsort((-articles, -sums))[: index["compared"]]]

    def _index(self, me: int, terms: np.ndarray) -> None:
        """Puts the article into the rows of its most telling words; ``terms`` are sorted by weight."""
        index = self.settings["index"]
        for term in terms[: index["kept"]].tolist():
            row = self._rows.get(term)
            if row is None:
                row = self._rows[term] = array("i")
            row.append(me)
            if len(row) > index["row"]:
                del row[0]

    # --- the neighbourhood ---------------------------------------------------------------------

    def _note(self, me: int, others: np.ndarray, alike: np.ndarray) -> None:
        """Keeps each article's highest likenesses up to date."""
        near = self._near.rows
        top = np.sort(alike)[::-1][: near.shape[1]]
        near[me, : len(top)] = np.maximum(near[me, : len(top)], top)
        for k in np.flatnonzero(alike > near[others, -1]).tolist():
            row, value = near[others[k]], alike[k]
            at = int(np.searchsorted(-row, -value))
            row[at + 1 :] = row[at:-1].copy()
            row[at] = value

    def _level(self, articles: np.ndarray) -> np.ndarray:
        """Mean likeness of each article to its nearest ones."""
        return self._near.rows[articles].mean(axis=1)

    def _contrast(self, me: int, others: np.ndarray, alike: np.ndarray) -> np.ndarray:
        """The likeness less what either has to its neighbours at large."""
        level = self._near.rows[me].mean() + self._level(others)
        return alike - self.settings["join"]["contrast"] * 0.5 * level

    # --- stories -------------------------------------------------------------------------------

    def _settle(self, me: int, others: np.ndarray, contrast: np.ndarray) -> None:
        """Clusters again the stories that the article comes near to, together with its own."""
        join = self.settings["join"]
        near: list[int] = [self._story[me]]
        for k in np.argsort(-contrast, kind="stable"):
            if contrast[k] < self._threshold() * join["reach"] or len(near) > join["stories"]:
                break
            if self._story[others[k]] not in near:
                near.append(self._story[others[k]])
        if len(near) == 1 and len(self._members[near[0]]) == 1:
            return
        units, fixed = self._units(near)
        table = self.space.table(units)
        level = self._level(units)
        table = table - join["contrast"] * 0.5 * (level[:, None] + level[None, :])
        groups = average_link(table, self._threshold(), fixed, join["caution"], join["several"])
        self._rename([[int(units[i]) for i in g] for g in groups])

    def _threshold(self) -> float:
        """Mean contrasted likeness from which groups are one story, lower while the pile is small."""
        join = self.settings["join"]
        small = math.exp(-len(self.space) / self.settings["rarity"]["small"])
        return join["likeness"] * (1.0 - join["leeway"] * small)

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
