"""The report: what it shows, and that nothing from outside comes alive in it."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consilience import model as m
from consilience.spans import Span
from consilience.views import html
from consilience.views.html.marks import paragraphs, shown, variant


@pytest.fixture(scope="module")
def page(account):
    return html.render(account)


def test_same_account_same_page(account, page):
    assert html.render(account) == page


def test_the_policy_names_the_hashes_of_what_stands_in_the_file(page):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1].replace("&#39;", "'")
    assert "default-src 'none'" in policy and "unsafe" not in policy
    for tag, kind in (("style", "style-src"), ("script", "script-src")):
        inner = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert len(inner) == 1
        digest = base64.b64encode(hashlib.sha256(inner[0].encode()).digest()).decode()
        assert f"{kind} 'sha256-{digest}'" in policy
    assert " style=" not in page
    assert not re.search(r"<[^>]+\son\w+=", page)


def test_nothing_is_loaded(page):
    markup = re.sub(r"<(style|script)[^>]*>.*?</\1>", "", page, flags=re.DOTALL)
    assert not re.search(r"<(?:img|iframe|object|embed|link|audio|video|source)\b|\ssrc=", markup)
    assert "@import" not in page and "url(" not in page


@pytest.mark.parametrize(
    "wanted",
    [
        "Headline of", "In brief", "Where the reports differ", "Findings", "Who said what", "The ledger",
        "Figures", "Timeline", "People and bodies", "Witnesses", "The articles", "one text", "Only here",
        "Leaves out", "says otherwise",
    ],
)  # fmt: skip
def test_the_sections_stand(page, wanted):
    assert wanted in page


def test_every_finding_has_a_permanent_link_and_its_count(account, page):
    for finding in account.stories[0].findings:
        assert page.count(f'id="{finding.id}"') == 1
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_every_link_in_the_page_has_its_target(page):
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= ids


class Tags(HTMLParser):
    """All tags and the addresses they name."""

    def __init__(self):
        super().__init__()
        self.tags, self.addresses, self.events = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        for name, value in attrs:
            if name in ("href", "src", "action"):
                self.addresses.append(value)
            if name.startswith("on") or name == "style":
                self.events.append((tag, name))


def test_hostile_text_is_only_text(hostile):
    parser = Tags()
    parser.feed(html.render(hostile))
    assert parser.tags.count("script") == 2
    assert not {"img", "iframe", "i onload", "base", "object"} & set(parser.tags)
    assert not parser.events
    assert all(a.startswith(("#", "http://", "https://")) for a in parser.addresses)


def test_hostile_text_is_utf8_and_without_controls(hostile):
    page = html.render(hostile)
    page.encode("utf-8")
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", page)


@given(st.text(st.characters(codec=None, categories=None), max_size=80))
def test_shown_keeps_offsets(text):
    assert len(shown(text)) == len(text)
    shown(text).encode("utf-8")


MARKS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=5)


@given(st.text("ab \n\U0001f4f0", max_size=60), MARKS)
def test_paragraphs_hold_the_whole_text(text, marks):
    spans = [(Span(a, a + n), "x") for a, n in marks]
    cut = paragraphs(text, spans)
    assert "".join(p.text for par in cut for p in par.pieces) == text
    for par in cut:
        own = "".join(p.text for p in par.pieces)
        assert text[par.start : par.start + len(own)] == own


@given(st.text("ab ,.“”", max_size=40), st.text("ab ,.“”", max_size=40))
@settings(max_examples=60)
def test_a_variant_is_its_own_text(main, other):
    assert "".join(p.text for p in variant(main, other)) == other


@pytest.mark.parametrize(
    ("main", "other", "marked", "gaps"),
    [
        ("“We will go on,”", "“We will go on.”", [], 0),
        ("“We will go on tonight,”", "“We will go on,”", [], 1),
        ("“The boat followed it”", "“The boat went with it”", ["went with"], 0),
    ],
)
def test_variants_are_marked_by_words(main, other, marked, gaps):
    pieces = variant(main, other)
    assert [p.text for p in pieces if p.mark == "new"] == marked
    assert sum(p.mark == "gap" for p in pieces) == gaps


def test_a_partial_text_is_never_said_to_be_silent(hostile):
    page = html.render(hostile)
    assert "Partial text: " in page and "Nothing is said of what it lacks" in page


def test_without_texts_the_page_says_so_and_hides_the_rest(account):
    from consilience.account import without_texts

    page = html.render(without_texts(account))
    assert "only its hash" in page and 'class="pair"' not in page
    assert account.articles[0].text[:60] not in re.sub(r"<bdi.*?</bdi>", "", page)


def test_two_stories_have_their_own_parts(account):
    from tests.goldstory import BENCHMARK, Gold

    other = Gold(BENCHMARK / "cases" / "two-quakes-a").account()
    both = m.Account(articles=account.articles + other.articles, stories=account.stories + other.stories)
    page = html.render(both)
    assert page.count('class="story"') == 2 and "2 stories" in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_an_account_without_stories_is_a_page_too():
    page = html.render(m.Account(articles=(), stories=(), rejected=(m.Rejected("a.txt", "is empty"),)))
    assert "No story was found" in page and "a.txt" in page
