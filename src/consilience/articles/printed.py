"""What the lines around a report say of it: outlet, byline, date, dateline, credit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from consilience.articles.blocks import Block
from consilience.articles.dates import DATE_LIKE, clock_of, iso_time, weekday_of
from consilience.articles.known import Known
from consilience.articles.lines import END, KINDS, is_date_line, is_prose, kinds_of
from consilience.articles.open_dates import LONGEST as OPEN_WORDS
from consilience.articles.open_dates import copyright_year, is_stamp, open_dates
from consilience.lexicons import lexicon, pattern

_HEAD_REACH = 12  # lines after the title in which byline and date stand
_LONGEST_BYLINE = 16  # words
_LONGEST_OUTLET = 7  # words
_FOOT_REACH = 8  # lines from the report's last on in which "Published 3 May 2025" may stand
_CLUNG = re.compile(r"(?<=[a-z])(?=(?:[12]?\d|3[01]) [A-Z])")  # a name and a date without space between
_DATED_KINDS = (-1, KINDS.index("credits"))  # "Source: foreign media 2025-10-16 09:12"
_PARTS = re.compile(r"\s+[|>»›•·–—]+\s+|\s+--?\s+|\s*::\s*|\s+/\s+")
_MONTH_DAY = (
    r"(?:\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8}|[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?)"
    r"(?:,? (?:19|20)\d\d)?"
)
_UPPER = "A-ZÀ-ÖØ-Þ"
_LOWER = "a-zà-öø-ÿ"
_JOINING = lexicon("press")["joining"]  # between the capitals of a place's name
_PLACE = (
    rf"[{_UPPER}][\w.’'()-]*(?:[ /-](?:[{_UPPER}][\w.’'()-]*|{_JOINING}))*"
    r"(?:, (?:[A-Z][\w.’-]*)(?: [A-Z][\w.’-]*)*)?"
)
_AGENCY = r"\((?P<agency>[^)]{2,60})\)"
_DATELINES = tuple(
    re.compile(rule)
    for rule in (
        # KIGOMA, Tanzania, March 14 (CPA) -    MADRIGAN, Maine, June 6, 2025 -    Mirpaz, June 26 (BBW):
        rf"^(?P<place>{_PLACE}), {_MONTH_DAY}(?:,? \d{{1,2}}[:.]\d\d)?(?:\.(?= /))?"
        rf"\s*(?:{_AGENCY}|/(?P<slashed>[^/]{{2,40}})/)?"
        r"(?:\s*[-–—:.]+\s|(?<=\))\s)",
        rf"^(?P<place>{_PLACE}), {_MONTH_DAY} (?P<bare>[A-Z]{{2,6}}) [-–—]+\s",
        # KIGOMA, Tanzania (CPA) -    SAN LÁZARO –    PUERTO CLARO:    MANILA, Philippines—
        rf"^(?P<place>(?=[{_UPPER}]{{2}}[^a-z,(]*(?:[,(:–—-]|\s-)){_PLACE})\s*(?:{_AGENCY})?"
        r"\s*(?:[-–—]+|:|\.-?)\s*(?=\S)",
        rf"^(?P<place>{_PLACE})\s*\((?P<agency>[A-Z][^)]{{1,40}})\)\s*[-–—]+\s",
        # Puerto Claro: Former …
        rf"^(?P<place>[{_UPPER}][{_LOWER}’'-]+(?: [{_UPPER}][{_LOWER}’'-]+){{0,2}}): (?=[A-Z“\"])",
        # (DUNMORE) --
        r"^\((?P<place>[A-Z][A-Z .’'-]{2,40})\)\s*[-–—]+\s",
        # MEXICO CITY. The …
        rf"^(?P<place>[{_UPPER}]{{3,}}(?: [{_UPPER}]{{2,}}){{0,3}})\.(?:-)?(?:\s|$)",
    )
)
_CLOCK = re.compile(r"^\s*\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:o['’]clock|hrs?\b|h\b)[\s.]*")


@cache
def _press() -> dict[str, object]:
    table = lexicon("press")
    return {
        "sections": frozenset(table["sections"].split()),
        "start": re.compile(table["byline_start"], re.I),
        "end": re.compile(table["byline_end"], re.I),
        "no_name": re.compile(table["no_name"], re.I),
        "no_place": re.compile(table["no_place"]),
        "towns": frozenset(table["towns"].split()),
        "staff": re.compile(table["staff"], re.I),
        "agency": re.compile(table["agency"], re.I),
        "not_agency": re.compile(table["not_agency"]),
        "credit": tuple(re.compile(rule) for rule in table["credit"]),
    }


def is_section(text: str) -> bool:
    """Whether a line is made of the names of sections and menus alone."""
    words = [w.strip(".,:;()|/>»›").lower() for w in text.split()]
    return all(not w or w in _press()["sections"] for w in words)  # type: ignore[operator]


def read_head(blocks: Sequence[Block], title: int | None, keep: Sequence[int], known: Known) -> None:
    """Outlet, byline and date as printed around the title."""
    start = 0 if title is None else title
    kept = set(keep)
    long = [i for i in keep if i >= start and len(blocks[i].text.split()) >= 12][:2]
    body = long[-1] if long else (keep[0] if keep else 0)
    after = [i for i in range(start, body) if i != title and i not in kept][:_HEAD_REACH]
    before = [i for i in range(start) if i not in kept][::-1]
    weekday = next((d for i in keep[:3] if (d := weekday_of(blocks[i].text)) is not None), None)
    dated = [
        *after,
        *before,
        *_taken_for_text(blocks, keep, (start, body), title),
        *_stamps_below(blocks, keep),
    ]
    for i in dated:
        text = _CLUNG.sub(" ", blocks[i].text)
        if len(text.split()) <= 24 and DATE_LIKE.search(text) and kinds_of(text) in _DATED_KINDS:
            stamps = re.split(r"(?i)\blast updated?\b|\bupdated?\b", text)
            known.set("published", iso_time(text, weekday), "printed line")
            if len(stamps) > 1 and iso_time(stamps[0]):
                known.set("updated", iso_time(stamps[1]), "printed line")
    stamped = [title] if title is not None and clock_of(blocks[title].text) else []
    read_open_dates([_CLUNG.sub(" ", blocks[i].text) for i in [*dated, *stamped]], blocks, known)
    for i in after:
        name = byline(_CLUNG.sub(" ", blocks[i].text), explicit=title is None)
        if name:
            _set_byline(name, known)
            break
    if title != 0:
        masthead = [blocks[i] for i in before[::-1]]
        away = ("menu", "consent", "signup", "ad", "related", "form")
        read_outlet([b.text for b in masthead if not any(b.at(place) for place in away)], known)


def _taken_for_text(
    blocks: Sequence[Block], keep: Sequence[int], head: tuple[int, int], title: int | None
) -> list[int]:
    """Lines of the report's own at its head that are no sentences: "Date: 3 May 2025" in a paragraph."""
    return [i for i in keep if head[0] <= i < head[1] and i != title and not is_prose(blocks[i].text)]


def _stamps_below(blocks: Sequence[Block], keep: Sequence[int]) -> list[int]:
    """Lines from the report's last on that give its date: "Published 3 May 2025"."""
    opens, last = pattern("press", "stamp_opens"), keep[-1] if keep else 0
    below = range(last, min(last + _FOOT_REACH, len(blocks)))
    return [
        i
        for i in below
        if is_stamp(blocks[i].text)
        # the report may end "Released on 3 May 2019, the film won two prizes."
        or (opens.match(blocks[i].text) and not (i in keep[-1:] and is_prose(blocks[i].text)))
    ]


def read_open_dates(lines: Iterable[str], blocks: Sequence[Block], known: Known) -> None:
    """What the first printed date of ``lines`` that is not full can mean, where no full one is known."""
    if "published" in known.fields or known.open_dates:
        return
    year = copyright_year(b.text for b in blocks)
    short = (line for line in lines if len(line.split()) <= OPEN_WORDS and not END.search(line))
    found, line = next(((d, line) for line in short if (d := open_dates(line, year))), ((), ""))
    if len(found) == 1 and not found[0].startswith("--"):
        own = open_dates(line) == found  # 14/05/25
        where = "printed line" if own else "printed line, its year from the copyright line"
        known.set("published", found[0], where)
    else:
        known.open_dates = found


def _set_byline(name: str, known: Known) -> None:
    """The printed byline; it replaces the markup's where it names the same writer and more."""
    marked = known.fields.get("byline", "")
    more = name[len(marked) :]
    starts = marked and name.casefold().startswith(marked.casefold())
    if starts and known.known_from["byline"] != "carrier" and re.fullmatch(r",? \(?[^\W\d]\D*", more):
        known.drop("byline")
    known.set("byline", name, "printed line")


def byline(text: str, explicit: bool = False) -> str | None:
    """The writer that a line names, without "By" and date; None where the line is no byline.

    ``explicit``: take it only where the line says "By".
    """
    press = _press()
    for part in re.split(r"\s+[|·•–—]\s+|\s+-\s+", text):
        said = press["start"].match(part)  # type: ignore[attr-defined]
        name = part[said.end() :] if said else part
        if explicit and not said:
            continue
        dated = DATE_LIKE.search(name)
        late = dated and press["start"].search(name, dated.end())  # type: ignore[attr-defined]
        if late:
            said, name = late, name[late.end() :]
        elif dated:
            name = pattern("press", "stamp").sub("", name[: dated.start()])
            if not said and _is_place(name):
                continue
        name = _CLOCK.sub("", name).strip(" ,:;|·•–—-/")
        words = name.split()
        if press["no_name"].fullmatch(name):  # type: ignore[attr-defined]
            continue
        if not 0 < len(words) <= _LONGEST_BYLINE or not any(c.isalpha() for c in name):
            continue
        if name.count("(") != name.count(")"):  # "(translated from Tagalog by the web team)"
            continue
        if not said and (kinds_of(name) >= 0 or END.search(name) and len(words) > 6 or is_section(name)):
            continue
        staff = press["staff"].search(name)  # type: ignore[attr-defined]
        if (
            not said
            and not staff
            and (is_date_line(name) or sum(w[0].isupper() for w in words) < 0.5 * len(words))
        ):
            continue
        if not said and (name[-1] == ":" or any(c in name for c in "?!|>»=©@")):
            continue
        return name
    return None


def _is_place(name: str) -> bool:
    """Whether what stands before a date is where, not who: one word, or no first name at its head."""
    words = name.replace(",", " ").split()
    if len(words) < 2:
        return bool(words) and not name.isupper()
    known = lexicon("first_names")
    first = words[0].lower()
    named = first in known["female"].split() or first in known["male"].split()
    return "," in name.strip(" ,") and not named or words[-1].lower() in _press()["towns"]  # type: ignore[operator]


def read_outlet(lines: Iterable[str], known: Known) -> None:
    """The outlet's name from the lines above the title: the first that is no menu."""
    for line in lines:
        name = _name_of(_PARTS.split(line)[0].strip(" |:,-–—"))
        words = name.split()
        if not words or len(words) > _LONGEST_OUTLET or END.search(name) and len(words) > 3:
            continue
        if kinds_of(line) >= 0 and kinds_of(name) >= 0 or is_section(name) or is_date_line(name):
            continue
        known.set("outlet", name, "first lines")
        return


def _name_of(text: str) -> str:
    """A name without the sections that follow it in one line ("APX World Business Sports")."""
    words = text.split()
    tail = len(words)
    while tail > 1 and is_section(words[tail - 1]):
        tail -= 1
    if (
        len(words) - tail >= 3
        or words[tail:]
        and all(w.lower() in ("live", "epaper", "e-paper") for w in words[tail:])
    ):
        return " ".join(words[:tail])
    return text


def dateline(text: str) -> tuple[str | None, str | None]:
    """Place and agency that open a report ("KIGOMA, Tanzania (CPA) - …"); None where not printed."""
    head = text[:160]
    for rule in _DATELINES:
        match = rule.match(head)
        if not match:
            continue
        parts = match.groupdict()
        place = parts["place"].strip(" ,-–—")
        place = place.removesuffix(".") if place.isupper() else place
        agency = parts.get("agency") or parts.get("slashed") or parts.get("bare")
        if agency and re.fullmatch(_MONTH_DAY, agency):
            agency = None
        if agency and not _is_agency(agency):
            agency = None
        if len(place.split()) <= 8 and not _press()["no_place"].match(place):  # type: ignore[attr-defined]
            return place, agency
    return None, None


def _is_agency(name: str) -> bool:
    """Whether what stands in a dateline's parentheses can be an agency: one word, or one that says so."""
    press = _press()
    if press["not_agency"].match(name):  # type: ignore[attr-defined]
        return False
    return len(name.split()) == 1 or bool(press["agency"].search(name)) or name.isupper()  # type: ignore[attr-defined]


def read_body(blocks: Sequence[Block], keep: Sequence[int], known: Known) -> None:
    """Dateline and credit as the report and the lines below it print them."""
    agency = None
    for i in keep[:4]:
        place, agency = dateline(blocks[i].text)
        if place:
            known.set("dateline", place, "dateline")
            opening = re.split(r"\s[-–—]+\s|\)|:", blocks[i].text[:120])[0]
            known.set("published", iso_time(opening), "dateline")
            read_open_dates([opening], blocks, known)
            break
    if agency and not _is_own(agency, known.fields.get("outlet")):
        known.set("credit", agency, "dateline")
    writer = known.fields.get("byline")
    if writer and _press()["agency"].search(writer) and not _is_own(writer, known.fields.get("outlet")):  # type: ignore[attr-defined]
        known.set("credit", writer, "byline")
    low = keep[-1] if keep else 0
    for i, block in enumerate(blocks):
        if i > low + 6 or len(block.text) > 400 or "credit" in known.fields:
            continue
        signed = re.fullmatch(r"[(/]([A-Z][\w .,&’/-]{1,60})[)/]", block.text)
        if signed and i >= low - 2 and not _press()["not_agency"].match(signed[1]):  # type: ignore[attr-defined]
            _set_credit(signed[1], known, "sign-off")
            continue
        for rule in _press()["credit"]:  # type: ignore[attr-defined]
            match = rule.search(block.text)
            if match:
                _set_credit(match["name"], known, "credit line")
                break


def _set_credit(name: str, known: Known, where: str) -> None:
    if not _is_own(name, known.fields.get("outlet")):
        known.set("credit", name.strip(" .,;"), where)


def _is_own(name: str, outlet: str | None) -> bool:
    """Whether a name is the outlet's own: the same words, or its initials."""
    if not outlet:
        return False
    a, b = name.casefold().strip(), outlet.casefold()
    initials = "".join(w[0] for w in re.findall(r"[^\W\d_]+", outlet) if w[0].isupper()).casefold()
    return a in b or (len(b) > 4 and b in a) or a == initials
