"""The seam between the program and a language: what a language pack gives (see docs/languages.md).

A pack is a folder ``language/<code>`` with a module ``text`` of three functions and word lists in TOML
that the stages ask for by name. Where there is none, ``Generic`` cuts sentences and words by what all
scripts share, and the words stay without analysis: such an article is kept, grouped by its meaning and
aligned by names, figures and shared quotations.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib import import_module
from typing import Protocol

PACKS = ("en",)
DEFAULT = "en"  # for a text too short to tell its language


class Pack(Protocol):
    """What a pack's ``text`` module gives. Offsets count code points; nothing raises on any text."""

    def split_sentences(self, text: str) -> Sequence[tuple[int, int, int, str]]:
        """(start, end, paragraph, "sentence" or "heading") in order, disjoint, trimmed."""

    def tokenize(self, text: str, start: int, end: int) -> Sequence[tuple[int, int]]:
        """(start, end) of each word of the sentence ``[start, end)``: all but white space, disjoint."""

    def lemma(self, word: str, upos: str) -> str:
        """Dictionary form of ``word`` as the part of speech ``upos`` (Universal Dependencies)."""


def pack(language: str | None) -> Pack:
    """The pack for an ISO 639 code (with or without region); ``Generic`` where there is none."""
    code = (language or DEFAULT).replace("_", "-").split("-")[0].lower()
    if code not in PACKS:
        return Generic()
    return import_module(f"consilience.language.{code}.text")  # type: ignore[return-value]


def has_pack(language: str | None) -> bool:
    """Whether the program reads ``language`` (None passes for the default language)."""
    return (language or DEFAULT).replace("_", "-").split("-")[0].lower() in PACKS


_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=[^a-z\s])|[。！？।؟۔]+[」』”’)]*")
_TOKEN = re.compile(
    r"\d+(?:[.,:/]\d+)*|[\u3040-\u30ff\u3400-\u9fff]|(?:[^\W_\u3040-\u30ff\u3400-\u9fff]|[\u0300-\u036f])+|\S"
)


class Generic:
    """Sentences at stops that every reader knows, words at the edges of letters and digits."""

    def split_sentences(self, text: str) -> list[tuple[int, int, int, str]]:
        """See ``Pack``; a line without any stop is a heading."""
        out = []
        lines = [m.span() for m in re.finditer(r"[^\n\r\u2028\u2029]+", text) if m.group().strip()]
        for number, (start, end) in enumerate(lines):
            edges = [start, *(m.end() for m in _STOP.finditer(text, start, end)), end]
            pieces = [p for a, b in zip(edges, edges[1:], strict=False) if (p := _trimmed(text, a, b))]
            bare = text[start:end].rstrip(" \t\"'”’»)]」』")
            heading = len(pieces) == 1 and len(bare) < 120 and bare[-1:] not in ".!?…。！？।؟۔:;,"
            out += [(a, b, number, "heading" if heading else "sentence") for a, b in pieces]
        return out

    def tokenize(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """See ``Pack``."""
        return [m.span() for m in _TOKEN.finditer(text, start, end)]

    def lemma(self, word: str, upos: str) -> str:
        """The word in lower case."""
        return word.lower()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    if not piece.strip():
        return None
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
