"""What the comparison needs of a report: its sentences as words, their rarity, its quoted words."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np

from consilience.model import Article, Reading
from consilience.spans import Span
from consilience.words import Word, quoted_spans, rarity, words_of


@dataclass(frozen=True, eq=False)
class Report:
    """One article, ready to be aligned.

    ``words[i]`` are the words of sentence ``spans[i]``; ``quoted[i]`` says of each whether it stands
    between quotation marks; ``vectors`` is float32 (sentences, dimensions), rows of length 1, or
    (sentences, 0) where there are none.
    """

    article: Article
    spans: tuple[Span, ...]
    words: tuple[tuple[Word, ...], ...]
    quoted: tuple[np.ndarray, ...]
    vectors: np.ndarray

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
    for i, sentence in enumerate(analysis.sentences):
        found = tuple(words_of(text[sentence.start : sentence.end], sentence.start))
        if not found:
            continue
        inside = []
        for word in found:
            at = bisect_right(starts, word.start) - 1
            inside.append(at >= 0 and word.end <= marks[at].end)
        spans.append(sentence.span)
        words.append(found)
        quoted.append(np.array(inside, dtype=bool))
        kept.append(i)
    vectors = np.asarray(analysis.vectors, dtype=np.float32)
    if vectors.ndim != 2 or len(vectors) != len(analysis.sentences):
        vectors = np.zeros((len(analysis.sentences), 0), dtype=np.float32)
    return Report(analysis.article, tuple(spans), tuple(words), tuple(quoted), vectors[kept])


def weights(report: Report) -> list[np.ndarray]:
    """Rarity (0 to 1) of each word of each sentence."""
    return [np.array([rarity(w.key) for w in sentence]) for sentence in report.words]
