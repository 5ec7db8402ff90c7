"""A web server on this machine that answers badly in every way; it stops with its ``with`` block."""

# ruff: noqa: E501 (pages and tables stay on their lines)
from __future__ import annotations

import gzip
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = (
    "<html><head><title>Harbour wall gives way</title></head><body><h1>Harbour wall gives way</h1>"
    + "<p>The harbour wall gave way on Monday, and four fishing boats sank within minutes, the master said.</p>"
    * 2
    + "</body></html>"
)
SLOWEST = 4.0  # seconds after which every answer ends by itself
RSS = """<?xml version="1.0"?><rss><channel><item><title>Wall</title><link>{0}/page</link>
<pubDate>Mon, 02 Feb 2026 15:00:00 GMT</pubDate><source url="https://wire.example">Norwire</source></item>
<item><link>{0}/missing</link></item></channel></rss>"""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: object) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers), time.monotonic()))  # type: ignore[attr-defined]
        name = self.path.split("?")[0].strip("/").replace("-", "_") or "page"
        with suppress(BrokenPipeError, ConnectionResetError):
            getattr(self, f"get_{name}", self.get_missing)()

    def answer(
        self, data: bytes, status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str
    ) -> None:
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def get_page(self) -> None:
        if self.headers.get("If-None-Match") == '"v1"':
            self.answer(b"", 304, ETag='"v1"')
        else:
            self.answer(PAGE.encode(), ETag='"v1"', Last_Modified="Mon, 02 Feb 2026 15:00:00 GMT")

    def get_zipped(self) -> None:
        self.answer(gzip.compress(PAGE.encode()), Content_Encoding="gzip")

    def get_latin(self) -> None:
        self.answer(PAGE.replace("master", "mäster").encode("latin-1"), kind="text/html; charset=ISO-8859-1")

    def get_missing(self) -> None:
        self.answer(b"<h1>Not found</h1>", 404)

    def get_empty(self) -> None:
        self.answer(b"")

    def get_picture(self) -> None:
        self.answer(b"\x89PNG....", kind="image/png")

    def get_large(self) -> None:
        self.answer(b"x" * 300_000)

    def get_bomb(self) -> None:
        self.answer(gzip.compress(b"\x00" * 50_000_000), Content_Encoding="gzip")

    def get_brotli(self) -> None:
        self.answer(b"\x0b\x02\x80", Content_Encoding="br")

    def get_broken_gzip(self) -> None:
        self.answer(b"not gzip at all", Content_Encoding="gzip")

    def get_loop(self) -> None:
        self.answer(b"", 302, Location="/loop")

    def get_hop(self) -> None:
        self.answer(b"", 301, Location="/page")

    def get_nowhere(self) -> None:
        self.answer(b"", 302)

    def get_to_file(self) -> None:
        self.answer(b"", 302, Location="file:///etc/passwd")

    def get_to_metadata(self) -> None:
        self.answer(b"", 302, Location="http://169.254.169.254/latest/meta-data/")

    def get_to_inside(self) -> None:
        self.answer(b"", 302, Location="http://inside.example/secret")

    def get_busy(self) -> None:
        first = not any(path == "/busy" for path, _, _ in self.server.asked[:-1])  # type: ignore[attr-defined]
        if first:
            self.answer(b"", 429, Retry_After="1")
        else:
            self.answer(PAGE.encode())

    def get_very_busy(self) -> None:
        self.answer(b"", 429, Retry_After="3600")

    def get_slow(self) -> None:
        time.sleep(SLOWEST)
        self.answer(PAGE.encode())

    def _drip(self, piece: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        end = time.monotonic() + SLOWEST
        while time.monotonic() < end:
            self.wfile.write(piece)
            time.sleep(0.02)

    def get_endless(self) -> None:
        self._drip(b"word " * 2_000)

    def get_dripping(self) -> None:
        self._drip(b".")

    def get_header_drip(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        end = time.monotonic() + SLOWEST
        self.close_connection = True
        while time.monotonic() < end:
            self.wfile.write(b"X-A: b\r\n")
            time.sleep(0.05)

    def get_garbage(self) -> None:
        self.close_connection = True
        self.wfile.write(b"\x16\x03\x01 what is this\r\n\r\n")

    def get_cut_off(self) -> None:
        self.close_connection = True
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 900\r\n\r\n<p>The")

    def get_feed(self) -> None:
        base = f"http://{self.headers['Host']}"
        self.answer(RSS.format(base).encode(), kind="application/rss+xml")

    def get_sitemap(self) -> None:
        base = f"http://{self.headers['Host']}"
        self.answer(
            f"<sitemapindex><sitemap><loc>{base}/sitemap-1</loc></sitemap></sitemapindex>".encode(),
            kind="text/xml",
        )

    def get_sitemap_1(self) -> None:
        base = f"http://{self.headers['Host']}"
        data = f"<urlset><url><loc>{base}/page</loc><lastmod>2026-02-02</lastmod></url></urlset>"
        self.answer(gzip.compress(data.encode()), kind="application/gzip")


@contextmanager
def running():
    """The server's base address and the list of what it was asked: (path, headers, moment)."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.asked = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", server.asked  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
