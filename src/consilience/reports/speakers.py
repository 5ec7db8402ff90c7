"""The people and bodies of one article, and who a mention stands for.

A full name anywhere in the article stands for its surname, for its first name, and for the role
that an apposition or title gives it; a pronoun, and a description that nobody's role fits, stand for
the likeliest person named before it. What the article does not resolve is kept as printed.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from consilience.lexicons import after_article, grammar, inflection, lexicon, pattern
from consilience.model import Speaker
from consilience.reports.mentions import Mention, pronouns
from consilience.reports.words import people_nouns, words

_BREAK = re.compile(r"\n+")
_STOP = re.compile(r"[.!?][)\ue000]*\s")


@dataclass(eq=False)
class Person:
    """Somebody or some body of the article with the forms of the name and the words of the roles."""

    name: str
    kind: str
    first: int
    forms: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    gender: str = ""
    ages: set[str] = field(default_factory=set)
    sure: bool = False  # the gender comes from a title or a role, not from a first name


class Places:
    """Where a pattern whose matches never touch stands in a text."""

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        found = [m.span() for m in pattern.finditer(text)]
        self.starts, self.ends = [a for a, _ in found], [b for _, b in found]

    def between(self, start: int, end: int) -> int:
        """How many lie within ``[start, end)``."""
        return max(0, bisect_right(self.ends, end) - bisect_left(self.starts, start))


class Cast:
    """Who is who in one article. Built from its mentions in order; ``who`` answers for a mention."""

    def __init__(self, text: str, masked: str, mentions: Sequence[Mention]) -> None:
        self.text = text
        self.masked = masked
        self.mentions = tuple(mentions)
        self.people: list[Person] = []
        self._of: dict[tuple[int, int], Person] = {}
        self._around: dict[tuple[int, int], tuple[float, float, float]] = {}
        self._lines, self._stops = Places(_BREAK, masked), Places(_STOP, masked)
        self._join_names()
        self._appositions()
        self.weights = lexicon("speakers")["weights"]

    # --- building ---------------------------------------------------------------------------

    def _join_names(self) -> None:
        kinds = ("person", "name", "body", "place")
        named = [m for m in self.mentions if m.kind in kinds and m.core]
        order = sorted(named, key=lambda m: (-len(m.core.split()), m.start))
        for m in order:
            self._of[m.start, m.end] = self._place(m)

    def _place(self, m: Mention) -> Person:
        gender = gender_of(m.title)
        fits = [p for p in self.people if same_name(m.core, p, m.kind)]
        agreeing = [p for p in fits if not (gender and p.gender and p.sure and gender != p.gender)]
        fits = agreeing or ([] if gender and m.kind == "person" else fits)
        if gender and len(fits) > 1:
            fits = [p for p in fits if p.gender == gender] or fits
        if fits:
            before = [p for p in fits if p.first <= m.start]
            person = max(before or fits, key=lambda p: (m.core in p.forms, -abs(self._nearest(p, m.start))))
        else:
            person = Person(m.core, m.kind, m.start)
            self.people.append(person)
        person.forms.add(m.core)
        person.first = min(person.first, m.start)
        person.roles |= role_words(m.title)
        if gender and not person.sure:
            person.gender, person.sure = gender, True
        bare = pattern("speakers", "bare_role").match(self.masked[m.end : m.end + 80])
        if bare and m.kind != "body" and bare.group(1).split()[-1] in people_nouns():
            person.roles |= role_words(bare.group(1))  # Nora Feld, director of the port
        age = pattern("speakers", "age").match(self.masked[m.end : m.end + 14])
        if age:
            person.ages.add(age.group(1))
        if not person.gender and person.kind in ("person", "name"):
            person.gender = first_name_gender(person.name)
        if person.kind == "name" and m.kind == "person":
            person.kind = "person"
        return person

    def _nearest(self, person: Person, at: int) -> int:
        starts = [s for (s, _), p in self._of.items() if p is person]
        return min((abs(at - s) for s in starts), default=10**9)

    def _appositions(self) -> None:
        """ROLE, NAME · NAME, ROLE · ROLE NAME: the role belongs to the name."""
        for a, b in reversed(list(zip(self.mentions, self.mentions[1:], strict=False))):
            between = self.masked[a.end : b.start]
            if single(a) and b.kind == "role" and between == ", " and self.person_of(b) is not None:
                self._of[a.start, a.end] = self._of[b.start, b.end]  # One of them, the teacher Nora Feld
                continue
            for role, name in ((a, b), (b, a)):
                if self._one(role, name, a, b, between):
                    self._give(role, name)
                    break

    def _one(self, role: Mention, name: Mention, a: Mention, b: Mention, between: str) -> bool:
        if role.kind not in ("role", "thing", "group") or name.kind not in ("person", "name", "body"):
            return False
        if a.possessive or role.possessive:
            return False
        if role is a and between.isspace() and name.kind != "body":
            return role.kind == "role"
        if role.kind == "thing":  # the private company that runs the ferry, Ziwa Lines,
            lead = re.fullmatch(r"(?:\s[^,.;\ue000]{2,60})?,\s+", between)
            closed = self.masked[b.end : b.end + 1] in (",", ".")
            if role is b:  # Dirigo, a unit of the Dutch group,
                return between == ", " and closed and name.kind != "person"
            return role is a and role.definite and closed and lead is not None and not b.prepositional
        if role.kind != "role" and not single(role) or name.kind == "body" or b.prepositional:
            return False
        if role is a and not (role.definite or not self.masked[: role.start].strip()):
            joined = re.fullmatch(r",\s+", between)
        else:
            joined = pattern("speakers", "apposed").fullmatch(between)
        if not joined and not (role is a and pattern("speakers", "role_of").fullmatch(between)):
            return False
        after = self.masked[b.end : b.end + 40]
        return not pattern("speakers", "row_begins").match(after) or role is a

    def _give(self, role: Mention, name: Mention) -> None:
        person = self._of[name.start, name.end]
        age = pattern("speakers", "years").search(role.core)
        if age:
            person.ages.add(age.group(1))
        if role.kind == "role":
            person.roles |= role_words(role.core)
        gender = gender_of(role.head)
        if gender and not person.sure:
            person.gender, person.sure = gender, True
        if person.kind == "name":
            person.kind = "body" if role.kind == "thing" else "person"
        self._of[role.start, role.end] = person

    # --- asking -----------------------------------------------------------------------------

    def person_of(self, m: Mention) -> Person | None:
        """The person or body that a mention names by itself, if it does."""
        return self._of.get((m.start, m.end))

    def named(self, name: str) -> Person | None:
        """The person whom a name or surname stands for, if the article has one."""
        return next((p for p in self.people if p.kind != "place" and same_name(name, p, "person")), None)

    def apposed(self, a: Mention, b: Mention) -> bool:
        """Whether two neighbouring mentions are a name and its role."""
        return self.person_of(a) is not None and self.person_of(a) is self.person_of(b)

    def who(self, m: Mention, recent: Sequence[str] = ()) -> tuple[Speaker | None, bool]:
        """The speaker that ``m`` stands for, and whether it is an unnamed source.

        ``recent`` are the names of those who spoke before, the last one first.
        """
        printed = Speaker(name=self._printed(m))
        person = self.person_of(m)
        if person is not None:
            return Speaker(name=person.name), False
        if m.kind == "pronoun":
            return self._likeliest(m, recent)
        if m.kind == "group" and not grammar("genitive").isdisjoint(m.core.lower().split()[1:2]):
            return self._member(m) or printed, True
        if m.kind == "role" and m.definite:
            return self._likeliest(m, recent)
        if m.kind == "thing" and after_article(m.core.lower()) != m.core.lower() and not m.possessive:
            body = self._by_kind(m)
            if body is not None:
                return Speaker(name=body.name), False
        return printed, _unnamed(m)

    def _by_kind(self, m: Mention) -> Person | None:
        """The only body of the article whose name says what it is: "the council", "Ashford Town Council"."""
        named = [p for p in self.people if p.kind in ("body", "person", "name") and " " in p.name]
        fits = [p for p in named if m.head in _parts(p.name)]
        return fits[0] if len(fits) == 1 else None

    def _printed(self, m: Mention) -> str:
        """The words of a mention, without the article of a proper name ("the Ministry of Ports")."""
        words_as_printed = self.text[m.start : m.end]
        if not m.core.split()[-1][:1].isupper():
            return words_as_printed
        return pattern("speakers", "article_of_name").sub("", words_as_printed)

    def _member(self, m: Mention) -> Speaker | None:
        """Whom "one of them" is one of: the last group named before."""
        if m.head not in grammar("group_before"):
            return None
        groups = [x for x in self.mentions if x.end <= m.start and x.kind == "group" and not x.possessive]
        groups = [x for x in groups if grammar("genitive").isdisjoint(x.core.lower().split()[1:2])] or groups
        return Speaker(name=self.text[groups[-1].start : groups[-1].end]) if groups else None

    # --- pronouns and descriptions ----------------------------------------------------------

    def _likeliest(self, m: Mention, recent: Sequence[str]) -> tuple[Speaker | None, bool]:
        weights = self.weights["role" if m.kind == "role" else "pronoun"]
        best, score = None, 0.0
        for x, features in self.candidates(m, recent):
            value = sum(weights.get(f, 0.0) * v for f, v in features.items() if v)
            if best is None or value > score:
                best, score = x, value
        if best is None:
            return None, False
        person = self.person_of(best)
        if person is not None:
            return Speaker(name=person.name), False
        if m.kind == "pronoun" and best.kind == "role" and best.definite:
            return self._likeliest(best, recent)  # "The 61-year-old declined. … he said"
        return Speaker(name=self._printed(best)), _unnamed(best)

    def candidates(self, m: Mention, recent: Sequence[str]) -> list[tuple[Mention, dict[str, float]]]:
        """Whom a pronoun or description could stand for: the last mention of each, with its features.

        A description can also stand for itself, as printed; a role named only later counts as well.
        """
        out: dict[object, tuple[Mention, dict[str, float]]] = {}
        before = [x for x in self.mentions if x.end <= m.start and x.kind != "pronoun"][-60:]
        counts: dict[object, int] = {}
        for x in before:
            key = self.person_of(x) or (x.start, x.end)
            counts[key] = counts.get(key, 0) + 1
        later = [x for x in self.mentions if x.start >= m.end and x.kind in ("person", "name")]
        for x in [*reversed(before), *(later if m.kind == "role" else ())]:
            person = self.person_of(x)
            key = person or (x.start, x.end)
            if key in out or x.start >= m.end and (person is None or not role_words(m.head) <= person.roles):
                continue
            features = self._features(m, x, person, recent)
            if features is not None:
                features["count"] = min(counts.get(key, 0), 5) / 5
                out[key] = (x, features)
        found = list(out.values())
        if m.kind == "role":
            aged = float(m.head[:1].isdigit())
            its = float(not m.core.lower().startswith(tuple(grammar("definite_article"))))
            found.append((m, {"printed": 1.0, "its": its, "by age": aged}))
        return found

    def _features(
        self, m: Mention, x: Mention, person: Person | None, recent: Sequence[str]
    ) -> dict[str, float] | None:
        """What speaks for and against ``m`` standing for ``x``; None where it cannot."""
        kind = person.kind if person else x.kind
        pronoun = m.head if m.kind == "pronoun" else "role"
        if not _fits(pronoun, kind):
            return None
        if x.kind == "thing" and x.core.lower().partition(" ")[0] in words("speakers", "own"):
            return None  # "which this newspaper has held"
        asked = pattern("speakers", "years").search(m.core)
        if asked and person and person.ages and asked.group(1) not in person.ages:
            return None
        name = person.name if person else self.text[x.start : x.end]
        features = self._where(m, x) | self._roles(m, x, person)
        gender = (person.gender if person else "") or gender_of(x.core)
        wanted = pronouns().get(m.head, "") if m.kind == "pronoun" else gender_of(m.head)
        same = bool(wanted) and gender == wanted
        near = features["paragraphs"] <= 2 / 5
        first = x.core.lower().partition(" ")[0]
        return features | {
            "same gender": float(same and near),
            "same gender, far": float(same and not near),
            "other gender": float(bool(wanted and gender) and gender != wanted),
            "last speaker": float(bool(recent) and recent[0] == name),
            "speaker before": float(len(recent) > 1 and recent[1] == name),
            "spoke": float(name in recent),
            "full name": float(kind == "person" and " " in x.core),
            "person": float(kind == "person"),
            "single name": float(kind == "name"),
            "role": float(kind == "role"),
            "indefinite": float(kind == "role" and not x.definite),
            "group": float(kind == "group"),
            "body": float(kind in ("body", "place")),
            "place": float(kind == "place"),
            "body for they": float(kind == "body" and pronoun in words("speakers", "of_several")),
            "thing": float(kind == "thing"),
            "indefinite thing": float(kind == "thing" and first in grammar("indefinite_article")),
        }

    def _where(self, m: Mention, x: Mention) -> dict[str, float]:
        """Distance, and the place of ``x`` in its sentence."""
        lines, stops = self._lines.between(x.end, m.start), self._stops.between(x.end, m.start)
        first, listed, explained = self._around.get((x.start, x.end)) or self._surroundings(x)
        return {
            "same sentence": float(stops == 0 and lines == 0),
            "sentence before": float(stops == 1 and lines == 0),
            "sentences": min(stops, 8) / 8,
            "paragraphs": min(lines, 5) / 5,
            "paragraph before": float(lines == 1),
            "same paragraph": float(lines == 0),
            "first in sentence": first,
            "prepositional": float(x.prepositional),
            "possessive": float(x.possessive),
            "later": float(x.start >= m.end),
            "listed": listed,
            "explained": explained,
        }

    def _surroundings(self, x: Mention) -> tuple[float, float, float]:
        """Whether ``x`` is first in its sentence, one of a row, and explained behind a comma; kept."""
        lead = self.masked[sentence_start(self.masked, x.start) : x.start].strip(' \ue000“”"')
        explained = pattern("speakers", "explained").match(self.masked[x.end : x.end + 40])
        found = float(lead == ""), float(_listed(self.masked, x)), float(explained is not None)
        self._around[x.start, x.end] = found
        return found

    def _roles(self, m: Mention, x: Mention, person: Person | None) -> dict[str, float]:
        """Whether ``x`` holds the role, or has the age, that ``m`` describes."""
        head = role_words(m.head)
        asked = role_words(m.core) - words("function_words", "empty") - head
        roles = person.roles if person else role_words(x.core)
        lower = roles & words("function_words", "lower_ranks")
        named = role_words(m.core) | words("speakers", "former")
        office = asked & words("speakers", "of_office") <= roles  # no First Minister is a Prime Minister
        held = m.kind == "role" and head <= roles and lower <= named and office
        aged = pattern("speakers", "years").search(m.core)
        return {
            "holds the role": float(held),
            "holds all of it": float(held and bool(asked) and asked <= roles),
            "holds part of it": float(bool(asked & roles)),
            "holds another": float(m.kind == "role" and not held and bool(roles)),
            "that age": float(person is not None and aged is not None and aged.group(1) in person.ages),
        }


def _listed(masked: str, m: Mention) -> bool:
    """Whether a mention is one of several named in a row."""
    before = masked[max(0, m.start - 60) : m.start]
    return (
        pattern("speakers", "row_goes_on").match(masked[m.end : m.end + 80]) is not None
        or pattern("speakers", "row_before").search(before) is not None
    )


def single(m: Mention) -> bool:
    """Whether a mention is one of a group ("one of the organisers")."""
    return m.kind == "group" and m.core.lower().startswith(tuple(lexicon("speakers")["one_of"]))


def _unnamed(m: Mention) -> bool:
    """Whether a mention is a source without a name: its head is a common noun."""
    return m.kind in ("role", "group") and not m.core.split()[-1][:1].isupper()


def _fits(pronoun: str, kind: str) -> bool:
    """Whether a candidate of ``kind`` can stand behind a pronoun at all."""
    if pronoun == "role" or pronoun in words("speakers", "of_people"):
        return kind in ("person", "name", "role")
    if pronoun in words("speakers", "of_things"):
        return kind in ("body", "thing", "place", "name")
    return kind != "thing"


def sentence_start(masked: str, at: int) -> int:
    """Start of the sentence that ``at`` stands in, told by stops and line breaks alone."""
    marks = (masked.rfind(". ", 0, at), masked.rfind("? ", 0, at), masked.rfind("! ", 0, at))
    return max(max(marks) + 2 if max(marks) >= 0 else 0, masked.rfind("\n", 0, at) + 1)


@lru_cache(maxsize=4096)
def gender_of(text: str) -> str:
    """ "m" or "f" where a title or a noun says so ("Mrs", "spokesman"), else ''."""
    found = set(map(inflection().bare, text.split()))
    if found & words("speakers", "female"):
        return "f"
    return "m" if found & words("speakers", "male") else ""


@lru_cache(maxsize=4096)
def role_words(text: str) -> frozenset[str]:
    """The words of a role or title, abbreviations written out ("VP": vice, president)."""
    full = lexicon("people")["role_abbreviations"]
    out: set[str] = set()
    for word in text.replace("-", " ").split():
        plain = inflection().bare(word)
        out |= set(full.get(plain, plain).split())
    return frozenset(out)


def first_name_gender(name: str) -> str:
    """What a first name suggests: "m", "f" or ''."""
    first = name.split()[0].lower() if " " in name else ""
    plain = "".join(c for c in unicodedata.normalize("NFKD", first) if not unicodedata.combining(c))
    for form in (first, plain, first.split("-")[0]):
        if form in words("first_names", "female"):
            return "f"
        if form in words("first_names", "male"):
            return "m"
    return ""


def same_name(core: str, person: Person, kind: str) -> bool:
    """Whether ``core`` is a form of the person's or body's (fuller) name."""
    if core in person.forms:
        return True
    own, full = _parts(core), _parts(person.name)
    if own == full:
        return True
    if not own or len(own) >= len(full):
        return False
    if person.kind in ("body", "place") or kind in ("body", "place"):
        return full[: len(own)] == own and kind != "person" and person.kind != "person"
    return full[-len(own) :] == own or full[: len(own)] == own


@lru_cache(maxsize=4096)
def _parts(name: str) -> tuple[str, ...]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return tuple(filter(None, map(inflection().bare, plain.split())))
