"""Archives and the formats of agencies: WARC files, news-please and ninjs JSON, NITF and NewsML-G2."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, Any

from lxml import etree

from consilience.model import Page, Rejected
from consilience.settings import Settings

_PARAGRAPHS = frozenset(("p", "hl2", "h2", "h3", "h4", "li", "blockquote"))


def warc_pages(file: IO[bytes], source: str, settings: Settings) -> Iterator[Page | Rejected]:
    """The HTML and text responses of a WARC file (plain or gzip), each with its own address."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    found = False
    try:
        for record in ArchiveIterator(file):
            if record.rec_type != "response" or record.http_headers is None:
                continue
            kind, _, rest = (record.http_headers.get_header("Content-Type") or "").partition(";")
            kind = kind.strip().lower()
            if kind not in ("text/html", "application/xhtml+xml", "text/plain"):
                continue
            url = record.rec_headers.get_header("WARC-Target-URI")
            if not (record.http_headers.get_statuscode() or "").startswith("2"):
                continue
            found = True
            data = record.content_stream().read(settings.max_page_bytes + 1)
            if len(data) > settings.max_page_bytes:
                yield Rejected(url or source, f"larger than {settings.max_page_bytes:,} bytes")
                continue
            charset = rest.lower().partition("charset=")[2].strip(" \"'") or None
            media_type = "text/plain" if kind == "text/plain" else "text/html"
            yield Page(url or source, data, media_type, charset=charset, url=url)
    except (ArchiveLoadFailed, OSError, EOFError, ValueError) as fault:
        yield Rejected(source, f"the archive cannot be read on: {str(fault).splitlines()[0]}")
        return
    if not found:
        yield Rejected(source, "no page in the archive")


def json_fields(item: dict[str, Any]) -> dict[str, Any]:
    """An article's object under the project's names: its own, news-please's or ninjs's."""
    if "maintext" in item:  # news-please
        return {
            "id": item.get("filename") or item.get("url"),
            "title": item.get("title"),
            "text": item.get("maintext"),
            "url": item.get("url"),
            "outlet": item.get("source_domain"),
            "published": item.get("date_publish"),
        }
    if any(name in item for name in ("body_xhtml", "body_text", "bodies")):  # ninjs
        return _ninjs(item)
    return item


def _ninjs(item: dict[str, Any]) -> dict[str, Any]:
    text, markup = item.get("body_text"), item.get("body_xhtml") or item.get("body_html")
    for body in item.get("bodies") or []:
        if isinstance(body, dict):
            html = "html" in str(body.get("contenttype", ""))
            text, markup = (
                (text, markup or body.get("value")) if html else (text or body.get("value"), markup)
            )
    headline = item.get("headline")
    for head in item.get("headlines") or []:
        headline = headline or (head.get("value") if isinstance(head, dict) else None)
    provider = item.get("provider")
    return {
        "id": item.get("uri"),
        "title": headline,
        "text": text,
        "html": markup,
        "url": item.get("url"),
        "outlet": provider if isinstance(provider, str) else None,
        "credit": item.get("creditline") or item.get("copyrightholder"),
        "published": item.get("firstcreated") or item.get("versioncreated"),
    }


def is_newsml(data: bytes) -> bool:
    """Whether the bytes open as NITF or NewsML-G2."""
    head = data[:4000]
    return any(mark in head for mark in (b"<nitf", b"<newsItem", b"<newsMessage"))


def newsml_pages(data: bytes, source: str) -> Iterator[Page | Rejected]:
    """The reports of an NITF document or a NewsML-G2 item or message, as plain text."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.parse(io.BytesIO(data), parser).getroot()
    except etree.XMLSyntaxError as fault:
        yield Rejected(source, f"not XML: {fault.msg}")
        return
    items = [e for e in root.iter() if _local(e) == "newsItem"] if root is not None else []
    if root is not None and not items:
        items = [root]
    found = False
    for item in items:
        text = "\n\n".join(_paragraphs(item))
        if text:
            found = True
            yield Page(
                source if len(items) == 1 else f"{source}#{item.get('guid') or items.index(item)}",
                text,
                "text/plain",
                title=_text(item, "headline") or _text(item, "hl1") or _text(item, "title"),
                outlet=_text(item, "provider") or _text(item, "distributor"),
                credit=_text(item, "creditline"),
                published=_text(item, "contentCreated") or _text(item, "versionCreated") or _date(item),
            )
    if not found:
        yield Rejected(source, "no report in the document")


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _paragraphs(item: etree._Element) -> list[str]:
    body = next((e for e in item.iter() if _local(e) in ("body.content", "inlineXML", "body")), None)
    if body is None:
        inline = _text(item, "inlineData")
        return [p.strip() for p in inline.split("\n") if p.strip()] if inline else []
    out = []
    for element in body.iter():
        if _local(element) in _PARAGRAPHS and not _inside_media(element):
            text = " ".join("".join(element.itertext()).split())
            if text:
                out.append(text)
    return out


def _inside_media(element: etree._Element) -> bool:
    return any(_local(e) in ("media", "figure", "head", "hedline") for e in element.iterancestors())


def _text(item: etree._Element, name: str) -> str | None:
    for element in item.iter():
        if _local(element) == name:
            text = " ".join("".join(element.itertext()).split())
            if text:
                return text
    return None


def _date(item: etree._Element) -> str | None:
    for element in item.iter():
        if _local(element) in ("date.issue", "date.release", "story.date"):
            return element.get("norm")
    return None
