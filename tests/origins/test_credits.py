"""Agency credits and forms of one house's name."""

from __future__ import annotations

import pytest

from consilience.origins.credits import (
    claims_of,
    credit_of,
    family_of,
    further,
    known_agencies,
    part_credits,
    same_house,
)

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
        ("New Delhi, Nov 3 (PTI) The ministry said talks failed.", {}, "Press Trust of India"),
        ("New Delhi, Nov 3 (PTI): The ministry said talks failed.", {}, "Press Trust of India"),
        ("BEIJING, Sept. 8 (Xinhua) -- Talks failed.", {}, "Xinhua"),
        ("Madrid, 4 mar (EFE).- Talks failed.", {}, "EFE"),
        ("(ANSA) - ROME, MAR 4 - Talks failed.", {}, "ANSA"),
        ("Berlin/dpa - Talks failed.", {}, "Deutsche Presse-Agentur"),
        ("MOSCOW, March 3. /TASS/. Talks failed.", {}, "TASS"),
        ("MOSCOW. Dec 5 (Interfax) - Talks failed.", {}, "Interfax"),
        ("Accra, May 2, GNA - Talks failed.", {}, "Ghana News Agency"),
        ("Abuja (NAN) - Talks failed.", {}, "News Agency of Nigeria"),
        ("SEOUL, May 3 (Yonhap) -- Talks failed.", {}, "Yonhap"),
        ("TOKYO (Kyodo) - Talks failed.", {}, "Kyodo News"),
        ("KUALA LUMPUR, May 5 (Bernama) -- Talks failed.", {}, "Bernama"),
        ("VIENNA (APA) - Talks failed.", {}, "APA"),
        ("CAPE CANAVERAL (Florida) — The rocket rose.", {"dateline": "CAPE CANAVERAL"}, None),
        ("(DUNMORE) -- Leave now.", {"dateline": "Dunmore"}, None),
        ("Talks failed.\nThe envoy left on Monday. (AFP)", {}, "Agence France-Presse"),
        ("Talks failed.\nThe envoy left on Monday. REUTERS", {}, "Reuters"),
        ("Talks failed.\nThe envoy left.\n– AFP/Reuters", {}, "Agence France-Presse"),
        ("Talks failed.\nThe envoy left.\nSource: TASS", {}, "TASS"),
        ("Talks failed.\nThe envoy left.\n© 2024 AFP", {}, "Agence France-Presse"),
        ("Talks failed.\nThe envoy left.\nAAP", {}, "Australian Associated Press"),
        ("Talks failed.\n(Reporting by Jane Roe in Oslo; Editing by John Doe)", {}, "Reuters"),
        ("Talks failed.\nThe envoy left.\nPTI NSD DIV", {}, "Press Trust of India"),
        ("Talks failed.\nThe envoy spoke to Reuters.", {}, None),
        ("Talks failed.\nHe works for the agency (AFP) and left.", {}, None),
        ("Talks failed.\nMore inputs from AFP will follow.", {}, None),
        ("Talks failed on Monday.", {"byline": "PA Media"}, "PA Media"),
        ("Talks failed on Monday.", {"byline": "News24 / IANS"}, "Indo-Asian News Service"),
        ("Talks failed on Monday.", {"credit": "Notimex/ANI"}, "Notimex"),
        ("Talks failed on Monday.", {"credit": "Montelago Post"}, "Montelago Post"),
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


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("With inputs from PTI", ("Press Trust of India",)),
        ("(With inputs from ANI and Reuters)", ("Asian News International", "Reuters")),
        ("Additional reporting by Reuters.", ("Reuters",)),
        ("Additional reporting by AFP, AP", ("Agence France-Presse", "Associated Press")),
        ("*With files from Global News and The Canadian Press", ("The Canadian Press",)),
        ("The Associated Press contributed to this report.", ("Associated Press",)),
        ("— with AFP", ("Agence France-Presse",)),
        (
            "Compiled by the desk from dpa and AFP dispatches",
            ("Deutsche Presse-Agentur", "Agence France-Presse"),
        ),
        ("Jane Roe in Oslo contributed to this report.", ()),
        ("With inputs from agencies", ("Agencies",)),
        ("The minister, with files from the ministry, left.", ()),
    ],
)
def test_credit_for_a_part(line, expected):
    article = reading(f"Talks failed on Monday.\nThe envoy left.\n{line}", "a").article
    assert part_credits(article) == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("AFP, Reuters and dpa", ("Agence France-Presse", "Reuters", "Deutsche Presse-Agentur")),
        ("Yonhap News Agency", ("Yonhap",)),
        ("Jane Roe", ()),
        ("Agência Brasil", ("Agencia Brasil",)),
    ],
)
def test_agencies_that_a_credit_names(names, expected):
    assert known_agencies(names) == expected


ENDING = "Talks failed on Monday.\nThe envoy left.\n"


@pytest.mark.parametrize(
    ("one", "other", "more"),
    [
        ({"credit": "AFP"}, {"credit": "Agence France-Presse"}, 1.5),
        ({"credit": "AFP"}, {"outlet": "AFP"}, 1.5),
        ({"credit": "AFP"}, {"credit": "Reuters"}, 0.0),
        ({"credit": "Agencies"}, {"credit": "Agencies"}, 0.0),
        ({"text": "With inputs from PTI"}, {"credit": "PTI"}, 0.75),
        ({"text": "With inputs from PTI"}, {"text": "Additional reporting by PTI"}, 0.75),
        ({"text": "With inputs from PTI"}, {"text": "With inputs from AFP"}, 0.0),
        ({"text": "With inputs from agencies"}, {"text": "With inputs from agencies"}, 0.0),
        ({"outlet": "The Age"}, {"outlet": "Brisbane Times"}, 0.75),
        ({"outlet": "The Age"}, {"outlet": "The Guardian"}, 0.0),
        ({}, {}, 0.0),
    ],
)
def test_what_speaks_beside_the_text(one, other, more):
    articles = [
        reading(ENDING + x.get("text", "End."), "a", **{k: v for k, v in x.items() if k != "text"}).article
        for x in (one, other)
    ]
    claims = [claims_of(a) for a in articles]
    assert further(*claims) == further(*claims[::-1]) == more


def test_family():
    assert family_of("The Age") == family_of("Brisbane Times") != None  # noqa: E711
    assert family_of("A paper that nobody knows") is None
