"""The brief: a few sentences, each a source's own words or a template filled from evidence.

Sentences are chosen as in extractive summarisation by greedy coverage with redundancy removed
(Carbonell and Goldstein 1998, maximal marginal relevance; Nenkova and Vanderwende 2005: what many
reports say is what a reader needs), except that the units covered are findings, not words. A
sentence may stand only where findings carry nearly all of it, so that nothing is said without one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from consilience.account.outlets import OTHERWISE
from consilience.lexicons import lexicon, pattern
from consilience.model import (
    Article,
    BriefLine,
    Commitment,
    Disagreement,
    Evidence,
    Finding,
    Origin,
    Reading,
    Sentence,
    StoryReading,
    TimelineEntry,
)
from consilience.phrases import articles_in_order, dispute_line, published_key, reported_line
from consilience.spans import Span, covering, merged
from consilience.words import rarity, words_of

CARRIED = 0.7  # part of a sentence's letters that findings must carry for it to stand by itself
TOLD = 0.7  # part of a line's rare words from which a dispute says it too
SAME = 0.55  # part of the rare words of the shorter of two lines that the other may hold
ALIKE = 0.72  # cosine of two sentences' meanings from which they tell one thing
WORDS = (5, 38)  # of a sentence of the brief: a fragment says nothing, a longer one is not brief
FULL = 12  # words from which a sentence is no mere fragment of the news
TITLE, OFF_THEME = 8, 0.3  # words of the titles that an opening can hold; its worth if it holds none
LEAD = 14  # words from which a sentence can open the news by itself
RANK = {"corroborated": 0, "repeated": 1, "single": 2}
MAINLY = 0.55  # part of a sentence's letters that makes it what that part is: corroborated, repeated, single
CLAUSE = 0.6  # what a finding's own words, often half a sentence, are worth beside a sentence
WORTH = {"corroborated": 1.0, "repeated": 0.45, "single": 0.2}  # of a finding's weight, to choose by
DONE = frozenset({"signed", "under way", "refused", "stated"})  # commitments that are no news of the future
DISPUTES = 3  # at most one line in so many tells of a difference
# The place in capitals, and often the agency, before the first sentence of a report.
DATELINE = re.compile(
    r"^[A-ZÀ-Þ]{3}[A-ZÀ-Þ .'’-]*(?:, [\w. ]{2,30})?(?: ?\([^()]{2,30}\))? ?[:–—-]+ (?=[A-Z“\"])"
)
BY_DAY, BY_PRONOUN = 0.6, 0.4  # what such a sentence keeps of its worth
EARLY, LATE = 1.25, 0.75  # of its worth at an article's top and end: news tells the main thing first


@dataclass(frozen=True)
class Wording:
    """Expressions of the language by which a sentence cannot stand in a brief, or not as well."""

    leans: re.Pattern[str]  # not understood without the sentence before it
    ourselves: re.Pattern[str]  # only its own article's readers understand: the desk speaking of itself
    today: re.Pattern[str]  # a day without a date
    pronoun: re.Pattern[str]


@cache
def wording() -> Wording:
    """The expressions of English, compiled once."""
    said = lexicon("brief")

    def one_of(name: str) -> str:
        return "|".join(re.escape(w) for w in said[name])

    leans = (
        rf"^[“‘\"']?(?:{one_of('leaning')})\b|^\w+ of (?:{one_of('anaphors')})\b"
        rf"|^(?:{one_of('connectives')}),"
    )
    whole = [rf"\b(?:{one_of(name)})\b" for name in ("ourselves", "today", "pronouns")]
    return Wording(*(re.compile(p, re.IGNORECASE) for p in (leans, *whole)))


@dataclass(frozen=True, eq=False)
class _Line:
    """A line that could stand: ``text`` as it would be printed; ``place`` is 0 (first) to 1 (last)."""

    text: str
    findings: tuple[Finding, ...]
    rank: int  # 0 corroborated, 1 repeated, 2 single
    worth: float
    place: float
    kind: int  # 0 what happened, 1 who says so, 2 what is next
    keys: frozenset[str]
    vector: np.ndarray | None = None  # the sentence's meaning, length 1


@dataclass(frozen=True)
class _Desk:
    """What lines are made with: origins, findings that tell what is next, articles in order."""

    origins: Sequence[Origin]
    to_come: set[str]
    order: dict[str, Article]


def write(
    story: StoryReading,
    origins: Sequence[Origin],
    findings: Sequence[Finding],
    disagreements: Sequence[Disagreement],
    timeline: Sequence[TimelineEntry],
    commitments: Sequence[Commitment],
    length: int,
) -> tuple[BriefLine, ...]:
    """At most ``length`` lines in the order in which news is told, no fact twice."""
    articles = {r.article.id: r.article for r in story.readings}
    order = articles_in_order(articles.values(), origins)
    lines = _candidates(story, origins, findings, _to_come(story, findings, timeline, commitments), order)
    disputed = _disputes(findings, disagreements, origins, order)
    room = length - min(len(disputed), length // DISPUTES)
    theme = _theme(articles.values())
    opening = [max(lines, key=lambda c: (_leading(c, theme), c.text))] if lines else []
    rest = _choose(lines, room, opening)[len(opening) :]
    chosen = opening + sorted(rest, key=lambda c: (c.kind, c.rank, c.place, c.text))
    return _with_disputes(chosen, disputed[: max(0, length - len(chosen))])


def _theme(articles: Iterable[Article]) -> dict[str, float]:
    """What the story is about: the words of the outlets' titles, by how many have them and how rare."""
    theme: dict[str, float] = {}
    for article in articles:
        for key in {w.key for w in words_of(article.title or "")}:
            theme[key] = theme.get(key, 0.0) + rarity(key)
    return theme


def _leading(line: _Line, theme: dict[str, float]) -> float:
    """How well a line opens the news: what the titles are about, what many report and report early."""
    said = min(1.0, len(line.text.split()) / LEAD)
    about = sum(theme.get(k, 0.0) for k in line.keys) / (sum(sorted(theme.values())[-TITLE:]) or 1.0)
    said *= OFF_THEME + about
    return line.worth * said * (1.0 - line.place) * (1.0, 0.7, 0.5)[line.kind] * (1.0, 0.35, 0.1)[line.rank]


# --- lines that could stand ----------------------------------------------------------------------


def _candidates(
    story: StoryReading,
    origins: Sequence[Origin],
    findings: Sequence[Finding],
    to_come: set[str],
    order: dict[str, Article],
) -> list[_Line]:
    """Whole sentences that findings carry, and each finding's own words as a report."""
    desk = _Desk(origins, to_come, order)
    by_article: dict[str, list[tuple[Span, Finding]]] = {}
    for finding in findings:
        for e in finding.evidence:
            by_article.setdefault(e.article, []).append((e.span, finding))
    lines = []
    for reading in sorted(story.readings, key=lambda r: published_key(r.article)):
        held = by_article.get(reading.article.id, [])
        for number, sentence in enumerate(reading.analysis.sentences):
            line = _sentence(desk, reading, number, sentence, held)
            if line is not None:
                lines.append(line)
    for finding in findings:
        fits = WORDS[0] <= len(finding.text.split()) <= WORDS[1] and _closed(finding.text)
        leans = wording().leans.match(finding.text) or pattern("brief", "leading").match(finding.text)
        fits = fits and not leans
        if finding.status != "single" and fits:
            line = _line(desk, finding.text, (finding,), RANK[finding.status])
            main = reported_line(_folded(finding.text), (finding,), origins, order)
            vector = _meaning(story, finding.canonical)
            lines.append(replace(line, text=main, worth=line.worth * CLAUSE, vector=vector))
    return lines


def _meaning(story: StoryReading, piece: Evidence) -> np.ndarray | None:
    """The meaning of the sentence in which evidence stands, where it was read."""
    for reading in story.readings:
        vectors = reading.analysis.vectors
        if reading.article.id == piece.article and len(vectors) and vectors.shape[1]:
            at = covering([s.span for s in reading.analysis.sentences], piece.start)
            return None if at is None else vectors[at]
    return None


def _sentence(
    desk: _Desk, reading: Reading, number: int, sentence: Sentence, held: Sequence[tuple[Span, Finding]]
) -> _Line | None:
    """A sentence of an article as a line, where it can stand alone and findings carry it.

    It is as widely reported as its greater part: where that is corroborated it stands as it is, else
    it is said whose it is.
    """
    text = reading.article.text
    words = DATELINE.sub("", sentence.span.of(text))
    if sentence.kind != "sentence" or not _stands_alone(words):
        return None
    inside = [(s, f) for s, f in held if 2 * sentence.span.overlap(s) > len(s)]
    if not inside or _carried(sentence.span, text, (s for s, _ in inside)) < CARRIED:
        return None
    for rank in (0, 1, 2):
        shares = _carried(sentence.span, text, (s for s, f in inside if RANK[f.status] <= rank))
        if shares >= MAINLY:
            break
    found = {f.id: f for _, f in inside}.values()
    carrying = tuple(sorted(found, key=lambda f: (RANK[f.status], -f.weight, f.id)))
    line = _line(desk, words, carrying, rank)
    if rank and len(desk.order) > 1:
        main = [f for f in carrying if RANK[f.status] <= rank and (rank == 2 or f.status != "single")]
        line = replace(line, text=reported_line(_folded(words), main, desk.origins, desk.order))
    fit = _fitness(reading, sentence) * (EARLY - (EARLY - LATE) * sentence.start / max(1, len(text)))
    vectors = reading.analysis.vectors
    vector = vectors[number] if len(vectors) and vectors.shape[1] else None
    return replace(line, worth=line.worth * fit, vector=vector)


def _line(desk: _Desk, text: str, carrying: tuple[Finding, ...], rank: int) -> _Line:
    """The line that says ``text`` in its own words; the weightiest of its findings tells its place."""
    first = max(carrying, key=lambda f: (WORTH[f.status] * f.weight, f.id))
    places = [
        e.start / max(1, len(desk.order[e.article].text)) for e in first.evidence if e.article in desk.order
    ]
    said = "“" in text or '"' in text or any(f.sources for f in carrying)
    kind = 2 if any(f.id in desk.to_come for f in carrying) else 1 if said else 0
    text = _folded(text)
    keys = frozenset(w.key for w in words_of(text) if rarity(w.key) > 0.2)
    place = sum(places) / max(1, len(places))
    return _Line(text, carrying, rank, _worth(carrying), place, kind, keys)


def _folded(text: str) -> str:
    return " ".join(text.split())


def _fitness(reading: Reading, sentence: Sentence) -> float:
    """What a sentence keeps of its worth outside its article, 0 to 1."""
    words = sentence.span.of(reading.article.text)
    fit = BY_DAY if wording().today.search(words) else 1.0
    named = any(
        n.type == "person" and sentence.start <= n.start < sentence.end for n in reading.analysis.names
    )
    return fit if named or not wording().pronoun.search(words) else fit * BY_PRONOUN


def _worth(findings: Iterable[Finding]) -> float:
    return sum(WORTH[f.status] * f.weight for f in findings)


def _closed(text: str) -> bool:
    """Whether each quotation mark that opens is closed."""
    return text.count("“") == text.count("”") and text.count('"') % 2 == 0


def _stands_alone(text: str) -> bool:
    words = len(text.split())
    return (
        WORDS[0] <= words <= WORDS[1]
        and _closed(text)
        and not text[0].islower()
        and text.rstrip("”’\"'")[-1:] in ".!"
        and "\n" not in text
        and not wording().leans.match(text)
        and not wording().ourselves.search(re.sub('[“"][^”"]*[”"]', "", text))
        and not (text[0] in '“"' and text.rstrip()[-1:] in '”"')
    )


def _carried(sentence: Span, text: str, spans: Iterable[Span]) -> float:
    """Part of the sentence's letters and digits that lie in ``spans``."""
    letters = sum(c.isalnum() for c in sentence.of(text)) or 1
    inside = [Span(max(s.start, sentence.start), min(s.end, sentence.end)) for s in spans]
    return sum(sum(c.isalnum() for c in s.of(text)) for s in merged(inside)) / letters


def _to_come(
    story: StoryReading,
    findings: Sequence[Finding],
    timeline: Sequence[TimelineEntry],
    commitments: Sequence[Commitment],
) -> set[str]:
    """Ids of the findings that tell what is next: a dated plan, a commitment, a statement of the future."""
    pieces = [e for t in timeline if t.to_come for e in t.evidence]
    pieces += [e for c in commitments if c.status not in DONE for e in c.evidence]
    pieces += [
        s.evidence for r in story.readings for s in r.statements if s.status in ("to come", "expected")
    ]
    near: dict[str, list[Span]] = {}
    for piece in pieces:
        near.setdefault(piece.article, []).append(piece.span)
    return {
        f.id
        for f in findings
        if any(
            2 * s.overlap(f.canonical.span) > len(f.canonical.span) for s in near.get(f.canonical.article, ())
        )
    }


# --- choosing ------------------------------------------------------------------------------------


def _choose(lines: Sequence[_Line], room: int, opening: Sequence[_Line]) -> list[_Line]:
    """Greedy, after the ``opening``: each time the line whose findings, not told yet, are worth most."""
    chosen = list(opening)
    told = {f.id for c in chosen for f in c.findings}
    left = [c for c in lines if c not in opening]
    while left and len(chosen) < room:
        scored = [(_gain(c, told), c.text, c) for c in left]
        gain, _, best = max(scored, key=lambda s: (s[0], s[1]))
        left.remove(best)
        if gain <= 0.0:
            break
        if any(_repeats(best, c) for c in chosen):
            continue
        chosen.append(best)
        told |= {f.id for f in best.findings}
    return chosen


def _gain(line: _Line, told: set[str]) -> float:
    """What a line adds, by its length's square root: long sentences hold more and cost more."""
    new = [f for f in line.findings if f.id not in told]
    if not new or _worth(new) < 0.6 * _worth(line.findings):
        return 0.0
    share = line.worth / (_worth(line.findings) or 1.0)
    share *= min(1.0, len(line.text.split()) / FULL)
    return share * _worth(new) / (len(line.text) ** 0.5) * (1.0, 0.7, 0.4)[line.rank]


def _repeats(line: _Line, other: _Line) -> bool:
    if line.vector is not None and other.vector is not None and line.vector @ other.vector > ALIKE:
        return True
    mine, theirs = (sum(rarity(k) for k in c.keys) for c in (line, other))
    return sum(rarity(k) for k in line.keys & other.keys) > SAME * min(mine, theirs)


# --- disputes ------------------------------------------------------------------------------------


def _disputes(
    findings: Sequence[Finding],
    disagreements: Sequence[Disagreement],
    origins: Sequence[Origin],
    order: dict[str, Article],
) -> list[tuple[BriefLine, frozenset[str]]]:
    """Lines that tell of conflicts and updates, the weightiest first."""
    weight = {f.id: f.weight for f in findings}
    shown = [
        d
        for d in disagreements
        if d.relation in OTHERWISE
        and d.kind != "wording"
        and len(d.positions) > 1
        and any(f in weight for f in d.findings)
    ]
    shown.sort(key=lambda d: (d.relation != "conflict", -max(weight.get(f, 0.0) for f in d.findings), d.id))
    out = []
    for difference in shown:
        carried = tuple(f for f in difference.findings if f in weight)
        line = BriefLine(text=dispute_line(difference, origins, order), findings=carried)
        out.append((line, frozenset(carried)))
    return out


def _tells(dispute: BriefLine, line: _Line) -> bool:
    """Whether the words of a dispute are nearly all of a line's."""
    keys = {w.key for w in words_of(dispute.text)}
    mine = sum(rarity(k) for k in line.keys)
    return sum(rarity(k) for k in line.keys & keys) > TOLD * mine


def _with_disputes(
    chosen: Sequence[_Line], disputed: Sequence[tuple[BriefLine, frozenset[str]]]
) -> tuple[BriefLine, ...]:
    """Each dispute after the line whose finding it disputes, else before what is next."""
    after: dict[int, list[BriefLine]] = {}
    tail = max((i for i, c in enumerate(chosen) if c.kind < 2), default=len(chosen) - 1)
    for line, carried in disputed:
        at = next((i for i, c in enumerate(chosen) if carried & {f.id for f in c.findings}), tail)
        after.setdefault(at, []).append(line)
    out = list(after.get(-1, ()))
    for i, c in enumerate(chosen):
        own = {f.id for f in c.findings}
        if i and any(own <= set(line.findings) or _tells(line, c) for line, _ in disputed):
            out += after.get(i, ())  # a dispute says all that the line says
            continue
        out.append(BriefLine(text=c.text, findings=tuple(f.id for f in c.findings)))
        out += after.get(i, ())
    return tuple(out)
