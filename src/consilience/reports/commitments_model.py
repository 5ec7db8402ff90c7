"""The learnt part of commitments: one model tells the sentences that hold one, one tells its status.

Trained by ``training/commitments.py`` on ``benchmark/stories`` and kept in ``commitments_model.json``.
"""

from __future__ import annotations

from functools import cache

from consilience.reports.linear import Linear, load


@cache
def models() -> tuple[Linear, Linear]:
    """The detector and the status model. Raises ``errors.ModelError`` where the file is missing or broken."""
    found = load("commitments_model.json")
    return found["detector"], found["status"]
