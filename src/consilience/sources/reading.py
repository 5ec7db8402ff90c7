"""Inputs as the user names them → pages, or the reason why not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from consilience.model import Page, Rejected
from consilience.settings import Settings
from consilience.sources.archives import is_newsml, json_fields, newsml_pages, warc_pages
from consilience.sources.cache import INDEX, page_of, read_index
from consilience.sources.feeds import Address, is_list, read_list

_HTML = {".html", ".htm", ".xhtml"}
_TEXT = {".txt", ".text"}
_LINES = {".jsonl", ".ndjson"}
_XML = {".xml", ".nitf", ".rss", ".atom"}
_WARC = (".warc", ".warc.gz")
_KNOWN = _HTML | _TEXT | _LINES | _XML | {".json", ".warc"}
_BINARY_SAMPLE = 4096  # bytes looked at to tell a binary file
_ADDRESS = re.compile(r"https?://\S+", re.I)
_LONGEST_LIST = 2_000_000  # bytes of a file of addresses


def read_pages(
    inputs: Iterable[str], stdin: IO[bytes] | IO[str] | None = None, settings: Settings | None = None
) -> Iterator[Page | Rejected]:
    """The pages of ``inputs``: files, folders (in the order of their names), addresses, "-".

    Files: text, HTML, JSON lines, JSON (an article, or a list of them; news-please and ninjs too), WARC,
    NITF and NewsML-G2, feeds and sitemaps, and text files of addresses, one a line. "-" reads JSON lines
    from ``stdin``. Addresses come last, fetched together. An input that cannot be read is one
    ``Rejected`` with the reason; the others go on.
    """
    settings = settings or Settings()
    addresses: list[Address] = []
    for name in inputs:
        found: Iterator[Page | Rejected | Address]
        if name == "-":
            found = _stdin(stdin, settings)
        elif _ADDRESS.fullmatch(name):
            addresses.append(Address(name))
            continue
        else:
            found = _path(name, settings)
        for item in found:
            if isinstance(item, Address):
                addresses.append(item)
            else:
                yield item
    if addresses:
        from consilience.sources.fetching import fetch_pages  # loads the network's libraries: not for files

        yield from fetch_pages(addresses, settings)


def _path(name: str, settings: Settings) -> Iterator[Page | Rejected | Address]:
    path = Path(name)
    try:
        if path.is_dir():
            yield from _folder(path, settings)
        elif path.exists():
            yield from _file(path, settings)
        else:
            yield Rejected(name, "no such file or folder")
    except (OSError, ValueError) as fault:  # a name that no file system takes
        yield Rejected(name, f"cannot be read: {getattr(fault, 'strerror', None) or fault}")


def _folder(folder: Path, settings: Settings) -> Iterator[Page | Rejected | Address]:
    if (folder / INDEX).is_file():
        yield from _saved(folder)
        return
    found = False
    for path in sorted(folder.rglob("*")):
        known = path.suffix.lower() in _KNOWN or path.name.lower().endswith(_WARC)
        if known and path.is_file() and not path.name.startswith("."):
            found = True
            yield from _file(path, settings)
    if not found:
        yield Rejected(
            str(folder), "nothing readable in the folder (.txt, .html, .htm, .jsonl, .json, .xml, .warc)"
        )


def _saved(folder: Path) -> Iterator[Page | Rejected]:
    """A folder that ``--save`` filled: the same pages under the same addresses."""
    for page in read_index(folder):
        if not page.file:
            yield Rejected(page.address, page.reason)
            continue
        try:
            yield page_of(page, (folder / Path(page.file).name).read_bytes())
        except OSError as fault:
            yield Rejected(page.address, f"its saved file cannot be read: {fault.strerror or fault}")


def _file(path: Path, settings: Settings) -> Iterator[Page | Rejected | Address]:
    source = str(path)
    suffix = path.suffix.lower()
    try:
        if suffix in _LINES:
            with path.open("rb") as lines:
                yield from json_lines(lines, source, settings)
            return
        if path.name.lower().endswith(_WARC):
            with path.open("rb") as file:
                yield from warc_pages(file, source, settings)
            return
        if path.stat().st_size > settings.max_page_bytes:
            yield Rejected(source, f"larger than {settings.max_page_bytes:,} bytes")
            return
        data = path.read_bytes()
    except OSError as fault:
        yield Rejected(source, f"cannot be read: {fault.strerror or fault}")
        return
    if not data.strip():
        yield Rejected(source, "empty file")
    elif _is_binary(data):
        yield Rejected(source, "binary file, not a page")
    else:
        yield from _content(data, source, suffix)


def _content(data: bytes, source: str, suffix: str) -> Iterator[Page | Rejected | Address]:
    if suffix == ".json":
        yield from _json_file(data, source)
    elif suffix not in _HTML | _TEXT and is_newsml(data):
        yield from newsml_pages(data, source)
    elif suffix not in _HTML | _TEXT and is_list(data):
        pages, lists = read_list(data)
        yield from [*pages, *lists] or [Rejected(source, "a list without addresses of pages")]
    elif suffix not in _HTML and (addresses := _addresses(data)):
        yield from addresses
    else:
        html = suffix in _HTML or (suffix not in _TEXT and data[:200].lstrip()[:1] == b"<")
        yield Page(source, data, "text/html" if html else "text/plain")


def _addresses(data: bytes) -> list[Address]:
    """The addresses of a file that holds nothing else but comments ("# …"); [] for any other file."""
    if len(data) > _LONGEST_LIST or not data.lstrip()[:8].lower().startswith((b"http", b"#")):
        return []
    lines = [line.strip() for line in data.decode("utf-8", "replace").splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    return [Address(line) for line in lines] if lines and all(_ADDRESS.fullmatch(x) for x in lines) else []


def _json_file(data: bytes, source: str) -> Iterator[Page | Rejected]:
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as fault:
        yield Rejected(source, f"not JSON: {getattr(fault, 'msg', None) or fault}")
        return
    items = content if isinstance(content, list) else [content]
    for number, item in enumerate(items, 1):
        yield _json_page(item, source if len(items) == 1 else f"{source}:{number}")


def _is_binary(data: bytes) -> bool:
    head = data[:_BINARY_SAMPLE]
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return False
    if head.startswith(
        (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\x7fELF")
    ):
        return True
    control = sum(c < 9 or 13 < c < 27 or 27 < c < 32 for c in head)
    return control > len(head) // 20


def _stdin(stdin: IO[bytes] | IO[str] | None, settings: Settings) -> Iterator[Page | Rejected]:
    if stdin is None:
        yield Rejected("-", "no standard input")
        return
    yield from json_lines(stdin, "-", settings)


def json_lines(
    lines: Iterable[bytes] | Iterable[str], source: str, settings: Settings
) -> Iterator[Page | Rejected]:
    """One page per line: an object with ``id``, ``title``, ``text`` or ``html``, ``url``, ``outlet``,
    ``published``; a line that is none is rejected with its number.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{source}:{number}"
        if len(line) > settings.max_page_bytes:
            yield Rejected(where, f"larger than {settings.max_page_bytes:,} bytes")
            continue
        try:
            item = json.loads(line)
        except (ValueError, RecursionError) as fault:
            yield Rejected(where, f"not JSON: {getattr(fault, 'msg', None) or fault}")
            continue
        yield _json_page(item, where)


def _json_page(item: Any, where: str) -> Page | Rejected:
    if not isinstance(item, dict):
        return Rejected(where, "not a JSON object")
    item = json_fields(item)
    name = _word(item.get("id")) or where
    html, text = item.get("html"), item.get("text")
    body = html if isinstance(html, str) and html.strip() else text
    if not isinstance(body, str) or not body.strip():
        return Rejected(where, "neither text nor html in the object")
    return Page(
        source=name,
        data=body,
        media_type="text/html" if body is html else "text/plain",
        url=_word(item.get("url")),
        outlet=_word(item.get("outlet")),
        title=_word(item.get("title")),
        published=_word(item.get("published")),
        credit=_word(item.get("credit")),
    )


def _word(value: Any) -> str | None:
    if isinstance(value, int | str) and not isinstance(value, bool):
        return str(value).strip() or None
    return None
