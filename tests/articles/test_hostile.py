"""Pages made to crash, hang or mislead a reader: none does, and no markup reaches the text."""

# ruff: noqa: E501 (pages and tables stay on their lines)
from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from consilience.articles import extract
from consilience.model import Page
from tests.articles.reports import PARAGRAPHS, page

REPORT = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
LIMIT = 2.0  # seconds of the processor's time for one page
LEAKS = ("<p", "</", "alert(", "document.write", "color:red", "enable JavaScript", "\x00", "\u202e", "&amp;")


def html(body: str, head: str = "") -> str:
    return f"<html><head><title>Wall</title>{head}</head><body><h1>Harbour wall gives way</h1>{body}</body></html>"


ENTITIES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
JSON_LD = "<script type='application/ld+json'>"

# name -> (page, whether the report must be found)
PAGES = {
    "unclosed tags": ("<html><body><h1>Harbour wall gives way<div><p>" + REPORT.replace("</p>", ""), True),
    "10,000 nested elements": (html("<div>" * 10_000 + REPORT + "</div>" * 10_000), True),
    "10,000 open emphases": (html("<b>" * 10_000 + REPORT), True),
    "2,000 nested tables": (html("<table><tr><td>" * 2_000 + REPORT + "</td></tr></table>" * 2_000), True),
    "entity bomb": (ENTITIES + html("<p>&c;&c;</p>" + REPORT), True),
    "attribute of 5 MB": (html(f'<p data-x="{"x" * 5_000_000}">a</p>' + REPORT), True),
    "class of 4 MB": (html(f'<div class="{"a-b nav " * 500_000}">' + REPORT + "</div>"), True),
    "50,000 attributes": (
        html("<p " + " ".join(f'a{i}="{i}"' for i in range(50_000)) + ">x</p>" + REPORT),
        True,
    ),
    "line of 19 MB": (html("<p>" + "word " * 3_800_000 + "</p>"), False),
    "script of 19 MB": (html("<script>" + "var a=1;" * 2_300_000 + "</script>" + REPORT), None),
    "30,000 links": (html('<a href="x">link</a> ' * 30_000 + REPORT), None),
    "60,000 line breaks": (html("text<br>" * 60_000 + REPORT), None),
    "comment never closed": (html("<!-- " + REPORT), None),
    "CDATA": (html("<![CDATA[ <p>secret</p> ]]>" + REPORT), True),
    "scripts in text": (
        html(
            "<p>It <script>alert('<p>x</p>')</script> fell.</p><script>document.write('<p>a</p>')</script>"
            + REPORT
        ),
        True,
    ),
    "style": (html("<style>p{color:red}</style>" + REPORT), True),
    "noscript": (html("<noscript><p>Please enable JavaScript</p></noscript>" + REPORT), True),
    "vector graphics": (
        html("<svg><text>axis</text><foreignObject><p>x</p></foreignObject></svg>" + REPORT),
        True,
    ),
    "3 MB of spaces": (html("<p>" + " " * 3_000_000 + "x</p>" + REPORT), True),
    "marks of direction": (
        html("<p>The \u202eword\u202c was \u200fturned \u2066round\u2069.</p>" + REPORT),
        True,
    ),
    "null bytes": (html(REPORT).replace("noon", "no\x00on"), True),
    "broken characters": (html(REPORT + "<p>\ud83d &#xD83D; &#x110000; &#0; said it.</p>"), True),
    "200,000 angle brackets": ("<" * 200_000, None),
    "quotes in attributes": (html('<p title="a > b" class=\'x"y\'>The wall gave way.</p>' + REPORT), True),
    "JSON-LD of 100,000 brackets": (html(REPORT, JSON_LD + "[" * 100_000 + "</script>"), True),
    "JSON-LD nested 900 deep": (
        html(
            REPORT,
            JSON_LD + '{"@type":"NewsArticle","author":' + '{"name":' * 900 + '"x"' + "}" * 901 + "</script>",
        ),
        True,
    ),
    "words that repeat": (
        html("".join(f"<p>{w * 3_000}</p>" for w in ("A, ", "1/", "Photo: ", "20:", "(", "By ")) + REPORT),
        True,
    ),
    "a line of 150,000 letters": (html("<p>" + "A" * 150_000 + "</p>" + REPORT), True),
    "wrong encoding": (html(REPORT).replace("<head>", "<head><meta charset='utf-16'>").encode(), True),
}


@pytest.mark.parametrize("name", PAGES)
def test_hostile_page(name):
    data, found = PAGES[name]
    start = time.process_time()
    articles, rejected = extract([Page(name, data, "text/html")])
    assert time.process_time() - start < LIMIT
    assert len(articles) + len(rejected) == 1
    text = articles[0].text if articles else ""
    if found:
        assert PARAGRAPHS[2] in text
    if found is False:
        assert not articles
    assert not [leak for leak in LEAKS if leak in text]


@pytest.mark.parametrize("name", PAGES)
def test_hostile_page_as_text(name):
    start = time.process_time()
    extract([Page(name, PAGES[name][0], "text/plain")])
    assert time.process_time() - start < 2 * LIMIT


def mangled(data: bytes, chance: random.Random) -> bytes:
    """A page with some of its bytes changed, cut, moved or doubled."""
    for _ in range(chance.randint(1, 12)):
        a, b = sorted(chance.randrange(len(data) + 1) for _ in range(2))
        b = min(b, a + chance.choice((1, 3, 40, 2_000)))
        kind = chance.randrange(5)
        if kind == 0:
            data = data[:a] + bytes(chance.randrange(256) for _ in range(min(b - a, 40))) + data[b:]
        elif kind == 1:
            data = data[:a] + data[b:]
        elif kind == 2:
            data = data[:a] + data[a:b] * chance.choice((2, 3, 50)) + data[b:]
        elif kind == 3:
            data = (
                data[:a]
                + chance.choice((b"<", b">", b"&", b"<p>", b"</div>", b"\x00", b"\xff", b"<!--"))
                + data[a:]
            )
        else:
            at = chance.randrange(len(data) + 1)
            data = data[:a] + data[b:at] + data[a:b] + data[max(b, at) :]
    return data


def originals() -> list[bytes]:
    folder = Path(__file__).resolve().parents[2] / "benchmark" / "stories"
    return [p.read_bytes() for p in sorted(folder.glob("*/articles/*"))[::6]] or [page().encode()]


@pytest.mark.parametrize("count", [40, pytest.param(2_000, marks=pytest.mark.slow)])
def test_fuzzed_pages(count):
    chance = random.Random(7)
    pages = originals()
    for n in range(count):
        data = mangled(chance.choice(pages), chance)
        articles, rejected = extract([Page(str(n), data, chance.choice(("text/html", "text/plain")))])
        assert len(articles) + len(rejected) == 1
