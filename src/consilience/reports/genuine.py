"""Whether quotation marks quote somebody, or hold a title, a name, a nickname, a word at arm's length."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from consilience.lexicons import grammar, lexicon
from consilience.reports.words import WORD, cue_forms, words

if TYPE_CHECKING:
    from consilience.reports.direct import Speech
    from consilience.reports.layout import Page

LONG = 7  # words; marks around as many always quote (a title of that length is rarer than one in a hundred)


@cache
def _naming() -> re.Pattern[str]:
    phrases = "|".join(re.escape(w) for w in lexicon("quotes")["naming"])
    articles = "|".join(sorted(grammar("article")))
    return re.compile(rf"(?:\b(?:{phrases})(?: (?:{articles}))?|\()\s*,?\s*$", re.IGNORECASE)


def is_quote(page: Page, speech: Speech) -> bool:
    """Whether the marks of ``speech`` quote somebody."""
    if speech.marked is None:
        return speech.transcript
    inner = speech.marked.inside(page.text).of(page.text)
    tokens = WORD.findall(inner)
    if not tokens:
        return False
    if speech.heading and _again(page, speech, inner):
        return False
    if len(tokens) >= LONG:
        return True
    before = page.masked[max(0, speech.span.start - 30) : speech.span.start]
    after = page.masked[speech.span.end : speech.span.end + 2]
    if _titled(tokens):
        if speech.heading and len(tokens) > 1:
            return False
        return _starts_speech(before) or _names_somebody(page, speech)
    if _naming().search(before):
        return len(tokens) > 3
    if len(tokens) == 1 and tokens[0][0].isdigit() and inner[-1] not in ".!?":
        return False
    embedded = after[:1] == " " and before.rstrip()[-1:].isalnum() and inner[-1].isalnum()
    if len(tokens) <= 2 and embedded and speech.how not in ("frame", "label", "continued"):
        return speech.cue is not None
    return True


def _names_somebody(page: Page, speech: Speech) -> bool:
    """Whether somebody is reported to call another so ("called him “Mister Nobody”")."""
    if speech.cue is None or speech.cue.end > speech.span.start:
        return False
    said = cue_forms().get(speech.cue.of(page.text).lower())
    gap = speech.span.start - speech.cue.end
    return said in words("cues", "calling") and gap < 60 or said in words("cues", "inverted") and gap < 4


def _starts_speech(before: str) -> bool:
    """Whether what stands before a quotation lets a sentence begin: nothing, a stop, a colon, a comma."""
    lead = before.rstrip(" ")
    return not lead or lead[-1] in "\n.!?:,;—–\ue000"


def _titled(tokens: list[str]) -> bool:
    """Whether every word of weight starts with a capital or a figure."""
    heavy = [w for w in tokens if w not in words("function_words", "small")]
    return bool(heavy) and all(not w[0].islower() for w in heavy)


def _again(page: Page, speech: Speech, inner: str) -> bool:
    """Whether the words of a heading's quotation are quoted in the body as well: one utterance."""
    words = inner.strip(" ,.").casefold()
    rest = page.text[: speech.span.start] + " " + page.text[speech.span.end :]
    return words in rest.casefold()
