"""Consilience: one account of several outlets' reports, every line traced to the words that carry it.

>>> import consilience
>>> account = consilience.read(["folder"])          # doctest: +SKIP
>>> account.stories[0].findings[0].evidence         # doctest: +SKIP

``read`` gives an ``Account`` (see ``consilience.model`` for the types), ``extract`` the articles alone,
``group`` the stories alone, ``verify`` what does not stand in a stored account.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from consilience.account import verify
    from consilience.errors import AccountError, ConsilienceError, InputError, ModelError, UsageError
    from consilience.model import Account, Article, Disagreement, Evidence, Finding, Origin, Story
    from consilience.pipeline import extract, group, read, read_articles
    from consilience.settings import Settings

    __version__: str

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

_ROOMS = {
    "account": ("verify",),
    "errors": ("AccountError", "ConsilienceError", "InputError", "ModelError", "UsageError"),
    "model": ("Account", "Article", "Disagreement", "Evidence", "Finding", "Origin", "Story"),
    "pipeline": ("extract", "group", "read", "read_articles"),
    "settings": ("Settings",),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> object:
    # loaded when first asked for, so that `--help` answers at once and `verify` loads no model
    if name == "__version__":
        from importlib.metadata import version

        return version("consilience")
    if name in _ROOM_OF:
        return getattr(import_module(f"consilience.{_ROOM_OF[name]}"), name)
    raise AttributeError(f"module 'consilience' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
