"""Direct speech of one article: each quotation with its cue, its source and its speaker.

The quotations are masked, and the frame that is left is read: "Q, said X" · "X told Y: Q" ·
"according to X, Q". A quotation without a frame of its own takes the frame of its neighbours
(the sentence before in its paragraph, a colon, the paragraph before), as newspapers do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from consilience.lexicons import pattern
from consilience.model import Analysis, Speaker
from consilience.reports import genuine
from consilience.reports.frames import LONGEST, Frame, frames
from consilience.reports.layout import MASK, Page, prepare, sentences
from consilience.reports.marks import Marked
from consilience.reports.mentions import Mention
from consilience.reports.words import words
from consilience.spans import Span


@dataclass(frozen=True)
class Speech:
    """A quotation with its frame. ``transcript``: a turn without marks.

    ``how`` says where the frame was found: "frame", "label", "subject", "same paragraph", "later in
    paragraph", "paragraph before", "sentence after", "continued", "transcript", or '' where there is none.
    """

    span: Span
    marked: Marked | None
    cue: Span | None = None
    source: Mention | None = None
    speaker: Speaker | None = None
    unnamed: bool = False
    how: str = ""
    heading: bool = False

    @property
    def transcript(self) -> bool:
        """Whether it is a turn without quotation marks."""
        return self.how == "transcript"


def read(analysis: Analysis) -> tuple[Speech, ...]:
    """Every quotation of the article with its frame, in order; marks that quote nobody are left out."""
    return read_page(prepare(analysis))


@lru_cache(maxsize=4)
def read_page(page: Page) -> tuple[Speech, ...]:
    """The same for an article laid out already; the last few are kept."""
    return tuple(s for s in _Reader(page).all() if genuine.is_quote(page, s))


class _Reader:
    """Goes through the paragraphs in order and remembers who spoke."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.recent: list[str] = []
        self.done: list[Speech] = []
        self.labels = _labels(page)

    def all(self) -> list[Speech]:
        """The speeches of all paragraphs, in order."""
        for i, paragraph in enumerate(self.page.paragraphs):
            self.done += self._paragraph(i, paragraph)
        self._join_continued()
        return self.done

    def _remember(self, speech: Speech | None) -> None:
        if speech is None or speech.speaker is None:
            return
        name = speech.speaker.name
        if name in self.recent:
            self.recent.remove(name)
        self.recent.insert(0, name)

    def _paragraph(self, index: int, paragraph: Span) -> list[Speech]:
        turn = self._turn(index, paragraph) or self._answer(index, paragraph)
        if turn is not None:
            self._remember(turn)
            return [turn]
        out: list[Speech] = []
        pending: list[int] = []
        last: Speech | None = None
        heading = index in self.page.headings
        cut = sentences(self.page, paragraph)
        for sentence in cut:
            quotes = [q for q in self.page.quotes if sentence.start <= q.start < sentence.end]
            found = frames(self.page, sentence)
            for q in quotes:
                speech = self._own(q, sentence, found, last is None)
                if speech is None and last is not None:
                    speech = replace(last, span=q.span, marked=q, how="same paragraph")
                if speech is None:
                    pending.append(len(out))
                    speech = Speech(q.span, q)
                out.append(speech)
                if speech.speaker is not None:
                    last = speech
                    self._remember(speech)
            if not quotes:
                spoken = self._spoken(sentence, found)
                if spoken is not None:
                    last = spoken
                    self._remember(spoken if spoken.cue is not None else None)
        for i in pending:
            later = next((s for s in out[i + 1 :] if s.speaker), None)
            if later is not None:
                out[i] = replace(later, span=out[i].span, marked=out[i].marked, how="later in paragraph")
            else:
                out[i] = self._carried(index, out[i])
            if out[i].speaker is None:
                out[i] = self._followed(out[i], cut)
            goes_on = (mark := out[i].marked) is not None and mark.goes_on
            self._remember(out[i] if out[i].cue is not None and not goes_on else None)
        return [replace(s, heading=heading) for s in out]

    def _speech(self, span: Span, q: Marked | None, cue: Span | None, source: Mention, how: str) -> Speech:
        speaker, unnamed = self.page.cast.who(source, self.recent)
        return Speech(span, q, cue, source, speaker, unnamed, how)

    # --- a quotation with a frame in its own sentence ---------------------------------------

    def _own(self, q: Marked, sentence: Span, found: list[Frame], alone: bool) -> Speech | None:
        signed = self._signed(q)
        if signed is not None:
            return signed
        best = min((f for f in found if f.source is not None), key=lambda f: self._cost(q, f), default=None)
        label = self._label(q, sentence)
        if best is not None and best.source is not None and not (label and self._cost(q, best) > 20):
            return self._speech(q.span, q, best.cue, best.source, "frame")
        if label is not None:
            return self._speech(q.span, q, None, label, "label")
        if len(sentence) > LONGEST:
            return None
        before = [
            m
            for m in self.page.within(sentence)
            if m.end <= q.start and m.head not in words("quotes", "no_subject")
        ]
        after = [m for m in self.page.within(sentence) if m.start >= q.end]
        clear = [m for m in before if not (m.prepositional or m.possessive)]
        subjects = [
            m
            for m in clear
            if m.kind not in ("thing", "place") and m.head not in words("speakers", "of_things")
        ] or clear
        if subjects and (alone or subjects[0].kind not in ("thing", "place", "body")):
            speech = self._speech(q.span, q, None, subjects[0], "subject")
            if alone or subjects[0].head not in words("speakers", "of_things") or self._body(speech):
                return speech
        opening = pattern("quotes", "addressed").match(self.page.masked[sentence.start : q.start])
        if opening and before:
            return self._speech(q.span, q, None, before[0], "subject")
        if alone and after and not before and q.start <= sentence.start + 1:
            return self._speech(q.span, q, None, after[0], "subject")
        if alone and before and not self.page.masked[sentence.start : q.start].rstrip().endswith(":"):
            return self._speech(q.span, q, None, before[0], "subject")
        return None

    def _body(self, speech: Speech) -> bool:
        """Whether the speaker is a body: what else "it" stands for does not speak ("it lasted an hour")."""
        person = self.page.cast.named(speech.speaker.name) if speech.speaker else None
        return person is not None and person.kind == "body"

    def _signed(self, q: Marked) -> Speech | None:
        """ "…" — Nora Feld (a line under a quotation), or a turn's label inside the marks ("FELD: No.)."""
        masked, text = self.page.masked, self.page.text
        dash = re.compile(r"\s*(?:[―—–]|--?)\s*(?=[A-ZÀ-Þ])").match(masked, q.end)
        if dash:
            m = next((m for m in self.page.mentions if m.start == dash.end()), None)
            if (
                m is not None
                and m.kind in ("person", "name", "body")
                and masked[m.end : m.end + 2].strip(" .")[:1] in ("", "\n", ",")
            ):
                mark = re.compile(r"[―—–-]+").search(masked, q.end)
                return self._speech(q.span, q, Span(*mark.span()) if mark else None, m, "label")
        inner = q.inside(text)
        turn = re.compile(r"([A-ZÀ-Þ][A-ZÀ-Þ.’'-]+(?: [A-ZÀ-Þ][A-ZÀ-Þ.’'-]+){0,3}):\s").match(
            text, inner.start, inner.end
        )
        if turn is None:
            return None
        label = Mention(*turn.span(1), "name", turn.group(1).title(), turn.group(1).split()[-1].lower())
        person = self.page.cast.named(label.core)
        name = person.name if person else label.core
        colon = Span(turn.end(1), turn.end(1) + 1)
        return Speech(q.span, q, colon, label, Speaker(name=name), False, "label")

    def _label(self, q: Marked, sentence: Span) -> Mention | None:
        """The subject of "X, in Parliament: Q"."""
        lead = self.page.masked[sentence.start : q.start]
        if not re.fullmatch(r"\s*[^:\ue000]{3,140}:\s*", lead):
            return None
        before = [m for m in self.page.within(sentence) if m.end <= q.start and not m.possessive]
        clear = [m for m in before if not m.prepositional and m.kind != "thing"]
        for i, m in enumerate(clear):
            if i + 1 < len(clear) and self.page.cast.apposed(m, clear[i + 1]):
                return m
        return clear[0] if clear else None

    def _cost(self, q: Marked, frame: Frame) -> float:
        """Distance between a quotation and a frame, in letters, with a bonus for colons and contact."""
        masked, span = self.page.masked, frame.span
        if span.start < q.start and frame.cue.start >= q.end:  # the subject before it, the cue after it
            return 45.0 + len(masked[q.end : frame.cue.start])
        if span.start >= q.end:
            gap = masked[q.end : span.start]
            value = len(gap.replace(MASK, "").strip(" ,."))
            runs_on = masked[q.end : q.end + 1] == " " and self.page.text[q.end - 2] not in ",.?!…—"
            if runs_on and len(gap.split()) > 4:  # "can “count on us” to help, Y said": rather what is before
                value += 30
            return value + (0 if frame.inverted or not gap.strip(" ,") else 5)
        gap = masked[min(span.end, q.start) : q.start]
        value = len(gap.replace(MASK, "").strip(" ,:"))
        if gap.rstrip().endswith(":"):
            value *= 0.3
        return value + 2 + (8 if frame.inverted else 0)

    # --- without -----------------------------------------------------------------------------

    def _spoken(self, sentence: Span, found: list[Frame]) -> Speech | None:
        """A sentence without quotation that says who speaks: the frame of what follows."""
        for frame in found:
            if frame.source is not None:
                speech = self._speech(sentence, None, frame.cue, frame.source, "")
                if speech.speaker is not None:
                    return speech
        clear = [
            m
            for m in self.page.within(sentence)
            if not m.prepositional
            and not m.possessive
            and m.kind not in ("thing", "place")
            and m.head not in words("quotes", "no_subject")
        ]
        if not clear:
            return None
        speech = self._speech(sentence, None, None, clear[0], "")
        return speech if speech.speaker else None

    def _carried(self, index: int, speech: Speech) -> Speech:
        """A quotation that stands alone in its paragraph: who speaks on."""
        done = self.done
        if index == 0 or not done and index - 1 in self.page.headings:
            return speech
        if done and done[-1].marked is not None and done[-1].marked.goes_on and done[-1].speaker:
            return replace(done[-1], span=speech.span, marked=speech.marked, how="continued")
        back = index - 1
        while back in self.page.headings and back > 0:
            back -= 1
        before = self.page.paragraphs[back]
        last = sentences(self.page, before)[-1]
        if done and done[-1].span.start >= before.start and done[-1].speaker:
            return replace(done[-1], span=speech.span, marked=speech.marked, how="paragraph before")
        spoken = self._spoken(last, frames(self.page, last))
        if spoken is not None:
            return replace(spoken, span=speech.span, marked=speech.marked, how="paragraph before")
        return speech

    def _followed(self, speech: Speech, cut: list[Span]) -> Speech:
        """A quotation whose speaker is only named by the next sentence ("“No.” Feld shook her head.")."""
        rest = next((s for s in cut if s.start >= speech.span.end), None)
        spoken = self._spoken(rest, frames(self.page, rest)) if rest is not None else None
        if spoken is None:
            return speech
        return replace(spoken, span=speech.span, marked=speech.marked, how="sentence after")

    def _join_continued(self) -> None:
        """The pieces of a quotation over paragraphs have one speaker: that of the piece with a frame."""
        for i in range(len(self.done) - 1, 0, -1):
            piece, before = self.done[i], self.done[i - 1]
            if piece.marked is None or before.marked is None or not before.marked.goes_on:
                continue
            if piece.how == "frame" and before.how in ("", "subject", "paragraph before", "same paragraph"):
                self.done[i - 1] = replace(piece, span=before.span, marked=before.marked, how="continued")

    def _turn(self, index: int, paragraph: Span) -> Speech | None:
        """A transcript's turn: the line before is a name and a colon."""
        if index == 0 or MASK in paragraph.of(self.page.masked)[:2]:
            return None
        line = self.page.paragraphs[index - 1]
        label = line.of(self.page.masked).strip()
        if not re.fullmatch(r"[^\W\d_][^:.\ue000]{1,50}:", label) or len(label.split()) > 6:
            return None
        kinds = ("person", "role")
        source = next((m for m in self.page.within(line) if m.kind in kinds or m.core + ":" == label), None)
        if source is None or not label[0].isupper():
            return None
        return self._speech(paragraph.trimmed(self.page.text), None, None, source, "transcript")

    def _answer(self, index: int, paragraph: Span) -> Speech | None:
        """An interview's turn: "Name: words", where the article has such labels again and again."""
        label = self.labels.get(index)
        if label is None:
            return None
        span = Span(label.end + 1, paragraph.end).trimmed(self.page.text)
        source = next((m for m in self.page.within(label) if m.end >= label.end - 1), None)
        if source is None or len(span) == 0:
            return None
        return self._speech(span, None, None, source, "transcript")


_TURN = re.compile(r"\s*([A-ZÀ-Þ][^\s:]*(?: [^\s:]+){0,4}):\s+(?=\S)")


def _labels(page: Page) -> dict[int, Span]:
    """Paragraph -> its label, in an interview: labels before unquoted words, one of them twice or more."""
    found: dict[int, Span] = {}
    counts: dict[str, int] = {}
    for i, paragraph in enumerate(page.paragraphs):
        line = paragraph.of(page.masked)
        m = _TURN.match(line)
        if m and MASK not in line[: m.end() + 1] and len(line) > m.end() + 1:
            found[i] = Span(paragraph.start + m.start(1), paragraph.start + m.end(1))
            counts[m.group(1)] = counts.get(m.group(1), 0) + 1
    again = sum(c for c in counts.values() if c > 1)
    return found if again >= 2 and len(found) >= 3 else {}
