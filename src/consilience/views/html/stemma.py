"""The drawing of the origins: which article comes from which text, as a stemma along time."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup, escape

from consilience.model import Article, Origin
from consilience.phrases import published_key
from consilience.views.index import date_words

LANE, ROW, LEFT, TOP, RADIUS, EDGE = 48, 34, 40, 40, 12, 12
WIDTH, STEP = 336, 74  # of the drawing, and of a column of time at most
WIDEST = 8  # columns of time; more articles share them


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
    last = max(columns.values(), default=0)
    step = min(STEP, (WIDTH - LEFT - 2 * RADIUS - EDGE) / max(1, last))
    width = LEFT + 2 * RADIUS + EDGE + step * last
    parts, lanes = [], 0.0
    for letter, origin, members in origins:
        rows = _rows(members, columns)
        y = TOP + lanes * LANE
        nodes = {a.id: _Node(LEFT + RADIUS + columns[a.id] * step, y + rows[a.id] * ROW, a) for a in members}
        parts += _lane(letter, origin, nodes, sigla)
        lanes += 1 + (max(rows.values()) * ROW) / LANE
    parts = _dates(articles, columns, step) + parts
    height = TOP + lanes * LANE - 2 * RADIUS
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


def _dates(articles: list[Article], columns: dict[str, int], step: float) -> list[str]:
    """The day over the first column in which it stands."""
    out, last, end = [], "", -99.0
    for article in articles:
        day = " ".join(date_words((article.published or "")[:10]).split()[:2])
        short = day.split()[0] + " " + day.split()[1][:3] if day else "undated"
        x = LEFT + RADIUS + columns[article.id] * step
        if short != last and x - end > 44:  # a label needs room
            out.append(f'<text class="day" x="{x:g}" y="9" text-anchor="middle">{escape(short)}</text>')
            end = x
        last = short
    return out


def _lane(letter: str, origin: Origin, nodes: dict[str, _Node], sigla: dict[str, str]) -> list[str]:
    """The nodes of one origin and the lines between them."""
    tint = tint_of(letter)
    first = nodes.get(origin.first or "")
    out = []
    ordered = list(nodes.values())
    if len(ordered) > 1:
        source = first or _Node(RADIUS + 2, ordered[0].y, ordered[0].article)
        dashed = "" if origin.certain else " maybe"
        for node in ordered:
            if node is not first:
                out.append(f'<path class="bond {tint}{dashed}" d="{_bond(source, node)}"/>')
        if first is None:
            out.append(f'<circle class="lost {tint}" cx="{source.x:g}" cy="{source.y:g}" r="6"/>')
    for node in ordered:
        out.append(
            f'<circle class="node {tint}" cx="{node.x:g}" cy="{node.y:g}" r="{RADIUS}"/>'
            f'<text class="sign {tint}" x="{node.x:g}" y="{node.y + 4:g}" text-anchor="middle">'
            f"{escape(sigla[node.article.id])}</text>"
        )
    return out


def _bond(a: _Node, b: _Node) -> str:
    """From the text to an article: up, along over what stands between, and down."""
    if a.x == b.x:
        return f"M{a.x:g} {a.y:g}V{b.y:g}"
    top = b.y - RADIUS - 6
    return f"M{a.x:g} {a.y:g}V{top:g}H{b.x:g}V{b.y - RADIUS:g}"


def tint_of(letter: str) -> str:
    """The class of an origin's colour: eight tints, then again; the letter tells them apart."""
    return f"o{(ord(letter[0]) - 65 + 26 * (len(letter) - 1)) % 8}"
