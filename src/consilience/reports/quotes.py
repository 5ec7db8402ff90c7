"""Quotes: words inside quotation marks that somebody said, and the turns of a transcript."""

from __future__ import annotations

from consilience.model import Analysis, QuoteMention
from consilience.reports import direct


def find(analysis: Analysis) -> tuple[QuoteMention, ...]:
    """Each quote of the article with its speaker, in the order of the text.

    Of a quote over several paragraphs each paragraph is one mention. Titles of works, names,
    nicknames and words merely held at arm's length are not quotes.
    """
    article = analysis.article
    return tuple(
        QuoteMention(
            evidence=article.evidence(s.span),
            kind="transcript" if s.transcript else "direct",
            speaker=s.speaker,
        )
        for s in direct.read(analysis)
    )
