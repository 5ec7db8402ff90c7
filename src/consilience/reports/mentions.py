"""Who and what could be speaking: names, roles and pronouns of an article, as spans.

A shallow reading by word lists and capitals: it needs no parse, and where the encoder's names are
there it takes their types. Words inside quotation marks are left out by the caller (masked).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from consilience.model import Name
from consilience.reports.words import WORD, bare, body_nouns, people_nouns, words
from consilience.spans import Span

Kind = Literal["person", "body", "name", "role", "group", "thing", "pronoun"]
PRONOUNS = {"he": "m", "she": "f", "they": "", "it": "", "who": "", "i": "", "we": ""}
_DETERMINERS = frozenset(
    "the a an one another his her its their our my some several many most two three four five six "
    "seven eight nine ten dozens hundreds thousands both other each every this that these those no".split()
)
_DEFINITE = frozenset("the his her its their this that these those our my both".split())
_LINK = frozenset("of for at from with in to on".split())
_ABBREVIATED = frozenset("mr mrs ms dr prof rev fr gen lt col capt maj sgt supt sen rep gov st jr sr brig mgr cllr".split())


@dataclass(frozen=True)
class Mention:
    """Words that stand for somebody. ``core`` is the name or role without title, article, clause.

    ``head`` is the bare head noun of a role (lower case) or the last word of a name; ``title`` the
    words before the name; ``definite`` whether the words point at somebody known.
    """

    start: int
    end: int
    kind: Kind
    core: str
    head: str
    title: str = ""
    definite: bool = True
    possessive: bool = False
    prepositional: bool = False

    @property
    def span(self) -> Span:
        """The place, article and title included."""
        return Span(self.start, self.end)


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    text: str
    low: str
    possessive: bool

    @property
    def capital(self) -> bool:
        return self.text[0].isupper() or (self.text[:3].lower() in ("al-", "el-") and self.text[3:4].isupper())


def find(masked: str, names: Sequence[Name] = ()) -> tuple[Mention, ...]:
    """The mentions of a text whose quotations are masked, in order, not overlapping.

    ``names`` give types where they cover a mention. ``masked`` has the length of the article's text.
    """
    tokens = _tokens(masked)
    lowered = {w.text for w in tokens if w.text.islower()}
    typed = {(n.start, n.end): n.type for n in names}
    out: list[Mention] = []
    i = 0
    while i < len(tokens):
        mention, following = _at(masked, tokens, i, lowered, typed)
        if mention is not None:
            out.append(mention)
        i = max(following, i + 1)
    return tuple(out)


def _tokens(text: str) -> list[_Word]:
    out = []
    for m in WORD.finditer(text):
        start, end, word = m.start(), m.end(), m.group()
        possessive = word.endswith(("’s", "'s")) or (word[-1] in "sS" and text[end : end + 2] in ("’ ", "' "))
        if word.endswith(("’s", "'s")):
            end -= 2
            word = word[:-2]
        if text[end : end + 1] == "." and (len(word) == 1 and word.isupper() or word.lower() in _ABBREVIATED or re.fullmatch(r"(?:[A-Z]\.)+[A-Z]", word)):
            end += 1
        out.append(_Word(start, end, word, word.lower(), possessive))
    return out


def _adjacent(text: str, a: _Word, b: _Word) -> bool:
    """Whether only one space (after a possessive ending, if any) stands between two words."""
    return text[a.end : b.start].lstrip("’'s") == " " if a.possessive else text[a.end : b.start] in (" ", "\u00a0")


def _at(
    text: str, tokens: list[_Word], i: int, lowered: set[str], typed: dict[tuple[int, int], str]
) -> tuple[Mention | None, int]:
    """The mention that starts with token ``i``, and the token after it."""
    word = tokens[i]
    if word.low in PRONOUNS and not (word.low == "i" and word.text != "I"):
        return Mention(word.start, word.end, "pronoun", word.text, word.low, prepositional=_after_link(text, tokens, i)), i + 1
    role = _role(text, tokens, i)
    if role is not None:
        return role
    if word.capital and word.low not in words("people", "stop"):
        return _name(text, tokens, i, lowered, typed)
    if word.low in _DETERMINERS and i + 1 < len(tokens) and tokens[i + 1].capital and _adjacent(text, word, tokens[i + 1]):
        mention, following = _name(text, tokens, i + 1, lowered, typed)
        if mention is not None:
            kind: Kind = "body" if mention.kind == "name" else mention.kind
            return Mention(word.start, mention.end, kind, mention.core, mention.head, mention.title,
                           word.low in _DEFINITE, mention.possessive, _after_link(text, tokens, i)), following
    return None, i + 1


def _after_link(text: str, tokens: list[_Word], i: int) -> bool:
    """Whether a preposition governs token ``i``."""
    return i > 0 and tokens[i - 1].low in _LINK | {"by", "against", "near", "into", "over", "about", "between", "under", "than", "like", "among", "through"} and text[tokens[i - 1].end : tokens[i].start].isspace()


def _name_run(text: str, tokens: list[_Word], i: int) -> int:
    """The token after the run of capitalised words that starts at ``i``."""
    j = i + 1
    while j < len(tokens):
        if tokens[j - 1].possessive or not _adjacent(text, tokens[j - 1], tokens[j]):
            break
        if tokens[j].capital:
            j += 1
            continue
        k = j
        while k < len(tokens) and tokens[k].low in words("people", "particles") and k - j < 2:
            k += 1
        if k > j and k < len(tokens) and tokens[k].capital and all(_adjacent(text, tokens[n], tokens[n + 1]) for n in range(j - 1, k)):
            j = k + 1
            continue
        break
    return j


def _name(
    text: str, tokens: list[_Word], i: int, lowered: set[str], typed: dict[tuple[int, int], str]
) -> tuple[Mention | None, int]:
    j = _name_run(text, tokens, i)
    run = tokens[i:j]
    body_words = words("people", "body_words")
    is_body = any(w.low in body_words for w in run)
    while is_body and not tokens[j - 1].possessive:  # Court of Appeals of San Lázaro
        k = j
        while k < len(tokens) and tokens[k].low in ("of", "for", "the", "and") and k - j < 2 and tokens[k].low != "and":
            k += 1
        if k == j or k >= len(tokens) or not tokens[k].capital or not all(_adjacent(text, tokens[n], tokens[n + 1]) for n in range(j - 1, k)):
            break
        j = _name_run(text, tokens, k)
    run = tokens[i:j]
    if len(run) == 1 and run[0].low in lowered and not run[0].text.isupper() and run[0].low not in words("people", "titles"):
        return None, j  # a common word at the head of a sentence
    cut = 0
    if not is_body or run[-1].low not in body_words:
        nouns = words("people", "titles") | people_nouns()
        cut = max((n + 1 for n, w in enumerate(run[:-1]) if w.low.strip(".") in nouns and w.text[0].isupper()), default=0)
    core = run[cut:]
    label = next((t for (a, b), t in typed.items() if a < run[-1].end and core[0].start < b), "")
    kind: Kind = "name"
    if label in ("person", "organization"):
        kind = "person" if label == "person" else "body"
    elif cut == 0 and (is_body or (len(run) == 1 and run[0].text.isupper() and len(run[0].text) > 1)):
        kind = "body"
    elif cut or len(core) > 1:
        kind = "person"
    elif len(run) == 1 and run[0].low in words("people", "titles"):
        kind = "role"
    return Mention(run[0].start, run[-1].end, kind, text[core[0].start : core[-1].end], core[-1].low,
                   text[run[0].start : core[0].start].strip() if cut else "", True, run[-1].possessive,
                   _after_link(text, tokens, i)), j


def _role(text: str, tokens: list[_Word], i: int) -> tuple[Mention, int] | None:
    """A phrase headed by a noun for people or bodies: "two officials briefed …", "the company's head"."""
    nouns, bodies = people_nouns(), body_nouns()
    first = tokens[i]
    determined = first.low in _DETERMINERS or first.possessive
    head = -1
    j = i
    while j < len(tokens) and j - i < 8:
        word = tokens[j]
        if j > i and not _adjacent(text, tokens[j - 1], word):
            break
        plain = word.low
        if plain in nouns or plain in bodies:
            head = j
        elif j > i and (plain in _LINK or plain in _STOPPERS or plain in PRONOUNS or (plain in _DETERMINERS and not tokens[j - 1].possessive and j - i > 1)):
            break
        elif word.capital and head >= 0 and not word.possessive:
            break  # chief executive | Marieke Donkers
        j += 1
    if head < 0:
        return None
    while tokens[head].possessive and head > i:  # "the company's lawyer": the noun after it is the head
        rest = [k for k in range(head + 1, min(j, len(tokens))) if tokens[k].low in nouns or tokens[k].low in bodies]
        if not rest:
            break
        head = rest[-1]
    low = tokens[head].low
    if not determined and not (low in words("people", "collective") or (first.capital and low in nouns) or low.endswith("s") and low in nouns):
        return None
    if not determined and first.low in words("people", "stop"):
        return None
    if all(w.capital for w in tokens[i : head + 1]) and not first.low in _DETERMINERS and not low in words("people", "collective"):
        return None
    end = head + 1
    kind: Kind = "role" if low in nouns and low not in words("people", "collective") else "group" if low in nouns else "thing"
    definite = first.low in _DEFINITE or first.possessive
    core = text[tokens[i].start : tokens[head].end]
    stop = _tail(text, tokens, end)
    return Mention(first.start, tokens[stop - 1].end, kind, core, low, "", definite,
                   tokens[head].possessive, _after_link(text, tokens, i)), stop


_STOPPERS = frozenset(
    "and or but who that which said says is are was were has have had will would could can may might "
    "be been not by as if when while because after before since until told asked added".split()
)


def _tail(text: str, tokens: list[_Word], j: int) -> int:
    """Past the "of …", "for …" that belongs to a role."""
    if j >= len(tokens) or tokens[j - 1].possessive:
        return j
    if tokens[j].low not in ("of", "for", "at", "from", "with") or not _adjacent(text, tokens[j - 1], tokens[j]):
        return j
    k = j + 1
    while k < len(tokens) and k - j < 7 and _adjacent(text, tokens[k - 1], tokens[k]):
        low = tokens[k].low
        if low in _STOPPERS or (low in PRONOUNS):
            break
        if tokens[k].text.islower() and not (low in _DETERMINERS or low in _LINK):
            if low in people_nouns() or low in body_nouns():
                k += 1
                continue
            if k + 1 < len(tokens) and _adjacent(text, tokens[k], tokens[k + 1]) and (tokens[k + 1].low in body_nouns() or tokens[k + 1].low in people_nouns() or tokens[k + 1].capital):
                k += 1
                continue
            break
        k += 1
    while k > j + 1 and (tokens[k - 1].low in _DETERMINERS or tokens[k - 1].low in _LINK):
        k -= 1
    return k if k > j + 1 else j
