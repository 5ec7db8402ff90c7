"""Who a report says it has its text from: agency credits, in the page's fields and in the text."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from consilience.lexicons import lexicon
from consilience.model import Article

# "MONTELAGO, Italy (PFN) — The president", "OMAHA, Neb., Sept. 8 (CBN) - Larkspur", "March 4 APW - A bridge"
# A dateline opens with its place in capitals.
_IN_BRACKETS = re.compile(r"^(?=[^a-z]{3,})[^()]{2,80}?\(([A-Z][\w&.’' /-]{1,40})\)\s*[-–—]{1,2}\s")
_BARE = re.compile(r"^(?=[^a-z]{3,})[A-Z][\w.,’' -]{2,60}?\d\s+([A-Z]{2,6})\s*[-–—]{1,2}\s")


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
    words = [w for w in re.findall(r"[^\W\d_]+", _fold(name)) if w not in ("the", "of", "and", "for")]
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


def credit_of(article: Article) -> str | None:
    """The agency or partner that the article says its text is from, None where it says nothing.

    Looks at the page's credit, the byline and the first line of the text (the dateline).
    """
    if article.credit:
        return _agencies().get(_fold(article.credit), article.credit)
    opening = article.text.lstrip()[:160].split("\n", 1)[0]
    lines = [opening, f"{article.dateline.upper()} {opening}"] if article.dateline else [opening]
    for line in lines:
        found = _IN_BRACKETS.match(line) or _BARE.match(line)
        if found:
            form = found.group(1)
            own = same_house(form, article.outlet)
            return article.outlet if own else _agencies().get(_fold(form), form)
    if article.byline:
        byline = re.sub(r"(?i)^(by|from|von)\s+", "", article.byline.strip())
        for part in re.split(r"\s*(?:,|/|;|\band\b|\bwith\b)\s*", byline):
            if _fold(part) in _agencies():
                return _agencies()[_fold(part)]
    return None


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


def one_credit(first: Article, second: Article) -> bool:
    """Whether both articles name one agency, or one names the other's outlet, as their text's source."""
    a, b = credit_of(first), credit_of(second)
    a, b = (None if c and is_anonymous(c) else c for c in (a, b))
    return same_house(a, b) or same_house(a, second.outlet) or same_house(b, first.outlet)


@cache
def _families() -> dict[str, str]:
    """Folded outlet -> the house that owns it."""
    return {_fold(o): f["name"] for f in lexicon("agencies")["families"] for o in f["outlets"]}


def family_of(outlet: str | None) -> str | None:
    """The house whose papers run one another's copy, to which the outlet belongs, if known."""
    return _families().get(_fold(outlet)) if outlet else None
