"""A small network that reads two sentences together: do they, or two clauses of them, report one fact?

Each sentence's tokens are brought to 128 numbers once, from the encoder's states; for a pair every token is
then compared with what it draws from the other sentence (soft alignment, after Parikh et al. 2016, "A
decomposable attention model", with the word in common as a bias). Spans are weighted means of their tokens.
Trained in ``training/pairs``; evaluated with numpy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np

from consilience.errors import ModelError
from consilience.findings.words import Words
from consilience.model import StoryReading

LONGEST = 80  # pieces of a sentence that are read
BATCH = 24  # pairs read at once, of like length
EXTRA = 5  # what is known of a piece beside its state


@dataclass(frozen=True, eq=False)
class Pieces:
    """The word pieces of a story's sentences, one after another.

    ``bounds``: (sentences, 2), runs of pieces; ``states``: (pieces, dimensions); ``extra``: (pieces, EXTRA):
    weight, number, name, quoted, content word; ``words``: id of the content word, -1 for none; ``places``:
    (pieces, 2), offsets in the article.
    """

    bounds: np.ndarray
    states: np.ndarray
    extra: np.ndarray
    words: np.ndarray
    places: np.ndarray


def pieces(story: StoryReading, words: Words) -> Pieces | None:
    """The story's pieces; None where a sentence was not encoded."""
    bounds, states, places, extra, ids = [], [], [], [], []
    total = row = 0
    for reading in story.readings:
        analysis = reading.analysis
        if len(analysis.states) != len(analysis.sentences):
            return None
        for own, at in zip(analysis.states, analysis.state_spans, strict=True):
            at = np.asarray(at, np.int64).reshape(-1, 2)
            real = np.flatnonzero(at[:, 1] > at[:, 0])[:LONGEST]
            known, more = piece_words(at[real], words, words.bounds[row])
            states.append(own[real])
            places.append(at[real])
            ids.append(known)
            extra.append(more)
            bounds.append((total, total + len(real)))
            total, row = total + len(real), row + 1
    if not total:
        return None
    join = np.concatenate
    return Pieces(np.array(bounds), join(states).astype(np.float32), join(extra), join(ids), join(places))


def piece_words(places: np.ndarray, words: Words, run: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Per piece of a sentence the id of its content word (-1 for none) and its ``extra``."""
    low, high = run
    ids, extra = np.full(len(places), -1, np.int32), np.zeros((len(places), EXTRA), np.float32)
    if high > low and len(places):
        of = words.places[low:high]
        k = np.searchsorted(of[:, 0], places[:, 0], side="right") - 1
        good = (k >= 0) & (places[:, 1] <= of[np.maximum(k, 0), 1])
        at = low + k[good]
        flags = words.flags[at].astype(int)
        ids[good] = words.ids[at]
        weight = words.weights[at] * (0.3 + words.rarity[at]) / 5
        columns = (weight, flags & 1 > 0, flags & 2 > 0, flags & 8 > 0, np.ones(len(at)))
        extra[good] = np.stack(columns, axis=1)
    return ids, extra


@dataclass(frozen=True, eq=False)
class Read:
    """``sentences``: shape (pairs,), of the whole; ``spans``: per pair (spans of the one, of the other)."""

    sentences: np.ndarray
    spans: list[np.ndarray]


class Network:
    """The weights by their names in ``training/pairs/network.py``, as ``training.pairs.slim`` stores them.

    Of the two comparing layers each is stored as two of low rank: a third of the work, the same answers.
    """

    def __init__(self, weights: Mapping[str, np.ndarray]) -> None:
        self.w = {k: v.astype(np.float32) for k, v in weights.items()}
        self.heads = len(self.w["match"])
        self.width = len(self.w["norm.weight"])

    def _linear(self, name: str, x: np.ndarray) -> np.ndarray:
        return x @ self.w[f"{name}.weight"].T + self.w[f"{name}.bias"]

    def _norm(self, name: str, x: np.ndarray) -> np.ndarray:
        x = x - x.mean(axis=-1, keepdims=True)
        x /= np.sqrt(np.square(x).mean(axis=-1, keepdims=True) + 1e-5)
        return x * self.w[f"{name}.weight"] + self.w[f"{name}.bias"]

    def read(self, of: Pieces, left: np.ndarray, right: np.ndarray, spans: list[list[np.ndarray]]) -> Read:
        """Sentences ``left[i]`` and ``right[i]``; ``spans``: per sentence masks of its pieces."""
        x = self._norm("norm", self._linear("enter", of.states) + self._linear("extra", of.extra))
        q = self._linear("q", x) * (self.width // self.heads) ** -0.25
        tokens = _Tokens(of, x, q, self._linear("v", x), x @ self.w["c1.own"] + self.w["c1.bias"], spans)
        size = of.bounds[:, 1] - of.bounds[:, 0]
        order = np.lexsort((size[right], size[left] // 4))
        whole, tables = np.zeros(len(left), np.float32), [np.zeros((0, 0), np.float32)] * len(left)
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            batch = self._pairs(tokens, left[rows], right[rows])
            for k, row in enumerate(rows):
                na, nb = len(spans[left[row]]), len(spans[right[row]])
                whole[row] = batch[k, 0, 0]
                tables[row] = batch[k, 1 : 1 + na, 1 : 1 + nb]
        return Read(whole, tables)

    def _pairs(self, tokens: _Tokens, one: np.ndarray, two: np.ndarray) -> np.ndarray:
        """Shape (pairs, 1 + spans of the one, 1 + spans of the other); the first is the whole sentence."""
        a, b = tokens.side(one, self.heads), tokens.side(two, self.heads)
        same = (a.words[:, :, None] == b.words[:, None, :]) & (a.words >= 0)[:, :, None]
        near = a.q @ b.q.transpose(0, 1, 3, 2)
        near += self.w["match"][None, :, None, None] * same[:, None]
        near -= near.max(axis=(2, 3), keepdims=True)
        raw = np.exp(np.maximum(near, -60.0)) * (a.real[:, None, :, None] & b.real[:, None, None, :])
        to_b = raw / np.maximum(raw.sum(axis=3, keepdims=True), 1e-30)
        to_a = (raw / np.maximum(raw.sum(axis=2, keepdims=True), 1e-30)).transpose(0, 1, 3, 2)
        za = self._compared(a, _joined(to_b @ b.v), to_b, same)
        zb = self._compared(b, _joined(to_a @ a.v), to_a, same.transpose(0, 2, 1))
        p, ga = self._spans(za, a.spans)
        q, gb = self._spans(zb, b.spans)
        within = [_inside(ga, to_b, b.spans), _inside(gb, to_a, a.spans).transpose(0, 2, 1, 3)]
        steps = [np.arange(x.shape[1]) < side.count[:, None] for x, side in ((p, a), (q, b))]
        real = np.nonzero(steps[0][:, :, None] & steps[1][:, None, :])
        p, q = p[real[0], real[1]], q[real[0], real[2]]
        given = [p + q, np.abs(p - q), p * q, *(w[real] for w in within)]
        mixed = self._linear("mix", np.concatenate(given, axis=-1))
        out = np.zeros([len(one), *(s.shape[1] for s in steps)], np.float32)
        out[real] = 1 / (1 + np.exp(-self._linear("out", np.maximum(mixed, 0))[..., 0]))
        return out

    def _compared(self, of: _Side, drawn: np.ndarray, weights: np.ndarray, same: np.ndarray) -> np.ndarray:
        sharp = [weights.max(axis=3), (weights * same[:, None]).sum(axis=3)]
        sharp = np.concatenate(sharp, axis=1).transpose(0, 2, 1)
        seen = same.any(axis=2)[:, :, None]
        given = np.concatenate([drawn, of.x * drawn, np.abs(of.x - drawn), sharp, seen], axis=-1)
        z = np.maximum(given @ self.w["c1.down"] @ self.w["c1.up"] + of.first, 0)
        z = z @ self.w["c2.down"] @ self.w["c2.up"] + self.w["c2.bias"]
        return self._norm("out_norm", of.x + z)

    def _spans(self, z: np.ndarray, spans: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        gate = np.exp(np.clip(self._linear("gate", z)[..., 0], -6, 6))
        weights = spans * gate[:, None, :]
        weights /= np.maximum(weights.sum(axis=2, keepdims=True), 1e-6)
        return weights @ z, weights


@dataclass(frozen=True, eq=False)
class _Side:
    """One sentence of each pair, padded: the fields have the shape (pairs, tokens, ...).

    ``count``: shape (pairs,), the spans of each with the whole sentence among them.
    """

    x: np.ndarray
    first: np.ndarray
    q: np.ndarray
    v: np.ndarray
    words: np.ndarray
    real: np.ndarray
    spans: np.ndarray
    count: np.ndarray


@dataclass(frozen=True, eq=False)
class _Tokens:
    """What is reckoned of a piece once: itself, what it seeks, what it gives, its part of a comparison."""

    pieces: Pieces
    x: np.ndarray
    q: np.ndarray
    v: np.ndarray
    first: np.ndarray
    spans: list[list[np.ndarray]]

    def side(self, sentences: np.ndarray, heads: int) -> _Side:
        """The ``sentences`` as one padded batch."""
        low, high = self.pieces.bounds[sentences].T
        size = high - low
        steps = np.arange(max(int(size.max(initial=1)), 1))
        real = steps[None, :] < size[:, None]
        at = np.where(real, low[:, None] + steps[None, :], 0)
        count = np.array([1 + len(self.spans[s]) for s in sentences])
        spans = np.zeros((len(sentences), int(count.max(initial=1)), len(steps)), np.float32)
        spans[:, 0] = real
        for row, s in enumerate(sentences):
            for k, mask in enumerate(self.spans[s]):
                spans[row, k + 1, : len(mask)] = mask

        def split(table: np.ndarray) -> np.ndarray:
            return table[at].reshape(*at.shape, heads, -1).transpose(0, 2, 1, 3)

        words = np.where(real, self.pieces.words[at], -1)
        return _Side(self.x[at], self.first[at], split(self.q), split(self.v), words, real, spans, count)


def _joined(x: np.ndarray) -> np.ndarray:
    return x.transpose(0, 2, 1, 3).reshape(x.shape[0], x.shape[2], -1)


def _inside(gates: np.ndarray, drawn: np.ndarray, spans: np.ndarray) -> np.ndarray:
    """How much of what a span's tokens draw lies within each span of the other: mean, and mean of the logs.

    Shape (pairs, own spans, other spans, 2 * heads).
    """
    within = drawn @ spans.transpose(0, 2, 1)[:, None]
    logs = np.maximum(np.log(np.maximum(within, 1e-6)), -6) / 6
    parts = [gates[:, None] @ within, gates[:, None] @ logs]
    return np.concatenate([p.transpose(0, 2, 3, 1) for p in parts], axis=-1)


@cache
def load() -> Network:
    """The network of the package. Raises ``errors.ModelError`` where the file is missing or broken."""
    path = files("consilience") / "findings" / "models" / "network.npz"
    try:
        with as_file(path) as real, np.load(real) as raw:
            return Network({name: raw[name] for name in raw.files})
    except (FileNotFoundError, NotADirectoryError, KeyError, ValueError) as fault:
        raise ModelError("the findings' network is missing or broken") from fault
