"""JSON-LD, CSV, CSL-JSON, the notebook's display, and the schema."""

import csv as csvlib
import io
import json
from importlib.resources import files

import pytest

from consilience.model import Account
from consilience.views import csl, csv, jsonld, jupyter, schema
from consilience.views.csv import safe


@pytest.fixture(scope="module")
def graph(account):
    rdflib = pytest.importorskip("rdflib")
    return rdflib.Graph().parse(data=jsonld.render(account), format="json-ld")


def test_json_ld_is_valid_by_its_shapes(graph):
    shacl = pytest.importorskip("pyshacl")
    shapes = (files("tests.views") / "shapes.ttl").read_text(encoding="utf-8")
    good, _, report = shacl.validate(graph, shacl_graph=shapes, shacl_graph_format="turtle")
    assert good, report


def test_json_ld_leads_from_a_claim_to_the_exact_words(account, graph):
    rows = graph.query(
        """PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX schema: <https://schema.org/>
        SELECT ?claim ?article ?exact ?start ?end WHERE {
          ?a oa:hasBody ?claim; oa:hasTarget [ oa:hasSource ?article;
             oa:hasSelector [ oa:exact ?exact ], [ oa:start ?start; oa:end ?end ] ] .
          ?claim a schema:Claim . }"""
    )
    texts = {jsonld.iri("article", a.id): a.text for a in account.articles}
    got = {(str(r.claim), str(r.article), int(r.start), int(r.end)) for r in rows}
    assert all(texts[str(r.article)][int(r.start) : int(r.end)] == str(r.exact) for r in rows)
    wanted = {
        (jsonld.iri("finding", f.id), jsonld.iri("article", e.article), e.start, e.end)
        for f in account.stories[0].findings
        for e in f.evidence
    }
    assert got == wanted


def test_json_ld_tells_copies(account, graph):
    rows = list(graph.query("SELECT ?a ?b WHERE { ?a <http://www.w3.org/ns/prov#wasDerivedFrom> ?b }"))
    assert len(rows) == sum(len(o.articles) - 1 for o in account.stories[0].origins if o.first)


def test_json_ld_needs_no_network(account):
    document = json.loads(jsonld.render(account))
    assert isinstance(document["@context"], dict)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("plain", "plain"), ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1", "'  =1"), ("\t=1", "'\t=1"), ("＝1", "'＝1"), (-1, -1), (2.5, 2.5), (None, ""),
        ("a=b", "a=b"), ("\x00x", "\ufffdx"),
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(cell, expected):
    assert safe(cell) == expected


def test_tables_are_rectangular_and_read_back(account, hostile):
    for made in (account, hostile):
        for name, text in csv.tables(made).items():
            assert text.startswith("\ufeff")
            rows = list(csvlib.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
            assert len({len(r) for r in rows}) == 1, name
            assert len(rows[0]) == len(set(rows[0])), name
            assert not [c for r in rows for c in r if c.startswith(csv.FORMULA)]


def test_the_table_of_findings_is_the_matrix(account):
    rows = list(csvlib.DictReader(io.StringIO(csv.tables(account)["findings"].removeprefix("\ufeff"))))
    story = account.stories[0]
    assert [r["id"] for r in rows] == [f.id for f in story.findings]
    columns = list(rows[0])[6:-1]
    assert len(columns) == len(story.articles)
    assert sum(r[c] == "says" for r in rows for c in columns) == sum(
        s == "says" for row in story.matrix for s in row.stands.values()
    )


def test_csl_items_have_what_a_citation_needs(account):
    items = json.loads(csl.render(account))
    assert len(items) == len(account.articles)
    for item in items:
        assert item["type"] == "article-newspaper" and item["id"] and item["container-title"]
    assert items[0]["issued"] == {"date-parts": [[2023, 3, 14]]}
    assert items[0]["title"] and items[0]["URL"].startswith("https://")


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ada Marlow", ["Ada Marlow"]), ("Ada Marlow and Ben Otieno", ["Ada Marlow", "Ben Otieno"]),
        ("By Ada Marlow, Ben Otieno and Chi Lin", ["Ada Marlow", "Ben Otieno", "Chi Lin"]),
        (None, []), ("", []),
    ],
)  # fmt: skip
def test_bylines_give_authors(byline, names):
    assert csl._authors(byline) == names


def test_a_hostile_address_is_no_link(hostile):
    assert "javascript:window" not in csl.render(hostile)
    assert '"url"' not in jsonld.render(hostile).replace('"url": {', "")


def test_a_notebook_shows_the_report_in_a_frame(account):
    shown = jupyter.show(account)
    frame = shown._repr_html_()
    assert frame.startswith("<iframe") and "allow-same-origin" not in frame and "<script>" not in frame
    assert shown._repr_markdown_().startswith("<!-- consilience/1 -->")


def test_the_notebook_extension_registers_accounts(account):
    core = pytest.importorskip("IPython.core.formatters")
    formatter = core.DisplayFormatter()
    jupyter.load_ipython_extension(type("Shell", (), {"display_formatter": formatter})())
    data, _ = formatter.format(account)
    assert "text/html" in data and "text/markdown" in data


def test_the_schema_is_current():
    shipped = (files("consilience") / schema.NAME).read_text(encoding="utf-8")
    assert shipped == schema.text(), "run python -m consilience.views.schema"


def test_accounts_are_valid_by_the_schema(account):
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(schema.document())
    validator.check_schema(schema.document())
    validator.validate(json.loads(account.to_json()))
    assert Account.from_json(account.to_json()) == account
