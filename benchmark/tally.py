"""Counting right and wrong, and whether two spans are about the same text."""

from __future__ import annotations

import bisect
import unicodedata
from pathlib import PurePosixPath
from typing import Any

from benchmark.case import fold

OVERLAP = 0.5  # two spans are about the same text when half of the shorter one is shared,
NARROW = 0.1  # and the shorter is at least this part of the longer: a paragraph is no evidence for a clause
NARROW_FIGURE, NARROW_QUOTE = 0.2, 0.5

Placed = tuple[str, int, int]
"""An article's file stem, and start and end in its folded text."""


def squash(text: str) -> str:
    """Folded, case- and accent-free form, for comparing names."""
    text = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in text if not unicodedata.combining(c))
    return fold(plain.casefold().replace("’", "'"))


class FoldedText:
    """A text with white space folded, and the way from offsets in the original to offsets in it."""

    def __init__(self, text: str) -> None:
        self.starts: list[int] = []
        folded: list[str] = []
        gap = False
        for i, c in enumerate(text):
            if c.isspace():
                gap = bool(folded)
                continue
            if gap:
                folded.append(" ")
                self.starts.append(i)
                gap = False
            folded.append(c)
            self.starts.append(i)
        self.text = "".join(folded)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The folded span of an original one."""
        return bisect.bisect_left(self.starts, start), bisect.bisect_left(self.starts, end)


class Tally:
    """``right`` of ``said`` and ``found`` of ``wanted``, with notes on what was missed and wrong."""

    def __init__(self) -> None:
        self.right = self.said = self.found = self.wanted = 0
        self.notes: list[str] = []

    def add(self, right: int, said: int, found: int, wanted: int) -> None:
        """Count one comparison."""
        self.right += right
        self.said += said
        self.found += found
        self.wanted += wanted

    def both(self, hit: bool) -> None:
        """Count something that is said and wanted at once."""
        self.add(hit, 1, hit, 1)

    def figures(self) -> tuple[float, float, float]:
        """Precision, recall and F1."""
        p = self.right / self.said if self.said else (1.0 if not self.wanted else 0.0)
        r = self.found / self.wanted if self.wanted else 1.0
        return p, r, 2 * p * r / (p + r) if p + r else 0.0


class Said:
    """A system's account (JSON, as a dict), its evidence turned into spans of folded article text."""

    def __init__(self, data: dict[str, Any], stems: set[str]) -> None:
        self.data = data
        self.articles: dict[str, tuple[str, FoldedText]] = {}
        self.stem_of: dict[str, str] = {}
        for article in data["articles"]:
            stem = PurePosixPath(str(article["source"]).replace("\\", "/")).stem
            if stem in stems:
                self.stem_of[article["id"]] = stem
                self.articles[stem] = (article["text"], FoldedText(article["text"]))
        self.stories = data["stories"]

    def items(self, key: str) -> list[dict[str, Any]]:
        """The items under ``key`` of all stories."""
        return [item for story in self.stories for item in story.get(key, [])]

    def spans(self, evidence: list[dict[str, Any]]) -> list[Placed]:
        """Where a list of evidence stands; a piece whose text is not what stands there is left out."""
        out = []
        for piece in evidence:
            stem = self.stem_of.get(piece["article"])
            if stem is None:
                continue
            text, folded = self.articles[stem]
            if text[piece["start"] : piece["end"]] == piece["text"] and piece["text"].strip():
                out.append((stem, *folded.span(piece["start"], piece["end"])))
        return out

    def gold(self, pieces: list[dict[str, Any]]) -> list[Placed]:
        """Where gold pieces stand; one that the text lacks gets a span that overlaps nothing."""
        out = []
        for piece in pieces:
            stem, text = piece["article"], fold(piece["text"])
            at = self.articles[stem][1].text.find(text) if stem in self.articles else -1
            out.append((stem, at, at + len(text)) if at >= 0 else (stem, -2, -1))
        return out


def overlaps(a: Placed, b: Placed, narrow: float = NARROW) -> bool:
    """Whether two spans are about the same text."""
    if a[0] != b[0]:
        return False
    shared = min(a[2], b[2]) - max(a[1], b[1])
    shorter, longer = sorted((a[2] - a[1], b[2] - b[1]))
    return shared > 0 and shared >= OVERLAP * shorter and shorter >= narrow * longer
