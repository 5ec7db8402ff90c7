"""What a number counts: money, per cent, a measure, a duration, an age, or things.

``measure`` turns a number among the words of a sentence into a candidate figure: its extent (hedge,
sign, number and unit), value in base units, unit, kind and what it counts.
"""

from __future__ import annotations

from functools import cache

from consilience.lexicons import endings, grammar, lexicon
from consilience.reports.figures_nouns import (
    Candidate,
    noun_end,
    plural,
    plurals,
    skip_dash,
    stops,
    tables,
    what_words,
    widened,
)
from consilience.reports.figures_numbers import DASHES, Number, Word


@cache
def _hedges(where: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Hedges by their last (``left`` of a number) or first (``right``) word."""
    phrases = [
        tuple(h.split()) for h in lexicon("numbers")["hedges"]["approximate" if where == "left" else "after"]
    ]
    key = -1 if where == "left" else 0
    out: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        out[phrase[key]] = (*out.get(phrase[key], ()), phrase)
    return out


def _hedge_before(ws: list[Word], first: int) -> tuple[int, str | None]:
    """Where the hedge before word ``first`` begins, and its words."""
    words_before: list[str] = []
    start = first
    while start > 0:
        for phrase in _hedges("left").get(ws[start - 1].low.rstrip("."), ()):
            n = len(phrase)
            if start >= n and tuple(w.low for w in ws[start - n : start]) == phrase:
                words_before.insert(0, " ".join(phrase))
                start -= n
                break
        else:
            break
    if not words_before:
        return first, None
    return start, " ".join(words_before)


def _hedge_after(ws: list[Word], last: int) -> tuple[int, str | None]:
    if last < len(ws):
        for phrase in _hedges("right").get(ws[last].low, ()):
            if tuple(w.low for w in ws[last : last + len(phrase)]) == phrase:
                return last + len(phrase), " ".join(phrase)
    if last < len(ws) and ws[last].text == "+" and ws[last].glued:
        return last + 1, "+"
    return last, None


def _approximate(hedge: str | None, number: Number) -> bool:
    if number.form == "vague":
        return True
    if not hedge:
        return False
    exact = lexicon("numbers")["hedges"]["exact"]
    rest = f" {hedge} "
    for phrase in sorted(exact, key=len, reverse=True):
        rest = rest.replace(f" {phrase} ", " ")
    return bool(rest.strip())


def _scaled(value: float | tuple[float, float], factor: float) -> float | tuple[float, float]:
    if isinstance(value, tuple):
        return value[0] * factor, value[1] * factor
    return value * factor


def _money(ws: list[Word], number: Number) -> tuple[int, int, float | tuple[float, float], str] | None:
    """First and last word, value and currency."""
    data = tables()
    signs, codes = data["currency_signs"], data["currency_codes"]["codes"]
    first, last, value = number.first, number.last, number.value
    before = ws[first - 1] if first else None
    if before and (before.text in signs or before.text in codes):
        single = before.text in ("R", "P") and not ws[first].glued
        if not single and not (before.text == "Fr" and not ws[first].text[0].isdigit()):
            start = first - 1
            if before.text in "$€£" and start and ws[start - 1].text in codes:
                return start - 1, last, value, ws[start - 1].text
            if before.text == "." and start:
                start -= 1
            return start, last, value, signs.get(before.text, before.text)
    if before and before.text == "." and first > 1 and ws[first - 2].text in ("Rs", "Tk", "KSh"):
        return first - 2, last, value, signs[ws[first - 2].text]
    if before and before.text.istitle() and before.low in data["currency_names"] and number.form == "digits":
        return first - 1, last, value, data["currency_names"][before.low]  # "Euro 180 million"
    j = skip_dash(ws, last)
    if j < len(ws) and ws[j].low in grammar("genitive") and number.form == "vague":
        j += 1
    if j >= len(ws):
        return None
    if ws[j].text in codes or (ws[j].text in signs and ws[j].text in "$€£¥₹₦₩"):
        return first, j + 1, value, signs.get(ws[j].text, ws[j].text)
    return _money_named(ws, number, j)


def _money_named(
    ws: list[Word], number: Number, j: int
) -> tuple[int, int, float | tuple[float, float], str] | None:
    data = tables()
    names, lands, subunits = data["currency_names"], data["currency_lands"], data["subunits"]
    land = ws[j].low if ws[j].low in lands else None
    if land is None and j + 1 < len(ws) and f"{ws[j].low} {ws[j + 1].low}" in lands:
        land, j = f"{ws[j].low} {ws[j + 1].low}", j + 1
    k = j + 1 if land else j
    if k < len(ws) and ws[k].low in data["currency_words"]["second_of_land"]:
        k += 1
    if k >= len(ws):
        return None
    unsure = ws[k].low in data["currency_words"]["words_too"]
    if ws[k].low in names and (ws[k].text.islower() or land) and not unsure:
        return number.first, k + 1, number.value, lands[land] if land else names[ws[k].low]
    if ws[k].low in subunits and ws[k].text.islower():
        return number.first, k + 1, number.value, subunits[ws[k].low]
    return None


def _negative(ws: list[Word], first: int) -> bool:
    """Whether a sign in words stands before word ``first``, and no sum ("11 minus 4")."""
    if not first or ws[first - 1].low not in tables()["no_figure"]["negative"]:
        return False
    return first < 2 or not ws[first - 2].text[0].isdigit()


def _percent(ws: list[Word], number: Number) -> tuple[int, str] | None:
    """The word after the per cent sign or words, and the unit."""
    data = tables()["percent"]
    j = skip_dash(ws, number.last)
    if [w.low for w in ws[j : j + 3 : 2]] == data["hyphened"] and ws[j + 1].text in "-‑":
        return j + 3, "percent"
    for unit, phrases in (("percentage points", data["points"]), ("percent", data["words"])):
        for phrase in phrases:
            parts = phrase.split()
            if tuple(w.low for w in ws[j : j + len(parts)]) == tuple(parts):
                return j + len(parts), unit
    return None


def _measure(ws: list[Word], number: Number) -> tuple[int, str] | None:
    data = tables()
    measures, per = data["measures"], data["per"]["words"]
    j = skip_dash(ws, number.last)
    if j < len(ws) and ws[j].text in ("µ", "μ", "°") or (j < len(ws) and ws[j].low in ("µg", "μg")):
        k = j + 1
        unit = ws[j].text
        if k < len(ws) and ws[k].glued and unit in ("µ", "μ", "°"):
            unit, k = unit + ws[k].text, k + 1
        return _per(ws, k, unit, per)
    square = j < len(ws) and ws[j].low in tables()["measure_words"]["dimensions"]
    k = j + 1 if square else j
    if k >= len(ws) or ws[k].low not in measures:
        return None
    if ws[k].text in ("m", "g", "w", "h") and not ws[k].glued and ws[k].text != "m":
        return None
    unit = measures[ws[k].low]
    unit = f"{ws[j].low} {unit}" if square else unit
    return _per(ws, k + 1, unit, per)


def _magnitude(ws: list[Word], number: Number) -> tuple[int, int] | None:
    """The extent of a quake's strength: "magnitude 6.6", "magnitude-7 quake", "a 6.6-magnitude quake"."""
    i, j = number.first, skip_dash(ws, number.last)
    if number.form != "digits" or isinstance(number.value, tuple) or not 0 < number.value < 10.5:
        return None
    names = tables()["strength"]["words"]
    if j < len(ws) and ws[j].low in names:
        return i, j + 1
    between = DASHES | grammar("strength")
    while i > 1 and number.first - i < 2 and ws[i - 1].low in between:
        i -= 1
    return (i - 1, number.last) if i and ws[i - 1].low in names else None


def _per(ws: list[Word], k: int, unit: str, per: list[str]) -> tuple[int, str]:
    if k + 1 < len(ws) and ws[k].text == "/" and ws[k + 1].low in per:
        return k + 2, f"{unit}/{ws[k + 1].low}"
    if k + 1 < len(ws) and ws[k].low in grammar("per") and ws[k + 1].low in per:
        second = ws[k + 1].low
        speeds = tables()["speeds"]
        if unit in speeds and second in tables()["per"]["speed"]:
            return k + 2, speeds[unit]
        if ws[k].low not in grammar("indefinite_article"):
            return k + 2, f"{unit} per {second}"
    return k, unit


def _duration(ws: list[Word], number: Number) -> tuple[int, str, str] | None:
    """The word after, the unit, and the kind: duration or age."""
    durations = tables()["durations"]
    if number.form == "article":
        unit = durations[ws[number.first + 1].low]
        return number.last, "weeks" if unit == "fortnights" else unit, "duration"
    j = skip_dash(ws, number.last)
    for skip in tables()["age"]["adjectives"]:
        if j + 1 < len(ws) and ws[j].low == skip:
            j += 1
    if j >= len(ws) or ws[j].low.removesuffix("'") not in durations or (number.form == "multiple"):
        return None
    unit, age = durations[ws[j].low], tables()["age"]
    k = j + 1
    if k < len(ws) and ws[k].text in DASHES and k + 1 < len(ws) and ws[k + 1].low in age["after_dash"]:
        return k + 2, unit, "age"
    if k < len(ws) and ws[k].low in age["after"]:
        return k + 1, unit, "age"
    if k + 1 < len(ws) and ws[k].low in grammar("genitive") and ws[k + 1].low in age["of"]:
        return k + 2, unit, "age"
    return k, unit, "duration"


def _age(ws: list[Word], number: Number) -> bool:
    """'Ruan Bittencourt, 21,' or 'aged 52' or '(34)'."""
    first, last = number.first, number.last
    value = number.value
    if isinstance(value, tuple) or not 0 < value < 115 or value != int(value) or number.form != "digits":
        return False
    if first and ws[first - 1].low in tables()["age"]["before"]:
        return True
    if first < 2 or last >= len(ws):
        return False
    marks = (ws[first - 1].text, ws[last].text)
    return marks in ((",", ","), (",", "."), ("(", ")")) and ws[first - 2].text[0].isupper()


def _million(ws: list[Word], number: Number) -> Number:
    """'1.2m euros', '3.5m people': an m for millions, though no currency stands before."""
    j = number.last
    if number.form != "digits" or isinstance(number.value, tuple) or j + 1 >= len(ws):
        return number
    if ws[j].text not in ("m", "M", "b") or not ws[j].glued:
        return number
    following = ws[j + 1].low
    if (
        following in tables()["currency_names"]
        or following in plurals()
        or (len(following) > 3 and following.endswith(endings("plural")) and following not in stops())
    ):
        return number._replace(last=j + 1, value=number.value * (1e9 if ws[j].text == "b" else 1e6))
    return number


def measure(ws: list[Word], number: Number) -> Candidate:
    """The candidate figure of ``number`` among the words ``ws`` of one sentence."""
    number = _million(ws, number)
    first, last, value = number.first, number.last, number.value
    unit: str | None
    after_noun = noun_end(ws, number)
    if money := _money(ws, number):
        first, last, value, unit = money
        kind = "money"
        if (
            last + 1 < len(ws)
            and ws[last].low in grammar("per")
            and ws[last + 1].low in tables()["per"]["words"]
        ):
            last, unit = last + 2, f"{unit} per {ws[last + 1].low}"
        what = what_words(ws, last, last)
    elif percent := _percent(ws, number):
        last, unit = percent
        kind, what = "percent", what_words(ws, last, last)
    elif strength := _magnitude(ws, number):
        first, last = strength
        unit, kind, what = "magnitude", "measure", what_words(ws, last, last)
    elif found := _measure(ws, number):
        last, unit = found
        kind, what = "measure", what_words(ws, last, last)
    elif lasting := _duration(ws, number):
        last, unit, kind = lasting
        what = what_words(ws, last, last) if kind == "duration" else "age"
    elif _age(ws, number):
        unit, kind, what = "years", "age", "age"
    elif number.form in ("fraction", "share"):
        last = after_noun
        unit, kind, what = "share", "other", what_words(ws, number.last, last)
    else:
        j = skip_dash(ws, number.last)
        of = first > 0 and ws[first - 1].low in grammar("genitive")
        if of and after_noun > j and not plural(ws[after_noun - 1].low):
            after_noun = number.last  # "a team of 70 came"
        unit = " ".join(w.low for w in ws[j:after_noun]) or None
        last = after_noun
        kind, what = "count", what_words(ws, j, after_noun)
    if _negative(ws, first):
        first, value = first - 1, _scaled(value, -1)
    first, hedge = _hedge_before(ws, first)
    opening = grammar("range_open") | grammar("change_open")
    if kind != "age" and first and ws[first - 1].low in opening and number.form == "range":
        first -= 1
    last, after = _hedge_after(ws, last)
    hedge = " … ".join(h for h in (hedge, after) if h) or None
    first, last, beyond = widened(ws, number, first, last, kind, unit)
    what = what or beyond
    return Candidate(first, last, number, value, unit, what, kind, hedge, _approximate(hedge, number))
