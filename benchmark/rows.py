"""One line of the scoreboard."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """``value`` of a measure ``name`` over ``of`` items; ``note`` says with what it compares."""

    name: str
    value: float
    of: int = 0
    note: str = ""
