"""What a number counts: the words after it, the extent of the figure, and numbers that are part of a name."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from consilience.lexicons import grammar, inflection, lexicon
from consilience.reports.figures_numbers import DASHES, Number, Word

YEARS = range(1900, 2100)  # that stand in designations


class Candidate(NamedTuple):
    """A number with its unit, over the words ``[first, last)``; the number itself is ``number``."""

    first: int
    last: int
    number: Number
    value: float | tuple[float, float]
    unit: str | None
    what: str
    kind: str
    hedge: str | None
    approximate: bool


@cache
def tables() -> dict[str, dict]:
    """The tables of the lexicon "numbers"."""
    return {k: v for k, v in lexicon("numbers").items() if isinstance(v, dict)}


@cache
def plurals() -> frozenset[str]:
    """Plural nouns without an s."""
    return frozenset(tables()["counted"]["plurals"])


def plural(low: str) -> bool:
    """Whether a word, case-folded, looks like a plural noun."""
    return inflection().looks_plural(low) or low in plurals()


def skip_dash(ws: list[Word], i: int) -> int:
    """The word after a hyphen that joins the words at ``i``, else ``i``."""
    return i + 1 if i + 1 < len(ws) and ws[i].text in DASHES and ws[i].glued and ws[i + 1].glued else i


def noun_end(ws: list[Word], number: Number) -> int:
    """The word after the noun phrase that the number counts; ``number.last`` where it counts none."""
    i = skip_dash(ws, number.last)
    if (
        i < len(ws)
        and ws[i].low in grammar("genitive")
        and i + 1 < len(ws)
        and number.form in ("vague", "fraction", "share")
    ):
        i += 2 if ws[i + 1].low in grammar("quantity_of") else 1
    last = number.last
    for k in range(i, min(i + 4, len(ws))):
        word = ws[k]
        coded = k + 1 < len(ws) and ws[k + 1].glued and ws[k + 1].text[0].isdigit()
        if coded and word.text.isupper() and k == i:  # "22 A320s": a thing by its model
            return k + 3 if k + 2 < len(ws) and ws[k + 2].glued and ws[k + 2].low == "s" else k + 2
        if not word.text[0].isalpha() or word.low in stops() or (word.text[0].isupper() and k > i):
            break
        last = k + 1
        if plural(word.low):
            break
        if k + 1 < len(ws) and ws[k + 1].text in DASHES and ws[k + 1].glued:
            break
    return last


def what_words(ws: list[Word], start: int, last: int) -> str:
    """The counted words and the few that narrow them ('people in hospital')."""
    out = [w.text for w in ws[start:last]]
    for k in range(last, min(last + 6, len(ws))):
        if not ws[k].text[0].isalnum():
            break
        out.append(ws[k].text)
    return " ".join(out)


def _emergency(ws: list[Word], c: Candidate) -> bool:
    """Whether 911 or 112 is the line that is called, not a count."""
    lines, i, j = tables()["no_figure"], c.number.first, c.number.last
    after = ws[j].low if j < len(ws) else ""
    if c.number.value not in lines["lines"]:
        return False
    return (i > 0 and ws[i - 1].low in lines["line_before"]) or after in lines["line_after"]


def no_number(ws: list[Word], c: Candidate) -> bool:
    """Whether it only looks like a number: "six o'clock", "01632 960 410", "a third day", "half-mast"."""
    i, j = c.number.first, c.number.last
    after = ws[j].low if j < len(ws) else ""
    if after in tables()["no_figure"]["hour"] or (
        skip_dash(ws, j) > j and ws[j + 1].low in tables()["no_figure"]["digits"]
    ):  # "a six-figure sum"
        return True
    if c.number.form == "fraction":
        k = skip_dash(ws, j)
        if k > j and ws[k].low in tables()["no_figure"]["half_words"]:
            return True
        return ws[i].low in grammar("indefinite_article") and after in tables()["no_figure"]["ordinal_heads"]
    while i and ws[i].text.isdigit() and ws[i - 1].text.isdigit():
        i -= 1
    return ws[i].text[0] == "0" and len(ws[i].text) > 2 and ws[i].text.isdigit()


def is_ordinal(ws: list[Word], c: Candidate, nouns: frozenset[int]) -> bool:
    """Whether a fraction counts a place in a row: "a third cage", "a fifth-floor flat".

    ``nouns``: where the nouns of the sentence begin.
    """
    j = c.number.last
    if c.number.form != "fraction" or ws[j - 1].low not in tables()["no_figure"]["places"] or j >= len(ws):
        return False
    return ws[j].start in nouns or skip_dash(ws, j) > j


def in_name(ws: list[Word], c: Candidate) -> bool:
    """Whether the number is part of a name or stands for a thing: 'Halo 9', 'S4', a 911 call."""
    i = c.number.first
    before = ws[i - 1] if i else None
    if c.kind in ("money", "percent") or c.unit == "magnitude":
        return False
    if c.number.form == "words" and before is not None:
        labelled = c.unit is None and before.low in tables()["no_figure"]["labelled"]  # "lap three"
        # "Kestrel Nine": capitals go through a name, not on to a number
        return labelled or (ws[i].text[0].isupper() and before.text[0].isupper())
    if c.number.form not in ("digits", "range"):
        return False
    counted = c.kind == "count" and c.unit is not None and plural(c.unit.split()[-1])
    if c.kind == "count" and not counted and _emergency(ws, c):
        return True
    if before is None:
        return False
    if ws[i].glued and (before.text[-1].isalpha() or before.text in "#@"):
        return True
    if before.text in DASHES and before.glued and ws[i].glued and i > 1 and ws[i - 2].text[-1].isalpha():
        return True
    if c.kind in ("measure", "duration", "age"):
        return False
    if _address(ws, c.number.last) or _designation(ws, c):
        return True
    if before.text == "." and i > 1 and ws[i - 2].low in tables()["no_figure"]["number_sign"]:  # "No.11"
        return True
    if before.low in tables()["no_figure"]["after"] and c.hedge is None:
        return True
    if counted or c.first < c.number.first - 1 or c.hedge:
        return False
    return before.text[0].isupper() and before.low not in stops()


def _address(ws: list[Word], at: int) -> bool:
    """Whether a street's name goes on from ``at``: 14 Quarry Street."""
    for k in range(at, min(at + 3, len(ws))):
        if not ws[k].text[0].isupper():
            return False
        if k > at and ws[k].low in tables()["no_figure"]["streets"]:
            return True
    return False


def _designation(ws: list[Word], c: Candidate) -> bool:
    """Whether a year and capitals name a thing: 2009 TK."""
    j = c.number.last
    code = ws[j].text if c.kind == "count" and j < len(ws) else ""
    return code.isupper() and 1 < len(code) <= 3 and ws[c.number.first].text.isdigit() and c.value in YEARS


@cache
def stops() -> frozenset[str]:
    """The words that end a noun phrase."""
    return frozenset(tables()["counted"]["stops"])


@cache
def ends() -> frozenset[str]:
    """The words that end the group after "two of": a noun phrase may begin with a determiner."""
    return stops() - frozenset(tables()["counted"]["determiners"])


def predicate_end(ws: list[Word], at: int) -> int:
    """The word after "were still missing", "have been rescued" from ``at`` on; ``at`` where none stands."""
    counted = tables()["counted"]
    if at >= len(ws) or ws[at].low not in counted["predicates"]:
        return at
    k = at + 1
    while k < min(at + 4, len(ws)) and ws[k].low in counted["predicates"] + counted["between"]:
        k += 1
    return k + 1 if k < len(ws) and ws[k].text[0].isalpha() else at


def widened(
    ws: list[Word], number: Number, first: int, last: int, kind: str, unit: str | None
) -> tuple[int, int, str]:
    """The extent with what makes a bare number readable, and the words added after it.

    An age takes its person's last name ("Crowe, 58"), a number of some group the group ("two of its men"),
    a subject what is said of it ("23 were missing"), another bare number the word before it ("climbed to
    31") or, at the start, what follows.
    """
    if kind == "age" and last == number.last and number.first > 1 and ws[number.first - 1].text in ",(":
        k = number.first - 1
        if ws[k - 1].text[0].isupper():
            k -= 1
        closing = last < len(ws) and ws[last].text == ")" and ws[number.first - 1].text == "("
        return (
            (min(first, k), last + 1 if closing else last, "") if k < number.first - 1 else (first, last, "")
        )
    if kind != "count" or unit is not None:
        return first, last, ""
    if last + 1 < len(ws) and ws[last].low in grammar("genitive"):
        k = last + 1
        while (
            k < min(last + 5, len(ws))
            and ws[k].text[0].isalpha()
            and (k == last + 1 or ws[k].low not in ends())
        ):
            k += 1
            if plural(ws[k - 1].low) and ws[k - 1].low not in tables()["counted"]["determiners"]:
                break
        return first, k, " ".join(w.text for w in ws[last:k])
    said = predicate_end(ws, last)
    if said > last:
        return first, said, " ".join(w.text for w in ws[last:said])
    if first > 0 and ws[first - 1].text[0].isalpha() and ws[first - 1].text[0].islower():
        return first - (2 if ws[first - 1].low in grammar("genitive") and first > 1 else 1), last, ""
    if last < len(ws) and ws[last].text[0].isalpha():
        k = min(last + 2, len(ws)) if ws[min(last + 1, len(ws) - 1)].text[0].isalpha() else last + 1
        return first, k, " ".join(w.text for w in ws[last:k])
    return first, last, ""
