"""Word lists and thresholds of a language, as data: ``language/<code>/<name>.toml``.

All that is English lives in ``language/en``; a stage asks for what it needs by name and does not
know where it lies. Each file says in a comment where its content comes from.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from consilience.errors import ModelError


@cache
def lexicon(name: str, language: str = "en") -> Mapping[str, Any]:
    """The TOML table ``name`` of ``language`` (ISO 639-1), read once.

    Raises ``errors.ModelError`` where the language has no such table.
    """
    path = files("consilience") / "language" / language / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise ModelError(f"no lexicon {name!r} for language {language!r}") from None
