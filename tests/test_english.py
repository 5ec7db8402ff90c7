"""Everything that is English is in ``language/en``: no function word of it stands in the code of a stage."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "consilience"
# Words that belong to the grammar of English and to nothing else; a rule that names one is a rule of English.
WORDS = """
a an the this that these those and or but nor of in on at by for to from with as about into over under between
during since until before after because if than while he she it they we you him her its his their them our
who whom whose which what when where is are was were be been being has have had do does did will would shall
should can could may might must not no n't never say says said told according every another
"""
# What is printed, what reads it again, and the pack itself.
MESSAGES = ("views", "cli", "web", "mcp", "language/en", "phrases.py", "account/stored.py")
# These take the name of a list or of a part of a match, not a word of the text.
ACCESSORS = "grammar endings word_set words listed pattern points lexicon get group add dict _words _spelling"
# Data and names of features that happen to be words, by the file that has them.
KEYS = {
    "account/outlets.py": "says",  # model.Stand
    "articles/blocks.py": "a",  # an HTML element
    "articles/features.py": "at says",  # columns of the line model
    "findings/disagreements_actor.py": "another",  # a side of a difference
    "findings/disagreements_content.py": "by on to",  # lists of the lexicon
    "findings/disagreements_dates.py": "at",  # model.TimeExpression.relation
    "findings/disagreements_denials.py": "said",  # a side of a difference
    "findings/disagreements_figures_pairs.py": "before after what",  # numbers of a pair
    "findings/disagreements_figures_place.py": "before after",  # numbers of a place
    "findings/disagreements_happenings.py": "not on over to will would",  # how far a happening has come
    "findings/disagreements_status.py": "not on over",  # the same
    "gazetteer.py": "a",  # letters without their marks
    "model.py": "at since until before after says",  # values of the account
    "reports/attribution.py": "say according",  # a lemma, and Act.kind
    "reports/commitments_features.py": "says",  # part of a feature's name
    "reports/commitments_syntax.py": "not",  # part of a feature's name
    "reports/cue_features.py": "say before",  # a list of the lexicon, and part of a feature's name
    "reports/cue_model.py": "according",  # Act.kind
    "reports/entities_cues.py": "and of",  # cues
    "reports/entities_kinds.py": "who",  # cues
    "reports/entities_people.py": "in",  # cues
    "reports/entities_words.py": "an as at",  # Arabic articles: "an-Nahar"
    "reports/expressions.py": "according",  # a kind of act
    "reports/figures_units.py": "after",  # a key of the lexicon
    "reports/frames.py": "say",  # a lemma of the lexicon
    "reports/opened.py": "say",  # a lemma
    "reports/parsed.py": "according",  # Act.kind
    "reports/sides.py": "according",  # Act.kind
    "reports/speakers.py": "its",  # a feature
    "reports/times.py": "at since after",  # model.TimeExpression.relation
    "reports/times_grammar.py": "at which",  # the same, and a part of a phrase
    "reports/times_units.py": "of",  # a part of a phrase
    "reports/words.py": "say",  # a key of the lexicon
}
FILES = [p for p in sorted(SOURCE.rglob("*.py")) if not str(p.relative_to(SOURCE)).startswith(MESSAGES)]


def keys(tree: ast.Module) -> Iterator[ast.AST]:
    """Docstrings, subscripts, parts of f-strings, and what accessors are asked for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            yield node.value
        elif isinstance(node, ast.Subscript):
            yield node.slice
        elif isinstance(node, ast.JoinedStr):
            yield from node.values
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield from node.args if name in ACCESSORS.split() else ()


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """Line and value of the strings of a module that are no keys."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    left_out = set(map(id, keys(tree)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left_out:
            yield node.lineno, node.value


def expressions(path: Path) -> Iterator[tuple[int, str]]:
    """Line and value of the strings, parts of f-strings too, that calls of ``re`` are made of."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    slices = {id(n.slice) for n in ast.walk(tree) if isinstance(n, ast.Subscript)}
    for node in ast.walk(tree):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Attribute) and getattr(called.value, "id", "") == "re":
            for part in ast.walk(node):
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and id(part) not in slices:
                    yield part.lineno, part.value


NO_WORDS = re.compile(r"\\[a-zA-Z]|\(\?P?[<=!]?\w*>?|\[[^\]]*\]")  # of a regular expression


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_no_function_word_of_english_in_the_code(path):
    name = str(path.relative_to(SOURCE))
    english = set(WORDS.split()) - set(KEYS.get(name, "").split())
    found = [(line, value) for line, value in literals(path) if value.strip().lower() in english]
    for line, value in expressions(path):
        words = re.findall(r"[a-z']{2,}", NO_WORDS.sub(" ", value.lower()))
        found += [(line, word) for word in words if word in english]
    assert found == []
