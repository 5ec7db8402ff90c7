"""Pairs of sentences, and of clauses, of different articles that may be the same fact; what is known of each.

A pair's features are symmetric: where a value exists for both sides, the smaller and the larger one are
given. ``SENTENCE_NAMES``, ``GRAPH_NAMES`` and ``CLAUSE_NAMES`` are their order, which the models refer to.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from consilience.findings.likeness import WORD_FEATURES, both, compare
from consilience.findings.network import Network, Pieces, Read, pieces
from consilience.findings.phrases import Phrase, phrases
from consilience.findings.words import Words, read
from consilience.model import Statement, StoryReading

CANDIDATE = 0.13  # base similarity under which two sentences are not looked at (keeps .93 of the true pairs)
MOST = 60_000  # pairs of sentences of a story that are looked at, the likest first
POSSIBLE = 0.05  # probability of two sentences under which their clauses are not looked at
READ = 0.16  # and under which the network does not read them
SAME_SENTENCES = 0.3  # probability of two sentences from which their phrases are looked at
CONTENT = 2  # content words beside a date that a phrase has at least
SAME_PHRASES = 0.85  # and, by the network, of two phrases, or a phrase and a clause, that report one fact


@dataclass(frozen=True, eq=False)
class Units:
    """The sentences and statements of a story as arrays; sentences count over the whole story.

    ``bounds`` and ``segments``: runs of content words of sentences and of statements. ``position``: 0 for
    an article's first sentence to 1 for its last. ``share``: part of its sentence's words that a
    statement has; ``part``: which statement of its sentence it is, from 0. ``pieces``: what the network
    reads, None where a text was not encoded. ``phrases``: parts of sentences, in the sentences' order.
    """

    statements: tuple[Statement, ...]
    article: np.ndarray
    sentence: np.ndarray
    segments: np.ndarray
    share: np.ndarray
    part: np.ndarray
    sentence_article: np.ndarray
    position: np.ndarray
    heading: np.ndarray
    words: Words
    bounds: np.ndarray
    vectors: np.ndarray
    pieces: Pieces | None
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, eq=False)
class Pairs:
    """``left`` < ``right`` index sentences or statements; ``features`` has one row per pair."""

    left: np.ndarray
    right: np.ndarray
    features: np.ndarray


def units(story: StoryReading) -> Units:
    """The sentences and statements of the story as arrays, in the order of its readings."""
    words = read(story)
    statements: list[Statement] = []
    article, sentence, owner, segments, position, share, part, heading = [], [], [], [], [], [], [], []
    first = 0
    for a, reading in enumerate(story.readings):
        count = len(reading.analysis.sentences)
        owner += [a] * count
        position += [i / max(count - 1, 1) for i in range(count)]
        heading += [s.kind == "heading" for s in reading.analysis.sentences]
        before = -1
        for s in reading.statements:
            low, high = words.bounds[first + s.sentence]
            places = words.places[low:high]
            run = np.flatnonzero((places[:, 0] >= s.evidence.start) & (places[:, 1] <= s.evidence.end))
            start = low + (int(run[0]) if len(run) else 0)
            statements.append(s)
            article.append(a)
            sentence.append(first + s.sentence)
            segments.append((start, start + len(run)))
            share.append(len(run) / max(high - low, 1))
            part.append(part[-1] + 1 if before == s.sentence else 0)
            before = s.sentence
        first += count
    dims = [r.analysis.vectors for r in story.readings if len(r.analysis.vectors)]
    return Units(
        statements=tuple(statements),
        article=np.array(article, np.int32),
        sentence=np.array(sentence, np.int64),
        segments=np.array(segments, np.int64).reshape(-1, 2),
        share=np.array(share, np.float32),
        part=np.array(part, np.int32),
        sentence_article=np.array(owner, np.int32),
        position=np.array(position, np.float32),
        heading=np.array(heading, bool),
        words=words,
        bounds=np.array(words.bounds, np.int64).reshape(-1, 2),
        vectors=np.concatenate(dims) if dims else np.zeros((first, 1), np.float32),
        pieces=pieces(story, words),
        phrases=_phrases(story, words),
    )


def _phrases(story: StoryReading, words: Words) -> tuple[Phrase, ...]:
    """The phrases that say something: two content words at least beside a date."""
    date = ((words.flags & 1) > 0) & np.isnan(words.numbers)
    out, first = [], 0
    for a, reading in enumerate(story.readings):
        own: list[list[tuple[int, int]]] = [[] for _ in reading.analysis.sentences]
        for s in reading.statements:
            own[s.sentence].append((s.evidence.start, s.evidence.end))
        for i, sentence in enumerate(reading.analysis.sentences):
            low, high = words.bounds[first + i]
            at = words.places[low:high][~date[low:high]]
            for start, end in phrases(sentence, own[i]) if own[i] else []:
                if ((at[:, 0] >= start) & (at[:, 1] <= end)).sum() >= CONTENT:
                    out.append(Phrase(a, first + i, start, end))
        first += len(reading.analysis.sentences)
    return tuple(out)


# --- candidates -----------------------------------------------------------------------------------


def _hashed(segments: np.ndarray, words: Words, width: int = 512) -> np.ndarray:
    """TF-IDF of each segment folded into ``width`` signed columns, rows of length 1."""
    table = np.zeros((len(segments), width), np.float32)
    column = words.ids.astype(np.int64) * 2654435761 % 4294967296 % width
    sign = np.where(words.ids.astype(np.int64) * 40503 % 65536 % 2, 1.0, -1.0)
    weight = words.weights * (0.3 + words.rarity)
    for row, (low, high) in enumerate(segments):
        np.add.at(table[row], column[low:high], sign[low:high] * weight[low:high])
    return table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-6)


def candidates(u: Units) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of sentences of different articles worth a look: close in meaning or in their rare words."""
    if not len(u.sentence_article):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    table = _hashed(u.bounds, u.words)
    score = 0.5 * (u.vectors @ u.vectors.T) + table @ table.T
    score[u.sentence_article[:, None] >= u.sentence_article[None, :]] = -1
    score[u.heading] = -1
    score[:, u.heading] = -1
    least = CANDIDATE
    if (score >= least).sum() > MOST:
        least = float(np.partition(score.ravel(), -MOST)[-MOST])
    return np.nonzero(score >= least)


# --- sentences ------------------------------------------------------------------------------------

_W = {n: i for i, n in enumerate(WORD_FEATURES)}
_PLACE = (
    "cosine", "base", "rank_min", "rank_max", "gap_min", "gap_max", "count_min", "count_max", "next",
    "previous", "around", "position_min", "position_max", "position_gap", "article_likeness",
)  # fmt: skip
SENTENCE_NAMES = (*WORD_FEATURES, *_PLACE)
GRAPH_NAMES = (
    *SENTENCE_NAMES, "first", "third", "third_sum", "against", "first_rank_min", "first_rank_max",
    "first_gap_min", "first_gap_max", "first_next", "first_previous", "first_around", "degree_min",
    "degree_max", "read", "read_third", "read_third_sum", "read_against", "read_rank_min", "read_rank_max",
    "read_gap_min", "read_gap_max", "read_next", "read_previous", "read_around", "read_degree_min",
    "read_degree_max",
)  # fmt: skip


def sentence_pairs(u: Units) -> Pairs:
    """The candidate pairs of sentences with the features ``SENTENCE_NAMES``."""
    left, right = candidates(u)
    if not len(left):
        return Pairs(left, right, np.zeros((0, len(SENTENCE_NAMES)), np.float32))
    words = compare(u.words, u.bounds[left], u.bounds[right])
    cosine = (u.vectors[left] * u.vectors[right]).sum(axis=1)
    base = _base(words, cosine)
    r1, g1, c1 = _ranks(left, u.sentence_article[right], base)
    r2, g2, c2 = _ranks(right, u.sentence_article[left], base)
    columns = [
        cosine, base, *both(r1, r2), *both(g1, g2), *both(c1, c2), *_around(u, left, right, base),
        *both(u.position[left], u.position[right]), np.abs(u.position[left] - u.position[right]),
        _likeness(u, left, right, base),
    ]  # fmt: skip
    return Pairs(left, right, np.concatenate([words, _columns(columns)], axis=1))


def likely(pairs: Pairs, first: np.ndarray) -> tuple[Pairs, np.ndarray]:
    """The pairs that may be the same by a first look, and the scores of that."""
    keep = first >= POSSIBLE
    chosen = Pairs(pairs.left[keep], pairs.right[keep], pairs.features[keep])
    return chosen, first[keep].astype(np.float32)


def read_pairs(u: Units, pairs: Pairs, first: np.ndarray, network: Network) -> Read:
    """What the network makes of the pairs; ``first`` stands in for those that it does not read."""
    members = spans(u)
    rows = zip(pairs.left, pairs.right, first, strict=True)
    blank = [np.full((len(members[a]), len(members[b])), p, np.float32) for a, b, p in rows]
    out = Read(first.copy(), blank)
    chosen = np.flatnonzero(first >= READ)
    if u.pieces is None or not len(chosen):
        return out
    masks: list[list[np.ndarray]] = []
    for sentence, own in enumerate(members):
        places = u.pieces.places[slice(*u.pieces.bounds[sentence])]
        masks.append([(places[:, 0] >= start) & (places[:, 1] <= end) for _, start, end in own])
    found = network.read(u.pieces, pairs.left[chosen], pairs.right[chosen], masks)
    out.sentences[chosen] = found.sentences
    for row, table in zip(chosen, found.spans, strict=True):
        out.spans[row] = table
    return out


def spans(u: Units) -> list[list[tuple[int, int, int]]]:
    """Per sentence its statements and then its phrases: (number, start, end).

    Phrases are numbered on from the statements.
    """
    out: list[list[tuple[int, int, int]]] = [[] for _ in u.sentence_article]
    for k, (s, sentence) in enumerate(zip(u.statements, u.sentence, strict=True)):
        out[sentence].append((k, s.evidence.start, s.evidence.end))
    for k, phrase in enumerate(u.phrases, len(u.statements)):
        out[phrase.sentence].append((k, phrase.start, phrase.end))
    return out


def phrase_pairs(u: Units, pairs: Pairs, second: np.ndarray, of: Read) -> dict[tuple[int, int], float]:
    """Pairs of which one at least is a phrase, by their numbers (``spans``), that report one fact.

    ``second``: probabilities of the pairs of sentences. Nothing is said of what was not read.
    """
    members, out = spans(u), {}
    for row in np.flatnonzero(second >= SAME_SENTENCES):
        one, two = members[pairs.left[row]], members[pairs.right[row]]
        for i, j in np.argwhere(of.spans[row] >= SAME_PHRASES):
            a, b = one[i][0], two[j][0]
            if max(a, b) >= len(u.statements) and u.pieces is not None:
                out[min(a, b), max(a, b)] = float(of.spans[row][i, j])
    return out


def graph_pairs(u: Units, pairs: Pairs, first: np.ndarray, of: Read) -> Pairs:
    """The pairs (of ``likely``) with what the story's other pairs, and the network, say of them."""
    if not len(pairs.left):
        return Pairs(pairs.left, pairs.right, np.zeros((0, len(GRAPH_NAMES)), np.float32))
    columns = _among(u, pairs, first) + _among(u, pairs, of.sentences)
    return Pairs(pairs.left, pairs.right, np.concatenate([pairs.features, _columns(columns)], axis=1))


def _among(u: Units, pairs: Pairs, p: np.ndarray) -> list[np.ndarray]:
    """A score of each pair, and how it stands among those of the story's other pairs."""
    left, right = pairs.left, pairs.right
    count = len(u.sentence_article)
    table = np.zeros((count, count), np.float32)
    table[left, right] = table[right, left] = p
    third, total, against = (np.zeros(len(p), np.float32) for _ in range(3))
    for start in range(0, len(p), 1024):
        rows = slice(start, start + 1024)
        x, y = table[left[rows]], table[right[rows]]
        third[rows] = np.minimum(x, y).max(axis=1)
        total[rows] = (x * y).sum(axis=1)
        other = u.sentence_article[None, :] != u.sentence_article[left[rows]][:, None]
        other &= u.sentence_article[None, :] != u.sentence_article[right[rows]][:, None]
        against[rows] = (np.maximum(x, y) * (1 - np.minimum(x, y)) * other).max(axis=1)
    r1, g1, _ = _ranks(left, u.sentence_article[right], p)
    r2, g2, _ = _ranks(right, u.sentence_article[left], p)
    degree = table.sum(axis=1)
    return [
        p, third, total, against, *both(r1, r2), *both(g1, g2), *_around(u, left, right, p),
        *both(degree[left], degree[right]),
    ]  # fmt: skip


# --- clauses --------------------------------------------------------------------------------------

_CLAUSE = (
    "clause_base", "inner_rank", "inner_gap", "of_best", "clause_rank_min", "clause_rank_max",
    "clause_gap_min", "clause_gap_max", "share_min", "share_max", "part_min", "part_max", "quoted_min",
    "quoted_max", "same_status", "same_polarity", "length_ratio", "clauses_min", "clauses_max", "second",
    "clause_read", "read_inner_rank", "read_inner_gap", "clause_read_rank_min", "clause_read_rank_max",
    "clause_read_gap_min", "clause_read_gap_max",
)  # fmt: skip
CLAUSE_NAMES = (*(f"clause_{n}" for n in WORD_FEATURES), *_CLAUSE, *GRAPH_NAMES)
_STATUSES = ("done", "to come", "denied", "conditional", "expected")


def clause_pairs(u: Units, pairs: Pairs, second: np.ndarray, of: Read) -> Pairs:
    """The pairs of clauses of the sentences ``pairs`` (of ``graph_pairs``), features ``CLAUSE_NAMES``."""
    keep = np.flatnonzero(second >= POSSIBLE)
    first = np.searchsorted(u.sentence, np.arange(len(u.sentence_article) + 1))
    count = np.diff(first)
    na, nb = count[pairs.left[keep]], count[pairs.right[keep]]
    above = np.repeat(keep, na * nb)
    inner = np.arange(len(above)) - np.repeat(np.cumsum(na * nb) - na * nb, na * nb)
    width = np.repeat(nb, na * nb)
    left = first[pairs.left[above]] + inner // np.maximum(width, 1)
    right = first[pairs.right[above]] + inner % np.maximum(width, 1)
    if not len(left):
        return Pairs(left, right, np.zeros((0, len(CLAUSE_NAMES)), np.float32))
    own = [of.spans[k][:a, :b].ravel() for k, a, b in zip(keep, na, nb, strict=True)]
    words = compare(u.words, u.segments[left], u.segments[right])
    base = _base(words, pairs.features[above, SENTENCE_NAMES.index("cosine")])
    inner_rank, inner_gap, _ = _ranks(above, np.zeros_like(above), base)
    r1, g1, _ = _ranks(left, u.article[right], base)
    r2, g2, _ = _ranks(right, u.article[left], base)
    best = np.zeros(len(pairs.left), np.float32)
    np.maximum.at(best, above, base.astype(np.float32))
    quoted = np.array([s.quoted for s in u.statements], np.float32)
    status = np.array([_STATUSES.index(s.status) if s.status in _STATUSES else 0 for s in u.statements])
    negated = np.array([s.negated for s in u.statements])
    length = np.array([len(s.evidence.text) for s in u.statements], np.float32)
    x, y = length[left], length[right]
    columns = [
        base, inner_rank, inner_gap, base / np.maximum(best[above], 1e-6), *both(r1, r2), *both(g1, g2),
        *both(u.share[left], u.share[right]), *both(u.part[left], u.part[right]),
        *both(quoted[left], quoted[right]), status[left] == status[right], negated[left] == negated[right],
        np.minimum(x, y) / np.maximum(np.maximum(x, y), 1),
        *both(count[u.sentence[left]], count[u.sentence[right]]), second[above],
        *_read_among(u, left, right, above, np.concatenate(own)),
    ]  # fmt: skip
    return Pairs(left, right, np.concatenate([words, _columns(columns), pairs.features[above]], axis=1))


def _read_among(
    u: Units, left: np.ndarray, right: np.ndarray, above: np.ndarray, p: np.ndarray
) -> list[np.ndarray]:
    """The network's score of each pair of clauses, and how it stands among the others."""
    rank, gap, _ = _ranks(above, np.zeros_like(above), p)
    r1, g1, _ = _ranks(left, u.article[right], p)
    r2, g2, _ = _ranks(right, u.article[left], p)
    return [p, rank, gap, *both(r1, r2), *both(g1, g2)]


# --- shared ---------------------------------------------------------------------------------------


def _columns(columns: list) -> np.ndarray:
    return np.stack([np.asarray(c, np.float32) for c in columns], axis=1)


def _base(words: np.ndarray, cosine: np.ndarray) -> np.ndarray:
    return words[:, _W["soft_mean"]] + words[:, _W["tfidf"]] + 0.5 * cosine


def _around(u: Units, left: np.ndarray, right: np.ndarray, score: np.ndarray) -> list[np.ndarray]:
    """Scores of the sentences after, of those before, and the best of all neighbours; 0 where none."""
    total = len(u.sentence_article)
    keys = left.astype(np.int64) * total + right
    order = np.argsort(keys)
    sorted_keys = keys[order]

    def neighbour(di: int, dj: int) -> np.ndarray:
        i, j = np.clip(left + di, 0, total - 1), np.clip(right + dj, 0, total - 1)
        good = (u.sentence_article[i] == u.sentence_article[left]) & (i == left + di) & (j == right + dj)
        good &= u.sentence_article[j] == u.sentence_article[right]
        wanted = i.astype(np.int64) * total + j
        at = np.minimum(np.searchsorted(sorted_keys, wanted), len(keys) - 1)
        return np.where(good & (sorted_keys[at] == wanted), score[order[at]], 0.0)

    every = {(i, j): neighbour(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1) if (i, j) != (0, 0)}
    return [every[1, 1], every[-1, -1], np.max(list(every.values()), axis=0)]


def _ranks(of: np.ndarray, among: np.ndarray, score: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Per pair: its rank (0 best) for ``of`` in article ``among``, the gap to the best other, how many."""
    group = of.astype(np.int64) * (int(among.max()) + 1) + among
    order = np.lexsort((-score, group))
    g = group[order]
    first = np.r_[True, g[1:] != g[:-1]]
    starts = np.flatnonzero(first)
    number = np.cumsum(first) - 1
    place = np.arange(len(g)) - starts[number]
    s = score[order]
    ends = np.r_[starts[1:], len(g)]
    top = s[starts]
    second = np.where(ends - starts > 1, s[np.minimum(starts + 1, len(g) - 1)], 0.0)
    gap = np.where(place == 0, s - second[number], s - top[number])
    rank, gaps, count = np.empty(len(g)), np.empty(len(g)), np.empty(len(g))
    rank[order], gaps[order] = np.minimum(place, 20), gap
    count[order] = np.minimum((ends - starts)[number], 50)
    return rank, gaps, count


def _likeness(u: Units, one: np.ndarray, two: np.ndarray, score: np.ndarray) -> np.ndarray:
    """How alike the two articles are: mean over the sentences of one of the best in the other."""
    articles = int(u.sentence_article.max()) + 1
    pair = u.sentence_article[one].astype(np.int64) * articles + u.sentence_article[two]
    best = np.zeros(len(u.sentence_article) * articles, np.float32)
    np.maximum.at(best, one * articles + u.sentence_article[two], score)
    table = best.reshape(-1, articles)
    mean = np.zeros((articles, articles), np.float32)
    for a in range(articles):
        rows = table[u.sentence_article == a]
        mean[a] = rows.mean(axis=0) if len(rows) else 0
    return mean.reshape(-1)[pair]
