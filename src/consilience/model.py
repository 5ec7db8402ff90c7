"""The types: what the stages hand to each other, frozen, without I/O.

Everything that a reader of the account sees is a ``msgspec.Struct`` and is written to JSON under
the names used here (format ``consilience/1``, see docs/account.md). Offsets count Unicode code
points of ``Article.text``; ends are exclusive; dates are ISO 8601 strings.

The words, in the order in which the data flows: page -> article -> analysis -> reading -> story ->
origin -> finding and disagreement -> account.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import msgspec
import numpy as np

from consilience.spans import OffsetMap, Span

FORMAT = "consilience/1"

CompletenessStatus = Literal["whole", "partial", "not an article"]
CopyKind = Literal["verbatim", "edited", "paraphrased", "translated"]
FindingStatus = Literal["corroborated", "repeated", "single"]
DisagreementKind = Literal["figure", "date", "status", "actor", "polarity", "wording", "content"]
Relation = Literal["conflict", "update", "precision", "scope", "attribution", "translation"]
CommitmentStatus = Literal[
    "pledged", "agreed", "announced", "signed", "planned", "stated", "under way", "refused"
]
EventStatus = Literal["done", "under way", "to come", "denied", "conditional", "expected"]
Stand = Literal["says", "says otherwise", "silent", "partial text"]


class Value(msgspec.Struct, frozen=True):
    """Base of the values of an account."""


# --- pages and articles -------------------------------------------------------------------------


@dataclass(frozen=True)
class Page:
    """What was fetched or read, as it came. ``source`` names it in messages and in the account.

    ``data`` is bytes where the encoding is still to be found, else text. The other fields are what
    the carrier (a JSON line, a feed, an HTTP header) says of the page: None where it says nothing.
    """

    source: str
    data: bytes | str
    media_type: Literal["text/html", "text/plain"]
    charset: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: str | None = None
    credit: str | None = None


class Rejected(Value):
    """An input that was set aside, with the reason, in one line.

    ``fault`` is false where it was read well and is merely not needed (the same content twice).
    """

    source: str
    reason: str
    fault: bool = True


class Completeness(Value):
    """Whether the page carries the whole report; ``reason`` is a plain phrase, '' for a whole one."""

    status: CompletenessStatus
    reason: str = ""


class Entry(Value):
    """An entry of a live blog: its place in the article's text, and when it was published."""

    start: int
    end: int
    published: str | None = None


class Article(Value):
    """The report on a page as the outlet printed it: title apart, furniture gone, nothing reworded.

    ``known_from`` says for each field that is not null where its value stood ("JSON-LD",
    "og:site_name", "first line" …). ``notes`` are corrections and editor's notes, kept apart.
    ``entries``: those of a live blog. ``open_dates``: what a printed date without a sure year or month can
    mean (``--MM-DD``: no year). ``pieces``: the offset map to the page's decoded text (``spans.OffsetMap``).
    ``text_hash`` (``sha256-``, 64 hexadecimal digits, of the UTF-8) stands in an account without texts.
    """

    id: str
    source: str
    text: str
    completeness: Completeness
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    dateline: str | None = None
    section: str | None = None
    published: str | None = None
    updated: str | None = None
    language: str | None = None
    credit: str | None = None
    known_from: dict[str, str] = {}
    notes: tuple[str, ...] = ()
    pieces: tuple[tuple[int, int, int], ...] = ()
    text_hash: str | None = None
    entries: tuple[Entry, ...] = ()
    open_dates: tuple[str, ...] = ()

    def page_map(self) -> OffsetMap:
        """From offsets of ``text`` to offsets of the page's decoded text."""
        return OffsetMap(self.pieces)

    def evidence(self, span: Span) -> Evidence:
        """The words of ``span`` as evidence."""
        return Evidence(article=self.id, start=span.start, end=span.end, text=span.of(self.text))


class Evidence(Value):
    """Exact words of an article: ``article.text[start:end] == text``, always, to the letter."""

    article: str
    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        """The place as a span."""
        return Span(self.start, self.end)


# --- language: what the words are ---------------------------------------------------------------


class Token(Value):
    """A word of a sentence, after Universal Dependencies.

    ``head`` is the index of the governing token in the sentence, -1 for the root.
    """

    start: int
    end: int
    text: str
    lemma: str
    upos: str
    head: int
    deprel: str


class Sentence(Value):
    """A sentence or heading of the article; ``paragraph`` counts from 0."""

    start: int
    end: int
    paragraph: int
    kind: Literal["sentence", "heading"]
    tokens: tuple[Token, ...]

    @property
    def span(self) -> Span:
        """The place as a span."""
        return Span(self.start, self.end)


class Name(Value):
    """A name found in the text: ``type`` is person, organization, place, event or other."""

    start: int
    end: int
    text: str
    type: str
    sentence: int

    @property
    def span(self) -> Span:
        """The place as a span."""
        return Span(self.start, self.end)


@dataclass(frozen=True, eq=False)
class Analysis:
    """An article's language, read once.

    ``vectors``: float32, shape (sentences, dimensions), rows of length 1 (sentence meaning).
    ``states``: per sentence a float32 array (word pieces, dimensions) of the encoder's token states,
    with ``state_spans`` their places in the article's text; empty where the encoder was not asked.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    names: tuple[Name, ...]
    vectors: np.ndarray
    states: tuple[np.ndarray, ...] = ()
    state_spans: tuple[tuple[Span, ...], ...] = ()


# --- reports: who says what, in one article -----------------------------------------------------


class Speaker(Value):
    """Who says it: a resolved name, or the words as printed for an unnamed source.

    ``entity`` is the id of the entity where the story knows it.
    """

    name: str
    entity: str | None = None


class Attribution(Value):
    """One act of reported speech of an article, direct or not."""

    source: Evidence | None
    cue: Evidence | None
    content: tuple[Evidence, ...]
    direct: bool
    speaker: Speaker | None = None
    unnamed: bool = False


class QuoteMention(Value):
    """Words inside quotation marks (marks included), or a transcript's turn."""

    evidence: Evidence
    kind: Literal["direct", "transcript"]
    speaker: Speaker | None = None


class TimeExpression(Value):
    """A date expression, resolved against the article's date; start and end are ISO dates.

    ``end`` is null where open. ``precision``: day, part of day, week, month, quarter, season, year …
    ``anchored``: whether the words fix the date by themselves, or only against a reference date.
    """

    evidence: Evidence
    start: str
    end: str | None
    precision: str
    anchored: bool = False
    relation: Literal["at", "since", "until", "before", "after"] = "at"


class FigureMention(Value):
    """A number with what it counts. ``value`` is in base units: a number or [low, high].

    ``when`` and ``where`` are the date and the place that its clause gives, where it gives one.
    """

    evidence: Evidence
    value: float | tuple[float, float]
    unit: str | None
    what: str
    approximate: bool
    hedge: str | None = None
    kind: Literal["count", "money", "percent", "measure", "age", "duration", "other"] = "count"
    when: Period | None = None
    where: str | None = None


class CommitmentMention(Value):
    """A promise, agreement, order or refusal as one sentence reports it.

    ``chances``: how likely each status is by the words, for those above one in twenty.
    """

    evidence: Evidence
    by: tuple[str, ...]
    to: tuple[str, ...]
    status: CommitmentStatus
    cue: str
    amount: Amount | None = None
    when: Period | None = None
    chances: dict[str, float] = {}


class Amount(Value):
    """An amount in base units."""

    value: float | tuple[float, float]
    unit: str | None


class Period(Value):
    """ISO dates; ``end`` null where open or the same day."""

    start: str
    end: str | None = None


class Statement(Value):
    """A clause that can be a fact by itself, as narrow as can be.

    ``sentence`` indexes ``Analysis.sentences``; ``attribution`` indexes ``Reading.attributions``.
    ``head`` is the index in the sentence of the token that the clause hangs on.
    """

    evidence: Evidence
    sentence: int
    head: int
    status: EventStatus
    negated: bool
    quoted: bool
    attribution: int | None = None


@dataclass(frozen=True, eq=False)
class Reading:
    """All that one article says, as spans. ``reference`` is the date its words are resolved against."""

    analysis: Analysis
    quotes: tuple[QuoteMention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    figures: tuple[FigureMention, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    commitments: tuple[CommitmentMention, ...] = ()
    statements: tuple[Statement, ...] = ()
    reference: str | None = None
    reference_from: str = ""

    @property
    def article(self) -> Article:
        """The article that was read."""
        return self.analysis.article


# --- across articles ----------------------------------------------------------------------------


class Entity(Value):
    """A person, body or place of a story, with every form of the name used, titles left out."""

    id: str
    name: str
    type: str
    aliases: tuple[str, ...]
    roles: tuple[str, ...]
    mentions: tuple[Evidence, ...]


class Passage(Value):
    """Two passages, in two articles, of which one goes back to the other or both to one text."""

    kind: CopyKind
    evidence: tuple[Evidence, Evidence]
    share: float = 0.0


class Origin(Value):
    """The articles that go back to one text: one witness.

    ``share``: article id -> the part of its text (0 to 1) shared within the origin. ``direction``: in plain
    words who had it first, or that it cannot be told; ``first``: the article that the others seem to come
    from, or null. ``certain`` is false where copying is only possible ("possibly from one source"): not
    counted as independent. ``overlaps``: passages that another origin has too: what they say counts once.
    """

    id: str
    articles: tuple[str, ...]
    why: tuple[Passage, ...] = ()
    reasons: tuple[str, ...] = ()
    credit: str | None = None
    share: dict[str, float] = {}
    first: str | None = None
    direction: str = ""
    certain: bool = True
    overlaps: tuple[Passage, ...] = ()


class Finding(Value):
    """A fact with every place in every article that reports it.

    ``text``: a source's own words (``canonical``'s). ``sources``: who is said to say it; ``common_source``:
    the one all reports share. ``part_of``: an earlier finding that says much the same there."""

    id: str
    text: str
    canonical: Evidence
    evidence: tuple[Evidence, ...]
    origins: tuple[str, ...]
    status: FindingStatus
    sources: tuple[Speaker, ...] = ()
    common_source: str | None = None
    time: Period | None = None
    weight: float = 0.0
    disagreements: tuple[str, ...] = ()
    part_of: str | None = None
    reasons: tuple[str, ...] = ()


class Position(Value):
    """One side of a disagreement; ``published`` is the earliest time of the reports that hold it."""

    value: str
    evidence: tuple[Evidence, ...]
    origins: tuple[str, ...] = ()
    published: str | None = None


class Disagreement(Value):
    """A typed difference; ``latest`` is the index of the position reported last, or null."""

    id: str
    kind: DisagreementKind
    relation: Relation
    about: str
    positions: tuple[Position, ...]
    findings: tuple[str, ...] = ()
    latest: int | None = None
    reasons: tuple[str, ...] = ()


class Quote(Value):
    """One utterance, with each place where it is quoted (marks included)."""

    id: str
    text: str
    speaker: Speaker | None
    evidence: tuple[Evidence, ...]
    kind: Literal["direct", "transcript"] = "direct"


class Figure(Value):
    """One figure of the story with every place that gives it."""

    id: str
    value: float | tuple[float, float]
    unit: str | None
    what: str
    approximate: bool
    evidence: tuple[Evidence, ...]
    kind: str = "count"


class Commitment(Value):
    """A row of the ledger; ``status`` is the latest that the evidence supports, ``earlier`` the others."""

    id: str
    text: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    status: CommitmentStatus
    amount: Amount | None
    when: Period | None
    evidence: tuple[Evidence, ...]
    earlier: tuple[CommitmentStatus, ...] = ()


class TimelineEntry(Value):
    """A dated happening; the evidence includes the words that give the date."""

    start: str
    end: str | None
    text: str
    evidence: tuple[Evidence, ...]
    to_come: bool = False


class BriefLine(Value):
    """A sentence of the summary, with the findings that carry it."""

    text: str
    findings: tuple[str, ...]


class Headline(Value):
    """The best of the outlets' own headlines, and whose it is."""

    text: str
    article: str | None
    outlet: str | None


class MatrixRow(Value):
    """How each article stands to one finding: article id -> stand."""

    finding: str
    stands: dict[str, Stand]


class OutletView(Value):
    """What one article and its copies alone have, and what it leaves out of what two others or more have."""

    article: str
    only_here: tuple[str, ...]
    leaves_out: tuple[str, ...]


class Membership(Value):
    """Why an article stands in its story."""

    article: str
    score: float
    reasons: tuple[str, ...]


class Story(Value):
    """One event as its articles report it."""

    id: str
    articles: tuple[str, ...]
    headline: Headline | None = None
    membership: tuple[Membership, ...] = ()
    origins: tuple[Origin, ...] = ()
    entities: tuple[Entity, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    findings: tuple[Finding, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    quotes: tuple[Quote, ...] = ()
    figures: tuple[Figure, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    brief: tuple[BriefLine, ...] = ()
    matrix: tuple[MatrixRow, ...] = ()
    outlets: tuple[OutletView, ...] = ()


class Account(Value, kw_only=True):
    """All stories of one reading, with the articles that carry them and what was set aside."""

    format: Literal["consilience/1"] = FORMAT
    articles: tuple[Article, ...]
    stories: tuple[Story, ...]
    rejected: tuple[Rejected, ...] = ()

    def to_json(self) -> bytes:
        """UTF-8 JSON of the account, keys in the order of the types: same account, same bytes."""
        return msgspec.json.format(msgspec.json.encode(self), indent=1) + b"\n"

    @classmethod
    def from_json(cls, data: bytes | str) -> Account:
        """The account that ``to_json`` wrote.

        Raises ``errors.AccountError`` where ``data`` is not an account of this format.
        """
        from consilience.errors import AccountError

        try:
            return msgspec.json.decode(data, type=cls)
        except (msgspec.DecodeError, UnicodeDecodeError) as fault:
            raise AccountError(f"not an account of format {FORMAT}: {fault}") from None


@dataclass(frozen=True, eq=False)
class StoryReading:
    """A story's readings with its people and bodies resolved: what origins and findings work on."""

    id: str
    readings: tuple[Reading, ...]
    entities: tuple[Entity, ...] = ()
    membership: tuple[Membership, ...] = field(default=())
