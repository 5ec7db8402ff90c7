"""The articles as CSL-JSON: citations for a reference manager (Zotero, Mendeley, pandoc …)."""

from __future__ import annotations

import json
import re

from consilience.addresses import is_web
from consilience.model import Account, Article
from consilience.phrases import outlet_of, published_key


def render(account: Account) -> str:
    """A CSL-JSON list (schema 1.0) of the account's articles in the order of publication.

    Pages that are no articles are left out; what a page does not say is left out of its item.
    """
    cited = [a for a in account.articles if a.completeness.status != "not an article"]
    items = [item(a) for a in sorted(cited, key=published_key)]
    text = json.dumps(items, ensure_ascii=False, indent=1)
    return "".join("\ufffd" if 0xD800 <= ord(c) < 0xE000 else c for c in text) + "\n"


def item(article: Article) -> dict:
    """One article as a CSL item of type ``article-newspaper``."""
    out: dict = {"id": article.id, "type": "article-newspaper"}
    if article.title:
        out["title"] = article.title
    out["container-title"] = outlet_of(article)
    authors = _authors(article.byline)
    if authors:
        out["author"] = [{"literal": name} for name in authors]
    issued = _date(article.published)
    if issued:
        out["issued"] = {"date-parts": [issued]}
    if is_web(article.url):
        out["URL"] = article.url
    if article.language:
        out["language"] = article.language
    if article.section:
        out["section"] = article.section
    if article.credit:
        out["source"] = article.credit
    return out


def _authors(byline: str | None) -> list[str]:
    """The names of a byline: ``By A B and C D`` gives two."""
    if not byline:
        return []
    names = re.sub(r"^\s*(?:by|from|words by|report(?:ed|ing)? by)\s*:?\s+", "", byline, flags=re.IGNORECASE)
    return [n.strip() for n in re.split(r",\s*(?:and\s+)?|\s+and\s+|\s*&\s*|;\s*", names) if n.strip()]


def _date(iso: str | None) -> list[int]:
    """Year, month and day of an ISO date, as far as it gives them."""
    found = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", iso or "")
    return [int(p) for p in found.groups() if p] if found else []
