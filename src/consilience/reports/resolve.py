"""A story's readings with their people and bodies resolved: speakers named, undated articles dated."""

from __future__ import annotations

import importlib
import importlib.util
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import msgspec

from consilience import gazetteer
from consilience.gazetteer import folded
from consilience.lexicons import after_article, grammar, lexicon
from consilience.model import Attribution, Entity, QuoteMention, Reading, Speaker, TimeExpression
from consilience.reports.entities import entities
from consilience.reports.entities_people import parts
from consilience.reports.entities_words import addresses, listed
from consilience.reports.times import find as find_times
from consilience.reports.words import people_nouns

STORY_DATE = "the story's other articles"
PRINTED_DATE = "the printed date, completed by the story's other articles"
AROUND = timedelta(days=2), timedelta(days=4)  # about the dated reports of a story, in which others lie
LONGEST_STORY = 28  # days in which the words of an undated report are tried
ENOUGH = 2  # reports that name a day: more prove no more
STORY_DAYS = 120  # between reports of one story, at the most: half of what sets two readings of a date apart


def resolve(readings: Sequence[Reading]) -> tuple[tuple[Entity, ...], tuple[Reading, ...]]:
    """The entities of a story and its readings, in the order given, speakers mapped to entities.

    A speaker's ``name`` becomes the entity's full name, ``entity`` its id; a role ("the minister")
    that one person of the story alone holds is that person. Who is not known stays as printed. An
    article without a date takes the one that most of the story's articles have, and says so.
    """
    found = entities([r.analysis for r in readings])
    cast = Cast(found)
    dated = _dated(readings)
    return found, tuple(_named(r, cast) for r in dated)


# --- speakers -----------------------------------------------------------------------------------


class Cast:
    """Who a printed name or role stands for in a story: by article first, then in all of it."""

    def __init__(self, found: Sequence[Entity]) -> None:
        self._forms: dict[tuple[str | None, str], set[int]] = defaultdict(set)
        self._roles: dict[str, list[tuple[frozenset[str], int]]] = defaultdict(list)
        self._bodies: dict[str, set[int]] = defaultdict(set)
        self._found = found
        for number, entity in enumerate(found):
            for mention in entity.mentions:
                self._forms[mention.article, folded(mention.text)].add(number)
                if entity.type == "organization":
                    self._bodies[mention.article].add(number)
            for alias in (entity.name, *entity.aliases):
                self._forms[None, folded(alias)].add(number)
            for role in entity.roles:
                words = _role_words(role)
                if words:
                    self._roles[words[-1]].append((frozenset(words), number))

    def who(self, name: str, article: str) -> Entity | None:
        """The one entity that ``name`` stands for in ``article``, or None."""
        for key in _keys(name):
            found = self._form(key, article)
            if found:
                return found
        return (
            self._tail(name, article)
            or self._by_part(name)
            or self._by_role(name)
            or self._by_noun(name, article)
        )

    def _form(self, key: str, article: str) -> Entity | None:
        """The entity with the form ``key``: the article's, else the story's; a person before a body."""
        for where in (article, None):
            fits = self._forms.get((where, key), set())
            if len(fits) > 1:
                fits = {n for n in fits if self._found[n].type == "person"} or fits
            if len(fits) == 1:
                return self._found[next(iter(fits))]
        return None

    def _by_part(self, name: str) -> Entity | None:
        """The one person of the story whose family name ``name`` is, though no article prints it alone."""
        own = parts(_keys(name)[-1])
        if not name[:1].isupper() or len(own) != 1:
            return None
        fits = [e for e in self._found if e.type == "person" and own == parts(folded(e.name))[-1:]]
        return fits[0] if len(fits) == 1 else None

    def _tail(self, name: str, article: str) -> Entity | None:
        """ "striker Ana Ruiz": a full name behind other words, but for "a spokesman for Ana Ruiz"."""
        words = folded(name).split()
        for n in range(1, len(words) - 1):
            if words[n - 1] in grammar("binding") or words[n - 1].endswith(("'s", "s'")):
                return None
            found = self._form(" ".join(words[n:]), article)
            if found and found.type == "person":
                return found
        return None

    def _by_role(self, name: str) -> Entity | None:
        """The one person of the story with the office that a definite phrase names ("the minister")."""
        words = folded(name).split()
        if len(words) < 2 or words[0] not in grammar("article_or_owner"):
            return None
        asked = _role_words(" ".join(words[1:]))
        if not asked or asked[-1] in listed("office", "common"):
            return None
        holders = self._roles.get(asked[-1], [])
        beyond = set(words[1:]) - set(asked)  # "chief of Manuvai" is no party chief
        fits = {n for role, n in holders if set(asked) <= role and _goes_with(role - set(asked), beyond)}
        fits = fits or {n for role, n in holders if len(role) > 1 and role <= set(asked)}
        everyone = {n for _, n in holders}
        if len(fits) == 1 and (len(everyone) == 1 or len(asked) > 1):
            return self._found[next(iter(fits))]
        return None

    def _by_noun(self, name: str, article: str) -> Entity | None:
        """The one body of the article whose name has the noun of a definite phrase ("the museum")."""
        words = folded(name).split()
        if (
            len(words) < 2
            or words[0] not in grammar("definite_article")
            or words[-1] not in listed("body", "word")
        ):
            return None
        fits = {
            n
            for n in self._bodies.get(article, set())
            if set(words[1:]) <= set(folded(self._found[n].name).split())
            and len(self._found[n].name.split()) > 1
        }
        return self._found[next(iter(fits))] if len(fits) == 1 else None


def _keys(name: str) -> list[str]:
    """The folded name, and what is left when titles in front go."""
    words = after_article(folded(name)).split()
    titles = addresses() | listed("office", "head") | listed("office", "modifier") | people_nouns()
    out = [folded(name), " ".join(words)]
    while len(words) > 1 and words[0] in titles:
        words = words[1:]
        out.append(" ".join(words))
    return list(dict.fromkeys(out))


def _role_words(role: str) -> list[str]:
    """A role's words before "of" and the like, head last; [] where the head is no noun for people."""
    words: list[str] = []
    short = lexicon("names")["join"]["short"]
    for word in " ".join(short.get(w, w) for w in folded(role).replace("-", " ").split()).split():
        if word in grammar("role_end"):
            break
        words.append(word.removesuffix("'s"))
    head = words[-1] if words else ""
    known = people_nouns() | listed("office", "head")
    return words if head in known or head.rpartition("-")[2] in known else []


def _goes_with(more: set[str], beyond: set[str]) -> bool:
    """Whether a holder's further words are no other office than the words ``beyond`` the head ask for."""
    return not more or not beyond or bool(more & beyond) or any(gazetteer.nationality(w) for w in more)


def _named(reading: Reading, cast: Cast) -> Reading:
    article = reading.article.id
    quotes = tuple(_quote(q, cast, article) for q in reading.quotes)
    attributions = tuple(_attribution(a, cast, article) for a in reading.attributions)
    return replace(reading, quotes=quotes, attributions=attributions)


def _quote(quote: QuoteMention, cast: Cast, article: str) -> QuoteMention:
    speaker = _speaker(quote.speaker, cast, article)
    return quote if speaker is quote.speaker else msgspec.structs.replace(quote, speaker=speaker)


def _attribution(attribution: Attribution, cast: Cast, article: str) -> Attribution:
    speaker = _speaker(attribution.speaker, cast, article)
    if speaker is attribution.speaker:
        return attribution
    named = speaker is not None and speaker.entity is not None
    return msgspec.structs.replace(attribution, speaker=speaker, unnamed=attribution.unnamed and not named)


def _speaker(speaker: Speaker | None, cast: Cast, article: str) -> Speaker | None:
    if speaker is None:
        return None
    entity = cast.who(speaker.name, article)
    return Speaker(entity.name, entity.id) if entity else speaker


# --- dates --------------------------------------------------------------------------------------


def _dated(readings: Sequence[Reading]) -> list[Reading]:
    """Articles without a date take the day that most others have (the earliest of several).

    One that prints a date without its year, or with day and month in doubt, takes the nearest reading of it.
    """
    if all(r.reference for r in readings):
        return list(readings)
    days = Counter(d for r in readings if r.reference and _day_of(d := r.reference[:10]))
    if not days:  # none has a full date: those whose date is not in doubt, given the year of their page
        full = [[d for d in r.article.open_dates if d[0] != "-"] for r in readings]
        days = Counter(d[0] for d in full if len(d) == 1)
    if not days:
        return list(readings)
    most = max(days.values())
    day = min(d for d, n in days.items() if n == most)
    able = _days_about(sorted(days))
    named = Counter(d for r in readings for d in _days_named(r, able))
    out = []
    for reading in readings:
        if not reading.reference:
            found, known_from = _nearest(reading.article.open_dates, day)
            if known_from == STORY_DATE and able:
                found = _day_by_words(reading, day, able, named)
            reading = _redated(reading, found, known_from)
        out.append(reading)
    return out


def _days_about(days: Sequence[str]) -> list[str]:
    """The days on which an undated report of the story may lie; none where the story goes on for long."""
    first, last = date.fromisoformat(days[0]) - AROUND[0], date.fromisoformat(days[-1]) + AROUND[1]
    count = (last - first).days + 1
    return [(first + timedelta(days=n)).isoformat() for n in range(count)] if count <= LONGEST_STORY else []


def _day_starts(times: Iterable[TimeExpression]) -> list[tuple[int, str]]:
    """Where the expressions of a day stand, and the day."""
    return [(t.evidence.start, t.start) for t in times if t.precision in ("day", "part of day")]


def _days_named(reading: Reading, able: Sequence[str]) -> set[str]:
    """The days that a report names: of an undated one those that are the same whenever it was written."""
    if reading.reference:
        return {day for _, day in _day_starts(reading.times)}
    if not able:
        return set()
    early, late = (set(_day_starts(find_times(reading.analysis, day))) for day in (able[0], able[-1]))
    return {day for _, day in early & late}


def _day_by_words(reading: Reading, day: str, able: Sequence[str], named: Counter[str]) -> str:
    """The day on which an article's "Tuesday" and "yesterday" are days that the story's reports name.

    Of the days in ``able`` the one with most such; of several the one nearest to ``day``.
    """
    base = date.fromisoformat(day)

    def rank(at: str) -> tuple[int, int, int]:
        shared = sum(min(named[d], ENOUGH) for _, d in _day_starts(find_times(reading.analysis, at)))
        on = date.fromisoformat(at)
        return shared, -abs((on - base).days), -on.toordinal()

    return max(able, key=rank)


def _nearest(printed: Sequence[str], day: str) -> tuple[str, str]:
    """The reading of a printed date nearest to ``day``, and where it is from; ``day`` if none is near."""
    base = date.fromisoformat(day)
    made = [
        d
        for text in printed
        for year in (
            [text] if text[0] != "-" else [f"{base.year + step:04d}{text[1:]}" for step in (-1, 0, 1)]
        )
        if (d := _day_of(year))
    ]
    best = min(made, key=lambda d: (abs((d - base).days), d), default=None)
    if best is None or abs((best - base).days) > STORY_DAYS:
        return day, STORY_DATE
    return best.isoformat(), PRINTED_DATE


def _day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:  # 29 February, or a date given to the article that is no ISO date
        return None


def _redated(reading: Reading, day: str, known_from: str) -> Reading:
    reading = replace(reading, reference=day, reference_from=known_from)
    if importlib.util.find_spec("consilience.reports.times") is None:
        return reading
    redate = getattr(importlib.import_module("consilience.reports.times"), "redate", None)
    if redate is None:
        return reading
    return replace(redate(reading, day), reference=day, reference_from=known_from)
