"""A linear model over named features, kept as plain data and evaluated with numpy.

What is learnt in ``training/`` with logistic regression (Cox 1958) is shipped in this form.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from importlib.resources import files

import numpy as np

from consilience.errors import ModelError


class Linear:
    """Rows of weights over named features; a set of features is scaled to length 1 first.

    ``weights``: float32 of shape (classes, features); ``bias``: of shape (classes).
    """

    def __init__(self, names: list[str], weights: np.ndarray, bias: np.ndarray, classes: list[str]) -> None:
        self.index = {name: i for i, name in enumerate(names)}
        self.weights, self.bias, self.classes = weights, bias, classes

    def scores(self, features: Iterable[str]) -> np.ndarray:
        """The linear score of each class; sorted sums, so that the order of a set has no part in it."""
        known = sorted([i for i in map(self.index.get, features) if i is not None])
        if not known:
            return self.bias.copy()
        return self.weights.T.take(known, axis=0).sum(axis=0) / math.sqrt(len(known)) + self.bias

    def probability(self, features: Iterable[str]) -> float:
        """Of a model with one row: how likely it is, 0 to 1."""
        return float(1.0 / (1.0 + np.exp(-self.scores(features)[0])))

    def probabilities(self, features: Iterable[str]) -> np.ndarray:
        """Of a model with a row per class: how likely each is."""
        scores = self.scores(features)
        scaled = np.exp(scores - scores.max())
        return scaled / scaled.sum()

    def to_json(self) -> dict:
        """Plain data, weights as thousandths."""
        return {
            "classes": self.classes,
            "bias": [round(float(b), 3) for b in self.bias],
            "weights": {
                name: [int(round(1000 * float(w))) for w in self.weights[:, i]]
                for name, i in self.index.items()
            },
        }

    @classmethod
    def from_json(cls, data: dict) -> Linear:
        """What ``to_json`` gave."""
        names = list(data["weights"])
        weights = np.array([data["weights"][n] for n in names], np.float32).T / 1000.0
        return cls(names, weights, np.array(data["bias"], np.float32), data["classes"])


class Dense:
    """A linear model over a vector, which is centred on ``middle`` and scaled to length 1 first.

    ``weights``: float32 of shape (classes, dimensions); ``bias``: (classes); ``middle``: (dimensions).
    """

    def __init__(self, weights: np.ndarray, bias: np.ndarray, middle: np.ndarray, classes: list[str]) -> None:
        self.weights, self.bias, self.middle, self.classes = weights, bias, middle, classes

    @staticmethod
    def scaled(vectors: np.ndarray, middle: np.ndarray) -> np.ndarray:
        """Vectors of shape (…, dimensions) as the model wants them: length 1, centred, length 1 again."""
        out = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9) - middle
        return out / np.maximum(np.linalg.norm(out, axis=-1, keepdims=True), 1e-9)

    def scores(self, vector: np.ndarray) -> np.ndarray:
        """The linear score of each class of a vector of shape (dimensions)."""
        return self.weights @ self.scaled(vector, self.middle) + self.bias

    def probabilities(self, vector: np.ndarray) -> np.ndarray:
        """Of a model with a row per class: how likely each is."""
        scores = self.scores(vector)
        chances = np.exp(scores - scores.max())
        return chances / chances.sum()

    def to_json(self) -> dict:
        """Plain data, weights as thousandths, the middle as hundred-thousandths."""
        return {
            "classes": self.classes,
            "bias": [round(float(b), 3) for b in self.bias],
            "middle": [int(round(1e5 * float(m))) for m in self.middle],
            "rows": [[int(round(1000 * float(w))) for w in row] for row in self.weights],
        }

    @classmethod
    def from_json(cls, data: dict) -> Dense:
        """What ``to_json`` gave."""
        weights = np.array(data["rows"], np.float32) / 1000.0
        middle = np.array(data["middle"], np.float32) / 1e5
        return cls(weights, np.array(data["bias"], np.float32), middle, data["classes"])


def read(name: str) -> dict[str, dict]:
    """The models of the file ``name`` in this folder, as plain data.

    Raises ``errors.ModelError`` where it is missing or no JSON.
    """
    try:
        return json.loads((files("consilience") / "reports" / name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise ModelError(f"the model {name} is missing or broken: {fault}") from None


def load(name: str) -> dict[str, Linear]:
    """The models of the file ``name`` in this folder. Raises ``errors.ModelError`` where it is broken."""
    try:
        return {key: Linear.from_json(value) for key, value in read(name).items()}
    except (KeyError, AttributeError) as fault:
        raise ModelError(f"the model {name} is missing or broken: {fault}") from None
