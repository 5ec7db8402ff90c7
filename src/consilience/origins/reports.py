"""What the comparison needs of a report: its sentences as words, their rarity, its quoted words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from consilience.model import Article, Reading
from consilience.spans import Span
from consilience.words import Word, quoted_spans, words_of


@dataclass(frozen=True, eq=False)
class Report:
    """One article, ready to be aligned.

    ``words[i]`` are the words of sentence ``spans[i]``; ``quoted[i]`` says of each whether it stands
    between quotation marks. ``meaning``: float32 of shape (sentences, dimensions), rows of length 1.
    """

    article: Article
    spans: tuple[Span, ...]
    words: tuple[tuple[Word, ...], ...]
    quoted: tuple[np.ndarray, ...]
    meaning: np.ndarray

    def part(self, rows: Sequence[int]) -> Report:
        """The report cut to some of its sentences, in the order given."""
        return Report(
            self.article,
            tuple(self.spans[i] for i in rows),
            tuple(self.words[i] for i in rows),
            tuple(self.quoted[i] for i in rows),
            self.meaning[list(rows)],
        )

    @property
    def size(self) -> int:
        """Number of words."""
        return sum(len(w) for w in self.words)

    @property
    def lengths(self) -> np.ndarray:
        """Words per sentence, int, shape (sentences,)."""
        return np.array([len(w) for w in self.words], dtype=np.int64)


def report_of(reading: Reading) -> Report:
    """The report that ``reading`` holds; sentences without a word are left out."""
    analysis = reading.analysis
    text = analysis.article.text
    marks = [q.evidence.span for q in reading.quotes if q.kind == "direct"] or quoted_spans(text)
    marks = sorted(set(marks))
    starts = [m.start for m in marks]
    spans, words, quoted, kept = [], [], [], []
    for k, sentence in enumerate(analysis.sentences):
        found = tuple(words_of(text[sentence.start : sentence.end], sentence.start))
        if not found:
            continue
        inside = []
        for word in found:
            at = bisect_right(starts, word.start) - 1
            inside.append(at >= 0 and word.end <= marks[at].end)
        kept.append(k)
        spans.append(sentence.span)
        words.append(found)
        quoted.append(np.array(inside, dtype=bool))
    return Report(analysis.article, tuple(spans), tuple(words), tuple(quoted), analysis.vectors[kept])


def label(article: Article) -> str:
    """How the article is named in a phrase: its outlet, else its title, else where it was read from."""
    return article.outlet or article.title or article.source
