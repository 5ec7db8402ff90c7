"""Addresses → pages, politely: a named agent, one request at a time per host, limits on everything."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from threading import Lock

import httpcore
import httpx
import msgspec

from consilience.model import Page, Rejected
from consilience.settings import Fetching, Settings
from consilience.sources.cache import Cache, Fetched, Saved, page_of
from consilience.sources.feeds import Address, is_list, read_list
from consilience.sources.network import Deadline, GuardedBackend, Refused, Resolver, resolve

PAUSE = 0.5  # seconds between two requests to one host
LONGEST_WAIT = 10.0  # seconds of a Retry-After that are waited for; a longer one is reported
DEEPEST_LIST = 2  # a sitemap index may name sitemaps, and no more
_PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml")
_LIST_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/gzip")
_REDIRECTS = (301, 302, 303, 307, 308)


class Failed(Exception):
    """Why a page was not fetched, in one line."""


@dataclass(frozen=True)
class _Answer:
    status: int
    url: str
    headers: dict[str, str]
    data: bytes


def agent() -> str:
    """The name under which pages are asked for."""
    try:
        return f"consilience/{version('consilience')} (reads news reports; one request at a time per host)"
    except PackageNotFoundError:
        return "consilience (reads news reports; one request at a time per host)"


class Fetcher:
    """Fetches pages under ``options``. ``resolver`` and ``backend`` stand in for the network in tests."""

    def __init__(
        self,
        options: Fetching,
        resolver: Resolver = resolve,
        backend: httpcore.NetworkBackend | None = None,
        pause: float = PAUSE,
    ) -> None:
        self.options = options
        self._resolver, self._backend, self._pause = resolver, backend, pause
        self._cache = Cache(options.cache)
        self._saved = Saved(options.save) if options.save else None
        self._lock = Lock()

    def pages(self, addresses: Iterable[Address]) -> Iterator[Page | Rejected]:
        """The pages at ``addresses`` in their order; a feed or sitemap gives the pages that it lists."""
        wave, depth = list(dict.fromkeys(addresses)), 0
        known = {a.url for a in wave}
        while wave:
            further: list[Address] = []
            for address, result in zip(wave, self._all(wave), strict=True):
                if isinstance(result, Rejected):
                    self._keep_reason(address, result.reason)
                    yield result
                    continue
                page, data = result
                if is_list(_unzipped(data, self.options.max_bytes)):
                    found, lists = read_list(_unzipped(data, self.options.max_bytes))
                    if not found and not (lists and depth < DEEPEST_LIST):
                        yield Rejected(address.url, "a list without addresses of pages")
                    further += [
                        a for a in [*found, *(lists if depth < DEEPEST_LIST else [])] if a.url not in known
                    ]
                    known |= {a.url for a in further}
                    continue
                yield self._page(address, page, data)
            wave, depth = list(dict.fromkeys(further)), depth + 1

    def _all(self, addresses: Sequence[Address]) -> list[tuple[Fetched, bytes] | Rejected]:
        """Each address fetched: hosts side by side, the addresses of one host after one another."""
        hosts: dict[str, list[int]] = {}
        for i, address in enumerate(addresses):
            hosts.setdefault(_host(address.url), []).append(i)
        results: dict[int, tuple[Fetched, bytes] | Rejected] = {}

        def serve(indices: list[int]) -> None:
            for n, i in enumerate(indices):
                if n and not self.options.offline:
                    time.sleep(self._pause)
                results[i] = self.fetch(addresses[i])

        with ThreadPoolExecutor(max_workers=max(1, self.options.concurrency)) as pool:
            list(pool.map(serve, hosts.values()))
        return [results[i] for i in range(len(addresses))]

    def fetch(self, address: Address) -> tuple[Fetched, bytes] | Rejected:
        """One address, from the cache where the server says that it has not changed."""
        known = self._cache.get(address.url)
        if self.options.offline:
            return known or Rejected(address.url, "not in the cache, and nothing is fetched offline")
        try:
            answer = self._follow(address.url, known[0] if known else None)
            if answer.status == 304 and known:
                return known
            page = self._checked(address, answer)
        except Failed as fault:
            return Rejected(address.url, str(fault))
        except Refused as fault:
            return Rejected(address.url, f"refused: {fault}")
        except httpcore.TimeoutException:
            return Rejected(address.url, f"no answer within {self.options.timeout:g} s")
        except (
            httpcore.NetworkError,
            httpcore.ProtocolError,
            httpcore.UnsupportedProtocol,
            OSError,
        ) as fault:
            return Rejected(address.url, f"cannot be fetched: {str(fault) or type(fault).__name__}")
        self._cache.put(page, answer.data)
        return page, answer.data

    def _follow(self, url: str, known: Fetched | None) -> _Answer:
        deadline = Deadline(self.options.timeout)
        here, waited = _parsed(url), False
        for _ in range(self.options.max_redirects + 2):
            answer = self._get(here, known if str(here) == url else None, deadline)
            if answer.status in _REDIRECTS:
                target = answer.headers.get("location")
                if not target:
                    raise Failed(f"HTTP {answer.status} without an address to go to")
                here = _parsed(str(here.join(target)))
                continue
            if answer.status in (429, 503) and not waited:
                pause = _retry_after(answer.headers.get("retry-after"))
                if pause is not None and pause <= min(LONGEST_WAIT, deadline.left()):
                    time.sleep(pause)
                    waited = True
                    continue
            return answer
        raise Failed(f"more than {self.options.max_redirects} redirects")

    def _get(self, url: httpx.URL, known: Fetched | None, deadline: Deadline) -> _Answer:
        headers = [
            ("Host", url.netloc.decode("ascii")),
            ("User-Agent", agent()),
            ("Accept", "text/html,application/xhtml+xml,text/plain;q=0.9,application/xml;q=0.8,*/*;q=0.1"),
            ("Accept-Language", "en,*;q=0.5"),
            ("Accept-Encoding", "gzip, deflate"),
        ]
        if known and known.etag:
            headers.append(("If-None-Match", known.etag))
        if known and known.modified:
            headers.append(("If-Modified-Since", known.modified))
        backend = GuardedBackend(deadline, self.options.allow_private, self._resolver, self._backend)
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        with (
            httpcore.ConnectionPool(
                network_backend=backend, retries=0, ssl_context=httpx.create_ssl_context()
            ) as pool,
            pool.stream("GET", target, headers=headers) as response,
        ):
            found = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in response.headers}
            wanted = response.status == 200
            data = self._body(response, found, deadline) if wanted else b""
        return _Answer(response.status, str(url), found, data)

    def _body(self, response: httpcore.Response, headers: dict[str, str], deadline: Deadline) -> bytes:
        kind = headers.get("content-type", "").split(";")[0].strip().lower()
        if kind and kind not in _PAGE_TYPES + _LIST_TYPES:
            raise Failed(f"{kind} is no page")
        size = headers.get("content-length", "")
        if size.isdigit() and int(size) > self.options.max_bytes:
            raise Failed(f"larger than {self.options.max_bytes:,} bytes")
        unpack = _Unpacker(headers.get("content-encoding", ""), self.options.max_bytes)
        out: list[bytes] = []
        for chunk in response.iter_stream():
            deadline.left()
            out.append(unpack.feed(chunk))
        out.append(unpack.finish())
        return b"".join(out)

    def _checked(self, address: Address, answer: _Answer) -> Fetched:
        if answer.status != 200:
            later = answer.headers.get("retry-after")
            raise Failed(f"HTTP {answer.status}" + (f", to be asked again after {later}" if later else ""))
        if not answer.data.strip():
            raise Failed("an empty page")
        kind, _, rest = answer.headers.get("content-type", "").partition(";")
        charset = rest.lower().partition("charset=")[2].split(";")[0].strip(" \"'") or None
        return Fetched(
            address=address.url,
            url=answer.url,
            media_type="text/plain" if kind.strip().lower() == "text/plain" else "text/html",
            fetched=datetime.now(UTC).isoformat(timespec="seconds"),
            charset=charset,
            etag=answer.headers.get("etag"),
            modified=answer.headers.get("last-modified"),
        )

    def _page(self, address: Address, page: Fetched, data: bytes) -> Page:
        page = msgspec.structs.replace(page, credit=address.credit, published=address.published)
        if self._saved:
            with self._lock:
                self._saved.add(page, data)
        return page_of(page, data)

    def _keep_reason(self, address: Address, reason: str) -> None:
        if self._saved:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            with self._lock:
                self._saved.add(Fetched(address.url, address.url, "", now, reason=reason), None)


def fetch_pages(addresses: Iterable[Address], settings: Settings) -> Iterator[Page | Rejected]:
    """The pages at ``addresses`` under the settings of the run."""
    yield from Fetcher(settings.fetching).pages(addresses)


class _Unpacker:
    """Decompression that never holds more than the limit (a gzip bomb stops there)."""

    def __init__(self, encoding: str, limit: int) -> None:
        encoding = encoding.strip().lower()
        if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise Failed(f"packed as {encoding!r}, which was not asked for")
        self._unpack = None if encoding in ("", "identity") else zlib.decompressobj(47)
        self._raw = encoding == "deflate"
        self._limit, self._size = limit, 0

    def feed(self, chunk: bytes) -> bytes:
        """What ``chunk`` adds. Raises ``Failed`` past the limit, or where the packing is broken."""
        if self._unpack is None:
            return self._counted(chunk)
        try:
            data = self._unpack.decompress(chunk, self._limit - self._size + 1)
        except zlib.error:
            if not self._raw or self._size:
                raise Failed("its compression is broken") from None
            self._unpack, self._raw = zlib.decompressobj(-15), False  # deflate without a header
            return self.feed(chunk)
        return self._counted(data)

    def finish(self) -> bytes:
        """What is left at the end."""
        return self._counted(self._unpack.flush()) if self._unpack is not None else b""

    def _counted(self, data: bytes) -> bytes:
        self._size += len(data)
        if self._size > self._limit:
            raise Failed(f"larger than {self._limit:,} bytes")
        return data


def _unzipped(data: bytes, limit: int) -> bytes:
    """A list that came as a .gz file, unpacked; anything else as it is."""
    if data[:2] != b"\x1f\x8b":
        return data
    try:
        return _Unpacker("gzip", limit).feed(data)
    except Failed:
        return data


def _host(url: str) -> str:
    try:
        return httpx.URL(url).host
    except (httpx.InvalidURL, ValueError):
        return ""


def _parsed(url: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError):
        raise Failed("no address that can be fetched") from None
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise Failed(f"no web address: {parsed.scheme or 'no scheme'}")
    if b"%" in parsed.raw_host:  # what no host name holds, quoted
        raise Failed("no address that can be fetched")
    if parsed.userinfo:
        raise Failed("an address with a user name in it is not fetched")
    return parsed.copy_with(fragment=None)


def _retry_after(value: str | None) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110: seconds or a date)."""
    if not value:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None
