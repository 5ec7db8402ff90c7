"""What a page says of its report: title, outlet, byline, dates …, each with where it stood."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from consilience.articles.blocks import Block, clean
from consilience.articles.dates import iso_time
from consilience.articles.lines import is_byline, is_crumb, is_date_line
from consilience.model import Page


@dataclass
class Known:
    """Values found so far; the first that is set stays."""

    fields: dict[str, str] = field(default_factory=dict)
    known_from: dict[str, str] = field(default_factory=dict)

    def set(self, name: str, value: str | None, where: str) -> None:
        value = clean(value or "")
        if value and name not in self.fields:
            self.fields[name] = value
            self.known_from[name] = where


def read(
    page: Page, blocks: Sequence[Block], tree: etree._Element | None, title: int | None, keep: Sequence[int]
) -> Known:
    """The metadata of a page; what the carrier says comes first."""
    known = Known()
    for name in ("url", "outlet", "title", "credit"):
        known.set(name, getattr(page, name), "carrier")
    known.set("published", iso_time(page.published or ""), "carrier")
    if tree is not None:
        _from_json_ld(tree, known)
        _from_meta(tree, known)
        if title is not None:
            known.set("title", blocks[title].text, "h1")
        known.set("language", (tree.get("lang") or "").split("-")[0].lower(), "html lang")
    else:
        _from_lines(blocks, title, keep, known)
    return known


_TYPES = re.compile(r"(News|Reportage|Analysis|Opinion|Background|Review|Tech)?Article|BlogPosting|LiveBlogPosting|Report")


def _objects(node: Any) -> Iterator[dict[str, Any]]:
    stack = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            yield item
            stack += [item[k] for k in ("@graph", "mainEntity") if k in item]
        elif isinstance(item, list):
            stack += reversed(item)


def _names(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return _names(value.get("name"))
    if isinstance(value, list):
        return [n for v in value for n in _names(v)]
    return []


def _from_json_ld(tree: etree._Element, known: Known) -> None:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _objects(data):
            kinds = item.get("@type")
            if not any(_TYPES.fullmatch(k) for k in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(k, str)):
                continue
            known.set("title", next(iter(_names(item.get("headline"))), None), "JSON-LD")
            known.set("outlet", next(iter(_names(item.get("publisher"))), None), "JSON-LD")
            known.set("byline", ", ".join(re.sub(r"^by\s+", "", n, flags=re.I) for n in _names(item.get("author"))), "JSON-LD")
            for name, field_name in (("datePublished", "published"), ("dateModified", "updated")):
                value = item.get(name)
                known.set(field_name, iso_time(value) if isinstance(value, str) else None, "JSON-LD")
            known.set("section", next(iter(_names(item.get("articleSection"))), None), "JSON-LD")


def head(tree: etree._Element) -> dict[str, str]:
    """Title and description as the page's head gives them to others."""
    out: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        for kind in ("title", "description"):
            if name in (f"og:{kind}", f"twitter:{kind}", kind) and meta.get("content"):
                out.setdefault(kind, clean(meta.get("content")))
    return out


_META = (
    ("outlet", ("og:site_name", "application-name")),
    ("title", ("og:title", "twitter:title")),
    ("byline", ("author", "byl", "article:author", "parsely-author", "dc.creator")),
    ("published", ("article:published_time", "date", "dc.date", "parsely-pub-date", "pubdate", "og:published_time")),
    ("updated", ("article:modified_time", "og:updated_time", "last-modified")),
    ("section", ("article:section",)),
    ("url", ("og:url",)),
)


def _from_meta(tree: etree._Element, known: Known) -> None:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name and meta.get("content"):
            found.setdefault(name, meta.get("content"))
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            known.set("url", link.get("href"), "link canonical")
    for field_name, names in _META:
        for name in names:
            value = found.get(name)
            if field_name in ("published", "updated"):
                value = iso_time(value or "")
            known.set(field_name, value, name)
    for time in tree.iter("time"):
        known.set("published", iso_time(time.get("datetime") or ""), "time")


def _from_lines(blocks: Sequence[Block], title: int | None, keep: Sequence[int], known: Known) -> None:
    if title is not None:
        known.set("title", blocks[title].text, "first lines")
    first = next((i for i in keep if title is None or i > title), len(blocks))
    for block in blocks[: first + 1 if first < len(blocks) else first]:
        if is_date_line(block.text):
            known.set("published", iso_time(block.text), "first lines")
        elif is_byline(block.text):
            known.set("byline", re.sub(r"^(exclusive )?by\s+", "", block.text, flags=re.I), "first lines")
    if blocks and title not in (None, 0):
        name = re.split(r"\s[|>»›]\s", blocks[0].text)[0]
        if not is_crumb(name) and not is_date_line(name) and len(name.split()) <= 6:
            known.set("outlet", name, "first line")
