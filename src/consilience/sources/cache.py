"""Fetched pages kept on disk: the cache, and the folder of ``--save``."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

import msgspec

from consilience.model import Page

INDEX = "fetched.json"  # in a saved folder: what each file is, and why a page is missing


class Fetched(msgspec.Struct, frozen=True):
    """A page as it came. ``url`` is where it was found in the end, ``fetched`` an ISO time (UTC)."""

    address: str
    url: str
    media_type: str
    fetched: str
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None
    credit: str | None = None
    published: str | None = None
    file: str = ""
    reason: str = ""


def name_of(address: str) -> str:
    """A file name for an address: readable, and its own."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", re.sub(r"^https?://(www\.)?", "", address)).strip("-")[:80]
    return f"{plain}-{hashlib.sha256(address.encode()).hexdigest()[:12]}"


def write_file(path: Path, data: bytes) -> None:
    """Write all of ``data`` or nothing: no reader sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


class Cache:
    """Pages by address. A cache that cannot be read or written is an empty one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, address: str) -> tuple[Fetched, bytes] | None:
        """What was fetched from ``address`` before, with its bytes."""
        base = self._folder / name_of(address)
        try:
            known = msgspec.json.decode(base.with_suffix(".json").read_bytes(), type=Fetched)
            return known, base.with_suffix(".body").read_bytes()
        except (OSError, msgspec.DecodeError):
            return None

    def put(self, page: Fetched, data: bytes) -> None:
        """Keep a page."""
        base = self._folder / name_of(page.address)
        try:
            write_file(base.with_suffix(".body"), data)
            write_file(base.with_suffix(".json"), msgspec.json.encode(page))
        except OSError:
            return  # a full or read-only disk costs the cache, not the page


class Saved:
    """A folder that keeps pages as they came, with an index."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pages = {p.address: p for p in read_index(folder)}

    def add(self, page: Fetched, data: bytes | None) -> None:
        """Keep a page, or (without data) the reason why there is none."""
        if data is not None:
            suffix = ".txt" if page.media_type == "text/plain" else ".html"
            page = msgspec.structs.replace(page, file=name_of(page.address) + suffix)
            write_file(self._folder / page.file, data)
        self._pages[page.address] = page
        pages = [self._pages[a] for a in sorted(self._pages)]
        write_file(self._folder / INDEX, msgspec.json.format(msgspec.json.encode(pages), indent=1))


def read_index(folder: Path) -> list[Fetched]:
    """The pages of a saved folder; [] where it is none."""
    try:
        return msgspec.json.decode((folder / INDEX).read_bytes(), type=list[Fetched])
    except (OSError, msgspec.DecodeError):
        return []


def page_of(page: Fetched, data: bytes) -> Page:
    """A fetched page as the stages take it; its source is the address that was asked for."""
    return Page(
        source=page.address,
        data=data,
        media_type="text/plain" if page.media_type == "text/plain" else "text/html",
        charset=page.charset,
        url=page.url,
        published=page.published,
        credit=page.credit,
    )
