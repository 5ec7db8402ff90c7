"""A story's reports parted into origins, each with its proof."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from consilience import ids
from consilience.model import Origin, Passage, Reading, StoryReading
from consilience.origins.align import Likeness, Link, chains, likeness
from consilience.origins.credits import credit_of, family_of, same_house
from consilience.origins.decide import chance, mean_chance, partition, thresholds
from consilience.origins.direction import first_of
from consilience.origins.evidence import Profile, features
from consilience.origins.passages import passages
from consilience.origins.reports import Report, report_of
from consilience.spans import Span

SHOWN = 0.5  # likeness from which an aligned pair of sentences is shown as proof


class Comparison:
    """All pairs of a story's reports, compared once. Reports stand in the order given."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self.reports = list(reports)
        self.profiles = [Profile(r) for r in self.reports]
        self.table: Likeness = likeness(self.reports)
        self.pairs = list(combinations(range(len(self.reports)), 2))
        self.chain: dict[tuple[int, int], list[Link]] = dict(
            zip(self.pairs, chains(self.table, self.pairs), strict=True)
        )
        self.with_vectors = all(r.vectors.shape[1] for r in self.reports)
        self.covered = np.zeros((len(self.reports),) * 2)
        for (a, b), chain in self.chain.items():
            for x, y, side in ((a, b, 0), (b, a, 1)):
                lengths = self.reports[x].lengths
                self.covered[x, y] = sum(lengths[link[side]] for link in chain) / max(1, lengths.sum())

    def features(self, a: int, b: int) -> np.ndarray:
        """The evidence on reports a < b."""
        return features(a, b, self.reports, self.profiles, self.table, self.chain[a, b], self.covered)

    def chances(self) -> np.ndarray:
        """Symmetric table of the chances that one text is behind two reports."""
        out = np.eye(len(self.reports))
        for a, b in self.pairs:
            out[a, b] = out[b, a] = chance(self.features(a, b), self.with_vectors)
        return out


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
    joined, certain = thresholds()
    return tuple(_origin(group, comparison, chances, certain) for group in partition(chances, joined))


def _origin(group: list[int], comparison: Comparison, chances: np.ndarray, certain: float) -> Origin:
    members = [comparison.reports[i] for i in group]
    articles = tuple(r.article.id for r in members)
    credit = next((c for c in (credit_of(r.article) for r in members) if c), None)
    identity = ids.content_id("origin", articles)
    if len(group) == 1:
        return Origin(id=identity, articles=articles, credit=credit, share={articles[0]: 0.0})
    why: list[Passage] = []
    shared: dict[int, set[int]] = {i: set() for i in group}
    for a, b in combinations(group, 2):
        chain = comparison.chain[a, b]
        why += passages(comparison.reports[a], comparison.reports[b], chain, SHOWN)
        for link in chain:
            if link.likeness >= SHOWN:
                shared[a].add(link.i)
                shared[b].add(link.j)
    share = {
        comparison.reports[i].article.id: round(
            float(comparison.reports[i].lengths[sorted(shared[i])].sum())
            / max(1, comparison.reports[i].size),
            3,
        )
        for i in group
    }
    first, direction = first_of(members, share)
    sure = mean_chance(group, chances) >= certain
    return Origin(
        id=identity,
        articles=articles,
        why=tuple(why),
        reasons=_reasons(group, comparison, why, share, sure),
        credit=credit,
        share=share,
        first=first,
        direction=direction,
        certain=sure,
    )


def _reasons(
    group: list[int], comparison: Comparison, why: list[Passage], share: dict[str, float], sure: bool
) -> tuple[str, ...]:
    """The grounds in plain phrases, the strongest first."""
    articles = [comparison.reports[i].article for i in group]
    out = []
    counts = {
        kind: sum(p.kind == kind for p in why) for kind in ("verbatim", "edited", "paraphrased", "translated")
    }
    told = [f"{n} {kind}" for kind, n in counts.items() if n]
    if told:
        least = round(100 * min(share.values()))
        out.append(f"passages aligned in order: {', '.join(told)}; at least {least} % of each text is shared")
    credits = {c for c in map(credit_of, articles) if c}
    for name in sorted(credits):
        if (
            sum(same_house(name, c) or same_house(name, a.outlet) for a in articles for c in [credit_of(a)])
            > 1
        ):
            out.append(f"all or several name {name}")
    families = [family_of(a.outlet) for a in articles]
    out += [f"outlets of one house: {f}" for f in sorted({f for f in families if f}) if families.count(f) > 1]
    if not sure:
        out.append("possibly from one source: the likeness alone does not settle it")
    return tuple(out)


def of_span(origins: tuple[Origin, ...], article: str, span: Span) -> str | None:
    """Id of the origin that the words at ``span`` of ``article`` go back to.

    An article that is only in part a copy has its other passages from itself: where the article is
    shared with others but this passage lies in none of the shared passages, the id is that of the
    article alone, ``<origin>/<article>``. None where no origin holds the article.
    """
    for origin in origins:
        if article in origin.articles:
            if len(origin.articles) == 1 or origin.share.get(article, 1.0) >= 0.7:
                return origin.id
            own = [e.span for p in origin.why for e in p.evidence if e.article == article]
            touched = any(s.overlap(span) for s in own)
            return origin.id if touched else f"{origin.id}/{article}"
    return None
