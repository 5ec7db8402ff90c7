"""The learnt part of commitments: two models tell the sentences that hold one, two tell its status.

Trained by ``training/commitments.py`` on ``benchmark/stories`` and the written sentences beside it, and
kept in ``commitments_model.json``.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import numpy as np

from consilience.errors import ModelError
from consilience.model import Analysis
from consilience.reports.commitments_parties import committing
from consilience.reports.linear import Dense, Linear, read
from consilience.spans import Span

WORDS_FIND = 0.75  # share of the words' model in the score of a sentence, best on stories left out
WORDS_SAY = 0.65  # share of the words' model in the mean of the two logarithms, best on stories left out


class Models(NamedTuple):
    """``detector`` and ``status`` go by words and syntax, ``sense`` and ``meaning`` by encoder states."""

    detector: Linear
    sense: Dense
    status: Linear
    meaning: Dense

    def holds(self, features: Iterable[str], state: np.ndarray | None) -> float:
        """How likely a sentence holds a commitment, by its features and state (None: no encoder)."""
        score = float(self.detector.scores(features)[0])
        if state is not None:
            score = WORDS_FIND * score + (1 - WORDS_FIND) * float(self.sense.scores(state)[0])
        return float(1.0 / (1.0 + np.exp(-score)))

    def chances(self, features: Iterable[str], state: np.ndarray | None) -> np.ndarray:
        """How likely each of ``status.classes`` is, by a clause's features and ``clause_state``."""
        words = self.status.probabilities(features)
        if state is None:
            return words
        return pooled(words, self.meaning.probabilities(state))


def pooled(words: np.ndarray, meaning: np.ndarray) -> np.ndarray:
    """The weighted geometric mean of two opinions (classes), as chances: a logarithmic opinion pool."""
    mean = np.exp(WORDS_SAY * np.log(words + 1e-4) + (1 - WORDS_SAY) * np.log(meaning + 1e-4))
    return mean / mean.sum()


@cache
def models() -> Models:
    """The models. Raises ``errors.ModelError`` where the file is missing or broken."""
    data = read("commitments_model.json")
    try:
        detector, status = (Linear.from_json(data[k]) for k in ("detector", "status"))
        sense, meaning = (Dense.from_json(data[k]) for k in ("sense", "meaning"))
        return Models(detector, sense, status, meaning)
    except (KeyError, AttributeError) as fault:
        raise ModelError(f"the model of commitments is broken: {fault}") from None


def state(analysis: Analysis, index: int, span: Span) -> np.ndarray | None:
    """The mean of the encoder's states (dimensions) over the part ``span`` of sentence ``index``."""
    if index >= len(analysis.states):
        return None
    start, end = span
    held = [k for k, (a, b) in enumerate(analysis.state_spans[index]) if a < end and start < b and a < b]
    return analysis.states[index][held].astype(np.float32).mean(axis=0) if held else None


def clause_state(analysis: Analysis, index: int, span: Span) -> np.ndarray | None:
    """The state of the part ``span`` and that of the verb in it that commits, each of length 1, end to end
    (two times dimensions); the verb tells more of the status than all other words together."""
    whole = state(analysis, index, span)
    if whole is None:
        return None
    act = committing(analysis, index, span)
    verb = analysis.sentences[index].tokens[act.verb] if act else None
    own = state(analysis, index, Span(verb.start, verb.end)) if verb else None
    parts = [whole, whole if own is None else own]
    return np.concatenate([part / max(float(np.linalg.norm(part)), 1e-9) for part in parts])
