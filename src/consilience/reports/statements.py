"""Statements: the clauses of an article that can be a fact by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from consilience.model import Analysis, Attribution, QuoteMention, Statement, TimeExpression


def find(
    analysis: Analysis,
    quotes: Sequence[QuoteMention] = (),
    attributions: Sequence[Attribution] = (),
    times: Sequence[TimeExpression] = (),
) -> tuple[Statement, ...]:
    """The statements of an article, in the order of the text."""
    article = analysis.article
    out = []
    for index, sentence in enumerate(analysis.sentences):
        if sentence.kind == "heading" or not sentence.tokens:
            continue
        out.append(
            Statement(
                evidence=article.evidence(sentence.span),
                sentence=index,
                head=0,
                status="done",
                negated=False,
                quoted=any(q.evidence.span.covers(sentence.span) for q in quotes),
            )
        )
    return tuple(out)
