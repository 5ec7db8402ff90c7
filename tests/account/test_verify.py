"""Verify: what was tampered with is found and named, in each format."""

import re

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consilience import account as accounts
from consilience.account.verify import text_hash
from consilience.errors import AccountError, InputError
from consilience.model import Account
from consilience.views import html, markdown
from tests.goldstory import BENCHMARK, Gold

replace = msgspec.structs.replace
GOLD = Gold(BENCHMARK / "cases" / "two-quakes-a").account()
PAGE, NOTES = html.render(GOLD), markdown.render(GOLD)


def with_story(**changes):
    return replace(GOLD, stories=(replace(GOLD.stories[0], **changes),))


def faults(value):
    data = value.to_json() if isinstance(value, Account) else value
    return [str(f) for f in accounts.verify(data)]


@pytest.mark.parametrize("data", [GOLD.to_json(), PAGE, NOTES], ids=["json", "html", "markdown"])
def test_what_was_written_stands(data):
    assert faults(data) == []


def first(kind, **changes):
    values = list(getattr(GOLD.stories[0], kind))
    values[0] = replace(values[0], **changes)
    return with_story(**{kind: tuple(values)})


def dispute(change):
    """The account with its first line on a dispute changed."""
    lines = list(GOLD.stories[0].brief)
    at = next(i for i, line in enumerate(lines) if "; against “" in line.text or "; earlier “" in line.text)
    lines[at] = replace(lines[at], text=change(lines[at].text))
    return with_story(brief=tuple(lines))


F, D, Q = GOLD.stories[0].findings[0], GOLD.stories[0].disagreements[0], GOLD.stories[0].quotes[0]
E = F.evidence[0]
TAMPERED = [
    ("a word of evidence", first("findings", evidence=(replace(E, text=E.text + "x"), *F.evidence[1:])),
     F.id, "but at"),
    ("an offset", first("findings", evidence=(replace(E, start=E.start + 1), *F.evidence[1:])),
     F.id, "but at"),
    ("an offset out of the text", first("quotes", evidence=(replace(Q.evidence[0], end=10**6),)),
     Q.id, "but at"),
    ("an unknown article", first("findings", evidence=(replace(E, article="x"), *F.evidence[1:])),
     F.id, "does not hold"),
    ("a count", first("findings", origins=F.origins[:1]), F.id, "origins"),
    ("a status", first("findings", status="single"), F.id, "said to be single"),
    ("a finding's text", first("findings", text="Ninety people died"), F.id, "text is not"),
    ("a position's origins", first("disagreements", positions=(
        replace(D.positions[0], origins=("x",)), *D.positions[1:])), D.id, "origins"),
    ("a quote's text", first("quotes", text="“Never said,”"), Q.id, "none of its places"),
    ("a quote's id", first("quotes", id="sha256-0"), "sha256-0", "id is not"),
    ("a line of the brief", first("brief", text="The dam burst at dawn."),
     "brief, line 1", "not in its evidence"),
    ("words in a line on a dispute", dispute(lambda t: t.replace("“", "“Hundreds, ", 1)), "brief, line",
     "not in its"),
    ("those who hold a position", dispute(lambda t: t.replace(" (", " (The Herald, ", 1)), "brief, line",
     "not in its"),
    ("a line without findings", first("brief", findings=()), "brief, line 1", "no finding"),
    ("a mark of the matrix", first("matrix", stands=dict.fromkeys(GOLD.stories[0].articles, "silent")),
     "matrix", "evidence"),
    ("what an outlet leaves out", first("outlets", leaves_out=(F.id,)), "outlets", "leaves out"),
    ("the headline", with_story(headline=replace(GOLD.stories[0].headline, text="Hundreds dead")),
     "headline", "not the title"),
    ("the partition", with_story(origins=GOLD.stories[0].origins[1:]), "origins", "partition"),
    ("an article's text", replace(GOLD, articles=(replace(
        GOLD.articles[0], text="X" + GOLD.articles[0].text), *GOLD.articles[1:])), "article", "id is not"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "account", "where", "said"), TAMPERED, ids=[t[0] for t in TAMPERED])
def test_tampering_is_found_and_named(what, account, where, said):
    found = faults(account)
    assert any(where in f and said in f for f in found), found


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_any_moved_piece_is_found(data):
    finding = data.draw(st.sampled_from(GOLD.stories[0].findings))
    piece = data.draw(st.sampled_from(finding.evidence))
    moved = data.draw(st.integers(-50, 50).filter(bool))
    changed = replace(piece, start=piece.start + moved, end=piece.end + moved)
    others = tuple(changed if e == piece else e for e in finding.evidence)
    findings = tuple(
        replace(f, evidence=others) if f.id == finding.id else f for f in GOLD.stories[0].findings
    )
    assert any(finding.id in f for f in faults(with_story(findings=findings)))


# --- HTML -----------------------------------------------------------------------------------------


def test_a_changed_word_in_the_report_is_found():
    visible = re.search(r'<bdi data-e="(\d+):(\d+)-(\d+)">([^<]{30,})</bdi>', PAGE)
    changed = PAGE.replace(visible[0], visible[0].replace(visible[4][:8], "Nobody, "), 1)
    (fault,) = faults(changed)
    assert f"{visible[2]}–{visible[3]}" in fault and "Nobody" in fault


def test_a_changed_count_in_the_report_is_found():
    changed = re.sub(r'(data-l="0\.0">)[^<]*', r"\g<1>9 reports, 9 witnesses", PAGE, count=1)
    (fault,) = faults(changed)
    assert GOLD.stories[0].findings[0].id in fault and "9 witnesses" in fault


def test_a_changed_line_of_the_brief_in_the_report_is_found():
    changed = re.sub(r'(brief\.0\.text"><bdi>)', r"\1Not ", PAGE, count=1)
    assert any("brief.0" in f for f in faults(changed))


def test_a_changed_article_in_the_report_is_found():
    changed = re.sub(r'(data-t="0"[^>]*><p[^>]*>)', r"\1Not ", PAGE, count=1)
    assert any("text of" in f for f in faults(changed))


def test_a_mark_that_points_nowhere_is_found():
    assert any("points at nothing" in f for f in faults(PAGE.replace('data-e="0:', 'data-e="99:', 1)))
    changed = re.sub(r'data-l="0\.0"', 'data-l="0.999"', PAGE, count=1)
    assert any("points at nothing" in f for f in faults(changed))


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("<footer>", "<footer><p>All of this is true.</p>"),
        ("default-src 'none'", "default-src *"),
        ("4 ", "5 "),
    ],
)
def test_a_change_anywhere_else_in_the_report_is_found(was, becomes):
    page = PAGE.replace("&#39;", "'") if "'" in was else PAGE
    changed = page.replace(was, becomes, 1)
    assert changed != PAGE
    assert faults(changed)


def test_line_ends_of_another_system_are_no_change():
    assert faults(PAGE.replace("\n", "\r\n")) == []


@pytest.mark.parametrize("damage", [("H4sI", "AAAA"), ("H4sI", "*H4sI")])
def test_a_report_whose_account_is_damaged_is_refused(damage):
    with pytest.raises(AccountError):
        accounts.verify(PAGE.replace(*damage, 1))


# --- Markdown -------------------------------------------------------------------------------------


def test_a_changed_footnote_is_found():
    note = re.search(r"^\[\^(\S+)\]: .*: “(.{20})", NOTES, re.MULTILINE)
    changed = NOTES.replace(note[0], note[0].replace(note[2], "Nothing of that sort"), 1)
    assert any(note[1] in f for f in faults(changed))


def test_a_changed_count_in_the_notes_is_found():
    changed = re.sub(r"\*\d+ reports, \d+ witness(es)?\*", "*9 reports, 9 witnesses*", NOTES, count=1)
    assert any("9 witnesses" in f for f in faults(changed))


def test_changed_words_of_a_finding_in_the_notes_are_found():
    changed = re.sub(r"(## Findings\n\n- )", r"\1Not ", NOTES, count=1)
    assert any("its words" in f for f in faults(changed))


def test_a_changed_text_in_the_notes_is_found():
    changed = re.sub(r"(~~~~text\n)", r"\1X", NOTES, count=1)
    assert any("hash" in f for f in faults(changed))


def test_a_missing_footnote_is_found():
    label = re.search(r"^\[\^(\S+)\]:.*\n", NOTES, re.MULTILINE)
    assert any(label[1] in f and "missing" in f for f in faults(NOTES.replace(label[0], "", 1)))


def test_several_stories_in_one_file_are_told_apart():
    other = Gold(BENCHMARK / "cases" / "two-quakes-b").account()
    both = Account(articles=GOLD.articles + other.articles, stories=GOLD.stories + other.stories)
    for data in (both.to_json(), html.render(both), markdown.render(both)):
        assert faults(data) == []
    notes = markdown.render(both)
    note = re.search(r"^\[\^2\.(\S+)\]: .*: “(.{20})", notes, re.MULTILINE)
    assert faults(notes.replace(note[0], note[0].replace(note[2], "Nothing of that sort"), 1))


# --- without texts --------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["json", "html", "markdown"])
def test_without_texts_the_pages_are_needed_and_enough(form):
    bare = accounts.without_texts(GOLD)
    data = {
        "json": bare.to_json,
        "html": lambda: html.render(bare),
        "markdown": lambda: markdown.render(GOLD, with_texts=False),
    }[form]()
    assert not any(GOLD.articles[0].text[200:400] in str(data) for _ in (0,))
    assert len(accounts.verify(data)) >= len(GOLD.articles)
    assert accounts.verify(data, GOLD.articles) == []
    other = replace(GOLD.articles[0], text="Another text altogether, of another page.")
    assert accounts.verify(data, [other, *GOLD.articles[1:]])


def test_without_texts_hides_nothing_else():
    bare = accounts.without_texts(GOLD)
    assert bare.stories == GOLD.stories
    assert all(
        a.text == "" and a.text_hash == text_hash(o.text)
        for a, o in zip(bare.articles, GOLD.articles, strict=True)
    )
    assert accounts.without_texts(bare) == bare


# --- what is no account ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data", ["", "{}", "{", "[]", '{"format": "other/1"}', "<!DOCTYPE html><p>no", "# A text", b"\xff\xfe"]
)
def test_what_is_no_account_is_refused(data):
    with pytest.raises(AccountError):
        accounts.verify(data)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match="missing.json"):
        accounts.verify(tmp_path / "missing.json")


def test_files_are_read(tmp_path):
    path = tmp_path / "account.json"
    path.write_bytes(GOLD.to_json())
    assert accounts.verify(path) == []
