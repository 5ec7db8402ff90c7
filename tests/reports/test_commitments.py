"""Commitments: sentences that hold one and sentences that hold none, written for the project."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consilience import language
from consilience.model import Attribution, Name, Sentence, Speaker, Token
from consilience.reports import commitments, figures, times
from consilience.reports.commitments_features import cues, masked
from consilience.reports.commitments_parties import parties
from consilience.spans import Span
from tests.reports.plain import analysis
from tests.reports.plain import article as plain_article

HELD = [  # text, statuses that a reader accepts
    ("The ministry promised to pay $5,000 to every family by Friday.", {"pledged"}),
    ("The premier pledged 25 million euros for new wells.", {"pledged"}),
    ("The mayor vowed to rebuild the bridge by the end of June.", {"pledged"}),
    ("The company said it would pay the hospital bills of the injured.", {"pledged", "stated"}),
    ("The two governments agreed on Monday to stop firing along the border.", {"agreed"}),
    ("The union accepted the offer last night.", {"agreed"}),
    ("The council voted to close the school in July 2027.", {"agreed", "announced", "planned"}),
    ("The minister ordered an inquiry into the collapse.", {"announced", "under way"}),
    ("The regulator announced that it would recall 40,000 heaters.", {"announced"}),
    ("The two ministers signed an agreement on the gas field on Tuesday.", {"signed", "agreed"}),
    ("Parliament is to vote on the bill on 4 February.", {"planned"}),
    ("The museum will reopen on Saturday.", {"planned", "announced"}),
    ("The agency plans to launch a second probe next year.", {"planned"}),
    ("A hearing is set for May 12.", {"planned"}),
    ("A spokeswoman declined to comment.", {"refused"}),
    ("The company refused to say how many phones were sold.", {"refused"}),
    ("The minister ruled out any further money.", {"refused"}),
    ("She rejected calls to resign.", {"refused"}),
    ("The club would not comment last night.", {"refused"}),
    ("The nurses threatened to strike unless the offer was raised.", {"stated", "announced", "planned"}),
    ("“We will appeal,” his lawyer said.", {"stated", "planned", "pledged"}),
]
NOT_HELD = [
    "At least 14 people died when the ferry sank.",
    "The town lies 60 kilometres north of the capital.",
    "The shop was founded in 1987.",
    "He was the second of four brothers.",
    "Winds of 150 km/h tore the roofs off.",
    "The film tells the story of a fisherman.",
    "Smoke rose from the rear of the stand.",
    "The arsenic level was six times the limit.",
]


FILLER = "The town lies on a river and has a market square.\n\n"


@pytest.fixture(scope="module")
def find():
    """Reads a sentence in the middle of a short article with the encoder."""

    def read(text):
        article = plain_article(FILLER * 3 + text + "\n\n" + FILLER * 2)
        (found,) = language.analyse([article])
        counted = figures.find(found)
        return found, commitments.find(found, times.find(found, "2025-03-12"), counted, ())

    return read


@pytest.mark.parametrize(("text", "statuses"), HELD)
def test_held(find, text, statuses):
    _, found = find(text)
    assert len(found) == 1
    assert found[0].status in statuses
    assert found[0].cue


@pytest.mark.parametrize("text", NOT_HELD)
def test_not_held(find, text):
    assert find(text)[1] == ()


def test_amount_date_and_extent(find):
    read, (found,) = find("The ministry promised to pay $5,000 to every family by Friday.")
    assert (found.amount.value, found.amount.unit) == (5000, "USD")
    assert found.when.start == "2025-03-14"
    assert found.evidence.text == read.article.text[found.evidence.start : found.evidence.end]


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("The bank is prepared to pay 40 million euros for new pumps.", ("The bank",)),
        ("The mayor would not be drawn on a new bridge.", ("The mayor",)),
        ("The repairs will be paid for by the council.", ("the council",)),
        ("The new quay will be built by Friday.", ()),
        (
            "Maria Feld came late. Peter Roth was ill. She promised to pay every shopkeeper 2,000 euros.",
            ("Maria Feld",),
        ),
    ],
)
def test_who_commits(find, text, by):
    _, (found,) = find(text)
    assert found.by == by


def test_without_a_parse():
    read = analysis("The ministry promised to pay $5,000 to every family by Friday.")
    (found,) = commitments.find(read, times.find(read, "2025-03-12"), figures.find(read), ())
    assert found.status == "pledged" and found.amount.value == 5000


def test_the_clause_rather_than_the_sentence(find):
    text = (
        "The river had risen for six days and stood two metres above the quay, but the mayor promised "
        "to pay every shopkeeper 2,000 euros."
    )
    _, (found,) = find(text)
    assert "promised" in found.evidence.text and "quay" not in found.evidence.text


@pytest.mark.parametrize(
    ("clause", "is_denied"),
    [
        ("The ministry has not promised any money", True),
        ("No agreement was reached on the ferry", True),
        ("The two sides did not sign the treaty", True),
        ("She said she had never promised a date", True),
        ("The talks ended without a deal", True),
        ("The firm hasn’t committed to a date", True),
        ("The ministry promised not to close the road", False),
        ("They agreed on a deal", False),
        ("He will not sign the treaty", False),
    ],
)
def test_what_was_not_promised(clause, is_denied):
    assert commitments.denied(clause) is is_denied


def test_masks():
    words = masked("On Monday Ana Ruiz gave $5 million to 40 towns.", [Span(3, 9)], [Span(24, 34)])
    assert words == ["on", "DATE", "NAME", "gave", "SUM", "to", "NUM", "towns"]


def test_cues_are_whole_words():
    assert ("refuse", "declined") in cues(["she", "declined", "to", "comment"])
    assert not [c for c in cues(["the", "wills", "were", "read"]) if c[1] == "will"]


def _parsed(rows, names):
    """An analysis of one sentence from rows of (text, lemma, upos, head, deprel)."""
    text, tokens = "", []
    for word, lemma, upos, head, deprel in rows:
        start = len(text) + (1 if text else 0)
        text += (" " if text else "") + word
        tokens.append(Token(start, len(text), word, lemma, upos, head, deprel))
    read = analysis(text)
    sentence = Sentence(0, len(text), 0, "sentence", tuple(tokens))
    found = tuple(Name(text.index(n), text.index(n) + len(n), n, kind, 0) for n, kind in names)
    return type(read)(read.article, (sentence,), found, read.vectors)


def test_parties_from_the_parse():
    read = _parsed(
        [
            ("Ana", "Ana", "PROPN", 2, "nsubj"),
            ("Ruiz", "Ruiz", "PROPN", 0, "flat"),
            ("promised", "promise", "VERB", -1, "root"),
            ("money", "money", "NOUN", 2, "obj"),
            ("to", "to", "ADP", 5, "case"),
            ("Tidewater", "Tidewater", "PROPN", 2, "obl"),
        ],
        [("Ana Ruiz", "person"), ("Tidewater", "organization")],
    )
    assert parties(read, 0, Span(0, len(read.article.text)), ()) == (("Ana Ruiz",), ("Tidewater",))


def test_a_pronoun_is_the_speaker():
    read = _parsed(
        [
            ("We", "we", "PRON", 2, "nsubj"),
            ("will", "will", "AUX", 2, "aux"),
            ("pay", "pay", "VERB", -1, "root"),
        ],
        [],
    )
    span = Span(0, len(read.article.text))
    said = Attribution(None, None, (read.article.evidence(span),), True, Speaker("Ana Ruiz"))
    assert parties(read, 0, span, (said,)) == (("Ana Ruiz",), ())


@given(st.lists(st.sampled_from([t for t, _ in HELD] + NOT_HELD), max_size=4))
@settings(max_examples=25, deadline=None)
def test_evidence_stands_where_it_says(lines):
    read = analysis("\n".join(lines))
    for item in commitments.find(read, times.find(read, "2025-03-12"), figures.find(read), ()):
        e = item.evidence
        assert read.article.text[e.start : e.end] == e.text != ""
