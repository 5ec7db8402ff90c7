"""Who had it first: times, credits, and what was cut."""

from __future__ import annotations

from collections.abc import Sequence

from consilience.origins.credits import credit_of, same_house
from consilience.origins.reports import Report, label
from consilience.phrases import moment

LONGER = 1.15  # a report this many times as long as another that it contains was cut, not filled


def first_of(reports: Sequence[Report], shares: dict[str, float]) -> tuple[str | None, str]:
    """(id of the article that the others seem to come from, or None; a plain phrase that says why)."""
    articles = [r.article for r in reports]
    credits = [credit_of(a) for a in articles]
    for article in articles:
        givers = [c for a, c in zip(articles, credits, strict=True) if c and a.id != article.id]
        if any(same_house(c, article.outlet) for c in givers):
            return article.id, f"{label(article)}'s own text: others here credit it"
    timed = sorted((when, a.id, a) for a in articles if (when := moment(a.published)))
    if len(timed) == len(articles):
        (early, one, first), (late, _, second) = timed[0], timed[1]
        # dates alone, or a time and a date of one day, do not tell which came first
        days = (first.published or "")[:10] < (second.published or "")[:10]
        if early < late and (days or len(first.published or "") > 10 < len(second.published or "")):
            return one, f"{label(first)} was published first"
    longest = sorted(reports, key=lambda r: (-r.size, r.article.id))
    if longest[0].size >= LONGER * longest[1].size and all(
        shares.get(r.article.id, 0.0) >= 0.8 for r in longest[1:]
    ):
        one = longest[0].article
        return one.id, f"{label(one)} has the longest text; the others have only parts of it"
    return None, "which came first cannot be told"
