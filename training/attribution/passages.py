"""The written passages of ``passages_*.txt`` beside this file: news prose with every attribution marked.

One passage a line. ``<s1>source</s1> <c1>cue</c1> <t1>content</t1>``: the number joins the parts of one
attribution; marks nest, and a part may come in several pieces. Blank lines and ``#`` lines are passed over.
"""

from __future__ import annotations

import pathlib
import re
from collections.abc import Sequence
from typing import NamedTuple

from consilience import language
from consilience.model import Analysis, Article, Completeness
from consilience.spans import Span

FILES = tuple(sorted(pathlib.Path(__file__).parent.glob("passages_*.txt")))
ROLES = {"s": "source", "c": "cue", "t": "content"}
JUDGED = pathlib.Path(__file__).parent / "judged.txt"
_WORD = re.compile(r"\{([+-])([^{}]+)\}")
_MARK = re.compile(r"<(/?)([sct])(\d+)>")
Marked = dict[str, tuple[Span, ...]]  # role -> its pieces in the text, in order


class Passage(NamedTuple):
    """A passage without its marks; ``file`` is the stem of the file that it comes from."""

    file: str
    line: int
    text: str
    attributions: tuple[Marked, ...]


class Judged(NamedTuple):
    """A sentence of a story; ``words``: where a judged word starts -> whether it is a cue."""

    story: str
    text: str
    words: dict[int, bool]


def unmarked(line: str) -> tuple[str, tuple[Marked, ...]]:
    """The plain text of a marked line and the attributions in it, by number.

    Raises ``ValueError`` where marks do not nest or close, a mark is empty, or an attribution lacks its cue
    or content.
    """
    text, at = "", 0
    open_marks: list[tuple[str, str, int]] = []
    found: dict[str, dict[str, list[Span]]] = {}
    for mark in _MARK.finditer(line):
        text += line[at : mark.start()]
        at = mark.end()
        closing, role, number = mark.groups()
        if not closing:
            open_marks.append((role, number, len(text)))
            continue
        if not open_marks or open_marks[-1][:2] != (role, number):
            raise ValueError(f"{mark.group()} closes what is not open: {line[:80]}")
        start = open_marks.pop()[2]
        if not text[start:].strip():
            raise ValueError(f"{mark.group()} marks nothing: {line[:80]}")
        found.setdefault(number, {}).setdefault(ROLES[role], []).append(Span(start, len(text)))
    text += line[at:]
    if open_marks or re.search(r"[<>]", text):
        raise ValueError(f"a mark is not closed or not understood: {line[:80]}")
    for number, parts in found.items():
        if not {"cue", "content"} <= parts.keys():
            raise ValueError(f"attribution {number} lacks its cue or content: {line[:80]}")
    return text, tuple({r: tuple(sorted(p[r])) for r in p} for _, p in sorted(found.items()))


def read() -> list[Passage]:
    """Every passage, in the order of the files. Raises ``ValueError`` as ``unmarked`` does."""
    return [
        Passage(path.stem, number, *unmarked(line))
        for path in FILES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if line.strip() and not line.startswith("#")
    ]


def judged() -> list[Judged]:
    """The sentences of ``judged.txt``. Raises ``ValueError`` for a bracket that is none of a judged word."""
    out, story = [], ""
    for line in JUDGED.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            story = line[3:]
        elif line and not line.startswith("#"):
            text, at, words = "", 0, {}
            for mark in _WORD.finditer(line):
                text += line[at : mark.start()]
                words[len(text)] = mark[1] == "+"
                text += mark[2]
                at = mark.end()
            text += line[at:]
            if "{" in text or "}" in text:
                raise ValueError(f"a judged word is not understood: {line[:80]}")
            out.append(Judged(story, text, words))
    return out


def analyses(texts: Sequence[str]) -> list[Analysis]:
    """Each text read by the encoder as an article of its own."""
    whole = Completeness(status="whole", reason="")
    articles = [
        Article(id=f"p{i}", source=f"p{i}", text=text, completeness=whole, language="en")
        for i, text in enumerate(texts)
    ]
    return list(language.analyse(articles))
