"""The documentation of the outputs: complete, current, and its links lead somewhere."""

import re
import runpy
from pathlib import Path

import msgspec
import pytest

from consilience import model
from consilience.views import csv, jsonld

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = [
    DOCS / "tutorial.md",
    *sorted((DOCS / "how-to").glob("*.md")),
    *sorted((DOCS / "reference").glob("*.md")),
]


def test_the_reference_of_the_format_is_what_the_types_say():
    module = runpy.run_path(str(DOCS / "format.py"))
    assert (DOCS / "reference" / "format.md").read_text(encoding="utf-8") == module["page"](), (
        "run python docs/format.py"
    )


def test_every_type_of_the_account_is_in_the_reference():
    page = (DOCS / "reference" / "format.md").read_text(encoding="utf-8")
    _, definitions = msgspec.json.schema_components([model.Account])
    assert not [name for name in definitions if f"## {name}\n" not in page]


def test_every_table_and_every_term_is_described(account):
    outputs = (DOCS / "reference" / "outputs.md").read_text(encoding="utf-8")
    assert not [name for name in csv.tables(account) if f"`{name}.csv`" not in outputs]
    described = (DOCS / "reference" / "json-ld.md").read_text(encoding="utf-8")
    terms = set(re.findall(r'"con:(\w+)"', jsonld.render(account)))
    assert not [t for t in terms if f"`{t}`" not in described and f"`con:{t}`" not in described]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page):
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
        assert (page.parent / target).exists(), target


def test_the_examples_of_commands_use_options_that_exist():
    from consilience.cli.main import cli

    options = {o for c in cli.commands.values() for p in c.params for o in p.opts}
    for page in PAGES:
        for line in re.findall(r"^\s*consilience .*$", page.read_text(encoding="utf-8"), re.MULTILINE):
            assert set(re.findall(r"(?<=\s)--[a-z-]+", line)) <= options, line
