"""Figures that differ: which numbers of two reports measure one thing, and do not agree.

Two looks, both learnt on the stories (``training/disagreements.py``): whether two figures measure one
thing, whatever their values, and whether two that do not agree are a difference, with what the story's
other pairs say of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from consilience.findings import scores
from consilience.findings.disagreements_figures_agree import agree, interval, vague, words_of
from consilience.findings.disagreements_figures_pairs import Pairs, pairs, second_look
from consilience.findings.disagreements_figures_place import A_DAY, Dated, Placed, placed, words
from consilience.findings.disagreements_weigh import Candidate, Judge, judge, link
from consilience.lexicons import lexicon
from consilience.model import Evidence, FigureMention, Finding, StoryReading

PHRASE = 6  # words of a phrase that says what a figure counts
PLAIN, HEDGED, RANGE, VAGUE = range(4)  # how much a figure leaves open
LEAST = 0.05  # probability of measuring one thing under which the second look is not taken


def candidates(story: StoryReading, findings: Sequence[Finding]) -> Pairs:
    """The story's figures in their places, and the pairs of them that can be compared."""
    story = replace(story, readings=tuple(sorted(story.readings, key=lambda r: r.article.id)))
    return pairs(story, placed(story), scores.of(story), findings)


def scored(found: Pairs, first: Judge, second: Judge) -> np.ndarray:
    """Shape (pairs,): for values that agree, how likely they are of one thing; else, a difference."""
    likely = first.probability(found.first)
    out = np.where(found.same, likely, 0.0)
    at = np.flatnonzero(~found.same & (likely >= LEAST))
    if len(at):
        out[at] = second.of_story(second_look(found, likely, at))
    aged = [
        k for k in np.flatnonzero(~found.same).tolist() if _of_one(found.held, found.left[k], found.right[k])
    ]
    out[aged] = 1.0
    return out


def _of_one(held: Sequence[Placed], i: int, j: int) -> bool:
    """Whether two figures are the ages of one person, by the name that is printed with both."""
    one, two = held[i], held[j]
    return _is_age(one.figure) and len(one.named & two.named) == 1


def differences(story: StoryReading, findings: Sequence[Finding]) -> Iterator[Candidate]:
    """Figures of one thing that do not agree, each with its values as positions."""
    for group in grouped(candidates(story, findings), "figure"):
        yield _candidate(positions(group))


def grouped(found: Pairs, kind: str) -> Iterator[list[Placed]]:
    """Groups of mentions of one thing, of two articles at least, whose values do not all agree."""
    second = judge(kind)
    sure = scored(found, judge(f"same {kind}"), second).tolist()
    at = dict(zip(zip(found.left.tolist(), found.right.tolist(), strict=True), sure, strict=True))
    for places in link(len(found.held), at, second.threshold):
        group = [found.held[i] for i in places]
        if len({h.figure.evidence.article for h in group}) > 1 and len(positions(group)) > 1:
            yield group


def positions(group: Sequence[Placed]) -> list[list[Placed]]:
    """The group's figures by value: those that agree with the first of a position are one.

    Plain numbers first, then hedged ones and ranges, "dozens" last: of the positions that one of these
    agrees with, the one nearest to it takes it; but a range that leaves several open stands by itself.
    The lowest stand first.
    """
    out: list[list[Placed]] = []
    for held in sorted(group, key=_order):
        near = [p for p in out if agree(p[0].figure, held.figure)]
        if not near or len(near) > 1 and _openness(held.figure) == RANGE:
            out.append([held])
        else:
            middle = sum(interval(held.figure)) / 2
            near[_nearest([interval(p[0].figure) for p in near], middle)].append(held)
    return sorted(out, key=lambda p: (vague(p[0].figure), interval(p[0].figure)))


def _order(held: Placed) -> tuple:
    return _openness(held.figure), interval(held.figure), held.figure.evidence.article


def _openness(figure: FigureMention | Dated) -> int:
    """How much a figure leaves open, by its kind."""
    if vague(figure):
        return VAGUE
    low, high = figure.value if isinstance(figure.value, tuple) else (figure.value, figure.value)
    wide = high - low > (A_DAY if figure.kind == "date" else 0)
    return RANGE if wide else HEDGED if figure.approximate else PLAIN


def _nearest(intervals: Sequence[tuple[float, float]], value: float) -> int:
    """The number of the interval whose middle is nearest; the lowest of two alike."""
    return min(range(len(intervals)), key=lambda k: abs(sum(intervals[k]) / 2 - value))


def _candidate(positions: Sequence[Sequence[Placed]]) -> Candidate:
    every = [h for p in positions for h in p]
    clauses = [h.clause for h in every]
    crowded = {c for c in clauses if clauses.count(c) > 1}
    return Candidate(
        kind="figure",
        relation=None,
        about=about(every),
        positions=tuple(
            (
                p[0].figure.evidence.text,
                tuple(_place(h) if h.clause in crowded or _is_age(h.figure) else h.clause for h in p),
            )
            for p in positions
        ),
        reasons=("figures of one thing that do not agree",),
        apart=apart(positions),
    )


def _place(held: Placed) -> Evidence:
    """The figure alone, with the word that it begins in whole: "Amaru-Dade, 57"."""
    figure, clause = held.figure.evidence, held.clause
    head = re.findall(r"[\w’'-]*$", clause.text[: max(0, figure.start - clause.start)])[0]
    return Evidence(figure.article, figure.start - len(head), figure.end, head + figure.text)


def _is_age(figure: object) -> bool:
    return isinstance(figure, FigureMention) and figure.kind == "age"


def apart(positions: Sequence[Sequence[Placed]]) -> bool:
    """Whether each position counts other beings or things than the others do, or shares of another whole.

    "340 families" beside "1,200 people", "88 percent of the members" beside "62 percent of employees".
    """
    named = [_counted(p) for p in positions]
    return all(named) and all(not a & b for i, a in enumerate(named) for b in named[:i])


def _counted(position: Sequence[Placed]) -> frozenset[str]:
    """What the figures of a position count, by group of ``differences.toml``; empty where one is unknown."""
    if all(h.figure.kind == "percent" for h in position):
        return frozenset().union(*(h.whose for h in position))
    groups = lexicon("differences")["counted"]
    found = [
        {g for g, nouns in groups.items() if (h.figure.unit or "").casefold() in nouns} for h in position
    ]
    return frozenset().union(*found) if all(found) else frozenset()


GAP = 3  # words on either side of a figure that stands as a gap: "families were … a day in"


def about(group: Sequence[Placed]) -> str:
    """What the figures count, in the words that stand around one of them.

    Of the phrases around all of them, the one whose content words the others' clauses share most; the
    shorter of two.
    """
    phrases = {p for h in group for p in _phrases(h)}

    nouns = {words(h.figure.unit or "").pop() for h in group if len(words(h.figure.unit or "")) == 1}

    def shared(phrase: str) -> float:
        own = words(phrase)
        told = sum(len(own & words(h.clause.text)) for h in group) / len(group)
        bare = 0.3 * (len(own) < 2)  # "people" says too little
        return (told + min(len(own), 3) / 2 + bool(own & nouns)) / (3 + len(phrase.split())) - bare

    common = frozenset.intersection(*(h.kinds for h in group))
    if len(common) == 1:  # "people: dead", "passengers: aboard"
        units = {h.figure.unit for h in group if h.figure.unit} - common
        return f"{'people' if 'people' in units else min(units, default='number')}: {min(common)}"
    best = max(phrases, key=lambda p: (round(shared(p), 4), -len(p), p), default="")
    return best or group[0].figure.unit or "a figure"


def _phrases(held: Placed) -> Iterator[str]:
    """The words after and before a figure, up to the next mark or number, ``PHRASE`` at most."""
    text, at = held.clause.text, held.figure.evidence.start - held.clause.start
    end = at + len(held.figure.evidence.text)
    noun = re.sub(r"^\W*(?:[\w’'-]+ )*?(?=[^\W\d_]+$)", "", held.figure.evidence.text)
    after = re.split(r"[,.;:!?“”\"()–—]|\S*\d", text[end:], maxsplit=1)[0].split()[:PHRASE]
    before = re.split(r"[,.;:!?“”\"()–—]|\d\S*", text[: max(at, 0)])[-1].split()[-PHRASE:]
    counted = [noun] if held.figure.kind == "count" and noun.isalpha() else []
    gap = [*before[-GAP:], "…", *counted, *after[:GAP]]
    for phrase in ([*counted, *after], [*before, "…", *counted] if counted else before, gap):
        while phrase and phrase[-1].casefold() in words_of("loose"):
            phrase = phrase[:-1]
        while phrase and phrase[0].casefold() in words_of("loose"):
            phrase = phrase[1:]
        if words(" ".join(phrase)):
            yield " ".join(phrase)
