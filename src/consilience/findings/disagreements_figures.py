"""Figures that differ: which numbers of two reports measure one thing, and whether they agree.

Two figures agree where each lies in what the other leaves open: a number written with few digits, or
with a hedge, stands for an interval as wide as its last digit. "Nearly 19,000" and 19,000, "about 60"
and 62 are no difference.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from consilience.findings import scores
from consilience.findings.disagreements_weigh import Candidate, link, weighing
from consilience.lexicons import lexicon
from consilience.model import Analysis, Evidence, FigureMention, Finding, Reading, StoryReading
from consilience.spans import Span, covering

WIDE = 0.05  # a hedged number leaves open at least this part of itself, on either side
EXACT = 0.005  # numbers within this part of each other are one (unit conversions round)
NEAR = 0.3  # sentences whose meanings are further apart are not compared
SAME_PLACE = 0.55  # sentences so near in meaning that equal figures in them are one figure
LABEL = re.compile(r"[^\W\d_]+ \d+")  # "wells 3": the number of a thing, no number of things
PHRASE = 6  # words of a phrase that says what a figure counts
BRACKET = 12  # code points between a figure and its conversion in brackets: " (about "
REACH = 30  # code points on either side of a figure that tell what it counts


def interval(figure: FigureMention) -> tuple[float, float]:
    """What the figure leaves open, as [low, high] in its base unit."""
    low, high = figure.value if isinstance(figure.value, tuple) else (figure.value, figure.value)
    slack = EXACT * max(abs(low), abs(high))
    if not figure.approximate:
        return low - slack, high + slack
    grain = max(_grain(high), WIDE * abs(high))
    hedge = (figure.hedge or "").casefold()
    if hedge.startswith(_list("above")):
        # "at least 14" is what was counted, and 27 is another count: no more is left open than the
        # last digit
        return low - slack, high + (grain if high >= 20 else slack)
    if hedge.startswith(_list("below")):
        return low - (grain if low >= 20 else slack), high + slack
    return low - grain, high + grain


def _grain(value: float) -> float:
    """The size of the last digit that is not a zero: 10 for 230, 1,000 for 19,000, 0.1 for 2.3."""
    if value == 0 or not math.isfinite(value):
        return 0.0
    digits = f"{abs(value):.6e}"
    mantissa, exponent = digits.split("e")
    significant = len(mantissa.replace(".", "").rstrip("0")) or 1
    return 10.0 ** (int(exponent) - significant + 1)


def agree(a: FigureMention, b: FigureMention) -> bool:
    """Whether two figures of one unit can both be right of one thing."""
    (low_a, high_a), (low_b, high_b) = interval(a), interval(b)
    return low_a <= high_b and low_b <= high_a


@cache
def _list(name: str) -> tuple[str, ...]:
    """A word list of ``differences.toml``."""
    return tuple(lexicon("differences")[name])


@cache
def _stems() -> frozenset[str]:
    return frozenset(w[:5] for w in _list("empty"))


def words(text: str) -> set[str]:
    """Content words of a phrase, cut to their first five letters so that forms of a word meet."""
    return {w[:5] for w in re.findall(r"[^\W\d_]{3,}", text.casefold())} - _stems()


def comparable(a: FigureMention, b: FigureMention) -> bool:
    """Whether two figures can measure one thing at all: one kind, and one unit where both name it."""
    if a.kind != b.kind:
        return False
    if a.kind in ("money", "measure", "duration", "percent"):
        return (a.unit or "") == (b.unit or "")
    return True


@dataclass(frozen=True, eq=False)
class Placed:
    """A figure in its article, with the clause that holds it and what the encoder makes of its words.

    ``beside`` are the figures of its clause, ``near`` those of its sentence, ``elsewhere`` all of its
    article. ``own``, ``before``, ``after``: mean states of the word pieces of the figure and of the ``REACH``
    characters on either side; ``meaning`` the sentence's vector. Rows of length 1, or zeros.
    """

    figure: FigureMention
    clause: Evidence
    sentence: int
    meaning: np.ndarray
    own: np.ndarray
    before: np.ndarray
    after: np.ndarray
    beside: tuple[FigureMention, ...]
    near: tuple[FigureMention, ...]
    elsewhere: tuple[FigureMention, ...]
    nearby: frozenset[str]
    kinds: frozenset[str]


def placed(story: StoryReading) -> list[Placed]:
    """The figures of a story, in the order of their articles' ids and places."""
    out = []
    for reading in sorted(story.readings, key=lambda r: r.article.id):
        text, last = reading.article.text, None
        for figure in sorted(reading.figures, key=lambda f: f.evidence.start):
            label = LABEL.fullmatch(figure.evidence.text)
            if (
                not label
                and not _converted(figure, last, text)
                and (held := _place(reading, figure)) is not None
            ):
                out.append(held)
            last = figure
    return out


def _converted(figure: FigureMention, before: FigureMention | None, text: str) -> bool:
    """Whether a figure stands in brackets after one of its kind: that one in other units.

    Two desks convert at two days' rates: such figures differ, and their sources do not.
    """
    if before is None or figure.kind not in ("money", "measure") or before.kind != figure.kind:
        return False
    between = text[before.evidence.end : figure.evidence.start]
    return len(between) <= BRACKET and "(" in between and ")" not in between


def _place(reading: Reading, figure: FigureMention) -> Placed | None:
    analysis, at = reading.analysis, figure.evidence.span
    number = covering([s.span for s in analysis.sentences], at.start)
    if number is None:
        return None
    sentence = analysis.sentences[number]
    clauses = [s.evidence for s in reading.statements if s.evidence.span.covers(at)]
    clause = min(clauses, key=lambda e: e.end - e.start, default=reading.article.evidence(sentence.span))
    text = reading.article.text
    return Placed(
        figure,
        clause,
        number,
        analysis.vectors[number],
        _mean_state(analysis, number, at),
        _mean_state(analysis, number, Span(at.start - REACH, at.start)),
        _mean_state(analysis, number, Span(at.end, at.end + REACH)),
        tuple(f for f in reading.figures if clause.span.covers(f.evidence.span)),
        tuple(f for f in reading.figures if sentence.span.covers(f.evidence.span)),
        tuple(reading.figures),
        frozenset(words(text[max(0, at.start - 40) : at.end + 40])),
        _kinds(text[sentence.start : sentence.end], at.start - sentence.start)
        if figure.kind == "count"
        else frozenset(),
    )


@cache
def _part() -> re.Pattern[str]:
    """Where, inside a sentence, what a figure counts may change: marks, and words that join clauses."""
    joins = "|".join(map(re.escape, _list("joins")))
    return re.compile(rf"[,;:.()“”\"–—](?!\d)|\b(?:{joins})\b")


def _kinds(sentence: str, at: int) -> frozenset[str]:
    """What a figure counts, by kind, as the part of the sentence between marks and "and" says."""
    start = max((m.end() for m in _part().finditer(sentence, 0, at)), default=0)
    found = _part().search(sentence, at)
    part = " " + sentence[start : found.start() if found else len(sentence)].casefold()
    table = lexicon("differences")["kinds"]
    return frozenset(kind for kind, stems in table.items() if any(" " + stem in part for stem in stems))


def _mean_state(analysis: Analysis, sentence: int, span: Span) -> np.ndarray:
    width = analysis.vectors.shape[1]
    if sentence >= len(analysis.states):
        return np.zeros(width, np.float32)
    spans = analysis.state_spans[sentence]
    held = [i for i, s in enumerate(spans) if s.start < span.end and s.end > span.start and s.end > s.start]
    if not held:
        return np.zeros(width, np.float32)
    mean = analysis.states[sentence][held].astype(np.float32).mean(axis=0)
    return mean / (np.linalg.norm(mean) + 1e-9)


def features(a: Placed, b: Placed) -> list[float]:
    """What tells whether two figures that differ measure one thing: 26 numbers.

    ``candidates`` puts three more behind them: one finding or not, and two likenesses.
    """
    x, y = a.figure, b.figure
    what_a, what_b = words(f"{x.what} {x.unit or ''}"), words(f"{y.what} {y.unit or ''}")
    clause_a, clause_b = words(a.clause.text), words(b.clause.text)
    top_a = x.value[1] if isinstance(x.value, tuple) else x.value
    top_b = y.value[1] if isinstance(y.value, tuple) else y.value
    ratio = abs(math.log10((abs(top_a) + 0.5) / (abs(top_b) + 0.5)))
    unit_a, unit_b = (x.unit or "").casefold(), (y.unit or "").casefold()
    return [
        _share(what_a, what_b),
        float(bool(what_a & what_b)),
        float(unit_a == unit_b and bool(unit_a)),
        float(bool(unit_a) and bool(unit_b) and unit_a != unit_b),
        _share(clause_a, clause_b),
        min(ratio, 3.0),
        float(ratio > 1.0),
        float(x.kind == "count"),
        float(x.kind == "money"),
        float(x.kind in ("measure", "duration")),
        float(x.kind == "age"),
        float(x.approximate or y.approximate),
        float(min(top_a, top_b) <= 2),
        float(a.meaning @ b.meaning),
        float(_among(x, b.beside)),
        float(_among(y, a.beside)),
        float(len(a.beside)),
        float(len(b.beside)),
        _share(set(a.nearby), set(b.nearby)),
        float(len(a.nearby & b.nearby)),
        float(a.own @ b.own),
        float(a.before @ b.before),
        float(a.after @ b.after),
        max(float(a.after @ b.before), float(b.after @ a.before)),
        float(_among(x, b.elsewhere)),
        float(_among(y, a.elsewhere)),
    ]


def _told(figure: FigureMention, others: Sequence[FigureMention]) -> bool:
    """Whether others give a figure too, if only its bare number ("from 450 litres to 120")."""
    return _among(figure, others) or any(o.value == figure.value and o.unit is None for o in others)


def _among(figure: FigureMention, others: Sequence[FigureMention]) -> bool:
    """Whether a figure is given by others too."""
    return any(comparable(figure, o) and agree(figure, o) for o in others)


def _share(a: set[str], b: set[str]) -> float:
    return len(a & b) / (len(a | b) or 1)


def candidates(
    story: StoryReading, findings: Sequence[Finding]
) -> tuple[list[Placed], list[tuple[int, int]], list[list[float]]]:
    """The story's figures, the pairs of indices that differ and may measure one thing, their features."""
    held, likeness = placed(story), _likeness(story)
    found = [{f.id for f in findings if _holds(f, h.figure)} for h in held]
    pairs, rows = [], []
    for i, a in enumerate(held):
        for j in range(i + 1, len(held)):
            b = held[j]
            if a.figure.evidence.article == b.figure.evidence.article or not comparable(a.figure, b.figure):
                continue
            if agree(a.figure, b.figure) or float(a.meaning @ b.meaning) < NEAR:
                continue
            if a.kinds and b.kinds and not a.kinds & b.kinds:
                continue  # the dead are not the missing
            if _told(a.figure, b.near) or _told(b.figure, a.near):
                continue  # "cut from 450 to 120" beside "cut to 120": one change, told in full and in part
            pairs.append((i, j))
            rows.append([*features(a, b), float(bool(found[i] & found[j])), *likeness(a, b)])
    return held, pairs, rows


def _likeness(story: StoryReading) -> Callable[[Placed, Placed], tuple[float, float]]:
    """How likely the sentences, and the clauses, of two figures report one fact; 0 where not looked at."""
    scored = scores.of(story)
    clause = {
        (s.evidence.article, s.evidence.start, s.evidence.end): k
        for k, s in enumerate(scored.units.statements)
    }
    first, count = {}, 0
    for reading in sorted(story.readings, key=lambda r: r.article.id):
        first[reading.article.id] = count
        count += len(reading.analysis.sentences)

    def at(pairs: dict[tuple[int, int], float], i: int | None, j: int | None) -> float:
        return 0.0 if i is None or j is None else pairs.get((min(i, j), max(i, j)), 0.0)

    def of(a: Placed, b: Placed) -> tuple[float, float]:
        sentences = [first[h.clause.article] + h.sentence for h in (a, b)]
        clauses = [clause.get((h.clause.article, h.clause.start, h.clause.end)) for h in (a, b)]
        return at(scored.sentences, *sentences), at(scored.clauses, *clauses)

    return of


def _holds(finding: Finding, figure: FigureMention) -> bool:
    at = figure.evidence
    return any(e.article == at.article and e.span.overlap(at.span) for e in finding.evidence)


def differences(story: StoryReading, findings: Sequence[Finding]) -> Iterator[Candidate]:
    """Figures of one thing that do not agree, each with its values as positions."""
    held, pairs, rows = candidates(story, findings)
    model = weighing("figure")
    scores = dict(zip(pairs, model.probability(rows).tolist(), strict=True))
    for i, a in enumerate(held):
        for j in range(i + 1, len(held)):
            b = held[j]
            same = comparable(a.figure, b.figure) and agree(a.figure, b.figure)
            if same and float(a.meaning @ b.meaning) >= SAME_PLACE and a.figure.unit == b.figure.unit:
                scores[(i, j)] = 1.0
    for group in link(len(held), scores, model.threshold):
        positions = _positions([held[i] for i in group])
        if len(positions) > 1 and len({h.figure.evidence.article for p in positions for h in p}) > 1:
            yield _candidate(positions)


def _positions(group: Sequence[Placed]) -> list[list[Placed]]:
    """The group's figures by value: those that agree with the first of a position are one."""
    out: list[list[Placed]] = []
    for held in sorted(group, key=lambda h: (interval(h.figure), h.figure.evidence.article)):
        for position in out:
            if agree(position[0].figure, held.figure):
                position.append(held)
                break
        else:
            out.append([held])
    return out


def _candidate(positions: Sequence[Sequence[Placed]]) -> Candidate:
    every = [h for p in positions for h in p]
    clauses = [h.clause for h in every]
    crowded = {c for c in clauses if clauses.count(c) > 1}
    return Candidate(
        kind="figure",
        relation=None,
        about=_about(every),
        positions=tuple(
            (
                p[0].figure.evidence.text,
                tuple(h.figure.evidence if h.clause in crowded else h.clause for h in p),
            )
            for p in positions
        ),
        reasons=("figures of one thing that do not agree",),
    )


def _about(group: Sequence[Placed]) -> str:
    """What the figures count, in the words that stand around one of them.

    Of the phrases around all of them, the one whose content words the others' clauses share most; the
    shorter of two.
    """
    phrases = {p for h in group for p in _phrases(h)}

    nouns = {words(h.figure.unit or "").pop() for h in group if len(words(h.figure.unit or "")) == 1}

    def shared(phrase: str) -> float:
        own = words(phrase)
        told = sum(len(own & words(h.clause.text)) for h in group) / len(group)
        return (told + min(len(own), 3) / 2 + bool(own & nouns)) / (3 + len(phrase.split()))

    common = frozenset.intersection(*(h.kinds for h in group))
    if len(common) == 1:  # "people: dead", "passengers: aboard"
        units = {h.figure.unit for h in group if h.figure.unit} - common
        return f"{'people' if 'people' in units else min(units, default='number')}: {min(common)}"
    best = max(phrases, key=lambda p: (round(shared(p), 4), -len(p), p), default="")
    return best or group[0].figure.unit or "a figure"


def _phrases(held: Placed) -> Iterator[str]:
    """The words after a figure, and those before it, up to the next mark, no more than ``PHRASE``."""
    text, at = held.clause.text, held.figure.evidence.start - held.clause.start
    end = at + len(held.figure.evidence.text)
    noun = re.sub(r"^\W*(?:[\w’'-]+ )*?(?=[^\W\d_]+$)", "", held.figure.evidence.text)
    after = re.split(r"[,.;:!?“”\"()–—]", text[end:], maxsplit=1)[0].split()[:PHRASE]
    before = re.split(r"[,.;:!?“”\"()–—]", text[: max(at, 0)])[-1].split()[-PHRASE:]
    counted = [noun] if held.figure.kind == "count" and noun.isalpha() else []
    for phrase in ([*counted, *after], [*before, "…", *counted] if counted else before):
        while phrase and phrase[-1].casefold() in _list("loose"):
            phrase = phrase[:-1]
        while phrase and phrase[0].casefold() in _list("loose"):
            phrase = phrase[1:]
        if words(" ".join(phrase)):
            yield " ".join(phrase)
