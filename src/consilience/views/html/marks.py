"""Pieces of the report that are cut from articles: surrounding text, paragraphs, differences of words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from consilience.spans import Span

PARAGRAPH = re.compile(r"[^\n]+\n*|\n+")
WORD = re.compile(r"\S+\s*")

# HTML cannot carry control characters and lone surrogates, and reads a carriage return as a line
# feed; each is shown as one other code point, so that offsets hold in the report as in the text.
SHOWN = dict.fromkeys((*range(32), *range(127, 160), *range(55296, 57344)), 65533)
SHOWN |= {0x09: 0x09, 0x0A: 0x0A, 0x0D: 0x20}


class Piece(NamedTuple):
    """A run of an article's text; ``mark`` tells what it is marked as, '' for plain."""

    text: str
    mark: str = ""


class Paragraph(NamedTuple):
    """A paragraph with the line breaks after it: the pieces' texts make up ``[start, end)``."""

    start: int
    pieces: tuple[Piece, ...]


def shown(text: str) -> str:
    """``text`` as HTML can carry it, code point for code point."""
    return text.translate(SHOWN)


def paragraphs(text: str, marks: Sequence[tuple[Span, str]]) -> list[Paragraph]:
    """The text in paragraphs, each cut where a mark begins or ends; the first of two marks wins."""
    out = []
    ordered = sorted(marks)
    for match in PARAGRAPH.finditer(text):
        start, end = match.span()
        inside = [(s, m) for s, m in ordered if s.start < end and s.end > start]
        cuts = sorted({start, end, *(c for s, _ in inside for c in s if start < c < end)})
        pieces: list[Piece] = []
        for a, b in zip(cuts, cuts[1:], strict=False):
            mark = next((m for s, m in inside if s.start <= a and b <= s.end), "")
            if pieces and pieces[-1].mark == mark:
                pieces[-1] = Piece(pieces[-1].text + text[a:b], mark)
            else:
                pieces.append(Piece(text[a:b], mark))
        out.append(Paragraph(start, tuple(pieces)))
    return out


def variant(main: str, other: str) -> list[Piece]:
    """``other`` in runs of words: plain as in ``main``, ``new`` where they differ, and an empty piece
    ``gap`` where words of ``main`` are left out. The texts together are ``other``."""
    a, b = WORD.findall(main), WORD.findall(other)
    lead = other[: len(other) - len(other.lstrip())]
    matcher = SequenceMatcher(None, [bare(w) for w in a], [bare(w) for w in b], autojunk=False)
    out = [Piece(lead)] if lead else []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        words = "".join(b[j1:j2])
        if tag == "equal":
            out.append(Piece(words))
        elif tag == "delete":
            if any(bare(w) for w in a[i1:i2]):
                out.append(Piece("", "gap"))
        elif not any(bare(w) for w in b[j1:j2]):
            out.append(Piece(words))
        else:
            out.append(Piece(words.rstrip(), "new"))
            out.append(Piece(words[len(words.rstrip()) :]))
    return [p for p in out if p.text or p.mark]


def bare(word: str) -> str:
    """A word without the punctuation and the case that desks change when they set a quote."""
    return re.sub(r"\W+", "", word).casefold()
