"""HTML pages: which of a page's blocks are the report."""

from __future__ import annotations

import re
from collections.abc import Sequence

import trafilatura
from lxml import etree

from consilience.articles.blocks import HEADINGS, Block
from consilience.articles.lines import is_furniture

_WORD = re.compile(r"\w+")


def key(text: str) -> str:
    """Letters and digits alone: how two printings of one line are compared."""
    return "".join(_WORD.findall(text)).casefold()


def main_text(tree: etree._Element) -> str:
    """The main text that trafilatura finds, '' where it finds none."""
    try:
        document = trafilatura.bare_extraction(
            tree, favor_precision=True, include_comments=False, with_metadata=False, deduplicate=False
        )
    except (RecursionError, ValueError, TypeError, AttributeError, etree.Error):
        return ""  # a tree that it cannot walk: the blocks are judged without it
    return (document.text or "") if document is not None else ""


def choose_blocks(blocks: Sequence[Block], found: str) -> tuple[list[int], int | None]:
    """Indices of the blocks that are the report, and of its title; ``found`` is ``main_text``."""
    lines = {key(line) for line in found.splitlines()}
    whole = key(found)
    title = next((i for i, b in enumerate(blocks) if b.tag == "h1"), None)
    keep = []
    for i, block in enumerate(blocks):
        k = key(block.text)
        if not k or i == title or is_furniture(block.text) or block.at("caption"):
            continue
        if k in lines or (len(k) >= 25 and k in whole):
            keep.append(i)
    while keep and blocks[keep[-1]].tag in HEADINGS:
        keep.pop()
    return keep, title
