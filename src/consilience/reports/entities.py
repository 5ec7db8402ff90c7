"""The people, bodies and places of a story as ``Entity`` values."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from consilience import gazetteer
from consilience.gazetteer import folded
from consilience.ids import content_id
from consilience.lexicons import after_article
from consilience.model import Analysis, Entity, Evidence
from consilience.reports import entities_kinds as kinds
from consilience.reports.entities_bodies import bodies
from consilience.reports.entities_names import Form, forms
from consilience.reports.entities_people import Mention, Person, join, parts
from consilience.reports.entities_words import listed, lowered, title_case

LEAST = 0.3  # how likely a name of several words must be a person: one missed costs more than one too many
ALONE = 0.6  # the same for a single word that is part of no full name
MOST_ROLES = 12


def entities(analyses: Sequence[Analysis]) -> tuple[Entity, ...]:
    """The entities of a story's articles, people first, each kind by number of mentions.

    Aliases are as printed, without titles; mentions are exact, in order of article id and place. The
    result does not depend on the order of ``analyses``.
    """
    analyses = sorted(analyses, key=lambda a: a.article.id)
    small = frozenset().union(*(lowered(a.article.text) for a in analyses))
    mentions = [(i, form) for i, analysis in enumerate(analyses) for form in forms(analysis, small)]
    uses: dict[str, list[Form]] = defaultdict(list)
    for _, form in mentions:
        uses[form.key].append(form)
    outlets = _outlets(analyses)
    tagged = any(a.names for a in analyses)
    likely = kinds.people({k: f for k, f in uses.items() if k not in outlets}, tagged)
    texts = [a.article.text for a in analyses]
    people = join(mentions, likely, LEAST, ALONE, texts)
    _in_headings(people, analyses)
    taken = {(i, f.start) for p in people for i, f in p.mentions}
    rest = [(i, f) for i, f in mentions if (i, f.start) not in taken and f.key not in outlets]
    found = [_person(p, analyses) for p in people]
    others = [
        _entity(kind, group, analyses)
        for kind, group in bodies(rest, {k: kinds.other_kind(f) for k, f in uses.items()}, texts)
    ]
    order = {"person": 0, "organization": 1, "place": 2}
    return tuple(sorted(found + others, key=lambda e: (order.get(e.type, 3), -len(e.mentions), e.name, e.id)))


def _outlets(analyses: Sequence[Analysis]) -> set[str]:
    """The outlets' own names, without an article, and their last words ("the Herald")."""
    names = {after_article(folded(a.article.outlet)) for a in analyses if a.article.outlet}
    return names | {n.split()[-1] for n in names if len(n.split()) > 1}


# --- people -------------------------------------------------------------------------------------


def _person(person: Person, analyses: Sequence[Analysis]) -> Entity:
    forms_of = [f for _, f in person.mentions]
    aliases = Counter(f.text for f in forms_of)
    for form in forms_of:
        kept = _with_title(form)
        if kept:
            aliases[kept] += 1
    extra = _nicknames(person, analyses)
    for text in extra:
        aliases[text] += 0
    roles = Counter(r for f in forms_of for r in f.roles)
    return _made("person", canonical(forms_of), aliases, roles, _evidence(person.mentions, analyses))


def canonical(forms_of: Sequence[Form]) -> str:
    """The name to call a person by: of the full forms the most used, then the longest, with its accents."""
    uses = Counter(f.text for f in forms_of if f.nickname is None) or Counter(f.text for f in forms_of)
    length = {t: len(parts(folded(t))) for t in uses}
    full = [t for t in uses if " " in t and parts(folded(t))[0] not in listed("other", "particles")] or list(
        uses
    )
    most = max(length[t] for t in full)
    whole = [t for t in full if length[t] >= min(most, 3)]
    return max(whole, key=lambda t: (uses[t], length[t], sum(ord(c) > 127 for c in t), t))


def _with_title(form: Form) -> str:
    """ "Queen Ingrid": the title that is how somebody is called stays with the name."""
    words = form.title.split()
    if words and folded(words[-1]) in listed("address", "kept"):
        return f"{words[-1]} {form.text}"
    return ""


def _nicknames(person: Person, analyses: Sequence[Analysis]) -> list[str]:
    """Nicknames and acronyms as printed behind a full name."""
    found = []
    for article, form in person.mentions:
        text = analyses[article].article.text
        if form.nickname:
            found.append(text[slice(*form.nickname)])
        behind = text[form.end : form.end + 60]
        found += [w for w in re.findall(r"[A-Z][\w-]+", behind) if folded(w) in person.extra]
    return found


def _in_headings(people: Sequence[Person], analyses: Sequence[Analysis]) -> None:
    """Known forms of people in headings whose capitals say nothing."""
    owners: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        for text in {f.text for _, f in person.mentions}:
            owners[text].append(person)
    unique = {t: p[0] for t, p in owners.items() if len(p) == 1}
    if not unique:
        return
    longest_first = sorted(unique, key=lambda t: (-len(t), t))
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    for number, analysis in enumerate(analyses):
        text = analysis.article.text
        for index, sentence in enumerate(analysis.sentences):
            if not title_case(text[sentence.start : sentence.end], sentence.kind):
                continue
            for m in pattern.finditer(text, sentence.start, sentence.end):
                form = Form(m.start(), m.end(), m.group(), tuple(m.group().split()), index)
                unique[m.group()].add((number, form))


# --- entities -----------------------------------------------------------------------------------


def _entity(kind: str, group: Sequence[Mention], analyses: Sequence[Analysis]) -> Entity:
    aliases = Counter(f.text for _, f in group)
    name = max(aliases, key=lambda t: (not t.isupper(), aliases[t], len(t), t))
    return _made(kind, name, aliases, Counter(), _evidence(group, analyses))


def _made(
    kind: str, name: str, aliases: Counter[str], roles: Counter[str], mentions: tuple[Evidence, ...]
) -> Entity:
    ordered = tuple(sorted(aliases, key=lambda t: (-aliases[t], t)))
    kept = tuple(sorted(roles, key=lambda r: (-roles[r], r))[:MOST_ROLES])
    where = [(m.article, m.start, m.end) for m in mentions]
    return Entity(content_id("entity", kind, where), name, kind, ordered, kept, mentions)


def _evidence(mentions: Sequence[Mention], analyses: Sequence[Analysis]) -> tuple[Evidence, ...]:
    places = sorted({(analyses[i].article.id, f.start, f.end, f.text) for i, f in mentions})
    return tuple(Evidence(*p) for p in places)


def country(entity: Entity) -> str | None:
    """ISO 3166 code of the country that a place is or lies in, or None: the gazetteer's first answer."""
    if entity.type != "place":
        return None
    return next((c for a in (entity.name, *entity.aliases) if (c := gazetteer.country(a))), None)


def is_country(entity: Entity) -> bool:
    """Whether the entity is a country."""
    return entity.type == "place" and any(gazetteer.is_country(a) for a in (entity.name, *entity.aliases))
