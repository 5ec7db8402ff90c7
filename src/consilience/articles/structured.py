"""What a page's head and markup say of its report: JSON-LD, Open Graph, microdata, ``<time>``, links."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from consilience.articles.blocks import clean
from consilience.articles.dates import iso_time
from consilience.articles.known import Known
from consilience.lexicons import pattern

_TYPES = re.compile(
    r"(?:(?:Advertiser|Backgrounder|Analysis|Opinion|Review|Reportage|AskPublic|Satirical|Scholarly|Tech)?News)?"
    r"Article|(?:Reportage|Opinion|Analysis|Background|Review)NewsArticle|BlogPosting|LiveBlogPosting|Report",
)
LIVE = "LiveBlogPosting"
_LONGEST_JSON = 2_000_000  # characters of one script
_MOST_OBJECTS = 2_000

_META = (
    ("outlet", ("og:site_name", "article:publisher_name", "dc.publisher", "application-name")),
    ("title", ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title")),
    ("byline", ("author", "byl", "parsely-author", "sailthru.author", "dc.creator", "article:author")),
    (
        "published",
        (
            "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date",
            "pubdate", "publishdate", "publish-date", "dc.date.issued", "dc.date", "date", "sailthru.date",
            "og:published_time", "og:pubdate", "article:published", "article.published", "published_time",
            "publication_date", "release_date", "dcterms.issued", "dcterms.created", "dcterms.date",
            "datecreated", "cxenseparse:recs:publishtime", "citation_publication_date",
        ),
    ),
    ("updated", ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "lastmod")),
    ("section", ("article:section", "parsely-section", "section")),
    ("credit", ("syndication-source", "original-source", "article:source", "dc.source", "source")),
    ("url", ("og:url", "twitter:url")),
)  # fmt: skip
_TIMES = ("published", "updated")


def meta_tags(tree: etree._Element) -> dict[str, str]:
    """Content of the page's ``<meta>`` tags by name or property, in small letters; the first counts."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        content = clean(meta.get("content") or "")
        if name and content:
            found.setdefault(name, content)
    return found


def json_ld(tree: etree._Element) -> list[dict[str, Any]]:
    """The page's JSON-LD objects that are articles, the outermost first."""
    out = []
    for script in tree.iter("script"):
        text = script.text or ""
        if "ld+json" not in (script.get("type") or "") or len(text) > _LONGEST_JSON:
            continue
        try:
            data = json.loads(text.strip().removeprefix("<!--").removesuffix("-->"), strict=False)
        except (ValueError, RecursionError):
            continue
        out += [item for item in _objects(data) if any(_TYPES.fullmatch(k) for k in kinds(item))]
    return out


def kinds(item: dict[str, Any]) -> list[str]:
    """The ``@type`` of an object as a list."""
    value = item.get("@type")
    return [k for k in (value if isinstance(value, list) else [value]) if isinstance(k, str)]


def _objects(node: Any) -> Iterator[dict[str, Any]]:
    stack, seen = [node], 0
    while stack and seen < _MOST_OBJECTS:
        item = stack.pop()
        seen += 1
        if isinstance(item, dict):
            yield item
            stack += [item[k] for k in ("@graph", "mainEntity") if k in item]
        elif isinstance(item, list):
            stack += reversed(item)


def names(value: Any) -> list[str]:
    """Names in a JSON-LD value: a string, an object with a name, or a list of them."""
    out, stack = [], [value]
    while stack and len(out) < 20:
        item = stack.pop()
        if isinstance(item, str):
            if item.strip() and not item.startswith(("http://", "https://", "#", "/")):
                out.append(clean(item))
        elif isinstance(item, dict):
            stack.append(item.get("name"))
        elif isinstance(item, list):
            stack += reversed(item)
    return out


def _first(value: Any) -> str | None:
    return next(iter(names(value)), None)


def read_json_ld(items: list[dict[str, Any]], known: Known) -> None:
    """What the page's own JSON-LD says of the article."""
    for item in items:
        known.set("title", _first(item.get("headline")), "JSON-LD")
        known.set("outlet", _first(item.get("publisher")), "JSON-LD")
        known.set("byline", byline_of(names(item.get("author"))), "JSON-LD")
        for name, field in (
            ("datePublished", "published"), ("dateModified", "updated"), ("dateCreated", "published"),
        ):  # fmt: skip
            value = item.get(name)
            known.set(field, iso_time(value) if isinstance(value, str) else None, "JSON-LD")
        known.set("section", _first(item.get("articleSection")), "JSON-LD")
        known.set("credit", _first(item.get("sourceOrganization")), "JSON-LD")


def byline_of(authors: list[str]) -> str | None:
    """Names as one line, without the "By" that many pages put into the name."""
    plain = [pattern("press", "byline_lead").sub("", name) for name in authors]
    return ", ".join(dict.fromkeys(n for n in plain if n)) or None


def read_meta(tree: etree._Element, tags: dict[str, str], known: Known) -> None:
    """What the page's ``<meta>`` and ``<link>`` tags say."""
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            known.set("url", _address(link.get("href")), "link canonical")
    for field, tag_names in _META:
        for name in tag_names:
            value: str | None = tags.get(name)
            if field in _TIMES:
                value = iso_time(value or "")
            elif field == "url":
                value = _address(value)
            elif field == "byline" and value and value.startswith(("http", "@")):
                value = None
            elif field == "byline":
                value = byline_of([value or ""])
            known.set(field, value, name)


def _address(value: str | None) -> str | None:
    return value if value and value.startswith(("http://", "https://")) else None


def read_microdata(tree: etree._Element, known: Known) -> None:
    """``itemprop`` and ``<time datetime>`` of the page's body."""
    for element in tree.xpath("//*[@itemprop]"):
        prop = element.get("itemprop")
        if prop == "datePublished":
            known.set(
                "published", iso_time(element.get("datetime") or element.get("content") or ""), "itemprop"
            )
        elif prop == "dateModified":
            known.set(
                "updated", iso_time(element.get("datetime") or element.get("content") or ""), "itemprop"
            )
        elif prop == "author":
            text = element.get("content") or "".join(element.itertext())
            if 0 < len(text) < 200:
                known.set("byline", byline_of([clean(text)]), "itemprop")
    for element in tree.iter("time"):
        known.set("published", iso_time(element.get("datetime") or ""), "time")
