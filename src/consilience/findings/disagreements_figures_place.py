"""Figures in their places: the clause, the parse and the encoder's states around each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from consilience.findings.disagreements_figures_agree import words_of
from consilience.findings.words import function_words
from consilience.lexicons import lexicon
from consilience.model import Analysis, Evidence, FigureMention, Reading, Sentence, StoryReading
from consilience.spans import Span, covering

LABEL = re.compile(r"([^\W\d_]+) \d+")  # "wells 3": the number of a thing, no number of things
BRACKET = 12  # code points between a figure and its conversion in brackets: " (about "
REACH = 30  # code points on either side of a figure that tell what it counts
BESIDE = 40  # and within which a name may say whose it is
CLIMB = 6  # steps up the parse, at most, from a number to what it counts, and from that to its verb


@cache
def _stems() -> frozenset[str]:
    return frozenset(w[:5] for w in words_of("empty"))


def words(text: str) -> set[str]:
    """Content words of a phrase, cut to their first five letters so that forms of a word meet."""
    return {w[:5] for w in re.findall(r"[^\W\d_]{3,}", text.casefold())} - _stems()


A_DAY = 1.0  # the unit of a date's value: what is wider names no single day


@dataclass(frozen=True, eq=False)
class Dated:
    """A date expression as a figure: ``value`` is its first and last day, counted from the story's first."""

    evidence: Evidence
    value: tuple[float, float]
    unit: str
    what: str = ""
    approximate: bool = False
    hedge: str | None = None
    kind: str = "date"


@dataclass(frozen=True, eq=False)
class Placed:
    """A figure in its article, with the clause that holds it and what the encoder makes of its words.

    ``beside`` are the figures of its clause, ``near`` those of its sentence, ``elsewhere`` all of its
    article; ``place`` is 0 for the article's first sentence to 1 for its last. ``own``, ``before``,
    ``after``: mean states of the word pieces of the figure and of the ``REACH`` characters on either
    side, ``noun_state`` and ``verb_state`` those of its noun and verb; ``meaning`` the sentence's vector.
    Rows of length 1, or zeros.

    Bags of word stems: ``what`` the figure is said to count, ``nearby``, ``stems`` of the clause,
    ``around`` of the sentence; by the parse, its ``noun``, ``mods`` of that, the ``verb`` above, ``args``
    of the verb, and all of these, ``slot``. ``named``: ids of the entities named beside it, ``entities``
    of those in its sentence. ``whose``: of what a share is one ("of the members"). ``times``: first and last
    day, as ordinals, of what else dates the sentence.
    """

    figure: FigureMention | Dated
    clause: Evidence
    sentence: int
    meaning: np.ndarray
    own: np.ndarray
    before: np.ndarray
    after: np.ndarray
    beside: tuple[FigureMention | Dated, ...]
    near: tuple[FigureMention | Dated, ...]
    elsewhere: tuple[FigureMention | Dated, ...]
    nearby: frozenset[str]
    kinds: frozenset[str]
    place: float
    what: frozenset[str]
    stems: frozenset[str]
    around: frozenset[str]
    noun: frozenset[str]
    mods: frozenset[str]
    verb: frozenset[str]
    args: frozenset[str]
    slot: frozenset[str]
    named: frozenset[str]
    entities: frozenset[str]
    times: tuple[tuple[int, int], ...]
    whose: frozenset[str]
    relation: str
    noun_state: np.ndarray
    verb_state: np.ndarray


def placed(story: StoryReading) -> list[Placed]:
    """The figures of a story, in the order of their articles' ids and places."""
    out = []
    names = _names(story)
    for reading in sorted(story.readings, key=lambda r: r.article.id):
        text, last = reading.article.text, None
        for figure in sorted(reading.figures, key=lambda f: f.evidence.start):
            if not is_label(figure.evidence.text) and not _converted(figure, last, text):
                out.append(place(reading, figure, reading.figures, names))
            last = figure
    return [held for held in out if held is not None]


def placed_dates(story: StoryReading, dates: Mapping[str, Sequence[Dated]]) -> list[Placed]:
    """``dates``, by article, in their places; in the order of article ids."""
    names = _names(story)
    readings = sorted(story.readings, key=lambda r: r.article.id)
    out = [place(r, d, dates[r.article.id], names) for r in readings for d in dates[r.article.id]]
    return [held for held in out if held is not None]


Names = Mapping[str, Sequence[tuple[int, int, str]]]


def _names(story: StoryReading) -> Names:
    """Article -> where entities are named in it, and which."""
    named: dict[str, list[tuple[int, int, str]]] = {r.article.id: [] for r in story.readings}
    for entity in story.entities:
        for e in entity.mentions:
            named.setdefault(e.article, []).append((e.start, e.end, entity.id))
    return named


def is_label(text: str) -> bool:
    """Whether a number is that of a thing ("wells 3"), no number of things ("rose to 27")."""
    found = LABEL.fullmatch(text)
    return bool(found) and found[1].lower() not in function_words()


def _converted(figure: FigureMention, before: FigureMention | None, text: str) -> bool:
    """Whether a figure stands in brackets after one of its kind: that one in other units.

    Two desks convert at two days' rates: such figures differ, and their sources do not.
    """
    if before is None or figure.kind not in ("money", "measure") or before.kind != figure.kind:
        return False
    between = text[before.evidence.end : figure.evidence.start]
    return len(between) <= BRACKET and "(" in between and ")" not in between


def place(
    reading: Reading, figure: FigureMention | Dated, company: Sequence[FigureMention | Dated], names: Names
) -> Placed | None:
    """The figure in its place; ``company`` are its kind in the article.

    None outside of sentences, and in those without a word.
    """
    analysis, at = reading.analysis, figure.evidence.span
    number = covering([s.span for s in analysis.sentences], at.start)
    if number is None:
        return None
    sentence, text = analysis.sentences[number], reading.article.text
    clauses = [s.evidence for s in reading.statements if s.evidence.span.covers(at)]
    clause = min(clauses, key=lambda e: e.end - e.start, default=reading.article.evidence(sentence.span))
    slot = _slot(sentence, at)
    states = {
        name: _mean_state(analysis, number, span)
        for name, span in (
            ("own", at),
            ("before", Span(at.start - REACH, at.start)),
            ("after", Span(at.end, at.end + REACH)),
            ("noun_state", slot.noun),
            ("verb_state", slot.verb),
        )
    }
    said = text[sentence.start : sentence.end]
    if not words(said):  # "1 of 9.": a caption's number tells nothing of what it counts
        return None
    low, high = max(sentence.start, at.start - BESIDE), min(sentence.end, at.end + BESIDE)
    return Placed(
        figure=figure,
        clause=clause,
        sentence=number,
        meaning=analysis.vectors[number],
        beside=tuple(f for f in company if clause.span.covers(f.evidence.span)),
        near=tuple(f for f in company if sentence.span.covers(f.evidence.span)),
        elsewhere=tuple(company),
        nearby=frozenset(words(text[max(0, at.start - BESIDE) : at.end + BESIDE])),
        kinds=_kinds(said, at.start - sentence.start) if figure.kind == "count" else frozenset(),
        place=number / max(len(analysis.sentences) - 1, 1),
        what=frozenset(words(f"{figure.what} {figure.unit or ''}")),
        stems=frozenset(words(clause.text)),
        around=frozenset(words(said)),
        named=_between(names[reading.article.id], low, high),
        entities=_between(names[reading.article.id], sentence.start, sentence.end),
        times=_times(reading, sentence.span, at),
        relation=slot.relation,
        whose=slot.whose,
        slot=frozenset().union(*slot.bags.values()),
        **slot.bags,
        **states,
    )


def _between(names: Sequence[tuple[int, int, str]], low: int, high: int) -> frozenset[str]:
    """The entities named in ``[low, high)``."""
    return frozenset(of for start, end, of in names if start < high and low < end)


def _times(reading: Reading, sentence: Span, figure: Span) -> tuple[tuple[int, int], ...]:
    """First and last day, as ordinals, of the sentence's date expressions that hold no part of the figure."""
    out = []
    for time in reading.times:
        at = time.evidence.span
        if time.end is None or not sentence.covers(at) or at.overlap(figure):
            continue
        try:
            first, last = (date.fromisoformat(t[:10]).toordinal() for t in (time.start, time.end))
        except ValueError:
            continue
        out.append((first, last))
    return tuple(out)


@dataclass(frozen=True)
class _Slot:
    """Where a number stands in the parse: spans of its noun and verb (empty where none), stems beside."""

    noun: Span
    verb: Span
    relation: str
    whose: frozenset[str]
    bags: Mapping[str, frozenset[str]]


def _slot(sentence: Sentence, at: Span) -> _Slot:
    """What the number counts, and the verb above it with its other arguments."""
    tokens = sentence.tokens
    inside = [i for i, t in enumerate(tokens) if t.start < at.end and t.end > at.start]
    nowhere = Span(at.start, at.start)
    if not inside:
        none: frozenset[str] = frozenset()
        return _Slot(nowhere, nowhere, "", none, dict.fromkeys(("noun", "mods", "verb", "args"), none))
    noun, steps = next((i for i in inside if tokens[i].upos == "NUM"), inside[0]), 0
    while tokens[noun].head >= 0 and steps < CLIMB:
        if tokens[noun].head not in inside and tokens[noun].deprel.split(":")[0] not in _WITHIN:
            break
        noun, steps = tokens[noun].head, steps + 1
    path, verb = [], tokens[noun].head
    while verb >= 0 and len(path) < CLIMB - 1:
        if tokens[verb].upos in ("VERB", "AUX") or tokens[verb].deprel == "root":
            break
        path.append(verb)
        verb = tokens[verb].head
    bags = {
        "noun": {noun} if tokens[noun].upos != "NUM" else set(),
        "mods": _below(sentence, noun, _OF_NOUN) | set(path),
        "verb": {verb} if verb >= 0 else set(),
        "args": _below(sentence, verb, _OF_VERB) - {noun} if verb >= 0 else set(),
    }
    stems = {k: frozenset(tokens[i].lemma.casefold()[:5] for i in v) for k, v in bags.items()}
    return _Slot(
        Span(tokens[noun].start, tokens[noun].end),
        Span(tokens[verb].start, tokens[verb].end) if verb >= 0 else nowhere,
        tokens[noun].deprel,
        frozenset(tokens[i].lemma.casefold()[:5] for i in _children(sentence, noun, ("nmod",))),
        stems,
    )


_WITHIN = ("nummod", "compound", "amod", "advmod", "det", "flat")
_OF_NOUN = ("amod", "compound", "nmod", "acl", "appos")
_OF_VERB = ("nsubj", "obj", "iobj", "xcomp", "obl", "advcl")
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV"})


def _below(sentence: Sentence, head: int, relations: Sequence[str]) -> set[int]:
    """The content words that hang on a word by these relations, and what stands on each of them."""
    found = _children(sentence, head, relations)
    return found | {j for i in found for j in _children(sentence, i, ("amod", "compound", "nmod"))}


def _children(sentence: Sentence, head: int, relations: Sequence[str]) -> set[int]:
    """The content words that hang on a word by these relations."""
    return {
        i
        for i, t in enumerate(sentence.tokens)
        if t.head == head and t.deprel.split(":")[0] in relations and t.upos in _CONTENT
    }


@cache
def _part() -> re.Pattern[str]:
    """Where, inside a sentence, what a figure counts may change: marks, and words that join clauses."""
    joins = "|".join(map(re.escape, words_of("joins")))
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
