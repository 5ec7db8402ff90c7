"""Direct speech of one article: each quotation with its cue, its source and its speaker.

The quotations are masked, and the frame that is left is read: "Q, said X" · "X told Y: Q" ·
"according to X, Q". A quotation without a frame of its own takes the frame of its neighbours
(the sentence before in its paragraph, a colon, the paragraph before), as newspapers do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from consilience.model import Analysis, Speaker
from consilience.reports import marks
from consilience.reports.marks import Marked
from consilience.reports.mentions import Mention
from consilience.reports.mentions import find as find_mentions
from consilience.reports.speakers import Cast
from consilience.reports.words import WORD, cue_forms, words
from consilience.spans import Span

MASK = "\ue000"


@dataclass(frozen=True)
class Speech:
    """A quotation with its frame. ``transcript``: a turn without marks."""

    span: Span
    marked: Marked | None
    cue: Span | None = None
    source: Mention | None = None
    speaker: Speaker | None = None
    unnamed: bool = False
    how: str = ""
    transcript: bool = False
    heading: bool = False


@dataclass(frozen=True)
class Frame:
    """A cue with its source, outside the marks."""

    cue: Span
    source: Mention | None
    lemma: str
    inverted: bool = False


@dataclass
class Page:
    """The article prepared for reading: paragraphs, quotations, mask, mentions, cast."""

    text: str
    masked: str
    paragraphs: tuple[Span, ...]
    headings: frozenset[int]
    quotes: tuple[Marked, ...]
    mentions: tuple[Mention, ...]
    cast: Cast


def prepare(analysis: Analysis) -> Page:
    """Everything that is read once per article."""
    text = analysis.article.text
    paragraphs, headings = _paragraphs(analysis)
    quotes = tuple(m for m in marks.pairs(text, paragraphs) if m.depth == 0)
    chars = list(text)
    for q in quotes:
        chars[q.start : q.end] = MASK * (q.end - q.start)
    masked = "".join(chars)
    mentions = find_mentions(masked, analysis.names)
    return Page(text, masked, paragraphs, headings, quotes, mentions, Cast(text, masked, mentions))


def _paragraphs(analysis: Analysis) -> tuple[tuple[Span, ...], frozenset[int]]:
    """Spans of the paragraphs, and the indices of those that are headings."""
    text = analysis.article.text
    if not analysis.sentences:
        return tuple(Span(m.start(), m.end()) for m in re.finditer(r"[^\n]*\S[^\n]*", text)), frozenset()
    spans: dict[int, Span] = {}
    kinds: dict[int, set[str]] = {}
    for s in analysis.sentences:
        old = spans.get(s.paragraph)
        spans[s.paragraph] = Span(s.start, s.end) if old is None else Span(min(old.start, s.start), max(old.end, s.end))
        kinds.setdefault(s.paragraph, set()).add(s.kind)
    order = sorted(spans)
    return tuple(spans[p] for p in order), frozenset(i for i, p in enumerate(order) if kinds[p] == {"heading"})


# --- frames -------------------------------------------------------------------------------------

_GAP_WORDS = frozenset(
    "has have had also later then once again now recently repeatedly previously earlier already still "
    "first publicly openly simply only just who which that would will could can did does do was is were are been being "
    "be on in at by the and not never always often both all went sought tried wants wanted went "
    "monday tuesday wednesday thursday friday saturday sunday yesterday today morning evening night".split()
)
_ACCORDING = re.compile(r"\b(?:[Aa]ccording to|[Ii]n the words of|[Ii]n the view of|[Ii]n the opinion of)\s+")
_BOUNDARY = re.compile(r"[.!?…]+[)\]]*\s+(?=[\"'“‘(\[A-ZÀ-Þ0-9\ue000])")


def sentences(page: Page, paragraph: Span) -> list[Span]:
    """Sentences of a masked paragraph: a quotation and its frame stay together."""
    masked, text = page.masked, page.text
    cuts = []
    for m in _BOUNDARY.finditer(masked, paragraph.start, paragraph.end):
        before = WORD.findall(masked[max(paragraph.start, m.start() - 14) : m.start()])
        last = before[-1] if before else ""
        if last and masked[m.start()] == "." and (len(last) == 1 and last.isupper() or last.lower() in _SHORT or re.fullmatch(r"(?:[A-Z]\.)+[A-Z]?", last)):
            continue
        cuts.append(m.end())
    for q in page.quotes:
        if not (paragraph.start <= q.start < paragraph.end):
            continue
        inner = q.inside(text).of(text)
        rest = masked[q.end : paragraph.end]
        follow = rest.lstrip()
        if not follow or not inner or inner[-1] not in ".!?…":
            continue
        if follow[0] == MASK or follow[0].isupper() and not _frame_follows(page, q.end + len(rest) - len(follow), paragraph.end, inner[-1]):
            cuts.append(q.end + len(rest) - len(follow))
    edges = [paragraph.start, *sorted(set(cuts)), paragraph.end]
    return [Span(a, b) for a, b in zip(edges, edges[1:]) if b > a]


_SHORT = frozenset("mr mrs ms dr prof st rev fr gen lt col capt maj sgt supt sen rep gov jr sr brig mgr cllr no vs jan feb mar apr aug sept oct nov dec".split())


def _frame_follows(page: Page, at: int, end: int, last: str) -> bool:
    """Whether a frame ("Harris said") follows a quotation that ended in its own stop."""
    mention = next((m for m in page.mentions if at <= m.start <= at + 4), None)
    if mention is None or mention.end >= end:
        return False
    word = WORD.match(page.masked, min(end, mention.end + 1))
    if word is None or word.group().lower() not in cue_forms():
        return False
    after = page.masked[word.end() : word.end() + 2]
    return after[:1] in (".", ",") or last in "!?" and after[:1] in ".,"


def frames(page: Page, sentence: Span) -> list[Frame]:
    """The cues of a sentence with their sources."""
    out: list[Frame] = []
    inside = [m for m in page.mentions if sentence.start <= m.start and m.end <= sentence.end]
    for m in _ACCORDING.finditer(page.masked, sentence.start, sentence.end):
        source = next((x for x in inside if x.start >= m.end() - 1), None)
        if source is not None and source.start <= m.end() + 25:
            out.append(Frame(Span(m.start(), m.end()).trimmed(page.masked), source, "accord"))
    for m in WORD.finditer(page.masked, sentence.start, sentence.end):
        lemma = cue_forms().get(m.group().lower())
        if lemma is None or not _verbal(page, m.start(), m.end(), sentence, m.group()):
            continue
        if any(x.start <= m.start() < x.end for x in inside):
            continue
        frame = _frame(page, sentence, inside, Span(m.start(), m.end()), lemma)
        if frame is not None:
            out.append(frame)
    return out


_NOMINAL_BEFORE = frozenset("the a an this that his her its their our my of in on with for from no any some every each new by latest first last".split())


def _verbal(page: Page, start: int, end: int, sentence: Span, form: str) -> bool:
    """Whether a cue form stands where a verb can stand."""
    before = page.masked[max(sentence.start, start - 25) : start]
    previous = WORD.findall(before)
    if form[0].isupper() and not page.masked[sentence.start : start].strip():
        return form.lower().endswith("ing")
    if previous and before[-1:].isspace():
        word = previous[-1].lower()
        if word in _NOMINAL_BEFORE and not form.endswith(("ed", "said", "told")):
            return word in ("by", "in", "of", "for") and form.endswith("ing")
        if word.endswith(("’s", "'s")) and not form.endswith("ed"):
            return False
    if page.masked[end : end + 4] == " of " and form.endswith("s"):
        return False
    return True


def _frame(page: Page, sentence: Span, inside: Sequence[Mention], cue: Span, lemma: str) -> Frame | None:
    masked = page.masked
    right = next((x for x in inside if x.start >= cue.end), None)
    lead = masked[sentence.start : cue.start].rstrip()
    opened = lead.endswith((MASK, ",", "—", "–", "-"))
    if opened and right is not None and masked[cue.end : right.start].strip(" ,") in ("", "the", "by") and right.kind != "thing" or (
        opened and right is not None and masked[cue.end : right.start] == " " and lead.endswith(MASK)
    ):
        left = _left(page, sentence, inside, cue)
        if left is None or MASK in masked[left.end : cue.start] or lead.endswith(MASK):
            return Frame(cue, _named_by_apposition(page, inside, right), lemma, True)
    passive = re.match(r"\s+by\s+", masked[cue.end : cue.end + 6])
    if passive and right is not None and right.start <= cue.end + 6 and _be_before(masked, cue.start):
        return Frame(cue, right, lemma, True)
    left = _left(page, sentence, inside, cue)
    return Frame(cue, left, lemma) if left is not None else Frame(cue, None, lemma)


def _be_before(masked: str, at: int) -> bool:
    return re.search(r"(?:\b(?:is|are|was|were|been|being|be)\s+(?:\w+ly\s+)?|[,\ue000]\s*)$", masked[max(0, at - 25) : at]) is not None


def _named_by_apposition(page: Page, inside: Sequence[Mention], m: Mention) -> Mention:
    """ROLE, NAME: the name, where the two are one."""
    following = next((x for x in inside if x.start >= m.end), None)
    if m.kind in ("role", "thing", "group") and following is not None and following.kind in ("person", "name"):
        between = page.masked[m.end : following.start]
        if between == " " or re.fullmatch(r",\s+", between) and page.cast.person_of(m) is page.cast.person_of(following):
            return following
    return m


def _left(page: Page, sentence: Span, inside: Sequence[Mention], cue: Span) -> Mention | None:
    """The subject of a cue among the mentions before it."""
    before = [x for x in inside if x.end <= cue.start and not x.possessive]
    for x in reversed(before):
        gap = page.masked[x.end : cue.start]
        if MASK in gap:
            break
        if gap.count(",") <= 2 and _only_small_words(gap):
            if x.kind == "pronoun" and x.head == "who":
                continue
            if x.prepositional and any(y.end <= x.start and not y.prepositional for y in before):
                continue
            return x
    clear = [x for x in before if not x.prepositional and MASK not in page.masked[x.end : cue.start]]
    subjects = [x for x in clear if x.kind != "thing"] or clear
    return subjects[0] if subjects else None


def _only_small_words(gap: str) -> bool:
    return all(w.lower() in _GAP_WORDS or w.lower().endswith("ly") for w in WORD.findall(gap))


# --- the quotations -----------------------------------------------------------------------------


def read(analysis: Analysis, page: Page | None = None) -> tuple[Speech, ...]:
    """Every quotation of the article with its frame, in order; marks that quote nobody are left out."""
    page = page or prepare(analysis)
    out: list[Speech] = []
    recent: list[str] = []
    for i, paragraph in enumerate(page.paragraphs):
        out += _read_paragraph(page, i, paragraph, out, recent)
    return tuple(s for s in out if _is_quote(page, s))


def remember(recent: list[str], name: str) -> None:
    """Put ``name`` first among those who spoke."""
    if name in recent:
        recent.remove(name)
    recent.insert(0, name)


def _read_paragraph(page: Page, index: int, paragraph: Span, done: list[Speech], recent: list[str]) -> list[Speech]:
    turn = _turn(page, index, paragraph)
    if turn is not None:
        remember(recent, turn.speaker.name if turn.speaker else "")
        return [turn]
    out: list[Speech] = []
    pending: list[int] = []
    last_frame: Speech | None = None
    heading = index in page.headings
    for sentence in sentences(page, paragraph):
        quotes = [q for q in page.quotes if sentence.start <= q.start < sentence.end]
        found = frames(page, sentence)
        for q in quotes:
            speech = _own_frame(page, q, sentence, found, recent, heading)
            if speech is None and last_frame is not None:
                speech = replace(last_frame, span=q.span, marked=q, how="same paragraph", heading=heading)
            if speech is None:
                pending.append(len(out))
                speech = Speech(q.span, q, heading=heading)
            out.append(speech)
            if speech.speaker is not None:
                last_frame = speech
                remember(recent, speech.speaker.name)
        if not quotes:
            spoken = _spoken(page, sentence, found, recent)
            if spoken is not None:
                last_frame = spoken
                if spoken.speaker:
                    remember(recent, spoken.speaker.name)
    for i in pending:
        later = next((s for s in out[i + 1 :] if s.speaker), None)
        if later is not None:
            out[i] = replace(later, span=out[i].span, marked=out[i].marked, how="later in paragraph")
        else:
            out[i] = _carried(page, index, out[i], done, recent)
    return out


def _spoken(page: Page, sentence: Span, found: list[Frame], recent: list[str]) -> Speech | None:
    """A sentence without quotation that says who speaks: the frame of what follows."""
    for frame in found:
        if frame.source is not None:
            speaker, unnamed = page.cast.who(frame.source, tuple(recent))
            if speaker is not None:
                return Speech(sentence, None, frame.cue, frame.source, speaker, unnamed)
    subject = next((m for m in page.mentions if sentence.start <= m.start < sentence.end and not m.prepositional and not m.possessive and m.kind != "thing"), None)
    if subject is None:
        return None
    speaker, unnamed = page.cast.who(subject, tuple(recent))
    return Speech(sentence, None, None, subject, speaker, unnamed) if speaker else None


def _own_frame(page: Page, q: Marked, sentence: Span, found: list[Frame], recent: list[str], heading: bool) -> Speech | None:
    best, cost = None, 1e9
    for frame in found:
        if frame.source is None:
            continue
        value = _cost(page, q, frame, sentence)
        if value < cost:
            best, cost = frame, value
    if best is not None and best.source is not None:
        speaker, unnamed = page.cast.who(best.source, tuple(recent))
        return Speech(q.span, q, best.cue, best.source, speaker, unnamed, "frame", heading=heading)
    label = re.match(r"\s*([^:\ue000]{3,60}):\s*$", page.masked[sentence.start : q.start])
    before = [m for m in page.mentions if sentence.start <= m.start and m.end <= q.start]
    after = [m for m in page.mentions if q.end <= m.start and m.end <= sentence.end]
    if label and before:
        speaker, unnamed = page.cast.who(before[-1], tuple(recent))
        return Speech(q.span, q, None, before[-1], speaker, unnamed, "label", heading=heading)
    subjects = [m for m in before if not m.prepositional and m.kind != "thing"] or before
    chosen = subjects[0] if subjects else None
    if chosen is None and after and q.start == sentence.start:
        chosen = after[0]
    if chosen is None:
        return None
    speaker, unnamed = page.cast.who(chosen, tuple(recent))
    return Speech(q.span, q, None, chosen, speaker, unnamed, "subject", heading=heading)


def _cost(page: Page, q: Marked, frame: Frame, sentence: Span) -> float:
    start = min(frame.cue.start, frame.source.start if frame.source else frame.cue.start)
    end = max(frame.cue.end, frame.source.end if frame.source else frame.cue.end)
    if start >= q.end:
        gap = page.masked[q.end : start]
        value = len(gap.replace(MASK, "").strip(" ,."))
        return value + (0 if frame.inverted or not gap.strip(" ,") else 5)
    gap = page.masked[min(end, q.start) : q.start]
    value = len(gap.replace(MASK, "").strip(" ,:"))
    if gap.rstrip().endswith(":"):
        value *= 0.3
    return value + 2 + (8 if frame.inverted else 0)


def _carried(page: Page, index: int, speech: Speech, done: list[Speech], recent: list[str]) -> Speech:
    """A quotation that stands alone in its paragraph: who speaks on."""
    if done and done[-1].marked is not None and done[-1].marked.goes_on and done[-1].speaker:
        return replace(done[-1], span=speech.span, marked=speech.marked, how="continued")
    if index > 0:
        before = page.paragraphs[index - 1]
        if index - 1 not in page.headings:
            last = sentences(page, before)[-1]
            spoken = _spoken(page, last, frames(page, last), recent)
            if done and done[-1].span.start >= before.start and done[-1].speaker:
                return replace(done[-1], span=speech.span, marked=speech.marked, how="paragraph before")
            if spoken is not None:
                return replace(spoken, span=speech.span, marked=speech.marked, how="paragraph before")
    return speech


def _turn(page: Page, index: int, paragraph: Span) -> Speech | None:
    """A transcript's turn: the line before is a name and a colon."""
    if index == 0:
        return None
    label = page.paragraphs[index - 1].of(page.masked).strip()
    if not re.fullmatch(r"[^\s:.,\ue000][^:.\ue000]{1,50}:", label) or len(label.split()) > 6 or MASK in paragraph.of(page.masked)[:2]:
        return None
    at = page.paragraphs[index - 1].start
    source = next((m for m in page.mentions if at <= m.start < paragraph.start and m.kind in ("person", "name", "role")), None)
    if source is None or not label[0].isupper():
        return None
    speaker, unnamed = page.cast.who(source)
    span = paragraph.trimmed(page.text)
    return Speech(span, None, None, source, speaker, unnamed, "transcript", transcript=True)


# --- quotes and other marks ---------------------------------------------------------------------

_NAMING = re.compile(r"(?:\b(?:so-called|known as|named|titled|entitled|dubbed|nicknamed|codenamed|marked|labell?ed|the word|the term|the phrase|film|movie|drama|novel|book|song|album|play|series|show|documentary|doc|entry|operation|typhoon|cyclone|hurricane|storm|ship|vessel|boat|ferry|tanker|yacht|painting|exhibition|podcast|magazine|newspaper)|\()\s*,?\s*$", re.IGNORECASE)


def _is_quote(page: Page, speech: Speech) -> bool:
    """Whether the marks quote somebody: not a title, a name, a nickname or a word held at arm's length."""
    if speech.marked is None:
        return speech.transcript
    inner = speech.marked.inside(page.text).of(page.text)
    tokens = WORD.findall(inner)
    if not tokens:
        return False
    if speech.heading and inner.strip(" ,.") .casefold() in (page.text[: speech.span.start] + page.text[speech.span.end :]).casefold():
        return False
    if len(tokens) >= 7:
        return True
    before = page.masked[max(0, speech.span.start - 30) : speech.span.start]
    after = page.masked[speech.span.end : speech.span.end + 2]
    titled = sum(w[0].isupper() or w[0].isdigit() for w in tokens if len(w) > 3 or w[0].isupper()) >= max(1, sum(len(w) > 3 or w[0].isupper() for w in tokens))
    if titled and len(tokens) > 1 and inner[-1] not in ".!?":
        return False
    if _NAMING.search(before):
        return len(tokens) > 3 and not titled
    if len(tokens) == 1 and (titled or tokens[0][0].isdigit()):
        return inner[-1] in ".!?"
    if len(tokens) <= 3 and speech.how not in ("frame", "label", "continued") and after[:2] != "" and inner[-1].isalnum() and after[:1] == " " and before.rstrip()[-1:].isalnum():
        return speech.how == "frame" or speech.cue is not None
    return True
