"""How like two segments of a story are by their words: matched exactly and by meaning, both ways."""

from __future__ import annotations

import numpy as np

from consilience.findings.words import Words

BLOCK = 256  # pairs compared at once
LONGEST = 28  # content words of a segment that are compared

WORD_FEATURES = (
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


def compare(words: Words, one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """Word features of segment ``one[i]`` against ``two[i]``, shape (pairs, features)."""
    out = np.zeros((len(one), len(WORD_FEATURES)), np.float32)
    order = np.lexsort((two[:, 1] - two[:, 0], (one[:, 1] - one[:, 0]) // 4))  # alike in length: less padding
    for start in range(0, len(order), BLOCK):
        rows = order[start : start + BLOCK]
        out[rows] = _block(words, one[rows], two[rows])
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


def _block(words: Words, one: np.ndarray, two: np.ndarray) -> np.ndarray:
    (a, ra), (b, rb) = _padded(one, LONGEST), _padded(two, LONGEST)
    weight = words.weights * (0.3 + words.rarity)
    wa, wb = weight[a] * ra, weight[b] * rb
    real = ra[:, :, None] & rb[:, None, :]
    same = (words.ids[a][:, :, None] == words.ids[b][:, None, :]) & real
    if words.vectors.shape[1]:
        close = np.where(real, words.vectors[a] @ words.vectors[b].transpose(0, 2, 1), 0.0)
    else:
        close = same.astype(np.float32)
    x = _side(words.flags[a], wa, ra, same.any(axis=2), close.max(axis=2))
    y = _side(words.flags[b], wb, rb, same.any(axis=1), close.max(axis=1))
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
        *both(x["cover"], y["cover"]), *both(x["soft"], y["soft"]),
        (x["soft"] * x["total"] + y["soft"] * y["total"]) / np.maximum(x["total"] + y["total"], 1e-6),
        *both(x["near"], y["near"]), *both(x["lack"], y["lack"]),
        names, *both(x["names"], y["names"]),
        (same & numeric).any(axis=2).sum(axis=1), *both(x["numbers"], y["numbers"]),
        (numeric & ~same & (ratio < 0.05)).any(axis=(1, 2)),
        (x["w"] * x["hit"]).max(axis=1),
        np.where(verbs, np.maximum(close, same), 0).max(axis=(1, 2)),
        _order(close, same, wa), *both(x["count"], y["count"]), *both(x["total"], y["total"]),
        *both(x["rest"] / np.maximum(x["rest_total"], 0.1), y["rest"] / np.maximum(y["rest_total"], 0.1)),
        (x["rest"] + y["rest"]) / np.maximum(x["rest_total"] + y["rest_total"], 0.1),
        np.minimum(x["rest_total"], y["rest_total"]),
    ]  # fmt: skip
    out = np.stack(columns, axis=1).astype(np.float32)
    return np.concatenate([out, np.zeros((len(out), 1), np.float32)], axis=1)


def _side(
    flags: np.ndarray, weight: np.ndarray, real: np.ndarray, hit: np.ndarray, close: np.ndarray
) -> dict[str, np.ndarray]:
    """What of one side's words the other side has: ``hit`` exactly, ``close`` by meaning (0 to 1)."""
    soft = np.maximum(close, hit)
    total = np.maximum(weight.sum(axis=1), 1e-6)
    plain = (flags & 18) == 0  # neither a name nor who says it
    return {
        "hit": hit, "total": weight.sum(axis=1), "count": real.sum(axis=1), "w": weight,
        "cover": (weight * hit).sum(axis=1) / total,
        "soft": (weight * soft).sum(axis=1) / total,
        "near": (weight * (soft > 0.6)).sum(axis=1) / total,
        "lack": (weight * (1 - soft)).max(axis=1),
        "names": (weight * ((flags & 2) > 0) * (1 - soft)).sum(axis=1),
        "numbers": (real & ((flags & 1) > 0) & ~hit).sum(axis=1),
        "rest": (weight * plain * soft).sum(axis=1), "rest_total": (weight * plain).sum(axis=1),
    }  # fmt: skip


def both(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The smaller and the larger of two sides' values, so that a pair's features have no order."""
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
