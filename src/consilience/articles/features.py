"""What is measured of each line of a page, for the models that tell report from furniture.

One row per block, one column per name of ``TEXT_FEATURES`` (all pages) and ``HTML_FEATURES`` (what
tags, classes and trafilatura add). The idea of judging a block by its length, its link density and
its neighbours is that of Kohlschuetter, Fankhauser and Nejdl, "Boilerplate detection using shallow
text features" (WSDM 2010).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from consilience.articles.blocks import HEADINGS, PLACES, Block
from consilience.articles.lines import END, KINDS, is_crumb, is_date_line, is_prose, kinds_of
from consilience.lexicons import word_set

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[^\w\s]")
_LONGEST_LINK = 80  # characters of a line that is nothing but a link
_LETTERS_READ = 800  # characters of a line that are looked at word by word
_DIGIT = re.compile(r"\d")
_BAR = re.compile(r"[|›»>·•/]")
_QUOTE = re.compile(r'[“”"«»]')
_QUOTES = "\"“‘'«"
_STOP = re.compile(r"[.!?][\"”’)]*(?:\s|$)")
_WORDS_READ = 40  # words of a line that the word score reads
PROSE_WORDS = 15  # a line of so many words with a sentence's end stands for the report

TEXT_FEATURES = (
    "words", "chars", "ends", "colon_end", "comma_end", "open_end", "capitals", "all_caps", "digits",
    "starts_lower", "starts_quote", "starts_digit", "bars", "copyright", "at", "bracketed", "quotes",
    "commas", "function", "says", "sentences", "colon_early", "ellipsis", "date", "crumb", "word_score",
    "kind", *(f"kind_{k}" for k in KINDS), "gap", "from_start", "from_end", "position", "prose_before",
    "prose_after", "to_prose_before", "to_prose_after", "in_report", "kinds_before", "known_words",
    "known_names", "heading_next", "prev_words", "prev_ends", "prev_score", "prev_kind", "next_words",
    "next_ends", "next_score", "next_kind", "score_window", "short_run", "repeated", "lines",
)  # fmt: skip
HTML_FEATURES = (
    "found", "found_before", "found_after", "found_window", "linked", "bold", "depth", "depth_report",
    "tag_p", "tag_heading", "tag_li", "tag_div", "tag_cell", "tag_other", "linked_window", "same_place",
    "box_found", "outer_found", "box_share", "outer_share", "box_linked",
    "links_above", "links_below", *(f"at_{p}" for p in PLACES), *(f"own_{p}" for p in PLACES),
)  # fmt: skip


class _Line(NamedTuple):
    """What one line says by itself. ``low``: its words in small letters; ``names``: the capitalised
    ones but the first; ``values``: the columns that need no other line.
    """

    words: int
    ends: bool
    prose: bool
    score: float
    kind: int
    low: list[str]
    names: list[str]
    values: list[float]


def word_features(tokens: Sequence[str]) -> set[str]:
    """Words, pairs of words, first and last word of a line, and its rough length.

    ``tokens`` as the first of ``tokens_of``.
    """
    out = {*tokens, *map(" ".join, zip(tokens, tokens[1:], strict=False))}
    if tokens:
        out |= {"^" + tokens[0], "^" + " ".join(tokens[:2]), tokens[-1] + "$"}
    out.add("#" + str(min(6, int(math.log2(1 + len(tokens))))))
    return out


def tokens_of(text: str) -> tuple[list[str], list[str]]:
    """The tokens that the word score knows (small letters, numbers as "0", marks), and all words."""
    tokens = _TOKEN.findall(text[:_LETTERS_READ])
    known = ["0" if t[0].isdigit() else t.lower().replace("’", "'") for t in tokens[:_WORDS_READ]]
    return known, [t for t in tokens if t[0].isalpha()]


def _line(text: str, weights: dict[str, float]) -> _Line:
    tokens, words = tokens_of(text)
    found = word_features(tokens)
    score = weights[""] + sum(weights.get(f, 0.0) for f in found) / math.sqrt(len(found))
    low = [w.lower() for w in words]
    n = text.count(" ") + 1
    kind = kinds_of(text)
    ends = END.search(text) is not None
    first, last = text[0], text[-1]
    values = [
        math.log1p(n), math.log1p(len(text)), ends, last == ":", last == ",", last.isalnum(),
        sum(w[0].isupper() for w in words) / max(1, len(words)), text.isupper(),
        len(_DIGIT.findall(text)) / len(text), first.islower(), first in _QUOTES, first.isdigit(),
        len(_BAR.findall(text)), "©" in text, "@" in text, first in "([" and last in ")]",
        len(_QUOTE.findall(text)), text.count(","), sum(w in word_set("prose", "function") for w in low) / n,
        not word_set("prose", "says").isdisjoint(low), len(_STOP.findall(text)), -1 < text.find(":") < 24,
        text.endswith(("...", "…")), is_date_line(text), is_crumb(text), score, kind >= 0,
    ]  # fmt: skip
    values += [kind == i for i in range(len(KINDS))]
    names = [low[i] for i in range(1, len(words)) if words[i][0].isupper() and len(words[i]) > 2]
    return _Line(n, ends, ends and n >= PROSE_WORDS, score, kind, low, names, values)


def text_features(blocks: Sequence[Block], weights: dict[str, float]) -> np.ndarray:
    """float32, shape (blocks, TEXT_FEATURES): by words, shape, place and neighbours."""
    if not blocks:
        return np.zeros((0, len(TEXT_FEATURES)), dtype=np.float32)
    lines = [_line(b.text, weights) for b in blocks]
    own = np.array([line.values for line in lines], dtype=np.float32)
    around = np.column_stack([*_position(blocks, lines), *_known(lines), *_neighbours(blocks, lines)])
    return np.hstack([own, around]).astype(np.float32)


def _position(blocks: Sequence[Block], lines: Sequence[_Line]) -> list[np.ndarray]:
    """Where each line stands on the page and to the lines of prose."""
    n = len(lines)
    index = np.arange(n)
    prose = np.array([line.prose for line in lines])
    at = np.flatnonzero(prose)
    before = np.cumsum(prose) - prose
    after = len(at) - before - prose
    far = np.concatenate([[-99], at, [n + 99]])
    last = far[np.searchsorted(at, index, side="left")]
    following = far[np.searchsorted(at, index, side="right") + 1]
    kinds = np.array([line.kind >= 0 for line in lines])
    return [
        np.array([b.gap for b in blocks]), np.minimum(index, 30), np.minimum(n - 1 - index, 30), index / n,
        np.minimum(before, 20), np.minimum(after, 20), np.minimum(index - last, 30),
        np.minimum(following - index, 30), (before > 0) & (after > 0), np.cumsum(kinds) - kinds,
    ]  # fmt: skip


def _known(lines: Sequence[_Line]) -> list[list[float]]:
    """Per line, how many of its longer words, and of its names, other lines of prose know."""
    said: dict[str, int] = {}
    for line in lines:
        if line.prose:
            for word in set(line.low):
                said[word] = said.get(word, 0) + 1
    words, names = [], []
    for line in lines:
        least = 2 if line.prose else 1  # its own words do not count
        content = [w for w in line.low if len(w) > 3 and w not in word_set("prose", "function")]
        words.append(sum(said.get(w, 0) >= least for w in content) / len(content) if content else 0.5)
        names.append(
            sum(said.get(w, 0) >= least for w in line.names) / len(line.names) if line.names else 0.5
        )
    return [words, names]


def _neighbours(blocks: Sequence[Block], lines: Sequence[_Line]) -> list[np.ndarray]:
    """What stands above and below each line."""
    n = len(lines)
    facts = np.array([(math.log1p(x.words), x.ends, x.score, x.kind) for x in lines], dtype=np.float32)
    edge = np.array([[-1, -1, 0, -2]], dtype=np.float32)
    above, below = np.vstack([edge, facts[:-1]]), np.vstack([facts[1:], edge])
    padded = np.pad(facts[:, 2], 3, mode="edge")
    prose = np.array([line.prose for line in lines])
    index = np.arange(n)
    run = index - np.maximum.accumulate(np.where(prose, index, -1))
    counts: dict[str, int] = {}
    for block in blocks:
        counts[block.text] = counts.get(block.text, 0) + 1
    return [
        np.append(prose[1:], False), *above.T, *below.T, sum(padded[i : i + n] for i in range(7)) / 7,
        np.minimum(run, 30), np.array([counts[b.text] - 1 for b in blocks]), np.full(n, min(n, 200)),
    ]  # fmt: skip


_TAG_COLUMNS = {"p": 0, "li": 2, "div": 3, "td": 4, "th": 4, "tr": 4}


def candidates(blocks: Sequence[Block], found: Sequence[bool]) -> list[int]:
    """Indices of the blocks that can be the report: not short lines that are links and nothing else.

    On most pages those are the greater part; one that trafilatura keeps stays in.
    """
    return [
        i
        for i, b in enumerate(blocks)
        if found[i]
        or b.linked < 0.9 * (len(b.text) - b.text.count(" "))
        or len(b.text) > _LONGEST_LINK
        or is_prose(b.text)
    ]


def html_features(blocks: Sequence[Block], found: Sequence[bool], at: Sequence[int]) -> np.ndarray:
    """float32, shape (blocks, HTML_FEATURES).

    ``found``: whether trafilatura keeps the block; ``at``: the block's place among all of the page's
    blocks, where some were left out (see ``candidates``).
    """
    n = len(blocks)
    kept = np.array(found, dtype=np.float32)
    padded = np.pad(kept, 3) if n else kept
    window = sum(padded[i : i + n] for i in range(7)) / 7 if n else kept
    sizes = np.array([len(b.text) for b in blocks], dtype=np.float32)
    links = np.array([b.linked for b in blocks], dtype=np.float32)
    link_window = _smooth(links) / np.maximum(_smooth(sizes), 1) if n else links
    places: dict[tuple[str, int, int], float] = {}
    for block, size, keep in zip(blocks, sizes, kept, strict=True):
        key = (block.tag, block.places, block.depth)
        places[key] = places.get(key, 0.0) + size * keep
    total = max(1.0, float((sizes * kept).sum()))
    deep = float(np.average([b.depth for b in blocks], weights=sizes * kept + 1e-6)) if n else 0.0
    boxed = _boxes(np.array([b.box for b in blocks]), sizes, kept, links)
    outer = _boxes(np.array([b.outer for b in blocks]), sizes, kept, links)
    tags = _tags(blocks)
    rows = (
        np.column_stack(
            [
                kept,
                np.concatenate([[0], kept[:-1]]),
                np.concatenate([kept[1:], [0]]),
                window,
                links / np.maximum(sizes, 1),
                [b.bold / max(1, len(b.text)) for b in blocks],
                [b.depth for b in blocks],
                [b.depth - deep for b in blocks],
                tags,
                link_window,
                [places[(b.tag, b.places, b.depth)] / total for b in blocks],
                boxed[0],
                outer[0],
                boxed[1],
                outer[1],
                boxed[2],
                np.minimum(np.diff(at, prepend=-1) - 1, 30),
                np.minimum(np.diff(at, append=at[-1] + 1) - 1, 30),
            ]
        )
        if n
        else np.zeros((0, 23))
    )
    bits = [_bits([b.places for b in blocks]), _bits([b.own for b in blocks])]
    return np.hstack([rows, *bits]).astype(np.float32)


def _tags(blocks: Sequence[Block]) -> np.ndarray:
    """One column per kind of element, 1 where the block is one."""
    tags = np.zeros((len(blocks), 6), dtype=np.float32)
    for i, block in enumerate(blocks):
        tags[i, 1 if block.tag in HEADINGS else _TAG_COLUMNS.get(block.tag, 5)] = 1
    return tags


def _bits(places: Sequence[int]) -> np.ndarray:
    """One column per kind of place."""
    return np.array([[p >> k & 1 for k in range(len(PLACES))] for p in places]).reshape(-1, len(PLACES))


def _boxes(box: np.ndarray, sizes: np.ndarray, kept: np.ndarray, links: np.ndarray) -> tuple[np.ndarray, ...]:
    """Per block, of its box: the part that is kept, its part of all that is kept, the part in links."""
    if not len(box):
        return box, box, box
    _, where = np.unique(box, return_inverse=True)
    size = np.bincount(where, sizes)
    found = np.bincount(where, sizes * kept)
    return (
        (found / np.maximum(size, 1))[where],
        (found / max(1.0, found.sum()))[where],
        (np.bincount(where, links) / np.maximum(size, 1))[where],
    )


def _smooth(values: np.ndarray) -> np.ndarray:
    padded = np.pad(values, 2)
    return sum(padded[i : i + len(values)] for i in range(5))
