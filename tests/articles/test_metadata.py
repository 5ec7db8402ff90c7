"""What is known of a report, and from where; what is not said stays unknown."""

from __future__ import annotations

import json

import pytest

from consilience.articles.metadata import without_outlet
from consilience.articles.printed import byline, dateline, is_section
from tests.articles.reports import PARAGRAPHS, TITLE, page, read

LD = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": TITLE,
    "datePublished": "2026-02-02T15:00:00+01:00",
    "dateModified": "2026-02-02T18:30:00+01:00",
    "author": [{"@type": "Person", "name": "By Nils Berg"}, {"name": "Eva Holm"}],
    "publisher": {"name": "Ellis Media AB"},
    "articleSection": "Harbour",
}


def script(data: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps(data)}</script>"


def test_json_ld_and_open_graph():
    head = script(LD) + "<meta property='og:site_name' content='The Ellis Courier'>"
    head += "<link rel='canonical' href='https://courier.example/wall'>"
    article = read(page(head=head))
    assert (article.title, article.outlet, article.byline) == (
        TITLE,
        "The Ellis Courier",
        "Nils Berg, Eva Holm",
    )
    assert (article.published, article.updated) == ("2026-02-02T15:00:00+01:00", "2026-02-02T18:30:00+01:00")
    assert (article.section, article.language) == ("Harbour", "en")
    assert article.url == "https://courier.example/wall"
    assert article.known_from["outlet"] == "og:site_name"
    assert article.known_from["byline"] == "JSON-LD"
    assert article.known_from["url"] == "link canonical"
    assert set(article.known_from) == {
        "url",
        "outlet",
        "title",
        "byline",
        "section",
        "published",
        "updated",
        "language",
    }


def test_graph_and_list_forms():
    article = read(page(head=script({"@graph": [{"@type": "WebSite", "name": "x"}, LD]})))
    assert article.outlet == "Ellis Media AB"
    assert read(page(head=script([[LD]]))).published == "2026-02-02T15:00:00+01:00"


@pytest.mark.parametrize(
    "bad", ["{", "[1, 2", '{"@type": 3}', '{"@type": "NewsArticle", "headline": {"a": 1}}', "null"]
)
def test_broken_json_ld_is_passed_over(bad):
    assert read(page(head=f"<script type='application/ld+json'>{bad}</script>")).title == TITLE


def test_microdata_and_time():
    html = page().replace(
        "</h1>",
        "</h1><span itemprop='author'>By Eva Holm</span><time datetime='2026-02-02T09:00Z'>today</time>",
    )
    article = read(html)
    assert article.byline == "Eva Holm"
    assert (article.published, article.known_from["published"]) == ("2026-02-02T09:00:00+00:00", "time")


def test_printed_byline_that_says_more_wins():
    head = script(LD | {"author": {"name": "Nils Berg"}})
    html = page(head=head).replace(
        "</h1>", "</h1><p class='byline'>By Nils Berg and Eva Holm, Harbour Editor</p>"
    )
    assert read(html).byline == "Nils Berg and Eva Holm, Harbour Editor"


def test_window_title_and_domain_name_the_outlet():
    assert read(page().replace("<title>" + TITLE, f"<title>{TITLE} | Ellis Post")).outlet == "Ellis Post"
    article = read(page(), url="https://www.post.example/wall")
    assert (article.outlet, article.known_from["outlet"]) == ("post.example", "domain")


def test_carrier_comes_first():
    article = read(
        page(head=script(LD)), outlet="Wire", title="Another title", published="2026-02-01", credit="XP"
    )
    assert (article.outlet, article.title, article.published, article.credit) == (
        "Wire",
        "Another title",
        "2026-02-01",
        "XP",
    )
    assert article.known_from["title"] == "carrier"


def test_a_date_without_its_year():
    lines = ["The Ellis Courier", TITLE, "Monday 2 February, 16:10", *PARAGRAPHS]
    article = read("\n\n".join(lines), "plain")
    assert (article.published, article.open_dates) == (None, ("--02-02",))
    article = read("\n\n".join([*lines, "Copyright 2026 The Ellis Courier"]), "plain")
    assert (article.published, article.open_dates) == ("2026-02-02", ())
    assert article.known_from["published"] == "printed line, its year from the copyright line"
    lines[2] = "22/02/26, 16:10"
    article = read("\n\n".join([*lines, "Copyright 2026 The Ellis Courier"]), "plain")
    assert (article.published, article.known_from["published"]) == ("2026-02-22", "printed line")
    wire = [TITLE, "PORT ELLIS, Feb 2 (CPA) - " + PARAGRAPHS[0], *PARAGRAPHS[1:]]
    assert read("\n\n".join(wire), "plain").open_dates == ("--02-02",)


@pytest.mark.parametrize(
    "line",
    [
        "<p>2 February 2026, 16:10</p>",
        "<p>Date: 2 February 2026</p>",
        "<p class='byline'>By <b>Nils Berg</b><span>2 February 2026</span></p>",
        "<p>Boats sank on Monday, and nobody was hurt.</p><p>Nils Berg | Port Ellis | 2 February 2026</p>",
        "<p>Updated: 2 February 2026, 10:22 pm IST</p>",
    ],
)
def test_a_date_in_a_plain_paragraph(line):
    article = read(page().replace("</h1>", "</h1>" + line))
    assert (article.published or "")[:10] == "2026-02-02"
    assert "2026" not in article.text or "Nils Berg" in article.text


def test_a_date_below_the_report():
    article = read(page().replace("</article>", "<p>Published on 2 February 2026</p></article>"))
    assert (article.published, article.text.split()[-1]) == ("2026-02-02", "summer.")


def test_a_last_sentence_is_no_date_of_publication():
    last = "Released on 3 May 2019, the film won two prizes at home and abroad."
    assert read("\n\n".join([TITLE, *PARAGRAPHS, last]), "plain").published is None
    assert (
        read("\n\n".join([TITLE, *PARAGRAPHS, "Published on 3 May 2019."]), "plain").published == "2019-05-03"
    )


def test_a_credit_line_may_hold_the_date():
    lines = [TITLE, "Source: compiled from foreign media  2026-02-02 16:10", *PARAGRAPHS]
    assert read("\n\n".join(lines), "plain").published == "2026-02-02T16:10:00"


def test_nothing_is_guessed():
    article = read("\n\n".join(PARAGRAPHS), "plain")
    assert article.outlet is article.byline is article.published is article.dateline is article.credit is None
    assert article.title is article.language is None


def test_first_lines_of_a_copied_text():
    lines = [
        "The Ellis Courier",
        "News Sport Tides",
        TITLE,
        "Nils Berg in Port Ellis",
        "Mon 2 Feb 2026, 16:10 GMT",
    ]
    article = read("\n\n".join([*lines, *PARAGRAPHS]), "plain")
    assert (article.outlet, article.title) == ("The Ellis Courier", TITLE)
    assert (article.byline, article.published) == ("Nils Berg in Port Ellis", "2026-02-02T16:10:00+00:00")
    assert article.known_from["published"] == "printed line"


@pytest.mark.parametrize(
    "line, wanted",
    [
        ("By Nils Berg", "Nils Berg"),
        ("BY NILS BERG", "NILS BERG"),
        ("Exclusive by Nils Berg, City Editor", "Nils Berg, City Editor"),
        ("Nils Berg | 2 February 2026 16:10", "Nils Berg"),
        ("Posted by admin on 2 Feb 2026", "admin"),
        ("Economy - 2 February 2026 - by Nils Berg", "Nils Berg"),
        ("February 2, 2026 by Agency Reporter", "Agency Reporter"),
        ("Courier newsroom", "Courier newsroom"),
        ("08.09.2025 - 18:00 o'clock / Agencies, own translation", "Agencies, own translation"),
        ("Thursday, 13.11.2025, 11:08 o'clock - editorial office", "editorial office"),
        ("Norhavn, Skarvia, 18 September 2025, 21:00", None),
        ("Makati City, 24 September 2025, 5:00 p.m.", None),
        ("Wednesday, 24 September 2025, 7:40 a.m. (translated from Tagalog by the web team)", None),
        ("Tuesday, 3 February 2026", None),
        ("Published: 2 Feb 2026", None),
        ("Share this", None),
        ("World news", None),
        ("3 min read", None),
        ("Lisbon, 2 February 2026", None),
    ],
)
def test_byline(line, wanted):
    assert byline(line) == wanted


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("KARUNA, Norway, March 14 (XPA) - At least", ("KARUNA, Norway", "XPA")),
        ("SAN MARCO (SNW) — A court", ("SAN MARCO", "SNW")),
        ("PORT ELLIS – In a ruling", ("PORT ELLIS", None)),
        ("LOBURG, Philippines—At least", ("LOBURG, Philippines", None)),
        ("MADRID. The minister", ("MADRID", None)),
        ("Port Ellis: Leaders of the", ("Port Ellis", None)),
        ("DREVA, June 8. /SINF/. The president", ("DREVA", "SINF")),
        ("Mirpur, June 26, 2025 (BBX): The assembly", ("Mirpur", "BBX")),
        ("(ELMVIEW) -- The county", ("ELMVIEW", None)),
        ("PORT ELLIS, March 4 APX - A bridge", ("PORT ELLIS", "APX")),
        ("The wall – built in 1911 – fell.", (None, None)),
        ("EXCLUSIVE: Eleven directors", (None, None)),
        ("US-based Kettle Corp. and Vale plc", (None, None)),
        ("“We had cleared the quay,” she said: all of it.", (None, None)),
        ("A BRAVE teller told", (None, None)),
        ("PORT ELLIS (Upper Ellis) - The", ("PORT ELLIS", None)),
    ],
)
def test_dateline(text, wanted):
    assert dateline(text) == wanted


@pytest.mark.parametrize(
    "last, outlet, wanted",
    [
        ("(Norwire)", None, "Norwire"),
        ("This article was originally published on Open Tides.", None, "Open Tides"),
        ("Source: Ellis Harbour Board", None, "Ellis Harbour Board"),
        ("The Associated Tides contributed to this report.", None, "The Associated Tides"),
        ("(ENDS)", None, None),
        ("(EC)", "Ellis Courier", None),
    ],
)
def test_credit(last, outlet, wanted):
    fields = {"outlet": outlet} if outlet else {}
    assert read("\n\n".join([TITLE, *PARAGRAPHS, last]), "plain", **fields).credit == wanted


def test_agency_byline_is_a_credit():
    article = read(
        "\n\n".join(["Ellis Courier", TITLE, "Northern Press Agency", "2 Feb 2026", *PARAGRAPHS]), "plain"
    )
    assert (article.credit, article.known_from["credit"]) == ("Northern Press Agency", "byline")


def test_small_things():
    assert without_outlet("Wall falls | The Courier", "The Courier") == "Wall falls"
    assert without_outlet("Wall falls - at last", "The Courier") == "Wall falls - at last"
    assert is_section("World / Asia") and not is_section("Ellis Courier")
