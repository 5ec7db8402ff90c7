"""What pairs of statements are compared by: content words, their weights and their meanings in context.

All arrays are over the whole story. A *segment* is a statement or a sentence: a run ``[first, last)`` of
content words. Function words are left out; numbers in words and figures have one form.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from consilience.lexicons import inflection, lexicon
from consilience.model import Analysis, Reading, Sentence, StoryReading

_NUMBER = re.compile(r"^[^\w]?(\d[\d,]*(?:\.\d+)?)([a-z%]*)$")
_FIRST_NUMBER = re.compile(r"\d[\d,.]*|\b[A-Za-z]+")
_DAYS = frozenset({"day", "part of day"})
DIMENSIONS = 96  # of the words' meanings that are kept: the directions in which a story's words differ most


@dataclass(frozen=True, eq=False)
class Words:
    """``ids``, ``weights``, ``flags``: shape (words,); ``vectors``: (words, dimensions), rows of length 1.

    ``weights`` fall with the sentences of the story that have the word, ``rarity`` (0 to 1) with its use in
    English at large. ``bounds`` gives per sentence of the story its run of words; ``places`` their offsets.
    ``flags``: 1 a number, 2 a name, 4 a verb, 8 inside quotation marks, 16 who says it.
    """

    ids: np.ndarray
    weights: np.ndarray
    rarity: np.ndarray
    flags: np.ndarray
    numbers: np.ndarray
    vectors: np.ndarray
    places: np.ndarray
    bounds: tuple[tuple[int, int], ...]


@cache
def _zipf() -> dict[str, float]:
    """How common each form is in English at large, on the Zipf scale."""
    table: dict[str, float] = {}
    for value, words in lexicon("frequencies")["zipf"].items():
        for word in words.split():
            table.setdefault(stem(word), float(value))
    return table


@cache
def function_words() -> frozenset[str]:
    """Words left out of every comparison."""
    return frozenset(lexicon("findings")["function_words"].split())


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A crude common form of a word's inflections; lower case."""
    return inflection().stem(word)


@lru_cache(maxsize=50_000)
def number(word: str) -> float | None:
    """The value of a figure or a number word, None for any other word."""
    named = lexicon("findings")["numbers"].get(word.lower())
    if named is not None:
        return float(named)
    found = _NUMBER.match(word.lower())
    if not found:
        return None
    digits = found[1].replace(",", "")
    value = float(digits) if digits.count(".") < 2 else None
    scale = lexicon("findings")["multipliers"].get(found[2])
    return None if value is None else value * (scale or 1.0)


def _rarity(key: str) -> float:
    """0 for the commonest words of English to 1 for those rarer than one in a million."""
    if key[0] in "#@=":
        return 1.0
    return min(1.0, max(0.0, (6.5 - _zipf().get(key, 3.0)) / 3.5))


def read(story: StoryReading) -> Words:
    """The content words of every sentence of the story, articles in their order."""
    counts: Counter[str] = Counter()
    rows: list[tuple[str, int, float, int, int]] = []
    bounds: list[tuple[int, int]] = []
    vectors: list[np.ndarray] = []
    for reading in story.readings:
        names = _names(story, reading)
        quoted = [q.evidence.span for q in reading.quotes]
        sources = [a.source.span for a in reading.attributions if a.source]
        values = _values(reading)
        for index, sentence in enumerate(reading.analysis.sentences):
            first = len(rows)
            found = list(_sentence_words(reading.analysis, sentence, names, quoted, sources, values))
            rows += found
            counts.update({key for key, *_ in found})
            bounds.append((first, len(rows)))
            vectors.append(_contextual(reading.analysis, index, found))
    known: dict[str, int] = {}
    total = len(bounds) + 1
    return Words(
        ids=np.array([known.setdefault(r[0], len(known)) for r in rows], np.int32),
        weights=np.array([np.log(total / (counts[r[0]] + 0.5)) for r in rows], np.float32),
        rarity=np.array([_rarity(r[0]) for r in rows], np.float32),
        flags=np.array([r[1] for r in rows], np.int8),
        numbers=np.array([r[2] for r in rows], np.float64),
        vectors=_centred(vectors),
        places=np.array([r[3:5] for r in rows], np.int64).reshape(-1, 2),
        bounds=tuple(bounds),
    )


def _names(story: StoryReading, reading: Reading) -> dict[int, str]:
    """Start offset of each name's last word -> what it is called in the story."""
    article = reading.article.id
    out = {n.end: stem(n.text.split()[-1]) for n in reading.analysis.names if n.text.split()}
    for entity in story.entities:
        for mention in entity.mentions:
            if mention.article == article:
                out[mention.end] = "@" + entity.id
    return out


def _values(reading: Reading) -> dict[int, tuple[str, float]]:
    """Start of a word -> what the figure or the date that it opens comes to: its key and its number."""
    out: dict[int, tuple[str, float]] = {}
    for figure in reading.figures:
        value = figure.value if isinstance(figure.value, float | int) else figure.value[0]
        first = _FIRST_NUMBER.search(figure.evidence.text)
        if first:
            out[figure.evidence.start + first.start()] = (f"#{value:g}", float(value))
    for time in reading.times:
        if time.precision in _DAYS:
            last = time.evidence.text.split()
            out[time.evidence.end - len(last[-1])] = (f"={time.start}", np.nan)
    return out


def _sentence_words(
    analysis: Analysis,
    sentence: Sentence,
    names: dict[int, str],
    quoted: Sequence,
    sources: Sequence,
    values: dict[int, tuple[str, float]],
):
    """(key, flags, number, start, end) of each content word; a name is one word, its last."""
    inside = {}
    for name in analysis.names:
        if name.start >= sentence.start and name.end <= sentence.end:
            for token in sentence.tokens:
                if name.start <= token.start and token.end <= name.end:
                    inside[token.start] = name
    tokens = sentence.tokens
    for k, token in enumerate(tokens):
        if not any(c.isalnum() for c in token.text):
            continue
        value = number(token.text)
        if value is not None and k + 1 < len(tokens):
            value *= lexicon("findings")["multipliers"].get(tokens[k + 1].text.lower(), 1.0)
        if token.start in values:
            key, value = values[token.start]
            yield key, 1, value, token.start, token.end
            continue
        lower = token.text.lower()
        if value is None and (lower in function_words() or token.lemma.lower() in function_words()):
            continue
        flags = 8 * any(q.start <= token.start < q.end for q in quoted)
        flags |= 16 * any(s.start <= token.start < s.end for s in sources)
        key = stem(token.lemma if token.upos != "X" and token.lemma else token.text)
        if value is not None:
            key, flags = f"#{value:g}", flags | 1
        elif token.start in inside or token.upos == "PROPN" or _capital(tokens, k):
            flags |= 2
            key = names.get(token.end, key) if token.end in names else stem(token.text)
        if token.upos == "VERB":
            flags |= 4
        yield key, flags, np.nan if value is None else value, token.start, token.end


def _capital(tokens: Sequence, k: int) -> bool:
    return k > 0 and tokens[k].text[:1].isupper() and tokens[k - 1].text not in {'"', "“", "‘", "'"}


def _contextual(analysis: Analysis, index: int, found: list) -> np.ndarray:
    """Mean of the encoder's states under each word, shape (words, dimensions)."""
    if not analysis.states or not len(analysis.states[index]):
        return np.zeros((len(found), 0), np.float32)
    states, spans = analysis.states[index], analysis.state_spans[index]
    out = np.zeros((len(found), states.shape[1]), np.float32)
    at = 0
    for row, (_, _, _, start, end) in enumerate(found):
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        last = at
        while last < len(spans) and spans[last][0] < end:
            last += 1
        if last > at:
            out[row] = states[at:last].mean(axis=0, dtype=np.float32)
    return out


def _centred(parts: list[np.ndarray]) -> np.ndarray:
    """One array of unit vectors about the story's mean; no dimensions where nothing was encoded."""
    width = max((p.shape[1] for p in parts), default=0)
    rows = [p if p.shape[1] == width else np.zeros((len(p), width), np.float32) for p in parts]
    table = np.concatenate(rows) if rows else np.zeros((0, width), np.float32)
    if len(table) > 1 and width:
        table = table - table.mean(axis=0, keepdims=True)
        if width > DIMENSIONS:
            _, axes = np.linalg.eigh((table.T @ table).astype(np.float64))
            table = table @ axes[:, -DIMENSIONS:].astype(np.float32)
    return table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-6)
