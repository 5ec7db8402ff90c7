"""The passages that prove a copy: aligned sentences with their kind, and word for word."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from consilience.model import CopyKind, Passage
from consilience.origins.align import Link
from consilience.origins.reports import Report
from consilience.spans import Span
from consilience.words import Word, words_of

VERBATIM = 0.93  # part of the words alike, in order, from which a passage is verbatim
EDITED = 0.60  # and from which it is edited; below it is put in other words
# Plain words in a row that only one text has: of the 450 pairs of independent reports of the benchmark's
# stories, one has as many, out of a communique that both report.
COPIED = 10
SHORT = 5  # words that a passage must have to be shown


def matched(first: Sequence[Word], second: Sequence[Word]) -> list[tuple[Span, Span]]:
    """Stretches of words that two passages have alike, in order: places in either article's text."""
    matcher = SequenceMatcher(None, [w.key for w in first], [w.key for w in second], autojunk=False)
    return [
        (
            Span(first[m.a].start, first[m.a + m.size - 1].end),
            Span(second[m.b].start, second[m.b + m.size - 1].end),
        )
        for m in matcher.get_matching_blocks()
        if m.size
    ]


def word_for_word(passage: Passage) -> list[tuple[Span, Span]]:
    """What the two pieces of a passage have alike, stretch by stretch, as places in either article."""
    one, two = passage.evidence
    return matched(words_of(one.text, one.start), words_of(two.text, two.start))


def alike(first: Sequence[Word], second: Sequence[Word]) -> float:
    """Part (0 to 1) of the shorter passage's words that stand in order in the other."""
    matcher = SequenceMatcher(None, [w.key for w in first], [w.key for w in second], autojunk=False)
    same = sum(m.size for m in matcher.get_matching_blocks())
    return same / max(1, min(len(first), len(second)))


def kind_of(first: Sequence[Word], second: Sequence[Word], reworded: CopyKind) -> tuple[CopyKind, float]:
    """How the passages go back to one text, and the share of the words alike."""
    share = alike(first, second)
    balance = min(len(first), len(second)) / max(1, len(first), len(second))
    if share >= VERBATIM and balance >= 0.7:
        return "verbatim", share
    return ("edited", share) if share >= EDITED else (reworded, share)


def reworded_kind(first: Report, second: Report, chain: Sequence[Link]) -> CopyKind:
    """Whether passages in other words were translated or paraphrased.

    Who paraphrases keeps quoted words or drops their marks; only who translates (and translates
    back) puts words between quotation marks that nobody said.
    """
    changed = kept = 0
    for link in chain:
        x = [w.key for w, q in zip(first.words[link.i], first.quoted[link.i], strict=True) if q]
        y = [w.key for w, q in zip(second.words[link.j], second.quoted[link.j], strict=True) if q]
        if min(len(x), len(y)) >= 4:
            same = sum(m.size for m in SequenceMatcher(None, x, y, autojunk=False).get_matching_blocks())
            if same >= 0.8 * min(len(x), len(y)):
                kept += 1
            else:
                changed += 1
    return "translated" if changed > kept else "paraphrased"


def copied(first: Report, second: Report, link: Link) -> bool:
    """Whether two sentences have a stretch of words alike that is longer than two desks write by themselves.

    Names, numbers and quoted words count nothing: whoever was there has them alike.
    """
    one, two = first.words[link.i], second.words[link.j]
    plain = [not (w.name or w.number or q) for w, q in zip(one, first.quoted[link.i], strict=True)]
    matcher = SequenceMatcher(None, [w.key for w in one], [w.key for w in two], autojunk=False)
    return any(sum(plain[m.a : m.a + m.size]) >= COPIED for m in matcher.get_matching_blocks())


def passages(first: Report, second: Report, links: Sequence[Link]) -> tuple[Passage, ...]:
    """The aligned sentences as passages, in the order of the first report; ``share`` is the part of the
    shorter one's words that stand in order in the other."""
    reworded = reworded_kind(first, second, links)
    out = []
    for link in links:
        one, two = first.words[link.i], second.words[link.j]
        if min(len(one), len(two)) < SHORT:
            continue
        kind, share = kind_of(one, two, reworded)
        out.append(
            Passage(
                kind=kind,
                evidence=(
                    first.article.evidence(first.spans[link.i]),
                    second.article.evidence(second.spans[link.j]),
                ),
                share=round(share, 3),
            )
        )
    return tuple(out)
