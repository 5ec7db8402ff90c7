"""What is known of each pair of figures of a story: features for the two looks of ``disagreements_figures``.

The first look, at all pairs that can be compared, asks whether both measure one thing whatever their
values; the second, at those that do not agree, whether they are a difference, with what the story's
other pairs say of them. All is symmetric; tables are (figures, figures), read at the pairs.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from consilience.findings.disagreements_figures_agree import agreement, comparable, rounded, size
from consilience.findings.disagreements_figures_place import Placed, words
from consilience.findings.scores import Scores
from consilience.lexicons import lexicon
from consilience.model import FigureMention, Finding, StoryReading

NEAR = 0.25  # sentences whose meanings are further apart are compared only where
POSSIBLE = 0.1  # they may report one fact with this probability
LIKE = 0.4  # probability from which another article's figure counts as one of the same thing
FAR, SURE = 90, 0.6  # days between two dates from which their sentences must be so sure to report one fact
APART = 10  # times that one duration is the other, from which they cannot be of one thing
KINDS = ("count", "money", "percent", "measure", "duration", "age")
SECOND = 15
BAGS = (
    "what", "nearby", "stems", "around", "noun", "mods", "verb", "args", "slot", "named", "entities",
)  # fmt: skip


@dataclass(eq=False)
class Pairs:
    """``left`` < ``right`` index ``held``; ``first`` are the features of the first look, ``values`` what
    the second adds of the two values. ``agree``: (figures, figures). ``article``: of each figure."""

    held: list[Placed]
    left: np.ndarray
    right: np.ndarray
    first: np.ndarray
    values: np.ndarray
    agree: np.ndarray
    article: np.ndarray
    names: list[str] = field(default_factory=list)

    @property
    def same(self) -> np.ndarray:
        """Shape (pairs,): whether the two values agree."""
        return self.agree[self.left, self.right]


class _Table:
    """Named columns of shape (figures, figures)."""

    def __init__(self) -> None:
        self.columns: dict[str, np.ndarray] = {}

    def put(self, name: str, table: np.ndarray) -> None:
        """Adds a column of shape (figures, figures)."""
        self.columns[name] = np.asarray(table, np.float32)

    def span(self, name: str, values: np.ndarray) -> None:
        """The smaller and the larger of a value that each figure has."""
        self.put(name + "_min", np.minimum(values[:, None], values[None, :]))
        self.put(name + "_max", np.maximum(values[:, None], values[None, :]))

    def at(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """Shape (pairs, columns)."""
        return np.stack([t[left, right] for t in self.columns.values()], axis=1)


def pairs(story: StoryReading, held: list[Placed], scored: Scores, findings: Sequence[Finding]) -> Pairs:
    """The pairs of figures, of different articles, that can be compared; readings in order of article id."""
    if not held:
        none = np.zeros(0, int)
        return Pairs(held, none, none, np.zeros((0, 1)), np.zeros((0, 1)), np.zeros((0, 0), bool), none)
    numbers = {r.article.id: i for i, r in enumerate(story.readings)}
    article = np.array([numbers[h.clause.article] for h in held])
    every = list({id(f): f for h in held for f in h.elsewhere}.values())
    where = {id(f): k for k, f in enumerate(every)}
    own = np.array([where[id(h.figure)] for h in held])
    agreeing = agreement(every) & _comparable(every)
    able = _comparable([h.figure for h in held])
    first, values = _Table(), _Table()
    _words(first, held, story)
    _states(first, held)
    sentences = _likeness(first, held, story, scored)
    _found(first, held, findings)
    _shape(first, held)
    _dated(first, held)
    apart = _counted(first, held)
    _company(first, values, held, agreeing, own, where)
    _values(values, held, story)
    near = (first.columns["cos_meaning"] >= NEAR) | (sentences > POSSIBLE)
    agree = agreeing[np.ix_(own, own)]
    apart |= _both_told(held, agreeing, own, where) & ~agree | _of_others(held) | _of_scales(held)
    apart |= _far(held) & (sentences < SURE)
    good = np.triu(able & near & ~apart & (article[:, None] != article[None, :]), 1)
    left, right = np.nonzero(good)
    names = [*first.columns, *values.columns]
    return Pairs(held, left, right, first.at(left, right), values.at(left, right), agree, article, names)


def _both_told(
    held: Sequence[Placed], agreeing: np.ndarray, own: np.ndarray, where: dict[int, int]
) -> np.ndarray:
    """Shape (figures, figures): whether the sentence of each has the other's value too ("cut from 450 to 120"
    here and there): then both tell both, and do not differ. Not of dates: a date that was moved is one."""
    if not isinstance(held[0].figure, FigureMention):
        return np.zeros((len(held), len(held)), bool)
    beside = np.zeros((len(held), len(agreeing)), np.float32)
    for i, h in enumerate(held):
        beside[i, [where[id(f)] for f in h.near if id(f) in where]] = 1
    told = beside @ agreeing[:, own].astype(np.float32) > 0
    return told & told.T


def _of_others(held: Sequence[Placed]) -> np.ndarray:
    """Shape (figures, figures): ages that are not sure to be one person's: none is named beside both."""
    aged = np.array([isinstance(h.figure, FigureMention) and h.figure.kind == "age" for h in held])
    plain = set(lexicon("differences")["ages"])
    whose = [
        set(re.findall(r"[^\W\d_]{3,}", h.figure.evidence.text)) - plain if age else set()
        for h, age in zip(held, aged, strict=True)
    ]
    one = np.array([[bool(a & b) for b in whose] for a in whose], bool)
    return aged[:, None] & aged[None, :] & ~one


def _of_scales(held: Sequence[Placed]) -> np.ndarray:
    """Shape (figures, figures): durations of which one is many times the other are not of one thing."""
    long = np.zeros(len(held))
    for i, h in enumerate(held):
        if h.figure.kind == "duration":
            value = h.figure.value
            long[i] = size(h.figure) * (sum(value) / 2 if isinstance(value, tuple) else value)
    most, least = np.maximum(long[:, None], long[None, :]), np.minimum(long[:, None], long[None, :])
    return (least > 0) & (most > APART * least)


def _far(held: Sequence[Placed]) -> np.ndarray:
    """Shape (figures, figures): dates months apart, of which one is mostly of an earlier event."""
    dates = [h.figure.value if h.figure.kind == "date" else (math.nan, math.nan) for h in held]
    first, last = (np.array(d) for d in zip(*dates, strict=True))
    return (first[:, None] - last[None, :] > FAR) | (first[None, :] - last[:, None] > FAR)


def _comparable(figures: Sequence[FigureMention]) -> np.ndarray:
    """Shape (figures, figures); asked once for each two kinds of figures."""
    keys = [(f.kind, f.unit, f.value if f.kind == "money" else 0) for f in figures]
    kinds = {k: i for i, k in enumerate(dict.fromkeys(keys))}
    one = dict(zip(keys, figures, strict=True))
    table = np.array([[comparable(one[x], one[y]) for y in kinds] for x in kinds], bool)
    at = np.array([kinds[k] for k in keys], int)
    return table[np.ix_(at, at)] if len(at) else np.zeros((0, 0), bool)


# --- words, states, clauses -----------------------------------------------------------------------


def _words(table: _Table, held: Sequence[Placed], story: StoryReading) -> None:
    """Shares of rare words in the phrases, slots, clauses and sentences around the figures."""
    count: Counter[str] = Counter()
    total = 0
    for reading in story.readings:
        text = reading.article.text
        for sentence in reading.analysis.sentences:
            count.update(words(text[sentence.start : sentence.end]))
            total += 1
    for name in BAGS:
        bags = [getattr(h, name) for h in held]
        known = {w: i for i, w in enumerate(sorted(set().union(*bags)))}
        weight = np.array([math.log(1 + total / max(count[w], 1)) for w in known], np.float32)
        marks = np.zeros((len(held), len(known)), np.float32)
        for i, bag in enumerate(bags):
            marks[i, [known[w] for w in bag]] = 1
        shared, own = (marks * weight) @ marks.T, marks @ weight
        least = np.minimum(own[:, None], own[None, :])
        union = own[:, None] + own[None, :] - shared
        table.put(f"{name}_share", shared / np.maximum(union, 1e-6))
        table.put(f"{name}_weight", shared)
        if name in ("stems", "around", "slot", "nearby"):
            table.put(f"{name}_cover", shared / np.maximum(least, 1e-6))
        if name in ("noun", "verb", "what", "named", "entities"):
            table.put(f"{name}_other", (shared == 0) & (least > 0))


def _states(table: _Table, held: Sequence[Placed]) -> None:
    """Likeness of meaning of sentences, and of the words of and around the figures."""
    for name in ("meaning", "own", "before", "after", "noun_state", "verb_state"):
        rows = np.array([getattr(h, name) for h in held])
        table.put(f"cos_{name}", rows @ rows.T)
    cross = np.array([h.after for h in held]) @ np.array([h.before for h in held]).T
    table.put("cos_across", np.maximum(cross, cross.T))


def _likeness(table: _Table, held: Sequence[Placed], story: StoryReading, scored: Scores) -> np.ndarray:
    """How likely the sentences, and the clauses, of two figures report one fact; 0 where not looked at."""
    clause = {
        (s.evidence.article, s.evidence.start, s.evidence.end): k
        for k, s in enumerate(scored.units.statements)
    }
    first, count = {}, 0
    for reading in story.readings:
        first[reading.article.id] = count
        count += len(reading.analysis.sentences)
    sentences = [first[h.clause.article] + h.sentence for h in held]
    clauses = [clause.get((h.clause.article, h.clause.start, h.clause.end)) for h in held]
    likely = _spread(sentences, scored.sentences)
    table.put("one_sentence", likely)
    table.put("one_clause", _spread(clauses, scored.clauses))
    return likely


def _spread(of: Sequence[int | None], scored: Mapping[tuple[int, int], float]) -> np.ndarray:
    """Scores of units, by the figures in them."""
    out = np.zeros((len(of), len(of)), np.float32)
    held: dict[int | None, list[int]] = defaultdict(list)
    for i, k in enumerate(of):
        held[k].append(i)
    for (a, b), p in scored.items():
        if a in held and b in held:
            for i in held[a]:
                for j in held[b]:
                    out[i, j] = out[j, i] = p
    return out


def _found(table: _Table, held: Sequence[Placed], findings: Sequence[Finding]) -> None:
    """Whether one finding holds both figures."""
    marks = np.zeros((len(held), len(findings)), np.float32)
    by_article: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for k, finding in enumerate(findings):
        for e in finding.evidence:
            by_article[e.article].append((e.start, e.end, k))
    for i, h in enumerate(held):
        at = h.figure.evidence
        marks[i, [k for start, end, k in by_article[at.article] if start < at.end and at.start < end]] = 1
    table.put("one_finding", (marks @ marks.T) > 0)


def _shape(table: _Table, held: Sequence[Placed]) -> None:
    """Kinds, units, places in clause and article."""
    kind = np.array([h.figure.kind for h in held])
    unit = np.array([(h.figure.unit or "").casefold() for h in held])
    both = (unit != "")[:, None] & (unit != "")[None, :]
    table.put("unit_same", (unit[:, None] == unit[None, :]) & both)
    table.put("unit_other", (unit[:, None] != unit[None, :]) & both)
    for name in KINDS:
        table.put(f"is_{name}", np.broadcast_to((kind == name)[:, None], (len(held), len(held))))
    table.span("beside", np.array([len(h.beside) for h in held]))
    table.span("near", np.array([len(h.near) for h in held]))
    order = np.array([sum(f.evidence.start < h.figure.evidence.start for f in h.beside) for h in held])
    table.put("order_same", order[:, None] == order[None, :])
    place = np.array([h.place for h in held])
    table.put("place_gap", np.abs(place[:, None] - place[None, :]))
    table.put("place_max", np.maximum(place[:, None], place[None, :]))
    relation = np.array([h.relation for h in held])
    table.put("relation_same", relation[:, None] == relation[None, :])


def _dated(table: _Table, held: Sequence[Placed]) -> None:
    """Whether what else dates the two sentences meets, or lies apart."""
    days = [
        (min(first for first, _ in h.times), max(last for _, last in h.times)) if h.times else (0, 0)
        for h in held
    ]
    first, last = (np.array(d) for d in zip(*days, strict=True))
    both = (first > 0)[:, None] & (first > 0)[None, :]
    meet = (first[:, None] <= last[None, :]) & (first[None, :] <= last[:, None])
    table.put("time_same", both & meet)
    table.put("time_other", both & ~meet)


def _counted(table: _Table, held: Sequence[Placed]) -> np.ndarray:
    """Kinds of things counted: the same, or others (the dead are not the missing)."""
    kinds = sorted(set().union(*(h.kinds for h in held)))
    marks = np.array([[k in h.kinds for k in kinds] for h in held], np.float32).reshape(len(held), -1)
    some, shared = marks.sum(axis=1) > 0, (marks @ marks.T) > 0
    table.put("counted_same", shared)
    return some[:, None] & some[None, :] & ~shared


def _company(
    first: _Table, values: _Table, held: Sequence[Placed], agreeing: np.ndarray, own: np.ndarray,
    where: Mapping[int, int],
) -> None:  # fmt: skip
    """Figures that stand beside the two: those that agree with each other, and with the two themselves."""

    def marks(of: Callable[[Placed], Sequence[FigureMention]]) -> np.ndarray:
        out = np.zeros((len(held), len(agreeing)), np.float32)
        for i, h in enumerate(held):
            out[i, [where[id(f)] for f in of(h)]] = 1
        return out

    clause, sentence, article = (
        marks(lambda h: h.beside), marks(lambda h: h.near), marks(lambda h: h.elsewhere)
    )  # fmt: skip
    others = sentence.copy()
    others[np.arange(len(held)), own] = 0
    agree = agreeing.astype(np.float32)
    matched = ((others @ agree) > 0).astype(np.float32) @ others.T
    first.put("others_agree", np.minimum(matched, matched.T))
    told = agree[own]
    for name, scope in (("clause", clause), ("sentence", sentence), ("article", article)):
        there = (told @ scope.T) > 0
        values.put(f"told_{name}", there.astype(np.float32) + there.T)


def _values(table: _Table, held: Sequence[Placed], story: StoryReading) -> None:
    """How far apart the values are, how round, and how far apart in time they were printed."""
    top = np.array([h.figure.value[1] if isinstance(h.figure.value, tuple) else h.figure.value for h in held])
    base = np.abs(top) * np.array([size(h.figure) for h in held])
    log = np.log10(base + 0.5)
    table.put("ratio", np.minimum(np.abs(log[:, None] - log[None, :]), 3))
    gap = np.abs(base[:, None] - base[None, :])
    table.put("apart", gap / np.maximum(np.maximum(base[:, None], base[None, :]), 1e-9))
    table.put("least", np.minimum(np.minimum(top[:, None], top[None, :]), 100))
    hedged = np.array([h.figure.approximate for h in held], np.float32)
    table.put("hedged", hedged[:, None] + hedged[None, :])
    full = np.array([rounded(float(t)) for t in top], np.float32)
    table.put("round", full[:, None] + full[None, :])
    days = {r.article.id: _day(r.article.published) for r in story.readings}
    day = np.array([days[h.clause.article] for h in held])
    between = np.abs(day[:, None] - day[None, :])
    if held[0].figure.kind == "date":
        table.put("gap", np.minimum(np.log1p(gap), 6))
    table.put("days", np.where(np.isfinite(between), np.minimum(between, 10), -1))


def _day(published: str | None) -> float:
    try:
        return float(date.fromisoformat((published or "")[:10]).toordinal())
    except ValueError:
        return math.nan


# --- the second look ------------------------------------------------------------------------------


def second_look(p: Pairs, likely: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Shape (len(at), features) for the pairs ``at``: the first look's, its answer ``likely``, and more.

    More is what the other pairs say: whether one figure has a better partner in the other's article, one
    with its value or with another; and which figures of third articles measure what both measure, with
    whose value.
    """
    n = len(p.held)
    q = np.zeros((n, n), np.float32)
    q[p.left, p.right] = q[p.right, p.left] = likely
    articles = int(p.article.max(initial=-1)) + 1
    rows = np.zeros((len(at), SECOND), np.float32)
    with_own, with_other = np.where(p.agree, q, 0), np.where(p.agree, 0, q)
    wide = (with_own >= LIKE).astype(np.float32)
    member = np.zeros((n, articles), np.float32)
    member[np.arange(n), p.article] = 1
    prints = (wide @ member) > 0
    for row, k in enumerate(at):
        i, j = p.left[k], p.right[k]
        one, two = p.article == p.article[j], p.article == p.article[i]
        one[j] = two[i] = False
        a, b = with_own[i, one].max(initial=0), with_own[j, two].max(initial=0)
        c, d = with_other[i, one].max(initial=0), with_other[j, two].max(initial=0)
        third = (p.article != p.article[i]) & (p.article != p.article[j])
        both = q[i] * q[j] * third
        for_i, for_j = (q[j] * p.agree[i] * third).max(initial=0), (q[i] * p.agree[j] * third).max(initial=0)
        said = sorted(prints[[i, j]].sum(axis=1) - prints[[i, j]][:, p.article[[i, j]]].sum(axis=1))
        lead = sorted((likely[k] - max(a, c), likely[k] - max(b, d)))
        rows[row] = (
            max(a, b), min(a, b), max(c, d), min(c, d), lead[0], lead[1], both.max(initial=0), both.sum(),
            said[1], said[0], max(for_i, for_j), min(for_i, for_j), q[i].sum() + q[j].sum(),
            (with_own[i] * third).max(initial=0) + (with_own[j] * third).max(initial=0), likely[k],
        )  # fmt: skip
    chance = np.clip(likely[at], 1e-4, 1 - 1e-4)
    logit = np.log(chance / (1 - chance)).astype(np.float32)
    return np.concatenate([p.first[at], p.values[at], logit[:, None], rows], axis=1)
