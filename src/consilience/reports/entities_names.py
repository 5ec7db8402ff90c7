"""Runs of capitalised words in an article, with what the words around them say of their kind.

The safety net under the encoder's names, and the place where titles, possessive endings and openers of
sentences are cut off, so that a form is what the article prints for the name and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from consilience import gazetteer
from consilience.gazetteer import folded
from consilience.lexicons import lexicon
from consilience.model import Analysis, Name
from consilience.reports.words import cue_forms, people_nouns

TITLE_CASE = 0.6  # part of a heading's longer words with a capital from which its capitals say nothing
_WORD = re.compile(
    r"(?:[^\W\d_][\u0300-\u036f]*\.){1,4}(?![^\W_])"  # J. or J.K.
    r"|[^\W_][\u0300-\u036f\w]*(?:[-'’&.](?=[^\W_])[\w\u0300-\u036f]+)*"
)
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$", re.IGNORECASE)
_GAP = re.compile(r"[ \u00a0\u2009\u202f]")
_NICKNAME = re.compile(r" [\"“‘'(]([A-Z][\w-]+(?: [A-Z][\w-]+)?)[\"”’')] (?=[A-Z])")
_AGE = re.compile(r",? (?:aged )?\d{1,3}(?:,|\.|;| who\b)|,? \(\d{1,2}\)|, (?:aged |age )\d{1,3}\b")
_WHO = re.compile(r",? who(?:se|m)?\b")
_PLACE_AFTER = re.compile(r", ((?:[A-Z][\w’'-]*\.? ?){1,3})")
_DIED = re.compile(r",? (?:was born|died|resigned|wrote|tweeted|pleaded|married|retired|was arrested|was jailed|was sentenced)\b")
_APPOSED = re.compile(r", (?:(?:an?|the|its|his|her|their|then|former|now) )?((?:[\w’'&-]+ ){0,7}?)([\w’'-]+)(?=[ ,.;])")


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


@dataclass(frozen=True)
class _Word:
    start: int
    end: int  # without possessive ending
    stop: int  # with it
    text: str
    low: str

    @property
    def capital(self) -> bool:
        head = self.text[0]
        if head.isupper():
            return True
        return bool(re.match(r"(?:al|el|ad|an|as|ash|at|bin|d|l|van|de|o|mc|mac)[-'’]?[A-Z]", self.text))

    @property
    def possessive(self) -> bool:
        return self.stop > self.end


@cache
def listed(table: str, key: str) -> frozenset[str]:
    """The words under ``[table] key`` of the lexicon ``names``."""
    value = lexicon("names")[table][key]
    return frozenset(value.split() if isinstance(value, str) else value)


@cache
def addresses() -> frozenset[str]:
    """Forms of address, lower case."""
    return listed("address", "m") | listed("address", "f") | listed("address", "any")


def forms(analysis: Analysis) -> list[Form]:
    """The names of an article as printed, in order, disjoint; headings in title case give none."""
    text = analysis.article.text
    lowered = {m.group().lower() for m in _WORD.finditer(text) if m.group().islower()}
    out: list[Form] = []
    by_sentence: dict[int, list[Name]] = {}
    for name in analysis.names:
        by_sentence.setdefault(name.sentence, []).append(name)
    for number, sentence in enumerate(analysis.sentences):
        words = _words(text, sentence.start, sentence.end)
        if sentence.kind == "heading" and _title_case(words):
            continue
        for run in _runs(text, words):
            out += _forms_of(text, words, run, number, lowered, by_sentence.get(number, ()))
    return out


def title_case(text: str) -> bool:
    """Whether a heading is written with capitals throughout, so that they say nothing."""
    return _title_case(_words(text, 0, len(text)))


def _title_case(words: Sequence[_Word]) -> bool:
    long = [w for w in words if len(w.text) > 3 and w.text[0].isalpha()]
    return len(long) > 3 and sum(w.text[0].isupper() for w in long) >= TITLE_CASE * len(long)


def _words(text: str, start: int, end: int) -> list[_Word]:
    out = []
    for match in _WORD.finditer(text, start, end):
        a, b = match.span()
        cut = _POSSESSIVE.search(match.group())
        inner = a + cut.start() if cut else b
        stop = b
        if not cut and text[b - 1] in "sS" and text[b : b + 2] in ("’ ", "' "):
            stop = b + 1
        low = folded(text[a:inner])
        if text[inner : inner + 1] == "." and (low in addresses() or low in listed("office", "head")) and inner == b:
            inner = stop = b + 1
        out.append(_Word(a, inner, stop, text[a:inner], low))
    return out


# --- runs ---------------------------------------------------------------------------------------


def _adjacent(text: str, a: _Word, b: _Word) -> bool:
    return not a.possessive and b.start == a.end + 1 and _GAP.match(text, a.end) is not None


def _runs(text: str, words: Sequence[_Word]) -> Iterator[tuple[int, int]]:
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


def _name_month(words: Sequence[_Word], i: int) -> bool:
    """"April Jones": a month that is a given name, with a family name behind and no preposition before."""
    if words[i].low not in ("april", "june", "may", "august") or i + 1 >= len(words):
        return False
    after = words[i + 1]
    before = words[i - 1].low if i else ""
    return (
        after.capital and after.low not in addresses() | listed("office", "head") | listed("other", "never")
        and gazetteer.nationality(after.low) is None and before not in {"in", "on", "of", "since", "last", "until", "by"}
        and not before[:1].isdigit() and words[i].start + len(words[i].text) + 1 == after.start
    )


def _next(text: str, words: Sequence[_Word], j: int, first: int) -> int:
    """The end of the run when it goes on with word ``j``, else ``j``."""
    previous = words[j - 1]
    nickname = _NICKNAME.match(text, previous.end)
    if nickname and not previous.possessive and gazetteer.given(previous.text) is not None:
        k = j
        while k < len(words) and words[k].start < nickname.end():
            k += 1
        return k + 1 if k < len(words) and words[k].start == nickname.end() else j
    if not _adjacent(text, previous, words[j]):
        return j
    word = words[j]
    if word.low in listed("other", "calendar"):
        return j
    if word.capital:
        return j + 1
    k = j
    while k < len(words) and k - j < 2 and words[k].low in listed("other", "particles") | {"of", "for", "the", "and", "&"}:
        k += 1
    if k == j or k >= len(words) or not words[k].capital:
        return j
    if not all(_adjacent(text, words[n], words[n + 1]) for n in range(j - 1, k)):
        return j
    linking = [w.low for w in words[j:k]]
    if all(w in listed("other", "particles") for w in linking):
        return k + 1
    body = any(w.low in listed("body", "word") for w in words[first:j])
    return k + 1 if body and linking[0] in ("of", "for") and "and" not in linking else j


# --- from runs to forms -------------------------------------------------------------------------


def _forms_of(
    text: str, words: Sequence[_Word], run: tuple[int, int], sentence: int, lowered: set[str], names: Sequence[Name]
) -> Iterator[Form]:
    i, j = run
    never = listed("other", "never")
    while i < j and words[i].low in never and not (words[i].text.isupper() and len(words[i].text) > 1):
        i += 1
    while j > i and words[j - 1].low in never and not (words[j - 1].text.isupper() and len(words[j - 1].text) > 1):
        j -= 1
    if i == j:
        return
    opens = run[0] == 0
    body = any(w.low in listed("body", "word") for w in words[i:j])
    cut = _title(words, i, j, body)
    if cut == j:
        return  # an office without a name
    title = text[words[i].start : words[cut - 1].end] if cut > i else ""
    if cut == i and not body and gazetteer.nationality(words[i].low) and j - i > 1 and _place(text, words, i, j) is None:
        cut = i + 1
    if cut == i and opens and j - i == 1 and words[i].low in lowered and not words[i].text.isupper():
        return  # a common word at the head of a sentence
    first, last = words[cut], words[j - 1]
    nickname = _NICKNAME.search(text, first.start, last.end)
    cues = set(_inner_cues(text, words, cut, j, body, lowered))
    cues |= _outer_cues(text, words, i, cut, j, title)
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
        tuple(_roles(text, words, i, cut, j, title)),
        frozenset(cues),
    )


def _title(words: Sequence[_Word], i: int, j: int, body: bool) -> int:
    """The first word of the name behind titles and offices; ``j`` where there is only an office."""
    heads = listed("office", "head") | addresses()
    before = heads | (people_nouns() - listed("other", "surnames"))
    cut = i
    for n in range(i, j):
        low = words[n].low
        if low in heads or low.rpartition("-")[2] in listed("office", "head") or (n < j - 1 and low in before):
            cut = n + 1
        elif n < j - 1 and low.rpartition("-")[2] in ("based", "born", "led", "backed", "owned", "listed"):
            cut = n + 1
    if cut == j:
        inner = max((n + 1 for n in range(i, j - 1) if words[n].low in heads), default=i)
        whole = all(w.low in heads | listed("office", "modifier") or gazetteer.nationality(w.low) for w in words[i:j])
        if whole or not any(w.low in addresses() for w in words[i:j]):
            return j if whole or j - i == 1 else (i if body else j)
        return inner if inner < j else i
    if cut > i and body and any(w.low in listed("body", "word") for w in words[cut:j]):
        return i  # General Motors, King's College Hospital
    if cut > i and any(words[n].low in listed("place", "word") for n in range(cut, j)) and j - cut == 1:
        return i  # King Street
    return cut


def _place(text: str, words: Sequence[_Word], i: int, j: int) -> gazetteer.Place | None:
    return gazetteer.place(text[words[i].start : words[j - 1].end])


def _inner_cues(
    text: str, words: Sequence[_Word], i: int, j: int, body: bool, lowered: set[str]
) -> Iterator[str]:
    """What the words of the name itself say."""
    run = words[i:j]
    yield f"words {min(len(run), 4)}"
    if body:
        yield "body"
    if run[-1].low in listed("body", "suffix"):
        yield "suffix"
    if run[-1].low in listed("place", "word") or (len(run) > 1 and run[0].low in ("lake", "mount", "port", "cape", "fort", "river")):
        yield "place word"
    place = _place(text, words, i, j)
    if place:
        yield "country" if place.kind == "country" else "town"
    if gazetteer.nationality(text[run[0].start : run[-1].end]):
        yield "demonym"
    known = gazetteer.given(run[0].text)
    if known is not None:
        yield "maybe given" if gazetteer.also_word(run[0].text) else "given"
    if len(run) > 1 and (gazetteer.family(run[-1].text) or gazetteer.given(run[-1].text) is not None):
        yield "family"
    elif len(run) == 1 and gazetteer.family(run[0].text):
        yield "family"
    if any(re.fullmatch(r"(?:[^\W\d_]\.?){1,3}", w.text) and w.text.isupper() and len(w.low) < 3 for w in run[:-1]):
        yield "initial"
    if all(w.text.isupper() and len(w.text) > 1 for w in run):
        yield "capitals"
    if any(c.isdigit() for w in run for c in w.text):
        yield "digit"
    if "&" in text[run[0].start : run[-1].end]:
        yield "and"
    if any(w.low in ("of", "for", "the", "and") for w in run):
        yield "of"
    common = sum(w.low in lowered for w in run)
    if common:
        yield "common" if common == len(run) else "half common"


def _outer_cues(text: str, words: Sequence[_Word], i: int, cut: int, j: int, title: str) -> set[str]:
    """What stands before and behind the name."""
    found: set[str] = set()
    before = words[i - 1] if i else None
    after = words[j] if j < len(words) else None
    end = words[j - 1].stop
    if title:
        parts = {folded(w) for w in title.split()}
        found.add("address" if parts & addresses() else "office")
    if before is not None and text[before.stop : words[i].start].isspace():
        if before.low in ("the", "a", "an", "this", "every", "each"):
            found.add("article")
        elif before.low in listed("place", "before"):
            found.add("in")
        elif before.low in listed("place", "weak_before"):
            found.add("from")
        elif before.low in people_nouns():
            found.add("role before")
        elif before.low in cue_forms() and text[end : end + 1] in ".,;":
            found.add("said before")
        elif before.low == "to" and i > 1 and words[i - 2].low == "according":
            found.add("said after")
        elif before.possessive or before.low in ("his", "her", "their", "my"):
            found.add("possessed")
    if after is not None and text[end : after.start].isspace() and after.low in cue_forms() and not words[j - 1].possessive:
        found.add("said after")
    found |= _behind(text, end)
    if words[j - 1].possessive:
        found.add("possessive")
    return found


def _behind(text: str, end: int) -> set[str]:
    found = set()
    if _AGE.match(text, end):
        found.add("age")
    if _WHO.match(text, end):
        found.add("who")
    if _DIED.match(text, end):
        found.add("person verb")
    place = _PLACE_AFTER.match(text, end)
    if place and gazetteer.place(place.group(1).strip()):
        found.add("place after")
    apposed = _APPOSED.match(text, end)
    if apposed and apposed.group(2).lower() in people_nouns():
        found.add("apposed")
    return found


# --- roles --------------------------------------------------------------------------------------


def _roles(text: str, words: Sequence[_Word], i: int, cut: int, j: int, title: str) -> Iterator[str]:
    """What the text around a name says its bearer is, without articles, as printed."""
    if title:
        kept = [w for w in title.split() if folded(w) not in addresses()]
        if kept and any(folded(w).rpartition("-")[2] in listed("office", "head") for w in kept):
            yield " ".join(kept)
    before = _role_before(text, words, i)
    if before:
        yield before
    yield from _role_behind(text, words[j - 1].end if not words[j - 1].possessive else -1)


_ROLE_STOP = frozenset(
    "the a an its his her their our my said says told and or by with to for that when as from which who where while also including "
    "is was are were be been has had have will would not but than then former".split()
)


def _role_before(text: str, words: Sequence[_Word], i: int) -> str:
    """"police spokeswoman" before "Ana Ruiz"."""
    if i == 0 or words[i - 1].low not in people_nouns() or words[i - 1].possessive:
        return ""
    if not (words[i].start == words[i - 1].end + 1 and text[words[i - 1].end].isspace()):
        return ""
    k = i - 1
    while k > 0 and i - k < 6 and words[k - 1].low not in _ROLE_STOP and _adjacent(text, words[k - 1], words[k]):
        k -= 1
    return text[words[k].start : words[i - 1].end]


def _role_behind(text: str, end: int) -> Iterator[str]:
    """"the regional commissioner" behind "Ana Ruiz, "."""
    if end < 0:
        return
    match = re.compile(
        r", (?:(?:an?|the|its|his|her|their) )?((?:[\w’'&-]+ ){0,7}[\w’'-]+(?: (?:of|for|at|in|with) (?:the )?(?:[\w’'&-]+ ?){1,5})?)(?=[,.;])"
    ).match(text, end, min(len(text), end + 140))
    if not match:
        return
    phrase = match.group(1).strip()
    head = re.split(r" (?:of|for|at|in|with|who|that) ", phrase)[0].split()
    if head and folded(head[-1]) in people_nouns() and not any(folded(w) in cue_forms() for w in phrase.split()):
        yield phrase
