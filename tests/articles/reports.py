"""Reports written for these tests, and pages built around them."""

# ruff: noqa: E501 (pages and tables stay on their lines)
from __future__ import annotations

from consilience.articles import extract
from consilience.model import Article, Page

TITLE = "Harbour wall gives way in Port Ellis"
PARAGRAPHS = (
    "The harbour wall of Port Ellis gave way shortly before noon on Monday, and four fishing boats sank within "
    "minutes, the harbour master said.",
    "Nobody was hurt. “We had cleared the quay an hour before,” Ida Norberg, the harbour master, told reporters.",
    "Engineers had warned in March that the wall, built in 1911, might not stand another winter of storms.",
    "The town council will meet on Wednesday to decide how to pay for a new one, which could cost 12 million crowns.",
    "Fishermen have been told to land their catch at Hamnvik, 20 kilometres to the south, until the summer.",
)


def page(*body: str, head: str = "", title: str = TITLE, paragraphs: tuple[str, ...] = PARAGRAPHS) -> str:
    """An HTML page with the report; ``body`` stands below it."""
    text = "\n".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{title}</title>{head}</head>"
        f"<body><nav><a href='/'>Home</a> <a href='/n'>News</a></nav><article><h1>{title}</h1>{text}</article>"
        f"{''.join(body)}</body></html>"
    )


def read(data: str | bytes, kind: str = "html", **fields: str) -> Article:
    """The one article of a page."""
    articles, rejected = extract([Page("test", data, f"text/{kind}", **fields)])  # type: ignore[arg-type]
    assert not rejected, rejected
    return articles[0]


def reason(data: str | bytes, kind: str = "html") -> str:
    """Why a page gives no article."""
    articles, rejected = extract([Page("test", data, f"text/{kind}")])  # type: ignore[arg-type]
    assert not articles
    return rejected[0].reason
