"""The account as JSON-LD: schema.org, W3C Web Annotation, PROV, and a few terms of its own.

Articles are ``schema:NewsArticle``; findings ``schema:Claim`` with their ``appearance``; quotes
``schema:Quotation``. Each piece of evidence is an ``oa:Annotation`` whose target selects the words in
the article by ``oa:TextQuoteSelector`` (with what stands around them) and ``oa:TextPositionSelector``
(offsets in code points, as the recommendation counts them). Copies are ``prov:wasDerivedFrom``, an
origin a ``prov:Collection``. The context stands in the document: nothing has to be fetched to read it.
The terms under ``TERMS`` are described in docs/reference/json-ld.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from consilience.addresses import is_web
from consilience.model import Account, Article, Disagreement, Evidence, Finding, Origin, Quote, Story
from consilience.phrases import outlet_of

TERMS = "urn:consilience:terms#"
AROUND = 32  # code points before and after, by which a quote is found again in a changed text
CONTEXT = {
    "@version": 1.1,
    "schema": "https://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "con": TERMS,
    "id": "@id",
    "type": "@type",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "datePublished": {"@id": "schema:datePublished", "@type": "schema:DateTime"},
    "dateModified": {"@id": "schema:dateModified", "@type": "schema:DateTime"},
    "url": {"@id": "schema:url", "@type": "@id"},
    **{
        name: {"@id": f"schema:{name}", "@type": "@id"}
        for name in ("appearance", "firstAppearance", "about", "isPartOf", "hasPart")
    },
    **{
        name: {"@id": iri, "@type": "@id"}
        for name, iri in (
            ("source", "oa:hasSource"),
            ("body", "oa:hasBody"),
            ("motivation", "oa:motivatedBy"),
            ("hadMember", "prov:hadMember"),
            ("wasDerivedFrom", "prov:wasDerivedFrom"),
            ("agrees", "con:agrees"),
            ("differs", "con:differs"),
            ("silent", "con:silent"),
            ("copiedFrom", "con:copiedFrom"),
            ("sharesOrigin", "con:sharesOrigin"),
            ("origin", "con:origin"),
            ("concerns", "con:concerns"),
            ("inStory", "con:inStory"),
        )
    },
    "target": "oa:hasTarget",
    "selector": "oa:hasSelector",
    "position": {"@id": "con:position", "@container": "@list"},
}


def render(account: Account) -> str:
    """``account`` as one JSON-LD document; same account, same text.

    Ids are ``urn:consilience:`` and the account's own. Addresses are given where they are http(s).
    """
    writer = _Writer(account)
    graph = [writer.article(a) for a in account.articles]
    for story in account.stories:
        graph += writer.story(story)
    document = {"@context": CONTEXT, "@graph": graph}
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return "".join("\ufffd" if 0xD800 <= ord(c) < 0xE000 else c for c in text) + "\n"


def iri(kind: str, ident: str) -> str:
    """The name of a value: its kind and its id, with nothing in it that a name may not hold."""
    safe = "".join(c if c.isascii() and (c.isalnum() or c in "-._") else f"%{ord(c):02X}" for c in ident)
    return f"urn:consilience:{kind}:{safe}"


class _Writer:
    """Turns values into nodes of the graph."""

    def __init__(self, account: Account) -> None:
        self.articles = {a.id: a for a in account.articles}

    def article(self, article: Article) -> dict:
        """A ``schema:NewsArticle``."""
        node: dict = {"id": iri("article", article.id), "type": "schema:NewsArticle"}
        node["schema:headline"] = article.title
        node["schema:publisher"] = {"type": "schema:Organization", "schema:name": outlet_of(article)}
        if article.byline:
            node["schema:author"] = {"type": "schema:Person", "schema:name": article.byline}
        if is_web(article.url):
            node["url"] = article.url
        node["datePublished"] = article.published
        node["dateModified"] = article.updated
        node["schema:inLanguage"] = article.language
        node["schema:creditText"] = article.credit
        node["con:completeness"] = article.completeness.status
        if article.text_hash:
            node["con:textHash"] = article.text_hash
        return {k: v for k, v in node.items() if v is not None}

    def story(self, story: Story) -> list[dict]:
        """The nodes of one story."""
        about = {
            "id": iri("story", story.id),
            "type": ["con:Story", "schema:Event"],
            "hasPart": [iri("article", a) for a in story.articles],
        }
        if story.headline:
            about["schema:name"] = story.headline.text
        nodes = [about]
        for origin in story.origins:
            nodes += self.origin(origin)
        nodes += [self.finding(f, story) for f in story.findings]
        nodes += [self.difference(d) for d in story.disagreements]
        nodes += [self.quote(q) for q in story.quotes]
        nodes += [self.annotation("finding", f.id, e) for f in story.findings for e in f.evidence]
        nodes += [self.annotation("quote", q.id, e) for q in story.quotes for e in q.evidence]
        return nodes

    def origin(self, origin: Origin) -> list[dict]:
        """A ``prov:Collection`` of the articles of one text, and who had it from whom."""
        nodes = [
            {
                "id": iri("origin", origin.id),
                "type": ["con:Origin", "prov:Collection"],
                "hadMember": [iri("article", a) for a in origin.articles],
                "con:certain": origin.certain,
            }
        ]
        if len(origin.articles) < 2:
            return nodes
        for article in origin.articles:
            node: dict = {"id": iri("article", article)}
            if origin.first and article != origin.first:
                node["wasDerivedFrom"] = node["copiedFrom"] = [iri("article", origin.first)]
            node["sharesOrigin"] = [iri("article", a) for a in origin.articles if a != article]
            nodes.append(node)
        return nodes

    def finding(self, finding: Finding, story: Story) -> dict:
        """A ``schema:Claim`` with where it appears and how each article stands to it."""
        articles = list(dict.fromkeys(e.article for e in finding.evidence))
        node: dict = {
            "id": iri("finding", finding.id),
            "type": "schema:Claim",
            "schema:text": finding.text,
            "inStory": [iri("story", story.id)],
            "appearance": [iri("article", a) for a in articles],
            "con:status": finding.status,
            "con:witnesses": len(finding.origins),
            "origin": [iri("origin", o) for o in finding.origins],
        }
        dated = [a for a in articles if a in self.articles and self.articles[a].published]
        if dated:
            first = min(dated, key=lambda a: (self.articles[a].published or "", a))
            node["firstAppearance"] = [iri("article", first)]
        stands = next((r.stands for r in story.matrix if r.finding == finding.id), {})
        for term, stand in (("agrees", "says"), ("differs", "says otherwise"), ("silent", "silent")):
            held = [iri("article", a) for a, s in sorted(stands.items()) if s == stand]
            if held and (term != "silent" or finding.status != "single"):
                node[term] = held
        return node

    def difference(self, difference: Disagreement) -> dict:
        """A ``con:Difference`` with its positions in order."""
        return {
            "id": iri("difference", difference.id),
            "type": "con:Difference",
            "con:kind": difference.kind,
            "con:relation": difference.relation,
            "schema:name": difference.about,
            "concerns": [iri("finding", f) for f in difference.findings],
            "position": [
                {
                    "type": "con:Position",
                    "con:value": p.value,
                    "target": [self.target(e) for e in p.evidence],
                }
                for p in difference.positions
            ],
        }

    def quote(self, quote: Quote) -> dict:
        """A ``schema:Quotation``; its speaker is a name, resolved where the account resolves it."""
        node: dict = {
            "id": iri("quote", quote.id),
            "type": "schema:Quotation",
            "schema:text": quote.text,
            "isPartOf": _unique(iri("article", e.article) for e in quote.evidence),
        }
        if quote.speaker:
            speaker: dict = {"type": "schema:Person", "schema:name": quote.speaker.name}
            if quote.speaker.entity:
                speaker["id"] = iri("entity", quote.speaker.entity)
            node["schema:spokenByCharacter"] = speaker
        return node

    def annotation(self, kind: str, ident: str, piece: Evidence) -> dict:
        """An ``oa:Annotation``: these words of this article carry that value."""
        place = f"{piece.article}.{piece.start}.{piece.end}"
        return {
            "id": iri("evidence", f"{ident}.{place}"),
            "type": "oa:Annotation",
            "motivation": ["oa:linking"],
            "body": [iri(kind, ident)],
            "target": self.target(piece),
        }

    def target(self, piece: Evidence) -> dict:
        """The words in their article: by quotation and by position."""
        text = self.articles[piece.article].text if piece.article in self.articles else ""
        quote = {"type": "oa:TextQuoteSelector", "oa:exact": piece.text}
        if text:
            quote["oa:prefix"] = text[max(0, piece.start - AROUND) : piece.start]
            quote["oa:suffix"] = text[piece.end : piece.end + AROUND]
        position = {"type": "oa:TextPositionSelector", "start": piece.start, "end": piece.end}
        return {
            "type": "oa:SpecificResource",
            "source": [iri("article", piece.article)],
            "selector": [quote, position],
        }


def _unique(items: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(items))
