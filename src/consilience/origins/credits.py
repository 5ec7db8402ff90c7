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
_BARE = re.compile(r"^(?=[^a-z]{3,})[A-Z][\w.,’' -]{2,60}?\s([A-Z]{2,6})\s*[-–—]{1,2}\s")


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


def _short(name: str) -> str:
    """The capitals of a name of several words, lower case: PanFilm News -> pfn."""
    return "".join(c for c in re.sub(r"(?i)\b(the|of|and|for)\b", "", name) if c.isupper()).casefold()


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
        if found and not found.group(1).islower():
            return _agencies().get(_fold(found.group(1)), found.group(1))
    if article.byline:
        byline = re.sub(r"(?i)^(by|from|von)\s+", "", article.byline.strip())
        for part in re.split(r"\s*(?:,|/|;|\band\b|\bwith\b)\s*", byline):
            if _fold(part) in _agencies():
                return _agencies()[_fold(part)]
    return None


def same_house(one: str | None, other: str | None) -> bool:
    """Whether two names (of outlets, agencies) are forms of one: equal, or one the other's initials."""
    if not one or not other:
        return False
    a, b = _fold(one), _fold(other)
    if a == b or _agencies().get(a, a) == _agencies().get(b, b):
        return True
    if len(a) > 3 and len(b) > 3 and (a in b.split(" (")[0] or b in a):
        return min(len(a), len(b)) >= 6
    short, long = (one, other) if len(a) < len(b) else (other, one)
    return len(_fold(short)) in range(2, 7) and _fold(short) == _short(long)


@cache
def _families() -> dict[str, str]:
    """Folded outlet -> the house that owns it."""
    return {_fold(o): f["name"] for f in lexicon("agencies")["families"] for o in f["outlets"]}


def family_of(outlet: str | None) -> str | None:
    """The house whose papers run one another's copy, to which the outlet belongs, if known."""
    return _families().get(_fold(outlet)) if outlet else None
