"""The brief: nothing in it that its findings do not say, no fact twice."""

import pytest

from consilience import account as accounts
from consilience import model as m
from consilience.account.brief import DATELINE, wording
from consilience.phrases import (
    articles_in_order,
    counted,
    dispute_line,
    joined,
    quoted,
    reported_line,
    tally,
)
from consilience.settings import Settings
from tests.goldstory import BENCHMARK, Gold

FOLDERS = sorted(p for p in (BENCHMARK / "cases").iterdir() if p.is_dir())


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda p: p.name)
def gold(request):
    return Gold(request.param)


@pytest.mark.parametrize("length", [1, 3, 8, 15])
def test_it_is_as_long_as_asked_at_most(gold, length):
    story = accounts.build(
        gold.story, gold.origins, gold.findings, gold.disagreements, Settings(brief_length=length)
    )
    assert 1 <= len(story.brief) <= length


def test_each_line_is_a_sources_words_or_a_template_of_evidence(gold):
    """``verify`` holds each line to this; here no line is without findings."""
    story = gold.account().stories[0]
    known = {f.id for f in story.findings}
    assert all(line.findings and set(line.findings) <= known for line in story.brief)
    assert not [f for f in accounts.verify(gold.account().to_json()) if "brief" in f.where]


def test_no_line_twice_and_the_first_is_no_dispute(gold):
    brief = gold.account().stories[0].brief
    texts = [line.text for line in brief]
    assert len(texts) == len(set(texts))
    assert not texts[0].startswith("Reports differ")


def test_a_dispute_is_said_as_one(gold):
    brief = gold.account().stories[0].brief
    assert any(line.text.startswith("Reports differ") or ": latest “" in line.text for line in brief)


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("One of them said the pumps failed.", True), ("He said the pumps had failed.", True),
        ("But the pumps had failed.", True),
        ("“It is over,” said Ada Marlow.", True), ("The pumps failed at noon.", False),
        ("Ada Marlow said so.", False), ("Theatre goers left.", False), ("Thereafter came rain.", False),
    ],
)  # fmt: skip
def test_sentences_that_lean_on_others_are_known(text, leans):
    assert bool(wording().leans.match(text)) == leans


def test_a_single_report_speaks_in_its_own_words():
    gold = Gold(FOLDERS[1])
    alone = m.StoryReading(id="s", readings=gold.story.readings[:1])
    own = alone.readings[0].article.id
    findings = [f for f in gold.findings if {e.article for e in f.evidence} == {own}]
    story = accounts.build(alone, gold.origins, findings, ())
    assert story.brief and all("alone says" not in line.text for line in story.brief)


# --- the templates --------------------------------------------------------------------------------


def article(name, outlet):
    return m.Article(
        id=name, source=f"{name}.txt", text="Nine died. The river rose.", outlet=outlet,
        completeness=m.Completeness("whole"), published="2024-05-01",
    )  # fmt: skip


ARTICLES = [article("a", "Herald"), article("b", "Courier"), article("c", "Bulletin"), article("d", "Star")]
ORIGINS = (m.Origin("o1", ("a", "b")), m.Origin("o2", ("c",)), m.Origin("o3", ("d",)))
ORDER = articles_in_order(ARTICLES, ORIGINS)


def piece(name):
    return m.Evidence(name, 0, 10, "Nine died.")


def finding(*names):
    held = tuple(piece(n) for n in names)
    return m.Finding("f", held[0].text, held[0], held, ("o1",), "repeated")


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("a", "Herald alone says: “Nine died.”."),
        ("ab", "Herald and Courier, one origin, say: “Nine died.”."),
        ("ac", "Herald and Bulletin say: “Nine died.”."),
        ("abcd", "Four outlets, three origins, say: “Nine died.”."),
    ],
)
def test_who_reports_it(names, expected):
    assert reported_line("Nine died.", [finding(*names)], ORIGINS, ORDER) == expected.replace(".”.", ".”")


@pytest.mark.parametrize(
    ("relation", "latest", "expected"),
    [
        ("conflict", None, "Reports differ – the dead: “Nine died.” (Herald and Courier, one origin); "
         "against “Nine died.” (Bulletin)."),
        ("update", 1, "The dead: latest “Nine died.” (Bulletin); earlier “Nine died.” "
         "(Herald and Courier, one origin)."),
    ],
)  # fmt: skip
def test_how_a_dispute_is_said(relation, latest, expected):
    positions = (m.Position("9", (piece("a"), piece("b"))), m.Position("10", (piece("c"),)))
    about = "the dead"
    difference = m.Disagreement("d", "figure", relation, about, positions, ("f",), latest)
    assert dispute_line(difference, ORIGINS, ORDER) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "“plain”"), ("“said so”", "“said so”"), ("she said “so” then", "“she said ‘so’ then”"),
        ("word " * 60, "“" + ("word " * 32).strip() + " …”"),
    ],
)  # fmt: skip
def test_words_are_quoted(text, expected):
    assert quoted(text) == expected


def test_numbers_and_lists_in_words():
    assert counted(1, "witness", "witnesses") == "one witness"
    assert counted(12, "report") == "12 reports"
    assert joined(["a", "b", "c"]) == "a, b and c"
    assert tally(1, 1) == "1 report, 1 witness"
    assert tally(4, 2) == "4 reports, 2 witnesses"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("MARLOW: Nine people died.", "Nine people died."),
        ("MARLOW, Kenya (CPA) - Nine people died.", "Nine people died."),
        ("PORT ADA (Wire) — “We left,” she said.", "“We left,” she said."),
        ("NATO: a history", "NATO: a history"), ("Nine people died: all men.", "Nine people died: all men."),
    ],
)  # fmt: skip
def test_a_dateline_is_no_part_of_the_sentence(text, rest):
    assert DATELINE.sub("", text) == rest
