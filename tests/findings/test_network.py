"""The network that reads two sentences, and the entry for short texts."""

import numpy as np
import pytest

from consilience import language
from consilience.findings import network, short
from consilience.findings.words import Words
from consilience.ids import content_id
from consilience.model import Article, Completeness


def _words(places):
    count = len(places)
    return Words(
        ids=np.arange(10, 10 + count, dtype=np.int32),
        weights=np.full(count, 5.0, np.float32),
        rarity=np.full(count, 0.7, np.float32),
        flags=np.array([1, 2, 0][:count], np.int8),
        numbers=np.full(count, np.nan),
        vectors=np.zeros((count, 0), np.float32),
        places=np.array(places, np.int64).reshape(-1, 2),
        bounds=((0, count),),
    )


@pytest.mark.parametrize(
    ("places", "words", "ids"),
    [
        ([(0, 4), (5, 9)], [(0, 4), (5, 9)], [10, 11]),
        ([(0, 2), (2, 4), (5, 9)], [(0, 4)], [10, 10, -1]),
        ([(0, 4)], [], [-1]),
        ([], [(0, 4)], []),
        ([(3, 6)], [(0, 4), (5, 9)], [-1]),
    ],
)
def test_pieces_know_their_words(places, words, ids):
    known, extra = network.piece_words(
        np.array(places, np.int64).reshape(-1, 2), _words(words), (0, len(words))
    )
    assert known.tolist() == ids
    assert extra.shape == (len(places), network.EXTRA)
    assert (extra[:, 4] == (known >= 0)).all()


def _pieces(lengths, seed=0):
    rng = np.random.default_rng(seed)
    ends = np.cumsum(lengths)
    total = int(ends[-1])
    return network.Pieces(
        bounds=np.stack([ends - lengths, ends], axis=1),
        states=rng.normal(size=(total, 384)).astype(np.float32),
        extra=rng.random((total, network.EXTRA)).astype(np.float32),
        words=rng.integers(-1, 6, total).astype(np.int32),
        places=np.zeros((total, 2), np.int64),
    )


def test_what_is_read_together_does_not_matter():
    lengths = np.array([5, 9, 1, 14, 7])
    pieces = _pieces(lengths)
    spans = [[np.arange(n) < max(n // 2, 1), np.arange(n) >= n // 3] for n in lengths]
    left, right = np.array([0, 0, 1, 2]), np.array([1, 3, 4, 3])
    together = network.load().read(pieces, left, right, spans)
    assert ((together.sentences > 0) & (together.sentences < 1)).all()
    for k in range(len(left)):
        alone = network.load().read(pieces, left[k : k + 1], right[k : k + 1], spans)
        assert alone.sentences[0] == pytest.approx(together.sentences[k], abs=1e-5)
        assert np.allclose(alone.spans[0], together.spans[k], atol=1e-5)
        assert together.spans[k].shape == (2, 2)


def test_nothing_to_read():
    none = np.zeros(0, np.int64)
    assert len(network.load().read(_pieces(np.array([3])), none, none, [[]]).sentences) == 0


def _texts(*texts):
    return language.analyse(
        [Article(content_id(i, t), str(i), t, Completeness("whole")) for i, t in enumerate(texts)]
    )


def test_short_texts_that_say_the_same():
    table = short.same(_texts("about 40 people died", "some 40 dead", "the mayor resigned", "12 people died"))
    assert table.shape == (4, 4)
    assert np.allclose(table, table.T)
    assert np.diag(table).tolist() == [1.0] * 4
    assert table[0, 1] > 0.5 > max(table[0, 2], table[0, 3])


def test_no_short_texts():
    assert short.same([]).shape == (0, 0)
