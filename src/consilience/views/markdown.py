"""The account as Markdown with footnotes, to be pasted into a document.

Each footnote is a place in an article: its label says which article, from where and to where
(``[^A1-120-180]``), its text the exact words. Footnotes are those of GitHub and Pandoc. With the
articles' texts at the end, ``consilience verify`` checks every one of them from the file alone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from consilience.model import Account, Article, Evidence, Finding, Story
from consilience.phrases import counted
from consilience.views.index import (
    KIND_WORDS,
    StoryIndex,
    date_words,
    period_words,
    value_words,
)

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$^&])")
ONCE = "One passage in two reports, counted once:"
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


def render(account: Account, with_texts: bool = True) -> str:
    """``account`` as Markdown; ``with_texts=False`` leaves the articles' texts out, their hashes stay.

    Text from outside is escaped: no markup, no HTML and no link of an article comes alive.
    """
    parts = ["<!-- consilience/1 -->"]
    for number, story in enumerate(account.stories, 1):
        prefix = f"{number}." if len(account.stories) > 1 else ""
        parts.append(_Writer(account, story, prefix).write(with_texts))
    if not account.stories:
        parts.append("No story was found in the pages read.")
    if account.rejected:
        parts.append("## Set aside")
        parts.append("\n".join(f"- {inline(r.source)}: {inline(r.reason)}" for r in account.rejected))
    return "\n\n".join(parts) + "\n"


def inline(text: str) -> str:
    """``text`` on one line, with no markup of its own; direction marks are closed where they end."""
    text = "".join(
        "\ufffd" if ord(c) < 32 or 0xD800 <= ord(c) < 0xE000 else c for c in " ".join(text.split())
    )
    text = SPECIAL.sub(r"\\\1", text)
    text = re.sub(r"(?i)\b(https?|ftp|javascript|data|mailto)(?=:)", r"\1\\", text)
    text = re.sub(r"^([-+=]|\d+(?=[.)](?:\s|$)))", r"\\\1" if not text[:1].isdigit() else r"\1\\", text)
    return f"\u2068{text}\u2069" if BIDI.search(text) else text


class _Writer(StoryIndex):
    """One story as Markdown. ``prefix`` tells the stories of one file apart in labels."""

    def __init__(self, account: Account, story: Story, prefix: str) -> None:
        super().__init__(account, story)
        self.prefix = prefix
        self.notes: dict[str, Evidence] = {}

    def write(self, with_texts: bool) -> str:
        """The story, its notes, and its sources."""
        parts = [
            *self.front(), *self.brief(), *self.differences_in_words(), *self.findings_in_words(),
            *self.quotes_in_words(), *self.ledger(), *self.figures_in_words(), *self.timeline(),
        ]  # fmt: skip
        parts += self.sources()
        parts.append("\n".join(f"[^{label}]: {self.note(e)}" for label, e in sorted(self.notes.items())))
        if with_texts:
            parts += self.texts()
        return "\n\n".join(p for p in parts if p)

    def refs(self, evidence: Iterable[Evidence]) -> str:
        """The footnote marks of evidence, in the order of the signs."""
        labels = []
        for piece in self.sorted(evidence):
            label = f"{self.prefix}{self.sigla[piece.article]}-{piece.start}-{piece.end}"
            self.notes[label] = piece
            labels.append(f"[^{label}]")
        return "".join(dict.fromkeys(labels))

    def note(self, piece: Evidence) -> str:
        """A footnote: whose words, when, and the words."""
        when = date_words(self.order[piece.article].published)
        who = inline(self.outlet(piece.article)) + (f", {when}" if when else "")
        return f"{who}: “{inline(piece.text)}”"

    def front(self) -> list[str]:
        """The headline and whose it is."""
        head = self.story.headline
        out = [f"# {inline(head.text) if head else 'Reports without a headline'}"]
        lines = [f"Headline of {inline(head.outlet)}."] if head and head.outlet else []
        witnesses = counted(len(self.story.origins), "witness", "witnesses")
        lines.append(f"{counted(len(self.order), 'report')}, {witnesses}.".capitalize())
        return [*out, f"*{' '.join(lines)}*"]

    def brief(self) -> list[str]:
        """The summary."""
        if not self.story.brief:
            return []
        lines = []
        for line in self.story.brief:
            carried = [self.findings[f] for f in line.findings if f in self.findings]
            lines.append(f"{inline(line.text)}{self.refs(self.first_places(carried))}")
        return ["## In brief", "\n\n".join(lines)]

    def first_places(self, findings: Iterable[Finding]) -> list[Evidence]:
        """One place in each article for the first finding, and the own words of the others."""
        first: dict[str, Evidence] = {}
        findings = list(findings)
        for piece in self.sorted(findings[0].evidence) if findings else ():
            first.setdefault(piece.article, piece)
        return [*first.values(), *(f.canonical for f in findings[1:])]

    def differences_in_words(self) -> list[str]:
        """Differences, conflicts first; precision is silent."""
        told = [d for d in self.differences() if d.relation != "precision"]
        out = ["## Where the reports differ"] if told else []
        for d in told:
            lines = [
                f"**{inline(d.about)}** ({self.tag(d).lower()}; {KIND_WORDS[d.kind]})",
                "",
            ]
            for i, p in enumerate(d.positions):
                last = ", reported last" if d.latest == i else ""
                lines.append(f"- {inline(p.value)}{last}: {self.names(p.evidence)}{self.refs(p.evidence)}")
            out.append("\n".join(lines))
        return out

    def names(self, evidence: Iterable[Evidence]) -> str:
        """The outlets that evidence stands in."""
        return ", ".join(dict.fromkeys(inline(self.outlet(a)) for a in self.signs(evidence)))

    def findings_in_words(self) -> list[str]:
        """Findings, those of several reports first, each with its count."""
        out = []
        for title, findings in (("## Findings", self.shared()), ("## In one report alone", self.single())):
            if findings:
                lines = [
                    f"{indent}- {self.finding(f)}"
                    for head in findings
                    for indent, f in (("", head), *(("  ", part) for part in self.parts.get(head.id, ())))
                ]
                out += [title, "\n".join(lines)]
        return out

    def finding(self, f: Finding) -> str:
        """A finding in its words, how widely it is reported, and where."""
        return f"{inline(self.wordings[f.id].text)} — *{inline(self.label(f))}*{self.refs(f.evidence)}"

    def quotes_in_words(self) -> list[str]:
        """Quotes by speaker, with their variants."""
        out = ["## Who said what"] if self.story.quotes else []
        for name, entity, quotes in self.quotes():
            role = f", {inline(entity.roles[0])}" if entity and entity.roles else ""
            lines = [f"**{inline(name) or 'Speaker not named'}**{role}", ""]
            for quote in quotes:
                main = [e for e in quote.evidence if e.text == quote.text]
                lines.append(f"- {inline(quote.text)}{self.refs(main)}")
                others: dict[str, list[Evidence]] = {}
                for e in self.sorted(quote.evidence):
                    if e.text != quote.text:
                        others.setdefault(e.text, []).append(e)
                lines += [f"  - also printed: {inline(t)}{self.refs(es)}" for t, es in others.items()]
            out.append("\n".join(lines))
        return out

    def ledger(self) -> list[str]:
        """Commitments as a table."""
        if not self.story.commitments:
            return []
        rows = ["| Status | What | By | To | Amount | When |", "| --- | --- | --- | --- | --- | --- |"]
        for c in self.story.commitments:
            amount = value_words(c.amount.value, c.amount.unit) if c.amount else ""
            when = period_words(c.when.start, c.when.end) if c.when else ""
            cells = (c.status, c.text, ", ".join(c.by), ", ".join(c.to), amount, when)
            shown = [inline(x) for x in cells]
            shown[1] += self.refs(c.evidence)
            rows.append(f"| {' | '.join(shown)} |")
        return ["## Commitments", "\n".join(rows)]

    def figures_in_words(self) -> list[str]:
        """Figures by what they count, in the order of publication."""
        lines = []
        for what, unit, figures in self.figures():
            shown = "; ".join(
                f"{'about ' if f.approximate else ''}{value_words(f.value)}{self.refs(f.evidence)}"
                for f in figures
            )
            of = f" ({inline(unit)})" if unit and unit not in what else ""
            lines.append(f"- {inline(what) or 'not said what'}{of}: {shown}")
        return ["## Figures", "\n".join(lines)] if lines else []

    def timeline(self) -> list[str]:
        """Dated happenings, what is to come apart."""
        out = []
        for title, to_come in (("## Timeline", False), ("### Still to come", True)):
            entries = [t for t in self.story.timeline if t.to_come == to_come]
            if entries:
                lines = [
                    f"- **{period_words(t.start, t.end)}** {inline(t.text)}{self.refs(t.evidence)}"
                    for t in entries
                ]
                out += [title, "\n".join(lines)]
        return out

    def sources(self) -> list[str]:
        """The articles: sign, outlet, title, date, address, completeness, hash of the text."""
        rows = [
            "| Sign | Outlet | Title | Published | Text | SHA-256 of the text |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
        for article in self.order.values():
            cells = (
                self.outlet(article.id), article.title or "", article.published or "",
                article.completeness.status, text_hash(article),
            )  # fmt: skip
            sign = self.prefix + self.sigla[article.id]
            rows.append(f"| {sign} | {' | '.join(inline(c) for c in cells)} |")
        shared = [
            f"{letter}: {counted(len(members), 'report')}, {'' if origin.certain else 'possibly '}one text."
            for letter, origin, members in self.origins
            if len(members) > 1
        ]
        signs = "Reports whose signs have one letter go back to one text: one witness."
        doubts = [f"{inline(words)}." for words in self.doubts()]
        once = [f"- {ONCE}{self.refs(p.evidence)}" for _, p in self.overlaps()]
        told = [signs + (" " + " ".join(shared) if shared else ""), "\n\n".join(doubts), "\n".join(once)]
        return ["## Sources", *(t for t in told if t), "\n".join(rows)]

    def texts(self) -> list[str]:
        """The articles' texts, each in a fence that nothing in it can close."""
        out = ["## Texts"]
        for article in self.order.values():
            if article.text:
                text = "".join("\ufffd" if 0xD800 <= ord(c) < 0xE000 else c for c in article.text)
                longest = max((len(m) for m in re.findall(r"~+", text)), default=0)
                fence = "~" * max(4, longest + 1)
                out.append(f"### {self.prefix}{self.sigla[article.id]}")
                out.append(f"{fence}text\n{text}\n{fence}")
        return out if len(out) > 1 else []


def text_hash(article: Article) -> str:
    """The hexadecimal SHA-256 of the article's text."""
    if article.text_hash:
        return article.text_hash.removeprefix("sha256-")
    return hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
