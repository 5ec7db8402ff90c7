"""Witnesses counted by statement: a copied passage is no witness of its own, and nothing is counted up."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from consilience import origins, pipeline
from consilience.account import verify
from consilience.ids import content_id
from consilience.model import Article, Completeness
from consilience.spans import Span
from consilience.views import html, markdown, terminal
from consilience.witnesses import counted_once, witnesses
from tests.origins.samples import INDEPENDENT, WIRE, story

TAKEN = (
    "Oil had leaked over about three kilometres of shore, according to the environment agency, which has "
    "sent a team of 22 to lay booms.\n"
)
MORE = (
    "In the boathouse the fishermen have put up beds, and the baker has kept his oven warm since two in the "
    "morning. Children were let off school to look for sea birds along the eastern bays.\n"
    "Old Ragna Lie remembers the winter of 1959, when a trawler lay on the same rocks until Easter. “Nobody "
    "came from the mainland then,” she says, pouring coffee. “We burnt its planks.”\n"
    "Whether summer guests will come is what landladies ask each other at the quay. Two have had letters "
    "that cancel rooms for June, and the ferry's evening crossing has been given up for the week.\n"
)
REST = (
    "Fertiliser prices in the region rose by 4 percent on Wednesday as traders expected shortages.\n"
    "Brattle Lines operates nine vessels under three flags. Its insurer declined to comment, and shares of "
    "the parent company fell in early trading.\n"
    "The transport minister, Nils Arvesen, will answer questions in parliament next week.\n"
)
CLOSED = "The council has closed two beaches"
TEXTS = {
    "wire": WIRE + REST,
    # its own report around one passage of the wire
    "own": INDEPENDENT.replace(CLOSED, TAKEN + CLOSED) + MORE,
    # reports the same in its own words
    "third": "A slick of three kilometres lies along the shore of Torsoe, a pilot told this paper. The "
    "Halvard Rex had two holes in her side when our photographer passed. A crane is on its way from "
    "Kasteel.\n",
}


def said(article, words):
    """The words of an article as evidence."""
    at = TEXTS[article].index(words)
    (found,) = (r.article for r in story(**TEXTS).readings if r.article.id == article)
    return found.evidence(Span(at, at + len(words)))


OIL = {
    "wire": said("wire", "Oil had leaked over about three kilometres of shore"),
    "own": said("own", "Oil had leaked over about three kilometres of shore"),
    "third": said("third", "A slick of three kilometres lies along the shore of Torsoe"),
}
CREW = {
    "wire": said("wire", "All 14 crew members of the Halvard Rex were lifted off by helicopter before dawn."),
    "own": said("own", "Fourteen people were taken off."),
}


@pytest.fixture(scope="module")
def found():
    return origins.find(story(**TEXTS))


def test_reports_that_are_in_the_main_their_own_are_origins_of_their_own(found):
    assert [o.articles for o in found] == [("own",), ("third",), ("wire",)]
    (passage,) = [p for o in found for p in o.overlaps]
    assert passage.kind == "verbatim"
    assert {e.article for e in passage.evidence} == {"own", "wire"}
    for e in passage.evidence:
        assert TEXTS[e.article][e.start : e.end] == e.text


@pytest.mark.parametrize(
    ("evidence", "count"),
    [
        ([OIL["wire"]], 1),
        ([OIL["wire"], OIL["own"]], 1),  # the passage that both have
        ([OIL["wire"], OIL["own"], OIL["third"]], 2),
        ([OIL["own"], OIL["third"]], 2),
        ([CREW["wire"], CREW["own"]], 2),  # what each says in its own words
        ([CREW["wire"], OIL["own"]], 1),  # in doubt: one of them stands in the passage
    ],
)
def test_a_copied_passage_counts_for_the_text_that_it_is_from(found, evidence, count):
    assert len(witnesses(evidence, found)) == count
    assert witnesses(evidence[::-1], found) == witnesses(evidence, found)


def test_a_doubt_is_told_with_who_came_first(found):
    (own,) = [o for o in found if o.articles == ("own",)]
    assert own.reasons == (
        "possibly from one source with wire.txt: much is told alike, short of proof; "
        "which came first cannot be told",
    )


@pytest.fixture(scope="module")
def account():
    articles = [
        Article(
            content_id("article", None, name, f"Ship aground off Torsoe: {name}", text),
            f"{name}.txt",
            text,
            Completeness("whole"),
            outlet=name,
            title=f"Ship aground off Torsoe: {name}",
            published=day,
        )
        for (name, text), day in zip(TEXTS.items(), ("2025-03-05", "2025-03-06", "2025-03-06"), strict=True)
    ]
    return pipeline.read_articles(articles)


def test_the_account_counts_by_statement_and_stands(account):
    (story,) = account.stories
    assert len(story.origins) == 3
    outlet = {a.id: a.outlet for a in account.articles}
    (once,) = [
        f
        for f in story.findings
        if any("three kilometres of shore" in e.text for e in f.evidence)
        and len({e.article for e in f.evidence}) > 1
    ]
    told = {outlet[e.article] for e in once.evidence}
    assert len(once.origins) == len(told) - 1
    assert verify(account.to_json()) == []


def test_every_view_tells_what_is_in_doubt(account):
    console = Console(record=True, width=400, file=io.StringIO())
    terminal.render(account, console)
    page, notes, told = html.render(account), markdown.render(account), console.export_text()
    for view in (page, notes):
        assert "possibly from one source with" in view
        assert "wire was published first" in view
        assert view.count("possibly from one source with") == 1
        assert "ounted once" in view
    assert "possibly from one source with" in told
    assert verify(page) == verify(notes) == []
    # the note on the passage is what the count stands on
    without = "\n".join(line for line in notes.splitlines() if "counted once" not in line)
    assert any("witness" in str(fault) for fault in verify(without))


def test_quoted_words_are_no_copy():
    quote = "“We had waves of six metres and no margin and were very glad when it grew light again at last,”"
    texts = {
        "a": f"{quote} said Solberg after the rescue.\nThe helicopter came from Lindhavn in a storm.\n",
        "b": f"Solberg was tired. {quote} she said in the harbour, where families waited.\nTea was poured.\n",
    }
    assert not any(o.overlaps for o in origins.find(story(**texts)))


def test_an_article_of_no_origin_is_one_by_itself():
    assert witnesses([OIL["wire"], OIL["third"]], ()) == ("third", "wire")


places = st.tuples(st.sampled_from("abcd"), st.integers(0, 20), st.integers(1, 9)).map(
    lambda t: (t[0], t[1], t[1] + t[2])
)


@settings(max_examples=200, deadline=None)
@given(st.lists(places, min_size=1), st.lists(st.tuples(places, places)), st.permutations(range(3)))
def test_overlaps_only_lower_the_count_in_any_order(told, shared, order):
    origin_of = {"a": "one", "b": "one", "c": "two", "d": "three"}
    plain = counted_once(told, origin_of, [])
    once = counted_once(told, origin_of, shared)
    assert 1 <= len(once) <= len(plain)
    assert set(once) <= set(plain)
    assert once == counted_once(told[::-1], origin_of, [(b, a) for a, b in shared[::-1]])


PRESS = {
    "Herald": "Rescuers in Lindhavn gave an account of the night on Wednesday, in a hall full of reporters.\n"
    "The coast guard's Ingrid Solberg said 14 crew members had been lifted off the ship by helicopter.\n"
    "Shops on the island were shut. The school served soup to those who had carried blankets.\n",
    "Ledger": "Ingrid Solberg has led rescues on this coast for eleven years, and seldom one like this.\n"
    "“Waves broke over the bridge,” she remembers. Solberg said that a helicopter lifted off the ship's 14 "
    "crew members.\n"
    "Her own house stands two streets from the harbour, and its windows shook all evening.\n",
}


def test_two_witnesses_of_one_source():
    articles = [
        Article(
            content_id("article", None, name, "Crew of the Halvard Rex is safe", text),
            f"{name}.txt",
            text,
            Completeness("whole"),
            outlet=name,
            title="Crew of the Halvard Rex is safe",
            published="2025-03-05",
        )
        for name, text in PRESS.items()
    ]
    account = pipeline.read_articles(articles)
    (story,) = account.stories
    (lifted,) = [
        f for f in story.findings if "helicopter" in f.text and len({e.article for e in f.evidence}) == 2
    ]
    assert lifted.common_source == "Ingrid Solberg"
    assert len(lifted.origins) == 2
    console = Console(record=True, width=400, file=io.StringIO())
    terminal.render(account, console)
    page, notes = html.render(account), markdown.render(account)
    for view in (page, notes, console.export_text()):
        assert "2 witnesses, all from Ingrid Solberg" in view.replace("two witnesses", "2 witnesses")
    assert verify(page) == verify(notes) == verify(account.to_json()) == []
