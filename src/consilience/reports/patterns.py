"""Regular expressions that a lexicon holds: those of a language's little words around dates and clauses."""

from __future__ import annotations

import re
from functools import cache

from consilience.lexicons import lexicon


@cache
def pattern(table: str, name: str) -> re.Pattern[str]:
    """The expression ``name`` under ``patterns`` of the lexicon ``table``, compiled."""
    return re.compile(lexicon(table)["patterns"][name])
