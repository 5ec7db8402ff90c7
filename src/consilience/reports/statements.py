"""Statements: the clauses of an article that can be a fact by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from consilience.lexicons import endings, grammar, lexicon, word_set
from consilience.model import Analysis, Attribution, QuoteMention, Sentence, Statement, TimeExpression, Token
from consilience.reports.statements_cuts import Clause, clauses
from consilience.spans import Span

_BLANK = " \t\n\r,;:–—-"


def find(
    analysis: Analysis,
    quotes: Sequence[QuoteMention] = (),
    attributions: Sequence[Attribution] = (),
    times: Sequence[TimeExpression] = (),
) -> tuple[Statement, ...]:
    """The statements of an article, in the order of the text; headings inside the text are none.

    Cut by the parse where there is one, else one statement a sentence. What only names the speaker
    ("…, the minister said") is no statement of its own.
    """
    quoted = [(q.evidence.start, q.evidence.end) for q in quotes]
    reported = [(c.start, c.end, n) for n, a in enumerate(attributions) for c in a.content]
    out = []
    for index, sentence in enumerate(analysis.sentences):
        if sentence.kind == "heading" or not sentence.tokens:
            continue
        parsed = any(t.deprel not in ("dep", "root") for t in sentence.tokens)
        cut = clauses(sentence.tokens) if parsed else [Clause(0, len(sentence.tokens), 0)]
        cut = [c for c in cut if not _only_says(sentence.tokens, c)] or cut
        whole = len(cut) == 1
        for clause in cut:
            span = sentence.span if whole else _span(analysis, sentence, clause)
            if span.end > span.start:
                out.append(_statement(analysis, index, clause, span, quoted, reported))
    return tuple(out)


def _span(analysis: Analysis, sentence: Sentence, clause: Clause) -> Span:
    """The clause's place, without the blanks and commas at its edges, with marks that belong to it."""
    text = analysis.article.text
    start, end = sentence.tokens[clause.first].start, sentence.tokens[clause.last - 1].end
    while start < end and text[start] in _BLANK:
        start += 1
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    return Span(start, end)


def _only_says(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether a clause is nothing but a source and its verb of saying, short."""
    words = tokens[clause.first : clause.last]
    says = word_set("statements", "says")
    verbs = [t for t in words if t.upos == "VERB"]
    return (
        bool(verbs)
        and all(v.lemma.lower() in says for v in verbs)
        and len(words) <= 12
        and any(
            t.deprel == "ccomp"
            and clause.first <= t.head < clause.last
            and not clause.first <= i < clause.last
            for i, t in enumerate(tokens)
        )
    )


def _statement(
    analysis: Analysis,
    index: int,
    clause: Clause,
    span: Span,
    quoted: list[tuple[int, int]],
    reported: list[tuple[int, int, int]],
) -> Statement:
    """``quoted``: places of quotes; ``reported``: place of what is attributed, and by which attribution."""
    tokens = analysis.sentences[index].tokens
    start, end = span
    half = (end - start) / 2  # of a statement that much, or more, must be within
    quoted = [(a, b) for a, b in quoted if a < end and start < b]
    reported = [(a, b, n) for a, b, n in reported if a < end and start < b]
    return Statement(
        evidence=analysis.article.evidence(span),
        sentence=index,
        head=clause.head,
        status=_status(tokens, clause),
        negated=_negated(tokens, clause),
        quoted=any(min(b, end) - max(a, start) >= half for a, b in quoted),
        attribution=next((n for a, b, n in reported if min(b, end) - max(a, start) >= half), None),
    )


def _near(tokens: Sequence[Token], clause: Clause) -> list[Token]:
    """The clause head's own auxiliaries, particles and complementizers."""
    return [t for i, t in enumerate(tokens) if t.head == clause.head and clause.first <= i < clause.last]


def _negated(tokens: Sequence[Token], clause: Clause) -> bool:
    words = word_set("statements", "negation")
    head = tokens[clause.head]
    return head.lemma.lower() in lexicon("statements")["denial"] or any(
        t.text.lower() in words or t.lemma.lower() in words for t in _near(tokens, clause)
    )


def _status(tokens: Sequence[Token], clause: Clause) -> str:
    """Done, under way, to come, denied, conditional or expected, by the clause's own verb group."""
    table = lexicon("statements")
    head, near = tokens[clause.head], _near(tokens, clause)
    words = [t.text.lower() for t in near]
    lemma = head.lemma.lower()
    if lemma in table["denial"]:
        return "denied"
    if any(w in table["conditional"] for w in words):
        return "conditional"
    if lemma in table["expected"] or any(w in table["expected"] for w in words):
        return "expected"
    if lemma in table["to_come"] or any(w in table["future"] for w in words):
        return "to come"
    be = any(t.deprel.startswith("aux") and t.lemma.lower() in grammar("progressive") for t in near)
    return "under way" if be and head.text.lower().endswith(endings("participle")) else "done"
