"""How English words change their form, and the closed classes that the rules ask for."""

import ast
from pathlib import Path

import pytest

from consilience.language.en import inflection
from consilience.lexicons import after_article, endings, grammar

SOURCE = Path(__file__).resolve().parents[2] / "src" / "consilience"


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("warn", ("warn", "warns", "warned", "warning")),
        ("deny", ("deny", "denies", "denied", "denying")),
        ("state", ("state", "states", "stated", "stating")),
        ("stress", ("stress", "stresses", "stressed", "stressing")),
        ("agree", ("agree", "agrees", "agreed", "agreeing")),
        ("lie", ("lie", "lies", "lied", "lying")),
    ],
)
def test_verbs(lemma, forms):
    assert inflection.verb_forms(lemma) == forms


@pytest.mark.parametrize(
    ("noun", "plural"),
    [("official", "officials"), ("spokesman", "spokesmen"), ("witness", "witnesses"), ("body", "bodies")],
)
def test_plurals(noun, plural):
    assert inflection.plural(noun) == plural
    assert inflection.looks_plural(plural) != noun.endswith("man")


@pytest.mark.parametrize("word", ["bus", "loss", "crisis", "minister's"])
def test_no_plurals(word):
    assert not inflection.looks_plural(word)


@pytest.mark.parametrize(
    ("word", "bare", "alone"),
    [
        ("Feld’s", "feld", "Feld’s"),
        ("St.", "st", "St."),
        ("didn't", "didn't", "not"),
        ("they'll", "they'll", "they"),
    ],
)
def test_what_hangs_on_a_word(word, bare, alone):
    assert inflection.bare(word) == bare
    assert inflection.uncontracted(word) == alone


@pytest.mark.parametrize("words", [("organised", "organises", "organising"), ("strikes", "strike")])
def test_stems(words):
    assert len({inflection.short_stem(w) for w in words}) == 1
    assert len({inflection.stem(w) for w in words}) == 1


def test_the_article_goes():
    assert after_article("the ministry of ports") == "ministry of ports"
    assert after_article("theatre") == "theatre"


def test_every_role_that_a_rule_asks_for_is_there():
    asked: dict[str, set[str]] = {"grammar": set(), "endings": set()}
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in asked and node.args:
                asked[node.func.id] |= {a.value for a in node.args[:1] if isinstance(a, ast.Constant)}
    assert all(grammar(role) for role in asked["grammar"])
    assert all(endings(role) for role in asked["endings"])
    assert asked["grammar"] and asked["endings"]
