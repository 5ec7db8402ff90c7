"""Which of a page's lines are the report, and which is its title."""

# ruff: noqa: SIM905 (a list of words reads better as words)
from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
from lxml import etree

from consilience.articles.blocks import HEADINGS, Block
from consilience.articles.features import candidates, html_features, text_features
from consilience.articles.lines import is_byline, is_date_line, is_prose, kinds_of
from consilience.articles.trees import LineModel, line_model
from consilience.lexicons import pattern

# Chosen on the pages of benchmark/stories and of the extraction set, each page judged by a model that
# had not seen it: what trafilatura keeps needs less support than what it drops.
MOST_ELEMENTS = 30_000
KEEP_TEXT = 0.5
KEEP_PROSE = 0.3  # of a text's lines that read as sentences and name no kind of furniture
KEEP_GIVEN = 0.15  # the same, of a text that came with its title apart: its furniture is mostly gone
KEEP_FOUND = 0.4
KEEP_NOT_FOUND = 0.6
KEEP_BETWEEN = 0.1  # of a sentence between two kept lines of the same element
TITLE = 0.2  # below it a text has no title line
BODY_WORDS = 12  # words of a line that can open the body
COPY_LETTERS = 80  # letters and digits of a line that is not printed twice in one report
COVERED = 0.8  # part of a line made up of other lines that are kept: a second rendering of the text
STANDFIRST_WORDS = 4
STANDFIRST_REACH = 8  # blocks after the title in which a standfirst stands

_NEVER_TEXT = tuple(
    "script style noscript svg iframe template select textarea canvas object embed audio video map button "
    "nav footer".split()
)
_WORD = re.compile(r"\w+")


class Choice(NamedTuple):
    """Indices of the lines that are the report, in page order, and of the title (None: not found)."""

    keep: list[int]
    title: int | None


def key(text: str) -> str:
    """Letters and digits alone: how two printings of one line are compared."""
    return "".join(_WORD.findall(text)).casefold()


def main_text(tree: etree._Element) -> str:
    """The main text that trafilatura finds in its fast setting, '' where it finds none.

    It is not asked about a page of more than ``MOST_ELEMENTS`` elements: its time grows faster than they.
    Takes from ``tree`` what it would not keep, which saves a fifth of its time.
    """
    import trafilatura  # takes half a second to load: not for texts

    if sum(1 for _ in islice(tree.iter(), MOST_ELEMENTS)) >= MOST_ELEMENTS:
        return ""
    etree.strip_elements(tree, *_NEVER_TEXT, with_tail=False)
    try:
        document = trafilatura.bare_extraction(
            tree,
            fast=True,
            include_comments=False,
            with_metadata=False,
            deduplicate=False,
        )
    except (RecursionError, ValueError, TypeError, AttributeError, etree.Error):
        return ""  # a tree that it cannot walk: the lines are judged without it
    return (document.text or "") if document is not None else ""


def found_in(blocks: Sequence[Block], found: str) -> list[bool]:
    """Per block, whether its words stand in ``found``; a short one as a line of its own."""
    lines = {key(line) for line in found.splitlines()}
    whole = key(found)
    keys = [key(b.text) for b in blocks]
    return [bool(k) and (k in lines or (len(k) >= 25 and k in whole)) for k in keys]


def choose_text(blocks: Sequence[Block], title: str | None = None, model: LineModel | None = None) -> Choice:
    """The report in the lines of a text as copied from a page.

    ``title``: where the carrier knows it; ``model``: another one than the project's own, to measure it.
    """
    if not blocks:
        return Choice([], None)
    model = model or line_model("lines-text")
    rows = text_features(blocks, model.words)
    plain = [_is_plain(b.text) for b in blocks]
    odds = model.probability(rows)
    keep = odds > np.where(plain, KEEP_PROSE, KEEP_TEXT)
    at = _title_line(blocks, keep, title)
    if at is not None:
        keep[: at + 1] = False
    else:
        if title is not None:
            keep |= odds > np.where(plain, KEEP_GIVEN, KEEP_TEXT)
        for i in range(int(keep.argmax()) - 1, -1, -1):  # sentences that lead up to the first kept line
            if not plain[i]:
                break
            keep[i] = True
    _keep_labels(blocks, keep)
    return Choice(_tidied(blocks, np.flatnonzero(keep).tolist()), at)


def _keep_labels(blocks: Sequence[Block], keep: np.ndarray) -> None:
    """Keep a transcript's labels: a name and a colon, alone on a line between two that are kept."""
    for i in range(1, len(blocks) - 1):
        if (
            keep[i - 1]
            and keep[i + 1]
            and pattern("press", "label").fullmatch(blocks[i].text.strip())
            and kinds_of(blocks[i].text) < 0
        ):
            keep[i] = True


def _title_line(blocks: Sequence[Block], keep: np.ndarray, title: str | None) -> int | None:
    body = next((i for i in np.flatnonzero(keep) if len(blocks[i].text.split()) >= BODY_WORDS), len(blocks))
    if title is not None:
        wanted = key(title)
        return next((i for i, b in enumerate(blocks[: body + 1]) if key(b.text) == wanted), None)
    if body == 0:
        return None
    model = line_model("lines-title")
    odds = model.probability(text_features(blocks, model.words)[:body])
    best = int(odds.argmax())
    return best if odds[best] >= TITLE else None


def choose_html(
    blocks: Sequence[Block],
    found: str,
    title: str | None = None,
    description: str | None = None,
    model: LineModel | None = None,
) -> Choice:
    """The report in the blocks of an HTML page.

    ``found`` is what trafilatura keeps; ``title`` and ``description`` what the page's head says;
    ``model`` another one than the project's own, to measure it.
    """
    if not blocks:
        return Choice([], None)
    every = found_in(blocks, found)
    at_all = candidates(blocks, every)
    some, seen = [blocks[i] for i in at_all], [every[i] for i in at_all]
    model = model or line_model("lines-html")
    rows = np.hstack([text_features(some, model.words), html_features(some, seen, at_all)])
    odds = np.zeros(len(blocks))
    odds[at_all] = model.probability(rows)
    keep = odds > np.where(every, KEEP_FOUND, KEEP_NOT_FOUND)
    _bridge(blocks, keep, odds)
    _keep_labels(blocks, keep)
    at = _heading(blocks, title, keep)
    if at is not None:
        keep[at] = False
        for i in _standfirst(blocks, at, keep, description):
            keep[i] = True
    return Choice(_tidied(blocks, np.flatnonzero(keep).tolist()), at)


def _bridge(blocks: Sequence[Block], keep: np.ndarray, odds: np.ndarray) -> None:
    """Keep the sentences that stand between two kept lines, all in one element or in a row of its like."""
    kept = np.flatnonzero(keep)
    for before, after in zip(kept, kept[1:], strict=False):
        if _beside(blocks[before], blocks[after]):
            for i in range(before + 1, after):
                block = blocks[i]
                if odds[i] >= KEEP_BETWEEN and _beside(blocks[before], block) and _is_plain(block.text):
                    keep[i] = True


def _beside(a: Block, b: Block) -> bool:
    """Whether two lines are siblings, or each the only child of siblings."""
    return a.box == b.box or (a.outer == b.outer and a.tag == b.tag)


def _is_plain(text: str) -> bool:
    """Whether a line reads as sentences and names no kind of furniture."""
    return is_prose(text) and kinds_of(text) < 0


def _heading(blocks: Sequence[Block], title: str | None, keep: np.ndarray) -> int | None:
    """The heading that is the title: the head's words, else the first h1, else a heading above the body."""
    wanted = key(title or "")
    headings = [i for i, b in enumerate(blocks) if b.tag in HEADINGS]
    if wanted:
        for pool in (headings, range(len(blocks))):
            for i in pool:
                if key(blocks[i].text) == wanted:
                    return i
        for i in headings:
            k = key(blocks[i].text)
            if len(k) >= 20 and (k in wanted or wanted in k):
                return i
    first = next((i for i in headings if blocks[i].tag == "h1" and not blocks[i].at("menu")), None)
    if first is not None:
        return first
    body = next((i for i in np.flatnonzero(keep) if len(blocks[i].text.split()) >= BODY_WORDS), 0)
    above = [i for i in headings if i < body and blocks[i].tag in ("h2", "h3")]
    return above[-1] if above else None


def _standfirst(blocks: Sequence[Block], title: int, keep: np.ndarray, description: str | None) -> list[int]:
    """Lines below the title that sum the report up: marked so, or the words of the page's description."""
    told = key(description or "")
    out = []
    for i in range(title + 1, min(len(blocks), title + 1 + STANDFIRST_REACH)):
        block = blocks[i]
        if len(block.text.split()) >= BODY_WORDS and keep[i] and not block.at("standfirst"):
            break
        if len(block.text.split()) < STANDFIRST_WORDS or kinds_of(block.text) >= 0 or block.at("caption"):
            continue
        if is_byline(block.text) or is_date_line(block.text) or block.linked > len(block.text) / 2:
            continue
        k = key(block.text)
        marked = block.at("standfirst") and not block.at("meta")
        under = i == title + 1 and block.tag in HEADINGS
        if marked or under or (len(k) >= 20 and told.startswith(k)):
            out.append(i)
    return out


def _tidied(blocks: Sequence[Block], keep: list[int]) -> list[int]:
    """Without lines printed twice, second renderings of the text, and headings that head nothing."""
    seen: set[str] = set()
    once = []
    for i in keep:
        k = key(blocks[i].text)
        if len(k) >= COPY_LETTERS and k in seen:
            continue
        seen.add(k)
        once.append(i)
    keys = {i: key(blocks[i].text) for i in once}
    sizes = sorted((len(k), i) for i, k in keys.items())
    out = [i for i in once if not _made_of_others(keys, sizes, i)]
    while out and blocks[out[-1]].tag in HEADINGS:
        out.pop()
    return out


def _made_of_others(keys: dict[int, str], sizes: Sequence[tuple[int, int]], at: int) -> bool:
    size = len(keys[at])
    if size < 4 * COPY_LETTERS:
        return False
    covered = sum(n for n, j in sizes if 15 < n < size and j != at and keys[j] in keys[at])
    return covered > COVERED * size
