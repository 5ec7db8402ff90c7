"""The gazetteers: forms of the press are found, and files say where they come from."""

from importlib.resources import files

import pytest

from consilience import gazetteer as g

FOLDER = files("consilience") / "language" / "en" / "gazetteer"


@pytest.mark.parametrize(
    ("name", "kind", "code"),
    [
        ("Kenya", "country", "KE"), ("the U.S.", "country", "US"), ("UK", "country", "GB"),
        ("Ivory Coast", "country", "CI"),
        ("Côte d’Ivoire", "country", "CI"), ("Türkiye", "country", "TR"), ("Burma", "country", "MM"),
        ("the Netherlands", "country", "NL"), ("South Korea", "country", "KR"), ("Kyiv", "capital", "UA"),
        ("Kiev", "capital", "UA"), ("Nairobi", "capital", "KE"), ("Mexico City", "capital", "MX"),
        ("Mumbai", "city", "IN"),
        ("São Paulo", "region", "BR"), ("Kerala", "region", "IN"), ("Bavaria", "region", "DE"),
        ("St. Petersburg", "city", "RU"),
    ],
)  # fmt: skip
def test_places(name, kind, code):
    found = g.place(name)
    assert found is not None and found.kind == kind and found.countries[0] == code
    assert g.country(name) == code


@pytest.mark.parametrize("name", ["", "Telmar", "minister", "Kofi"])
def test_no_places(name):
    assert g.place(name) is None and g.country(name) is None


def test_waters_have_no_country():
    assert g.place("Mediterranean").countries == () and g.country("Mediterranean") is None


@pytest.mark.parametrize(
    ("word", "code"),
    [("Kenyan", "KE"), ("Kenyans", "KE"), ("French", "FR"), ("the Dutch", "NL"), ("Filipino", "PH")],
)
def test_demonyms(word, code):
    assert g.nationality(word) == code and g.country(word) == code and not g.is_country(word)


@pytest.mark.parametrize(
    ("name", "gender"),
    [("María", "f"), ("Chidi", "m"), ("Jean-Pierre", "m"), ("Wei", ""), ("Ministry", None), ("The", None)],
)
def test_given_names(name, gender):
    found = g.given(name)
    assert (found is None) == (gender is None)
    assert not gender or found in (gender, "")


def test_ambiguous_given_names():
    assert g.also_word("Will") and g.also_word("Grace") and not g.also_word("Priya")


def test_family_names_are_no_words():
    assert g.family("Okafor") and not g.family("Grace") and not g.family("Bank")


def test_every_file_names_its_source():
    for file in FOLDER.iterdir():
        first = file.read_text(encoding="utf-8").split("\n")[:5]
        assert first[0].startswith("#") and any("From" in line or "from" in line for line in first), file.name


def test_every_country_has_names():
    codes = [code for code, names, _, _ in g._countries("en") if names]
    assert len(codes) == len(set(codes)) > 240
