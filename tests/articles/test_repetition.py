"""Several pages of one outlet: what they share is furniture."""

from __future__ import annotations

from consilience.articles import extract
from consilience.articles.repetition import repeated
from consilience.model import Page
from tests.articles.reports import PARAGRAPHS, TITLE

BLURB = "The Ellis Courier has told the stories of the bay since it was founded by nine fishermen."
OTHER = (
    "The ferry to Hamnvik will run every hour from the first of July, the county said on Tuesday.",
    "It has carried fewer people each year since the bridge was opened in 2009.",
    "Tickets will cost 40 crowns, and children will travel free until the end of August.",
)


def test_a_line_that_two_reports_share_is_furniture():
    pages = [
        Page("a", "\n\n".join([TITLE, *PARAGRAPHS, BLURB]), "text/plain", outlet="Courier"),
        Page("b", "\n\n".join(["Ferry to run hourly", *OTHER, BLURB]), "text/plain", outlet="Courier"),
    ]
    texts = [a.text for a in extract(pages)[0]]
    assert texts == ["\n\n".join(PARAGRAPHS), "\n\n".join(OTHER)]


def test_versions_of_one_report_and_other_outlets_teach_nothing():
    a = ("Courier", "One", [*PARAGRAPHS, BLURB])
    assert repeated([a, ("Courier", "Two", [*PARAGRAPHS[:3], BLURB])]) == [frozenset(), frozenset()]
    assert repeated([a, ("Post", "Two", [*OTHER, BLURB])]) == [frozenset(), frozenset()]
    assert repeated([a, ("Courier", "One", [*OTHER, BLURB])]) == [frozenset(), frozenset()]
    assert repeated([a, (None, "Two", [*OTHER, BLURB])]) == [frozenset(), frozenset()]
    assert repeated([a, ("Courier", "Two", [*OTHER, BLURB])]) == [frozenset([5]), frozenset([3])]
    assert repeated([]) == []
