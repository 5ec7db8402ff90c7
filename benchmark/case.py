"""A case: a story's articles and the right answers; and whether its gold file is sound.

The format is described in ``cases/README.md``.
"""

from __future__ import annotations

import html.parser
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

KEYS = {
    "name", "language", "about", "articles", "boilerplate", "origins", "findings", "disagreements",
    "quotes", "figures", "commitments", "people", "timeline",
}  # fmt: skip
KINDS = {"figure", "date", "status", "actor", "polarity", "wording", "content"}
STATUSES = {"pledged", "agreed", "announced", "signed", "planned", "stated", "under way", "refused"}


def fold(text: str) -> str:
    """``text`` with every run of white space as one space."""
    return " ".join(text.split())


class _VisibleText(html.parser.HTMLParser):
    """Collects the text that a reader of the page would see."""

    HIDDEN = ("script", "style", "noscript", "template")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.hidden = 0
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.hidden += tag in self.HIDDEN

    def handle_endtag(self, tag: str) -> None:
        if tag in self.HIDDEN and self.hidden:
            self.hidden -= 1

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def visible_text(path: Path) -> str:
    """The text of an article file that a reader sees, white space folded."""
    raw = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        parser = _VisibleText()
        parser.feed(raw)
        raw = " ".join(parser.parts)
    return fold(raw)


@dataclass(frozen=True)
class Case:
    """A case folder, read: ``gold`` as in gold.json, ``texts`` by file stem, ``faults`` in plain words."""

    folder: Path
    gold: dict
    texts: dict[str, str]
    faults: tuple[str, ...]

    @property
    def articles(self) -> Path:
        """The folder of its articles."""
        return self.folder / "articles"


def load(folder: Path) -> Case:
    """Read a case and check it: every piece of evidence stands in its article, every key is known."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    texts = {p.stem: visible_text(p) for p in sorted((folder / "articles").iterdir())}
    return Case(folder, gold, texts, tuple(_faults(gold, texts)))


def _evidence_of(gold: dict) -> Iterator[tuple[str, dict]]:
    for key in ("boilerplate", "quotes", "figures"):
        for item in gold.get(key, []):
            yield key, item
    for key in ("findings", "commitments", "timeline"):
        for item in gold.get(key, []):
            for piece in item["evidence"]:
                yield f"{key}:{item.get('id', item.get('what'))}", piece
    for item in gold.get("disagreements", []):
        for position in item["positions"]:
            for piece in position["evidence"]:
                yield f"disagreements:{item['id']}", piece


def _faults(gold: dict, texts: dict[str, str]) -> Iterator[str]:
    yield from (f"unknown key {k}" for k in sorted(gold.keys() - KEYS))
    yield from (f"missing key {k}" for k in sorted(KEYS - gold.keys()))
    for where, piece in _evidence_of(gold):
        if piece["article"] not in texts:
            yield f"{where}: no article {piece['article']}"
        elif fold(piece["text"]) not in texts[piece["article"]]:
            yield f"{where}: not in {piece['article']}: {piece['text'][:90]!r}"
    placed = [a for group in gold.get("origins", []) for a in group]
    if sorted(placed) != sorted(texts):
        yield f"origins do not partition the articles: {sorted(placed)} / {sorted(texts)}"
    for finding in gold.get("findings", []):
        if len({p["article"] for p in finding["evidence"]}) < 2:
            yield f"finding {finding['id']} stands in one article only"
    for item in gold.get("disagreements", []):
        if item["kind"] not in KINDS:
            yield f"disagreement {item['id']}: kind {item['kind']}"
        if len(item["positions"]) < 2:
            yield f"disagreement {item['id']}: one position"
    for item in gold.get("commitments", []):
        if item["status"] not in STATUSES:
            yield f"commitment {item['id']}: status {item['status']}"
    for person in gold.get("people", []):
        for alias in person["aliases"]:
            if not any(fold(alias) in t for t in texts.values()):
                yield f"person {person['name']}: {alias!r} stands nowhere"
