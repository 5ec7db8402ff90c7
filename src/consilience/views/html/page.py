"""What the templates print of a story: the account's values with their places in the report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from markupsafe import Markup

from consilience.addresses import is_web
from consilience.model import (
    Account,
    Article,
    Attribution,
    Disagreement,
    Entity,
    Evidence,
    Figure,
    Finding,
    Origin,
    OutletView,
    Passage,
    Position,
    Quote,
    Story,
)
from consilience.phrases import counted, published_key
from consilience.spans import Span
from consilience.views.html import stemma
from consilience.views.html.marks import Paragraph, Piece, bare, paragraphs, shown, variant
from consilience.views.index import (
    KIND_WORDS,
    StoryIndex,
    date_words,
    period_words,
    value_words,
)
from consilience.witnesses import inside, place, witnesses
from consilience.words import rarity, words_of

MARK = {"says": "y", "says otherwise": "d", "silent": "", "partial text": "p"}
SAID, LIKE = 6, 0.6  # utterances shown of a person; part of the words that two of one utterance share
LEAN, PROOFS = 1500, 12  # pieces of evidence from which a report is lean; passages shown of an origin then
NARROW, DENSE = 12, 26  # columns of the apparatus from which its marks stand closer


class Sign(NamedTuple):
    """An article's short sign, with the class of its origin's tint."""

    sign: str
    tint: str
    article: Article
    number: int


class Form(NamedTuple):
    """A form in which a quote was printed, in runs of words, and where."""

    pieces: list[Piece]
    evidence: list[Evidence]


class Given(NamedTuple):
    """A value of a figure, the place that printed it first, and all its places."""

    value: str
    first: Evidence
    evidence: list[Evidence]


class StoryPage(StoryIndex):
    """A story as the report prints it. ``number`` is each article's place in the account."""

    kind_words = KIND_WORDS
    proofs = PROOFS
    date = staticmethod(date_words)
    period = staticmethod(period_words)
    value = staticmethod(value_words)
    counted = staticmethod(counted)

    def __init__(self, account: Account, story: Story, index: int, number: dict[str, int]) -> None:
        super().__init__(account, story)
        self.index = index
        self.number = number
        self.path = f"stories.{index}"
        self.pieces = sum(len(f.evidence) for s in account.stories for f in s.findings)
        self.place_of = {f.id: i for i, f in enumerate(story.findings)}

    def sign(self, article: str) -> Sign:
        """The sign of an article."""
        sign = self.sigla[article]
        tint = stemma.tint_of(sign.rstrip("0123456789"))
        return Sign(sign, tint, self.order[article], self.number[article])

    def signs_of(self, evidence: Iterable[Evidence]) -> list[Sign]:
        """The signs of the articles in which evidence stands."""
        return [self.sign(a) for a in self.signs(evidence)]

    def chips(self, evidence: Iterable[Evidence]) -> Markup:
        """Links to the articles in which evidence stands, one for each, at its first place."""
        first: dict[str, Evidence] = {}
        for piece in self.sorted(evidence):
            first.setdefault(piece.article, piece)
        return Markup(" ").join(self.chip(e) for e in first.values())

    def chip(self, piece: Evidence) -> Markup:
        """A link to the place of evidence in its article, shown as the article's sign."""
        s = self.sign(piece.article)
        return Markup('<a class="chip {}" href="#{}" data-at="{}">{}</a>').format(
            s.tint, self.anchor(piece), self.at(piece), s.sign
        )

    def at(self, piece: Evidence) -> str:
        """The place of evidence for the script and for ``verify``: number of article, start, end."""
        return f"{self.number[piece.article]}:{piece.start}-{piece.end}"

    def anchor(self, piece: Evidence) -> str:
        """The paragraph in which evidence stands, for readers without the script."""
        text = self.order[piece.article].text
        start = text.rfind("\n", 0, piece.start) + 1
        return f"t{self.number[piece.article]}p{start}"

    def words(self, piece: Evidence) -> Markup:
        """The exact words of evidence, marked so that ``verify`` finds them."""
        return Markup('<bdi data-e="{}">{}</bdi>').format(self.at(piece), shown(piece.text))

    @cached_property
    def lean(self) -> bool:
        """Whether the report is so large that the words of a finding are cut from the articles' texts
        only when it is opened, by the script."""
        return self.pieces > LEAN and all(a.text for a in self.order.values())

    def by_article(self, evidence: Iterable[Evidence]) -> list[tuple[str, list[Evidence]]]:
        """Evidence under the article in which it stands, in the order of the signs."""
        groups: dict[str, list[Evidence]] = {}
        for piece in self.sorted(evidence):
            groups.setdefault(piece.article, []).append(piece)
        return list(groups.items())

    # --- the apparatus ---

    @cached_property
    def density(self) -> str:
        """How close the columns stand."""
        n = len(self.order)
        return "wide" if n <= NARROW else "narrow" if n <= DENSE else "dense"

    def marks(self, finding: Finding) -> Markup:
        """A mark for each article: says, says otherwise, partial text, silent (the bare mark)."""
        stands = self.stands.get(finding.id, {})
        kinds = (MARK[stands.get(article, "silent")] for article in self.sigla)
        return Markup("").join(
            Markup('<i class="{}"></i>').format(k) if k else Markup("<i></i>") for k in kinds
        )

    def style(self) -> str:
        """The tint, the sign and the gap of each column of marks, told once for all rows."""
        rules, last = [], None
        for i, sign in enumerate(self.sigla.values(), 1):
            letter = sign.rstrip("0123456789")
            tint = stemma.tint_of(letter)[1:]
            gap = "; margin-left: var(--e)" if last not in (None, letter) else ""
            last = letter
            rules.append(
                f"#s{self.index} .ms > :nth-child({i}) "
                f'{{ --t: var(--t{tint}); --b: var(--b{tint}); --s: "{sign}"{gap} }}'
            )
        return "\n".join(rules) + "\n"

    def marks_in_words(self, finding: Finding) -> str:
        """The marks for those who hear them."""
        stands = self.stands.get(finding.id, {})
        groups: dict[str, list[str]] = {}
        for article, sign in self.sigla.items():
            groups.setdefault(stands.get(article, "silent"), []).append(sign)
        words = {
            "says": "Says",
            "says otherwise": "Says otherwise",
            "silent": "Silent",
            "partial text": "Partial text",
        }
        many = len(self.order) > NARROW  # a long list of the silent is noise
        said = [
            f"{words[k]}: {len(groups[k]) if many and k == 'silent' else ', '.join(groups[k])}"
            for k in words
            if k in groups
        ]
        return ". ".join(said) + "."

    def columns(self) -> list[tuple[str, str, list[str]]]:
        """Letter, tint and signs of each origin, for the head of the apparatus."""
        return [
            (letter, stemma.tint_of(letter), [self.sigla[a.id] for a in members])
            for letter, _, members in self.origins
        ]

    def conflicts(self, finding: Finding) -> list[Disagreement]:
        """The differences of a finding that a reader is told of."""
        found = [self.disagreements[i] for i in finding.disagreements if i in self.disagreements]
        return [d for d in found if d.relation != "precision"]

    def people_of(self, finding: Finding) -> str:
        """Indices of the people and bodies that a finding's words name, for the filter."""
        hits = []
        for i, entity in enumerate(self.cast):
            if any(s.entity == entity.id for s in finding.sources) or self._named(entity, finding):
                hits.append(str(i))
        return " ".join(hits)

    def _named(self, entity: Entity, finding: Finding) -> bool:
        places = self._mentions[entity.id]
        return any(e.start <= start < e.end for e in finding.evidence for start in places.get(e.article, ()))

    @cached_property
    def _mentions(self) -> dict[str, dict[str, list[int]]]:
        out: dict[str, dict[str, list[int]]] = {}
        for entity in self.story.entities:
            places = out.setdefault(entity.id, {})
            for m in entity.mentions:
                places.setdefault(m.article, []).append(m.start)
        return out

    @cached_property
    def cast(self) -> list[Entity]:
        """People and bodies, those named in most articles first."""
        named = [e for e in self.story.entities if e.type in ("person", "organization")]
        return sorted(named, key=lambda e: (-len({m.article for m in e.mentions}), -len(e.mentions), e.id))

    def roles(self, entity: Entity) -> list[str]:
        """At most three roles, none that another says in full."""
        kept: list[str] = []
        for role in sorted(entity.roles, key=len, reverse=True):
            if not any(role.casefold() in other.casefold() for other in kept):
                kept.append(role)
        return kept[:3]

    def said_by(self, entity: Entity) -> list[list[Evidence]]:
        """What the articles say that somebody says, not in quotes: utterances alike are one.

        Each is the places of one utterance, the first the shortest; most reported first, ``SAID`` at most.
        """
        told: list[tuple[set[str], list[Evidence]]] = []
        for attribution in self._indirect.get(entity.id, ()):
            piece = attribution.content[0]
            keys = {w.key for w in words_of(piece.text) if rarity(w.key) > 0.1}
            home = next(
                (t for t in told if keys and len(keys & t[0]) > LIKE * min(len(keys), len(t[0]))), None
            )
            if home:
                home[1].append(piece)
            elif keys:
                told.append((keys, [piece]))
        told.sort(key=lambda t: -len({e.article for e in t[1]}))
        return [sorted(pieces, key=lambda e: len(e.text)) for _, pieces in told[:SAID]]

    @cached_property
    def _indirect(self) -> dict[str, list[Attribution]]:
        out: dict[str, list[Attribution]] = {}
        for a in self.story.attributions:
            known = a.content and a.content[0].article in self.order
            if known and not a.direct and a.speaker and a.speaker.entity:
                out.setdefault(a.speaker.entity, []).append(a)
        return out

    # --- differences, quotes, figures ---

    def told(self) -> list[Disagreement]:
        """Differences that are shown; those of precision alone, and forms of a quote, stand behind them."""
        return [d for d in self.differences() if d.relation != "precision" and d.kind != "wording"]

    def worded(self) -> list[Disagreement]:
        """Quotes that are printed in different words."""
        return [d for d in self.differences() if d.relation != "precision" and d.kind == "wording"]

    def silent(self) -> list[Disagreement]:
        """Differences of precision alone."""
        return [d for d in self.differences() if d.relation == "precision"]

    def exemplar(self, position: Position) -> Evidence:
        """The piece that shows a position best: the shortest of at least four words, else the longest."""
        held = self.sorted(position.evidence) or list(position.evidence)
        value = position.value.casefold()
        held = [e for e in held if value in e.text.casefold()] or held  # those that print the value itself
        fit = [e for e in held if len(e.text.split()) > 3]
        return min(fit, key=lambda e: len(e.text)) if fit else max(held, key=lambda e: len(e.text))

    def witnesses(self, evidence: Iterable[Evidence]) -> str:
        """``two witnesses``: how many origins stand behind evidence."""
        return counted(len(witnesses(evidence, self.story.origins)), "witness", "witnesses")

    def once(self, finding: Finding) -> list[Passage]:
        """The passages for which reports of two origins count as one witness of a finding."""
        origins = {o.id for o in self.story.origins if any(e.article in o.articles for e in finding.evidence)}
        if len(origins) == len(finding.origins):
            return []
        places = [place(e) for e in finding.evidence]
        return [p for _, p in self.overlaps() if any(inside(x, place(e)) for x in places for e in p.evidence)]

    def forms(self, quote: Quote) -> list[Form]:
        """The forms of a quote, the main one first, each with what differs from it marked.

        Places that differ in punctuation alone are one form.
        """
        found: list[Form] = [Form([Piece(quote.text)], [])]
        for piece in sorted(self.sorted(quote.evidence), key=lambda e: e.text != quote.text):
            runs = variant(quote.text, piece.text)
            form = Form(runs, [piece])
            plain = not any(r.mark for r in runs)
            home = found[0] if plain else next((f for f in found[1:] if _marked(f) == _marked(form)), None)
            if home is None:
                found.append(form)
            else:
                home.evidence.append(piece)
        return [f for f in found if f.evidence]

    def over_time(self, figures: Sequence[Figure]) -> list[Given]:
        """The values of one kind of figure with their places, the value that was printed first first."""
        rows: dict[str, list[Evidence]] = {}
        for figure in figures:
            shown = ("about " if figure.approximate else "") + value_words(figure.value)
            rows.setdefault(shown, []).extend(e for e in figure.evidence if e.article in self.order)
        given = []
        for value, pieces in rows.items():
            pieces.sort(key=lambda e: (published_key(self.order[e.article]), e.start))
            if pieces:
                given.append(Given(value, pieces[0], pieces))
        return sorted(given, key=lambda g: published_key(self.order[g.first.article]))

    def alone(self, origin: Origin) -> list[str]:
        """Ids of the findings that several articles of one origin have, and no other origin."""
        return [f.id for f in self.shared() if {e.article for e in f.evidence} <= set(origin.articles)]

    def views(self) -> list[OutletView]:
        """What each article alone has and leaves out, in the order of the signs."""
        held = [v for v in self.story.outlets if v.article in self.order]
        return sorted(held, key=lambda v: self._rank[v.article])

    # --- origins, outlets, articles ---

    def drawing(self) -> Markup:
        """The stemma."""
        return stemma.draw(self.origins, self.sigla)

    def text(self, article: Article) -> list[Paragraph]:
        """The article in paragraphs, passages shared within its origin marked."""
        return paragraphs(article.text, self._shared.get(article.id, ()))

    @cached_property
    def _shared(self) -> dict[str, list[tuple[Span, str]]]:
        out: dict[str, list[tuple[Span, str]]] = {}
        for letter, origin, _ in self.origins:
            for passage in origin.why:
                for piece in passage.evidence:
                    out.setdefault(piece.article, []).append((piece.span, f"sh {stemma.tint_of(letter)}"))
        return out

    def pairs(self) -> str:
        """Shared passages for the side-by-side reading: article, start, end, article, start, end; …"""
        rows = []
        for _, origin, _ in self.origins:
            for passage in origin.why:
                a, b = passage.evidence
                if a.article in self.number and b.article in self.number:
                    rows.append(f"{self.at(a)} {self.at(b)}")
        return ";".join(rows)

    def link(self, article: Article) -> str | None:
        """The article's address where it is one that a reader may follow."""
        if is_web(article.url):
            return article.url
        return None

    def cite(self, article: Article) -> str:
        """The article as one cites it: outlet, title, date, address."""
        parts = [
            self.outlet(article.id),
            f"“{article.title}”" if article.title else "",
            date_words(article.published),
        ]
        return ", ".join(p for p in [*parts, self.link(article) or ""] if p)

    def numbered(self, ids: Iterable[str]) -> list[Finding]:
        """The findings of ``ids`` that the story has; for one shown under another, that one."""
        held = (self.findings[i] for i in ids if i in self.findings)
        return list({h.id: h for f in held for h in [self.findings.get(f.part_of or "", f)]}.values())

    def facts(self) -> Markup:
        """The story in one line of numbers."""
        story = self.story
        shared = len(self.shared())
        conflicts = sum(d.relation == "conflict" for d in story.disagreements)
        parts = [
            f"<b>{len(self.order)}</b> report{'s' * (len(self.order) != 1)}",
            f"<b>{len(story.origins)}</b> witness{'es' * (len(story.origins) != 1)}",
            f"<b>{shared}</b> finding{'s' * (shared != 1)} in more than one report",
        ]
        if conflicts:
            parts.append(f"<b>{conflicts}</b> conflict{'s' * (conflicts != 1)}")
        return Markup(" ").join(Markup(f"<span>{p}</span>") for p in parts)

    @staticmethod
    def sentence(words: str) -> str:
        """A phrase of the account as a sentence."""
        words = words.strip()
        return words[:1].upper() + words[1:] + ("" if words.endswith((".", "!", "?")) else ".")

    def span_of_time(self) -> str:
        """From the first report's day to the last's."""
        days = sorted(a.published[:10] for a in self.order.values() if a.published)
        return period_words(days[0], days[-1]) if days else ""


def _marked(form: Form) -> tuple[list[str], int]:
    """What is marked in a form: the words that differ, and how often words are left out."""
    return [bare(p.text) for p in form.pieces if p.mark == "new"], sum(p.mark == "gap" for p in form.pieces)


def _alike(one: set[str], other: set[str]) -> bool:
    """Whether two utterances share most of the shorter one's words."""
    return len(one & other) > LIKE * min(len(one), len(other))
