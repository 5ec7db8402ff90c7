"""The bodies and places of a story: forms of one name joined (acronyms, short forms, other names)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from consilience import gazetteer
from consilience.gazetteer import folded
from consilience.lexicons import pattern
from consilience.reports.entities_people import Mention
from consilience.reports.entities_words import listed


def bodies(
    mentions: Sequence[Mention], kind_of: Mapping[str, str | None], texts: Sequence[str]
) -> list[tuple[str, list[Mention]]]:
    """(kind, mentions) of each body and place among ``mentions``; those of no kind are left out."""
    groups: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    named = {m[1].key for m in mentions if kind_of.get(m[1].key) == "organization"}
    for mention in mentions:
        kind = kind_of.get(mention[1].key)
        if kind is None and any(_short_of(mention[1].key, k) for k in named):
            kind = "organization"
        if kind is not None:
            groups[kind, mention[1].key].append(mention)
    joined = _joined(groups, texts)
    out: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for group in sorted(groups):
        out[joined.get(group, group)] += groups[group]
    return [(kind, found) for (kind, _), found in sorted(out.items())]


def _joined(
    groups: Mapping[tuple[str, str], list[Mention]], texts: Sequence[str]
) -> dict[tuple[str, str], tuple[str, str]]:
    """Which group's forms are another name of which: each to one that is not itself joined."""
    to: dict[tuple[str, str], tuple[str, str]] = {}
    acronyms = _acronyms(groups, texts)
    long = [k for k in groups if k[0] == "organization" and " " in k[1]]
    for group in sorted(groups):
        kind, key = group
        fits: set[tuple[str, str]] = set()
        if kind == "organization":
            fits = acronyms.get(key, set()) or {g for g in long if g != group and _same_body(key, g[1])}
            fits = _longest(fits)
        elif kind == "place":
            country = gazetteer.place(key)
            if country and country.kind == "country":
                fits = {
                    g
                    for g in groups
                    if g[0] == "place"
                    and g < group
                    and gazetteer.is_country(g[1])
                    and gazetteer.country(g[1]) == country.countries[0]
                    and not _part_of_country(g[1], key)
                }
                fits = {min(fits)} if fits else set()
        if len(fits) == 1:
            target = next(iter(fits))
            to[group] = to.get(target, target)
    return {g: to.get(t, t) for g, t in to.items()}


def _part_of_country(a: str, b: str) -> bool:
    """England and Scotland have one code and are two places."""
    return not listed("place", "parts").isdisjoint((a, b))


def _acronyms(
    groups: Mapping[tuple[str, str], list[Mention]], texts: Sequence[str]
) -> dict[str, set[tuple[str, str]]]:
    """Acronym (folded) -> the bodies behind whose name it stands in brackets, or whose initials it is."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for group, mentions in groups.items():
        if group[0] != "organization" or " " not in group[1]:
            continue
        for article, form in mentions:
            match = pattern("names", "acronym").match(texts[article], form.end)
            if match and _initials(group[1]).startswith(folded(match[1])[:1]):
                found[folded(match[1])].add(group)
    for group in groups:
        key = group[1]
        if group[0] == "organization" and " " not in key and key not in found and len(key) > 2:
            same = {g for g in groups if g[0] == "organization" and " " in g[1] and _initials(g[1]) == key}
            if same and all("capitals" in f.cues for _, f in groups[group]):
                found[key] = same
    return found


def _longest(fits: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Of names that are short forms of one another the longest alone; else all."""
    longest = max(fits, key=lambda g: (len(g[1].split()), g), default=None)
    if longest and all(g == longest or _same_body(g[1], longest[1]) for g in fits):
        return {longest}
    return fits


def _same_body(a: str, b: str) -> bool:
    """Whether ``a`` is a short form of ``b``, or its words in another order ("Ministry of Defence")."""
    if _short_of(a, b):
        return True
    first, _, rest = a.partition(" ")
    if rest == b and gazetteer.nationality(first):
        return True  # "Canadian Brightwell Corp"
    words = [[w for w in k.split() if w not in listed("body", "little")] for k in (a, b)]
    return sorted(words[0]) == sorted(words[1]) and len(words[0]) > 1 and a < b


def _initials(key: str) -> str:
    return "".join(w[0] for w in re.split(r"[\s-]+", key) if w and w not in listed("body", "little"))


def _short_of(short: str, long: str) -> bool:
    """ "brightwell" for "brightwell systems ltd": the first words, less what says that it is a body."""
    a, b = short.split(), long.split()
    if len(a) >= len(b) or b[: len(a)] != a:
        return False
    rest = b[len(a) :]
    plain = all(w in listed("body", "word") or w in listed("body", "suffix") for w in rest)
    return plain and not all(w in listed("body", "word") or w in listed("place", "word") for w in a)
