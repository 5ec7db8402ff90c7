"""Which words are cues: the acts of the rules weighed, and words found that no list has.

A logistic model over what the tree and the lists show of a word (``cue_features``) and its encoder state,
trained by ``training/attribution`` on written passages and kept in ``cues_model.json``.
"""

from __future__ import annotations

import math
from functools import cache
from typing import NamedTuple

import numpy as np

from consilience.errors import ModelError
from consilience.model import Analysis
from consilience.reports import opened
from consilience.reports.cue_features import features
from consilience.reports.linear import Dense, Linear, read
from consilience.reports.parsed import OPEN, Acts, Candidate
from consilience.reports.reported import Act

# Chances, from the words judged in sentences of stories that the model had not seen: of the acts with less
# than LEAST one in twenty was right, of the other words with more than FOUND nine in ten.
LEAST, FOUND = 0.2, 0.8
DEED = 0.05  # the least of deeds in words and papers ("signed the bill"), of which few were judged
# To save time: of 12,000 words of stories none whose state alone scores less than HOPELESS reached FOUND by
# what it shows, and no act of the rules with more than SURE fell below LEAST.
HOPELESS, SURE = 1.0, 2.0


class Model(NamedTuple):
    """``shown``: features of the tree and the lists; ``state``: the encoder's. Their scores are added."""

    shown: Linear
    state: Dense


@cache
def model() -> Model:
    """The model. Raises ``errors.ModelError`` where the file is missing or broken."""
    data = read("cues_model.json")
    try:
        return Model(Linear.from_json(data["shown"]), Dense.from_json(data["state"]))
    except (KeyError, AttributeError) as fault:
        raise ModelError(f"the model of cues is broken: {fault}") from None


def word_states(analysis: Analysis) -> list[tuple[list[int], np.ndarray]]:
    """Of each sentence the tokens that are verbs, nouns and adjectives, and the sum of the states of each
    one's pieces: float32, shape (tokens, dimensions)."""
    sentences = analysis.sentences[: len(analysis.states)]
    picked = [[k for k, t in enumerate(s.tokens) if t.upos in OPEN] for s in sentences]
    tokens = [s.tokens[k] for s, ks in zip(sentences, picked, strict=True) for k in ks]
    if not tokens:
        return [(ks, np.zeros((0, 0), np.float32)) for ks in picked]
    starts = np.fromiter((t.start for t in tokens), np.int64, len(tokens))
    ends = np.fromiter((t.end for t in tokens), np.int64, len(tokens))
    pieces = np.fromiter((x for s in analysis.state_spans for p in s for x in p), np.int64).reshape(-1, 2)
    word = np.searchsorted(starts, pieces[:, 0], side="right") - 1
    kept = np.flatnonzero((word >= 0) & (pieces[:, 1] > pieces[:, 0]) & (pieces[:, 0] < ends[word]))
    word, states = word[kept], np.concatenate(analysis.states)
    rank = np.arange(len(word)) - np.searchsorted(word, word)  # which piece of its word each one is
    sums = np.zeros((len(tokens), states.shape[1]), np.float32)
    for r in range(int(rank.max(initial=-1)) + 1):
        sums[word[rank == r]] += states[kept[rank == r]]
    parts = np.split(sums, np.cumsum([len(ks) for ks in picked])[:-1])
    return list(zip(picked, parts, strict=True))


class Weigher:
    """Chooses among the candidates of an article's sentences."""

    def __init__(self, analysis: Analysis, known: Model | None = None) -> None:
        self.model = known if known is not None else model()
        self.scores: dict[int, dict[int, float]] = {}
        states = word_states(analysis)
        if any(picked for picked, _ in states):
            dense = self.model.state
            every = np.concatenate([s for picked, s in states if picked])
            scores = iter((dense.scaled(every, dense.middle) @ dense.weights[0]).tolist())
            for sentence, (picked, _) in zip(analysis.sentences, states, strict=False):
                self.scores[sentence.tokens[0].start] = {k: next(scores) for k in picked}

    def __call__(self, tree: Acts, found: list[Candidate]) -> list[tuple[int, Act]]:
        """The acts kept and the acts found, with the tokens that they are about."""
        scores = self.scores.get(tree.tokens[0].start, {})
        out = []
        for i, act in found:
            state = scores.get(i)
            if state is None or act is not None and (act.kind == "according" or state > SURE):
                if act is not None:
                    out.append((i, act))
                continue
            if act is None and state < HOPELESS:
                continue
            score = state + float(self.model.shown.scores(features(tree, i, act))[0])
            if score < _least(act):
                continue
            made = act if act is not None else opened.act(tree, i)
            if made is not None:
                out.append((i, made))
        return out


def _least(act: Act | None) -> float:
    """The score that a word must reach."""
    bar = FOUND if act is None else DEED if act.kind == "deed" else LEAST
    return math.log(bar / (1.0 - bar))
