"""Sentences written for the project with their names in inline marks: ``[ORG Kestrel Ridge] wrote to …``.

``named/web.txt``: emails, reviews, questions, newsgroups, weblogs; ``named/news.txt``: news of the whole
world. Invented, what is said of bodies and people that exist too; lines that open with ``#`` are notes.
Labels follow UNER's meaning of person, organization, place and other (Mayhew et al. 2024).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from consilience.language.en.text import split_sentences, tokenize

from .treebanks import Item, Word

FOLDER = Path(__file__).with_name("named")
TYPES = {"PER": "person", "ORG": "organization", "LOC": "place", "OTHER": "other"}
_MARK = re.compile(r"\[(PER|ORG|LOC|OTHER) ([^\[\]]+)\]")


def unmarked(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text of a line and its names as (start, end, type). Raises ``ValueError`` for a stray bracket."""
    text, spans, at = "", [], 0
    for found in _MARK.finditer(line):
        text += line[at : found.start()]
        spans.append((len(text), len(text) + len(found[2]), TYPES[found[1]]))
        text, at = text + found[2], found.end()
    text += line[at:]
    if "[" in text or "]" in text:
        raise ValueError(f"a bracket that marks no name: {line}")
    return text, spans


def marked(source: str) -> Iterator[Item]:
    """The sentences of ``named/SOURCE.txt``, every word labelled."""
    for line in (FOLDER / f"{source}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        text, spans = unmarked(line.strip())
        for start, end, _, _ in split_sentences(text):
            words = []
            for a, b in tokenize(text, start, end):
                inside = next(((x, y, k) for x, y, k in spans if x <= a < y), None)
                tag = ("B-" if inside and a == inside[0] else "I-") + inside[2] if inside else "O"
                words.append(Word(text[a:b], a == start or text[a - 1].isspace(), tag=tag))
            if words:
                yield Item(source, words)
