"""Pairs of sentences, and of clauses, of different articles that may be the same fact; what is known of each.

A pair's features are symmetric: where a value exists for both sides, the smaller and the larger one are
given. ``SENTENCE_NAMES``, ``GRAPH_NAMES`` and ``CLAUSE_NAMES`` are their order, which the models refer to.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from consilience.findings.words import Words, read
from consilience.model import Statement, StoryReading

CANDIDATE = 0.13  # base similarity under which two sentences are not looked at (keeps .93 of the true pairs)
MOST = 60_000  # pairs of sentences of a story that are looked at, the likest first
POSSIBLE = 0.03  # probability of two sentences under which their clauses are not looked at
BLOCK = 4096  # pairs compared at once
LONGEST = 28  # content words of a segment that are compared


@dataclass(frozen=True, eq=False)
class Units:
    """The sentences and statements of a story as arrays; sentences count over the whole story.

    ``bounds`` and ``segments``: runs of content words of sentences and of statements. ``position``: 0 for
    an article's first sentence to 1 for its last. ``share``: part of its sentence's words that a
    statement has; ``part``: which statement of its sentence it is, from 0.
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


# --- words against words --------------------------------------------------------------------------

_WORD_FEATURES = (
    "tfidf", "cover_min", "cover_max", "soft_min", "soft_max", "soft_mean", "near_min", "near_max",
    "lack_min", "lack_max", "names_shared", "names_lack_min", "names_lack_max", "numbers_shared",
    "numbers_lack_min", "numbers_lack_max", "numbers_close", "rare_shared", "verbs", "order", "words_min",
    "words_max", "weight_min", "weight_max", "rest_min", "rest_max", "rest_mean", "rest_weight", "mean_cos",
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
    out[:, -1] = _mean_cosine(words, one, two)
    return out


def _mean_cosine(words: Words, one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """Cosine of the mean word vectors of the segments."""
    if not words.vectors.shape[1]:
        return np.zeros(len(one), np.float32)
    sums = np.cumsum(np.pad(words.vectors, ((1, 0), (0, 0))), axis=0, dtype=float)
    known, back = np.unique(np.concatenate([one, two]), axis=0, return_inverse=True)
    mean = sums[known[:, 1]] - sums[known[:, 0]]
    mean = (mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-6)).astype(np.float32)
    back = back.reshape(-1)
    return (mean[back[: len(one)]] * mean[back[len(one) :]]).sum(axis=1)


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
        plain = (flag & 18) == 0  # neither a name nor who says it
        sides.append(
            {
                "hit": hit, "total": w.sum(axis=1), "count": r.sum(axis=1), "w": w,
                "cover": (w * hit).sum(axis=1) / total,
                "soft": (w * soft).sum(axis=1) / total,
                "near": (w * (soft > 0.6)).sum(axis=1) / total,
                "lack": (w * (1 - soft)).max(axis=1),
                "names": (w * ((flag & 2) > 0) * (1 - soft)).sum(axis=1),
                "numbers": (r & ((flag & 1) > 0) & ~hit).sum(axis=1),
                "rest": (w * plain * soft).sum(axis=1), "rest_total": (w * plain).sum(axis=1),
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
        *_both(x["rest"] / np.maximum(x["rest_total"], 0.1), y["rest"] / np.maximum(y["rest_total"], 0.1)),
        (x["rest"] + y["rest"]) / np.maximum(x["rest_total"] + y["rest_total"], 0.1),
        np.minimum(x["rest_total"], y["rest_total"]),
    ]  # fmt: skip
    out = np.stack(columns, axis=1).astype(np.float32)
    return np.concatenate([out, np.zeros((len(out), 1), np.float32)], axis=1)


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


# --- sentences ------------------------------------------------------------------------------------

_W = {n: i for i, n in enumerate(_WORD_FEATURES)}
_PLACE = (
    "cosine", "base", "rank_min", "rank_max", "gap_min", "gap_max", "count_min", "count_max", "next",
    "previous", "around", "position_min", "position_max", "position_gap", "article_likeness",
)  # fmt: skip
SENTENCE_NAMES = (*_WORD_FEATURES, *_PLACE)
GRAPH_NAMES = (
    *SENTENCE_NAMES, "first", "third", "third_sum", "against", "first_rank_min", "first_rank_max",
    "first_gap_min", "first_gap_max", "first_next", "first_previous", "first_around", "degree_min",
    "degree_max",
)  # fmt: skip


def sentence_pairs(u: Units) -> Pairs:
    """The candidate pairs of sentences with the features ``SENTENCE_NAMES``."""
    left, right = candidates(u)
    if not len(left):
        return Pairs(left, right, np.zeros((0, len(SENTENCE_NAMES)), np.float32))
    words = _compare(u.words, u.bounds[left], u.bounds[right])
    cosine = (u.vectors[left] * u.vectors[right]).sum(axis=1)
    base = _base(words, cosine)
    r1, g1, c1 = _ranks(left, u.sentence_article[right], base)
    r2, g2, c2 = _ranks(right, u.sentence_article[left], base)
    columns = [
        cosine, base, *_both(r1, r2), *_both(g1, g2), *_both(c1, c2), *_around(u, left, right, base),
        *_both(u.position[left], u.position[right]), np.abs(u.position[left] - u.position[right]),
        _likeness(u, left, right, base),
    ]  # fmt: skip
    return Pairs(left, right, np.concatenate([words, _columns(columns)], axis=1))


def graph_pairs(u: Units, pairs: Pairs, first: np.ndarray) -> Pairs:
    """Pairs that may be the same by a first look, with what the story's other pairs say of them."""
    keep = first >= POSSIBLE
    left, right, p = pairs.left[keep], pairs.right[keep], first[keep].astype(np.float32)
    if not len(left):
        return Pairs(left, right, np.zeros((0, len(GRAPH_NAMES)), np.float32))
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
    columns = [
        p, third, total, against, *_both(r1, r2), *_both(g1, g2), *_around(u, left, right, p),
        *_both(degree[left], degree[right]),
    ]  # fmt: skip
    return Pairs(left, right, np.concatenate([pairs.features[keep], _columns(columns)], axis=1))


# --- clauses --------------------------------------------------------------------------------------

_CLAUSE = (
    "clause_base", "inner_rank", "inner_gap", "of_best", "clause_rank_min", "clause_rank_max",
    "clause_gap_min", "clause_gap_max", "share_min", "share_max", "part_min", "part_max", "quoted_min",
    "quoted_max", "same_status", "same_polarity", "length_ratio", "clauses_min", "clauses_max", "second",
)  # fmt: skip
CLAUSE_NAMES = (*(f"clause_{n}" for n in _WORD_FEATURES), *_CLAUSE, *GRAPH_NAMES)
_STATUSES = ("done", "to come", "denied", "conditional", "expected")


def clause_pairs(u: Units, pairs: Pairs, second: np.ndarray) -> Pairs:
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
    words = _compare(u.words, u.segments[left], u.segments[right])
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
        base, inner_rank, inner_gap, base / np.maximum(best[above], 1e-6), *_both(r1, r2), *_both(g1, g2),
        *_both(u.share[left], u.share[right]), *_both(u.part[left], u.part[right]),
        *_both(quoted[left], quoted[right]), status[left] == status[right], negated[left] == negated[right],
        np.minimum(x, y) / np.maximum(np.maximum(x, y), 1),
        *_both(count[u.sentence[left]], count[u.sentence[right]]), second[above],
    ]  # fmt: skip
    return Pairs(left, right, np.concatenate([words, _columns(columns), pairs.features[above]], axis=1))


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
