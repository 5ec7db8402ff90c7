"""Why an article stands in its story, in plain phrases."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from consilience.stories.features import Features

NAMED = 5  # shared names and figures that are told


def reasons(article: Features, others: Sequence[Features], rare: Callable[[str], float]) -> tuple[str, ...]:
    """The names and figures that the article shares with the story's others, and the days between."""
    shared = []
    for key, word in article.shown.items():
        having = sum(key in other.terms for other in others)
        if having:
            shared.append((-article.terms[key] * rare(key) * having / len(others), word))
    out = []
    if shared:
        out.append("shares " + ", ".join(word for _, word in sorted(shared)[:NAMED]))
    days = [o.day for o in others if o.day is not None]
    if article.day is None or not days:
        out.append("time unknown")
    else:
        gap = min(abs(article.day - d) for d in days)
        out.append("of the same days" if gap <= 1 else f"{gap} days from the nearest report")
    return tuple(out)
