"""Why an article stands in its story, in plain phrases."""

from __future__ import annotations

from collections.abc import Sequence

from consilience.stories.space import Space

NAMED = 5  # shared names and figures that are told


def reasons(space: Space, article: int, others: Sequence[int]) -> tuple[str, ...]:
    """The names and figures that the article shares with the story's others, and the days between."""
    terms, weights = space.weighted(article)
    having: dict[int, int] = {}
    for other in others:
        for term in space.weighted(other)[0].tolist():
            having[term] = having.get(term, 0) + 1
    shared = [
        (-weight * having[term], space.printed[term])
        for term, weight in zip(terms.tolist(), weights.tolist(), strict=True)
        if term in having and space.printed[term]
    ]
    out = ["shares " + ", ".join(word for _, word in sorted(shared)[:NAMED])] if shared else []
    day = space.days[article]
    days = [space.days[o] for o in others if space.days[o] is not None]
    if day is None or not days:
        out.append("time unknown")
    else:
        gap = min(abs(day - d) for d in days)
        out.append("of the same days" if gap <= 1 else f"{gap} days from the nearest report")
    return tuple(out)
