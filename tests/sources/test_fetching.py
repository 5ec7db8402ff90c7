"""Fetching from a real server on this machine that answers badly in every way."""

from __future__ import annotations

import time
from dataclasses import replace

import httpcore
import pytest

from consilience.model import Page, Rejected
from consilience.settings import Fetching
from consilience.sources import read_pages
from consilience.sources.cache import INDEX, read_index
from consilience.sources.feeds import Address
from consilience.sources.fetching import Fetcher
from tests.sources.server import PAGE, running


@pytest.fixture(scope="module")
def server():
    with running() as (base, asked):
        yield base, asked


@pytest.fixture
def options(tmp_path):
    return Fetching(allow_private=True, timeout=1.5, max_bytes=200_000, cache=tmp_path / "cache")


def fetch(options, *urls, **parts):
    return list(Fetcher(options, pause=0.0, **parts).pages([Address(url) for url in urls]))


def test_a_page(server, options):
    base, asked = server
    page = fetch(options, f"{base}/page")[0]
    assert isinstance(page, Page)
    assert (page.source, page.url, page.media_type, page.charset) == (
        f"{base}/page",
        f"{base}/page",
        "text/html",
        "utf-8",
    )
    assert page.data == PAGE.encode()
    headers = next(h for path, h, _ in asked if path == "/page")
    assert headers["User-Agent"].startswith("consilience") and headers["Host"] in base


@pytest.mark.parametrize("path", ["/zipped", "/hop"])
def test_unpacked_and_redirected(server, options, path):
    page = fetch(options, server[0] + path)[0]
    assert page.data == PAGE.encode()
    assert page.url == server[0] + ("/page" if path == "/hop" else path)


def test_charset_of_the_header(server, options):
    page = fetch(options, server[0] + "/latin")[0]
    assert page.charset == "iso-8859-1" and "mäster".encode("latin-1") in page.data


@pytest.mark.parametrize(
    "path, reason",
    [
        ("/missing", "HTTP 404"),
        ("/empty", "an empty page"),
        ("/picture", "image/png is no page"),
        ("/large", "larger than 200,000 bytes"),
        ("/endless", "larger than 200,000 bytes"),
        ("/bomb", "larger than 200,000 bytes"),
        ("/brotli", "packed as 'br', which was not asked for"),
        ("/broken-gzip", "its compression is broken"),
        ("/loop", "more than 5 redirects"),
        ("/nowhere", "HTTP 302 without an address to go to"),
        ("/to-file", "no web address: file"),
        ("/very-busy", "HTTP 429, to be asked again after 3600"),
        ("/slow", "no answer within 1.5 s"),
        ("/dripping", "no answer within 1.5 s"),
        ("/header-drip", "no answer within 1.5 s"),
    ],
)
def test_bad_answers(server, options, path, reason):
    start = time.monotonic()
    assert fetch(options, server[0] + path) == [Rejected(server[0] + path, reason)]
    assert time.monotonic() - start < 3.5


@pytest.mark.parametrize("path", ["/garbage", "/cut-off"])
def test_broken_answers(server, options, path):
    found = fetch(options, server[0] + path)[0]
    assert isinstance(found, Rejected) and found.reason.startswith("cannot be fetched")
    assert "\n" not in found.reason


def test_asked_again_after_a_while(server, options):
    assert isinstance(fetch(replace(options, timeout=5), server[0] + "/busy")[0], Page)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/",
        "http://localhost/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/",
        "http://0.0.0.0/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "http://[fe80::1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://100.64.0.1/",
    ],
)
def test_private_addresses_are_refused(options, url):
    found = fetch(replace(options, allow_private=False), url)[0]
    assert isinstance(found, Rejected)
    assert found.reason.startswith(("refused: ", "cannot be fetched: no such host"))


class _Elsewhere(httpcore.SyncBackend):
    """Connects to the test's server whatever the address."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self.port, self.connected = port, []

    def connect_tcp(self, host, port, *args, **kwargs):
        self.connected.append(host)
        return super().connect_tcp("127.0.0.1", self.port, *args, **kwargs)


@pytest.mark.parametrize("path", ["/to-metadata", "/to-inside"])
def test_redirects_to_private_addresses_are_refused(server, options, path):
    names = {"public.example": ["93.184.216.34"], "inside.example": ["93.184.216.34", "10.1.2.3"]}
    backend = _Elsewhere(int(server[0].rsplit(":", 1)[1]))
    found = fetch(
        replace(options, allow_private=False),
        f"http://public.example{path}",
        resolver=lambda host, port: names.get(host, [host]),
        backend=backend,
    )[0]
    assert isinstance(found, Rejected) and found.reason.startswith("refused: ")
    assert backend.connected == ["93.184.216.34"]


def test_a_name_is_resolved_once_per_connection(server, options):
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    backend = _Elsewhere(int(server[0].rsplit(":", 1)[1]))
    found = fetch(
        replace(options, allow_private=False),
        "http://rebinding.example/page",
        resolver=lambda host, port: next(answers),
        backend=backend,
    )[0]
    assert isinstance(found, Page) and backend.connected == ["93.184.216.34"]


@pytest.mark.parametrize(
    "url, reason",
    [
        ("ftp://a.example/x", "no web address: ftp"),
        ("http://user:secret@a.example/", "an address with a user name in it is not fetched"),
        ("http://", "no web address: http"),
        ("http://[bad", "no address that can be fetched"),
    ],
)
def test_addresses_that_are_none(options, url, reason):
    assert fetch(options, url) == [Rejected(url, reason)]


def test_cache_asks_again_and_offline_does_not(server, options):
    base, asked = server
    url = f"{base}/page?cached"
    first = fetch(options, url)[0]
    again = fetch(options, url)[0]
    assert again == first
    sent = [h for path, h, _ in asked if path == "/page?cached"]
    assert "If-None-Match" not in sent[0] and sent[1]["If-None-Match"] == '"v1"'
    offline = replace(options, offline=True)
    assert fetch(offline, url) == [first]
    assert fetch(offline, f"{base}/never") == [
        Rejected(f"{base}/never", "not in the cache, and nothing is fetched offline")
    ]
    assert len([1 for path, _, _ in asked if path == "/page?cached"]) == 2


def test_one_at_a_time_per_host(server, options):
    base, asked = server
    urls = [f"{base}/page?serial={n}" for n in range(3)]
    list(Fetcher(options, pause=0.2).pages([Address(u) for u in urls]))
    moments = [at for path, _, at in asked if "serial" in path]
    assert all(b - a >= 0.19 for a, b in zip(moments, moments[1:], strict=False))


def test_feed_keeps_the_credit(server, options):
    page, missing = fetch(options, server[0] + "/feed")
    assert (page.credit, page.published) == ("Norwire", "Mon, 02 Feb 2026 15:00:00 GMT")
    assert missing.reason == "HTTP 404"


def test_sitemap_of_sitemaps(server, options):
    (page,) = fetch(options, server[0] + "/sitemap")
    assert page.source == server[0] + "/page" and page.published == "2026-02-02"


def test_saved_folder_gives_the_same_pages(server, options, tmp_path):
    kept = tmp_path / "kept"
    found = fetch(replace(options, save=kept), server[0] + "/page", server[0] + "/missing")
    assert (kept / INDEX).is_file() and len(read_index(kept)) == 2
    assert sorted(map(str, read_pages([str(kept)]))) == sorted(map(str, found))
