"""A stored account checked again, to the letter: JSON, HTML or Markdown.

Nothing of the language stages is needed: the file carries the articles' texts (or their hashes, to
be checked against the pages), and each piece of evidence, each count and each id is derived again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from consilience.account import outlets, stored
from consilience.account.folding import folded
from consilience.account.stored import Fault
from consilience.errors import AccountError
from consilience.ids import content_id
from consilience.model import Account, Article, Disagreement, Evidence, Finding, Origin, Story
from consilience.phrases import articles_in_order, reported_line, who
from consilience.witnesses import witnesses

# A position as the brief prints it: its words, and in brackets those who hold it.
POSITION = re.compile(r"“([^“”]*)” \((.*?)\)(?=[;.])")
SHOWN = 60  # code points of a piece that a fault shows


def text_hash(text: str) -> str:
    """``sha256-`` and the 64 hexadecimal digits of the text's UTF-8."""
    return "sha256-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def without_texts(account: Account) -> Account:
    """The account with each article's text replaced by its hash: for texts that may not be passed on.

    The evidence keeps its words. ``verify`` then needs the pages again.
    """
    bare = (
        a if a.text_hash else msgspec.structs.replace(a, text="", text_hash=text_hash(a.text))
        for a in account.articles
    )
    return msgspec.structs.replace(account, articles=tuple(bare))


def verify(source: Path | str | bytes, pages: Iterable[Article] | None = None) -> list[Fault]:
    """What does not stand in a stored account; empty where everything does.

    ``source`` is a file, or the content of one: JSON of format ``consilience/1``, or a report written
    by ``views.html`` or ``views.markdown``. ``pages`` are the articles read again from their pages,
    for an account that was stored without texts. Raises ``errors.AccountError`` where the source is
    no account at all, ``errors.InputError`` where the file cannot be read.
    """
    data = stored.content(source)
    again = list(pages or ())
    if data.lstrip()[:1] == "{":
        return account_faults(Account.from_json(data), again)
    if data.lstrip()[:15].lower() == "<!doctype html>":
        account, visible = stored.from_html(data)
        found, faults = with_texts(account, again)
        return faults + account_faults(found) + visible(found)
    if data.startswith(stored.MARKDOWN):
        return stored.markdown_faults(data, {text_hash(a.text): a.text for a in again})
    raise AccountError("neither JSON, nor an HTML or Markdown report of this program")


def account_faults(account: Account, pages: Sequence[Article] = ()) -> list[Fault]:
    """What does not stand in an account, piece by piece, in the order of the account."""
    account, faults = with_texts(account, pages)
    lacking = {a.id for a in account.articles if not a.text and a.text_hash}
    for article in account.articles:
        faults += _article_faults(article)
    known = {a.id: a for a in account.articles}
    for number, story in enumerate(account.stories, 1):
        where = f"story {number}" if len(account.stories) > 1 else "story"
        for path, piece in pieces(story, where):
            if piece.article not in lacking:
                faults += _piece_faults(path, piece, known)
        if any(a not in known for a in story.articles):
            faults.append(Fault(where, "names an article that the account does not hold"))
            continue
        faults += [Fault(f"{where}, {w}", what) for w, what in _story_faults(story, known, lacking)]
    return faults


def with_texts(account: Account, pages: Sequence[Article]) -> tuple[Account, list[Fault]]:
    """The account with the texts of ``pages`` put back where their hash is the one stored."""
    texts = {text_hash(a.text): a.text for a in pages}
    faults, articles = [], []
    for article in account.articles:
        if article.text_hash and not article.text:
            text = texts.get(article.text_hash)
            if text is None:
                faults.append(
                    Fault(f"article {article.source}", "its text is neither stored nor among the pages")
                )
            article = msgspec.structs.replace(article, text=text or "")
        articles.append(article)
    return msgspec.structs.replace(account, articles=tuple(articles)), faults


def pieces(node: Any, path: str) -> Iterator[tuple[str, Evidence]]:
    """Every piece of evidence under a value, with the way to it in words."""
    if isinstance(node, Evidence):
        yield path, node
    elif isinstance(node, msgspec.Struct):
        name = getattr(node, "id", None)
        here = f"{path} {name}" if name and not isinstance(node, Story) else path
        for field in node.__struct_fields__:
            yield from pieces(getattr(node, field), f"{here}, {field}")
    elif isinstance(node, tuple):
        for i, item in enumerate(node, 1):
            yield from pieces(item, f"{path} {i}")


def _article_faults(article: Article) -> list[Fault]:
    where = f"article {article.source}"
    faults = []
    if article.text and article.text_hash and text_hash(article.text) != article.text_hash:
        faults.append(Fault(where, "its text is not the one that was hashed"))
    if (
        article.text
        and content_id("article", article.url, article.outlet, article.title, article.text) != article.id
    ):
        faults.append(Fault(where, "its id is not that of its address, outlet, title and text"))
    return faults


def _piece_faults(path: str, piece: Evidence, articles: dict[str, Article]) -> list[Fault]:
    article = articles.get(piece.article)
    if article is None:
        return [Fault(path, f"points into {piece.article}, which the account does not hold")]
    stands = article.text[piece.start : piece.end] if 0 <= piece.start < piece.end else ""
    if stands == piece.text and stands:
        return []
    said, found = (" ".join(t.split())[:SHOWN] for t in (piece.text, stands))
    place = f"{piece.start}–{piece.end} of {article.source}"
    return [Fault(path, f"says “{said}”, but at {place} stands “{found}”")]


# --- what is derived ------------------------------------------------------------------------------


def _story_faults(story: Story, known: dict[str, Article], lacking: set[str]) -> Iterator[tuple[str, str]]:
    """Each derived value of a story that is not what it is derived from."""
    articles = [known[a] for a in story.articles]
    if content_id("story", sorted(story.articles)) != story.id:
        yield "id", "is not that of its articles"
    if story.origins and sorted(a for o in story.origins for a in o.articles) != sorted(story.articles):
        yield "origins", "are not a partition of the story's articles"
    yield from _id_faults(story)
    for finding in story.findings:
        yield from _finding_faults(finding, story.origins)
    if any(f.part_of for f in story.findings) and folded(story.findings) != story.findings:
        yield "findings", "which is part of which is not what the evidence gives"
    for difference in story.disagreements:
        for i, position in enumerate(difference.positions, 1):
            if position.origins and position.origins != witnesses(position.evidence, story.origins):
                yield (
                    f"disagreement {difference.id}, position {i}",
                    "its origins are not those of its evidence",
                )
    for quote in story.quotes:
        if quote.text not in {e.text for e in quote.evidence}:
            yield f"quote {quote.id}", "its text is that of none of its places"
    if story.matrix and outlets.matrix(articles, story.findings, story.disagreements) != story.matrix:
        yield "matrix", "is not what the evidence gives"
    if (
        story.outlets
        and outlets.outlets(articles, story.origins, story.findings, story.matrix) != story.outlets
    ):
        yield "outlets", "what each alone has or leaves out is not what the evidence gives"
    if story.headline and story.headline.article:
        own = known.get(story.headline.article)
        if own is None or (own.title or "").strip() != story.headline.text:
            yield "headline", "is not the title of the article that it names"
    if not lacking & set(story.articles):
        yield from _brief_faults(story, known)


def _id_faults(story: Story) -> Iterator[tuple[str, str]]:
    """Values whose id is not the hash of what they are."""
    for origin in story.origins:
        if origin.id != content_id("origin", sorted(origin.articles)):
            yield f"origin {origin.id}", "its id is not that of its articles"
    for kind, values in (
        ("finding", story.findings),
        ("quote", story.quotes),
        ("commitment", story.commitments),
        ("figure", story.figures),
    ):
        for value in values:
            places = [(e.article, e.start, e.end) for e in value.evidence]
            own = (value.value, value.unit) if kind == "figure" else ()
            if value.id not in (content_id(kind, *own, sorted(places)), content_id(kind, *own, places)):
                yield f"{kind} {value.id}", "its id is not that of its places"


def _finding_faults(finding: Finding, known: Sequence[Origin]) -> Iterator[tuple[str, str]]:
    where = f"finding {finding.id}"
    articles = {e.article for e in finding.evidence}
    origins = witnesses(finding.evidence, known)
    if set(finding.origins) != set(origins) or len(finding.origins) != len(origins):
        yield where, f"counts {len(finding.origins)} origins; its evidence comes from {len(origins)}"
    status = "corroborated" if len(origins) > 1 else "repeated" if len(articles) > 1 else "single"
    if finding.status != status:
        yield where, f"is said to be {finding.status}; its evidence makes it {status}"
    if finding.text != finding.canonical.text:
        yield where, "its text is not that of its own piece of evidence"
    if finding.canonical not in finding.evidence:
        yield where, "its text comes from none of its evidence"


def _brief_faults(story: Story, known: dict[str, Article]) -> Iterator[tuple[str, str]]:
    """Lines of the brief that are neither a source's words nor a template of this account's evidence."""
    findings = {f.id: f for f in story.findings}
    order = articles_in_order((known[a] for a in story.articles), story.origins)
    for i, line in enumerate(story.brief, 1):
        own = [findings[f] for f in line.findings if f in findings]
        if len(own) != len(line.findings) or not own:
            yield f"brief, line {i}", "stands on no finding, or on one that the account does not hold"
        elif not (
            any(_disputed(line.text, d, story, order) for d in story.disagreements)
            or _carried(line.text, own, story, order)
        ):
            yield f"brief, line {i}", f"is not in its evidence: “{line.text[:SHOWN]}”"


def _disputed(text: str, difference: Disagreement, story: Story, order: dict[str, Article]) -> bool:
    """Whether a line tells of this difference, in words of its positions, each with those who hold it."""
    told = POSITION.findall(text)
    if len(told) < 2 or difference.about.strip(" .?").casefold() not in text.casefold():
        return False
    held = [
        (who(p.evidence, story.origins, order), [_plain(e.text) for e in p.evidence])
        for p in difference.positions
    ]
    return all(
        any(name == holders and _cut(words) in t for holders, texts in held for t in texts)
        for words, name in told
    )


def _cut(words: str) -> str:
    """Quoted words as they stand in the text: without the dots that say that they are cut."""
    return _plain(words).strip("… '").strip()


def _carried(text: str, own: Sequence[Finding], story: Story, order: dict[str, Article]) -> bool:
    sources = [_plain(order[a].text) for a in {e.article for f in own for e in f.evidence} if a in order]
    if any(_plain(text) in source for source in sources):
        return True
    parts = (own, [f for f in own if f.status != "single"], *([f] for f in own))
    leads = {reported_line("", part, story.origins, order).split("“")[0] for part in parts if part}
    lead = next((p for p in leads if text.startswith(p + "“")), None)
    if lead is None:
        return False
    inner = text.removeprefix(lead).removesuffix(".")
    return inner.endswith("”") and any(_cut(inner[1:-1]) in source for source in sources)


def _plain(text: str) -> str:
    """White space folded and quotation marks made one, as the templates print them."""
    return " ".join(text.translate(str.maketrans('“”‘’"', "'''''")).split())
