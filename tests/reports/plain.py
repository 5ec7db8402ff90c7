"""An analysis without the encoder: paragraphs at line breaks, one sentence each, no syntax, no names."""

from __future__ import annotations

import re

import numpy as np

from consilience.model import Analysis, Article, Completeness, Sentence, Token


def article(text: str) -> Article:
    """An article of nothing but its text."""
    return Article(id="sha256-0", source="test", text=text, completeness=Completeness("whole"))


def analysis(text: str) -> Analysis:
    """Each line is a paragraph of one sentence; short lines without a stop are headings."""
    sentences = []
    for paragraph, m in enumerate(re.finditer(r"[^\n]*\S[^\n]*", text)):
        tokens = tuple(
            Token(m.start() + t.start(), m.start() + t.end(), t.group(), t.group().lower(), "X", -1, "dep")
            for t in re.finditer(r"\w+|[^\w\s]", m.group())
        )
        line = m.group().strip()
        heading = len(line.split()) < 8 and line[-1].isalnum()
        sentences.append(
            Sentence(m.start(), m.end(), paragraph, "heading" if heading else "sentence", tokens)
        )
    return Analysis(article(text), tuple(sentences), (), np.zeros((len(sentences), 0), np.float32))
