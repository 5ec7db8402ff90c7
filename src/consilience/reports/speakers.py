"""The people and bodies of one article, and who a mention stands for.

A full name anywhere in the article stands for its surname, for its first name, and for the role
that an apposition or title gives it; a pronoun stands for the likeliest person named before it.
What the article does not resolve is kept as printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from consilience.model import Speaker
from consilience.reports.mentions import PRONOUNS, Mention
from consilience.reports.words import bare, people_nouns, words

_MALE = frozenset("mr sir lord king prince duke father brother son husband spokesman chairman man sheikh don señor herr signor monsieur boyfriend uncle grandfather actor baron bishop archbishop priest imam pope dad gentleman boy".split())
_FEMALE = frozenset("mrs ms miss lady dame queen princess duchess mother sister daughter wife spokeswoman chairwoman woman doña señora frau signora madame mme girlfriend aunt grandmother actress baroness mum mom girl widow".split())


@dataclass
class _Person:
    name: str
    forms: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)  # bare words of roles and titles
    gender: str = ""
    kind: str = "person"
    first: int = 0


class Cast:
    """Who is who in one article. Built from its mentions in order; ``who`` answers for a mention."""

    def __init__(self, text: str, masked: str, mentions: tuple[Mention, ...]) -> None:
        self.text = text
        self.masked = masked
        self.mentions = mentions
        self._people: list[_Person] = []
        self._of: dict[tuple[int, int], _Person] = {}
        self._join_names()
        self._appositions()

    # --- building ---------------------------------------------------------------------------

    def _join_names(self) -> None:
        named = [m for m in self.mentions if m.kind in ("person", "name", "body") and m.core]
        for m in sorted(named, key=lambda m: (-len(m.core.split()), m.start)):
            self._of[m.start, m.end] = self._place(m)

    def _place(self, m: Mention) -> _Person:
        fits = [p for p in self._people if _same_name(m.core, p, m.kind)]
        if fits:
            before = [p for p in fits if p.first <= m.start]
            person = max(before or fits, key=lambda p: (_exact(m.core, p), -abs(p.first - m.start)))
        else:
            person = _Person(m.core, kind=m.kind, first=m.start)
            self._people.append(person)
        person.forms.add(m.core)
        person.first = min(person.first, m.start)
        person.roles |= {bare(w) for w in m.title.split()}
        person.gender = person.gender or _gender(m.title)
        return person

    def _appositions(self) -> None:
        """ROLE, NAME · NAME, ROLE · ROLE NAME: the role belongs to the name."""
        ms = self.mentions
        for a, b in zip(ms, ms[1:]):
            between = self.masked[a.end : b.start]
            for role, name in ((a, b), (b, a)):
                if role.kind not in ("role", "thing", "group") or name.kind not in ("person", "name"):
                    continue
                if role.possessive or name.possessive and name is a:
                    continue
                touching = between.isspace() and role is a
                apposed = re.fullmatch(r",\s+(?:\d+,\s+|aged \d+,\s+|who (?:is|was) )?", between) is not None
                if not (touching or apposed) or (b.prepositional and not touching):
                    continue
                if apposed and not self._bounded(a, b):
                    continue
                if role.kind != "role" and not touching:
                    continue
                person = self._of[name.start, name.end]
                person.roles |= {bare(w) for w in role.core.split()}
                person.gender = person.gender or _gender(role.core)
                if person.kind == "name":
                    person.kind = "person"
                self._of[role.start, role.end] = person
                break

    def _bounded(self, a: Mention, b: Mention) -> bool:
        """Whether what looks like an apposition ends in a mark or a verb, and is no list."""
        after = self.masked[b.end : b.end + 30]
        return not re.match(r"\s+and\b|,\s+(?:[A-Z]\w+ )*and\b", after)

    # --- asking -----------------------------------------------------------------------------

    def person_of(self, m: Mention) -> _Person | None:
        """The person or body that a mention names by itself, if it does."""
        return self._of.get((m.start, m.end))

    def who(self, m: Mention, recent: tuple[str, ...] = ()) -> tuple[Speaker | None, bool]:
        """The speaker that ``m`` stands for, and whether it is an unnamed source.

        ``recent`` are the names of those who spoke before, the last one first.
        """
        person = self.person_of(m)
        if person is not None:
            return Speaker(name=person.name), False
        if m.kind == "pronoun":
            return self._pronoun(m, recent)
        if m.definite and m.kind == "role":
            person = self._by_role(m)
            if person is not None:
                return Speaker(name=person.name), False
        return Speaker(name=self.text[m.start : m.end]), m.kind in ("role", "group")

    def _by_role(self, m: Mention) -> _Person | None:
        """The person to whom the article gives the role of a definite phrase ("the minister")."""
        asked = {bare(w) for w in m.core.split()} - _EMPTY
        best, score = None, 0.0
        for p in self._people:
            if p.kind == "body" or m.head not in p.roles:
                continue
            shared = len(asked & p.roles) / max(1, len(asked))
            near = 1.0 if p.first <= m.start else 0.5
            last = self._last_before(p, m.start)
            value = shared + near + 1.0 / (2 + (m.start - last) / 400 if last >= 0 else 9)
            if value > score:
                best, score = p, value
        return best

    def _last_before(self, person: _Person, at: int) -> int:
        return max((s for (s, _), p in self._of.items() if p is person and s < at), default=-1)

    def _pronoun(self, m: Mention, recent: tuple[str, ...]) -> tuple[Speaker | None, bool]:
        if m.head in ("i", "we"):
            return None, False
        best, score = None, 0.0
        wanted = PRONOUNS[m.head]
        names_now = [x for x in self.mentions if x.end <= m.start and x.kind != "pronoun"]
        paragraph = self.masked.rfind("\n", 0, m.start) + 1
        sentence = _sentence_start(self.masked, m.start)
        for x in reversed(names_now[-40:]):
            person = self._of.get((x.start, x.end))
            kind = person.kind if person else x.kind
            if m.head == "who":
                return self.who(x, recent) if m.start - x.end <= 2 else (None, False)
            fit = _fit(m.head, wanted, kind, person.gender if person else _gender(x.core))
            if fit <= 0:
                continue
            value = fit
            gap = self.masked.count("\n", x.end, m.start)
            start = _sentence_start(self.masked, x.start)
            value -= 0.9 * gap + (0.25 if start < sentence else 0.0)
            value -= 0.1 * len(re.findall(r"[.!?]\s", self.masked[x.end : m.start]))
            if x.prepositional:
                value -= 0.5
            if x.possessive:
                value -= 0.5
            if self.masked[start : x.start].strip(" \ue000“”") == "":
                value += 0.5
            if x.start < paragraph and gap > 3:
                continue
            name = person.name if person else self.text[x.start : x.end]
            if recent and recent[0] == name:
                value += 0.7
            if value > score or best is None:
                best, score = x, value
        if best is None:
            return (Speaker(name=recent[0]), False) if recent and m.head in ("he", "she") else (None, False)
        return self.who(best, recent)


_EMPTY = frozenset("the a an his her its their this that one of for in at".split())


def _sentence_start(masked: str, at: int) -> int:
    cut = max(masked.rfind(". ", 0, at), masked.rfind("? ", 0, at), masked.rfind("! ", 0, at), masked.rfind("\n", 0, at) - 1)
    return cut + 2 if cut >= 0 else 0


def _fit(pronoun: str, wanted: str, kind: str, gender: str) -> float:
    """How well a candidate of ``kind`` and ``gender`` suits a pronoun; 0 or less: not at all."""
    if pronoun in ("he", "she"):
        if kind in ("body", "thing", "group"):
            return 0.0
        base = 3.0 if kind == "person" else 2.4
        if gender and gender != wanted:
            return base - 1.5  # a translation may have the wrong pronoun: unlikely, not impossible
        return base + (0.3 if gender == wanted else 0.0)
    if pronoun == "it":
        return 2.5 if kind in ("body", "thing") else 0.0
    return 2.5 if kind in ("group", "body") else 2.0


def _gender(text: str) -> str:
    found = {bare(w) for w in text.split()}
    if found & _FEMALE:
        return "f"
    return "m" if found & _MALE else ""


def _exact(core: str, person: _Person) -> bool:
    return core in person.forms


def _same_name(core: str, person: _Person, kind: str) -> bool:
    """Whether ``core`` is a form of the person's or body's (fuller) name."""
    if core in person.forms:
        return True
    own, full = _parts(core), _parts(person.name)
    if not own or len(own) >= len(full) and own != full:
        return False
    if person.kind == "body" or kind == "body":
        return len(own) >= 1 and full[: len(own)] == own and (kind != "person")
    return full[-len(own) :] == own or full[: len(own)] == own


def _parts(name: str) -> list[str]:
    return [bare(w) for w in re.split(r"[\s]+", name) if bare(w)]
