"""Who and what could be speaking: names, roles and pronouns of an article, as spans.

A shallow reading by word lists and capitals: it needs no parse, and where the encoder's names are
there it takes their types. Words inside quotation marks are left out by the caller (masked).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from consilience.lexicons import endings, grammar, lexicon, pattern
from consilience.model import Name
from consilience.reports.words import WORD, body_nouns, cue_forms, people_nouns, words
from consilience.spans import Span

Kind = Literal["person", "body", "place", "name", "role", "group", "thing", "pronoun"]
UNKNOWN, UNKNOWN_BARE = 4, 2  # words that may stand before the noun of a phrase with a determiner, without
_INITIALS = re.compile(r"(?:[A-Z]\.)+[A-Z]")


def pronouns() -> Mapping[str, str]:
    """Pronouns that can stand for a speaker -> the gender that they show, m, f or ''."""
    return lexicon("speakers")["pronouns"]


@cache
def determiners() -> frozenset[str]:
    """Articles, possessives, demonstratives and quantities."""
    keys = ("quantities", "definite", "indefinite")
    return frozenset().union(*(words("function_words", k) for k in keys))


@cache
def prepositions() -> frozenset[str]:
    """All prepositions that matter here."""
    return words("function_words", "links") | words("function_words", "prepositions")


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


class _Word(NamedTuple):
    start: int
    end: int
    text: str
    low: str
    possessive: bool
    capital: bool  # whether it starts with a capital letter


def find(masked: str, names: Sequence[Name] = ()) -> tuple[Mention, ...]:
    """The mentions of a text whose quotations are masked, in order, not overlapping.

    ``names`` give types where they cover a mention. ``masked`` has the length of the article's text.
    """
    return _Finder(masked, names).all()


def _tokens(text: str) -> list[_Word]:
    abbreviated = words("people", "abbreviated_titles")
    out = []
    for m in WORD.finditer(text):
        start, end, word = m.start(), m.end(), m.group()
        owned = word.endswith(endings("possessive"))
        possessive = owned or (word[-1] in "sS" and text[end : end + 2] in ("’ ", "' "))
        if owned:
            end -= 2
            word = word[:-2]
        low = word.lower()
        if text[end : end + 1] == "." and (
            len(word) == 1 and word.isupper() or low in abbreviated or _INITIALS.fullmatch(word)
        ):
            end += 1
        capital = word[0].isupper() or low.startswith(("al-", "el-")) and word[3:4].isupper()
        out.append(_Word(start, end, word, low, possessive, capital))
    return out


class _Finder:
    """One pass over the words of a text."""

    def __init__(self, text: str, names: Sequence[Name]) -> None:
        self.text = text
        self.words = _tokens(text)
        self.lowered = {w.text for w in self.words if w.text.islower()}
        self.names = sorted(names, key=lambda n: n.start)
        self.starts = [n.start for n in self.names]
        self.people = people_nouns()
        self.bodies = body_nouns()
        self.pronouns = pronouns()
        self.titled = words("people", "titles") | self.people
        self.nouns = [self._noun(w.low) for w in self.words]
        self.next_noun = self._next_nouns()

    def all(self) -> tuple[Mention, ...]:
        """The mentions of the whole text."""
        out: list[Mention] = []
        i = 0
        while i < len(self.words):
            mention, following = self._at(i)
            if mention is not None:
                out.append(mention)
            i = max(following, i + 1)
        return tuple(out)

    def _touch(self, i: int, j: int) -> bool:
        """Whether only one space (after a possessive ending, if any) stands between two words."""
        if j >= len(self.words):
            return False
        gap = self.text[self.words[i].end : self.words[j].start]
        return gap.lstrip("’'s") == " " if self.words[i].possessive else gap in (" ", "\u00a0")

    def _next_nouns(self) -> list[int]:
        """For each word the index of the noun for people or bodies that it is or that comes next."""
        out, at = [], len(self.words) + UNKNOWN
        for i in range(len(self.words) - 1, -1, -1):
            at = i if self.nouns[i] else at
            out.append(at)
        return out[::-1]

    def _noun(self, low: str) -> bool:
        if low in self.people or low in self.bodies:
            return True
        return low[0].isdigit() and pattern("speakers", "year_old").fullmatch(low) is not None

    def _prepositional(self, i: int) -> bool:
        """Whether a preposition governs word ``i``."""
        if i == 0 or self.words[i - 1].low not in prepositions():
            return False
        return self.text[self.words[i - 1].end : self.words[i].start].isspace()

    def _at(self, i: int) -> tuple[Mention | None, int]:
        """The mention that starts with word ``i``, and the word after it."""
        word = self.words[i]
        if word.low in self.pronouns:
            return Mention(
                word.start, word.end, "pronoun", word.text, word.low, prepositional=self._prepositional(i)
            ), i + 1
        if (
            word.low in words("function_words", "quantities")
            and self._touch(i, i + 1)
            and self.words[i + 1].low in grammar("genitive")
        ):
            return self._one_of(i)
        role = self._role(i)
        if role is not None:
            return role
        if word.capital and word.low not in words("people", "stop"):
            return self._name(i)
        if word.low in determiners() and self._touch(i, i + 1) and self.words[i + 1].capital:
            mention, following = self._name(i + 1)
            if mention is not None:
                kind: Kind = "body" if mention.kind == "name" else mention.kind
                office = mention.head in lexicon("people")["role_abbreviations"]  # the PM
                return Mention(
                    word.start,
                    mention.end,
                    "role" if office else kind,
                    self.text[word.start : mention.end] if office else mention.core,
                    mention.head,
                    mention.title,
                    True,
                    mention.possessive,
                    self._prepositional(i),
                ), following
        return None, i + 1

    # --- "one of them" ----------------------------------------------------------------------

    def _one_of(self, i: int) -> tuple[Mention | None, int]:
        if not self._touch(i + 1, i + 2):
            return None, i + 1
        third = self.words[i + 2]
        if third.low in grammar("group_of"):
            end = i + 3
        else:
            inner = self._role(i + 2)
            if inner is None:
                return None, i + 1
            end = inner[1]
        text = self.text[self.words[i].start : self.words[end - 1].end]
        return Mention(
            self.words[i].start,
            self.words[end - 1].end,
            "group",
            text,
            third.low,
            "",
            False,
            False,
            self._prepositional(i),
        ), end

    # --- names ------------------------------------------------------------------------------

    def _run(self, i: int) -> int:
        """The word after the run of capitalised words that starts at ``i``."""
        j = i + 1
        while j < len(self.words) and not self.words[j - 1].possessive:
            if self._firm(j):
                j += 1
                continue
            if not self._touch(j - 1, j):
                break
            if self.words[j].low in grammar("first_person") or self._headline_verb(j):
                break
            if self.words[j].capital:
                j += 1
                continue
            k = j
            while k < len(self.words) and self.words[k].low in words("people", "particles") and k - j < 2:
                k += 1
            if k == j or k >= len(self.words) or not self.words[k].capital:
                break
            if not all(self._touch(n, n + 1) for n in range(j - 1, k)):
                break
            j = k + 1
        return j

    def _firm(self, j: int) -> bool:
        """Whether word ``j`` goes on with a firm's name behind "&" ("Fennel & Wray")."""
        between = self.text[self.words[j - 1].end : self.words[j].start]
        return between == " & " and self.words[j].capital

    def _headline_verb(self, i: int) -> bool:
        """Whether a capitalised word is the verb of a headline ("Nora Feld Says Port Is Full")."""
        low = self.words[i].low
        return cue_forms().get(low, low) != low and low.endswith(endings("third_person"))

    def _label(self, start: int, end: int) -> str:
        """The encoder's type of the name that covers ``[start, end)`` best, or ''."""
        name = self._known(start, end)
        return name.type if name is not None else ""

    def _known(self, start: int, end: int) -> Name | None:
        """The encoder's name that covers ``[start, end)`` best."""
        best, size = None, 0
        for n in self.names[max(0, bisect_right(self.starts, start) - 2) :]:
            if n.start >= end:
                break
            shared = min(n.end, end) - max(n.start, start)
            if shared > size:
                best, size = n, shared
        return best

    def _name(self, i: int) -> tuple[Mention | None, int]:
        j = self._run(i)
        body_words = words("people", "body_words")
        is_body = any(w.low in body_words for w in self.words[i:j])
        is_body = is_body or "&" in self.text[self.words[i].start : self.words[j - 1].end]
        joining = grammar("belonging") | grammar("definite_article")
        while is_body and not self.words[j - 1].possessive:  # Court of Appeals of San Lázaro
            k = j
            while k < len(self.words) and self.words[k].low in joining and k - j < 2:
                k += 1
            if k == j or k >= len(self.words) or not self.words[k].capital:
                break
            if not all(self._touch(n, n + 1) for n in range(j - 1, k)):
                break
            j = self._run(k)
        run = self.words[i:j]
        titles = words("people", "titles")
        common = run[0].low in self.lowered and not run[0].text.isupper() and run[0].low not in titles
        if len(run) == 1 and (common or self._only_opens(i)):
            return None, j  # a common word at the head of a sentence
        cut = 0
        if not (is_body and run[-1].low in body_words):
            cut = max((n + 1 for n, w in enumerate(run[:-1]) if w.low.strip(".") in self.titled), default=0)
            while cut < len(run) - 1 and run[cut].low in words("people", "particles"):
                cut += 1
        known = self._known(run[0].start, run[-1].end)
        if known is not None and known.type == "person" and not is_body:
            # [Former Miss Universe] Alicia Ortega
            within = [n for n, w in enumerate(run) if known.start <= w.start and w.end <= known.end]
            if len(within) > 1 and within[-1] == len(run) - 1:
                cut = max(cut, within[0])
        core = run[cut:]
        kind = self._name_kind(run, core, cut, is_body)
        mention = Mention(
            run[0].start,
            run[-1].end,
            kind,
            self.text[(run if kind == "role" else core)[0].start : core[-1].end],
            core[-1].low,
            self.text[run[0].start : core[0].start].strip() if cut else "",
            True,
            run[-1].possessive,
            self._prepositional(i),
        )
        if run[-1].possessive:  # "Lethgard's justice ministry", "Strake's lawyer"
            role = self._role(j, owner=i)
            if role is not None:
                return role
        return mention, j

    def _only_opens(self, i: int) -> bool:
        """Whether word ``i`` has its capital from the head of a sentence: the encoder sees no name there."""
        word = self.words[i]
        if not self.names or word.text.isupper() or self._known(word.start, word.end) is not None:
            return False
        if word.low in self.titled or word.low in self.bodies:
            return False
        lead = self.text[max(0, word.start - 3) : word.start].rstrip(" \u00a0“”\"'‘")
        return not lead or lead[-1] in ".!?\n:"

    def _name_kind(self, run: list[_Word], core: list[_Word], cut: int, is_body: bool) -> Kind:
        label = self._label(core[0].start, core[-1].end)
        if label == "person":
            return "person" if cut or len(core) > 1 else "name"  # one word alone may be a body's name
        if label == "organization":
            return "body"
        if label == "place" and not cut:
            return "place"
        if (
            all(w.low in words("people", "titles") or w.low in self.people for w in run)
            and run[-1].low in self.people
        ):
            return "role"
        if not cut and (is_body or len(run) == 1 and len(run[0].text) > 1 and run[0].text.isupper()):
            return "body"
        if cut or len(core) > 1:
            return "person"
        if run[0].low in words("people", "titles") or run[0].low in self.people:
            return "role"
        return "body" if run[0].low in self.bodies else "name"

    # --- roles ------------------------------------------------------------------------------

    def _role(self, i: int, owner: int | None = None) -> tuple[Mention, int] | None:
        """A phrase headed by a noun for people or bodies: "two officials", "the company's head"."""
        if i >= len(self.words):
            return None
        first = self.words[i]
        determined = (
            owner is not None or first.low in determiners() or first.low.isdigit() or first.possessive
        )
        if self.next_noun[i] - i > (UNKNOWN + 1 if determined else UNKNOWN_BARE):
            return None
        head, j = self._chunk(i, determined)
        if head < 0 or (head == i and first.low in determiners()):
            return None
        low = self.words[head].low
        named = self._touch(head, head + 1) and self.words[head + 1].capital and low in self.people
        several = low.endswith(endings("plural_people")) and low not in words("people", "person")
        plural = low in words("people", "collective") or several and low in self.people
        if not determined:
            if not (named or plural) or first.low in words("people", "stop"):
                return None
            if all(w.capital for w in self.words[i : head + 1]) and (named or head > i):
                return None  # a title before a name, or a name
        kind: Kind = "thing"
        if low in self.people or pattern("speakers", "year_old").fullmatch(low):
            kind = "group" if plural else "role"
        begin = owner if owner is not None else i
        definite = owner is not None or first.low in words("function_words", "definite") or first.possessive
        core = self.text[self.words[begin].start : self.words[head].end]
        stop = head + 1 if named else self._tail(head + 1)
        return Mention(
            self.words[begin].start,
            self.words[stop - 1].end,
            kind,
            core,
            low,
            "",
            definite,
            self.words[stop - 1].possessive,
            self._prepositional(begin),
        ), stop

    def _chunk(self, i: int, determined: bool) -> tuple[int, int]:
        """Index of the head noun of the phrase that starts at ``i`` (-1: none), and where it ends."""
        head, unknown = -1, 0
        j = i
        while j < len(self.words) and j - i < 8 and (j == i or self._touch(j - 1, j)):
            word = self.words[j]
            if self.nouns[j]:
                if head >= 0 and word.capital and not self.words[head].capital:
                    break  # the minister | President Adjoyi
                head, unknown = j, 0
            elif j > i or not determined:
                if (
                    word.low in words("function_words", "stoppers")
                    or word.low in prepositions()
                    or word.low in self.pronouns
                ):
                    break
                if (
                    word.low in determiners()
                    and j > i
                    and not (j == i + 1 and word.low in words("function_words", "quantities"))
                ):
                    break
                if word.low in cue_forms() and (head >= 0 or not determined):
                    break
                if head >= 0 and (
                    word.capital and not word.possessive or word.low.endswith(endings("verbal"))
                ):
                    break
                unknown += 1
                if unknown > (1 if head >= 0 else UNKNOWN if determined else UNKNOWN_BARE):
                    break
            j += 1
        while head > i and self.words[head].possessive:  # "the company's lawyer": the noun after it
            later = [k for k in range(head + 1, min(j, len(self.words))) if self.nouns[k]]
            if not later:
                break
            head = later[-1]
        return head, j

    def _tail(self, j: int) -> int:
        """Past the "of …", "for …" that belongs to a role."""
        if j >= len(self.words) or self.words[j - 1].possessive or not self._touch(j - 1, j):
            return j
        if self.words[j].low not in grammar("role_complement"):
            return j
        k, lower = j + 1, 0
        while k < len(self.words) and k - j < 9 and self._touch(k - 1, k):
            word = self.words[k]
            if (
                word.low in words("function_words", "stoppers")
                or word.low in self.pronouns
                or word.low in cue_forms()
            ):
                break
            if word.text.islower() and not (
                word.low in determiners() or word.low in words("function_words", "links")
            ):
                lower = 0 if self.nouns[k] else lower + 1
                if lower > 3:
                    break
            k += 1
        while k > j + 1 and (
            self.words[k - 1].low in determiners() or self.words[k - 1].low in prepositions()
        ):
            k -= 1
        return k if k > j + 1 else j
