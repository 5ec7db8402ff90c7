"""Sentences cut into the clauses that can be a fact by themselves."""

import numpy as np
import pytest

from consilience.model import Analysis, Article, Completeness, Sentence, Token
from consilience.reports import statements
from consilience.reports.statements_cuts import clauses


def tokens(*rows):
    """Tokens from (text, lemma, upos, head, deprel), with a space between."""
    out, at = [], 0
    for text, lemma, upos, head, deprel in rows:
        out.append(Token(at, at + len(text), text, lemma, upos, head, deprel))
        at += len(text) + 1
    return tuple(out)


SIGNED = tokens(
    ("Ministers", "minister", "NOUN", 1, "nsubj"), ("signed", "sign", "VERB", -1, "root"),
    ("a", "a", "DET", 4, "det"), ("fisheries", "fishery", "NOUN", 4, "compound"),
    ("memorandum", "memorandum", "NOUN", 1, "obj"), ("on", "on", "ADP", 6, "case"),
    ("Monday", "Monday", "PROPN", 1, "obl"), ("and", "and", "CCONJ", 9, "cc"),
    ("will", "will", "AUX", 9, "aux"), ("inspect", "inspect", "VERB", 1, "conj"),
    ("the", "the", "DET", 12, "det"), ("northern", "northern", "ADJ", 12, "amod"),
    ("harbours", "harbour", "NOUN", 9, "obj"), ("together", "together", "ADV", 9, "advmod"),
)  # fmt: skip


def analysis(row):
    text = " ".join(t.text for t in row)
    article = Article("a", "a.txt", text, Completeness("whole"))
    sentence = Sentence(0, len(text), 0, "sentence", row)
    return Analysis(article, (sentence,), (), np.zeros((1, 4), np.float32))


def test_a_coordinated_verb_opens_a_clause():
    found = statements.find(analysis(SIGNED))
    assert [s.evidence.text for s in found] == [
        "Ministers signed a fisheries memorandum on Monday",
        "and will inspect the northern harbours together",
    ]
    assert [s.status for s in found] == ["done", "to come"]


def test_evidence_stands_where_it_says():
    whole = analysis(SIGNED)
    for s in statements.find(whole):
        assert whole.article.text[s.evidence.start : s.evidence.end] == s.evidence.text


@pytest.mark.parametrize("parsed", [False, True])
def test_without_a_parse_a_sentence_is_one_statement(parsed):
    row = tuple(Token(t.start, t.end, t.text, t.lemma, "X", -1, "dep") for t in SIGNED)
    if parsed:
        row = row[:1]
    assert len(statements.find(analysis(row))) == 1


def test_clauses_of_nothing():
    assert clauses(()) == []


def test_short_clauses_stay_with_what_they_hang_on():
    row = tokens(
        ("She", "she", "PRON", 1, "nsubj"), ("left", "leave", "VERB", -1, "root"),
        ("and", "and", "CCONJ", 3, "cc"), ("wept", "weep", "VERB", 1, "conj"),
    )  # fmt: skip
    assert len(clauses(row)) == 1
