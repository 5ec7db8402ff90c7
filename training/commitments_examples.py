"""The written sentences of ``commitments_examples.txt``, read as articles of one sentence each."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

from consilience import language
from consilience.model import Analysis, Article, Completeness
from consilience.spans import Span

EXAMPLES = pathlib.Path(__file__).parent / "commitments_examples.txt"
WRITTEN = "2026-03-11"  # the date against which "Tuesday" and the like are read


def lines() -> Iterator[tuple[str, str]]:
    """The status and the marked line of each example."""
    status = ""
    for line in EXAMPLES.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            status = line[3:].strip()
        elif line.strip() and not line.startswith("#"):
            yield status, line


def unmarked(line: str) -> tuple[str, list[Span]]:
    """A line without its brackets, and the places that stood in them."""
    text, spans, start = "", [], 0
    for char in line:
        if char == "[":
            start = len(text)
        elif char == "]":
            spans.append(Span(start, len(text)))
        else:
            text += char
    return text, spans


def read() -> list[tuple[str, Analysis, list[Span]]]:
    """Status, analysis and committing spans of every example."""
    given = [(status, *unmarked(line)) for status, line in lines()]
    whole = Completeness(status="whole", reason="")
    articles = [
        Article(id=f"e{i}", source=f"e{i}", text=text, completeness=whole, language="en", published=WRITTEN)
        for i, (_, text, _) in enumerate(given)
    ]
    return [
        (status, analysis, spans)
        for (status, _, spans), analysis in zip(given, language.analyse(articles), strict=True)
    ]
