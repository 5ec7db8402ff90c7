"""The encoder: one pass over a sentence gives its meaning, parts of speech, syntax and names.

The model is loaded once, on first use. Each sentence runs by itself on one thread, several at once:
its 8-bit arithmetic takes its scale from what is in the batch, so only so is the result the same in
whatever company and order a sentence arrives.
"""

from __future__ import annotations

import json
import os
import threading
from collections import OrderedDict, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np

from consilience.errors import ModelError
from consilience.language.pieces import Pieces, count, pieces
from consilience.language.tagging import best_tags
from consilience.language.trees import best_tree

WINDOW = 220  # pieces of a sentence that are read at once; the model knows 512 places
AHEAD = 4  # groups of sentences (articles) that are run while one before them is looked at
CACHED = 40_000  # word pieces of sentences kept for later calls: 60 MB of states


Key = tuple[tuple[str, ...], tuple[bool, ...]]  # a sentence: its words, whether a space stands before each
Asked = Sequence[tuple[Sequence[str], Sequence[bool]]]


@dataclass(frozen=True, eq=False)
class Encoded:
    """What the model says of one sentence; ``upos``, ``heads``, ``relations``, ``tags`` per word."""

    vector: np.ndarray
    states: np.ndarray
    places: tuple[tuple[int, int, int], ...]
    upos: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]
    tags: tuple[str, ...]


@cache
def _session() -> Any:
    """The onnxruntime session, loaded on first use. Raises ``errors.ModelError`` where it is missing."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    model = files("consilience") / "language" / "models" / "encoder.onnx"
    if not model.is_file():
        raise ModelError("the encoder's model is missing from the installed package")
    with as_file(model) as path:
        return onnxruntime.InferenceSession(
            str(path),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],  # the fused node takes five times as long
        )


def _windows(words: Sequence[str]) -> list[tuple[int, int]]:
    """Cuts of a sentence into runs of words of at most ``WINDOW`` pieces, nearly always one."""
    sizes = count(words)
    if sum(sizes) <= WINDOW:
        return [(0, len(words))]
    cuts, start, size = [], 0, 0
    for i, n in enumerate(sizes):
        if size + n > WINDOW:
            cuts.append((start, i))
            start, size = i, 0
        size += n
    return [*cuts, (start, len(words))]


@cache
def _labels() -> dict[str, tuple[str, ...]]:
    """The labels that the model's numbers stand for, from its own metadata."""
    found = json.loads(_session().get_modelmeta().custom_metadata_map["labels"])
    return {key: tuple(value) for key, value in found.items()}


_OUTPUTS = ["vector", "states", "upos", "tags", "arcs", "choices", "relations"]


def _ask(item: Pieces, heads: np.ndarray, outputs: list[str]) -> list[np.ndarray]:
    given = {"ids": item.ids[None], "shapes": item.shapes[None], "known": item.known[None]}
    given |= {"firsts": item.firsts, "heads": heads}
    return _session().run(outputs, given)


def _run(item: Pieces) -> Encoded:
    """One window through the model; a second time where the best tree has an arc that is none of the
    word's first choices, to name its relation."""
    n = len(item.firsts)
    vector, states, upos, tags, arcs, choices, relations = _ask(
        item, np.full(n, -1, dtype=np.int64), _OUTPUTS
    )
    heads = best_tree(arcs)
    hit = choices == heads[:, None]
    if hit.any(1).all():
        named = relations[np.arange(n), hit.argmax(1)]
    else:
        named = _ask(item, heads, ["relations"])[0][:, 0]
    labels = _labels()
    return Encoded(
        vector[0],
        states[0],
        item.places,
        tuple([labels["upos"][i] for i in upos.tolist()]),
        tuple([h - 1 for h in heads.tolist()]),
        tuple([labels["relations"][i] for i in named.tolist()]),
        best_tags(tags, labels["tags"]),
    )


def _sentence(words: Sequence[str], spaced: Sequence[bool]) -> Encoded:
    parts = [_run(pieces(words[a:b], spaced[a:b])) for a, b in _windows(words)]
    if len(parts) == 1:
        return parts[0]
    return _joined(parts)


def _joined(parts: list[Encoded]) -> Encoded:
    """One sentence from its windows: the root of each later window hangs on the first one's."""
    vector = np.sum([p.vector * len(p.states) for p in parts], axis=0)
    vector = (vector / np.linalg.norm(vector)).astype(np.float32)
    heads: list[int] = []
    relations: list[str] = []
    places: list[tuple[int, int, int]] = []
    root = next((i for i, h in enumerate(parts[0].heads) if h < 0), 0)
    parsed = sum(h < 0 for h in parts[0].heads) == 1
    for part in parts:
        base = len(heads)
        places += [(w + base if w >= 0 else w, a, b) for w, a, b in part.places]
        for head, relation in zip(part.heads, part.relations, strict=True):
            late = parsed and head < 0 and base > 0
            heads.append(root if late else head + base if head >= 0 else -1)
            relations.append("parataxis" if late else relation)
    return Encoded(
        vector,
        np.concatenate([p.states for p in parts]),
        tuple(places),
        sum((p.upos for p in parts), ()),
        tuple(heads),
        tuple(relations),
        sum((p.tags for p in parts), ()),
    )


_kept: OrderedDict[tuple, Encoded] = OrderedDict()
_size = 0  # word pieces in ``_kept``
_lock = threading.Lock()


def workers(threads: int) -> int:
    """How many sentences run at once: ``threads``, or for 0 the machine's cores, at most four."""
    return (
        threads
        if threads > 0
        else min(4, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    )


def encode(sentences: Asked, threads: int = 0) -> list[Encoded]:
    """What the model says of each sentence, given as (words, whether a space stands before each).

    The result for a sentence does not depend on the others. A sentence met before is not run again.
    """
    return next(encode_each([sentences], threads))


def encode_each(groups: Iterable[Asked], threads: int = 0) -> Iterator[list[Encoded]]:
    """``encode`` of one group of sentences after the other, in their order.

    The groups that follow (a few: their results wait in memory) are worked on while the caller looks at
    one, so that the time of both is not added up. ``groups`` is read in the caller's thread.
    """
    pool: ThreadPoolExecutor | None = None
    waiting: deque[tuple[list[Key], dict[Key, Encoded | Future[Encoded]]]] = deque()
    running: dict[Key, Future[Encoded]] = {}
    try:
        for group in groups:
            keys = [(tuple(words), tuple(spaced)) for words, spaced in group]
            with _lock:
                have: dict[Key, Encoded | Future[Encoded]] = {k: _kept[k] for k in keys if k in _kept}
            for key in sorted({k for k in keys if k not in have}, key=lambda k: -len(k[0])):
                if key not in running:
                    _session()
                    pool = pool or ThreadPoolExecutor(workers(threads))
                    running[key] = pool.submit(_sentence, *key)
                have[key] = running[key]
            waiting.append((keys, have))
            if len(waiting) > AHEAD:
                yield _done(*waiting.popleft(), running)
        while waiting:
            yield _done(*waiting.popleft(), running)
    finally:
        if pool:
            pool.shutdown(cancel_futures=True)


def _done(
    keys: list[Key], have: dict[Key, Encoded | Future[Encoded]], running: dict[Key, Future[Encoded]]
) -> list[Encoded]:
    """A group's results once all of them are there."""
    found = {k: e.result() if isinstance(e, Future) else e for k, e in have.items()}
    for key in found:
        running.pop(key, None)
    _keep(found)
    return [found[key] for key in keys]


def _keep(found: dict[tuple, Encoded]) -> None:
    """Remembers sentences for later calls, the longest unused ones going first."""
    global _size
    with _lock:
        for key, encoded in found.items():
            if key not in _kept:
                _size += len(encoded.states)
            _kept[key] = encoded
            _kept.move_to_end(key)
        while _size > CACHED:
            _size -= len(_kept.popitem(last=False)[1].states)


def forget() -> None:
    """Lets go of every sentence that is remembered."""
    global _size
    with _lock:
        _kept.clear()
        _size = 0
