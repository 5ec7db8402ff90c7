"""Whether two figures agree: each leaves something open, by its digits, its hedge and its unit.

"Nearly 19,000" and 19,000, "about 60" and 62, 33 and 33.3 per cent, a yard and 0.9 metres are no difference.
"""

from __future__ import annotations

import math
import re
from functools import cache

import numpy as np

from consilience.lexicons import after_article, lexicon
from consilience.model import FigureMention

WIDE = 0.05  # a hedged number, or one in other units, leaves open at least this part of itself on either side
EXACT = 0.005  # numbers within this part of each other are one (conversions round)
HALF = 0.49  # of the last digit is left open by rounding; less than one half, so that 87 and 88 stay two
VAGUE = 15  # times the least that "hundreds" may mean, at most: 1,400 people are hundreds to some
FULL = 1000  # from which on a number of one digit and zeros stands for what is near it; lengths of time
FULL_MEASURE, CLOSE = 10, 0.07  # and measures from 10 on: within this part of it (30 seconds, 32)
NEARLY = 0.2  # what "nearly" and "more than" may leave open, at most, of a number of two digits or more

CURRENCIES = frozenset({"USD", "EUR", "GBP"})  # that no report means by another's word, as it may by "pesos"


def interval(figure: FigureMention) -> tuple[float, float]:
    """What the figure leaves open, as [low, high] in its own unit."""
    low, high = figure.value if isinstance(figure.value, tuple) else (figure.value, figure.value)
    if figure.kind == "date":
        return low, high
    if vague(figure):
        return low, VAGUE * low
    slack = EXACT * max(abs(low), abs(high))
    hedge = (figure.hedge or "").casefold()
    if not figure.approximate or hedge in words_of("plain"):
        if figure.kind == "percent" and low == high:
            slack = max(HALF * 10.0 ** -_decimals(figure.evidence.text, high), 1e-9)
        return low - slack, high + slack
    grain = _grain(high)
    if hedge.startswith(words_of("above")):
        # "at least 14" is what was counted, and 27 is another count: no more is left open than the
        # last digit
        return low - slack, high + (max(min(grain, NEARLY * abs(high)), slack) if high >= 20 else slack)
    if hedge.startswith(words_of("below")):
        return low - (max(min(grain, NEARLY * abs(low)), slack) if low >= 20 else slack), high + slack
    around = max(HALF * grain, WIDE * abs(high))
    return low - around, high + around


def vague(figure: FigureMention) -> bool:
    """Whether the figure tells a size and no number: "dozens", "hundreds of thousands"."""
    ranged = isinstance(figure.value, tuple) and figure.approximate
    return ranged and bool(_plural().search(figure.evidence.text))


def _grain(value: float) -> float:
    """The size of the last digit that is not a zero: 10 for 230, 1,000 for 19,000, 0.1 for 2.3."""
    if value == 0 or not math.isfinite(value):
        return 0.0
    digits = f"{abs(value):.6e}"
    mantissa, exponent = digits.split("e")
    significant = len(mantissa.replace(".", "").rstrip("0")) or 1
    return 10.0 ** (int(exponent) - significant + 1)


def rounded(value: float) -> bool:
    """Whether a number stands for more than its digits: its last one is a tenth of it or more."""
    return math.isfinite(value) and abs(value) >= 10 and _grain(value) >= 0.1 * abs(value)


def _decimals(text: str, value: float) -> int:
    """How many digits behind the point the text prints, else how many the value has."""
    found = re.search(r"\d[.,](\d{1,2})(?!\d)", text)
    if found:
        return len(found[1])
    return max((d for d in (0, 1, 2) if round(value, d - 1 if d else 0) != round(value, 2)), default=0)


@cache
def words_of(name: str) -> tuple[str, ...]:
    """A word list of ``differences.toml``."""
    return tuple(lexicon("differences")[name])


@cache
def _plural() -> re.Pattern[str]:
    """Words that tell the size of a number and no number: "dozens", "hundreds of thousands"."""
    return re.compile(rf"\b(?:{'|'.join(lexicon('numbers')['plural_scales'])})\b", re.I)


@cache
def _measure(unit: str) -> tuple[str, float]:
    """What a unit measures, and its size in the base unit of that; itself and 1 where unknown."""
    kind, size = lexicon("differences")["units"].get(unit, (unit, 1.0))
    return kind, float(size)


def dimension(figure: FigureMention) -> str:
    """What the figure's unit measures: figures of one dimension can be compared."""
    unit = figure.unit or ""
    if figure.kind in ("measure", "duration"):
        return f"measure {_measure(unit)[0]}"
    if figure.kind == "percent" or (figure.kind == "other" and unit == "share"):
        return "percent"
    if figure.kind == "money":
        return f"money {unit}"
    return figure.kind


def size(figure: FigureMention) -> float:
    """The figure's unit in base units of its dimension: 1000 for km, 100 for a share of one."""
    if figure.kind in ("measure", "duration"):
        return _measure(figure.unit or "")[1]
    return 100.0 if figure.kind == "other" and figure.unit == "share" else 1.0


CLOCK = re.compile(
    r"(?<![\d.])(\d{1,2})(?:[:.](\d\d))?\s*([ap])\.?m\b|(?<![\d.])(\d\d?)[:.h](\d\d)(?![\d])", re.I
)


def minute(text: str) -> int | None:
    """The time of day that a date expression prints ("9:20 p.m.", "3.15am", "21h20"), in minutes."""
    found = CLOCK.search(text)
    if not found:
        return None
    hour, minutes = int(found[1] or found[4]), int(found[2] or found[5] or 0)
    if found[3]:
        hour = hour % 12 + (12 if found[3].lower() == "p" else 0)
    return hour * 60 + minutes if hour < 24 and minutes < 60 else None


_ORDINAL = re.compile(r"(?<=\d)[a-z]{2}\b")


def _said(date: FigureMention) -> str:
    """The words of a date: where two print the same, a day apart is a slip of resolving, no difference."""
    clock = minute(date.evidence.text)
    if clock is not None:
        return str(clock)
    words = after_article(re.sub(r"\W+", " ", date.evidence.text.casefold()).strip())
    return " ".join(sorted(_ORDINAL.sub("", words).split()))  # "1st July" and "July 1" print the same


def comparable(a: FigureMention, b: FigureMention) -> bool:
    """Whether two figures can measure one thing at all: one dimension.

    A sum in two currencies is, where its number is the same: a slip of units. All else is a conversion.
    """
    if a.kind == b.kind == "money" and a.unit != b.unit:
        return a.value == b.value and {a.unit, b.unit} <= CURRENCIES
    return dimension(a) == dimension(b)


def agree(a: FigureMention, b: FigureMention) -> bool:
    """Whether two comparable figures can both be right of one thing."""
    return bool(agreement([a, b])[0, 1])


def agreement(figures: list[FigureMention]) -> np.ndarray:
    """Shape (figures, figures): whether two figures, taken as comparable, can both be right of one thing."""
    bounds = np.array([interval(f) for f in figures], float).reshape(-1, 2)
    sizes = np.array([size(f) for f in figures])
    currency = np.array([(f.unit or "") if f.kind == "money" else "" for f in figures])
    low, high = bounds[:, 0] * sizes, bounds[:, 1] * sizes
    tops = np.array([max(map(abs, f.value)) if isinstance(f.value, tuple) else abs(f.value) for f in figures])
    grains = np.array([max(HALF * _grain(t), WIDE * t) for t in tops]) * sizes
    other = sizes[:, None] != sizes[None, :]
    below = np.where(other, low[:, None] - grains[:, None], low[:, None])
    above = np.where(other, high[:, None] + grains[:, None], high[:, None])
    both = (below <= above.T) & (above >= below.T) | _rounded_to(figures, tops, sizes)
    said = np.array([_said(f) if f.kind == "date" else "" for f in figures])
    both |= (said[:, None] == said[None, :]) & (said != "")[:, None]
    return both & (currency[:, None] == currency[None, :])


def _rounded_to(figures: list[FigureMention], tops: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Shape (figures, figures): whether one is a full number ("9 million") for the other's finer one."""
    grain = np.array([_grain(t) for t in tops])
    measured = np.array([f.kind in ("duration", "measure") for f in figures], bool)
    plain = np.array([f.kind != "date" and not isinstance(f.value, tuple) for f in figures], bool)
    full = plain & (tops >= np.where(measured, FULL_MEASURE, FULL)) & (tops < 10 * grain)
    values, grain = tops * sizes, grain * sizes
    finer = full[:, None] & plain[None, :] & (grain[None, :] < grain[:, None])
    close = np.where(measured, CLOSE, WIDE)[:, None] * np.maximum(values[:, None], values[None, :])
    return (finer | finer.T) & (np.abs(values[:, None] - values[None, :]) <= close)
