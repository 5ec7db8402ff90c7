"""The people of a story: every printed form of a name joined to one person, over all its articles.

Forms are joined by their words (order, initials, spelling variants, parts left out), a family or given
name alone by the full name in the same article, else in the story. Where two people could be meant,
the form is left alone: two people with one surname stay two.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from consilience import gazetteer
from consilience.gazetteer import folded
from consilience.lexicons import pattern
from consilience.reports.entities_names import Form
from consilience.reports.entities_words import listed

Mention = tuple[int, Form]  # index of the article, form
SLIP = 2  # as often as this the encoder may be wrong of a word
MAIN = 2  # times as many full mentions in the story as the next bearer of the surname
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])


@dataclass
class Person:
    """One person: the mentions of every form, and what is known of him or her."""

    mentions: list[Mention] = field(default_factory=list)
    full: list[tuple[str, ...]] = field(default_factory=list)  # parts of full forms
    extra: set[str] = field(default_factory=set)  # keys of acronyms and nicknames
    genders: Counter[str] = field(default_factory=Counter)

    def add(self, mention: Mention) -> None:
        """Take a mention in."""
        self.mentions.append(mention)
        gender = title_gender(mention[1].title)
        if gender:
            self.genders[gender] += 1

    @property
    def gender(self) -> str:
        """ "m" or "f" where every title agrees, else ""."""
        return next(iter(self.genders)) if len(self.genders) == 1 else ""

    def articles(self) -> set[int]:
        """The articles with a full form."""
        return {a for a, f in self.mentions if len(parts(f.key)) > 1}


@lru_cache(maxsize=65536)
def parts(key: str) -> tuple[str, ...]:
    """The parts of a folded name: hyphens divide, apostrophes and suffixes such as "Jr" go."""
    words = re.sub(r"[\"“”‘’'()]", "", key.replace("-", " ")).split()
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    split = [c for w in words for c in (w if len(w) == 2 and w not in _SHORT and not _vowel(w) else (w,))]
    return tuple(split)


_SHORT = frozenset(
    [
        "al",
        "el",
        "de",
        "di",
        "du",
        "da",
        "la",
        "le",
        "li",
        "wu",
        "yu",
        "xi",
        "ng",
        "bo",
        "ed",
        "jo",
        "ty",
        "vi",
        "st",
        "mc",
        "ap",
        "ní",
        "ni",
    ]
)


def _vowel(word: str) -> bool:
    return any(c in "aeiouy" for c in word)


def title_gender(title: str) -> str:
    """ "m" or "f" where a form of address in ``title`` tells, else ""."""
    words = {folded(w) for w in title.split()}
    man, woman = bool(words & listed("address", "m")), bool(words & listed("address", "f"))
    return "m" if man and not woman else "f" if woman and not man else ""


# --- comparing names ----------------------------------------------------------------------------


def near(a: str, b: str) -> bool:
    """Whether two parts of five letters or more differ by one letter, or one doubled or final y and i."""
    if a == b:
        return True
    if min(len(a), len(b)) < 5 or abs(len(a) - len(b)) > 1 or a[0] != b[0]:
        return False
    i = 0
    while i < min(len(a), len(b)) and a[i] == b[i]:
        i += 1
    return a[i + 1 :] == b[i + 1 :] or a[i:] == b[i + 1 :] or a[i + 1 :] == b[i:]


def _given_match(a: str, b: str) -> bool:
    """Whether two given names may be one: the same, an initial, or a spelling (not Maria and Mario)."""
    if a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b)):
        return True
    genders = {gazetteer.given(a), gazetteer.given(b)}
    return near(a, b) and a[-1] == b[-1] and not {"f", "m"} <= genders


def same_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names of two parts or more can be one person's."""
    if a == b or sorted(a) == sorted(b):
        return True
    short, long = sorted((a, b), key=len)
    if len(short) < 2:
        return False
    if len(short) < len(long) and (
        long[-len(short) :] == short or (long[: len(short)] == short and len(short[-1]) > 1)
    ):
        return True
    if not _given_match(short[0], long[0]):
        return False
    last = near(short[-1], long[-1])
    if not last or (short[0] != long[0] and short[-1] != long[-1]):
        return False
    rest = list(long[1:-1])
    for part in short[1:-1]:
        found = next((n for n, other in enumerate(rest) if _given_match(part, other)), None)
        if found is None:
            return False
        del rest[: found + 1]
    return True


def _inside(short: tuple[str, ...], long: tuple[str, ...]) -> str:
    """ "family" where ``short`` is a later part of ``long``, "given" where it begins it, else ""."""
    n = len(short)
    if n >= len(long):
        return ""
    if long[-n:] == short or any(long[i : i + n] == short for i in range(1, len(long) - n)):
        return "family"
    if long[:n] == short:
        return "given"
    return "family" if n == 1 and near(short[0], long[-1]) else ""


# --- joining ------------------------------------------------------------------------------------


def join(
    mentions: Sequence[Mention], likely: dict[str, float], least: float, alone: float, texts: Sequence[str]
) -> list[Person]:
    """The people among ``mentions``.

    ``likely`` gives for each form's key how likely it names a person; ``least`` is asked of names of
    two words and more, ``alone`` of a single word that no full name explains. ``texts`` are the
    articles' texts. The result does not depend on the order of articles.
    """
    by_key: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_key[mention[1].key].append(mention)
    full = [k for k in by_key if len(parts(k)) > 1 and " " in k and likely.get(k, 0.0) >= least]
    people = _full_names(full, by_key)
    used = {f.key for p in people for _, f in p.mentions}
    _suffix_forms([k for k in by_key if k not in used and len(parts(k)) > 1], by_key, people)
    used = {f.key for p in people for _, f in p.mentions}
    _called(people, by_key, used, texts)
    used = {f.key for p in people for _, f in p.mentions}
    for key in sorted(k for k in by_key if k not in used):
        _single(key, by_key[key], people, likely.get(key, 0.0), alone)
    return people


def _full_names(keys: Iterable[str], by_key: dict[str, list[Mention]]) -> list[Person]:
    people: list[Person] = []
    having: dict[str, list[int]] = defaultdict(list)  # part of a name -> people: one part is always shared
    ordered = sorted(keys, key=lambda k: (-len(parts(k)), -len(by_key[k]), k))
    for key in ordered:
        own = parts(key)
        near_by = [people[n] for n in sorted({n for part in own for n in having[part]})]
        fits = [p for p in near_by if all(same_person(own, o) for o in p.full) and _genders(by_key[key], p)]
        if len(fits) > 1:
            exact = [p for p in fits if parts(key) in p.full]
            shared = [p for p in fits if p.articles() & {a for a, _ in by_key[key]}]
            fits = exact if len(exact) == 1 else shared
        person = fits[0] if len(fits) == 1 else Person()
        if len(fits) != 1:
            people.append(person)
        number = next(n for n, p in enumerate(people) if p is person)
        for part in own:
            having[part].append(number)
        person.full.append(parts(key))
        for mention in by_key[key]:
            person.add(mention)
    return people


def _genders(mentions: Sequence[Mention], person: Person) -> bool:
    own = {title_gender(f.title) for _, f in mentions} - {""}
    return not own or not person.gender or own == {person.gender}


def _suffix_forms(keys: Iterable[str], by_key: dict[str, list[Mention]], people: list[Person]) -> None:
    """Family names of two words ("López Obrador") whose words are the end of one full name."""
    for key in sorted(keys):
        if _placelike(by_key[key], {"tag place"}):
            continue
        own = parts(key)
        fits = [p for p in people if any(len(own) < len(f) and f[-len(own) :] == own for f in p.full)]
        if len(fits) > 1:
            here = {a for a, _ in by_key[key]}
            fits = [p for p in fits if p.articles() & here]
        if len(fits) == 1:
            for mention in by_key[key]:
                fits[0].add(mention)


def _called(
    people: list[Person], by_key: dict[str, list[Mention]], used: set[str], texts: Sequence[str]
) -> None:
    """Acronyms and nicknames given behind a full name, and acronyms of one person's initials."""
    for person in people:
        initials = {"".join(p[0] for p in f) for f in person.full if len(f) > 2}
        initials |= {
            "".join(p[0] for p in f if p not in listed("other", "particles"))
            for f in person.full
            if len(f) > 2
        }
        for article, form in list(person.mentions):
            match = pattern("names", "other_name").match(texts[article], form.end)
            key = folded(match["name"]) if match else ""
            bracketed = bool(match) and match.group().lstrip(", ").startswith("(")
            if (
                key
                and (_names_them(match, texts[article]) or (bracketed and key in initials))
                and gazetteer.place(key) is None
                and not any(key in f for p in people if p is not person for f in p.full)
            ):
                person.extra.add(key)
            if form.nickname:
                person.extra.add(folded(texts[article][slice(*form.nickname)]))
        person.extra |= {
            k
            for k in by_key
            if k in initials and len(k) > 2 and all("capitals" in f.cues for _, f in by_key[k])
        }
    for person in people:
        for key in sorted(person.extra - used):
            if sum(key in p.extra for p in people) == 1:
                for mention in by_key.get(key, ()):
                    person.add(mention)


def _names_them(match: re.Match, text: str) -> bool:
    """Whether what stands behind a name says how its bearer is called too."""
    verb = pattern("names", "called").search(match.group())
    if not verb or not pattern("names", "rang").fullmatch(verb.group()):
        return bool(verb)
    return match.group()[-1] in "\"”’')" or text[match.end() : match.end() + 1] in ",.;:)"


def _single(key: str, mentions: Sequence[Mention], people: list[Person], likely: float, alone: float) -> None:
    """A name of one word: to the person it is part of, by article; else a person if likely enough."""
    own = parts(key)
    rest: list[Mention] = []
    told: dict[int, list[Person]] = defaultdict(list)
    if not _placelike(mentions):
        for article, form in mentions:
            person = _whose(own, article, form, people, likely)
            if person is not None:
                told[article].append(person)
                person.add((article, form))
            else:
                rest.append((article, form))
    else:
        rest = list(mentions)
    candidates = [p for p in people if any(_inside(own, f) for f in p.full)]
    if rest and not candidates and likely >= alone:
        person = Person()
        for mention in rest:
            person.add(mention)
        people.append(person)


def _whose(
    own: tuple[str, ...], article: int, form: Form, people: Sequence[Person], likely: float
) -> Person | None:
    """The one person whose name ``own`` is part of, nearest first: this article, then the story."""
    for part in ("family", "given"):
        fits = [p for p in people if any(_inside(own, f) == part for f in p.full)]
        gender = title_gender(form.title)
        if gender:
            fits = [p for p in fits if p.gender in ("", gender)]
            fits = [p for p in fits if p.gender] or fits
        if not fits:
            continue
        if part == "given" and (likely < 0.1 or "common" in form.cues):
            return None
        here = [p for p in fits if article in p.articles()]
        if len(here) == 1:  # a relative named only further down is rarely meant
            return (_nearest(article, form, fits) if len(fits) > 1 else None) or here[0]
        if len(here) > 1:
            return _nearest(article, form, here)
        return fits[0] if len(fits) == 1 else None
    return None


def _nearest(article: int, form: Form, people: Sequence[Person]) -> Person | None:
    """Of several with one surname in the article: the only one named in full before, else the main one.

    Newspapers call the person that a story is about by the surname, relatives by their full or given
    names. Where nobody is clearly the main one, None.
    """
    before = [
        p for p in people if any(a == article and _is_full(f) and f.start < form.start for a, f in p.mentions)
    ]
    if len(before) == 1:
        return before[0]
    counts = sorted(
        ((sum(_is_full(f) for _, f in p.mentions), n) for n, p in enumerate(people)), reverse=True
    )
    if counts[0][0] >= MAIN * counts[1][0]:
        return people[counts[0][1]]
    return None


def _is_full(form: Form) -> bool:
    return len(parts(form.key)) > 1


def _placelike(mentions: Sequence[Mention], more: frozenset[str] | set[str] = frozenset()) -> bool:
    """Whether a word is mostly used as a place or body is; ``more`` are further cues that say so.

    That the encoder takes a family name for a town of that name says nothing beside its bearer.
    """
    cues = {"in", "article", "body", "country"} | more
    often = len(mentions) > SLIP
    marks = sum(
        bool(cues & f.cues) or (often and "tag organization" in f.cues and "said after" not in f.cues)
        for _, f in mentions
    )
    person = sum(bool({"address", "office", "age", "tag person"} & f.cues) for _, f in mentions)
    return marks > person and marks * 2 > len(mentions)
