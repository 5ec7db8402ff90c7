"""What is known of a report: title, outlet, byline, dates …, each with where it stood.

Nothing is guessed: a value that the page does not say stays null.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from lxml import etree

from consilience.addresses import host
from consilience.articles.blocks import Block, clean
from consilience.articles.choosing import key
from consilience.articles.dates import iso_time
from consilience.articles.known import Known
from consilience.articles.printed import read_body, read_head
from consilience.articles.structured import json_ld, meta_tags, read_json_ld, read_meta, read_microdata
from consilience.model import Page


class Head:
    """What the head of an HTML page says, read once."""

    def __init__(self, tree: etree._Element) -> None:
        self.tree = tree
        self.tags = meta_tags(tree)
        self.items = json_ld(tree)

    @cached_property
    def title(self) -> str | None:
        """The headline as the head gives it, without the outlet's name."""
        known = Known()
        read_json_ld(self.items, known)
        for name in ("og:title", "twitter:title", "title"):
            known.set("title", self.tags.get(name), name)
        if not known.fields:
            window = clean(self.tree.findtext(".//title") or "")
            heading = self.tree.find(".//h1")
            plain = key("".join(heading.itertext())) if heading is not None else ""
            parts = re.split(r"\s+[|–—·»-]\s+", window)
            known.set("title", parts[0] if plain and key(parts[0]) == plain else window, "title")
        return without_outlet(known.fields.get("title"), self.outlet)

    @property
    def outlet(self) -> str | None:
        """The site's name."""
        known = Known()
        known.set("outlet", self.tags.get("og:site_name"), "")
        read_json_ld(self.items, known)
        return known.fields.get("outlet")

    @property
    def suffix(self) -> str | None:
        """What the window title adds to the headline: most often the site's name."""
        window = clean(self.tree.findtext(".//title") or "")
        match = re.fullmatch(r"(.{10,}?)\s+[|–—·»-]\s+([^|–—·»]{2,60})", window)
        return match[2] if match and self.title and key(match[1]) == key(self.title) else None

    @property
    def description(self) -> str | None:
        """The summary that the head gives."""
        return next(
            (
                self.tags[n]
                for n in ("og:description", "description", "twitter:description")
                if n in self.tags
            ),
            None,
        )


def without_outlet(title: str | None, outlet: str | None) -> str | None:
    """A window title without the name of the site that ends it ("… | The Daily Star")."""
    if not title:
        return None
    match = re.search(r"\s+[|–—·»-]\s+([^|–—·»]{2,60})$", title)
    if match:
        tail, name = match[1].casefold().strip(), (outlet or "").casefold()
        if name and (tail in name or name in tail):
            return title[: match.start()].strip()
    return title


def read(
    page: Page, blocks: Sequence[Block], head: Head | None, title: int | None, keep: Sequence[int]
) -> Known:
    """The metadata of a page. What the carrier says comes first, then the markup, then printed lines."""
    known = Known()
    for name in ("url", "outlet", "title", "credit"):
        known.set(name, getattr(page, name), "carrier")
    known.set("published", iso_time(page.published or ""), "carrier")
    if head is not None:
        if title is not None:
            known.set("title", blocks[title].text, "heading")
        known.set("outlet", head.tags.get("og:site_name"), "og:site_name")
        read_json_ld(head.items, known)
        read_meta(head.tree, head.tags, known)
        known.set("title", head.title, "title")
        read_microdata(head.tree, known)
        known.set("outlet", head.suffix, "title")
    elif title is not None:
        known.set("title", blocks[title].text, "first lines")
    read_head(blocks, title, keep, known)
    _same_as_outlet(known)
    read_body(blocks, keep, known)
    if known.fields.get("updated") == known.fields.get("published"):
        known.drop("updated")
    _language(head, known)
    if domain := host(known.fields.get("url")):
        known.set("outlet", domain.removeprefix("www."), "domain")
    return known


def _same_as_outlet(known: Known) -> None:
    """A site that gives its own name as the author names no author."""
    byline, outlet = known.fields.get("byline"), known.fields.get("outlet")
    if (
        byline
        and outlet
        and byline.casefold() == outlet.casefold()
        and known.known_from["byline"] != "printed line"
    ):
        known.drop("byline")


def _language(head: Head | None, known: Known) -> None:
    """ISO 639 code that the page declares; what the text is in, the language stage tells."""
    declared = (head.tree.get("lang") or "").replace("_", "-").split("-")[0].lower() if head else ""
    if re.fullmatch(r"[a-z]{2,3}", declared):
        known.set("language", declared, "html lang")
