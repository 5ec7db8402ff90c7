"""Corrections and editor's notes: part of the page, kept apart from the report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from consilience.articles.blocks import Block
from consilience.lexicons import lexicon

_SHORTEST = 5  # words: "Corrections:" alone is a menu
_LONGEST = 120  # words: a longer paragraph is no note


@cache
def _rule() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{r})" for r in lexicon("notes")["start"]), re.I)


def is_note(text: str) -> bool:
    """Whether a line is a correction or an editor's note by its opening words."""
    return _SHORTEST <= len(text.split()) <= _LONGEST and bool(_rule().match(text))


def split_notes(
    blocks: Sequence[Block], keep: Sequence[int], title: int | None
) -> tuple[list[int], tuple[str, ...]]:
    """The report's lines without its notes, and the notes, in page order.

    A note counts where it stands among the report's lines or close by; one in a menu or a comment
    does not.
    """
    if not keep:
        return list(keep), ()
    first = (title + 1) if title is not None and title < keep[0] else keep[0]
    near = range(first, min(len(blocks), keep[-1] + 5))
    kept = set(keep)
    notes = [i for i in near if is_note(blocks[i].text) and (i in kept or not _elsewhere(blocks[i]))]
    rest = [i for i in keep if i not in notes]
    if not rest:
        return list(keep), ()
    return rest, tuple(blocks[i].text for i in notes)


def _elsewhere(block: Block) -> bool:
    return any(block.at(place) for place in ("menu", "footer", "comments", "related", "consent", "form"))
