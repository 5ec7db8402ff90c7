"""Agency credits and forms of one house's name."""

from __future__ import annotations

import pytest

from consilience.origins.credits import credit_of, family_of, same_house

from .samples import reading


@pytest.mark.parametrize(
    ("text", "fields", "expected"),
    [
        ("VALLEY CITY, Ohio (AP) — The mayor resigned.", {}, "Associated Press"),
        ("LONDON, March 4 (Reuters) - The pound fell.", {}, "Reuters"),
        ("BERLIN (NWA) - Talks failed.", {}, "NWA"),
        ("Talks failed on Monday.", {"byline": "By AFP"}, "Agence France-Presse"),
        ("Talks failed on Monday.", {"byline": "By Jane Roe and Reuters"}, "Reuters"),
        ("Talks failed on Monday.", {"credit": "dpa"}, "Deutsche Presse-Agentur"),
        ("The European Central Bank (ECB) - the lender of last resort - met.", {}, None),
        ("Talks failed on Monday.", {"byline": "Jane Roe"}, None),
    ],
)
def test_credit(text, fields, expected):
    assert credit_of(reading(text, "a", **fields).article) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("AP", "Associated Press", True),
        ("PFN", "PanFilm News", True),
        ("APW", "Australasian Press Wire", True),
        ("CPA", "Continental Press Agency (CPA)", True),
        ("TAP", "Transalpine Press", True),
        ("KTMC", "KTMC 7 News", True),
        ("Reuters", "AFP", False),
        ("The Post", "The Standard", False),
        (None, "Reuters", False),
    ],
)
def test_same_house(one, other, same):
    assert same_house(one, other) is same
    assert same_house(other, one) is same


def test_family():
    assert family_of("The Age") == family_of("Brisbane Times") != None  # noqa: E711
    assert family_of("A paper that nobody knows") is None
