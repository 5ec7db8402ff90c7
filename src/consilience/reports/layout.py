"""An article laid out for reading: paragraphs, quotations, the text with them masked, mentions, cast."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from consilience.lexicons import grammar, pattern
from consilience.model import Analysis
from consilience.reports import marks, mentions
from consilience.reports.marks import Marked
from consilience.reports.mentions import Mention
from consilience.reports.parsed import Acts, tree_of
from consilience.reports.speakers import Cast
from consilience.reports.words import WORD, cue_forms, words
from consilience.spans import Span

MASK = "\ue000"  # a private-use character: no letter, no space, in no news text
SETTING = 7  # words behind a verb of saying that may tell to whom, where and when alone
_BOUNDARY = re.compile(r"[.!?…]+[)\]]*\s+(?=[\"'“‘(\[A-ZÀ-Þ0-9\ue000])|;\s+")


@dataclass(frozen=True)
class Verb:
    """What the parse says of a form that can be a cue: its part of speech, and where its subject is.

    ``subject`` is where the head of its subject (of a passive with "by": its agent) starts, or -1;
    ``phrase`` the subject's words.
    """

    upos: str
    subject: int
    phrase: Span | None = None


@dataclass(frozen=True, eq=False)
class Page:
    """The article prepared for reading. ``masked`` has the length of ``text``, quotations blotted out."""

    analysis: Analysis
    text: str
    masked: str
    paragraphs: tuple[Span, ...]
    headings: frozenset[int]
    quotes: tuple[Marked, ...]
    mentions: tuple[Mention, ...]
    cast: Cast
    verbs: Mapping[int, Verb]
    trees: Mapping[int, Acts]

    @cached_property
    def _starts(self) -> list[int]:
        return [m.start for m in self.mentions]

    def within(self, span: Span) -> list[Mention]:
        """The mentions that lie inside ``span``."""
        first, last = (bisect_left(self._starts, at) for at in span)
        return [m for m in self.mentions[first:last] if m.end <= span.end]


@lru_cache(maxsize=4)
def prepare(analysis: Analysis) -> Page:
    """Everything that is read once per article; the last few are kept, for quotes and attributions alike."""
    text = analysis.article.text
    paragraphs, headings = _paragraphs(analysis)
    quotes = tuple(m for m in marks.pairs(text, paragraphs) if m.depth == 0)
    headings |= {i for i, p in enumerate(paragraphs) if _only_a_title(text, p, quotes)}
    chars = list(text)
    for q in quotes:
        chars[q.start : q.end] = MASK * (q.end - q.start)
    for paragraph in paragraphs[:2]:
        line = pattern("quotes", "dateline").match(text, paragraph.start, paragraph.end)
        if line:
            chars[line.start() : line.end()] = " " * (line.end() - line.start())
    masked = "".join(chars)
    found = mentions.find(masked, analysis.names)
    cast = Cast(text, masked, found)
    trees = {s.start: tree for s in analysis.sentences if (tree := tree_of(s)) is not None}
    return Page(
        analysis, text, masked, paragraphs, headings, quotes, found, cast, _verbs(trees.values()), trees
    )


def _verbs(trees: Iterable[Acts]) -> dict[int, Verb]:
    """Start of each cue form of the parsed sentences -> what the parse says of it."""
    return {
        token.start: Verb(token.upos, subject, phrase)
        for tree in trees
        for token, subject, phrase in tree.cue_subjects()
    }


def _paragraphs(analysis: Analysis) -> tuple[tuple[Span, ...], frozenset[int]]:
    """Spans of the paragraphs, and the indices of those that are headings."""
    text = analysis.article.text
    if not analysis.sentences:
        found = re.finditer(r"[^\n]*\S[^\n]*", text)
        return tuple(Span(m.start(), m.end()) for m in found), frozenset()
    spans: dict[int, Span] = {}
    kinds: dict[int, set[str]] = {}
    for s in analysis.sentences:
        old = spans.get(s.paragraph, s.span)
        spans[s.paragraph] = Span(min(old.start, s.start), max(old.end, s.end))
        kinds.setdefault(s.paragraph, set()).add(s.kind)
    order = sorted(spans)
    headings = frozenset(
        i
        for i, p in enumerate(order)
        if kinds[p] == {"heading"}
        and not text[: spans[p].end].rstrip().endswith(":")  # "Feld said:" leads on
    )
    return tuple(spans[p] for p in order), headings


def _only_a_title(text: str, paragraph: Span, quotes: tuple[Marked, ...]) -> bool:
    """Whether a line is nothing but a short quotation without a stop: a heading that quotes."""
    line = paragraph.trimmed(text)
    for q in quotes:
        if q.start == line.start and q.end == line.end and q.closed:
            inner = q.inside(text).of(text)
            return len(inner.split()) <= 10 and inner[-1:] not in ".!?…,;:"
    return False


def sentences(page: Page, paragraph: Span) -> list[Span]:
    """Sentences of a masked paragraph: a quotation and its frame stay together."""
    cuts = [
        m.end()
        for m in _BOUNDARY.finditer(page.masked, paragraph.start, paragraph.end)
        if not _abbreviation(page.masked, paragraph.start, m.start())
    ]
    for q in page.quotes:
        if not paragraph.start <= q.start < paragraph.end:
            continue
        inner = q.inside(page.text).of(page.text)
        rest = page.masked[q.end : paragraph.end]
        follow = rest.lstrip()
        if not follow or not inner or inner[-1] not in ".!?…":
            continue
        at = q.end + len(rest) - len(follow)
        if (
            follow[0] == MASK
            or follow[0].isupper()
            and not _frame_follows(page, at, paragraph.end, inner[-1])
        ):
            cuts.append(at)
    edges = [paragraph.start, *sorted(set(cuts)), paragraph.end]
    return [Span(a, b) for a, b in zip(edges, edges[1:], strict=False) if b > a]


def _abbreviation(masked: str, start: int, at: int) -> bool:
    """Whether the full stop at ``at`` belongs to a title or an initial."""
    if masked[at] != ".":
        return False
    before = WORD.findall(masked[max(start, at - 14) : at])
    last = before[-1] if before else ""
    if not last or not masked[at - 1].isalnum():
        return False
    initials = len(last) == 1 and last.isupper() or re.fullmatch(r"(?:[A-Z]\.)+[A-Z]?", last)
    return (
        bool(initials)
        or last.lower() in words("people", "abbreviated_titles")
        or last.lower() in words("function_words", "abbreviations")
    )


def _frame_follows(page: Page, at: int, end: int, last: str) -> bool:
    """Whether a frame ("Harris said") follows a quotation that ended in its own stop."""
    mention = next((m for m in page.mentions if at <= m.start <= at + 4), None)
    if mention is None or mention.end >= end:
        return False
    word = WORD.match(page.masked, min(end, mention.end + 1))
    if word is None or word.group().lower() not in cue_forms():
        return False
    after = page.masked[word.end() : word.end() + 2].strip()
    if after[:1] in (".", ",", ""):  # "Harris said." and not "Harris said that …"
        return True
    rest = page.masked[word.end() : end]
    rest = rest[: stop.start()] if (stop := _BOUNDARY.search(rest)) else rest.rstrip(" .\n")
    told = [w.lower() for w in WORD.findall(rest)]  # "Harris said to him in Danish."
    return bool(told) and told[0] in grammar("setting") and len(told) <= SETTING and MASK not in rest
