"""Pieces of the report that are cut from articles: surrounding text, paragraphs, differences of words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from consilience.spans import Span

AROUND = 110  # code points of surrounding text on either side of a piece of evidence
PARAGRAPH = re.compile(r"[^\n]+\n*|\n+")
WORD = re.compile(r"\S+\s*")

# HTML cannot carry control characters and lone surrogates, and reads a carriage return as a line
# feed; each is shown as one other code point, so that offsets hold in the report as in the text.
SHOWN = {c: 0xFFFD for c in (*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000))}
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


def around(text: str, span: Span) -> tuple[str, str]:
    """The words before and after ``span``, within its paragraph, cut at word boundaries."""
    line_start = text.rfind("\n", 0, span.start) + 1
    line_end = text.find("\n", span.end)
    line_end = len(text) if line_end < 0 else line_end
    start, end = max(line_start, span.start - AROUND), min(line_end, span.end + AROUND)
    before, after = text[start : span.start], text[span.end : end]
    if start > line_start:
        before = "… " + before.partition(" ")[2]
    if end < line_end:
        after = after.rpartition(" ")[0] + " …"
    return before, after


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
    matcher = SequenceMatcher(None, [_bare(w) for w in a], [_bare(w) for w in b], autojunk=False)
    out = [Piece(lead)] if lead else []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        words = "".join(b[j1:j2])
        if tag == "equal":
            out.append(Piece(words))
        elif tag == "delete":
            if any(_bare(w) for w in a[i1:i2]):
                out.append(Piece("", "gap"))
        elif not any(_bare(w) for w in b[j1:j2]):
            out.append(Piece(words))
        else:
            out.append(Piece(words, "new"))
    return out


def _bare(word: str) -> str:
    """A word without the punctuation and the case that desks change when they set a quote."""
    return re.sub(r"\W+", "", word).casefold()
