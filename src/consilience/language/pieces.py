"""Words to the encoder's word pieces, each with its place in the text and the shape of its word.

The encoder's vocabulary is uncased, so the case of a word (and whether a space stands before it) goes
in beside its pieces as one of ``SHAPES`` numbers: names and parts of speech need it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from tokenizers import Tokenizer

from consilience.errors import ModelError
from consilience.language.known import columns, rows

SHAPES = 16  # two for each kind of word below: with a space before it, and without
_PLAIN, _TITLE, _UPPER, _INITIAL, _MIXED, _DIGITS, _PUNCTUATION = range(1, 8)


class Pieces(NamedTuple):
    """The word pieces of a sentence, the marks for its start and end included.

    ``ids`` and ``shapes``: int64 arrays of one length; ``known``: float32 (pieces, ``known.COLUMNS``), what
    lists say of each piece's word; ``firsts``: for each word the index of its first piece; ``places``: for
    each piece (word, start in the word, end in the word), -1 for marks.
    """

    ids: np.ndarray
    shapes: np.ndarray
    known: np.ndarray
    firsts: np.ndarray
    places: tuple[tuple[int, int, int], ...]


def shape(word: str) -> int:
    """The kind of ``word`` by its letters: an even number; the odd one after it adds "no space before"."""
    if not any(c.isalpha() for c in word):
        return 2 * (_DIGITS if any(c.isdigit() for c in word) else _PUNCTUATION)
    if any(c.isdigit() for c in word):
        return 2 * _DIGITS
    if word.islower():
        return 2 * _PLAIN
    letters = [c for c in word if c.isalpha()]
    if word.isupper():
        return 2 * (_INITIAL if len(letters) == 1 else _UPPER)
    if letters[0].isupper() and all(c.islower() for c in letters[1:]):
        return 2 * _TITLE
    return 2 * (_MIXED if any(c.isupper() for c in letters) else _PLAIN)


@cache
def tokenizer() -> Tokenizer:
    """The encoder's WordPiece tokenizer, loaded once. Raises ``errors.ModelError`` where it is missing."""
    path = files("consilience") / "language" / "models" / "tokenizer.json"
    try:
        found = Tokenizer.from_str(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelError("the encoder's tokenizer is missing from the installed package") from None
    found.no_truncation()
    found.no_padding()
    return found


@cache
def _marks() -> tuple[int, int, int]:
    """Ids of the start mark, the end mark and the unknown piece."""
    known = tokenizer()
    return tuple(known.token_to_id(t) for t in ("[CLS]", "[SEP]", "[UNK]"))  # type: ignore[return-value]


@lru_cache(maxsize=50_000)
def _word(word: str) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...], int]:
    """Ids, places in the word and shape number of one word; never empty."""
    encoding = tokenizer().encode(word, add_special_tokens=False)
    ids, places = tuple(encoding.ids[:_LONGEST_WORD]), tuple(encoding.offsets[:_LONGEST_WORD])
    if not ids:  # a word of control characters or lone accents
        ids, places = (_marks()[2],), ((0, len(word)),)
    return ids, places, shape(word)


_LONGEST_WORD = 24  # pieces of one word (an address, a key) that are looked at


def count(words: Sequence[str]) -> list[int]:
    """Number of pieces of each word."""
    return [len(_word(w)[0]) for w in words]


def pieces(words: Sequence[str], spaced: Sequence[bool]) -> Pieces:
    """The pieces of a sentence; ``spaced`` says of each word whether white space stands before it."""
    start, end, _ = _marks()
    ids, shapes, firsts = [start], [0], []
    places: list[tuple[int, int, int]] = [(-1, 0, 0)]
    for i, word in enumerate(words):
        own, at, kind = _word(word)
        firsts.append(len(ids))
        ids += own
        shapes += [kind + (0 if spaced[i] else 1)] * len(own)
        places += [(i, a, b) for a, b in at]
    ids.append(end)
    shapes.append(0)
    places.append((-1, 0, 0))
    as64 = lambda v: np.asarray(v, dtype=np.int64)  # noqa: E731
    return Pieces(as64(ids), as64(shapes), _known(words, places), as64(firsts), tuple(places))


def _known(words: Sequence[str], places: Sequence[tuple[int, int, int]]) -> np.ndarray:
    """What lists say of each piece's word: ``Pieces.known``."""
    return rows([*columns(words), ()])[[word for word, _, _ in places]]  # -1, of marks: the empty row
