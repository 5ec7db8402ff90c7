"""The account in a terminal: as wide as it is, coloured where it can be."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from consilience.model import Account, Evidence, Figure, Story
from consilience.phrases import counted, source
from consilience.views.index import (
    StoryIndex,
    date_words,
    period_words,
    reporting,
    value_words,
)

FINDINGS, DIFFERENCES, QUOTES, FIGURES, ROWS = 30, 12, 12, 10, 14  # at most, unless all are asked for
TINTS = ("blue", "yellow", "green", "magenta", "red", "cyan", "bright_magenta", "bright_black")
BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def render(account: Account, console: Console, *, full: bool = False) -> None:
    """Print ``account`` to ``console``; the longest lists are cut, and say so, unless ``full``.

    Control characters of the articles' text are taken out: they could steer the terminal. Colour is
    the console's matter (``NO_COLOR`` is honoured by it).
    """
    if not account.stories:
        console.print(Text("No story was found in the pages read."))
    for number, story in enumerate(account.stories, 1):
        if number > 1:
            console.print()
        _Printer(account, story, console, full).print(number if len(account.stories) > 1 else None)


def clean(text: str) -> str:
    """One line of printable text: nothing in it steers a terminal or turns its direction."""
    folded = " ".join(text.split())
    return "".join(
        "\ufffd" if c in BIDI or unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn") else c for c in folded
    )


class _Printer:
    """Prints one story."""

    def __init__(self, account: Account, story: Story, console: Console, full: bool) -> None:
        self.index = StoryIndex(account, story)
        self.story, self.console, self.full = story, console, full
        self.broad = console.width >= 88

    def print(self, number: int | None) -> None:
        """The story, section by section."""
        self.front(number)
        self.brief()
        self.differences()
        self.findings()
        self.quotes()
        self.ledger()
        self.figures()
        self.timeline()
        self.outlets()

    # --- pieces ---

    def section(self, title: str) -> None:
        """A section's title over a line."""
        self.console.print()
        self.console.print(Rule(Text(title, style="bold"), align="left", style="dim", characters="─"))

    def signs(self, evidence: Iterable[Evidence]) -> Text:
        """The signs of the articles that evidence stands in, in their origins' colours."""
        out = Text()
        for article in self.index.signs(evidence):
            sign = self.index.sigla[article]
            letter = sign.rstrip("0123456789")
            tint = TINTS[(ord(letter[0]) - 65 + 26 * (len(letter) - 1)) % len(TINTS)]
            out.append((" " if out else "") + sign, style=f"bold {tint}")
        return out

    def rows(self, rows: Iterable[tuple[Text | str, Text, Text]]) -> None:
        """Rows of a short label, a text and the signs of its reports: beside it, or after it."""
        table = Table.grid(padding=(0, 2, 0, 0), expand=True)
        table.add_column(no_wrap=True, style="dim")
        table.add_column(ratio=1)
        if self.broad:
            table.add_column(justify="right", max_width=26)
        for label, text, signs in rows:
            if self.broad:
                table.add_row(label, text, signs)
            else:
                table.add_row(label, Text(" ").join([text, signs]) if signs else text)
        self.console.print(table)

    def more(self, left: int, what: str) -> None:
        """What a cut list leaves out."""
        if left > 0:
            self.console.print(Text(f"… and {left} more {what}", style="dim"))

    def cut(self, n: int) -> int | None:
        """Where a list is cut."""
        return None if self.full else n

    # --- sections ---

    def front(self, number: int | None) -> None:
        """The headline, whose it is, and the witnesses."""
        story, index = self.story, self.index
        head = story.headline
        title = clean(head.text) if head else f"{reporting(story.articles)} without a headline"
        self.console.print(Text(f"{number}. {title}" if number else title, style="bold"))
        days = sorted(a.published[:10] for a in index.order.values() if a.published)
        parts = [f"headline of {clean(head.outlet)}"] if head and head.outlet else []
        parts += [period_words(days[0], days[-1])] if days else []
        parts += [
            reporting(story.articles) + ", " + counted(len(story.origins), "witness", "witnesses"),
        ]
        self.console.print(Text(" · ".join(parts), style="dim"))
        self.console.print()
        rows = []
        for letter, origin, members in index.origins:
            for i, article in enumerate(members):
                shown = Text(clean(index.outlet(article.id)))
                notes = [date_words(article.published, True) or "undated"]
                if article.completeness.status == "partial":
                    notes.append("partial text")
                if len(members) > 1 and i == 0:
                    possibly = "" if origin.certain else "possibly "
                    notes.append(f"{letter}: {possibly}one text, {reporting(origin.articles)}")
                shown.append("  " + " · ".join(notes), style="dim")
                rows.append((self.signs([article_evidence(article.id)]), shown, Text()))
        self.rows(rows)
        for doubt in index.doubts():
            self.console.print(Text(f"In doubt: {clean(doubt.rsplit(':', 1)[0])}.", style="dim"))

    def brief(self) -> None:
        """The summary."""
        if not self.story.brief:
            return
        self.section("In brief")
        for line in self.story.brief:
            carried = [self.index.findings[f] for f in line.findings if f in self.index.findings]
            text = Text(clean(line.text))
            signs = self.signs(carried[0].evidence) if carried else Text()
            self.console.print(Padding(Text("  ").join([text, signs]), (0, 0, 1, 0)))

    def differences(self) -> None:
        """Differences, conflicts first; precision is silent."""
        told = [d for d in self.index.differences() if d.relation != "precision"]
        if not told:
            return
        self.section("Where the reports differ")
        for difference in told[: self.cut(DIFFERENCES)]:
            style = "bold red" if difference.relation == "conflict" else "bold"
            title = Text(self.index.tag(difference) + "  ", style=style)
            title.append(clean(difference.about), style="bold")
            self.console.print(title)
            rows = []
            for i, position in enumerate(difference.positions):
                words = min(position.evidence, key=lambda e: (len(e.text), e.article, e.start))
                value, said = clean(position.value), clean(words.text)
                text = Text() if value == said else Text(value + "  ", style="bold")
                text.append("“" + said.strip('“”"') + "”", style="not bold")
                if difference.latest == i:
                    text.append("  reported last", style="not bold dim")
                rows.append(("  ", text, self.signs(position.evidence)))
            self.rows(rows)
        self.more(len(told) - len(told[: self.cut(DIFFERENCES)]), "differences")

    def findings(self) -> None:
        """Findings that more than one report has."""
        shared = self.index.shared()
        if not shared and not self.index.single():
            return
        self.section("Findings")
        rows = []
        for finding in shared[: self.cut(FINDINGS)]:
            text = Text(clean(self.index.wordings[finding.id].text))
            behind = counted(len(finding.origins), "witness", "witnesses") + clean(source(finding))
            text.append("  " + behind, style="dim")
            if self.index.disputed(finding):
                text.append("  disputed", style="red")
            if parts := self.index.parts.get(finding.id):
                text.append(f"  +{len(parts)} like it", style="dim")
            rows.append((f"{self.index.numbers[finding.id]:>3}", text, self.signs(finding.evidence)))
        self.rows(rows)
        self.more(len(shared) - len(rows), "findings in more than one report")
        self.more(len(self.index.single()), "in one report alone")

    def quotes(self) -> None:
        """Quotes by speaker."""
        if not self.story.quotes:
            return
        self.section("Who said what")
        left = self.cut(QUOTES) or len(self.story.quotes)
        shown = 0
        for name, entity, quotes in self.index.quotes():
            if shown >= left:
                break
            title = Text(clean(name) or "Speaker not named", style="bold")
            if entity and entity.roles:
                title.append(f"  {clean(entity.roles[0])}", style="not bold dim")
            self.console.print(title)
            taken = quotes[: left - shown]
            shown += len(taken)
            self.rows([("  ", Text(clean(q.text)), self.signs(q.evidence)) for q in taken])
        self.more(len(self.story.quotes) - shown, "quotes")

    def ledger(self) -> None:
        """Commitments."""
        items = self.story.commitments
        if not items:
            return
        self.section("Commitments")
        rows = []
        for item in items[: self.cut(ROWS)]:
            text = Text(clean(item.text))
            terms = [f"by {clean(', '.join(item.by))}"] if item.by else []
            terms += [f"to {clean(', '.join(item.to))}"] if item.to else []
            terms += [value_words(item.amount.value, item.amount.unit)] if item.amount else []
            terms += [period_words(item.when.start, item.when.end)] if item.when else []
            text.append("  " + " · ".join(terms), style="dim")
            rows.append((f"{item.status:<9}", text, self.signs(item.evidence)))
        self.rows(rows)
        self.more(len(items) - len(rows), "commitments")

    def figures(self) -> None:
        """Figures by what they count."""
        groups = self.index.figures()
        if not groups:
            return
        self.section("Figures")
        for what, unit, figures in groups[: self.cut(FIGURES)]:
            title = Text(clean(what) or "not said what", style="bold")
            title.append(f"  {unit}" if unit and unit not in what else "", style="not bold dim")
            self.console.print(title)
            self.rows([("  ", self._figure(f), self.signs(f.evidence)) for f in figures])
        self.more(len(groups) - len(groups[: self.cut(FIGURES)]), "kinds of figure")

    def _figure(self, figure: Figure) -> Text:
        words = min(figure.evidence, key=lambda e: (len(e.text), e.article, e.start))
        text = Text(("about " if figure.approximate else "") + value_words(figure.value))
        text.append(f"  {clean(words.text)}", style="dim")
        return text

    def timeline(self) -> None:
        """Dated happenings; what is to come apart."""
        if not self.story.timeline:
            return
        self.section("Timeline")
        for to_come in (False, True):
            entries = [t for t in self.story.timeline if t.to_come == to_come]
            if to_come and entries:
                self.console.print(Text("Still to come", style="bold"))
            self.rows(
                [
                    (f"{period_words(t.start, t.end):<16}", Text(clean(t.text)), self.signs(t.evidence))
                    for t in entries[: self.cut(ROWS)]
                ]
            )
            self.more(len(entries) - len(entries[: self.cut(ROWS)]), "dated happenings")

    def outlets(self) -> None:
        """What each report alone has, and leaves out, in numbers."""
        if not self.story.outlets:
            return
        self.section("Outlets")
        rows = []
        for view in self.story.outlets:
            if view.article not in self.index.order:
                continue
            text = Text(clean(self.index.outlet(view.article)))
            text.append(f"  {len(view.only_here)} findings only here", style="dim")
            whole = self.index.order[view.article].completeness.status == "whole"
            left = f"leaves out {len(view.leaves_out)} that two other witnesses carry"
            text.append(f" · {left if whole else 'partial text: its silence says nothing'}", style="dim")
            rows.append((self.signs([article_evidence(view.article)]), text, Text()))
        self.rows(rows)


def article_evidence(article: str) -> Evidence:
    """A stand-in for a place in an article, where only the article counts."""
    return Evidence(article=article, start=0, end=0, text="")
