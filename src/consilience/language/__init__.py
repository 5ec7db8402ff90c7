"""Language: text to sentences, words with syntax, names and meaning (the encoder and its heads).

Everything that is English lies in ``language/en`` (see docs/languages.md for what a pack needs).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from consilience.model import Analysis, Article, Name, Sentence, Token
from consilience.settings import Settings
from consilience.spans import Span

DIMENSIONS = 384


def analyse(articles: Sequence[Article], settings: Settings | None = None) -> list[Analysis]:
    """The language of each article, in the order given; offsets are those of ``article.text``.

    Vectors are float32 of shape (sentences, 384), rows of length 1; states are float32 of shape
    (word pieces, 384) for each sentence. Results do not depend on what is analysed together.
    """
    from consilience.language.encoder import encode

    cuts = [_cut(article) for article in articles]
    asked = []
    for article, cut in zip(articles, cuts, strict=True):
        for _, _, _, _, words in cut:
            text = article.text
            asked.append((
                [text[a:b] for a, b in words],
                [a == 0 or text[a - 1].isspace() for a, _ in words],
            ))
    encoded = iter(encode(asked, (settings or Settings()).threads))
    return [_analysis(article, cut, [next(encoded) for _ in cut]) for article, cut in zip(articles, cuts, strict=True)]


def _cut(article: Article) -> list[tuple[int, int, int, str, list[tuple[int, int]]]]:
    """(start, end, paragraph, kind, words) of each sentence that has a word."""
    english = _english()

    found = []
    for start, end, paragraph, kind in english.split_sentences(article.text):
        words = list(english.tokenize(article.text, start, end))
        if words:
            found.append((start, end, paragraph, kind, words))
    return found


def _analysis(article: Article, cut: list, encoded: list) -> Analysis:
    english = _english()
    from consilience.language.tagging import names

    sentences, found, spans = [], [], []
    for i, ((start, end, paragraph, kind, words), e) in enumerate(zip(cut, encoded, strict=True)):
        tokens = tuple(
            Token(a, b, article.text[a:b], english.lemma(article.text[a:b], upos), upos, head, relation)
            for (a, b), upos, head, relation in zip(words, e.upos, e.heads, e.relations, strict=True)
        )
        sentences.append(Sentence(start, end, paragraph, kind, tokens))
        for first, last, kind_of in names(e.tags):
            a, b = words[first][0], words[last][1]
            found.append(Name(a, b, article.text[a:b], kind_of, i))
        spans.append(tuple(
            Span(words[w][0] + a, words[w][0] + b) if w >= 0 else Span(start, start) for w, a, b in e.places
        ))
    vectors = np.stack([e.vector for e in encoded]) if encoded else np.zeros((0, DIMENSIONS), np.float32)
    return Analysis(
        article, tuple(sentences), tuple(found), vectors.astype(np.float32, copy=False),
        tuple(e.states for e in encoded), tuple(spans),
    )


def _english():
    from consilience.language import plain
    try:
        from consilience.language.en import text
    except ImportError:
        return plain
    return text if all(hasattr(text, n) for n in ("split_sentences", "tokenize", "lemma")) else plain
