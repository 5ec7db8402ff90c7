"""Phrases: parts of a sentence that can hold a fact inside another clause."""

import pytest

from consilience.findings.phrases import MOST, Phrase, branches, phrases
from consilience.model import Sentence, Token

TEXT = "Crowe , the manager of the branch in Halifax , came home from the hospital on foot"
WORDS = TEXT.split()
HEADS = [10, 3, 3, 0, 6, 6, 3, 8, 3, 3, -1, 10, 14, 14, 10, 16, 10]
RELATIONS = [
    "nsubj", "punct", "det", "appos", "case", "det", "nmod", "case", "nmod", "punct", "root", "advmod",
    "case", "det", "obl", "case", "obl",
]  # fmt: skip


def sentence():
    tokens, at = [], 0
    for word, head, relation in zip(WORDS, HEADS, RELATIONS, strict=True):
        upos = "PUNCT" if word == "," else "X"
        tokens.append(Token(at, at + len(word), word, word, upos, head, relation))
        at += len(word) + 1
    return Sentence(0, at - 1, 0, "sentence", tuple(tokens))


def test_branches_have_no_marks_at_their_edges():
    found = branches(sentence().tokens)  # "from the hospital" is too short
    assert [TEXT[a:b] for a, b in found] == ["the manager of the branch in Halifax"]


@pytest.mark.parametrize(
    ("own", "kept"),
    [
        ([], ["the manager of the branch in Halifax"]),
        ([(8, 47)], []),  # a statement says it already
        ([(0, 20)], ["the manager of the branch in Halifax"]),
    ],
)
def test_phrases_are_other_places_than_the_statements(own, kept):
    found = phrases(sentence(), own)
    assert [TEXT[a:b] for a, b in found] == kept
    assert len(found) <= MOST


def test_a_sentence_without_a_parse_has_none():
    bare = Sentence(0, 5, 0, "sentence", (Token(0, 5, "Crowe", "Crowe", "PROPN", -1, "root"),))
    assert phrases(bare, []) == []
    assert Phrase(0, 1, 2, 3).sentence == 1
