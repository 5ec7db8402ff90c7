"""The account in a terminal."""

import io

import pytest
from rich.console import Console

from consilience import model as m
from consilience.views import terminal


def printed(account, width=100, **options):
    out = io.StringIO()
    terminal.render(account, Console(file=out, width=width, **options))
    return out.getvalue()


@pytest.mark.parametrize("width", [40, 60, 80, 100, 200])
def test_no_line_is_wider_than_the_terminal(account, width):
    assert max(len(line) for line in printed(account, width).splitlines()) <= width


def test_the_sections_stand(account):
    text = printed(account)
    for wanted in (
        "In brief",
        "Where the reports differ",
        "Findings",
        "Who said what",
        "Timeline",
        "Outlets",
    ):
        assert wanted in text
    assert "more in one report alone" in text


def test_colour_only_where_it_is_wanted(account, monkeypatch):
    assert "\x1b[" not in printed(account)
    assert "\x1b[" in printed(account, force_terminal=True, color_system="standard")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in printed(account, force_terminal=True)


def test_nothing_of_an_article_steers_the_terminal(hostile):
    text = printed(hostile)
    assert "\x1b" not in text and "\x07" not in text and "\u202e" not in text and "\x00" not in text
    text.encode("utf-8")


def test_an_empty_account_says_so():
    assert "No story" in printed(m.Account(articles=(), stories=()))


def test_markup_of_the_printer_is_only_text(account):
    said = m.BriefLine("[bold]not markup[/bold]", account.stories[0].brief[0].findings)
    story = m.msgspec.structs.replace(account.stories[0], brief=(said,))
    assert "[bold]not markup[/bold]" in printed(m.msgspec.structs.replace(account, stories=(story,)))
