"""Runs of capitalised words in an article, with what the words around them say of their kind.

The safety net under the encoder's names, and the place where titles, possessive endings and openers of
sentences are cut off, so that a form is what the article prints for the name and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consilience import gazetteer
from consilience.gazetteer import folded
from consilience.lexicons import grammar
from consilience.model import Analysis, Name
from consilience.reports.entities_cues import inner_cues, outer_cues, roles
from consilience.reports.entities_words import (
    Word,
    addresses,
    adjacent,
    heading_case,
    listed,
    lowered,
    words_of,
)
from consilience.reports.words import people_nouns

SHORT = 3  # letters: a word of fewer may be a part of a name that no list has
_NICKNAME = re.compile(r" [\"“‘'(]([A-Z][\w-]+(?: [A-Z][\w-]+)?)[\"”’')] (?=[A-Z])")


@dataclass(frozen=True)
class Form:
    """One printed name. ``[start, end)`` leaves out titles, articles and a possessive ending.

    ``words`` are the printed words; ``title`` what stood before it with a capital; ``roles`` what the
    text around it says the bearer is; ``cues`` what speaks for its kind; ``sentence`` indexes
    ``Analysis.sentences``.
    """

    start: int
    end: int
    text: str
    words: tuple[str, ...]
    sentence: int
    title: str = ""
    nickname: tuple[int, int] | None = None
    roles: tuple[str, ...] = ()
    cues: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """The form for comparing."""
        return folded(self.text)


def forms(analysis: Analysis, small: frozenset[str] | None = None) -> list[Form]:
    """The names of an article as printed, in order, disjoint; headings in title case give none.

    ``small`` are words printed in lower case in the article or story (``lowered``).
    """
    text = analysis.article.text
    small = lowered(text) if small is None else small
    out: list[Form] = []
    by_sentence: dict[int, list[Name]] = {}
    for name in analysis.names:
        by_sentence.setdefault(name.sentence, []).append(name)
    for number, sentence in enumerate(analysis.sentences):
        words = words_of(text, sentence.start, sentence.end)
        if heading_case(words, sentence.kind):
            continue
        for run in _runs(text, words):
            out += _forms_of(text, words, run, number, small, by_sentence.get(number, ()))
    return out


# --- runs ---------------------------------------------------------------------------------------


def _runs(text: str, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """[first, last) of each run of capitalised words, particles inside included."""
    i = 0
    while i < len(words):
        if not words[i].capital or words[i].low in listed("other", "calendar") and not _name_month(words, i):
            i += 1
            continue
        j = i + 1
        while j < len(words):
            k = _next(text, words, j, i)
            if k == j:
                break
            j = k
        yield i, j
        i = j


def _name_month(words: Sequence[Word], i: int) -> bool:
    """ "April Jones": a month that is a given name, with a family name behind and no preposition before."""
    if words[i].low not in listed("other", "name_months") or i + 1 >= len(words):
        return False
    after = words[i + 1]
    before = words[i - 1].low if i else ""
    return (
        after.capital
        and after.low not in addresses() | listed("office", "head") | listed("other", "never")
        and gazetteer.nationality(after.low) is None
        and before not in listed("other", "before_month")
        and not before[:1].isdigit()
        and words[i].start + len(words[i].text) + 1 == after.start
    )


def _next(text: str, words: Sequence[Word], j: int, first: int) -> int:
    """The end of the run when it goes on with word ``j``, else ``j``."""
    previous = words[j - 1]
    nickname = _NICKNAME.match(text, previous.end)
    if nickname and not previous.possessive and gazetteer.given(previous.text) is not None:
        k = j
        while k < len(words) and words[k].start < nickname.end():
            k += 1
        return k + 1 if k < len(words) and words[k].start == nickname.end() else j
    if words[j].capital and not previous.possessive and text[previous.end : words[j].start] == " & ":
        return j + 1  # Fennel & Wray
    if not adjacent(text, previous, words[j]):
        return j
    word = words[j]
    if word.low in listed("other", "calendar"):
        return j
    if word.capital:
        return j + 1
    k, particles = j, listed("other", "particles")
    while k < len(words) and k - j < 2 and words[k].low in particles | listed("body", "joining"):
        k += 1
    if k == j or k >= len(words) or not words[k].capital:
        return j
    if not all(adjacent(text, words[n], words[n + 1]) for n in range(j - 1, k)):
        return j
    linking = [w.low for w in words[j:k]]
    if all(w in particles for w in linking):
        return k + 1
    body = any(w.low in listed("body", "word") for w in words[first:j])
    if len(linking) == 1 and linking[0] in grammar("additive"):
        return k + 1 if not body and _body_ahead(text, words, first, k) else j
    return (
        k + 1
        if body and linking[0] in grammar("belonging") and grammar("additive").isdisjoint(linking)
        else j
    )


def _body_ahead(text: str, words: Sequence[Word], first: int, k: int) -> bool:
    """ "the Fire and Rescue Force": one body's name goes on behind "and"."""
    first += words[first].low in grammar("definite_article")
    if (
        first == 0
        or words[first - 1].low not in grammar("definite_article")
        or gazetteer.given(words[first].text) is not None
    ):
        return False
    if gazetteer.place(words[first].text) is not None:
        return False
    end = k + 1
    while end < len(words) and words[end].capital and adjacent(text, words[end - 1], words[end]):
        end += 1
    return end - k > 1 and words[end - 1].low in listed("body", "word")


# --- from runs to forms -------------------------------------------------------------------------


def _forms_of(
    text: str,
    words: Sequence[Word],
    run: tuple[int, int],
    sentence: int,
    small: frozenset[str],
    names: Sequence[Name],
) -> Iterator[Form]:
    i, j = _trimmed(words, *run)
    if i == j:
        return
    opens = run[0] == 0
    body = any(w.low in listed("body", "word") for w in words[i:j])
    cut = _title(words, i, j, body)
    if cut == j:
        return  # an office without a name
    cut = _as_read(words, i, cut, j, names, small)
    title = text[words[i].start : words[cut - 1].end] if cut > i else ""
    if (
        cut == i
        and not body
        and gazetteer.nationality(words[i].low)
        and j - i > 1
        and _place(text, words, i, j) is None
    ):
        cut = i + 1
    if cut == i and opens and j - i == 1 and words[i].low in small and not words[i].text.isupper():
        return  # a common word at the head of a sentence
    cut = _behind_office(words, cut, j, _of_office(words, run[0]))
    if (
        words[cut].low in grammar("belonging") | grammar("definite_article")
        or j - cut == 1
        and words[cut].low in listed("body", "suffix")
    ):
        return  # "President of the Senate"
    first, last = words[cut], words[j - 1]
    nickname = _NICKNAME.search(text, first.start, last.end)
    cues = set(inner_cues(text, words, cut, j, body, small))
    cues |= outer_cues(text, words, i, cut, j, title)
    cues |= {f"tag {n.type}" for n in names if n.start < last.end and first.start < n.end}
    cues |= {"opens"} if opens and cut == run[0] else set()
    yield Form(
        first.start,
        last.end,
        text[first.start : last.end],
        tuple(w.text for w in words[cut:j]),
        sentence,
        title,
        nickname.span(1) if nickname else None,
        tuple(roles(text, words, i, cut, j, title)),
        frozenset(cues),
    )


def _as_read(
    words: Sequence[Word], i: int, cut: int, j: int, names: Sequence[Name], small: frozenset[str]
) -> int:
    """The first word of the name where the encoder sees a person that ends as the run does.

    What it leaves out at the front goes where that is words in common use ("Conductor Rehana Begum"); a
    title inside the name is a part of it ("Omar Sheikh Lali").
    """
    end = words[j - 1].end
    starts = [n.start for n in names if n.type == "person" and n.end == end]
    first = next((k for k in range(i, j) if words[k].start in starts), None)
    if first is None or first == cut:
        return cut
    if first < cut:
        return cut if words[first].low in listed("office", "head") | addresses() else first
    lead = words[cut:first]
    titled = j - first > 1 and not any(_known(w) for w in lead)  # [Madam] Goh Bee Lian, [Sarpanch] Vimla Rana
    return first if titled or all(_common(w, small) for w in lead) else cut


def _known(word: Word) -> bool:
    """Whether a word is a given or family name or a place, or as short as some are ("Ni")."""
    low = word.low
    if len(low) < SHORT and not word.text.isupper():
        return True
    return gazetteer.given(low) is not None or gazetteer.family(low) or gazetteer.place(low) is not None


def _common(word: Word, small: frozenset[str]) -> bool:
    """Whether the word is no name by itself: printed in small letters too, or a word for people's work."""
    low = word.low
    if gazetteer.given(low) is not None or gazetteer.place(low) is not None:
        return False
    return low in small or low in people_nouns() | listed("office", "modifier")


def _trimmed(words: Sequence[Word], i: int, j: int) -> tuple[int, int]:
    """The run without words at its ends that are no part of a name, unless printed as initials."""
    never = listed("other", "never")

    def idle(word: Word) -> bool:
        return word.low in never and not (word.text.isupper() and len(word.text) > 1)

    while i < j and idle(words[i]):
        i += 1
    while j > i and idle(words[j - 1]):
        j -= 1
    return i, j


def _title(words: Sequence[Word], i: int, j: int, body: bool) -> int:
    """The first word of the name behind titles and offices; ``j`` where there is only an office."""
    heads = listed("office", "head") | addresses()
    before = heads | (people_nouns() - listed("other", "surnames"))
    cut = i
    for n in range(i, j):
        low = words[n].low
        if (
            low in heads
            or low.rpartition("-")[2] in listed("office", "head")
            or (n < j - 1 and low in before)
            or n < j - 1
            and _attributive(low)
        ):
            cut = n + 1
    if cut == j:
        inner = max((n + 1 for n in range(i, j - 1) if words[n].low in heads), default=i)
        whole = all(
            w.low in heads | listed("office", "modifier") or gazetteer.nationality(w.low) for w in words[i:j]
        )
        if whole or not any(w.low in addresses() for w in words[i:j]):
            return j if whole or j - i == 1 else (i if body else j)
        return inner if inner < j else i
    based = max((n + 1 for n in range(i, j - 1) if _attributive(words[n].low)), default=i)
    if cut > i and body and any(w.low in listed("body", "word") for w in words[cut:j]):
        return based  # General Motors, King's College Hospital
    if cut > i and any(words[n].low in listed("place", "word") for n in range(cut, j)) and j - cut == 1:
        return i  # King Street
    return cut


def _of_office(words: Sequence[Word], i: int) -> bool:
    """Whether "President of", "minister of" stands before the run."""
    return i > 1 and words[i - 1].low in grammar("belonging") and words[i - 2].low in listed("office", "head")


def _behind_office(words: Sequence[Word], cut: int, j: int, linked: bool) -> int:
    """The name behind the rest of an office: "of Norland Ana Ruiz", "Finance Ana Ruiz"."""
    linked = linked or words[cut].low in grammar("belonging")
    for n in range(cut + 1, j - 1):
        if gazetteer.given(words[n].text) is not None and not listed("body", "word") & {
            w.low for w in words[n:j]
        }:
            office = all(w.low in listed("office", "modifier") for w in words[cut:n])
            return n if linked or office else cut
    return cut


def _attributive(low: str) -> bool:
    """What stands before a name and is no part of it: Denver-based, mum-of-two, ex-busman."""
    if low.startswith(tuple(listed("office", "once"))):
        return True
    if any(f"-{word}-" in low for word in grammar("genitive")):
        return True
    return low.rpartition("-")[2] in listed("office", "attributive") and "-" in low


def _place(text: str, words: Sequence[Word], i: int, j: int) -> gazetteer.Place | None:
    return gazetteer.place(text[words[i].start : words[j - 1].end])
