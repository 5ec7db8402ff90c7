"""What every view needs to know of a story: signs, orders and groups, read off the account once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property

from consilience.model import (
    Account,
    Article,
    Disagreement,
    Entity,
    Evidence,
    Figure,
    Finding,
    Origin,
    Passage,
    Quote,
    Story,
)
from consilience.phrases import POSSIBLY, articles_in_order, joined, label, moment, outlet_of, sigla

RELATIONS = ("conflict", "update", "attribution", "scope", "translation", "precision")
"""Relations of a difference in the order in which a reader is told of them; the last is silent."""

RELATION_WORDS = {
    "conflict": "Conflict",
    "update": "Update",
    "attribution": "Different sources",
    "scope": "Different scope",
    "translation": "Rewording",
    "precision": "Precision",
}
KIND_WORDS = {
    "figure": "figure",
    "date": "date",
    "status": "done, planned or denied",
    "actor": "who did it",
    "polarity": "said and denied",
    "wording": "wording of a quote",
    "content": "content",
}
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


LETTERS = "abcdefghijklmnopqrstuvwxyz"


class StoryIndex:
    """A story's parts in the order of the views. ``order``: articles by id, grouped by origin."""

    def __init__(self, account: Account, story: Story) -> None:
        self.story = story
        known = {a.id: a for a in account.articles}
        self.order: dict[str, Article] = articles_in_order(
            (known[a] for a in story.articles if a in known), story.origins
        )
        self.sigla = sigla(self.order, story.origins)
        self.findings = {f.id: f for f in story.findings}
        self.disagreements = {d.id: d for d in story.disagreements}
        self.entities = {e.id: e for e in story.entities}
        self._rank = {a: i for i, a in enumerate(self.order)}

    @cached_property
    def origins(self) -> list[tuple[str, Origin, list[Article]]]:
        """Letter, origin and its articles, in the order of the signs."""
        out = []
        for origin in self.story.origins:
            members = [a for i, a in self.order.items() if i in origin.articles]
            if members:
                out.append((self.sigla[members[0].id].rstrip("0123456789"), origin, members))
        return sorted(out, key=lambda o: self._rank[o[2][0].id])

    possibly = POSSIBLY

    def overlaps(self) -> list[tuple[Origin, Passage]]:
        """Passages that reports of two origins have in common: what is said there counts once."""
        return [
            (origin, passage)
            for _, origin, _ in self.origins
            for passage in origin.overlaps
            if all(e.article in self._rank for e in passage.evidence)
        ]

    def doubts(self) -> list[str]:
        """What is possibly from one source with what, in plain phrases; said of the first of two alone."""
        told: dict[frozenset[str], str] = {}
        for _, origin, members in self.origins:
            names = [self.outlet(a.id) for a in members]
            for reason in origin.reasons:
                if reason.startswith(POSSIBLY):
                    other = reason.removeprefix(POSSIBLY).split(":")[0]
                    told.setdefault(frozenset({", ".join(names), other}), f"{joined(names)}: {reason}")
        return list(told.values())

    @cached_property
    def stands(self) -> dict[str, dict[str, str]]:
        """Finding id -> article id -> stand."""
        return {row.finding: dict(row.stands) for row in self.story.matrix}

    def signs(self, evidence: Iterable[Evidence]) -> list[str]:
        """Article ids of the evidence, once each, in the order of the signs."""
        return sorted({e.article for e in evidence if e.article in self._rank}, key=self._rank.__getitem__)

    def sorted(self, evidence: Iterable[Evidence]) -> list[Evidence]:
        """Evidence by article, in the order of the signs, then by place."""
        held = [e for e in evidence if e.article in self._rank]
        return sorted(held, key=lambda e: (self._rank[e.article], e.start, e.end))

    def outlet(self, article: str) -> str:
        """The outlet's name, or what else names the article."""
        return outlet_of(self.order[article])

    def label(self, finding: Finding) -> str:
        """How widely a finding is reported."""
        ids = self.signs(finding.evidence)
        return label(self.outlet(ids[0]) if ids else "none", finding)

    def shared(self) -> list[Finding]:
        """Findings that more than one article has, without those that are shown under another."""
        return [f for f in self.story.findings if f.status != "single" and f.part_of not in self.findings]

    @cached_property
    def parts(self) -> dict[str, list[Finding]]:
        """Finding id -> the findings that say much the same in the same places, shown under it."""
        out: dict[str, list[Finding]] = {}
        for f in self.story.findings:
            if f.part_of in self.findings:
                out.setdefault(f.part_of or "", []).append(f)
        return out

    def single(self) -> list[Finding]:
        """Findings that one article alone has."""
        return [f for f in self.story.findings if f.status == "single"]

    @cached_property
    def numbers(self) -> dict[str, str]:
        """Finding id -> the number under which the views print it: those of several reports first; "3b"
        is shown under 3."""
        out = {f.id: str(i) for i, f in enumerate([*self.shared(), *self.single()], 1)}
        for head, parts in self.parts.items():
            out |= {f.id: out[head] + LETTERS[i % 26] * (i // 26 + 1) for i, f in enumerate(parts)}
        return out

    @cached_property
    def wordings(self) -> dict[str, Evidence]:
        """Finding id -> the piece whose words stand for it: its own wording, unless an earlier finding
        is shown in the same words (two facts of one sentence); then its shortest other piece."""
        shown: set[str] = set()
        out = {}
        parts = [f for found in self.parts.values() for f in found]
        for finding in [*self.shared(), *self.single(), *parts]:
            others = sorted(finding.evidence, key=lambda e: (len(e.text), e.article, e.start))
            pieces = [finding.canonical, *others]
            out[finding.id] = next((e for e in pieces if e.text not in shown), finding.canonical)
            shown.add(out[finding.id].text)
        return out

    def tag(self, difference: Disagreement) -> str:
        """What a difference is, in a word: two forms of one quote are no conflict of facts."""
        if difference.kind == "wording":
            return "Reworded" if difference.relation == "translation" else "Wording"
        return RELATION_WORDS[difference.relation]

    def differences(self) -> list[Disagreement]:
        """Differences, conflicts first, those of the weightiest findings first within a relation."""
        weight = {f.id: f.weight for f in self.story.findings}
        return sorted(
            self.story.disagreements,
            key=lambda d: (
                d.relation == "precision",
                d.kind == "wording",  # two forms of a quote come after the facts
                RELATIONS.index(d.relation),
                -max((weight.get(f, 0.0) for f in d.findings), default=0.0),
                d.id,
            ),
        )

    def disputed(self, finding: Finding) -> bool:
        """Whether a conflict touches the finding."""
        return any(
            d.relation == "conflict" for i in finding.disagreements if (d := self.disagreements.get(i))
        )

    def quotes(self) -> list[tuple[str, Entity | None, list[Quote]]]:
        """Quotes by speaker, those quoted most first; quotes without a speaker last under ''."""
        groups: dict[str, list[Quote]] = {}
        for quote in self.story.quotes:
            speaker = quote.speaker
            groups.setdefault((speaker.entity or speaker.name) if speaker else "", []).append(quote)
        ordered = sorted(
            groups.items(), key=lambda g: (g[0] == "", -len({e.article for q in g[1] for e in q.evidence}))
        )
        out = []
        for key, quotes in ordered:
            entity = self.entities.get(key)
            speaker = quotes[0].speaker
            name = entity.name if entity else speaker.name if speaker else ""
            out.append((name, entity, sorted(quotes, key=lambda q: -len(q.evidence))))
        return out

    def figures(self) -> list[tuple[str, str, list[Figure]]]:
        """Figures by what they count: (what, unit, figures by time); those of most articles first."""
        groups: dict[tuple[str, str], list[Figure]] = {}
        for figure in self.story.figures:
            groups.setdefault((figure.what.strip().casefold(), figure.unit or ""), []).append(figure)
        ordered = sorted(  # what changes comes first, then what most articles give
            groups.items(),
            key=lambda g: (
                not g[0][0],  # those of which no report says what they count come last
                len({value_words(f.value) for f in g[1]}) < 2,
                -len({e.article for f in g[1] for e in f.evidence}),
                g[0],
            ),
        )
        return [(g[0].what, unit, sorted(g, key=self._first)) for (_, unit), g in ordered]

    def _first(self, figure: Figure) -> tuple:
        times = [moment(self.order[e.article].published) for e in figure.evidence if e.article in self.order]
        known = [t for t in times if t]
        return (min(known).isoformat() if known else "9", figure.id)


def date_words(iso: str | None, time: bool = False) -> str:
    """``14 March 2023`` or ``14 March 2023, 11:20``; '' where there is no date; else as it came."""
    if not iso:
        return ""
    try:
        when = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    day = f"{when.day} {MONTHS[when.month - 1]} {when.year}"
    return f"{day}, {when:%H:%M}" if time and len(iso) > 10 else day


def period_words(start: str, end: str | None) -> str:
    """A period in words: one day, or ``9 to 11 June 2024``."""
    if not end or end == start:
        return date_words(start) or start
    whole = _calendar(start[:10], end[:10])
    if whole:
        return whole
    a, b = date_words(start), date_words(end)
    parts_a, parts_b = a.split(), b.split()
    if len(parts_a) == len(parts_b) == 3:
        if parts_a[1:] == parts_b[1:]:
            a = parts_a[0]
        elif parts_a[2] == parts_b[2]:
            a = " ".join(parts_a[:2])
    return f"{a} to {b}"


def _calendar(start: str, end: str) -> str:
    """``1974`` or ``November 2022`` where a period is a whole year or month, else ''."""
    if start[:4] == end[:4] and start[5:] == "01-01" and end[5:] == "12-31":
        return start[:4]
    try:
        first, after = date.fromisoformat(start), date.fromisoformat(end) + timedelta(days=1)
    except (ValueError, OverflowError):
        return ""
    if first.day == 1 and after.day == 1 and (after - first).days < 32:
        return f"{MONTHS[first.month - 1]} {first.year}"
    return ""


def value_words(value: float | tuple[float, float], unit: str | None = None) -> str:
    """A figure as printed: ``1,200``, ``£2.3 billion`` is left to its evidence; unit after it."""
    parts = [_number(v) for v in (value if isinstance(value, (tuple, list)) else (value,))]
    shown = " to ".join(dict.fromkeys(parts))
    return f"{shown} {unit}" if unit else shown


def _number(value: float) -> str:
    if value == int(value) and abs(value) < 1e15:
        whole = int(value)
        for size, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
            if abs(whole) >= size and whole * 1000 % size == 0:
                return f"{whole / size:g} {name}"
        return f"{whole:,}"
    return f"{value:,.4g}" if abs(value) < 1e6 else f"{value:,.0f}"


def reporting(articles: Sequence[str]) -> str:
    """``1 report`` or ``7 reports``."""
    return f"{len(articles)} report{'s' * (len(articles) != 1)}"
