"""The learnt part of commitments: two linear models over sets of features, evaluated with numpy.

Logistic regressions (Cox 1958) trained by ``training/commitments.py`` on ``benchmark/stories`` and kept
in ``commitments_model.json``: one tells sentences that hold a commitment, one tells its status.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from functools import cache
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
        known = sorted(i for f in features if (i := self.index.get(f)) is not None)
        if not known:
            return self.bias.copy()
        return self.weights[:, known].sum(axis=1) / math.sqrt(len(known)) + self.bias

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


@cache
def models() -> tuple[Linear, Linear]:
    """The detector and the status model. Raises ``errors.ModelError`` where the file is missing or broken."""
    path = files("consilience") / "reports" / "commitments_model.json"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Linear.from_json(data["detector"]), Linear.from_json(data["status"])
    except (OSError, ValueError, KeyError) as fault:
        raise ModelError(f"the model of commitments is missing or broken: {fault}") from None
