"""Why an article stands in its story, in plain phrases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from consilience.lexicons import lexicon
from consilience.stories.space import Space

NAMED = 5  # shared names and figures that are told
LEAP = 2000  # a year with all days


def reasons(space: Space, article: int, others: Sequence[int]) -> tuple[str, ...]:
    """What the article shares with the story's others: names, place, days, figures; and the days between."""
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
    out += _of_scene(space, article, others)
    day = space.days[article]
    days = [space.days[o] for o in others if space.days[o] is not None]
    if day is None or not days:
        out.append("time unknown")
    else:
        gap = min(abs(day - d) for d in days)
        out.append("of the same days" if gap <= 1 else f"{gap} days from the nearest report")
    return tuple(out)


def _of_scene(space: Space, article: int, others: Sequence[int]) -> list[str]:
    """The place, the days and the figures that the article has in common with others of the story."""
    own, theirs = space.scenes.held[article], [space.scenes.held[o] for o in others]
    out = []
    if any(own.main & other.places for other in theirs):
        out.append(f"of the same place: {own.shown}")
    days = sorted(own.days & frozenset().union(*(other.days for other in theirs)))
    if days:
        months = {
            n: name.capitalize() for name, n in reversed(lexicon("times")["months"].items()) if len(name) > 2
        }
        printed = [date(LEAP, 1, 1) + timedelta(days=day - 1) for day in days[:NAMED]]
        out.append("names the same day: " + ", ".join(f"{day.day} {months[day.month]}" for day in printed))
    figures = Counter(figure for other in theirs for figure in own.figures & other.figures)
    if figures:
        found = sorted(figures, key=lambda figure: (-figures[figure], figure))[:NAMED]
        out.append("gives the same figures: " + ", ".join(dict.fromkeys(f.split()[0] for f in found)))
    return out
