"""RSS and Atom feeds and sitemaps: lists of addresses."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

MOST = 500  # addresses taken from one list


class Address(NamedTuple):
    """An address with what a feed says of its page: the credit (``<source>``) and the time."""

    url: str
    credit: str | None = None
    published: str | None = None


_ROOTS = re.compile(rb"<(?:\w+:)?(rss|feed|RDF|urlset|sitemapindex)[\s>]")


def is_list(data: bytes) -> bool:
    """Whether the bytes open as a feed or a sitemap."""
    return bool(_ROOTS.search(data[:2000])) and b"<html" not in data[:2000].lower()


def read_list(data: bytes) -> tuple[list[Address], list[Address]]:
    """Addresses of pages, and of further lists (a sitemap index names sitemaps).

    ([], []) where the bytes are no such list. Entities are not expanded and nothing is fetched.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return [], []
    if root is None:
        return [], []
    kind = _local(root)
    if kind == "sitemapindex":
        return [], [Address(url) for url in _texts(root, "loc")][:MOST]
    if kind == "urlset":
        pages = [
            Address(u, published=_first(e, "lastmod"))
            for e in _children(root, "url")
            if (u := _first(e, "loc"))
        ]
        return pages[:MOST], []
    entries = [e for e in root.iter() if _local(e) in ("item", "entry")]
    return [a for e in entries if (a := _entry(e)).url][:MOST], []


def _entry(entry: etree._Element) -> Address:
    link = ""
    for child in _children(entry, "link"):
        if child.get("rel", "alternate") == "alternate" and (child.get("href") or child.text):
            link = (child.get("href") or child.text or "").strip()
            break
    if not link:
        guid = next(iter(_children(entry, "guid")), None)
        if guid is not None and guid.get("isPermaLink", "true") == "true":
            link = (guid.text or "").strip()
    if not link.startswith(("http://", "https://")):
        link = ""
    source = next(iter(_children(entry, "source")), None)
    credit = None
    if source is not None:
        credit = (_first(source, "title") or (source.text or "").strip()) or None
    when = _first(entry, "pubDate") or _first(entry, "published") or _first(entry, "date")
    return Address(link, credit, when)


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _children(element: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in element if _local(child) == name]


def _first(element: etree._Element, name: str) -> str | None:
    child = next(iter(_children(element, name)), None)
    return (child.text or "").strip() or None if child is not None else None


def _texts(root: etree._Element, name: str) -> list[str]:
    return [(e.text or "").strip() for e in root.iter() if _local(e) == name and (e.text or "").strip()]
