"""What the words of a name and those around it say of its kind, and the roles they give its bearer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from consilience import gazetteer
from consilience.gazetteer import folded
from consilience.lexicons import grammar, inflection, pattern
from consilience.reports.entities_words import Word, addresses, adjacent, listed
from consilience.reports.words import body_nouns, cue_forms, people_nouns
from consilience.reports.words import words as listed_words

_PLACE_AFTER = re.compile(r", ((?:[A-Z][\w’'-]*+\.? ?){1,3})")


def inner_cues(
    text: str, words: Sequence[Word], i: int, j: int, body: bool, small: frozenset[str]
) -> Iterator[str]:
    """What the words of the name itself say."""
    run = words[i:j]
    yield f"words {min(len(run), 4)}"
    if body:
        yield "body"
    if run[-1].low in listed("body", "suffix"):
        yield "suffix"
    if len(run) > 1 and run[0].low in listed("body", "first"):
        yield "body first"
    if run[-1].low in listed("place", "word") or (len(run) > 1 and run[0].low in listed("place", "first")):
        yield "place word"
    place = gazetteer.place(text[run[0].start : run[-1].end])
    if place:
        yield "country" if place.kind == "country" else "town"
    if gazetteer.nationality(text[run[0].start : run[-1].end]):
        yield "demonym"
    known = gazetteer.given(run[0].text)
    if known is not None:
        yield "maybe given" if gazetteer.also_word(run[0].text) else "given"
    if (
        len(run) > 1
        and (gazetteer.family(run[-1].text) or gazetteer.given(run[-1].text) is not None)
        or len(run) == 1
        and gazetteer.family(run[0].text)
    ):
        yield "family"
    if any(
        re.fullmatch(r"(?:[^\W\d_]\.?){1,3}", w.text) and w.text.isupper() and len(w.low) < 3
        for w in run[:-1]
    ):
        yield "initial"
    if all(w.text.isupper() and len(w.text) > 1 for w in run):
        yield "capitals"
    if any(c.isdigit() for w in run for c in w.text):
        yield "digit"
    if "&" in text[run[0].start : run[-1].end]:
        yield "and"
    if any(w.low in listed("body", "linking") for w in run):
        yield "of"
    telling = [w for w in run if w.low not in listed("other", "particles")] or run  # Pham Van Loc, and a van
    common = sum(w.low in small for w in telling)
    if common:
        yield "common" if common == len(telling) else "half common"


def _body_noun(low: str) -> bool:
    return (
        low in body_nouns()
        or low in listed("body", "noun")
        or low.endswith(tuple(listed("body", "noun_end")))
    )


def outer_cues(text: str, words: Sequence[Word], i: int, cut: int, j: int, title: str) -> set[str]:
    """What stands before and behind the name."""
    found: set[str] = set()
    before = words[i - 1] if i else None
    after = words[j] if j < len(words) else None
    end = words[j - 1].stop
    if title:
        parts = {folded(w) for w in title.split()}
        found.add("address" if parts & addresses() else "office")
    if before is not None and text[before.stop : words[i].start].isspace():
        if before.low in grammar("one_of_a_kind"):
            found.add("modifier" if after is not None and _modifies(text, words[j - 1], after) else "article")
        elif before.low in listed("place", "before"):
            found.add("in")
        elif before.low in listed("place", "weak_before"):
            found.add("from")
        elif before.low in people_nouns():
            found.add("role before")
            found |= {"kin"} if before.low in listed("join", "kin") else set()
        elif _body_noun(before.low):
            found.add("body before")
        elif before.low in cue_forms() and text[end : end + 1] in ".,;":
            found.add("said before")
        elif i > 1 and f"{words[i - 2].low} {before.low}" in listed("other", "source_lead"):
            found.add("said after")
        elif before.possessive or before.low in grammar("owner"):
            found.add("possessed")
    if before is not None and before.low in listed("other", "credit") and text[before.stop] == ":":
        found.add("credit")
    comma = before is not None and text[before.stop : words[i].start] == ", "
    if comma and (before.low in people_nouns() or before.low in grammar("one_before_name")):
        found.add("role comma")
    if after is not None and not words[j - 1].possessive and after.low in cue_forms():
        gap = text[end : after.start]
        if gap.isspace():
            found.add("said after")
        elif gap == ", ":
            found.add("comma said")
    if pattern("names", "pronoun").match(text, end):
        found.add("pronoun")
    found |= _behind(text, end)
    if words[j - 1].possessive:
        found.add("possessive")
    return found


def _modifies(text: str, last: Word, after: Word) -> bool:
    """ "the Ruiz administration": the name stands before a noun, whose article it is."""
    return (
        not last.possessive
        and text[last.end : after.start] == " "
        and after.text.islower()
        and after.low not in cue_forms()
    )


def _behind(text: str, end: int) -> set[str]:
    found = set()
    if pattern("names", "age").match(text, end):
        found.add("age")
    if pattern("names", "who").match(text, end):
        found.add("who")
    if pattern("names", "person_verb").match(text, end):
        found.add("person verb")
    place = _PLACE_AFTER.match(text, end)
    if place and gazetteer.place(place.group(1).strip()):
        found.add("place after")
    apposed = pattern("names", "apposed").match(text, end)
    if apposed:
        noun = apposed.group(2).lower()
        if noun in people_nouns():
            found.add("apposed")
        elif _body_noun(noun):
            found.add("apposed body")
    return found


@cache
def collective_nouns() -> frozenset[str]:
    """Nouns for several people ("officials", "police"): no role of one."""
    one = listed_words("people", "person")
    return listed_words("people", "collective") | frozenset(map(inflection().plural, one))


# --- roles --------------------------------------------------------------------------------------


def roles(text: str, words: Sequence[Word], i: int, cut: int, j: int, title: str) -> Iterator[str]:
    """What the text around a name says its bearer is, without articles, as printed."""
    if title:
        kept = [w for w in title.split() if folded(w) not in addresses()]
        if kept and any(folded(w).rpartition("-")[2] in listed("office", "head") for w in kept):
            yield " ".join(kept)
    around = [_role_before(text, words, i, words[j - 1].stop)]
    around += _role_behind(text, words[j - 1].end if not words[j - 1].possessive else -1)
    for role in filter(None, around):
        head = pattern("names", "role_of").split(role)[0].split()[-1]
        if folded(head) not in listed("join", "kin"):
            yield role


def _role_before(text: str, words: Sequence[Word], i: int, end: int) -> str:
    """The role before a name: "police spokeswoman Ana Ruiz", "The mayor, Ana Ruiz," """
    if i == 0 or words[i - 1].possessive:
        return ""
    low, gap = words[i - 1].low, text[words[i - 1].end : words[i].start]
    if low not in people_nouns() or low in collective_nouns():
        return ""
    if gap == ", ":
        if text[end : end + 1] not in (",", ".", ";") or text[end : end + 5] == ", and":
            return ""
    elif len(gap) != 1 or not gap.isspace():
        return ""
    k = i - 1
    while k > 0 and i - k < 6 and _goes_on(text, words[k - 1], words[k]):
        k -= 1
    if k == i - 1 and k > 0 and words[k - 1].low in grammar("infinitive"):
        return ""  # "to judge Ruiz"
    return text[words[k].start : words[i - 1].end]


def _goes_on(text: str, before: Word, word: Word) -> bool:
    return before.low not in listed("office", "stop") and adjacent(text, before, word)


def _role_behind(text: str, end: int) -> Iterator[str]:
    """The role behind a name: "Ana Ruiz, the regional commissioner," """
    if end < 0:
        return
    match = pattern("names", "role_behind").match(text, end, min(len(text), end + 140))
    if not match:
        return
    phrase = pattern("names", "role_lead").sub("", match.group(1).strip())
    if len(phrase.split()[-1]) < 2:
        return  # cut off at "the U.S."
    words = [folded(w) for w in phrase.split()]
    head = pattern("names", "role_of_or_clause").split(phrase)[0].split()
    one = folded(head[-1]) in people_nouns() and folded(head[-1]) not in collective_nouns()
    if one and words[0] not in listed("office", "stop") and not any(w in cue_forms() for w in words):
        yield phrase
