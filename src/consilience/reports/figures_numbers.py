"""Numbers as English prints them: digits, words, scales, fractions, ranges, and the hedge before them.

``words`` cuts a text into words with their places; ``scan`` finds every number among them. Nothing
here decides whether a number is a figure: see ``figures_units`` (what it counts) and ``figures_choice``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from consilience.lexicons import endings, grammar, lexicon

WORD = re.compile(
    r"\d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+(?!\d)(?:[.]\d+)?"  # 12 000 with a thin or hard space
    r"|(?<![\d.,])\d{1,3}(?: \d{3})* \d00(?![\d.,])"  # 12 500 with a plain one
    r"|\d+(?:[.,]\d+)*|[½¼¾⅓⅔⅛]"
    r"|(?:US|AU?|CA?|NZ|HK|S|R|NT|MX|J|U\.S\.)\$|GH₵"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)?|[^\s\w]"
)
GLYPHS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}
DASHES = frozenset("-–—‑")
THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
LAKHS = re.compile(r"\d{1,2}(,\d{2})+,\d{3}(\.\d+)?")
DECIMAL_COMMA = re.compile(r"\d{1,3},\d{1,2}")
POINTS = re.compile(r"\d{1,3}(\.\d{3}){2,}")  # 1.234.567


class Word(NamedTuple):
    """A word, number or sign of a text; ``low`` is its case-folded form; ``glued``: no space before it."""

    start: int
    end: int
    text: str
    low: str
    glued: bool


class Number(NamedTuple):
    """A number over the words ``[first, last)``.

    ``form``: digits, words, fraction (a part of something), multiple (twice, both), vague (dozens),
    article ("a" before a unit; ``figures_units`` makes these) or range.
    """

    first: int
    last: int
    value: float | tuple[float, float]
    form: str


def words(text: str, offset: int = 0) -> list[Word]:
    """The words of ``text``; places are shifted by ``offset``."""
    out: list[Word] = []
    for match in WORD.finditer(text):
        start, end = match.span()
        glued = bool(out) and out[-1].end == start + offset
        found = match.group()
        out.append(Word(start + offset, end + offset, found, found.lower().replace("’", "'"), glued))
    return out


def digits_value(text: str) -> float | None:
    """The value of a number in digits; None where the marks in it make it no number (a date, a version)."""
    text = re.sub(r"[ \u00a0\u202f\u2009]", "", text)
    if THOUSANDS.fullmatch(text) or LAKHS.fullmatch(text):
        return float(text.replace(",", ""))
    if DECIMAL_COMMA.fullmatch(text):
        return float(text.replace(",", "."))
    if POINTS.fullmatch(text):
        return float(text.replace(".", ""))
    try:
        return float(text)
    except ValueError:
        return None


@cache
def _tables() -> dict[str, dict[str, float]]:
    data = lexicon("numbers")
    return {k: dict(data[k]) for k in ("cardinals", "scales", "fractions", "multiples", "plural_scales")}


@cache
def _spelling(key: str) -> frozenset[str]:
    return frozenset(lexicon("numbers")["spelled"][key])


def _dash(ws: list[Word], i: int) -> bool:
    return i < len(ws) and ws[i].text in DASHES and ws[i].glued


def _half_of(ws: list[Word], i: int) -> bool:
    """Whether word ``i`` ties "half" to a scale: "half a million", "half-million"."""
    if i + 1 >= len(ws) or ws[i + 1].low not in _tables()["scales"]:
        return False
    return ws[i].low in grammar("indefinite_article") or _dash(ws, i)


def _scale(ws: list[Word], i: int, money: bool) -> tuple[float, int]:
    """The product of the scale words at ``i`` ("hundred thousand", "-million") and the word after them."""
    tables, factor = _tables()["scales"], 1.0
    while i < len(ws):
        j = i + 1 if _dash(ws, i) and i + 1 < len(ws) and ws[i + 1].low in tables else i
        word = ws[j]
        if word.low in tables and not (word.low in ("k", "cr") and not word.glued):
            factor *= tables[word.low]
        elif money and word.glued and word.text in (single := lexicon("numbers")["money_scales"]):
            factor *= single[word.text]
        else:
            break
        i = j + 1
    return factor, i


def _spelled(ws: list[Word], i: int) -> tuple[float, int] | None:
    """A cardinal in words from ``i``: 'two hundred and fifty thousand', 'a dozen', 'half a million'."""
    tables = _tables()
    cardinals, scales = tables["cardinals"], tables["scales"]
    total, current, start, last_scale = 0.0, 0.0, i, float("inf")
    if ws[i].low in grammar("indefinite_article"):
        if i + 1 >= len(ws) or ws[i + 1].low not in scales or len(ws[i + 1].low) < 3:
            return None
        current, i = 1.0, i + 1
    elif ws[i].low in _spelling("half") and _half_of(ws, i + 1):
        return 0.5 * scales[ws[i + 2].low], i + 3
    elif ws[i].low not in cardinals:
        return None
    while i < len(ws):
        word = ws[i]
        if _dash(ws, i) and i > start and i + 1 < len(ws) and ws[i + 1].low in cardinals | scales.keys():
            tens = ws[i - 1].low in cardinals and 20 <= cardinals[ws[i - 1].low] <= 90
            if not ((tens and 0 < cardinals.get(ws[i + 1].low, 0) < 10) or ws[i + 1].low in scales):
                break
            i += 1
        elif word.low in grammar("additive") and i > start and ws[i - 1].low in scales and i + 1 < len(ws):
            if ws[i + 1].low not in cardinals or last_scale not in (100.0, 1000.0):
                break
            i += 1
        elif word.low in cardinals:
            value = cardinals[word.low]
            fits = (
                current == 0
                or (current % 100 == 0 and value < 100)
                or (20 <= current % 100 <= 90 and current % 10 == 0 and value < 10)
            )
            if i > start and not (fits and (current or total)):
                break
            current += value
            i += 1
        elif word.low in scales and len(word.low) > 3 and not (word.low.endswith("ions") and i == start):
            scale = scales[word.low]
            if scale == 100 or scale == 12:
                current = max(current, 1) * scale
            else:
                total, current = total + max(current, 1) * scale, 0.0
            last_scale = scale
            i += 1
        else:
            break
    return total + current, i


def _fraction(ws: list[Word], i: int) -> tuple[float, int] | None:
    """'two-thirds', 'a third', 'three quarters of', 'half', 'a quarter'; not 'the third'."""
    tables = _tables()
    fractions, cardinals = tables["fractions"], tables["cardinals"]
    low = ws[i].low
    if low in _spelling("halves"):
        return 0.5, i + 1
    count = 1.0 if low in grammar("indefinite_article") else cardinals.get(low)
    if count is None or i + 1 >= len(ws):
        return None
    j = i + 2 if _dash(ws, i + 1) and i + 2 < len(ws) else i + 1
    if ws[j].low not in fractions:
        return None
    if count == 1.0 or ws[j].low.endswith("s") or ws[j].low in _spelling("half"):
        return count * fractions[ws[j].low], j + 1
    return None


def _and_half(ws: list[Word], i: int, value: float) -> tuple[float, int] | None:
    """'… and a half', '… and three quarters', '-and-a-half' after a number that ended at ``i``."""
    parts, counts = lexicon("numbers")["and_parts"], lexicon("numbers")["and_counts"]
    if i + 5 < len(ws) and all(ws[k].text == "-" for k in (i, i + 2, i + 4)):
        joined = ws[i + 1].text in grammar("additive") and ws[i + 3].text in grammar("indefinite_article")
        part = parts.get(ws[i + 5].low) if joined else None
        return (value + part, i + 6) if part else None
    if i + 2 < len(ws) and ws[i].low in grammar("additive") and ws[i + 1].low in counts:
        part = parts.get(ws[i + 2].low)
        if part is not None:
            return value + part * counts[ws[i + 1].low], i + 3
    return None


def _plain(ws: list[Word], i: int) -> Number | None:
    """One number from word ``i``, without ranges."""
    word = ws[i]
    if word.text[0].isdigit() or word.text in GLYPHS:
        value = GLYPHS.get(word.text) or digits_value(word.text)
        if value is None:
            return None
        j = i + 1
        if j < len(ws) and ws[j].text in GLYPHS and ws[j].glued:
            value, j = value + GLYPHS[ws[j].text], j + 1
        factor, j = _scale(ws, j, money=_after_currency(ws, i))
        if factor == 1000 and (rest := _of_millions(ws, j)):  # "18 thousand 600 million", as Spanish says it
            return Number(i, j + 2, (value * 1000 + rest) * 1e6, "digits")
        if (
            factor > 1
            and (more := _and_half(ws, j, value))
            or factor == 1
            and (more := _and_half(ws, j, value))
        ):
            value, j = more
        return Number(i, j, value * factor, "digits")
    if part := _fraction(ws, i):
        article = word.low in grammar("indefinite_article")  # "a half-million"
        half = i + (article and ws[i + 1].low in _spelling("half"))
        spelled = _spelled(ws, half) if ws[half].low in _spelling("half") else None
        if spelled:
            return Number(i, spelled[1], spelled[0], "words")
        return Number(i, part[1], part[0], "fraction")
    if spelled := _spelled(ws, i):
        value, j = spelled
        if more := _and_half(ws, j, value):  # 'two and a half million', 'a million and a half'
            scale = _tables()["scales"].get(ws[j - 1].low, 1)
            scaled = scale > 100 and ws[j + 2].low in _spelling("half")
            value, j = (value + 0.5 * scale, more[1]) if scaled else more
            factor, j = _scale(ws, j, money=False)
            value *= factor
        return Number(i, j, value, "words")
    return _loose(ws, i)


def _of_millions(ws: list[Word], i: int) -> float | None:
    """The hundreds of millions at ``i`` ("600 million"), if any."""
    if i + 1 >= len(ws) or ws[i + 1].low not in _spelling("millions") or not ws[i].text[0].isdigit():
        return None
    value = digits_value(ws[i].text)
    return value if value is not None and value < 1000 else None


def _loose(ws: list[Word], i: int) -> Number | None:
    """Words that stand for a number: 'dozens', 'hundreds of thousands', 'twice', 'both', 'a couple of'."""
    tables = _tables()
    low = ws[i].low
    if low in (scales := tables["plural_scales"]):
        value, j = scales[low], i + 1
        while j + 1 < len(ws) and ws[j].low in grammar("genitive") and ws[j + 1].low in scales:
            value, j = value * scales[ws[j + 1].low], j + 2
        return Number(i, j, (value, 3 * value), "vague")
    if low in tables["multiples"]:
        return Number(i, i + 1, tables["multiples"][low], "multiple")
    if low in grammar("indefinite_article") and i + 1 < len(ws):
        return _one(ws, i, ws[i + 1].low)
    if low in _spelling("pair") and i and ws[i - 1].low in grammar("indefinite_article"):
        return Number(i - 1, i + 1, 2.0, "multiple")
    return None


def _one(ws: list[Word], i: int, unit: str) -> Number | None:
    """ "a week", "a year and a half", "a fortnight": the article counts the length of time behind it."""
    if unit not in lexicon("numbers")["durations"]:
        return None
    if unit.endswith(endings("plural")) or unit in _spelling("unsure_units"):
        return None
    value = lexicon("numbers")["article_values"].get(unit, 1.0)
    more = _and_half(ws, i + 2, value) if value == 1.0 else None
    half = more is not None and ws[i + 4].low in _spelling("half")
    return Number(i, i + 5, more[0], "article") if more and half else Number(i, i + 2, value, "article")


def _after_currency(ws: list[Word], i: int) -> bool:
    before = ws[i - 1].text if i else ""
    data = lexicon("numbers")
    return before in data["currency_signs"] or before in data["currency_codes"]["codes"]


def _range(ws: list[Word], first: Number) -> Number | None:
    """'between 40 and 50', '40 to 50', '5-10', '£2m–£3m'; the second number's scale serves the first."""
    i = first.last
    before = ws[first.first - 1].low if first.first else ""
    if before in lexicon("numbers")["currency_signs"] and first.first > 1:
        before = ws[first.first - 2].low
    if i + 1 >= len(ws) or first.form not in ("digits", "words"):
        return None
    joined = ws[i].text in DASHES or ws[i].low in grammar("range")
    joined = joined or (ws[i].low in grammar("additive") and before in grammar("range_open"))
    if ws[i].low in grammar("alternative") and first.form == "words":
        joined = True
    if not joined:
        return None
    j = i + 2 if ws[i + 1].text in lexicon("numbers")["currency_signs"] and i + 2 < len(ws) else i + 1
    second = _plain(ws, j)
    if second is None or second.form not in ("digits", "words") or isinstance(second.value, tuple):
        return None
    low, high = float(first.value), float(second.value)  # type: ignore[arg-type]
    factor, _ = _scale(ws, j + 1, money=_after_currency(ws, j))
    if factor > 1 and low * factor < high and low < 1000:  # '2-3 million'
        low *= factor
    if ws[i].low in grammar("range") and before in grammar("change_open"):  # 'from 17.2 to 11.6 billion'
        shared = factor > 1 and ws[first.last - 1].text[-1].isdigit() and low < 1000
        return Number(first.first, first.last, float(first.value) * factor, first.form) if shared else None
    if not low < high or high > 20 * max(low, 1):
        return None
    if ws[i].low in grammar("alternative") and high - low > 1:
        return None
    return Number(first.first, second.last, (low, high), "range")


def _share(ws: list[Word], first: Number) -> Number | None:
    """'seven in ten', 'one in five', 'four out of five'."""
    i = first.last
    if i + 1 >= len(ws) or isinstance(first.value, tuple) or first.form not in ("digits", "words"):
        return None
    if ws[i].text.isalpha() and ws[i].low.endswith(endings("plural")) and ws[i + 1].low in grammar("share"):
        i += 1  # 'nine schools in 10'
    among = ws[i].low in grammar("share")
    out_of = ws[i].low in grammar("share_long") and ws[i + 1].low in grammar("genitive")
    j = i + 1 if among else i + 2 if out_of else 0
    if not j or j >= len(ws):
        return None
    if ws[j].low in grammar("each"):
        j += 1
    second = _plain(ws, j) if j < len(ws) else None
    if second is None or second.form not in ("digits", "words") or isinstance(second.value, tuple):
        return None
    if not 0 < first.value < second.value <= 100000 or (among and second.value > 1000):
        return None
    unit = ws[second.last].low if second.last < len(ws) else ""
    if among and (
        unit in lexicon("numbers")["durations"]
        or second.value not in (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 50, 100, 1000)
    ):
        return None
    return Number(first.first, second.last, first.value / second.value, "share")


@cache
def _openers() -> frozenset[str]:
    """The words that a number in words begins with."""
    data = lexicon("numbers")
    tables = (data[k] for k in ("cardinals", "plural_scales", "multiples"))
    return frozenset(word for table in tables for word in table) | frozenset(data["openers"]["words"])


def scan(ws: list[Word]) -> list[Number]:
    """Every number among the words, leftmost and longest first, without overlaps."""
    out: list[Number] = []
    i, openers = 0, _openers()
    while i < len(ws):
        word = ws[i]
        if word.low not in openers and not word.text[0].isdigit() and word.text not in GLYPHS:
            i += 1
            continue
        number = _plain(ws, i)
        if number is None or (out and number.first < out[-1].last):
            i += 1
            continue
        number = _share(ws, number) or _range(ws, number) or number
        out.append(number)
        i = number.last
    return out
