"""A story's reports parted into origins, each with its proof."""

from __future__ import annotations

from itertools import combinations, product

import msgspec
import numpy as np

from consilience import ids
from consilience.model import Origin, Passage, Reading, StoryReading
from consilience.origins.comparison import Comparison
from consilience.origins.credits import credit_of
from consilience.origins.decide import mean_chance, partition, thresholds
from consilience.origins.direction import first_of
from consilience.origins.passages import COPIED, copied, passages
from consilience.origins.reasons import doubts, grounds
from consilience.origins.reports import report_of

ALIKE = ("verbatim", "edited")


def one_text(first: Reading, second: Reading) -> float:
    """Chance (0 to 1) that one text is behind two reports, looked at by themselves."""
    return float(Comparison([report_of(first), report_of(second)]).chances()[0, 1])


def find(story: StoryReading) -> tuple[Origin, ...]:
    """The origins of a story: a partition of its articles, sorted by their first article's id.

    An article that copies nobody is an origin by itself. Never raises for odd texts: an article
    without sentences is an origin by itself.
    """
    if not story.readings:
        return ()
    readings = sorted(story.readings, key=lambda r: r.article.id)
    comparison = Comparison([report_of(r) for r in readings])
    chances = comparison.chances()
    groups = partition(chances, thresholds().joined)
    shared = _overlaps(groups, comparison, chances)
    return tuple(
        msgspec.structs.replace(_origin(group, groups, comparison, chances), overlaps=tuple(shared[k]))
        for k, group in enumerate(groups)
    )


def _origin(group: list[int], groups: list[list[int]], comparison: Comparison, chances: np.ndarray) -> Origin:
    members = [comparison.reports[i] for i in group]
    articles = tuple(r.article.id for r in members)
    why, share = _proof(group, comparison)
    first, direction = first_of(members, share) if len(group) > 1 else (None, "")
    sure = mean_chance(group, chances) >= thresholds().certain
    reasons = grounds(members, why, share, sure) if len(group) > 1 else ()
    return Origin(
        id=ids.content_id("origin", articles),
        articles=articles,
        why=tuple(why),
        reasons=reasons + doubts(group, groups, comparison.reports, chances, thresholds().doubt),
        credit=next((c for c in (credit_of(r.article) for r in members) if c), None),
        share=share,
        first=first,
        direction=direction,
        certain=sure,
    )


def _overlaps(groups: list[list[int]], comparison: Comparison, chances: np.ndarray) -> list[list[Passage]]:
    """Per group the passages that a report of it has in common with one of a later group.

    Two reports that are in the main each their own may have one passage from one text: a stretch of plain
    words, not quoted ones, longer than two desks write alike by themselves. Of reports that may not be
    independent at all, every passage that stands mostly alike is such a one.
    """
    out: list[list[Passage]] = [[] for _ in groups]
    for k, m in combinations(range(len(groups)), 2):
        one, two = groups[k], groups[m]
        doubtful = float(np.mean(chances[np.ix_(one, two)])) >= thresholds().doubt
        for i, j in product(one, two):
            a, b = min(i, j), max(i, j)
            first, second = comparison.reports[a], comparison.reports[b]
            for link in comparison.links(a, b) if doubtful or comparison.longest(a, b) >= COPIED else ():
                if doubtful or copied(first, second, link):
                    found = passages(first, second, [link])
                    out[k] += [p for p in found if p.kind in ALIKE]
    return out


def _proof(group: list[int], comparison: Comparison) -> tuple[list[Passage], dict[str, float]]:
    """The passages of all pairs, and the part of each article that lies in one (0 to 1)."""
    why: list[Passage] = []
    shared: dict[int, set[int]] = {i: set() for i in group}
    for a, b in combinations(group, 2):
        links = comparison.links(a, b)
        why += passages(comparison.reports[a], comparison.reports[b], links)
        shared[a] |= {link.i for link in links}
        shared[b] |= {link.j for link in links}
    share = {}
    for i in group:
        report = comparison.reports[i]
        words = float(report.lengths[sorted(shared[i])].sum())
        share[report.article.id] = round(words / max(1, report.size), 3)
    return why, share
