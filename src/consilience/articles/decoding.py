"""Bytes to text: the declared encoding, unless the bytes say otherwise."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})""", re.I)
_HEAD = 4096  # bytes in which a declaration is looked for
_FEW = 0.2  # part of bytes beyond ASCII in a Western text
_SAMPLE = 60_000  # bytes from which an undeclared encoding is guessed
# The WHATWG encoding standard reads these labels as their Windows supersets; so do browsers.
_SUPERSETS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}


# UTF-8 that somebody read as Latin-1 and wrote again: a lead byte and its continuation bytes, as letters.
_TWICE = re.compile("[\xc2-\xf4][\x80-\xbf]{1,3}")
_SUSPECT = re.compile("[\x80-\x9f]")  # control characters that no page means
_TWICE_LEAST = 3  # places from which it is no accident


def decode(data: bytes | str, charset: str | None = None) -> str:
    """Text of ``data``; what cannot be decoded becomes U+FFFD, and no byte raises.

    See ``_decoded`` for the encoding. Text that was encoded twice ("GuantÃ¡namo" with control
    characters for quotation marks) is read once more.
    """
    text = data if isinstance(data, str) else _decoded(data, charset)
    if text.isascii() or not _SUSPECT.search(text):
        return text
    found = _TWICE.findall(text)
    if len(found) < _TWICE_LEAST or not any("\x80" <= c <= "\x9f" for word in found for c in word[1:]):
        return text
    return _TWICE.sub(lambda m: _once(m.group()), text)


def _once(word: str) -> str:
    try:
        return word.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return word


def _decoded(data: bytes, charset: str | None) -> str:
    """Order: a byte order mark; UTF-8 where the bytes are valid UTF-8 beyond ASCII (a page that calls
    UTF-8 "iso-8859-1" is common, the reverse does not decode); ``charset`` as the carrier gave it;
    the page's own declaration; UTF-8; a guess.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    declared = [charset, *_declared(data[:_HEAD])]
    names = [n for n in map(_known, declared) if n]
    valid = _valid_utf8(data)
    if valid is not None and (
        not data.isascii() or not any(n.startswith(("iso2022", "utf-16", "hz")) for n in names)
    ):
        return valid
    for name in names:
        try:
            return data.decode(name)
        except (UnicodeError, ValueError):
            continue
    if names:
        best = min((data.decode(n, "replace") for n in [*names, "utf-8"]), key=lambda t: t.count("\ufffd"))
        if best.count("\ufffd") <= max(3, len(best) // 500):
            return best
    return _guessed(data)


def _declared(head: bytes) -> list[str]:
    return [m.group(1).decode("ascii") for m in (_XML.search(head), _META.search(head)) if m]


def _known(label: str | None) -> str | None:
    if not label:
        return None
    try:
        name = codecs.lookup(label.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    try:
        b"a".decode(name)
    except (UnicodeError, LookupError, AttributeError):
        return None  # a codec that is no text encoding (base64, rot13 …)
    return _SUPERSETS.get(name, name)


def _valid_utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes

    mostly = data.decode("utf-8", "replace")
    if mostly.count("\ufffd") <= max(3, len(mostly) // 500):
        return mostly
    foreign = len(data) - len(data.decode("ascii", "ignore"))
    if foreign < _FEW * len(data):
        return data.decode("cp1252", "replace")  # what browsers take for Western text that declares nothing
    best = from_bytes(data[:_SAMPLE], threshold=0.3).best()
    try:
        return data.decode(best.encoding if best else "cp1252", "replace")
    except LookupError:
        return data.decode("cp1252", "replace")
