"""Markdown with footnotes."""

import re

import pytest

from consilience.account.stored import unescaped
from consilience.views import markdown


@pytest.mark.parametrize(
    "text",
    [
        "plain words", "a *star* and _line_", "[link](javascript:alert(1))", "<b>&amp;</b>", "# head",
        "1. item", "- item", "+ item", "`code` ~~~~", "a | b", "$x$ ^2^", "https://example.org",
        "“quoted” – dash", "back\\slash", "\u202eturned", "2024) x", "5 July",
    ],
)  # fmt: skip
def test_escapes_are_taken_back_to_the_letter(text):
    assert unescaped(markdown.inline(text)) == text


@pytest.mark.parametrize(
    "text", ["<script>", "[a](b)", "![x](y)", "# h", "| a |", "`x`", "javascript:alert(1)"]
)
def test_nothing_of_an_article_is_markup(text):
    shown = re.sub(r"\\.", "", markdown.inline(text))
    assert not re.search(r"[<>\[\]`#|]|javascript:", shown)


def test_each_mark_has_its_footnote_and_each_footnote_a_mark(account):
    body, _, _ = markdown.render(account).partition("\n## Texts")
    defined = re.findall(r"^\[\^([^\]]+)\]:", body, re.MULTILINE)
    marks = set(re.findall(r"\[\^([^\]]+)\](?!:)", body))
    assert sorted(defined) == sorted(set(defined)) and set(defined) == marks


def test_texts_can_be_left_out(account):
    bare = markdown.render(account, with_texts=False)
    assert "## Texts" not in bare and "SHA-256" in bare
    assert len(bare) < len(markdown.render(account))


def test_a_text_cannot_close_its_fence(hostile):
    page = markdown.render(hostile)
    for fence, _ in re.findall(r"^(~{4,})text\n(.*?)^\1$", page, re.MULTILINE | re.DOTALL):
        assert len(fence) >= 4
    page.encode("utf-8")


def test_same_account_same_text(account):
    assert markdown.render(account) == markdown.render(account)
