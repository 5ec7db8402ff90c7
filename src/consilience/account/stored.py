"""Stored reports taken apart again: what of an HTML or Markdown report is the account's, and whether
it still is.

The HTML report carries the account itself, packed, and marks what it shows of it: ``data-e`` is a
piece of evidence (number of article, start, end), ``data-v`` the way to a value, ``data-l`` the count
of a finding, ``data-t`` an article's text. The Markdown report names each place in its footnotes.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import hashlib
import io
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec

from consilience.errors import AccountError, InputError
from consilience.model import Account, Story
from consilience.phrases import ALL_FROM, label, outlet_of, tally
from consilience.witnesses import Place, counted_once

MARKDOWN = "<!-- consilience/1 -->"
VOID = {"meta", "link", "br", "hr", "img", "input", "wbr", "path", "circle"}
SHOWN = 60  # code points of a piece that a fault shows
SEAL = re.compile(r' id="account" data-page="([0-9a-f]{64})"')
LARGEST = 200_000_000  # bytes of an unpacked account: a larger one is refused


class Fault(msgspec.Struct, frozen=True):
    """A piece of a stored account that does not stand: where it is, and what is wrong with it."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def content(source: Path | str | bytes) -> str:
    """The text of a file, or of the content given. Raises ``InputError`` where it cannot be read."""
    name = str(source) if isinstance(source, Path) else "account"
    try:
        raw = source.read_bytes() if isinstance(source, Path) else source
        return raw.decode("utf-8-sig") if isinstance(raw, bytes) else raw
    except OSError as fault:
        raise InputError(name, f"cannot be read: {fault.strerror}") from None
    except UnicodeDecodeError:
        raise AccountError(f"{name}: is not UTF-8 text") from None


# --- HTML -----------------------------------------------------------------------------------------


class _Marked(HTMLParser):
    """Collects the text of each marked element, and the packed account."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[tuple[str, str, str] | None] = []
        self.texts: list[list[str]] = []
        self.found: list[tuple[str, str, str]] = []
        self.packed = ""

    def handle_starttag(self, tag: str, attrs: list) -> None:
        """Begin to collect where an element is marked."""
        if tag in VOID:
            return
        named = dict(attrs)
        mark = next(
            ((k, named[k] or "") for k in ("data-e", "data-v", "data-l", "data-t") if k in named), None
        )
        if tag == "script" and named.get("id") == "account":
            mark = ("account", "")
        self.stack.append((tag, *mark) if mark else None)
        if mark:
            self.texts.append([])

    def handle_endtag(self, tag: str) -> None:
        """Keep what a marked element held."""
        if tag in VOID or not self.stack:
            return
        mark = self.stack.pop()
        if mark:
            text = "".join(self.texts.pop())
            if mark[1] == "account":
                self.packed = text
            else:
                self.found.append((mark[1], mark[2], text))

    def handle_data(self, data: str) -> None:
        """Text belongs to every marked element that is open."""
        for text in self.texts:
            text.append(data)


def from_html(page: str) -> tuple[Account, Callable[[Account], list[Fault]]]:
    """The account in a report, and a check that what the report shows is that account.

    Raises ``AccountError`` where the report carries no account.
    """
    parser = _Marked()
    parser.feed(page)
    parser.close()
    try:
        packed = base64.b64decode(parser.packed, validate=True)
        with gzip.GzipFile(fileobj=io.BytesIO(packed)) as file:
            raw = file.read(LARGEST + 1)
    except (binascii.Error, OSError, EOFError, ValueError):
        raise AccountError("the report does not carry its account, or it is damaged") from None
    if not raw or len(raw) > LARGEST:
        raise AccountError("the report does not carry its account, or it is too large")
    return Account.from_json(raw), lambda account: _visible(parser.found, account) or _sealed(page)


def _sealed(page: str) -> list[Fault]:
    """Whether the page is the one whose hash it carries, for all of it that is not marked."""
    page = page.replace("\r\n", "\n")
    seal = SEAL.search(page)
    bare = page[: seal.start(1)] + page[seal.end(1) :] if seal else page
    if seal and seal[1] == hashlib.sha256(bare.encode("utf-8", "surrogatepass")).hexdigest():
        return []
    return [Fault("report", "is not, to the letter, the page that was written; no marked piece is wrong")]


def _visible(found: list[tuple[str, str, str]], account: Account) -> list[Fault]:
    """Marked pieces of a report that are not what the account says."""
    faults = []
    names = [_names(account, story) for story in account.stories]
    for kind, way, text in found:
        try:
            wanted = _wanted(account, names, kind, way)
        except (LookupError, ValueError, AttributeError, TypeError):
            faults.append(Fault(f"report, {kind} {way}", "points at nothing in the account"))
            continue
        if wanted is not None and _plain(text) != _plain(wanted):
            faults.append(
                Fault(
                    f"report, {_place(account, kind, way)}", f"shows “{_short(text)}”, not “{_short(wanted)}”"
                )
            )
    return faults


def _names(account: Account, story: Story) -> dict[str, str]:
    return {a.id: outlet_of(a) for a in account.articles if a.id in story.articles}


def _wanted(account: Account, names: list[dict[str, str]], kind: str, way: str) -> str | None:
    """What a marked element must show; None where the text is not in the account."""
    if kind in ("data-e", "data-t"):
        number, _, place = way.partition(":")
        text = account.articles[int(number)].text
        if not text:
            return None
        if not place:
            return text
        start, end = (int(n) for n in place.split("-"))
        if not 0 <= start < end <= len(text):
            raise ValueError(place)
        return text[start:end]
    if kind == "data-l":
        story, finding = (int(n) for n in way.split("."))
        held = account.stories[story].findings[finding]
        return label(names[story].get(held.evidence[0].article, ""), held)
    node: Any = account
    for step in way.split("."):
        node = node[int(step)] if step.isdigit() else getattr(node, step)
    return node if isinstance(node, str) else None


def _place(account: Account, kind: str, way: str) -> str:
    if kind in ("data-e", "data-t"):
        number, _, place = way.partition(":")
        source = account.articles[int(number)].source
        return f"{place.replace('-', '–')} of {source}" if place else f"text of {source}"
    if kind == "data-l":
        story, finding = (int(n) for n in way.split("."))
        return f"count of finding {account.stories[story].findings[finding].id}"
    return way


def _plain(text: str) -> str:
    """Text without what HTML and Markdown cannot carry, and with white space folded."""
    kept = (" " if c in "\r\ufffd" or not c.isprintable() and not c.isspace() else c for c in text)
    return " ".join("".join(kept).split())


def _short(text: str) -> str:
    return " ".join(text.split())[:SHOWN]


# --- Markdown -------------------------------------------------------------------------------------

NOTE = re.compile(r"^\[\^((?:\d+\.)?([A-Z]+)\d*)-(\d+)-(\d+)\]: .*?: “(.*)”$")
REF = re.compile(r"\[\^((?:\d+\.)?[A-Z]+\d*)-(\d+)-(\d+)\]")
SOURCE = re.compile(r"^\| ((?:\d+\.)?[A-Z]+\d*) \| .* \| ([0-9a-f]{64}) \|$")
FINDING = re.compile(r"^- (.*) — \*(.*?)\*((?:\[\^[^\]]+\])+)$")
ONCE = re.compile(r"^- One passage in two reports, counted once:((?:\[\^[^\]]+\])+)$")
TEXT = re.compile(r"^### ((?:\d+\.)?[A-Z]+\d*)\n\n(~{4,})text\n(.*?)\n\2$", re.MULTILINE | re.DOTALL)
ESCAPED = re.compile(r"\\([\\`*_{}\[\]<>#|~$^&+=-])|(?<=[A-Za-z0-9])\\(?=[:.)])")


def markdown_faults(page: str, pages: dict[str, str]) -> list[Fault]:
    """What does not stand in a Markdown report; ``pages`` are texts by their hash.

    Each footnote against the text of its article, each text against its hash, each finding's count
    against its footnotes, each finding's words against one of them.
    """
    sources = {m[1]: m[2] for line in page.splitlines() if (m := SOURCE.match(line))}
    if not sources:
        raise AccountError("the report does not list its sources")
    texts = {m[1]: m[3] for m in TEXT.finditer(page)}
    faults = []
    for sign, digest in sources.items():
        if sign in texts:
            if hashlib.sha256(texts[sign].encode("utf-8", "surrogatepass")).hexdigest() != digest:
                faults.append(Fault(f"text of {sign}", "is not the one whose hash is given"))
        elif "sha256-" + digest in pages:
            texts[sign] = pages["sha256-" + digest]
        else:
            faults.append(Fault(f"text of {sign}", "is neither in the report nor among the pages"))
    body = TEXT.sub("", page)
    shared = [tuple(map(_place_of, _refs(m[1]))) for line in body.splitlines() if (m := ONCE.match(line))]
    notes: dict[str, str] = {}
    for line in body.splitlines():
        if m := NOTE.match(line):
            notes[line[2 : line.index("]")]] = unescaped(m[5])
            faults += _note_faults(m, texts)
    for line in body.splitlines():
        faults += [
            Fault("note", f"{r} is missing") for r in _refs(line) if r not in notes and not NOTE.match(line)
        ]
        if m := FINDING.match(line):
            faults += _line_faults(m, notes, shared)
    return faults


def _refs(line: str) -> list[str]:
    return [f"{m[1]}-{m[2]}-{m[3]}" for m in REF.finditer(line)]


def _place_of(ref: str) -> Place:
    sign, start, end = ref.rsplit("-", 2)
    return sign, int(start), int(end)


def _note_faults(m: re.Match, texts: dict[str, str]) -> list[Fault]:
    sign, start, end = m[1], int(m[3]), int(m[4])
    if sign not in texts:
        return (
            [Fault(f"note {sign}-{start}-{end}", "its article is not among the sources")] if not texts else []
        )
    stands = texts[sign][start:end]
    if start < end and _plain(stands) == _plain(unescaped(m[5])):
        return []
    return [
        Fault(
            f"note {sign}-{start}-{end}",
            f"says “{_short(unescaped(m[5]))}”, but there stands “{_short(stands)}”",
        )
    ]


def _line_faults(m: re.Match, notes: dict[str, str], shared: list[tuple[Place, ...]]) -> list[Fault]:
    text, said, refs = unescaped(m[1]), unescaped(m[2]), _refs(m[3])
    where = f"finding “{_short(text)}”"
    faults = []
    if _plain(text) not in {_plain(notes[r]) for r in refs if r in notes}:
        faults.append(Fault(where, "its words are in none of its notes"))
    articles = {r.split("-")[0] for r in refs}
    origin_of = {a: re.sub(r"\d+$", "", a) for a in (*articles, *(a for pair in shared for a, _, _ in pair))}
    origins = counted_once([_place_of(r) for r in refs], origin_of, [p for p in shared if len(p) == 2])
    said = said.split(ALL_FROM)[0] if len(articles) > 1 else said
    if said != _count(len(articles), len(origins), said):
        faults.append(
            Fault(
                where, f"says “{said}”; its notes come from {len(articles)} reports, {len(origins)} witnesses"
            )
        )
    return faults


def _count(articles: int, origins: int, said: str) -> str:
    """The count as ``phrases.label`` words it; a single report is named, by whatever name."""
    if articles == 1:
        return said if said.endswith(" alone") else " alone"
    return tally(articles, origins)


def unescaped(text: str) -> str:
    """Markdown's escapes and the isolating marks taken away, as ``views.markdown.inline`` set them."""
    return ESCAPED.sub(lambda m: m[1] or "", text.removeprefix("\u2068").removesuffix("\u2069"))
