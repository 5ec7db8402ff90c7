"""The report and nothing else, exactly as printed, with the way back to the page."""

# ruff: noqa: E501 (pages and tables stay on their lines)
from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consilience.articles import extract, page_text
from consilience.articles.blocks import clean, flat_text, html_blocks, parse, text_blocks
from consilience.articles.lines import KINDS, is_byline, is_crumb, is_date_line, kinds_of
from consilience.model import Page
from tests.articles.reports import PARAGRAPHS, TITLE, page, read, reason

REPORT = "\n\n".join(PARAGRAPHS)

# Furniture around the report of an HTML page: none of its words may reach the text.
AROUND = [
    "<div class='share'><a href='#'>Share on Facebook</a><a href='#'>Share on X</a></div>",
    "<div id='comments'><h3>2 comments</h3><div class='comment'><p>They knew it all along, the whole lot.</p></div></div>",
    "<section class='related'><h2>Read next</h2><ul><li><a href='#'>Ferry to run in July</a></li></ul></section>",
    "<footer><p>© 2026 Ellis Media. All rights reserved.</p></footer>",
    "<div class='cookie-banner'><p>We use cookies to improve your experience.</p><button>OK</button></div>",
    "<div class='newsletter'><p>Sign up for our morning newsletter</p></div>",
]

# Leftovers in text as people copy it: (lines above, lines between, lines below)
COPIED = [
    (
        ["The Ellis Courier", "News | Sport | Tides", TITLE, "By Nils Berg", "3 February 2026"],
        [],
        ["12 comments"],
    ),
    (
        ["Home > News > Harbour", TITLE, "Nils Berg", "Feb. 3, 2026, 4:10 p.m."],
        ["ADVERTISEMENT"],
        ["Share this story"],
    ),
    (
        ["ELLIS COURIER", TITLE, "3 min read"],
        ["Photo: The wall on Monday. Ellis Courier"],
        ["Tags: harbour, storm"],
    ),
    ([TITLE, "By our correspondent"], ["READ ALSO: Ten walls that fell"], ["© Ellis Media 2026"]),
    (
        ["Ellis Courier", TITLE],
        ["Story continues below advertisement"],
        ["Sign up for our newsletter", "Comments"],
    ),
]


def test_html_report_is_kept_and_furniture_gone():
    assert read(page(*AROUND)).text == REPORT


@pytest.mark.parametrize("around", AROUND)
def test_each_piece_of_furniture(around):
    assert read(page(around)).text == REPORT


@pytest.mark.parametrize("above, between, below", COPIED)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_copied_text(above, between, below, gap):
    lines = [*above, *PARAGRAPHS[:2], *between, *PARAGRAPHS[2:], *below]
    article = read(gap.join(lines), "plain")
    assert article.text == REPORT
    assert article.title == TITLE


def test_text_without_furniture_is_left_alone():
    assert read(REPORT, "plain").text == REPORT


def test_subheadings_and_standfirst_stay():
    body = page().replace(f"<p>{PARAGRAPHS[2]}</p>", f"<h2>A warning in March</h2><p>{PARAGRAPHS[2]}</p>")
    body = body.replace(
        "</h1>", "</h1><p class='standfirst'>Four boats lost, nobody hurt, and a bill to come</p>"
    )
    text = read(body).text
    assert "\n\nA warning in March\n\n" in text
    assert text.startswith("Four boats lost, nobody hurt, and a bill to come\n\n")
    assert TITLE not in text


def test_wrapped_lines_are_joined():
    wrapped = "\n\n".join("\n".join(p[i : i + 60] for i in range(0, len(p), 60)) for p in PARAGRAPHS)
    blocks = text_blocks(wrapped.replace("\n ", "\n"))
    assert len(blocks.blocks) == len(PARAGRAPHS)


def test_second_copy_of_the_text_is_left_out():
    copy = "<div class='print-version'>" + "".join(f"<p>{p}</p>" for p in PARAGRAPHS) + "</div>"
    assert read(page(copy)).text == REPORT


@pytest.mark.parametrize(
    "source, wanted",
    [
        ("a\xa0b", "a b"),
        ("a \t\n b", "a b"),
        ("so\xadft", "soft"),
        ("a\u200bb", "ab"),
        ("\ufeffa", "a"),
        ("a\u202eb\u202c", "ab"),
        ("a\x00b", "ab"),
        ("na\u0308ive", "na\u0308ive"),
        ("क्\u200dष", "क्\u200dष"),
    ],
)
def test_clean(source, wanted):
    assert clean(source) == wanted


@pytest.mark.parametrize(
    "line, kind",
    [
        ("Share this:", "share"),
        ("Facebook Twitter Email Save", "share"),
        ("31 comments", "comments"),
        ("Story continues below advertisement", "advert"),
        ("Read more: The great thirst", "related"),
        ("(To be read also: the great thirst)", "related"),
        ("Advertisement. Story continues below.", "advert"),
        ("Issued by the Harbour Office. Not for commercial use.", "copyright"),
        ("Photo: SCN/File", "caption"),
        ("Tags: Chile, mining, water", "tags"),
        ("© Courier Media Inc.", "copyright"),
        ("We use cookies to improve your experience.", "cookies"),
        ("___", "rule"),
        ("2 min read", "length"),
        ("Reporting by Ada Moen; Editing by Jo Falk", "credits"),
        ("Skip to content", "menu"),
        ("Sign up for our free newsletter", "signup"),
        ("For interviews contact: press@union.example", "contact"),
        ("Follow us on Telegram", "follow"),
        ("Found a mistake? Select it", "note"),
        ("About Ellis Ferries: Ellis Ferries runs nine ships and employs 410 people.", "note"),
        ("About the Board: its members are elected for four years.", "note"),
        ("The Courier is funded by its readers. Support us from £4 a month.", "signup"),
        ("Support our journalism for €5 a month", "signup"),
        ("Letters to the editor should have no more than 150 words.", "contact"),
    ],
)
def test_furniture_kinds(line, kind):
    assert kinds_of(line) >= 0 and KINDS[kinds_of(line)] == kind


@pytest.mark.parametrize(
    "line",
    [
        *PARAGRAPHS,
        "The harbour",
        "A warning in March",
        "“We had to read more about it,” she said.",
        "Photographers waited outside the court.",
        "More than 40 people were hurt.",
        "About Nora Feld nothing was said: she had left.",
        "Letters from readers arrived by the hundred.",
        "The clinic is supported by three towns.",
        "Related charges were dropped on Friday.",
        "He said the comments were closed to the public.",
        "Share prices fell by 4 percent.",
    ],
)
def test_reports_are_no_furniture(line):
    assert kinds_of(line) < 0


def test_line_shapes():
    assert is_date_line("Friday 14 June 2024") and is_date_line("FEB 8, 2025, 03:40 PM")
    assert not is_date_line("The wall fell in 1911, and again in 1953.")
    assert is_byline("By Nils Berg") and not is_byline("By Monday the water had risen by two metres.")
    assert is_crumb("Home » Army » Prisons") and not is_crumb(PARAGRAPHS[0])


def test_line_breaks_in_html():
    tree = parse("<body><p>One line<br>and its end.<br>Another.<br><br>A third.</p></body>")
    assert [b.text for b in html_blocks(tree).blocks] == ["One line and its end.", "Another.", "A third."]


def test_table_rows_are_lines():
    tree = parse("<table><tr><td>1</td><td>Ann</td></tr><tr><td>2</td><td>Bo</td></tr></table>")
    assert [b.text for b in html_blocks(tree).blocks] == ["1 Ann", "2 Bo"]


def test_flat_text_leaves_scripts_out():
    assert flat_text("<p>a</p><script>x<y</script><p>b &amp; c").split() == ["a", "b", "&", "c"]


@pytest.mark.parametrize("data", [page(*AROUND), "\n\n".join([*COPIED[0][0], *PARAGRAPHS, "3 comments"])])
def test_pieces_point_into_the_page(data):
    source = Page("t", data, "text/html" if data.startswith("<") else "text/plain")
    article = extract([source])[0][0]
    shown = page_text(source)
    for start, origin, length in article.pieces:
        assert article.text[start : start + length] == shown[origin : origin + length]
    assert sum(length for _, _, length in article.pieces) == len(article.text.replace("\n\n", ""))


LINES = st.text(alphabet=st.characters(codec="utf-8"), max_size=60)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=12), st.booleans())
def test_any_page_maps_back(lines, as_html):
    data = "".join(f"<p>{line}</p>" for line in lines) if as_html else "\n".join(lines)
    source = Page("t", data, "text/html" if as_html else "text/plain")
    articles, _ = extract([source])
    for article in articles:
        shown = page_text(source)
        for start, origin, length in article.pieces:
            assert article.text[start : start + length] == shown[origin : origin + length]
        for entry in article.entries:
            assert 0 <= entry.start < entry.end <= len(article.text)


@pytest.mark.parametrize(
    "data, why",
    [
        ("", "empty"),
        ("   \n ", "empty"),
        ("<html></html>", "no text on the page"),
        (
            "<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>",
            "not an article: an error page",
        ),
        (
            "<title>Just a moment...</title><body><p>Checking your browser</p></body>",
            "not an article: a check against robots",
        ),
        (
            "<body><h1>We value your privacy</h1><button>Accept</button></body>",
            "not an article: a consent wall",
        ),
    ],
)
def test_no_article(data, why):
    assert reason(data) == why


def test_same_content_is_read_once_whatever_the_order():
    pages = [Page(name, page(), "text/html") for name in ("b", "a")]
    forward, aside = extract(pages)
    backward, _ = extract(pages[::-1])
    assert [a.source for a in forward] == ["a"] and forward == backward
    assert aside[0].source == "b" and aside[0].reason == "the same content as a"


def test_ids_do_not_depend_on_the_source():
    first = extract([Page("x", page(), "text/html")])[0][0]
    second = extract([Page("y", page(), "text/html")])[0][0]
    assert first.id == second.id


def test_a_transcript_keeps_the_names_of_its_speakers():
    before = (
        "The minister and the mayor of Orlin spoke to reporters at the dam on Thursday morning for an hour."
    )
    says = "We will rebuild every house in the valley before the winter comes, and the state will pay for it."
    after = (
        "The mayor thanked her and said that the people of the valley would remember the promise she made."
    )
    page = Page(
        source="t.txt", data="\n\n".join([before, "Ana María Ruiz:", says, after]), media_type="text/plain"
    )
    found, _ = extract([page])
    assert "\n\nAna María Ruiz:\n\n" in found[0].text
