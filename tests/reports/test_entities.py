"""The people, bodies and places of a story: tables of texts and the forms that belong together."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consilience.language.en.text import split_sentences, tokenize
from consilience.model import Analysis, Article, Completeness, Name, Sentence, Token
from consilience.reports.entities import country, entities, is_country
from consilience.reports.entities_people import parts, same_person


def analysis(text: str, number: int = 0, **known) -> Analysis:
    """An analysis without the encoder: sentences and words alone."""
    found = []
    for start, end, paragraph, kind in split_sentences(text):
        words = tuple(Token(a, b, text[a:b], text[a:b], "X", -1, "") for a, b in tokenize(text, start, end))
        found.append(Sentence(start, end, paragraph, kind, words))
    article = Article(f"sha256-{number:04}", f"{number}.txt", text, Completeness("whole"), **known)
    return Analysis(article, tuple(found), (), np.zeros((len(found), 384), np.float32))


def story(*texts: str):
    return entities([analysis(t, i) for i, t in enumerate(texts)])


def people(*texts: str) -> list[set[str]]:
    return [set(e.aliases) for e in story(*texts) if e.type == "person"]


ONE = [
    (["The mayor, Ana Ruiz, said no. Ruiz left."], {"Ana Ruiz", "Ruiz"}),
    (["Mr. Kofi Boateng spoke.", "Boateng, 52, was there."], {"Kofi Boateng", "Boateng"}),
    (["President José María Díaz Cano spoke.", "Diaz Cano said it."], {"José María Díaz Cano", "Diaz Cano"}),
    (["Spokeswoman Jane Marlow said so. “No,” Marlow's aide said."], {"Jane Marlow", "Marlow"}),
    (["Prime Minister J. K. Okoro said so.", "John K. Okoro told us."], {"J. K. Okoro", "John K. Okoro"}),
    (["Foreign Minister Park Min-ho said so.", "Min-ho Park said so."], {"Park Min-ho", "Min-ho Park"}),
    (["Carlos Luis Vega Ortiz (CLVO) said no. CLVO left."], {"Carlos Luis Vega Ortiz", "CLVO"}),
    (["Joseph “Joe” Tranter, 40, said so."], {"Joseph “Joe” Tranter", "Joe"}),
    (["Maria Ortega, known as Mimi, said so. Mimi, 31, left."], {"Maria Ortega", "Mimi"}),
    (["Katharine Lindqvist, the judge, said so.", "Katherine Lindqvist, the judge, said so."],
     {"Katharine Lindqvist", "Katherine Lindqvist"}),
    (["Queen Margarethe spoke. Margarethe smiled, and she left."], {"Margarethe", "Queen Margarethe"}),
    (["Sheikh Omar al-Rashidi said so. Al-Rashidi left."],
     {"Omar al-Rashidi", "Sheikh Omar al-Rashidi", "Al-Rashidi"}),
    (["“We will pay,” said Police Commissioner Tendai Moyo."], {"Tendai Moyo"}),
    (["Denver-based lawyer Peter Hale, 61, said so."], {"Peter Hale"}),
    (["Minister of Finance Ana Ruiz said so."], {"Ana Ruiz"}),
    (["President of Norland Ana Ruiz said so."], {"Ana Ruiz"}),
    (["Mum-of-three Jane Marlow, 41, said so."], {"Jane Marlow"}),
    (["Madam Lim Mei Hua, 78, said so."], {"Lim Mei Hua"}),
    (["Ex-sailor Tom Reed, 61, said so. Reed left."], {"Tom Reed", "Reed"}),
    (["Comrade Peter Hale said so."], {"Peter Hale"}),
    (["On Monday Kenyan President Daniel Kiptoo spoke."], {"Daniel Kiptoo"}),
    (["ANA RUIZ WINS\n\nAna Ruiz, the mayor, said she had won."], {"Ana Ruiz"}),
]  # fmt: skip


def test_an_age_behind_what_the_encoder_takes_for_a_person():
    read = analysis("Two got out: Omar Aziz and Uk Tol Bei, 44, of Ellis.")
    name = Name(27, 37, "Uk Tol Bei", "person", 0)
    found = entities([replace(read, names=(name,))])
    assert "Uk Tol Bei" in {e.name for e in found if e.type == "person"}


def test_a_surname_is_not_of_a_relative_named_only_later():
    found = people(
        "The mayor, Peter Hale, left. Peter Hale is 61.",
        "Hale left in the rain. His daughter, Tilda Hale, drove.",
    )
    assert found == [{"Peter Hale", "Hale"}, {"Tilda Hale"}]


def test_a_firm_named_after_two_is_neither():
    found = story("Reed & Hale of Ellis, a supplier, sent it. Tom Hale, 41, runs the firm.")
    assert [(e.name, e.type) for e in found if "Hale" in e.name] == [
        ("Tom Hale", "person"),
        ("Reed & Hale", "organization"),
    ]


def test_a_name_that_is_mostly_read_as_a_body_s_is_no_person():
    text = "Hallenbau Steindl built it. Gerhard Steindl, 63, heads Hallenbau Steindl. Steindl said so."
    read = analysis(text)
    spans = [(m.start(), m.end()) for m in re.finditer("Hallenbau Steindl", text)]
    names = tuple(Name(a, b, text[a:b], "organization", i) for i, (a, b) in enumerate(spans))
    found = entities([replace(read, names=names)])
    assert [set(e.aliases) for e in found if e.type == "person"] == [{"Gerhard Steindl", "Steindl"}]


def test_a_particle_of_a_name_is_no_common_word():
    text = "He was moving his van, said Pham Van Loc, who heads the club. Pham Van Loc left."
    read = analysis(text)
    starts = [m.start() for m in re.finditer("Pham Van Loc", text)]
    names = tuple(Name(a, a + 12, "Pham Van Loc", "person", i) for i, a in enumerate(starts))
    assert "Pham Van Loc" in {e.name for e in entities([replace(read, names=names)]) if e.type == "person"}


@pytest.mark.parametrize(("texts", "forms"), ONE)
def test_forms_of_one_person(texts, forms):
    assert people(*texts) == [forms]


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("juan carlos perez", "juan perez", True),
        ("j ruiz", "jorge ruiz", True),
        ("om prakash", "om prakash tirole", True),
        ("vega ortiz", "carlos vega ortiz", True),
        ("moon jae-in", "jae-in moon", True),
        ("volodymyr zelensky", "volodymyr zelenskyy", True),
        ("ana ruiz", "eva ruiz", False),
        ("maria santos", "mario santos", False),
        ("daniel costa", "daniela costa", False),
        ("kim min-ho", "kim min-seo", False),
        ("john hale", "john hall", False),
        ("ana ruiz", "ana ruz", False),
    ],
)
def test_same_person(a, b, same):
    assert same_person(parts(a), parts(b)) is same is same_person(parts(b), parts(a))


def test_two_with_one_surname_stay_two():
    found = people("Darren Holt, 40, and his wife Shirley Holt spoke. Holt said he was fine. Mrs Holt left.")
    assert {"Darren Holt"} in found and any("Shirley Holt" in f for f in found) and len(found) == 2
    assert not any({"Darren Holt", "Shirley Holt"} <= f for f in found)


def test_a_bare_surname_is_the_main_one_s():
    more = ["Darren Holt, 40, fell. His sister, Karla Holt, spoke. Police told Holt to stop."]
    more += ["Darren Holt was 40.", "Friends of Darren Holt said so."]
    assert sorted(map(sorted, people(*more))) == [["Darren Holt", "Holt"], ["Karla Holt"]]


def test_different_given_names_are_not_joined():
    assert len(people("Minister Ana Ruiz said so.", "Minister Eva Ruiz said so.")) == 2


def test_a_surname_goes_to_the_full_name_of_its_own_article():
    texts = ["Senator Ana Ruiz spoke. Ruiz left.", "Judge Tom Ruiz, 70, spoke. Ruiz ruled."]
    found = {e.name: {m.article for m in e.mentions} for e in story(*texts) if e.type == "person"}
    assert found == {"Ana Ruiz": {"sha256-0000"}, "Tom Ruiz": {"sha256-0001"}}


def test_titles_and_roles_are_kept_apart():
    (person,) = story("Finance Minister Ana Ruiz spoke. Ana Ruiz, the leader of the party, left.")[:1]
    assert person.aliases == ("Ana Ruiz",)
    assert person.roles == ("Finance Minister", "leader of the party")


@pytest.mark.parametrize(
    "text",
    [
        "Police said so. Officials left. Meanwhile, residents stayed.",
        "The Bank of Norland said so. Norland Airways Ltd agreed.",
        "It rained on Monday in Kenya and on Lake Victoria.",
        "Photo: John Smith",
        "Voters went to the polls in March.",
    ],
)
def test_no_people(text):
    assert people(text) == []


def test_bodies_and_places():
    found = {(e.type, e.name): set(e.aliases) for e in story(
        "The Ferry Safety Agency (FSA) said so. The FSA acted. The United States and the U.S. agreed.",
        "Brightwell Systems Ltd said no. Brightwell Systems said no. Brightwell fell in Mombasa, Kenya.",
        "The Ministry of Health said so. The Health Ministry said so. The Fire and Rescue Force came.",
    )}  # fmt: skip
    assert found["organization", "Ferry Safety Agency"] == {"Ferry Safety Agency", "FSA"}
    assert any({"Brightwell", "Brightwell Systems", "Brightwell Systems Ltd"} <= a for a in found.values())
    assert any(a == {"Ministry of Health", "Health Ministry"} for (t, _), a in found.items())
    assert any(a == {"United States", "U.S."} for (t, _), a in found.items() if t == "place")
    assert ("organization", "Fire and Rescue Force") in found
    assert ("place", "Mombasa") in found and ("place", "Kenya") in found


def test_countries_of_places():
    found = {e.name: e for e in story("They met in Mombasa, Kenya, and in Scarhowe.") if e.type == "place"}
    assert country(found["Mombasa"]) == "KE" and country(found["Kenya"]) == "KE"
    assert is_country(found["Kenya"]) and not is_country(found["Mombasa"])
    assert country(found["Scarhowe"]) is None


def test_order_of_articles_changes_nothing():
    texts = ["Senator Ana Ruiz spoke to CLVO.", "Carlos Luis Vega Ortiz said so.", "Ruiz, 50, left."]
    found = [analysis(t, i) for i, t in enumerate(texts)]
    assert entities(found) == entities(found[::-1])


PIECES = st.sampled_from(
    ["Ana Ruiz", "Mr Ruiz", "’s", " ", ", ", "said", ".\n", "the ", "(AR)", "“", "”", "O'Hara", "al-"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=14).map("".join), max_size=3))
def test_mentions_stand_where_they_say(texts):
    found = story(*texts)
    by_id = {f"sha256-{i:04}": t for i, t in enumerate(texts)}
    for entity in found:
        assert entity.mentions and entity.name in entity.aliases
        for m in entity.mentions:
            assert by_id[m.article][m.start : m.end] == m.text != ""
    assert len({e.id for e in found}) == len(found)
