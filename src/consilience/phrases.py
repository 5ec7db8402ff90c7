"""The few templates of an account in English, filled from evidence, and the order of outlets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache

from consilience.lexicons import pattern
from consilience.model import Article, Disagreement, Evidence, Finding, Origin, Position
from consilience.witnesses import witnesses

ALL_FROM = ", all from "
POSSIBLY = "possibly from one source with "  # how a doubt begins
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NAMED = 3  # so many outlets are named in a line; more are counted
SHORT = 90  # code points to which the words of a position are cut around its value
LONGEST = 160  # code points of a quotation inside a template; a longer one is cut at a word


def published_key(article: Article) -> tuple[datetime, str]:
    """Sort key by time of publication, articles without one last, ties by id.

    A date without a time is the day's beginning; a time without a zone is read as UTC.
    """
    return moment(article.published) or datetime.max.replace(tzinfo=UTC), article.id


@lru_cache(maxsize=4096)
def moment(published: str | None) -> datetime | None:
    """The ISO 8601 ``published`` as an aware time, or None where it is missing or none."""
    try:
        when = datetime.fromisoformat(published or "")
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def number(n: int) -> str:
    """``n`` as news desks print it: in words up to ten."""
    return NUMBERS[n] if n < len(NUMBERS) else f"{n:,}"


def counted(n: int, one: str, many: str | None = None) -> str:
    """``three outlets``; ``many`` where the plural is not ``one`` with an s."""
    return f"{number(n)} {one if n == 1 else many or one + 's'}"


def outlet_of(article: Article) -> str:
    """The outlet's name, or what else names the article: the file or address it came from."""
    return article.outlet or article.source.rstrip("/").rsplit("/", 1)[-1]


def articles_in_order(articles: Iterable[Article], origins: Sequence[Origin]) -> dict[str, Article]:
    """The articles by id, grouped by origin, larger origins first, then by publication."""
    by_id = {a.id: a for a in articles}
    groups = [[by_id[i] for i in o.articles if i in by_id] for o in origins]
    placed = {a.id for g in groups for a in g}
    groups += [[a] for a in by_id.values() if a.id not in placed]
    groups = [sorted(g, key=published_key) for g in groups if g]
    groups.sort(key=lambda g: (-len(g), published_key(g[0])))
    return {a.id: a for g in groups for a in g}


def joined(parts: Sequence[str]) -> str:
    """``a, b and c``."""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]


def who(evidence: Iterable[Evidence], origins: Sequence[Origin], order: dict[str, Article]) -> str:
    """Whose words these are: outlets by name while they are few, and how many witnesses."""
    evidence = list(evidence)
    ids = {e.article for e in evidence}
    names = list(dict.fromkeys(outlet_of(a) for i, a in order.items() if i in ids))
    behind = len(witnesses(evidence, origins))
    if len(names) == 1:
        return names[0]
    if len(names) > NAMED:
        return f"{counted(len(names), 'outlet')}, {counted(behind, 'origin')}"
    return joined(names) + (", one origin" if behind == 1 else "")


def quoted(text: str) -> str:
    """``text`` in quotation marks, inner ones lowered to single, cut at a word where it is long."""
    text = " ".join(text.split())
    if len(text) > LONGEST:
        text = text[:LONGEST].rsplit(" ", 1)[0].rstrip(",;:") + " …"
    return "“" + text.strip('“”"').replace("“", "‘").replace("”", "’") + "”"


def reported_line(
    text: str, findings: Sequence[Finding], origins: Sequence[Origin], order: dict[str, Article]
) -> str:
    """``Three outlets, one origin, say: “…”``; a single report is said to be one.

    Whose words they are is counted over the reports that carry all of the findings.
    """
    shared = set.intersection(*({e.article for e in f.evidence} for f in findings))
    evidence = [e for e in findings[0].evidence if e.article in (shared or {findings[0].canonical.article})]
    name = who(evidence, origins, order)
    several = len({e.article for e in evidence}) > 1
    words = quoted(text)
    stop = "" if words[-2:-1] in ".!?…" and len(words) > 2 else "."
    comma = "," if "," in name or name.endswith("origin") else ""
    name = name[:1].upper() + name[1:] if several else name
    return f"{name}{comma} {'say' if several else 'alone says'}: {words}{stop}"


def dispute_line(difference: Disagreement, origins: Sequence[Origin], order: dict[str, Article]) -> str:
    """The positions of a difference, each in the words of a report, with those who hold it."""
    positions = [_position(p, origins, order) for p in difference.positions]
    about = difference.about.strip().rstrip(".?")
    if difference.relation == "update" and difference.latest is not None:
        last = positions.pop(difference.latest)
        return f"{_capital(about)}: latest {last}; earlier {'; '.join(positions)}."
    return f"Reports differ – {about}: {'; against '.join(positions)}."


def _position(position: Position, origins: Sequence[Origin], order: dict[str, Article]) -> str:
    value = position.value.casefold()
    shortest = min(
        position.evidence, key=lambda e: (value not in e.text.casefold(), len(e.text), e.article, e.start)
    )
    words = focused(shortest.text, position.value)
    return f"{words} ({who(position.evidence, origins, order)})"


def focused(text: str, value: str) -> str:
    """``text`` in quotation marks, cut to the words of ``value`` and their neighbours where it has them."""
    text, value = " ".join(text.split()), " ".join(value.split())
    at = text.casefold().find(value.casefold())
    if at < 0 or not value or len(text) <= SHORT:
        return quoted(pattern("brief", "leading").sub("", text))
    if len(value.split()) > 1:
        return quoted(pattern("brief", "leading").sub("", text[at : at + len(value)]))
    room = (SHORT - len(value)) // 2
    start, end = max(0, at - room), min(len(text), at + len(value) + room)
    if start:
        start = text.find(" ", start, at) + 1 or at
    if end < len(text):
        end = text.rfind(" ", at + len(value), end)
        end = at + len(value) if end < 0 else end
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return quoted(before + text[start:end].strip('“”"') + after)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def label(name: str, finding: Finding) -> str:
    """How widely a finding is reported: ``4 reports, 2 witnesses, all from Ada Roe``; ``name`` is that of a
    single one."""
    articles = len({e.article for e in finding.evidence})
    return f"{name} alone" if articles == 1 else tally(articles, len(finding.origins)) + source(finding)


def source(finding: Finding) -> str:
    """``, all from Ada Roe`` where every report has the finding from one and the same; else ''."""
    return f"{ALL_FROM}{finding.common_source}" if finding.common_source else ""


def tally(articles: int, origins: int) -> str:
    """``4 reports, 2 witnesses``."""
    reports = f"{articles} report{'s' * (articles != 1)}"
    return f"{reports}, {origins} witness{'es' * (origins != 1)}"


def sigla(order: dict[str, Article], origins: Sequence[Origin]) -> dict[str, str]:
    """A short sign for each article, as editors of old texts give their manuscripts: A1, A2, B, C.

    The letter is the origin (A the largest); the number tells its articles apart.
    """
    origin_of = {a: o.id for o in origins for a in o.articles}
    groups: dict[str, list[str]] = {}
    for article in order:
        groups.setdefault(origin_of.get(article, article), []).append(article)
    out = {}
    for i, members in enumerate(groups.values()):
        letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[i % 26] * (i // 26 + 1)
        for j, article in enumerate(members, 1):
            out[article] = letter if len(members) == 1 else f"{letter}{j}"
    return out
