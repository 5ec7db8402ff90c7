"""From pages to articles: the order of the steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from consilience.articles import metadata
from consilience.articles.blocks import Block, Blocks, flat_text, html_blocks, joined, parse, text_blocks
from consilience.articles.choosing import choose_html, choose_text, main_text
from consilience.articles.completeness import judge
from consilience.articles.decoding import decode
from consilience.articles.known import Known
from consilience.articles.lines import is_prose
from consilience.articles.live import entries, with_opening
from consilience.articles.notes import split_notes
from consilience.articles.open_dates import is_stamp
from consilience.articles.repetition import repeated
from consilience.articles.trees import LineModel
from consilience.ids import content_id
from consilience.model import Article, Completeness, Page, Rejected
from consilience.settings import Settings

LEAST_TEXT = 200  # characters: a page with less may hide its text from the parser
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
    content = joined(()) if tree is None else html_blocks(tree)
    if sum(len(b.text) for b in content.blocks) < LEAST_TEXT:
        flat = text_blocks(flat_text(text))  # nested deeper than the parser goes
        if len(flat.text) > 2 * len(content.text) + LEAST_TEXT:
            return flat, None
    return content, tree


@dataclass(frozen=True)
class _Draft:
    """A page's report before the other pages of its outlet are heard."""

    page: Page
    blocks: tuple[Block, ...]
    keep: list[int]
    notes: tuple[str, ...]
    completeness: Completeness
    known: Known


def extract(pages: Iterable[Page], settings: Settings | None = None) -> tuple[list[Article], list[Rejected]]:
    """The reports on ``pages``, in their order, and what was set aside with the reason.

    Lines that several reports of one outlet share are furniture. An article's id is a hash of its
    content, so it is the same in any order of arrival; of two pages with the same content, the one whose
    source comes first in the alphabet stays.
    """
    settings = settings or Settings()
    drafts: list[_Draft] = []
    rejected: list[Rejected] = []
    for page in pages:
        draft = _draft(page, settings, None)
        (rejected if isinstance(draft, Rejected) else drafts).append(draft)  # type: ignore[arg-type]
    said = [(d.known.fields.get("outlet"), d.known.fields.get("title"), _lines(d)) for d in drafts]
    articles: dict[str, Article] = {}
    for draft, again in zip(drafts, repeated(said), strict=True):
        keep = [k for n, k in enumerate(draft.keep) if n not in again]
        result = _article(replace(draft, keep=keep))
        first = articles.setdefault(result.id, result)
        if first is not result:
            stays, goes = sorted((first, result), key=lambda a: a.source)
            articles[result.id] = stays
            rejected.append(Rejected(goes.source, f"the same content as {stays.source}", fault=False))
    return list(articles.values()), rejected


def read_page(page: Page, settings: Settings, model: LineModel | None = None) -> Article | Rejected:
    """One page's report by itself, or the reason why there is none. ``model``: another for HTML pages."""
    draft = _draft(page, settings, model)
    return draft if isinstance(draft, Rejected) else _article(draft)


def _draft(page: Page, settings: Settings, model: LineModel | None) -> _Draft | Rejected:
    if len(page.data) > settings.max_page_bytes:
        return Rejected(page.source, f"larger than {settings.max_page_bytes:,} bytes")
    if not page.data.strip():
        return Rejected(page.source, "empty")
    content, tree = _blocks(page)
    blocks = content.blocks
    if not blocks:
        return Rejected(page.source, "no text on the page")
    head = metadata.Head(tree) if tree is not None else None
    if head is None:
        keep, title = choose_text(blocks, page.title)
    else:
        found, named = main_text(head.tree), page.title or head.title
        keep, title = choose_html(blocks, found, named, head.description, model)
    keep, notes = split_notes(blocks, with_opening(blocks, _without_stamps(blocks, keep)), title)
    completeness = judge(blocks, keep, title, head)
    if not keep:
        return Rejected(page.source, f"not an article: {completeness.reason}")
    known = metadata.read(page, blocks, head, title, keep)
    return _Draft(page, blocks, keep, notes, completeness, known)


def _without_stamps(blocks: Sequence[Block], keep: list[int]) -> list[int]:
    """The lines without dates of publication that stand alone above the first sentence or below the last."""
    prose = [i for i in keep if is_prose(blocks[i].text)]
    if not prose:
        return keep
    return [i for i in keep if prose[0] <= i <= prose[-1] or not is_stamp(blocks[i].text)]


def _lines(draft: _Draft) -> list[str]:
    return [draft.blocks[i].text for i in draft.keep]


def _article(draft: _Draft) -> Article:
    text, pieces = assemble([draft.blocks[i] for i in draft.keep])
    fields = draft.known.fields
    return Article(
        id=content_id("article", fields.get("url"), fields.get("outlet"), fields.get("title"), text),
        source=draft.page.source,
        text=text,
        completeness=draft.completeness,
        known_from=draft.known.known_from,
        notes=draft.notes,
        pieces=pieces,
        entries=entries(draft.blocks, draft.keep, fields.get("updated") or fields.get("published")),
        open_dates=() if "published" in fields else draft.known.open_dates,
        **fields,
    )


def assemble(blocks: Sequence[Block]) -> tuple[str, tuple[tuple[int, int, int], ...]]:
    """The article's text, paragraphs apart by an empty line, and its offset map to the visible text."""
    pieces, at = [], 0
    for block in blocks:
        pieces.append((at, block.start, len(block.text)))
        at += len(block.text) + len(BETWEEN)
    return BETWEEN.join(b.text for b in blocks), tuple(pieces)
