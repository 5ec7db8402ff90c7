"""Files, folders, standard input: every input gives a page or a line that says why not."""

# ruff: noqa: E501 (pages and tables stay on their lines)
from __future__ import annotations

import gzip
import io
import json

import pytest

from consilience.model import Page, Rejected
from consilience.settings import Settings
from consilience.sources import read_pages
from consilience.sources.feeds import Address, read_list
from consilience.sources.network import is_public
from consilience.sources.reading import _addresses
from tests.sources.server import PAGE

TEXT = "The harbour wall gave way on Monday, and four fishing boats sank."


def read(*inputs, **parts):
    return list(read_pages([str(i) for i in inputs], **parts))


@pytest.mark.parametrize(
    "name, data, kind",
    [
        ("a.txt", TEXT.encode(), "text/plain"),
        ("a.html", PAGE.encode(), "text/html"),
        ("a.HTM", PAGE.encode(), "text/html"),
        ("a", PAGE.encode(), "text/html"),
        ("a.md", TEXT.encode(), "text/plain"),
        ("a.txt", b"<not html, but it begins so", "text/plain"),
    ],
)
def test_files(tmp_path, name, data, kind):
    path = tmp_path / name
    path.write_bytes(data)
    assert read(path) == [Page(str(path), data, kind)]


@pytest.mark.parametrize(
    "name, data, reason",
    [
        ("a.txt", b"", "empty file"),
        ("a.html", b" \n ", "empty file"),
        ("a.html", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "binary file, not a page"),
        ("a.html", b"%PDF-1.7 ...", "binary file, not a page"),
        ("a.txt", bytes(5_000), "binary file, not a page"),
        ("a.json", b"{", "not JSON: Expecting property name enclosed in double quotes"),
        ("a.json", b"3", "not a JSON object"),
        ("a.json", b"{}", "neither text nor html in the object"),
        ("a.warc", b"no archive", None),
        ("a.xml", b"<rss><channel></channel></rss>", "a list without addresses of pages"),
    ],
)
def test_bad_files(tmp_path, name, data, reason):
    path = tmp_path / name
    path.write_bytes(data)
    (found,) = read(path)
    assert isinstance(found, Rejected) and found.source == str(path) and "\n" not in found.reason
    assert reason is None or found.reason == reason


def test_wide_encodings_are_no_binaries(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode("utf-16"))
    assert isinstance(read(path)[0], Page)


def test_too_large(tmp_path):
    path = tmp_path / "a.html"
    path.write_bytes(b"x" * 2_000)
    assert read(path, settings=Settings(max_page_bytes=1_000)) == [
        Rejected(str(path), "larger than 1,000 bytes")
    ]


def test_folder_in_the_order_of_names(tmp_path):
    for name in ("b.txt", "a.html", "sub/c.txt", "ignored.png", ".hidden.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    assert [p.source.removeprefix(f"{tmp_path}/") for p in read(tmp_path)] == ["a.html", "b.txt", "sub/c.txt"]


def test_folder_and_file_that_are_not(tmp_path):
    (empty,) = read(tmp_path)
    assert empty.reason.startswith("nothing readable in the folder")
    assert read(tmp_path / "none") == [Rejected(str(tmp_path / "none"), "no such file or folder")]
    assert isinstance(read("a\x00b")[0], Rejected)


def test_json_lines():
    lines = [
        json.dumps(
            {
                "id": "x",
                "title": "T",
                "text": TEXT,
                "url": "https://a.example/1",
                "outlet": "O",
                "published": "2026-02-02",
            }
        ),
        json.dumps({"html": PAGE}),
        "",
        "[1]",
        "{",
        json.dumps({"id": 7, "text": " "}),
        json.dumps({"id": 8, "text": TEXT}),
    ]
    found = read("-", stdin=io.BytesIO("\n".join(lines).encode()))
    assert found[0] == Page(
        "x", TEXT, "text/plain", url="https://a.example/1", outlet="O", title="T", published="2026-02-02"
    )
    assert found[1] == Page("-:2", PAGE, "text/html")
    assert [(r.source, r.reason) for r in found[2:5]] == [
        ("-:4", "not a JSON object"),
        ("-:5", "not JSON: Expecting property name enclosed in double quotes"),
        ("-:6", "neither text nor html in the object"),
    ]
    assert found[5] == Page("8", TEXT, "text/plain")


def test_json_lines_of_a_file_with_bad_bytes(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(json.dumps({"text": TEXT}).encode() + b'\n{"text": "\xff"}\n')
    good, bad = read(path)
    assert isinstance(good, Page) and bad.reason.startswith("not JSON")


def test_no_standard_input():
    assert read("-") == [Rejected("-", "no standard input")]


def test_news_please_and_ninjs(tmp_path):
    news = {
        "title": "T",
        "maintext": TEXT,
        "url": "https://a.example/1",
        "source_domain": "a.example",
        "date_publish": "2026-02-02 15:00:00",
    }
    (tmp_path / "n.json").write_text(json.dumps(news))
    (page,) = read(tmp_path / "n.json")
    assert (page.data, page.title, page.outlet, page.published) == (
        TEXT,
        "T",
        "a.example",
        "2026-02-02 15:00:00",
    )
    ninjs = [
        {
            "uri": "urn:1",
            "headline": "T",
            "body_text": TEXT,
            "versioncreated": "2026-02-02T15:00:00Z",
            "creditline": "APX",
        }
    ]
    (tmp_path / "j.json").write_text(json.dumps(ninjs))
    (page,) = read(tmp_path / "j.json")
    assert (page.source, page.title, page.credit) == ("urn:1", "T", "APX")


NITF = f"""<?xml version="1.0"?><nitf><head><docdata><date.issue norm="20260202T150000Z"/></docdata></head>
<body><body.head><hedline><hl1>Wall gives way</hl1></hedline></body.head><body.content><p>{TEXT}</p>
<media><media-caption><p>The wall</p></media-caption></media><p>It was old.</p></body.content></body></nitf>"""
NEWSML = f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="g1"><itemMeta><versionCreated>2026-02-02T15:00:00Z
</versionCreated></itemMeta><contentMeta><headline>Wall gives way</headline><creditline>APX</creditline></contentMeta>
<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{TEXT}</p><p>It was old.</p></body></html>
</inlineXML></contentSet></newsItem>"""


@pytest.mark.parametrize("data, credit", [(NITF, None), (NEWSML, "APX")])
def test_agency_formats(tmp_path, data, credit):
    path = tmp_path / "a.xml"
    path.write_text(data)
    (page,) = read(path)
    assert page.data == f"{TEXT}\n\nIt was old." and page.title == "Wall gives way" and page.credit == credit
    assert page.published.replace("-", "").startswith("20260202")


def test_warc(tmp_path):
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    path = tmp_path / "a.warc.gz"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for url, kind, status in (
            ("https://a.example/1", "text/html; charset=utf-8", "200 OK"),
            ("https://a.example/2", "image/png", "200 OK"),
            ("https://a.example/3", "text/html", "404 Not Found"),
        ):
            headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.0")
            record = writer.create_warc_record(
                url, "response", payload=io.BytesIO(PAGE.encode()), http_headers=headers
            )
            writer.write_record(record)
    assert read(path) == [
        Page("https://a.example/1", PAGE.encode(), "text/html", charset="utf-8", url="https://a.example/1")
    ]
    cut = tmp_path / "cut.warc.gz"
    cut.write_bytes(path.read_bytes()[:300])
    assert all(isinstance(p, Page | Rejected) for p in read(cut))


@pytest.mark.parametrize(
    "data, pages, lists",
    [
        (
            b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='https://a.example/1'/><published>2026</published></entry></feed>",
            [Address("https://a.example/1", None, "2026")],
            [],
        ),
        (
            b"<rss><channel><item><guid>https://a.example/2</guid><source>W</source></item></channel></rss>",
            [Address("https://a.example/2", "W")],
            [],
        ),
        (b"<rss><channel><item><link>javascript:alert(1)</link></item></channel></rss>", [], []),
        (
            b"<sitemapindex><sitemap><loc>https://a.example/s</loc></sitemap></sitemapindex>",
            [],
            [Address("https://a.example/s")],
        ),
        (
            b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><rss><channel><item><link>https://a.example/&e;</link></item></channel></rss>',
            [Address("https://a.example/")],
            [],
        ),
        (b"not xml", [], []),
    ],
)
def test_lists(data, pages, lists):
    assert read_list(data) == (pages, lists)


def test_file_of_addresses():
    assert _addresses(b"# my list\nhttps://a.example/1\n\nhttps://a.example/2\n") == [
        Address("https://a.example/1"),
        Address("https://a.example/2"),
    ]
    assert _addresses(b"https://a.example/1 is where I read it.\n") == []
    assert _addresses(TEXT.encode()) == []


@pytest.mark.parametrize(
    "address, public",
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("::1", False),
        ("169.254.1.1", False),
        ("fe80::1%eth0", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:7f00:1::", False),
        ("224.0.0.1", False),
        ("0.0.0.0", False),
        ("100.64.1.1", False),
        ("name", False),
    ],
)
def test_is_public(address, public):
    assert is_public(address) is public


def test_zipped_sitemap_is_opened_with_a_limit():
    from consilience.sources.fetching import _unzipped

    assert _unzipped(gzip.compress(b"<urlset/>"), 100) == b"<urlset/>"
    bomb = gzip.compress(bytes(10_000_000))
    assert _unzipped(bomb, 1_000) == bomb
