"""Whether a page carries the whole report, a part of one, or none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from consilience.articles.blocks import HEADINGS, Block
from consilience.articles.lines import kinds_of
from consilience.articles.metadata import Head
from consilience.lexicons import lexicon
from consilience.model import Completeness

WALL_REACH = 6  # blocks after the report in which a wall stands
SHORT = 60  # words: a page with a shorter report may be no article
TEASER = 40  # words: a shorter report on an HTML page that only repeats the page's description
BROKEN_WORDS = 8  # words of a last line that must come to an end
LINKED = 0.5  # part of a list page's letters that are links
SUMMARY_WORDS = 6  # words of a summary on an index page
SUMMARIES = 4  # of them that make a page an index
HEADED = 0.6  # part of the lines kept that stand below a heading that is a link
TEASERS = 8  # short linked headings on a list page
_ENDS = re.compile(r"[.!?:;…\"'”’»)\]*\d。！？」』]$")
_ELLIPSIS = re.compile(r"(?:\.\.\.|…)\W*$")
_SIGNED = re.compile(r"[-–—/(.!?”\"]\s*(?:[A-Z][\w./&-]*[ ,]*){1,4}\)?$")  # ". PTI", "- Norwire News"
_WHOLE_TYPES = frozenset(("article", "newsarticle", "news", "blog"))


@cache
def _rules(group: str) -> Mapping[str, re.Pattern[str]]:
    table = lexicon("completeness")[group]
    return {reason: re.compile("|".join(f"(?:{r})" for r in rules), re.I) for reason, rules in table.items()}


def judge(blocks: Sequence[Block], keep: Sequence[int], title: int | None, head: Head | None) -> Completeness:
    """``whole``, ``partial`` or ``not an article``, with the reason."""
    words = sum(len(blocks[i].text.split()) for i in keep)
    if head is not None and not _says_article(head) and _is_index(blocks, keep):
        return Completeness("not an article", "an index page")
    if words < SHORT:
        reason = _not_an_article(blocks, keep, title, head)
        if reason:
            return Completeness("not an article", reason)
    reason = _partial(blocks, keep, head, words)
    return Completeness("partial", reason) if reason else Completeness("whole")


def _is_index(blocks: Sequence[Block], keep: Sequence[int]) -> bool:
    """Whether most of the lines kept stand each below a heading that is a link: summaries of reports."""
    long = [i for i in keep if len(blocks[i].text.split()) >= SUMMARY_WORDS]
    headed = sum(any(_is_link_heading(b) for b in blocks[max(0, i - 2) : i]) for i in long)
    return headed >= SUMMARIES and headed > HEADED * len(long)


def _says_article(head: Head) -> bool:
    return bool(head.items) or head.tags.get("og:type", "").lower() in _WHOLE_TYPES


def _is_link_heading(block: Block) -> bool:
    return block.tag in HEADINGS and block.linked >= 0.8 * len(block.text)


def _not_an_article(
    blocks: Sequence[Block], keep: Sequence[int], title: int | None, head: Head | None
) -> str | None:
    opening = [blocks[title].text] if title is not None else []
    opening += [head.title or ""] if head is not None else []
    opening += [b.text for b in blocks[:4]] if len(blocks) <= 12 else []
    opening += [blocks[i].text for i in keep[:2]]
    for reason, rule in _rules("not an article").items():
        if any(rule.search(text) for text in opening if len(text) < 300):
            return reason
    if head is not None:
        kind = head.tags.get("og:type", "").lower()
        if kind.startswith("video"):
            return "a video page"
        letters = sum(len(b.text) for b in blocks)
        linked = sum(b.linked for b in blocks)
        teasers = sum(b.linked > 0.8 * len(b.text) and 3 <= len(b.text.split()) <= 20 for b in blocks)
        if teasers >= TEASERS and linked > LINKED * letters and kind not in _WHOLE_TYPES:
            return "an index page"
    return None if keep else "no report on the page"


def _partial(blocks: Sequence[Block], keep: Sequence[int], head: Head | None, words: int) -> str | None:
    last = blocks[keep[-1]]
    near = [
        blocks[i].text
        for i in range(keep[0], min(len(blocks), keep[-1] + 1 + WALL_REACH))
        if i > keep[-1] or i in keep[-1:]
    ]
    rules = _rules("partial")
    if any(rules["paywall"].search(text) for text in near if len(text) < 300):
        return "held back for subscribers"
    if any(rules["continued"].search(text) for text in near if len(text) < 300):
        return "goes on elsewhere"
    if _ELLIPSIS.search(last.text) and kinds_of(last.text) < 0:
        return "breaks off with an ellipsis"
    if head is not None and words < TEASER and _only_description(blocks, keep, head):
        return "only a teaser"
    if (
        len(last.text.split()) >= BROKEN_WORDS
        and last.tag not in (*HEADINGS, "li")
        and not _ENDS.search(last.text)
    ):
        listed = last.text[:1] in "-•*–" or _SIGNED.search(last.text)
        if not listed:
            return "breaks off in mid-sentence"
    return "held back for subscribers" if head is not None and _locked(head, words) else None


def _only_description(blocks: Sequence[Block], keep: Sequence[int], head: Head) -> bool:
    told = " ".join((head.description or "").split()).casefold()
    said = " ".join(blocks[i].text for i in keep).casefold()
    return bool(told) and (said in told or told in said)


def _locked(head: Head, words: int) -> bool:
    """Whether the page's markup says that it is not free, and shows no more than an opening."""
    free = [item.get("isAccessibleForFree") for item in head.items]
    return words < 200 and any(str(value).lower() == "false" for value in free)
