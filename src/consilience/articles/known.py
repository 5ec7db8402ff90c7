"""Values found of an article, each with where it stood."""

from __future__ import annotations

from dataclasses import dataclass, field

from consilience.articles.blocks import clean

_LONGEST = 500  # characters of a value: what is longer is no title or name


@dataclass
class Known:
    """Values found so far; the first that is set stays."""

    fields: dict[str, str] = field(default_factory=dict)
    known_from: dict[str, str] = field(default_factory=dict)
    open_dates: tuple[str, ...] = ()  # what a printed date that is not full can mean (see ``open_dates``)

    def set(self, name: str, value: str | None, where: str) -> None:
        """Record ``value`` (cleaned; nothing where it is empty or far too long) unless one is known."""
        value = clean(value or "")
        if value and len(value) <= _LONGEST and name not in self.fields:
            self.fields[name] = value
            self.known_from[name] = where

    def drop(self, name: str) -> None:
        """Forget a value that proved wrong."""
        self.fields.pop(name, None)
        self.known_from.pop(name, None)
