"""The drawing of the origins: which article comes from which text, as a stemma along time."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup, escape

from consilience.model import Article, Origin
from consilience.phrases import published_key
from consilience.views.index import date_words

LANE, STEP, LEFT, TOP, RADIUS = 46, 74, 44, 30, 13
WIDEST = 12  # columns of time; more articles share them


class _Node(NamedTuple):
    x: float
    y: float
    article: Article


def draw(origins: list[tuple[str, Origin, list[Article]]], sigla: dict[str, str]) -> Markup:
    """SVG of the origins: a lane each, its articles by time, a line from the text they go back to.

    The drawing is decoration for those who see it; the same is said in words beside it.
    """
    articles = sorted((a for _, _, members in origins for a in members), key=published_key)
    columns = _columns(articles)
    width = LEFT + STEP * (max(columns.values(), default=0) + 1)
    parts, lanes = [], 0
    for letter, origin, members in origins:
        rows = _rows(members, columns)
        y = TOP + lanes * LANE
        nodes = {a.id: _Node(LEFT + 30 + columns[a.id] * STEP, y + rows[a.id] * 30, a) for a in members}
        parts += _lane(letter, origin, nodes, sigla)
        lanes += 1 + (max(rows.values()) * 30) / LANE
    parts = _dates(articles, columns) + parts
    height = TOP + lanes * LANE - 10
    body = "".join(parts)
    return Markup(
        f'<svg class="stemma" viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
        f' aria-hidden="true" focusable="false">{body}</svg>'
    )


def _columns(articles: list[Article]) -> dict[str, int]:
    """A column of time for each article, equal steps; articles of one moment share one."""
    moments = list(dict.fromkeys((a.published or "") for a in articles))
    per = -(-len(moments) // WIDEST) if moments else 1
    return {a.id: moments.index(a.published or "") // per for a in articles}


def _rows(members: list[Article], columns: dict[str, int]) -> dict[str, int]:
    """Articles of one origin in one column stand under each other."""
    seen: dict[int, int] = {}
    rows = {}
    for article in members:
        column = columns[article.id]
        rows[article.id] = seen.get(column, 0)
        seen[column] = rows[article.id] + 1
    return rows


def _dates(articles: list[Article], columns: dict[str, int]) -> list[str]:
    """The day over the first column in which it stands."""
    out, last = [], ""
    for article in articles:
        day = " ".join(date_words((article.published or "")[:10]).split()[:2])
        short = day.split()[0] + " " + day.split()[1][:3] if day else "undated"
        if short != last:
            last = short
            x = LEFT + 30 + columns[article.id] * STEP
            out.append(f'<text class="day" x="{x:g}" y="9" text-anchor="middle">{escape(short)}</text>')
    return out


def _lane(letter: str, origin: Origin, nodes: dict[str, _Node], sigla: dict[str, str]) -> list[str]:
    """The nodes of one origin and the lines between them."""
    tint = tint_of(letter)
    first = nodes.get(origin.first or "")
    out = []
    ordered = list(nodes.values())
    if len(ordered) > 1:
        source = first or _Node(LEFT - 14, ordered[0].y, ordered[0].article)
        dashed = "" if origin.certain else " maybe"
        for node in ordered:
            if node is not first:
                width = 1 + 2.5 * origin.share.get(node.article.id, 0.4)
                out.append(
                    f'<path class="bond {tint}{dashed}" stroke-width="{width:.1f}"'
                    f' d="{_curve(source, node)}"/>'
                )
        if first is None:
            out.append(f'<circle class="lost {tint}" cx="{source.x:g}" cy="{source.y:g}" r="7"/>')
    for node in ordered:
        out.append(
            f'<circle class="node {tint}" cx="{node.x:g}" cy="{node.y:g}" r="{RADIUS}"/>'
            f'<text class="sign" x="{node.x:g}" y="{node.y + 4:g}" text-anchor="middle">'
            f"{escape(sigla[node.article.id])}</text>"
        )
    return out


def _curve(a: _Node, b: _Node) -> str:
    if a.y == b.y:  # over what stands between
        lift = 0 if abs(b.x - a.x) <= STEP else 17
        return f"M{a.x:g} {a.y:g}Q{(a.x + b.x) / 2:g} {a.y - lift * 1.6:g} {b.x:g} {b.y:g}"
    middle = (a.x + b.x) / 2
    return f"M{a.x:g} {a.y:g}C{middle:g} {a.y:g} {middle:g} {b.y:g} {b.x:g} {b.y:g}"


def tint_of(letter: str) -> str:
    """The class of an origin's colour: eight tints, then again; the letter tells them apart."""
    return f"o{(ord(letter[0]) - 65 + 26 * (len(letter) - 1)) % 8}"
