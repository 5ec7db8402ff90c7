"""Inputs as the user names them → pages, or the reason why not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from consilience.model import Page, Rejected
from consilience.settings import Settings

_HTML = {".html", ".htm", ".xhtml"}
_TEXT = {".txt", ".text"}
_LINES = {".jsonl", ".ndjson"}
_BINARY_SAMPLE = 4096  # bytes looked at to tell a binary file


def read_pages(
    inputs: Iterable[str], stdin: IO[bytes] | IO[str] | None = None, settings: Settings | None = None
) -> Iterator[Page | Rejected]:
    """The pages of ``inputs``: files, folders (searched through, in the order of their names), "-".

    "-" reads JSON lines from ``stdin``. An input that cannot be read is one ``Rejected`` with the
    reason; the others go on.
    """
    settings = settings or Settings()
    for name in inputs:
        if name == "-":
            yield from _stdin(stdin)
            continue
        path = Path(name)
        if path.is_dir():
            yield from _folder(path, settings)
        elif path.exists():
            yield from _file(path, settings)
        else:
            yield Rejected(name, "no such file or folder")


def _folder(folder: Path, settings: Settings) -> Iterator[Page | Rejected]:
    found = False
    known = _HTML | _TEXT | _LINES
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in known and path.is_file() and not path.name.startswith("."):
            found = True
            yield from _file(path, settings)
    if not found:
        yield Rejected(str(folder), "nothing readable in the folder (.txt, .html, .htm, .jsonl)")


def _file(path: Path, settings: Settings) -> Iterator[Page | Rejected]:
    source = str(path)
    suffix = path.suffix.lower()
    try:
        if suffix in _LINES:
            with path.open("rb") as lines:
                yield from json_lines(lines, source, settings)
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
        html = suffix in _HTML or (suffix not in _TEXT and data[:200].lstrip()[:1] == b"<")
        yield Page(source, data, "text/html" if html else "text/plain")


def _is_binary(data: bytes) -> bool:
    head = data[:_BINARY_SAMPLE]
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return False
    if head.startswith((b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\x7fELF")):
        return True
    control = sum(c < 9 or 13 < c < 27 or 27 < c < 32 for c in head)
    return control > len(head) // 20


def _stdin(stdin: IO[bytes] | IO[str] | None) -> Iterator[Page | Rejected]:
    if stdin is None:
        yield Rejected("-", "no standard input")
        return
    yield from json_lines(stdin, "-", Settings())


def json_lines(lines: Iterable[bytes] | Iterable[str], source: str, settings: Settings) -> Iterator[Page | Rejected]:
    """One page per line: an object with ``id``, ``title``, ``text`` or ``html``, ``url``, ``outlet``, ``published``."""
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
            yield Rejected(where, f"not JSON: {fault}")
            continue
        yield _json_page(item, where)


def _json_page(item: Any, where: str) -> Page | Rejected:
    if not isinstance(item, dict):
        return Rejected(where, "not a JSON object")
    name = _word(item.get("id")) or where
    html, text = item.get("html"), item.get("text")
    body = html if isinstance(html, str) and html.strip() else text
    if not isinstance(body, str) or not body.strip():
        return Rejected(name, "neither text nor html in the object")
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
