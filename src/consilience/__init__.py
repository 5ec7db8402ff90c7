"""Consilience: one account of several outlets' reports, every line traced to the words that carry it.

>>> import consilience
>>> account = consilience.read(["folder"])          # doctest: +SKIP
>>> account.stories[0].findings[0].evidence         # doctest: +SKIP

``read`` gives an ``Account`` (see ``consilience.model`` for the types), ``extract`` the articles alone,
``group`` the stories alone, ``verify`` what does not stand in a stored account.
"""

from __future__ import annotations

from importlib.metadata import version as _version
from typing import TYPE_CHECKING

from consilience.errors import AccountError, ConsilienceError, InputError, ModelError, UsageError
from consilience.model import Account, Article, Disagreement, Evidence, Finding, Origin, Story
from consilience.settings import Settings

if TYPE_CHECKING:
    from consilience.account import verify
    from consilience.pipeline import extract, group, read, read_articles

__version__ = _version("consilience")

__all__ = [
    "Account",
    "AccountError",
    "Article",
    "ConsilienceError",
    "Disagreement",
    "Evidence",
    "Finding",
    "InputError",
    "ModelError",
    "Origin",
    "Settings",
    "Story",
    "UsageError",
    "extract",
    "group",
    "read",
    "read_articles",
    "verify",
]


def __getattr__(name: str) -> object:
    # the stages are loaded when first asked for, so that `import consilience` and `--help` stay quick
    if name in {"extract", "group", "read", "read_articles"}:
        from consilience import pipeline

        return getattr(pipeline, name)
    if name == "verify":
        from consilience.account import verify

        return verify
    raise AttributeError(f"module 'consilience' has no attribute {name!r}")
