"""Pairs of statements of different articles that may be the same fact, and what can be said of each.

A pair's features are symmetric: where a value exists for both sides, the smaller and the larger one are
given. ``NAMES`` is their order; the trained model refers to it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from consilience.findings.words import Words, read
from consilience.model import Statement, StoryReading

CANDIDATE = 0.13  # base similarity under which a pair is not looked at (keeps .93 of the true pairs)
MOST = 120_000  # pairs of a story that are looked at, the likest first
BLOCK = 4096  # pairs compared at once
LONGEST = 28  # content words of a segment that are compared


@dataclass(frozen=True, eq=False)
class Units:
    """The statements of a story as arrays; ``sentence`` counts over the whole story."""

    statements: tuple[Statement, ...]
    article: np.ndarray
    sentence: np.ndarray
    sentence_article: np.ndarray
    segments: np.ndarray  # (units, 2): run of content words
    words: Words
    vectors: np.ndarray  # (sentences, dimensions)
    position: np.ndarray  # 0 first of its article to 1 last
    share: np.ndarray  # part of its sentence's words
    part: np.ndarray  # which statement of its sentence, from 0


@dataclass(frozen=True, eq=False)
class Pairs:
    """``left`` < ``right`` index the units; ``features`` has one row per pair, columns ``NAMES``."""

    left: np.ndarray
    right: np.ndarray
    features: np.ndarray


def units(story: StoryReading) -> Units:
    """The statements of the story as arrays."""
    words = read(story)
    statements: list[Statement] = []
    article, sentence, owner, segments, position, share, part = [], [], [], [], [], [], []
    first = 0
    for a, reading in enumerate(story.readings):
        count = len(reading.analysis.sentences)
        owner += [a] * count
        before = -1
        for s in reading.statements:
            low, high = words.bounds[first + s.sentence]
            places = words.places[low:high]
            inside = (places[:, 0] >= s.evidence.start) & (places[:, 1] <= s.evidence.end)
            run = np.flatnonzero(inside)
            start = low + (int(run[0]) if len(run) else 0)
            statements.append(s)
            article.append(a)
            sentence.append(first + s.sentence)
            segments.append((start, start + len(run)))
            position.append(s.sentence / max(count - 1, 1))
            share.append(len(run) / max(high - low, 1))
            part.append(part[-1] + 1 if before == s.sentence else 0)
            before = s.sentence
        first += count
    dims = [r.analysis.vectors for r in story.readings if len(r.analysis.vectors)]
    return Units(
        tuple(statements),
        np.array(article, np.int32),
        np.array(sentence, np.int32),
        np.array(owner, np.int32),
        np.array(segments, np.int32).reshape(-1, 2),
        words,
        np.concatenate(dims) if dims else np.zeros((first, 1), np.float32),
        np.array(position, np.float32),
        np.array(share, np.float32),
        np.array(part, np.int32),
    )


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
    """Pairs of units of different articles worth a look: close in meaning or in their rare words."""
    if not len(u.article):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    table = _hashed(u.segments, u.words)
    meaning = u.vectors[u.sentence]
    score = 0.5 * (meaning @ meaning.T) + table @ table.T
    score[u.article[:, None] >= u.article[None, :]] = -1
    least = CANDIDATE
    if (score >= least).sum() > MOST:
        least = float(np.partition(score.ravel(), -MOST)[-MOST])
    return np.nonzero(score >= least)


# --- words against words --------------------------------------------------------------------------

_WORD_FEATURES = (
    "tfidf", "cover_min", "cover_max", "soft_min", "soft_max", "soft_mean", "near_min", "near_max",
    "lack_min", "lack_max", "names_shared", "names_lack_min", "names_lack_max", "numbers_shared",
    "numbers_lack_min", "numbers_lack_max", "numbers_close", "rare_shared", "verbs", "order", "words_min",
    "words_max", "weight_min", "weight_max", "mean_cos",
)  # fmt: skip


def _padded(segments: np.ndarray, limit: int) -> tuple[np.ndarray, np.ndarray]:
    """Word indices of each segment, shape (segments, words), and which of them are real."""
    lengths = np.minimum(segments[:, 1] - segments[:, 0], limit)
    steps = np.arange(max(int(lengths.max(initial=1)), 1))
    real = steps[None, :] < lengths[:, None]
    return np.where(real, segments[:, :1] + steps[None, :], 0), real


def _compare(words: Words, one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """Word features of segment ``one[i]`` against ``two[i]``, shape (pairs, features)."""
    out = np.zeros((len(one), len(_WORD_FEATURES)), np.float32)
    size = (one[:, 1] - one[:, 0]) + (two[:, 1] - two[:, 0])
    order = np.argsort(size, kind="stable")  # pairs of like length together: less padding
    for start in range(0, len(order), BLOCK):
        rows = order[start : start + BLOCK]
        out[rows] = _compare_block(words, one[rows], two[rows])
    return out


def _compare_block(words: Words, one: np.ndarray, two: np.ndarray) -> np.ndarray:
    (a, ra), (b, rb) = _padded(one, LONGEST), _padded(two, LONGEST)
    weight = words.weights * (0.3 + words.rarity)
    wa, wb = weight[a] * ra, weight[b] * rb
    real = ra[:, :, None] & rb[:, None, :]
    same = (words.ids[a][:, :, None] == words.ids[b][:, None, :]) & real
    if words.vectors.shape[1]:
        close = np.where(real, words.vectors[a] @ words.vectors[b].transpose(0, 2, 1), 0.0)
    else:
        close = same.astype(np.float32)
    sides = []
    for flag, w, r, axis in ((words.flags[a], wa, ra, 2), (words.flags[b], wb, rb, 1)):
        hit = same.any(axis=axis)
        soft = np.maximum(close.max(axis=axis), hit)
        total = np.maximum(w.sum(axis=1), 1e-6)
        sides.append(
            {
                "hit": hit, "total": w.sum(axis=1), "count": r.sum(axis=1), "w": w,
                "cover": (w * hit).sum(axis=1) / total,
                "soft": (w * soft).sum(axis=1) / total,
                "near": (w * (soft > 0.6)).sum(axis=1) / total,
                "lack": (w * (1 - soft)).max(axis=1),
                "names": (w * ((flag & 2) > 0) * (1 - soft)).sum(axis=1),
                "numbers": (r & ((flag & 1) > 0) & ~hit).sum(axis=1),
            }
        )  # fmt: skip
    x, y = sides
    flags_a, flags_b = words.flags[a], words.flags[b]
    names = (x["w"] * x["hit"] * ((flags_a & 2) > 0)).sum(axis=1)
    numeric = real & ((flags_a & 1) > 0)[:, :, None] & ((flags_b & 1) > 0)[:, None, :]
    na, nb = words.numbers[a][:, :, None], words.numbers[b][:, None, :]
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.abs(na - nb) / np.maximum(np.maximum(np.abs(na), np.abs(nb)), 1e-9)
    verbs = real & ((flags_a & 4) > 0)[:, :, None] & ((flags_b & 4) > 0)[:, None, :]
    squares = np.sqrt((x["w"] ** 2).sum(axis=1) * (y["w"] ** 2).sum(axis=1))
    columns = [
        (same * wa[:, :, None] * wb[:, None, :]).sum(axis=(1, 2)) / np.maximum(squares, 1e-6),
        *_both(x["cover"], y["cover"]), *_both(x["soft"], y["soft"]),
        (x["soft"] * x["total"] + y["soft"] * y["total"]) / np.maximum(x["total"] + y["total"], 1e-6),
        *_both(x["near"], y["near"]), *_both(x["lack"], y["lack"]),
        names, *_both(x["names"], y["names"]),
        (same & numeric).any(axis=2).sum(axis=1), *_both(x["numbers"], y["numbers"]),
        (numeric & ~same & (ratio < 0.05)).any(axis=(1, 2)),
        (x["w"] * x["hit"]).max(axis=1),
        np.where(verbs, np.maximum(close, same), 0).max(axis=(1, 2)),
        _order(close, same, wa), *_both(x["count"], y["count"]), *_both(x["total"], y["total"]),
        _mean_cosine(words, a, ra, b, rb),
    ]  # fmt: skip
    return np.stack(columns, axis=1).astype(np.float32)


def _both(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return np.minimum(x, y), np.maximum(x, y)


def _order(close: np.ndarray, same: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """How far the best matches run in the same order: correlation of the places, 0 where too few."""
    score = np.maximum(close, same)
    place = score.argmax(axis=2).astype(np.float32)
    good = (score.max(axis=2) > 0.6) & (weight > 0)
    count = np.maximum(good.sum(axis=1), 1)
    steps = np.arange(close.shape[1], dtype=np.float32)[None, :]
    mx = (good * steps).sum(axis=1) / count
    my = (good * place).sum(axis=1) / count
    dx, dy = (steps - mx[:, None]) * good, (place - my[:, None]) * good
    norm = np.sqrt((dx**2).sum(axis=1) * (dy**2).sum(axis=1))
    return np.where((count > 2) & (norm > 0), (dx * dy).sum(axis=1) / np.maximum(norm, 1e-6), 0.0)


def _mean_cosine(words: Words, a: np.ndarray, ra: np.ndarray, b: np.ndarray, rb: np.ndarray) -> np.ndarray:
    if not words.vectors.shape[1]:
        return np.zeros(len(a), np.float32)
    x = (words.vectors[a] * ra[:, :, None]).sum(axis=1)
    y = (words.vectors[b] * rb[:, :, None]).sum(axis=1)
    norm = np.linalg.norm(x, axis=1) * np.linalg.norm(y, axis=1)
    return (x * y).sum(axis=1) / np.maximum(norm, 1e-6)


# --- everything of a pair -------------------------------------------------------------------------

_OTHER = (
    "cosine", "base", "rank_min", "rank_max", "gap_min", "gap_max", "count_min", "count_max", "inner_rank",
    "inner_gap", "next", "previous", "around", "position_min", "position_max", "position_gap", "share_min",
    "share_max", "part_min", "part_max", "quoted_min", "quoted_max", "same_status", "same_polarity",
    "length_ratio", "article_likeness", "sentence_best",
)  # fmt: skip
NAMES = (
    *(f"clause_{n}" for n in _WORD_FEATURES), *(f"sentence_{n}" for n in _WORD_FEATURES), *_OTHER,
)  # fmt: skip


def pairs(u: Units) -> Pairs:
    """The candidate pairs of the story with their features, in order of ``left`` and ``right``."""
    left, right = candidates(u)
    if not len(left):
        return Pairs(left, right, np.zeros((0, len(NAMES)), np.float32))
    clause = _compare(u.words, u.segments[left], u.segments[right])
    bounds = np.array(u.words.bounds, np.int32).reshape(-1, 2)
    total = len(bounds)
    key = u.sentence[left].astype(np.int64) * total + u.sentence[right]
    keys, back = np.unique(key, return_inverse=True)
    one, two = keys // total, keys % total
    whole = _compare(u.words, bounds[one], bounds[two])
    cosine = (u.vectors[one] * u.vectors[two]).sum(axis=1)
    other = _context(u, left, right, clause, whole, cosine, keys, back)
    return Pairs(left, right, np.concatenate([clause, whole[back], other], axis=1))


def _context(u, left, right, clause, whole, cosine, keys, back) -> np.ndarray:
    """Ranks, neighbours, places and kinds: the columns ``_OTHER``."""
    w = {n: i for i, n in enumerate(_WORD_FEATURES)}
    base = clause[:, w["soft_mean"]] + clause[:, w["tfidf"]] + 0.5 * cosine[back]
    whole_base = whole[:, w["soft_mean"]] + whole[:, w["tfidf"]] + 0.5 * cosine
    r1, g1, c1 = _ranks(left, u.article[right], base)
    r2, g2, c2 = _ranks(right, u.article[left], base)
    inner, inner_gap, _ = _ranks(back, np.zeros_like(back), base)
    total = len(u.words.bounds)
    one, two = keys // total, keys % total

    def neighbour(di: int, dj: int) -> np.ndarray:
        i, j = one + di, two + dj
        good = (i >= 0) & (j >= 0) & (i < total) & (j < total)
        i, j = np.clip(i, 0, total - 1), np.clip(j, 0, total - 1)
        good &= u.sentence_article[i] == u.sentence_article[one]
        good &= u.sentence_article[j] == u.sentence_article[two]
        wanted = i * total + j
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(good & (keys[at] == wanted), whole_base[at], 0.0)

    forward, backward = neighbour(1, 1), neighbour(-1, -1)
    around = np.max([neighbour(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1) if (i, j) != (0, 0)], axis=0)
    likeness = _likeness(u, one, two, whole_base)
    quoted = np.array([s.quoted for s in u.statements], np.float32)
    status = np.array([hash_status(s.status) for s in u.statements])
    negated = np.array([s.negated for s in u.statements])
    length = np.array([len(s.evidence.text) for s in u.statements], np.float32)
    best = np.zeros(len(keys), np.float32)
    np.maximum.at(best, back, base)
    columns = [
        cosine[back], base, *_both(r1, r2), *_both(g1, g2), *_both(c1, c2), inner, inner_gap,
        forward[back], backward[back], around[back],
        *_both(u.position[left], u.position[right]), np.abs(u.position[left] - u.position[right]),
        *_both(u.share[left], u.share[right]), *_both(u.part[left], u.part[right]),
        *_both(quoted[left], quoted[right]), status[left] == status[right], negated[left] == negated[right],
        np.minimum(length[left], length[right]) / np.maximum(np.maximum(length[left], length[right]), 1),
        likeness[back], best[back],
    ]  # fmt: skip
    return np.stack([np.asarray(c, np.float32) for c in columns], axis=1)


def hash_status(status: str) -> int:
    """A small number for a status; done and under way are one."""
    order = ("done", "to come", "denied", "conditional", "expected")
    return order.index(status) if status in order else 0


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
