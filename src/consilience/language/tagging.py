"""Reading the encoder's labels: names from BIO tags."""

from __future__ import annotations

from collections.abc import Sequence


def names(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """(first word, last word, type) of each name in BIO ``tags``."""
    found: list[tuple[int, int, str]] = []
    start, kind = 0, ""
    for i, tag in enumerate([*tags, "O"]):
        inside = tag[:1] == "I" and tag[2:] == kind
        if kind and not inside:
            found.append((start, i - 1, kind))
            kind = ""
        if tag[:1] == "B" or (tag[:1] == "I" and not inside):
            start, kind = i, tag[2:]
    return found
