"""A story as the stages before the account would hand it over, made from a written case's gold file.

For tests of the account and the views alone: sentences by a plain rule, no vectors, no parse.
"""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import numpy as np

from consilience import model as m
from consilience.ids import content_id
from consilience.spans import Span

BENCHMARK = Path(__file__).parent.parent / "benchmark"
BLOCKS = {"p", "li", "h1", "h2", "h3", "h4", "div", "blockquote", "td", "figcaption", "time", "br", "section"}


class _Blocks(HTMLParser):
    """Visible text, a line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.hidden = 0
        self.parts: list[str] = []
        self.title = ""
        self.in_title = False

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag in ("script", "style", "noscript", "template", "nav", "footer"):
            self.hidden += 1
        if tag == "meta" and attrs.get("property") == "og:title":
            self.title = attrs.get("content") or ""
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag):
        if tag in ("script", "style", "noscript", "template", "nav", "footer") and self.hidden:
            self.hidden -= 1
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data):
        if not self.hidden:
            self.parts.append(re.sub(r"\s+", " ", data))


def _text(path: Path, boilerplate: set[str]) -> tuple[str, str]:
    raw = path.read_text(encoding="utf-8")
    title = ""
    if path.suffix == ".html":
        parser = _Blocks()
        parser.feed(raw)
        raw, title = "".join(parser.parts), parser.title
    lines = [" ".join(line.split()) for line in raw.splitlines()]
    lines = [line for line in lines if line and line not in boilerplate]
    if not title:
        title = lines[0]
    lines = [line for line in lines if line != title and (len(line) > 50 or line.endswith((".", "”")))]
    return "\n\n".join(lines), title


class Gold:
    """The four inputs of ``account.build``, from the folder of a case."""

    def __init__(self, folder: Path) -> None:
        self.gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
        boilerplate = {" ".join(b["text"].split()) for b in self.gold["boilerplate"]}
        self.articles: dict[str, m.Article] = {}
        for path in sorted((folder / "articles").iterdir()):
            known = self.gold["articles"][path.stem]
            text, title = _text(path, boilerplate)
            url = f"https://{re.sub('[^a-z]', '', (known['outlet'] or 'x').lower())}.example/{path.stem}"
            self.articles[path.stem] = m.Article(
                id=content_id("article", url, known["outlet"], title, text),
                source=f"{folder.name}/articles/{path.name}",
                text=text,
                completeness=m.Completeness("whole"),
                outlet=known["outlet"],
                title=title,
                published=known["published"],
                language="en",
                url=url,
            )
        self.people = {
            alias: (p["name"], content_id("entity", p["name"]))
            for p in self.gold["people"]
            for alias in p["aliases"]
        }
        self.origins = self._origins()
        self.findings = self._findings()
        self.disagreements = self._disagreements()
        touched = {f.id: [d.id for d in self.disagreements if f.id in d.findings] for f in self.findings}
        self.findings = tuple(
            msgspec.structs.replace(f, disagreements=tuple(touched[f.id])) for f in self.findings
        )
        self.story = m.StoryReading(
            id=content_id("story", sorted(a.id for a in self.articles.values())),
            readings=tuple(self._reading(stem) for stem in self.articles),
            entities=self._entities(),
        )

    def place(self, piece: dict) -> m.Evidence | None:
        """The gold piece where it first stands, or None where the plain text reading lost it."""
        article = self.articles[piece["article"]]
        text = " ".join(piece["text"].split())
        at = article.text.find(text)
        return article.evidence(Span(at, at + len(text))) if at >= 0 else None

    def places(self, pieces: list[dict]) -> tuple[m.Evidence, ...]:
        return tuple(e for p in pieces if (e := self.place(p)))

    def _origin_of(self, article: str) -> str:
        return next(o.id for o in self.origins if article in o.articles)

    def _origins(self) -> tuple[m.Origin, ...]:
        out = []
        for group in self.gold["origins"]:
            ids = tuple(self.articles[s].id for s in group)
            why = []
            first = self.articles[group[0]]
            for other in (self.articles[s] for s in group[1:]):
                for sentence in _sentences(first.text):
                    at = other.text.find(sentence.of(first.text))
                    if len(sentence) > 40 and at >= 0:
                        pair = (first.evidence(sentence), other.evidence(Span(at, at + len(sentence))))
                        why.append(m.Passage("verbatim", pair, 1.0))
            out.append(
                m.Origin(
                    id=content_id("origin", sorted(ids)),
                    articles=ids,
                    why=tuple(why),
                    reasons=("long passages word for word",) if len(ids) > 1 else (),
                    share=dict.fromkeys(ids, 0.8) if len(ids) > 1 else {},
                    first=ids[0] if len(ids) > 1 else None,
                    direction="printed first" if len(ids) > 1 else "",
                )
            )
        return tuple(out)

    def _findings(self) -> tuple[m.Finding, ...]:
        out = []
        claimed: dict[str, list[Span]] = {a.id: [] for a in self.articles.values()}
        for i, item in enumerate(self.gold["findings"]):
            evidence = self.places(item["evidence"])
            if evidence:
                for e in evidence:
                    claimed[e.article].append(e.span)
                out.append(self._finding(evidence, 10.0 - i * 0.1))
        for article in self.articles.values():
            for sentence in _sentences(article.text):
                if not any(sentence.overlap(s) for s in claimed[article.id]) and len(sentence) > 40:
                    out.append(self._finding((article.evidence(sentence),), 1.0))
        return tuple({f.id: f for f in out}.values())

    def _finding(self, evidence: tuple[m.Evidence, ...], weight: float) -> m.Finding:
        origins = tuple(sorted({self._origin_of(e.article) for e in evidence}))
        articles = {e.article for e in evidence}
        return m.Finding(
            id=content_id("finding", sorted((e.article, e.start, e.end) for e in evidence)),
            text=evidence[0].text,
            canonical=evidence[0],
            evidence=evidence,
            origins=origins,
            status="corroborated" if len(origins) > 1 else "repeated" if len(articles) > 1 else "single",
            weight=weight,
        )

    def _disagreements(self) -> tuple[m.Disagreement, ...]:
        out = []
        for item in self.gold["disagreements"]:
            positions = []
            for p in item["positions"]:
                evidence = self.places(p["evidence"])
                if evidence:
                    origins = tuple(sorted({self._origin_of(e.article) for e in evidence}))
                    positions.append(m.Position(str(p["value"]), evidence, origins))
            if len(positions) > 1:
                near = tuple(
                    f.id
                    for f in self.findings
                    if any(
                        e.article == x.article and e.span.overlap(x.span)
                        for e in f.evidence
                        for p in positions
                        for x in p.evidence
                    )
                )
                out.append(
                    m.Disagreement(
                        id=content_id("disagreement", item["id"], self.gold["name"]),
                        kind=item["kind"],
                        relation=_relation(item),
                        about=item["what"],
                        positions=tuple(positions),
                        findings=near,
                    )
                )
        return tuple(out)

    def _entities(self) -> tuple[m.Entity, ...]:
        out = []
        for person in self.gold["people"]:
            mentions = []
            for article in self.articles.values():
                for alias in person["aliases"]:
                    for hit in re.finditer(rf"\b{re.escape(alias)}\b", article.text):
                        mentions.append(article.evidence(Span(*hit.span())))
            out.append(
                m.Entity(
                    id=content_id("entity", person["name"]),
                    name=person["name"],
                    type="person",
                    aliases=tuple(person["aliases"]),
                    roles=(),
                    mentions=tuple(mentions),
                )
            )
        return tuple(out)

    def _reading(self, stem: str) -> m.Reading:
        article = self.articles[stem]
        sentences = _sentences(article.text)
        analysis = m.Analysis(
            article=article,
            sentences=tuple(
                m.Sentence(s.start, s.end, article.text.count("\n\n", 0, s.start), "sentence", ())
                for s in sentences
            ),
            names=(),
            vectors=np.zeros((len(sentences), 0), dtype=np.float32),
        )
        quotes = []
        for item in self.gold["quotes"]:
            if item["article"] == stem and (e := self.place(item)):
                name, entity = (
                    self.people.get(item["speaker"][0], (item["speaker"][0], None))
                    if item["speaker"]
                    else (None, None)
                )
                speaker = m.Speaker(name, entity) if name else None
                quotes.append(m.QuoteMention(e, item["kind"], speaker))
        figures = []
        for item in self.gold["figures"]:
            if item["article"] == stem and (e := self.place(item)):
                value = item["value"]
                value = tuple(map(float, value)) if isinstance(value, list) else float(value)
                figures.append(
                    m.FigureMention(e, value, item["unit"], item["what"], bool(item["approximate"]))
                )
        return m.Reading(
            analysis=analysis, quotes=tuple(quotes), figures=tuple(figures), reference=article.published
        )

    def commitments(self) -> tuple[m.Commitment, ...]:
        """The ledger as the case has it."""
        out = []
        for item in self.gold["commitments"]:
            evidence = self.places(item["evidence"])
            if evidence:
                amount = m.Amount(**item["amount"]) if item["amount"] else None
                when = item["when"]
                if isinstance(when, dict):
                    when = m.Period(when["start"], when.get("end"))
                elif when:
                    when = m.Period(when)
                out.append(
                    m.Commitment(
                        id=content_id("commitment", [[e.article, e.start, e.end] for e in evidence]),
                        text=evidence[0].text,
                        by=tuple(item["by"][:1]),
                        to=(),
                        status=item["status"],
                        amount=amount,
                        when=when,
                        evidence=evidence,
                    )
                )
        return tuple(out)

    def timeline(self) -> tuple[m.TimelineEntry, ...]:
        """The dated happenings as the case has them; what lies after all reports is to come."""
        last = max((a.published or "")[:10] for a in self.articles.values())
        out = []
        for item in self.gold["timeline"]:
            evidence = self.places(item["evidence"])
            if evidence:
                out.append(
                    m.TimelineEntry(
                        item["start"], item["end"], evidence[0].text, evidence, item["start"] > last
                    )
                )
        return tuple(sorted(out, key=lambda t: t.start))

    def account(self) -> m.Account:
        """The case's account: built, with the case's own ledger and timeline."""
        from consilience import account

        story = account.build(self.story, self.origins, self.findings, self.disagreements)
        story = msgspec.structs.replace(story, commitments=self.commitments(), timeline=self.timeline())
        articles = sorted(self.articles.values(), key=lambda a: a.id)
        return m.Account(articles=tuple(articles), stories=(story,))


def _relation(item: dict) -> str:
    if item["kind"] == "wording":
        return "translation"
    return "update" if "rises" in item["what"] else "conflict"


def _sentences(text: str) -> list[Span]:
    out = []
    for hit in re.finditer(r"[^\n]+?(?:[.!?]”?(?=\s+[“A-Z\d])|$)", text, re.MULTILINE):
        span = Span(*hit.span()).trimmed(text)
        if len(span):
            out.append(span)
    return out
