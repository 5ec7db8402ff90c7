"""Title, outlet, byline and date of the cases' and stories' pages, against ``benchmark/pages``.

A value is right where it is one of the forms that the page prints, compared without regard to case and
white space, or rightly absent. Of the date, the day counts.
"""

from __future__ import annotations

import json
from pathlib import Path

from benchmark.rows import Row
from consilience.articles import extract
from consilience.model import Article
from consilience.sources import read_pages

HERE = Path(__file__).resolve().parent.parent
FIELDS = ("title", "outlet", "byline", "date")


def right(gold: object, said: str | None) -> bool:
    """Whether ``said`` is one of the forms of ``gold`` (a string, a list of forms with None, or None)."""
    forms = gold if isinstance(gold, list) else [gold]
    return _plain(said) in {_plain(form) for form in forms}


def _plain(value: str | None) -> str | None:
    return " ".join(value.split()).casefold() if value else None


def values(article: Article) -> dict[str, str | None]:
    """The four fields as they are scored."""
    return {
        "title": article.title,
        "outlet": article.outlet,
        "byline": article.byline,
        "date": article.published[:10] if article.published else None,
    }


def measure(data: Path, verbose: bool = False) -> list[Row]:
    """Rows for pages as served (HTML) and for texts as copied; ``data`` is not needed."""
    tallies: dict[tuple[str, str], list[bool]] = {}
    for gold_file in sorted((HERE / "pages").glob("*.json")):
        gold = json.loads(gold_file.read_text(encoding="utf-8"))
        folder = next(f for f in (HERE / "cases", HERE / "stories") if (f / gold_file.stem).is_dir())
        articles, _ = extract(p for p in read_pages([str(folder / gold_file.stem / "articles")]))
        by_stem = {Path(a.source).stem: a for a in articles}
        for stem, wanted in gold.items():
            path = next((folder / gold_file.stem / "articles").glob(f"{stem}.*"))
            kind = "HTML" if path.suffix == ".html" else "text"
            said = values(by_stem[stem]) if stem in by_stem else dict.fromkeys(FIELDS)
            for field in FIELDS:
                good = right(wanted[field], said[field])
                tallies.setdefault((kind, field), []).append(good)
                if verbose and not good:
                    print(f"      {gold_file.stem} {stem} {field}: {said[field]!r}, not {wanted[field]!r}")
    rows = []
    for kind in ("HTML", "text"):
        marks = [good for (k, _), found in tallies.items() if k == kind for good in found]
        by_field = ", ".join(f"{f} {_share(tallies[(kind, f)]):.3f}" for f in FIELDS)
        rows.append(Row(f"metadata of {kind} pages", _share(marks), len(marks), by_field))
    return rows


def _share(marks: list[bool]) -> float:
    return sum(marks) / len(marks) if marks else 0.0
