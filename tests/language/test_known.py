"""What lists know of words: forms of several words, of other spelling, and the longest first."""

import numpy as np
import pytest

from consilience.language import known
from consilience.language.pieces import pieces


def shown(text):
    """The kinds of each word of ``text``, those of a later word of a form with "+"."""
    return [
        {known.KINDS[c // 2] + "+" * (c % 2) for c in held if c < 2 * len(known.KINDS)}
        for held in known.columns(text.split())
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Wendy 's", "chain"), ("Wendys", "chain"), ("WAL-MART", "chain"), ("Wal - Mart", "chain"),
        ("the New York Times", "media"), ("Al - Qaeda", "party"), ("U.S.", "country"), ("Bogotá", "capital"),
        ("San Rafael", "town"), ("FYI", "jargon"), ("D.C.", "state"), ("Médecins Sans Frontières", "party"),
        ("Department of Justice", "agency"), ("José", "given"),
    ],
)  # fmt: skip
def test_forms(text, kind):
    words = text.removeprefix("the ").split()
    assert kind in known.kinds(words)
    first, *rest = shown(" ".join(words))
    assert kind in first and all(kind + "+" in kinds for kinds in rest)


def test_of_forms_that_overlap_the_longest_counts():
    assert "media+" in shown("New York Times")[1] and "region+" not in shown("New York Times")[1]


@pytest.mark.parametrize("text", ["New", "Los", "Kavara spoke", "of the", "", "- ,"])
def test_no_forms_of_several_words(text):
    assert not any(kind.endswith("+") for kinds in shown(text) for kind in kinds)


def test_common_words_have_their_band():
    base = 2 * len(known.KINDS)
    bands = [[c - base for c in held if c >= base] for held in known.columns(["the", "Kavara", ",", "1948"])]
    assert bands == [[0], [len(known.BANDS)], [], []]


def test_each_piece_has_its_words_row():
    made = pieces(["Ramadi", ",", "Wendy", "'s"], [True, False, True, False])
    assert made.known.shape == (len(made.ids), known.COLUMNS) and made.known.dtype == np.float32
    assert not made.known[0].any() and not made.known[-1].any()
    columns = known.columns(["Ramadi", ",", "Wendy", "'s"])
    for row, (word, _, _) in zip(made.known, made.places, strict=True):
        assert set(np.flatnonzero(row)) == (set(columns[word]) if word >= 0 else set())


def test_every_form_is_of_a_kind_and_has_letters():
    lists = known.known()
    assert len(lists.forms) > 60_000 and "" not in lists.forms
    every = 0
    for bits in lists.forms.values():
        assert bits
        every |= bits
    assert every == 2 ** len(known.KINDS) - 1
    assert set(lists.longer) <= set(lists.forms)
