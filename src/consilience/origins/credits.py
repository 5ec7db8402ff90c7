"""Who a report says it has its text from: agency credits, in the page's fields and in the text."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from consilience.gazetteer import place
from consilience.lexicons import lexicon, pattern, word_set
from consilience.model import Article

# "MONTELAGO, Italy (PFN) — The president", "OMAHA, Neb., Sept. 8 (CBN) - Larkspur", "March 4 APW - A bridge"
# A dateline opens with its place in capitals.
_IN_BRACKETS = re.compile(r"^(?=[^a-z]{3,})[^()]{2,80}?\(([A-Z][\w&.’' /-]{1,40})\)\s*[-–—]{1,2}\s")
_BARE = re.compile(r"^(?=[^a-z]{3,})[A-Z][\w.,’' -]{2,60}?\d\s+([A-Z]{2,6})\s*[-–—]{1,2}\s")
# Of agencies that are known the dateline may be of any form: "Madrid, 4 mar (EFE).-", "Berlin/dpa -",
# "MOSCOW, March 3. /TASS/.", "Accra, May 2, GNA –", "(ANSA) - ROME, MAR 4 -"
_OF_KNOWN = (
    re.compile(r"^[^()]{2,60}?\(([\w&.’' -]{2,40})\)\s*[-–—.:]"),
    re.compile(r"^[^()]{2,60}?\d\s\(([\w&.’' -]{2,40})\)\s(?=[A-ZÀ-Þ“\"])"),
    re.compile(r"^[^()/]{2,60}?/\s?([\w&.’' -]{2,40}?)(?:/\.?\s|\s*[-–—]+\s)"),
    re.compile(r"^[^()/]{2,60}?,\s([\w&.’']{2,12})\s*[-–—]+\s"),
    re.compile(r"^[(/]([\w&.’' -]{2,40})[)/]\s*[-–—.:]?\s"),
    re.compile(r"^([\w&.’' -]{2,30}?)\s*[-–—]\s(?=[A-ZÀ-Þ]{3})"),
)
SHORT_FORM = 5  # letters up to which the form of an agency may look like a place's code
FOOT = 2  # last lines of a report in which an agency is looked for
SHORT = 200  # code points of such a line; of a longer one only the end counts


def _fold(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name)
    folded = "".join(c for c in folded if not unicodedata.combining(c)).casefold()
    return " ".join(re.findall(r"\w+", folded))


@cache
def _agencies() -> dict[str, str]:
    """Folded form -> the agency's usual name."""
    return {
        _fold(form): name
        for name, forms in lexicon("agencies")["agencies"].items()
        for form in [name, *forms]
    }


def _shortens(short: str, name: str) -> bool:
    """Whether ``short`` (PFN, TAP) can be made of the name (PanFilm News, Transalpine Press): it has its
    letters in order, the first letter of every word that counts among them, and no other word's."""
    words = [w for w in re.findall(r"[^\W\d_]+", _fold(name)) if w not in word_set("agencies", "small")]
    rest = _fold(short).replace(" ", "")
    for k, word in enumerate(words):
        if not rest.startswith(word[0]):
            return False
        rest = rest[1:]
        coming = words[k + 1][0] if k + 1 < len(words) else ""
        for letter in word[1:]:
            if rest and rest[0] == letter and rest[0] != coming:
                rest = rest[1:]
    return not rest


def known_agencies(names: str) -> tuple[str, ...]:
    """The agencies that a credit names ("AFP, Reuters and dpa"), by their usual names, each once."""
    found = [_agencies().get(_fold(part)) for part in [names, *pattern("agencies", "between").split(names)]]
    return tuple(dict.fromkeys(name for name in found if name))


def credit_of(article: Article) -> str | None:
    """The agency or partner that the article says its text is from, None where it says nothing.

    Looks at the page's credit, the first line of the text (the dateline), the byline and the last lines.
    """
    if article.credit:
        return next(iter(known_agencies(article.credit)), article.credit)
    opening = article.text.lstrip()[:160].split("\n", 1)[0]
    lines = [opening, f"{article.dateline.upper()} {opening}"] if article.dateline else [opening]
    for line in lines:
        found = _IN_BRACKETS.match(line) or _BARE.match(line)
        form = found.group(1) if found else _known_dateline(line)
        if form and not _is_place(form, article.dateline):
            return article.outlet if same_house(form, article.outlet) else _agencies().get(_fold(form), form)
    if article.byline:
        byline = pattern("agencies", "byline_lead").sub("", article.byline.strip())
        named = known_agencies(byline)
        if named:
            return named[0]
    return next(iter(_signed(article, "whole")), None)


def _is_place(form: str, dateline: str | None) -> bool:
    """Whether a bracket of the dateline holds a place: "CAPE CANAVERAL (Florida)", "(DUNMORE)"."""
    if _fold(form) in _agencies():
        return False
    return _fold(form) == _fold(dateline or "") or (len(form) > SHORT_FORM and place(form) is not None)


def part_credits(article: Article) -> tuple[str, ...]:
    """The agencies that have given a part of the text only ("With inputs from PTI")."""
    return _signed(article, "part")


def _known_dateline(line: str) -> str | None:
    """The agency in a dateline of whatever form, if it is one that is known."""
    found = (rule.match(line) for rule in _OF_KNOWN)
    return next((m.group(1) for m in found if m and _fold(m.group(1)) in _agencies()), None)


def _signed(article: Article, how: str) -> tuple[str, ...]:
    """Agencies named in the phrases of ``how`` at the head or the foot of the text."""
    lines = [line.strip() for line in article.text.splitlines() if line.strip()]
    ends = dict.fromkeys([*lines[:1], *lines[-FOOT:]] if how == "part" else lines[1:][-FOOT:])
    out: list[str] = []
    for line in ends:
        line = line if len(line) <= SHORT else line[-SHORT:].partition(" ")[2]
        for rule in _phrases()[how]:
            found = rule.search(line)
            if found:
                out += known_agencies(found["names"])
        if how == "whole":
            out += [name for name, rule in _signatures().items() if rule.search(line)]
    return tuple(dict.fromkeys(out))


@cache
def _phrases() -> dict[str, list[re.Pattern[str]]]:
    """How a line says that text is an agency's: of the whole, of a part."""
    table = lexicon("agencies")["phrases"]
    return {how: [re.compile(rule, re.IGNORECASE) for rule in table[how]] for how in ("whole", "part")}


@cache
def _signatures() -> dict[str, re.Pattern[str]]:
    """Agency -> the sign-off of its desk that does not name it."""
    table = lexicon("agencies")["phrases"]["signed"]
    return {name: re.compile(rule, re.IGNORECASE) for name, rule in table.items()}


def same_house(one: str | None, other: str | None) -> bool:
    """Whether two names (of outlets, agencies) are forms of one: equal, or one the other's initials.

    A name may give its short form in brackets: "Continental Press Agency (CPA)".
    """
    if not one or not other:
        return False
    return any(_same(a, b) for a in _forms(one) for b in _forms(other))


def _forms(name: str) -> list[str]:
    """The name and its short form in brackets, each alone, where there is one."""
    found = re.fullmatch(r"([^()]+)\(([^()]+)\)\s*", name)
    return [found.group(1).strip(), found.group(2).strip()] if found else [name]


def _same(one: str, other: str) -> bool:
    a, b = _fold(one), _fold(other)
    if not a or not b:
        return False
    if a == b or _agencies().get(a, a) == _agencies().get(b, b):
        return True
    if min(len(a), len(b)) >= 6 and (a in b or b in a):
        return True
    short, long = sorted((one, other), key=len)
    if len(_fold(short)) not in range(2, 7) or " " in _fold(short):
        return False
    return _fold(short) == _fold(long).split()[0] or _shortens(short, long)


def is_anonymous(credit: str) -> bool:
    """Whether the credit names no agency in particular ("From wire reports", "Staff and agencies")."""
    return set(_fold(credit).split()) <= set(lexicon("agencies")["nameless"])


class Claims(NamedTuple):
    """What an article says of where its text is from, and whose it is: ``credit`` of the whole, ``parts`` of
    parts (nobody in particular left out), its ``outlet`` and the ``family`` of that."""

    credit: str | None
    parts: tuple[str, ...]
    outlet: str | None
    family: str | None


def claims_of(article: Article) -> Claims:
    """What the article says of itself."""
    credit = credit_of(article)
    return Claims(
        None if credit and is_anonymous(credit) else credit,
        tuple(name for name in part_credits(article) if not is_anonymous(name)),
        article.outlet,
        family_of(article.outlet),
    )


def further(a: Claims, b: Claims) -> float:
    """Log odds for one text behind two reports from what they say of themselves and whose they are.

    That both name one agency, or one names the other's outlet, as their text's source; that they do so
    for a part of the text; that their outlets are of one house.
    """
    worth = lexicon("origins")["credits"]
    out = 0.0
    if same_house(a.credit, b.credit) or same_house(a.credit, b.outlet) or same_house(b.credit, a.outlet):
        out = worth["one"]
    elif _in_part(a, b) or _in_part(b, a):
        out = worth["part"]
    return out + (worth["family"] if a.family and a.family == b.family else 0.0)


def _in_part(first: Claims, second: Claims) -> bool:
    """Whether the first has a part of its text from where the second has text from, or from its outlet."""
    mine, theirs = [*first.parts, first.credit], [*second.parts, second.credit, second.outlet]
    return bool(first.parts or second.parts) and any(same_house(x, y) for x in mine for y in theirs)


@cache
def _families() -> dict[str, str]:
    """Folded outlet -> the house that owns it."""
    return {_fold(o): f["name"] for f in lexicon("agencies")["families"] for o in f["outlets"]}


def family_of(outlet: str | None) -> str | None:
    """The house whose papers run one another's copy, to which the outlet belongs, if known."""
    return _families().get(_fold(outlet)) if outlet else None
