"""The account's tables as CSV (RFC 4180, UTF-8 with a byte order mark, so that spreadsheets read it).

Text from outside cannot become a formula: a cell that a spreadsheet would compute begins with an
apostrophe (OWASP, CSV injection).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from consilience.model import Account, Evidence
from consilience.views.index import StoryIndex

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BOM = "\ufeff"


def tables(account: Account) -> dict[str, str]:
    """Name of a table -> its CSV: ``findings`` (findings × outlets), ``differences``, ``ledger``,
    ``quotes``, ``figures``, ``timeline``, ``articles``; with several stories each name begins with the
    story's number (``2-findings``). Every row names its evidence: sign, start, end, words.
    """
    out = {}
    for number, story in enumerate(account.stories, 1):
        prefix = f"{number}-" if len(account.stories) > 1 else ""
        for name, rows in _Tables(account, story).all().items():
            out[prefix + name] = write(rows)
    return out


def write(rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV text."""
    buffer = io.StringIO()
    buffer.write(BOM)
    csv.writer(buffer, lineterminator="\r\n").writerows([safe(cell) for cell in row] for row in rows)
    return buffer.getvalue()


def safe(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers, nothing is the empty cell."""
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return cell
    text = "".join(
        "\ufffd" if (ord(c) < 32 and c not in "\t\n\r") or 0xD800 <= ord(c) < 0xE000 else c for c in cell
    )
    return "'" + text if text.lstrip(" ").startswith(FORMULA) else text


class _Tables(StoryIndex):
    """The rows of one story's tables, the first of each its head."""

    def all(self) -> dict[str, list[Sequence[object]]]:
        """Every table by name."""
        return {
            "findings": self.findings_rows(),
            "differences": self.differences_rows(),
            "ledger": self.ledger_rows(),
            "quotes": self.quotes_rows(),
            "figures": self.figures_rows(),
            "timeline": self.timeline_rows(),
            "articles": self.articles_rows(),
        }

    def place(self, piece: Evidence) -> list[object]:
        """Sign, outlet, start, end and words of evidence."""
        return [
            self.sigla[piece.article], self.outlet(piece.article), piece.start, piece.end, piece.text,
        ]  # fmt: skip

    def findings_rows(self) -> list[Sequence[object]]:
        """Findings × outlets."""
        outlets = [f"{sign} {self.outlet(a)}" for a, sign in self.sigla.items()]
        rows: list[Sequence[object]] = [
            ["number", "finding", "status", "reports", "witnesses", "disputed", *outlets, "id"]
        ]
        for f in self.story.findings:
            stands = self.stands.get(f.id, {})
            disputed = "yes" if self.disputed(f) else "no"
            reports = len({e.article for e in f.evidence})
            rows.append(
                [self.numbers[f.id], f.text, f.status, reports, len(f.origins), disputed,
                 *(stands.get(a, "") for a in self.sigla), f.id]
            )  # fmt: skip
        return rows

    def differences_rows(self) -> list[Sequence[object]]:
        """A row for each piece of evidence of each position."""
        head = ["about", "relation", "kind", "position", "last", *PLACE, "id"]
        rows: list[Sequence[object]] = [head]
        for d in self.differences():
            for i, p in enumerate(d.positions):
                last = "yes" if d.latest == i else ""
                rows += [
                    [d.about, d.relation, d.kind, p.value, last, *self.place(e), d.id]
                    for e in self.sorted(p.evidence)
                ]
        return rows

    def ledger_rows(self) -> list[Sequence[object]]:
        """Commitments, a row for each piece of evidence."""
        head = ["status", "commitment", "by", "to", "low", "high", "unit", "start", "end", *PLACE, "id"]
        rows: list[Sequence[object]] = [head]
        for c in self.story.commitments:
            low, high = _bounds(c.amount.value) if c.amount else (None, None)
            unit = c.amount.unit if c.amount else None
            start, end = (c.when.start, c.when.end) if c.when else (None, None)
            own = [c.status, c.text, "; ".join(c.by), "; ".join(c.to), low, high, unit, start, end]
            rows += [[*own, *self.place(e), c.id] for e in self.sorted(c.evidence)]
        return rows

    def quotes_rows(self) -> list[Sequence[object]]:
        """Quotes, a row for each place."""
        rows: list[Sequence[object]] = [["speaker", "quote", "kind", *PLACE, "id"]]
        for name, _, quotes in self.quotes():
            for q in quotes:
                rows += [[name, q.text, q.kind, *self.place(e), q.id] for e in self.sorted(q.evidence)]
        return rows

    def figures_rows(self) -> list[Sequence[object]]:
        """Figures, a row for each place, in the order of publication within what they count."""
        head = ["what", "low", "high", "unit", "approximate", "published", *PLACE, "id"]
        rows: list[Sequence[object]] = [head]
        for what, unit, figures in self.figures():
            for f in figures:
                low, high = _bounds(f.value)
                rows += [
                    [what, low, high, unit, "yes" if f.approximate else "no",
                     self.order[e.article].published, *self.place(e), f.id]
                    for e in self.sorted(f.evidence)
                ]  # fmt: skip
        return rows

    def timeline_rows(self) -> list[Sequence[object]]:
        """Dated happenings, a row for each piece of evidence."""
        rows: list[Sequence[object]] = [["start", "end", "to come", "happening", *PLACE]]
        for t in self.story.timeline:
            own = [t.start, t.end, "yes" if t.to_come else "no", t.text]
            rows += [[*own, *self.place(e)] for e in self.sorted(t.evidence)]
        return rows

    def articles_rows(self) -> list[Sequence[object]]:
        """The articles with their origins."""
        letters = {a.id: letter for letter, _, members in self.origins for a in members}
        rows: list[Sequence[object]] = [
            ["sign", "outlet", "title", "published", "updated", "byline", "credit", "language", "url",
             "completeness", "reason", "origin", "source", "id"]
        ]  # fmt: skip
        for a in self.order.values():
            rows.append(
                [self.sigla[a.id], a.outlet, a.title, a.published, a.updated, a.byline, a.credit, a.language,
                 a.url, a.completeness.status, a.completeness.reason, letters.get(a.id), a.source, a.id]
            )  # fmt: skip
        return rows


PLACE = ("sign", "outlet", "from offset", "to offset", "words")


def _bounds(value: float | tuple[float, float]) -> tuple[float, float]:
    """A value as its least and its greatest; whole numbers without a point."""
    low, high = value if isinstance(value, tuple) else (value, value)
    return (int(low) if low == int(low) else low), (int(high) if high == int(high) else high)
