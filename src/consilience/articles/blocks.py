"""A page as blocks: the lines that a reader would see, with where each stands on the page.

The *visible text* of a page is its blocks joined by line breaks. All white space within a block is
one plain space (no-break spaces included), and characters without a look of their own (soft hyphens,
zero-width spaces, byte order marks, direction marks, control characters) are left out; nothing else
is changed. Articles are cut from it, so an offset map is a list of copied pieces.
"""

# ruff: noqa: SIM905 (a list of words reads better as words)
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import Any, NamedTuple

from lxml import etree, html

# Drawn by no font: removed. Joiners (U+200C, U+200D) stay: they change letters.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_SKIPPED = frozenset(
    "script style noscript template head title svg math select option datalist textarea iframe "
    "object embed applet audio video canvas map frameset noframes".split()
)
_BLOCK = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frame h1 h2 h3 h4 h5 h6 header hgroup hr label legend li "
    "main menu nav ol p pre section summary table tbody td tfoot th thead tr ul html".split()
)
_CELLS = frozenset(("td", "th"))
_LONGEST_CELL = 60  # characters
_EMPHASIS = frozenset(("b", "strong", "em", "i"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

# Kinds of place on a page: what an ancestor's tag, class or id says of the text below it.
_PLACE_TAGS = {
    "nav": "menu",
    "header": "header",
    "footer": "footer",
    "aside": "aside",
    "figure": "figure",
    "figcaption": "caption",
    "form": "form",
    "button": "form",
    "label": "form",
    "article": "article",
    "main": "article",
    "ul": "list",
    "ol": "list",
    "dl": "list",
    "table": "table",
    "blockquote": "quote",
}
_PLACE_NAMES = {
    "menu": r"nav(?!y)|menu|breadcrumb|crumbs?\b|skip-?(link|to)|masthead|topbar|toolbar|site-?header|ticker",
    "footer": r"foot(er)?\b|colophon|copyright|legal|disclaimer",
    "aside": r"sidebar|\brail\b|widget|aside|secondary",
    "caption": r"caption|credit|photo-?(desc|text)|wp-caption",
    "comments": r"comment|disqus|respond|discussion|replies|talkback|livefyre",
    "related": r"relat|recommend|read-?(more|next|also)|also-?read|more-?(on|from|stor|news)|"
    r"most-?(read|pop|view|shared)|popular|trending|teaser|promo|recirc|outbrain|taboola|see-?also|further|"
    r"latest|up-?next|story-?(list|card)|inline-?link|next-?(post|article)|prev",
    "share": r"shar(e|ing)|social|follow|sharedaddy|addthis|bookmark|print-?(link|this)|"
    r"email-?(link|this)|tools",
    "ad": r"(^|[-_ ])ads?([-_ ]|$)|advert|sponsor|\bmpu\b|adsense|adsbygoogle|dfp|leaderboard|gpt-",
    "signup": r"newsletter|subscri|sign-?up|signin|login|register|paywall|donat|membership|piano|optin|"
    r"support-?us",
    "consent": r"cookie|consent|gdpr|cmp|onetrust|privacy|overlay|modal|popup|lightbox|interstitial",
    "meta": r"byline|author|dateline(?!-text)|date\b|time-?stamp|published|posted|meta\b|post-?info|"
    r"contributor|read-?time",
    "tags": r"tags?\b|topics?\b|categor|keyword|filed|labels?\b",
    "poll": r"poll\b|vote|quiz|survey",
    "body": r"article-?_*(body|text|content)|story-?_*(body|text|content)|entry-?content|"
    r"post-?_*(body|content)|body-?(text|copy|content)|articlebody|main-?content|content-?body|paragraph",
    "standfirst": r"standfirst|sub-?(title|head|deck|headline)|dek\b|deck\b|lede|intro|summary|excerpt|"
    r"kicker-text|first-?paragraph|lead\b",
}
PLACES = tuple(sorted({*_PLACE_TAGS.values(), *_PLACE_NAMES}))
_BIT = {name: 1 << i for i, name in enumerate(PLACES)}
_TAG_BITS = {tag: _BIT[name] for tag, name in _PLACE_TAGS.items()}
_NAMES = tuple((_BIT[name], re.compile(rule, re.I)) for name, rule in _PLACE_NAMES.items())
_ANY_NAME = re.compile("|".join(_PLACE_NAMES.values()), re.I)
_ROOTS = frozenset(("body", "html"))
_LONGEST_TAG = 20_000  # characters; the parser is quadratic in a tag's attributes
_LONG_TAG = re.compile(rf"<([A-Za-z][\w:-]{{0,20}})\s[^<>]{{{_LONGEST_TAG},}}>")
_TAG_NAME = re.compile(r"</?([a-z][a-z0-9]*)")
_UNSEEN = frozenset(("script", "style", "noscript", "template", "title", "head"))
_MOST_BLOCKS = 20_000  # lines of a page that are read
_LONGEST_LINE = 200_000  # characters; no paragraph of a report has so many
_MAX_NAME = 300  # characters of class and id that are read


class Block(NamedTuple):
    """One visible line of a page.

    ``start``: offset in the visible text. ``tag``: the innermost block element ("" for plain text).
    ``places``: bits of the kinds of place that the ancestors name (see ``PLACES``); ``own``: bits of
    the block's own element. ``linked``: characters inside links. ``bold``: characters emphasised.
    ``depth``: number of ancestors. ``gap``: whether an empty line stood above (plain text).
    ``box``, ``outer``: numbers of the element around the block and of the one around that.
    """

    text: str
    start: int
    tag: str = ""
    places: int = 0
    own: int = 0
    linked: int = 0
    bold: int = 0
    depth: int = 0
    gap: bool = False
    box: int = 0
    outer: int = 0

    def at(self, place: str) -> bool:
        """Whether an ancestor or the block itself is a ``place``."""
        return bool(self.places & _BIT[place])


class Blocks(NamedTuple):
    """The blocks of a page, and its visible text (they joined by line breaks)."""

    blocks: tuple[Block, ...]
    text: str


def clean(text: str) -> str:
    """``text`` as one visible line: white space folded, invisible characters gone."""
    text = " ".join(text.split())
    return text if text.isprintable() else " ".join(_INVISIBLE.sub("", text).split())


def joined(blocks: Sequence[Block]) -> Blocks:
    """The blocks with their offsets set, without lines longer than any paragraph."""
    out, at = [], 0
    blocks = [b for b in blocks[:_MOST_BLOCKS] if len(b.text) <= _LONGEST_LINE]
    for block in blocks:
        out.append(block._replace(start=at))
        at += len(block.text) + 1
    return Blocks(tuple(out), "\n".join(b.text for b in out))


@lru_cache(maxsize=16_384)
def _named_places(name: str) -> int:
    bits = 0
    if not _ANY_NAME.search(name):
        return bits
    for bit, rule in _NAMES:
        if rule.search(name):
            bits |= bit
    return bits


class Where:
    """The element that text stands in. What the names of its ancestors say is worked out when asked for:
    most elements hold links alone, and nobody asks.
    """

    __slots__ = ("tag", "parent", "names", "tagged", "depth", "number", "_own", "_places")

    def __init__(self, tag: str, parent: Where | None, names: tuple[str | None, ...], number: int) -> None:
        self.tag, self.parent, self.names, self.number = tag, parent, names, number
        self.tagged = _TAG_BITS.get(tag, 0) | (parent.tagged if parent else 0)
        self.depth = parent.depth + 1 if parent else 0
        self._own = self._places = -1

    @property
    def own(self) -> int:
        """Bits of the kinds of place that the element itself names."""
        if self._own < 0:
            self._own = _TAG_BITS.get(self.tag, 0)
            for name in self.names:
                for word in name[:_MAX_NAME].split() if name else ():
                    self._own |= _named_places(word)
        return self._own

    @property
    def places(self) -> int:
        """The same, of the element and all its ancestors."""
        open_: list[Where] = []
        at: Where | None = self
        while at is not None and at._places < 0:
            open_.append(at)
            at = at.parent
        bits = at._places if at is not None else 0
        for where in reversed(open_):
            bits |= where.own
            where._places = bits
        return self._places

    def inside(self, names: tuple[str | None, ...]) -> Where:
        """An inline element in this block that has names of its own: the same place, more said of it."""
        inner = Where(self.tag, self.parent, self.names + names, self.number)
        inner.depth = self.depth
        return inner


@dataclass
class _Walk:
    """State of one walk over a tree: the block being filled and the blocks done."""

    done: list[Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    linked: int = 0
    bold: int = 0
    where: Where | None = None

    def add(self, text: str | None, where: Where, linked: bool, bold: bool) -> None:
        """Take text into the open block."""
        if not text:
            return
        if not self.parts:
            if text.isspace():
                return
            self.where = where
        self.parts.append(text)
        if linked or bold:
            size = len(text.strip())
            self.linked += size * linked
            self.bold += size * bold

    def close(self) -> None:
        """End the open block, if there is one."""
        if self.parts:
            text = clean("".join(self.parts))
            if text and self.where:
                w = self.where
                only_link = self.linked >= 0.9 * (len(text) - text.count(" "))
                places, own = (w.tagged, 0) if only_link else (w.places, w.own)
                box = w.parent.number if w.parent else 0
                outer = w.parent.parent.number if w.parent and w.parent.parent else 0
                sizes = (self.linked, self.bold)
                self.done.append(Block(text, 0, w.tag, places, own, *sizes, w.depth, False, box, outer))
            self.parts, self.linked, self.bold = [], 0, 0

    def line_break(self, following: str | None) -> None:
        """A ``<br>`` ends the line, but not within a sentence that goes on."""
        before = "".join(self.parts[-2:]).rstrip()
        after = (following or "").lstrip()
        if before and after and before[-1] not in '.!?:"”’)»' and after[0].islower():
            self.parts.append(" ")
        else:
            self.close()


def html_blocks(tree: etree._Element) -> Blocks:
    """The blocks of an HTML tree in document order. No recursion: depth costs nothing."""
    walk = _Walk()
    number = 0
    # A frame is (element, or the text after one, where, linked, bold); None closes a block.
    stack: list[tuple[Any, Where, bool, bool] | None] = [(tree, Where("", None, (), 0), False, False)]
    while stack and len(walk.done) < _MOST_BLOCKS:
        frame = stack.pop()
        if frame is None:
            walk.close()
            continue
        node, where, linked, bold = frame
        if isinstance(node, str):
            walk.add(node, where, linked, bold)
            continue
        tag = node.tag
        if not isinstance(tag, str) or tag in _SKIPPED:
            continue
        if tag == "br":
            walk.line_break(node.tail)
            continue
        if tag in _BLOCK and not (tag in _CELLS and _short_cell(node)):
            walk.close()
            number += 1
            where = Where(tag, where, () if tag in _ROOTS else _names(node), number)
            stack.append(None)
        else:
            if tag in _CELLS and walk.parts:
                walk.parts.append(" ")
            linked = linked or tag == "a"
            bold = bold or tag in _EMPHASIS
            names = _names(node)
            if any(names):
                where = where.inside(names)
        walk.add(node.text, where, linked, bold)
        for child in reversed(node):
            if child.tail:
                stack.append((child.tail, where, linked, bold))
            stack.append((child, where, linked, bold))
    walk.close()
    return joined(walk.done)


def _names(element: etree._Element) -> tuple[str | None, ...]:
    """What an element is called: class, id and itemprop ("articleBody" is a body)."""
    return element.get("class"), element.get("id"), element.get("itemprop")


def _short_cell(cell: etree._Element) -> bool:
    """Whether a table cell holds a word or two: a row of such cells is one line."""
    size = len(cell.text or "")
    for child in cell.iterdescendants():
        if child.tag in _BLOCK or child.tag == "br":
            return False
        size += len(child.text or "") + len(child.tail or "")
        if size > _LONGEST_CELL:
            return False
    return size <= _LONGEST_CELL


def text_blocks(text: str) -> Blocks:
    """The blocks of a plain text: its lines; lines wrapped at a fixed width are joined again."""
    paragraphs: list[list[str]] = [[]]
    for line in text.splitlines():
        line = clean(line) if len(line) <= _LONGEST_LINE else ""
        if line:
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    wrapped = _is_wrapped(paragraphs)
    blocks = []
    for paragraph in paragraphs:
        lines = [" ".join(paragraph)] if wrapped and paragraph else paragraph
        blocks += [Block(line, 0, gap=i == 0) for i, line in enumerate(lines)]
    return joined(blocks)


def _is_wrapped(paragraphs: Sequence[Sequence[str]]) -> bool:
    """Whether most paragraphs are runs of lines cut at one width, as in e-mail and wire copy."""
    inner = [line for p in paragraphs if len(p) > 1 for line in p[:-1]]
    if len(inner) < 6 or sum(len(p) > 1 for p in paragraphs) < 2:
        return False
    width = sorted(map(len, inner))[int(len(inner) * 0.9)]
    full = sum(width - len(line) <= 20 for line in inner)
    open_ended = sum(line[-1].isalnum() or line[-1] in ",;-–—" for line in inner)
    return width <= 110 and full >= 0.7 * len(inner) and open_ended >= 0.6 * len(inner)


def flat_text(source: str) -> str:
    """The text of HTML that no tree holds (nested too deep), tags cut out in one pass, a line per element.

    Linear in the size of ``source`` whatever it holds.
    """
    low = source.lower()
    out: list[str] = []
    at = 0
    while True:
        opened = source.find("<", at)
        if opened < 0:
            out.append(source[at:])
            break
        out.append(source[at:opened])
        closed = source.find(">", opened)
        if closed < 0:
            break
        name = _TAG_NAME.match(low, opened)
        at = closed + 1
        if name and low[opened + 1] != "/" and name[1] in _UNSEEN:
            end = low.find(f"</{name[1]}", at)
            at = len(source) if end < 0 else end
        elif not name or name[1] in _BLOCK or name[1] == "br":
            out.append("\n")
    return unescape("".join(out))


def parse(text: str) -> etree._Element | None:
    """The HTML tree of ``text``, however broken; None where there is nothing in it.

    Tags of more than ``_LONGEST_TAG`` characters lose their attributes, which no reader sees.
    """
    text = _LONG_TAG.sub(r"<\1>", text)
    # huge_tree stays off: libxml2 then stops at its own limits of depth and size instead of ours.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return html.document_fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None
