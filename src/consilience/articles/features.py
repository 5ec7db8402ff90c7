"""What is measured of each line of a page, for the models that tell report from furniture.

One row per block, one column per name of ``TEXT_FEATURES`` (all pages) and ``HTML_FEATURES`` (what
tags, classes and trafilatura add). The idea of judging a block by its length, its link density and
its neighbours is that of Kohlschuetter, Fankhauser and Nejdl, "Boilerplate detection using shallow
text features" (WSDM 2010).
"""

# ruff: noqa: SIM905 (a list of words reads better as words)
from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from consilience.articles.blocks import HEADINGS, PLACES, Block
from consilience.articles.lines import END, KINDS, is_crumb, is_date_line, kinds_of

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[^\w\s]")
_WORDS_READ = 40  # words of a line that the word score reads
PROSE_WORDS = 15  # a line of so many words with a sentence's end stands for the report
_FUNCTION = frozenset(
    "a an and are as at be been but by for from had has have he her his i in is it its no not of on "
    "or said she that the their them they this to was we were which who will with would you".split()
)
_SAYS = frozenset(["said", "says", "told", "according", "added", "saying", "asked", "announced"])

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
    "box_found", "outer_found", "box_share", "outer_share", "box_linked", *(f"at_{p}" for p in PLACES),
    *(f"own_{p}" for p in PLACES),
)  # fmt: skip


class Line(NamedTuple):
    """What one line says by itself."""

    words: int
    ends: bool
    prose: bool
    score: float
    kind: int
    tokens: tuple[str, ...]
    values: tuple[float, ...]


def tokens_of(text: str) -> list[str]:
    """The tokens that the word score knows: words in small letters, numbers as "0", marks."""
    tokens = _TOKEN.findall(text[:400])[:_WORDS_READ]
    return ["0" if t[0].isdigit() else t.lower().replace("’", "'") for t in tokens]


def word_features(text: str) -> set[str]:
    """Words, pairs of words, first and last word of a line, and its rough length."""
    tokens = tokens_of(text)
    out = {*tokens, *(f"{a} {b}" for a, b in zip(tokens, tokens[1:], strict=False))}
    if tokens:
        out |= {f"^{tokens[0]}", f"^{' '.join(tokens[:2])}", f"{tokens[-1]}$"}
    out.add(f"#{min(6, int(math.log2(1 + len(tokens))))}")
    return out


def word_score(text: str, weights: dict[str, float]) -> float:
    """Log odds that a line is the report, by its words: a linear model on a unit-length bag."""
    found = word_features(text)
    return weights[""] + sum(weights.get(f, 0.0) for f in found) / math.sqrt(len(found))


def _line(text: str, score: float) -> Line:
    words = text.split()
    n = len(words)
    low = [w.strip(".,;:!?\"'“”‘’()").lower() for w in words]
    letters = [w for w in words if w[0].isalpha()]
    kind = kinds_of(text)
    ends = bool(END.search(text))
    values = (
        math.log1p(n),
        math.log1p(len(text)),
        ends,
        text[-1] == ":",
        text[-1] == ",",
        text[-1].isalnum(),
        sum(w[0].isupper() for w in letters) / max(1, len(letters)),
        text.isupper(),
        sum(c.isdigit() for c in text) / len(text),
        text[0].islower(),
        text[0] in "\"“‘'«",
        text[0].isdigit(),
        sum(text.count(c) for c in "|›»>·•/"),
        "©" in text,
        "@" in text,
        text[0] in "([" and text[-1] in ")]",
        sum(text.count(c) for c in '“”"«»'),
        text.count(","),
        sum(w in _FUNCTION for w in low) / n,
        any(w in _SAYS for w in low),
        len(re.findall(r"[.!?][\"”’)]*(?:\s|$)", text)),
        -1 < text.find(":") < 24,
        text.endswith(("...", "…")),
        is_date_line(text),
        is_crumb(text),
        score,
        kind >= 0,
        *(kind == i for i in range(len(KINDS))),
    )
    return Line(n, ends, ends and n >= PROSE_WORDS, score, kind, tuple(low), values)


def text_features(blocks: Sequence[Block], weights: dict[str, float]) -> np.ndarray:
    """float32, shape (blocks, TEXT_FEATURES): by words, shape, place and neighbours."""
    lines = [_line(b.text, word_score(b.text, weights)) for b in blocks]
    n = len(lines)
    prose = np.array([line.prose for line in lines], dtype=bool)
    at = np.flatnonzero(prose)
    before = np.cumsum(prose) - prose
    after = len(at) - before - prose
    index = np.arange(n)
    where = np.searchsorted(at, index)
    last = np.where(where > 0, at[np.maximum(where - 1, 0)] if len(at) else 0, -99)
    where_next = np.searchsorted(at, index, side="right")
    following = np.where(
        where_next < len(at), at[np.minimum(where_next, len(at) - 1)] if len(at) else 0, n + 99
    )
    said: dict[str, int] = {}
    for line in lines:
        if line.prose:
            for word in set(line.tokens):
                said[word] = said.get(word, 0) + 1
    counts: dict[str, int] = {}
    for block in blocks:
        counts[block.text] = counts.get(block.text, 0) + 1
    scores = np.array([line.score for line in lines], dtype=np.float32)
    padded = np.pad(scores, 3, mode="edge") if n else scores
    window = sum(padded[i : i + n] for i in range(7)) / 7 if n else scores
    kinds = np.array([line.kind >= 0 for line in lines], dtype=np.float32)
    kinds_before = np.cumsum(kinds)
    rows = []
    run = 0
    for i, line in enumerate(lines):
        run = 0 if line.prose else run + 1
        own = set(line.tokens) if line.prose else frozenset()
        content = [w for w in line.tokens if len(w) > 3 and w not in _FUNCTION]
        known = sum(said.get(w, 0) > (w in own) for w in content) / len(content) if content else 0.5
        names = [w for w in blocks[i].text.split()[1:] if w[:1].isupper() and len(w) > 2]
        known_names = (
            sum(said.get(w.strip(".,;:!?\"'“”‘’()").lower(), 0) > line.prose for w in names) / len(names)
            if names
            else 0.5
        )
        prev, follow = lines[i - 1] if i else None, lines[i + 1] if i + 1 < n else None
        rows.append(
            (
                *line.values,
                blocks[i].gap,
                min(i, 30),
                min(n - 1 - i, 30),
                i / n,
                min(before[i], 20),
                min(after[i], 20),
                min(i - last[i], 30),
                min(following[i] - i, 30),
                before[i] > 0 and after[i] > 0,
                kinds_before[i] - kinds[i],
                known,
                known_names,
                follow is not None and follow.prose,
                *((math.log1p(prev.words), prev.ends, prev.score, prev.kind) if prev else (-1, -1, 0, -2)),
                *(
                    (math.log1p(follow.words), follow.ends, follow.score, follow.kind)
                    if follow
                    else (-1, -1, 0, -2)
                ),
                window[i],
                min(run, 30),
                counts[blocks[i].text] - 1,
                min(n, 200),
            )
        )
    return np.array(rows, dtype=np.float32).reshape(n, len(TEXT_FEATURES))


_TAG_COLUMNS = {"p": 0, "li": 2, "div": 3, "td": 4, "th": 4, "tr": 4}


def html_features(blocks: Sequence[Block], found: Sequence[bool]) -> np.ndarray:
    """float32, shape (blocks, HTML_FEATURES); ``found``: whether trafilatura keeps the block."""
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
    place_bits = np.array([[b.places >> k & 1 for k in range(len(PLACES))] for b in blocks], dtype=np.float32)
    own_bits = np.array([[b.own >> k & 1 for k in range(len(PLACES))] for b in blocks], dtype=np.float32)
    tags = np.zeros((n, 6), dtype=np.float32)
    for i, block in enumerate(blocks):
        tags[i, 1 if block.tag in HEADINGS else _TAG_COLUMNS.get(block.tag, 5)] = 1
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
            ]
        )
        if n
        else np.zeros((0, 21))
    )
    return np.hstack([rows, place_bits.reshape(n, -1), own_bits.reshape(n, -1)]).astype(np.float32)


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
