"""Whole, partial or no article; corrections apart; live blogs in entries."""

# ruff: noqa: E501 (pages and tables stay on their lines)
from __future__ import annotations

import pytest

from consilience.articles import extract
from consilience.articles.notes import is_note
from consilience.model import Page
from tests.articles.reports import PARAGRAPHS, TITLE, page, read


def text(*more: str, paragraphs: tuple[str, ...] = PARAGRAPHS) -> str:
    return "\n\n".join([TITLE, *paragraphs, *more])


@pytest.mark.parametrize(
    "data, status, reason",
    [
        (text(), "whole", ""),
        (text("The council will meet again on Wednesday, when the bill is known. NWX"), "whole", ""),
        (text("You have 2 free articles left this month"), "whole", ""),
        (text("Subscribe for £1 a week"), "whole", ""),
        (text("To continue reading, please subscribe."), "partial", "held back for subscribers"),
        (text("Subscribe now to read the full story"), "partial", "held back for subscribers"),
        (text("This article is for subscribers only."), "partial", "held back for subscribers"),
        (text("Already a subscriber? Log in"), "partial", "held back for subscribers"),
        (text("Continue reading »"), "partial", "goes on elsewhere"),
        (text("Read the full story at courier.example"), "partial", "goes on elsewhere"),
        (
            text("The mayor, who had been away for a week, said that she would …"),
            "partial",
            "breaks off with an ellipsis",
        ),
        (
            text("The mayor, who had been away for a week, said that the council would have to pay and that"),
            "partial",
            "breaks off in mid-sentence",
        ),
    ],
)
def test_completeness_of_texts(data, status, reason):
    found = read(data, "plain").completeness
    assert (found.status, found.reason) == (status, reason)


def test_a_cut_after_a_full_stop_is_seen():
    cut = text("The bill is known. The mayor said on Monday evening that the town would have to")
    assert read(cut, "plain").completeness.reason == "breaks off in mid-sentence"


def test_wall_in_a_page():
    wall = "<div class='paywall'><p>Subscribe to continue reading</p></div>"
    found = read(page(wall, paragraphs=PARAGRAPHS[:2])).completeness
    assert (found.status, found.reason) == ("partial", "held back for subscribers")


def test_markup_that_says_it_is_not_free():
    head = '<script type=\'application/ld+json\'>{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>'
    assert read(page(head=head, paragraphs=PARAGRAPHS[:2])).completeness.status == "partial"


@pytest.mark.parametrize(
    "line",
    [
        "Correction: An earlier version misspelled the harbour master's name.",
        "Editor’s note: This story has been updated with the council's answer.",
        "This article was amended on 3 February 2026 to correct the height of the wall.",
        "An earlier version of this article gave the wrong year.",
        "(Corrects spelling of name in paragraph 3.)",
        "CLARIFICATION: The wall belongs to the county, not to the town.",
    ],
)
def test_notes_are_kept_apart(line):
    article = read(text(line), "plain")
    assert article.notes == (line,)
    assert line not in article.text and article.text.endswith(PARAGRAPHS[-1])


@pytest.mark.parametrize(
    "line",
    [
        "Corrections: 555 0100",
        "The council corrected its figures on Tuesday.",
        "Updated 3 hours ago",
        "He noted that the editor had left.",
        PARAGRAPHS[0],
    ],
)
def test_no_notes(line):
    assert not is_note(line)


def test_live_blog():
    lines = ["LIVE: Harbour wall falls", "2 February 2026, 15:00 GMT"]
    for clock, paragraph in zip(("14:50", "13:05", "12:10"), PARAGRAPHS, strict=False):
        lines += [clock, paragraph]
    article = read("\n\n".join([lines[0], lines[1], PARAGRAPHS[4], *lines[2:]]), "plain")
    assert [e.published for e in article.entries] == [
        "2026-02-02T14:50:00+00:00",
        "2026-02-02T13:05:00+00:00",
        "2026-02-02T12:10:00+00:00",
    ]
    first = article.entries[0]
    assert article.text[first.start : first.end] == f"14:50\n\n{PARAGRAPHS[0]}"


def test_live_blog_that_begins_with_its_first_entry():
    lines = ["LIVE: Harbour wall falls", "2 February 2026"]
    for clock, paragraph in zip(("2:50 pm", "1:05 pm", "12:10 pm", "11:55 am"), PARAGRAPHS, strict=False):
        lines += [clock, paragraph]
    article = read("\n\n".join(lines), "plain")
    assert [e.published for e in article.entries][:2] == ["2026-02-02T14:50:00", "2026-02-02T13:05:00"]


def test_no_live_blog():
    assert read(text("The next meeting is at 14:30 on Monday."), "plain").entries == ()


def test_index_page_with_summaries():
    cards = "".join(
        f"<div class='card'><h2><a href='/{n}'>Headline number {n} of the day</a></h2><p>{p}</p></div>"
        for n, p in enumerate(PARAGRAPHS * 2)
    )
    articles, rejected = extract([Page("i", f"<body><h1>News</h1><main>{cards}</main></body>", "text/html")])
    reasons = [a.completeness.reason for a in articles] + [r.reason for r in rejected]
    assert reasons in (["an index page"], ["not an article: an index page"])


@pytest.mark.parametrize(
    "body, reason",
    [
        ("<h1>Video: Wall falls</h1><div>0:31</div>", "a video page"),
        ("<h1>Page not found</h1><p>The page you requested could not be found.</p>", "an error page"),
        ("<h1>Access denied</h1><p>You do not have permission to see this.</p>", "an error page"),
        (
            "<h1>Are you a robot?</h1><p>Please enable JavaScript and cookies to continue.</p>",
            "a check against robots",
        ),
        (
            "<div><h2>Before you continue</h2><p>We and our 300 partners store cookies.</p></div>",
            "a consent wall",
        ),
    ],
)
def test_pages_that_are_no_article(body, reason):
    articles, rejected = extract([Page("i", f"<body>{body}</body>", "text/html")])
    found = [a.completeness for a in articles]
    assert [c.reason for c in found] == [reason] or rejected[0].reason == f"not an article: {reason}"
    assert all(c.status == "not an article" for c in found)
