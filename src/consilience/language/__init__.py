"""Language: text to sentences, words with syntax, names and meaning (the encoder and its heads).

Everything that is English lies in ``language/en`` (see docs/languages.md for what a pack needs). The
encoder is loaded on the first article, never on import.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from consilience.language.identify import marked
from consilience.language.pack import Pack, has_pack, pack
from consilience.model import Analysis, Article, Name, Sentence, Token
from consilience.settings import Settings
from consilience.spans import Span

if TYPE_CHECKING:
    from consilience.language.encoder import Encoded

__all__ = ["DIMENSIONS", "analyse", "analyse_each", "marked"]

DIMENSIONS = 384


class _Cut(NamedTuple):
    """A sentence's place and the places of its words."""

    start: int
    end: int
    paragraph: int
    kind: str
    words: list[tuple[int, int]]


def analyse(articles: Sequence[Article], settings: Settings | None = None) -> list[Analysis]:
    """The language of each article, in the order given; offsets are those of ``article.text``.

    Vectors are float32 of shape (sentences, 384), rows of length 1; states are float32 of shape
    (word pieces, 384) for each sentence. Each analysis' article has its ``language`` where the text
    tells it; of a language without a pack only vectors and names are given: its words keep the part
    of speech X and no heads. Results do not depend on what is analysed together. Raises
    ``errors.ModelError`` where the encoder's files are missing from the installation.
    """
    return list(analyse_each(articles, settings))


def analyse_each(articles: Sequence[Article], settings: Settings | None = None) -> Iterator[Analysis]:
    """``analyse``, one article after the other: the encoder goes on with those that follow while the
    caller works on one."""
    from consilience.language.encoder import encode_each

    articles = marked(articles)
    cuts: deque[list[_Cut]] = deque()

    def asked() -> Iterator[list[tuple[list[str], list[bool]]]]:
        for article in articles:
            cuts.append(list(_cut(article, pack(article.language))))
            yield [_asked(article.text, cut) for cut in cuts[-1]]

    found = encode_each(asked(), (settings or Settings()).threads)
    for article, encoded in zip(articles, found, strict=True):
        yield _analysis(article, cuts.popleft(), encoded)


def _cut(article: Article, reader: Pack) -> Iterator[_Cut]:
    """The sentences that have a word."""
    for start, end, paragraph, kind in reader.split_sentences(article.text):
        words = [(a, b) for a, b in reader.tokenize(article.text, start, end)]
        if words:
            yield _Cut(start, end, paragraph, kind, words)


def _asked(text: str, cut: _Cut) -> tuple[list[str], list[bool]]:
    """A sentence as the encoder wants it: words, and whether a space stands before each."""
    return [text[a:b] for a, b in cut.words], [a == 0 or text[a - 1].isspace() for a, _ in cut.words]


def _analysis(article: Article, cuts: list[_Cut], encoded: list[Encoded]) -> Analysis:
    from consilience.language.tagging import names, settled

    text, reader, known = article.text, pack(article.language), has_pack(article.language)
    sentences, found, spans = [], [], []
    for i, (cut, e) in enumerate(zip(cuts, encoded, strict=True)):
        tokens = _tokens(text, cut, e, reader) if known else _bare(text, cut, reader)
        sentences.append(Sentence(cut.start, cut.end, cut.paragraph, cut.kind, tokens))
        for first, last, kind in names(e.tags, [t.text for t in tokens]):
            a, b = cut.words[first][0], cut.words[last][1]
            found.append(Name(a, b, text[a:b], kind, i))
        spans.append(
            tuple(
                Span(cut.words[w][0] + a, cut.words[w][0] + b) if w >= 0 else Span(cut.start, cut.start)
                for w, a, b in e.places
            )
        )
    vectors = np.stack([e.vector for e in encoded]) if encoded else np.zeros((0, DIMENSIONS), np.float32)
    return Analysis(
        article,
        tuple(sentences),
        tuple(settled(found)),
        vectors.astype(np.float32, copy=False),
        tuple(e.states for e in encoded),
        tuple(spans),
    )


def _tokens(text: str, cut: _Cut, e: Encoded, reader: Pack) -> tuple[Token, ...]:
    return tuple(
        Token(a, b, text[a:b], reader.lemma(text[a:b], upos), upos, head, relation)
        for (a, b), upos, head, relation in zip(cut.words, e.upos, e.heads, e.relations, strict=True)
    )


def _bare(text: str, cut: _Cut, reader: Pack) -> tuple[Token, ...]:
    """Words of a language that the encoder's heads have not learnt."""
    return tuple(Token(a, b, text[a:b], reader.lemma(text[a:b], "X"), "X", -1, "dep") for a, b in cut.words)
