"""From pages to articles: the order of the steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from consilience.articles import metadata
from consilience.articles.blocks import Block, Blocks, html_blocks, joined, parse, text_blocks
from consilience.articles.choosing import choose_html, choose_text, main_text
from consilience.articles.decoding import decode
from consilience.ids import content_id
from consilience.model import Article, Completeness, Page, Rejected
from consilience.settings import Settings

BETWEEN = "\n\n"  # between paragraphs of an article's text


def page_text(page: Page) -> str:
    """The visible text of a page, which ``Article.pieces`` point into.

    One line per block; white space within a line folded to single spaces, characters that no font
    draws left out, nothing else changed. Offsets count code points.
    """
    return _blocks(page)[0].text


def _blocks(page: Page) -> tuple[Blocks, etree._Element | None]:
    text = decode(page.data, page.charset)
    if page.media_type == "text/plain":
        return text_blocks(text), None
    tree = parse(text)
    return (joined(()) if tree is None else html_blocks(tree)), tree


def extract(
    pages: Iterable[Page], settings: Settings | None = None
) -> tuple[list[Article], list[Rejected]]:
    """The reports on ``pages``, in their order, and what was set aside with the reason.

    An article's id is a hash of its source and content, so it is the same in any order of arrival.
    """
    settings = settings or Settings()
    articles: list[Article] = []
    rejected: list[Rejected] = []
    seen: dict[str, str] = {}
    for page in pages:
        result = read_page(page, settings)
        if isinstance(result, Rejected):
            rejected.append(result)
        elif result.id in seen:
            rejected.append(Rejected(result.source, f"the same content as {seen[result.id]}"))
        else:
            seen[result.id] = result.source
            articles.append(result)
    return articles, rejected


def read_page(page: Page, settings: Settings) -> Article | Rejected:
    """One page's report, or the reason why there is none."""
    if len(page.data) > settings.max_page_bytes:
        return Rejected(page.source, f"larger than {settings.max_page_bytes:,} bytes")
    if not page.data.strip():
        return Rejected(page.source, "empty")
    content, tree = _blocks(page)
    if not content.blocks:
        return Rejected(page.source, "no text on the page")
    head = None
    if tree is None:
        keep, title = choose_text(content.blocks, page.title)
    else:
        head = metadata.Head(tree)
        keep, title = choose_html(content.blocks, main_text(tree), page.title or head.title, head.description)
    if not keep:
        return Rejected(page.source, "no report found on the page")
    text, pieces = assemble([content.blocks[i] for i in keep])
    known = metadata.read(page, content.blocks, head, title, keep)
    fields = known.fields
    return Article(
        id=content_id("article", fields.get("url"), fields.get("outlet"), fields.get("title"), text),
        source=page.source,
        text=text,
        completeness=Completeness("whole"),
        known_from=known.known_from,
        pieces=pieces,
        **fields,
    )


def assemble(blocks: Sequence[Block]) -> tuple[str, tuple[tuple[int, int, int], ...]]:
    """The article's text, paragraphs apart by an empty line, and its offset map to the visible text."""
    pieces, at = [], 0
    for block in blocks:
        pieces.append((at, block.start, len(block.text)))
        at += len(block.text) + len(BETWEEN)
    return BETWEEN.join(b.text for b in blocks), tuple(pieces)
