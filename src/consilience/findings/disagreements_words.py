"""One utterance printed in different words: which quotes of two articles are the same speech act."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np

from consilience.findings.disagreements_weigh import Candidate, link, weighing
from consilience.lexicons import lexicon
from consilience.model import Analysis, Finding, QuoteMention, StoryReading

MARKS = "\"'“”‘’«»‹›„‚”"
NEAR = 0.35  # quotes whose meanings are further apart are not compared; gold pairs lie above


def plain(text: str) -> tuple[str, ...]:
    """The words of a quote without marks, case and punctuation: what is compared."""
    words = re.findall(r"[^\W_]+(?:'[^\W_]+)?", text.strip(MARKS).casefold().replace("’", "'"))
    return tuple(part for word in words for part in _whole(word).split())


def _whole(word: str) -> str:
    """``word`` with its contraction opened: that is a house's style, no difference of wording."""
    table = lexicon("differences")
    if word in table["contracted"]:
        return table["contracted"][word]
    for end, whole in table["endings"].items():
        if word.endswith(end):
            return word[: -len(end)] + whole
    return word


@dataclass(frozen=True, eq=False)
class Placed:
    """A quote in its article: where it stands among the article's quotes, and what it means.

    ``own`` is the mean state of the quote's word pieces, ``around`` that of its sentences; both of
    length 1, or all zeros where the encoder gave none.
    """

    quote: QuoteMention
    words: tuple[str, ...]
    rank: float
    own: np.ndarray
    around: np.ndarray


def placed(story: StoryReading) -> list[Placed]:
    """The quotes of a story that have words, in the order of their articles' ids and places."""
    out = []
    for reading in sorted(story.readings, key=lambda r: r.article.id):
        for i, quote in enumerate(reading.quotes):
            if said := plain(quote.evidence.text):
                own, around = _meaning(reading.analysis, quote)
                out.append(Placed(quote, said, i / len(reading.quotes), own, around))
    return out


def _meaning(analysis: Analysis, quote: QuoteMention) -> tuple[np.ndarray, np.ndarray]:
    span = quote.evidence.span
    held = [i for i, s in enumerate(analysis.sentences) if s.start < span.end and s.end > span.start]
    width = analysis.vectors.shape[1] if analysis.vectors.ndim == 2 else 0
    around = analysis.vectors[held].mean(axis=0) if held else np.zeros(width, np.float32)
    pieces = [
        state
        for i in held
        if i < len(analysis.states)
        for state, place in zip(analysis.states[i], analysis.state_spans[i], strict=False)
        if place.start < span.end and place.end > span.start and place.end > place.start
    ]
    own = np.mean(pieces, axis=0) if pieces else np.zeros(width)
    return _unit(own), _unit(around)


def _unit(vector: np.ndarray) -> np.ndarray:
    vector = np.asarray(vector, np.float32)
    return vector / (np.linalg.norm(vector) + 1e-9)


def rarity(quotes: Sequence[Placed]) -> dict[str, float]:
    """How telling each word is among the quotes: log of quotes over quotes that have it."""
    bags = [set(q.words) for q in quotes]
    counts = Counter(w for bag in bags for w in bag)
    return {w: float(np.log(1 + len(bags) / n)) for w, n in counts.items()}


def features(a: Placed, b: Placed, rare: Mapping[str, float], one_finding: bool) -> list[float]:
    """What tells whether two quotes are one utterance: 13 numbers, most in [0, 1]."""
    set_a, set_b = set(a.words), set(b.words)

    def weight(bag: set[str]) -> float:
        return sum(rare.get(w, 1.0) for w in sorted(bag))

    shared = weight(set_a & set_b)
    matcher = SequenceMatcher(None, a.words, b.words, autojunk=False)
    run = max((m.size for m in matcher.get_matching_blocks()), default=0)
    shorter, longer = sorted((len(a.words), len(b.words)))
    speaker_a, speaker_b = _speaker(a.quote), _speaker(b.quote)
    return [
        shared / (weight(set_a | set_b) or 1.0),
        shared / (min(weight(set_a), weight(set_b)) or 1.0),
        matcher.ratio(),
        run / (shorter or 1),
        float(a.around @ b.around),
        float(one_finding),
        float(bool(speaker_a) and speaker_a == speaker_b),
        float(bool(speaker_a) and bool(speaker_b) and speaker_a != speaker_b),
        shorter / (longer or 1),
        min(shorter, 12) / 12,
        float(_contained(a.words, b.words)),
        float(a.own @ b.own),
        abs(a.rank - b.rank),
    ]


def _speaker(quote: QuoteMention) -> str | None:
    if quote.speaker is None:
        return None
    return quote.speaker.entity or quote.speaker.name.casefold()


def _contained(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether one quote is a run of the other's words: cut, not reworded."""
    short, long = sorted((a, b), key=len)
    n = len(short)
    return any(long[i : i + n] == short for i in range(len(long) - n + 1))


def candidates(
    story: StoryReading, findings: Sequence[Finding]
) -> tuple[list[Placed], list[tuple[int, int]], list[list[float]]]:
    """The story's quotes, the pairs of indices that may be one utterance in two wordings, their features."""
    quotes = placed(story)
    rare = rarity(quotes)
    held = [{f.id for f in findings if _holds(f, q.quote)} for q in quotes]
    pairs, rows = [], []
    for i, a in enumerate(quotes):
        for j in range(i + 1, len(quotes)):
            b = quotes[j]
            if a.quote.evidence.article == b.quote.evidence.article or a.words == b.words:
                continue
            if max(float(a.own @ b.own), float(a.around @ b.around)) < NEAR:
                continue
            pairs.append((i, j))
            rows.append(features(a, b, rare, bool(held[i] & held[j])))
    return quotes, pairs, rows


def _holds(finding: Finding, quote: QuoteMention) -> bool:
    span = quote.evidence.span
    return any(e.article == quote.evidence.article and e.span.overlap(span) for e in finding.evidence)


def differences(story: StoryReading, findings: Sequence[Finding]) -> Iterator[Candidate]:
    """Utterances that two reports print in different words, each with its wordings as positions."""
    quotes, pairs, rows = candidates(story, findings)
    model = weighing("wording")
    sure = dict(zip(pairs, model.probability(rows).tolist(), strict=True))
    scores = dict(sure)
    for i, a in enumerate(quotes):
        for j in range(i + 1, len(quotes)):
            if a.words == quotes[j].words:
                scores[(i, j)] = 1.0
            elif a.quote.evidence.article == quotes[j].quote.evidence.article:
                scores.pop((i, j), None)
    for group in link(len(quotes), scores, model.threshold):
        wordings = _wordings([quotes[i] for i in group])
        if len(wordings) > 1:
            yield _candidate(wordings)


def _wordings(group: Sequence[Placed]) -> list[list[Placed]]:
    """The group's quotes by their words, the fullest first."""
    by_words: dict[tuple[str, ...], list[Placed]] = {}
    for quote in group:
        by_words.setdefault(quote.words, []).append(quote)
    return [by_words[w] for w in sorted(by_words, key=lambda w: (-len(w), w))]


def _candidate(wordings: Sequence[Sequence[Placed]]) -> Candidate:
    names = sorted({q.quote.speaker.name for held in wordings for q in held if q.quote.speaker})
    trimmed = all(_contained(a[0].words, b[0].words) for a in wordings for b in wordings)
    return Candidate(
        kind="wording",
        relation="precision" if trimmed else "translation",
        about=f"the words of {names[0]}" if names else "the words of a quote",
        positions=tuple(
            (held[0].quote.evidence.text, tuple(q.quote.evidence for q in held)) for held in wordings
        ),
        reasons=("one print cuts the other" if trimmed else "one utterance in different words",),
    )
