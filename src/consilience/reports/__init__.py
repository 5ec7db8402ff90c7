"""Who says what, in one article: quotes, attributions, figures, dates, commitments, statements."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
from collections.abc import Sequence
from typing import Any

from consilience.model import Analysis, Entity, Reading

__all__ = ["read", "resolve"]


def read(analysis: Analysis) -> Reading:
    """All that one article says, as spans into its text. Deterministic; nothing is reworded."""
    known: dict[str, Any] = {"analysis": analysis, "reference": analysis.article.published}
    for part in ("quotes", "attribution", "times", "figures", "commitments", "statements"):
        key = "attributions" if part == "attribution" else part
        known[key] = _part(part, known)
    published = analysis.article.published
    return Reading(
        analysis=analysis,
        quotes=known["quotes"],
        attributions=known["attributions"],
        figures=known["figures"],
        times=known["times"],
        commitments=known["commitments"],
        statements=known["statements"],
        reference=published,
        reference_from="the article's own date" if published else "",
    )


def _part(name: str, known: dict[str, Any]) -> tuple:
    """What the module ``name`` finds; its ``find`` takes what it needs of what is known, by name."""
    path = f"{__name__}.{name}"
    if importlib.util.find_spec(path) is None:
        return ()
    find = importlib.import_module(path).find
    return find(**{k: known[k] for k in inspect.signature(find).parameters if k in known})


def resolve(readings: Sequence[Reading]) -> tuple[tuple[Entity, ...], tuple[Reading, ...]]:
    """The people, bodies and places of a story joined over its articles, and the readings with them."""
    if importlib.util.find_spec(f"{__name__}.resolve") is None:
        return (), tuple(readings)
    return importlib.import_module(f"{__name__}.resolve").resolve(readings)
