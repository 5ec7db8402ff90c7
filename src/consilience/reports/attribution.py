"""Attribution: who says, thinks or knows what, directly or not, in one article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from consilience.lexicons import grammar, pattern
from consilience.model import Analysis, Attribution, Evidence, QuoteMention, Sentence, Speaker
from consilience.reports import direct
from consilience.reports.cue_model import Model, Weigher
from consilience.reports.direct import Speech
from consilience.reports.frames import Frame, frames, named
from consilience.reports.layout import MASK, Page, prepare, sentences
from consilience.reports.mentions import Mention
from consilience.reports.reported import Act
from consilience.reports.words import words
from consilience.spans import Span


def find(
    analysis: Analysis, quotes: Sequence[QuoteMention], cues: Model | None = None
) -> tuple[Attribution, ...]:
    """Each act of reported speech, in the order of the text. ``quotes`` are those of ``quotes.find``.

    ``cues`` is used in the place of the model of cues that is shipped. Without encoder states the rules
    alone decide.

    The content of a direct one is its quotes (several, where one frame carries them), or the clause
    that a partial quote stands in; that of an indirect one is the clause that the cue governs.
    """
    page = prepare(analysis)
    kept = {(q.evidence.start, q.evidence.end) for q in quotes}
    speeches = [s for s in direct.read_page(page) if (s.span.start, s.span.end) in kept]
    return _Finder(analysis, page, speeches).all(cues)


_SPEAKING = ("person", "role", "group", "body", "thing")


class _Finder:
    def __init__(self, analysis: Analysis, page: Page, speeches: Sequence[Speech]) -> None:
        self.analysis = analysis
        self.page = page
        self.speeches = speeches
        self.blocked = [s.span for s in speeches]

    def all(self, cues: Model | None = None) -> tuple[Attribution, ...]:
        """Every attribution, in the order of the text."""
        acts: list[Act] = []
        plain: list[Sentence] = []
        weigh = Weigher(self.analysis, cues) if self.analysis.states else None
        for sentence in self.analysis.sentences:
            tree = self.page.trees.get(sentence.start)
            if tree is not None:
                acts += tree.acts(self.blocked, weigh)
            else:
                plain.append(sentence)
        acts += self.shallow(plain)
        known = {a.cue for a in acts}
        acts += [a for a in self.labels() if a.cue not in known]
        out, used = self.direct(acts)
        free = [a for a in acts if a.cue not in used]
        out += self.indirect(a for a in free if not any(self.within(a, b, used) for b in acts if b is not a))
        return tuple(
            sorted(
                out,
                key=lambda a: (
                    min(e.start for e in a.content),
                    a.cue.start if a.cue else -1,
                    -len(a.content[0].text),
                ),
            )
        )

    def evidence(self, span: Span | None) -> Evidence | None:
        """The words of a span, or None for none."""
        return self.analysis.article.evidence(span) if span is not None and span.end > span.start else None

    # --- direct -----------------------------------------------------------------------------

    def direct(self, acts: Iterable[Act]) -> tuple[list[Attribution], dict[Span, tuple[Span, ...]]]:
        """The quotes by frame, and the cues that they took with what they now report."""
        acts = list(acts)
        groups: dict[object, list[Speech]] = {}
        for s in self.speeches:
            key = s.cue if s.cue is not None else ("", s.span.start)
            groups.setdefault(key, []).append(s)
        out: list[Attribution] = []
        used: dict[Span, tuple[Span, ...]] = {}
        for group in groups.values():
            first = group[0]
            act = next((a for a in acts if first.cue is not None and a.cue.covers(first.cue)), None)
            content = [s.span for s in group]
            own = act is not None and self.holding([act], content)
            inner = [*content, act.cue] if act is not None and own else content
            if self.holding([a for a in acts if a is not act], inner):
                continue  # partial quotes within what another act reports: that act carries them
            source = first.source.span if first.source else None
            cue = first.cue
            if act is not None:
                cue = act.cue
                if act.source is not None and source is not None and act.source.overlap(source):
                    source = act.source
                content = self.widened(content, act)
                used[act.cue] = tuple(content)
            out.append(
                Attribution(
                    source=self.evidence(source),
                    cue=self.evidence(cue),
                    content=tuple(self.analysis.article.evidence(c) for c in content),
                    direct=True,
                    speaker=first.speaker,
                    unnamed=first.unnamed,
                )
            )
        return out, used

    def widened(self, quotes: list[Span], act: Act) -> list[Span]:
        """A partial quote counts with the clause that it stands in, one after an indirect report with that.

        "… the port was “in ruins” again": the clause. "It would close, she said. “Nobody came.”": both.
        """
        sentence = next((s.span for s in self.analysis.sentences if s.span.overlap(act.cue)), act.cue)
        if act.kind == "clause" and not any(q.overlap(sentence) for q in quotes):
            return sorted({*quotes, *act.content})
        hull = Span(min(c.start for c in act.content), max(c.end for c in act.content))
        own = act.source is not None and hull.overlap(act.source) or hull.overlap(act.cue)
        if act.kind == "passive" and all(any(c.covers(q) for c in act.content) for q in quotes):
            return list(act.content)
        out = []
        for q in quotes:
            part = self.partial(q)
            pieces = [hull] if part and not own else [c for c in act.content if part or len(c) < 2 * len(q)]
            out.append(next((c for c in pieces if c.covers(q)), q))
        unique = sorted(set(out))
        return [s for s in unique if not any(o is not s and o.covers(s) for o in unique)]

    def holding(self, acts: Iterable[Act], spans: Sequence[Span]) -> bool:
        """Whether the content of one act holds all the spans, but for marks and stops at their edges."""
        text = self.page.text
        cores = [s if (c := _core(text, s)) is None else c for s in spans]
        return any(
            all(any(c.covers(q) for c in a.content) for q in cores)
            for a in acts
            if a.kind not in ("adverb", "topic")
        )

    def partial(self, quote: Span) -> bool:
        """Whether a quote is no sentence of its own."""
        inner = quote.of(self.page.text).strip("“”\"'‘’«»„ ")
        return bool(inner) and (inner[0].islower() or inner[-1] not in ".,!?…")

    def within(self, act: Act, other: Act, used: Mapping[Span, tuple[Span, ...]]) -> bool:
        """Whether an act is part of what another one reports ("she said she hoped …").

        What stands behind a comma after the cue of a quotation is not: “…,” said the mayor, who noted that …
        """
        holds = any(c.covers(act.cue) for c in other.content)
        if not holds or act.kind == "according" or other.kind == "adverb":
            return False
        behind = self.page.text[other.cue.end : act.cue.start]
        return other.cue not in used or "," not in behind or any(c.covers(act.cue) for c in used[other.cue])

    # --- indirect ---------------------------------------------------------------------------

    def indirect(self, acts: Iterable[Act]) -> list[Attribution]:
        """Acts without quotes of their own; speakers in the order of the text, for the pronouns."""
        spoken = sorted(
            [(s.span.start, s.speaker.name) for s in self.speeches if s.speaker], key=lambda p: p[0]
        )
        recent: list[str] = []
        at = 0
        out = []
        for act in sorted(acts, key=lambda a: (a.cue, a.content)):
            while at < len(spoken) and spoken[at][0] < act.cue.start:
                recent = _first(spoken[at][1], recent)
                at += 1
            speaker, unnamed = self.speaker(act, recent)
            if speaker is not None:
                recent = _first(speaker.name, recent)
            out.append(
                Attribution(
                    source=self.evidence(act.source),
                    cue=self.evidence(act.cue),
                    content=tuple(self.analysis.article.evidence(c) for c in act.content),
                    direct=any(c.covers(b) for c in act.content for b in self.blocked),
                    speaker=speaker,
                    unnamed=unnamed,
                )
            )
        return out

    def speaker(self, act: Act, recent: Sequence[str]) -> tuple[Speaker | None, bool]:
        """Whom the source of an act stands for."""
        if act.source is None:
            return None, False
        mention = self.mention(act)
        if mention is None:
            return Speaker(
                name=pattern("speakers", "article_of_name").sub("", act.source.of(self.page.text))
            ), True
        return self.page.cast.who(named(self.page, self.page.mentions, mention), recent)

    def mention(self, act: Act) -> Mention | None:
        """The mention that holds the head of an act's source."""
        assert act.source is not None
        start, end = act.source
        inside = [m for m in self.page.mentions if m.start < end and start < m.end]
        holding = [m for m in inside if m.start <= act.head < m.end and m.start >= act.source.start - 4]
        relative = act.source.of(self.page.text).lower() in grammar("relative")
        if relative:
            before = [m for m in self.page.mentions if m.end <= act.source.start]
            return before[-1] if before and act.source.start - before[-1].end <= 3 else None
        return holding[0] if holding else next((m for m in inside if m.kind in ("person", "pronoun")), None)

    # --- labels and colons ------------------------------------------------------------------

    def labels(self) -> list[Act]:
        """ "Police: two held after raid", and a colon that hands over to an unquoted paragraph."""
        out = []
        masked = self.page.masked
        for i, paragraph in enumerate(self.page.paragraphs):
            if any(s.transcript and s.span.overlap(paragraph) for s in self.speeches):
                continue
            label = next(
                (m for m in self.page.mentions if paragraph.start <= m.start <= paragraph.start + 1), None
            )
            if (
                label is not None
                and label.kind in _SPEAKING
                and re.match(r": [^\s\ue000]", masked[label.end : label.end + 3])
            ):
                rest = Span(label.end + 2, paragraph.end).trimmed(self.page.text)
                if len(rest.of(masked).split()) > 2 and i in self.page.headings:
                    out.append(
                        Act(
                            Span(label.end, label.end + 1), label.span, (rest,), "say", label.end - 1, "label"
                        )
                    )
            if paragraph.of(masked).rstrip().endswith(":") and i + 1 < len(self.page.paragraphs):
                handed = self.handed_over(paragraph, self.page.paragraphs[i + 1].trimmed(self.page.text))
                out += [handed] if handed is not None else []
        return out

    def handed_over(self, paragraph: Span, following: Span) -> Act | None:
        """The act of "She added:" before a paragraph without quotation marks."""
        last = sentences(self.page, paragraph)[-1]
        if MASK in following.of(self.page.masked) or MASK in last.of(self.page.masked):
            return None
        found = [
            f for f in frames(self.page, last) if f.source is not None and f.lemma in words("cues", "clausal")
        ]
        if not found or len(last.of(self.page.masked)) - (found[-1].cue.end - last.start) > 40:
            return None
        frame = found[-1]
        assert frame.source is not None
        return Act(frame.cue, frame.source.span, (following,), frame.lemma, frame.source.end - 1, "label")

    # --- without a parse --------------------------------------------------------------------

    def shallow(self, plain: Sequence[Sentence]) -> list[Act]:
        """Acts of sentences without a tree, from frames."""
        clausal = words("cues", "clausal")
        open_spans = [s.span for s in plain]
        taken = {s.cue for s in self.speeches if s.cue is not None}
        out = []
        for paragraph in self.page.paragraphs if plain else ():
            for sentence in sentences(self.page, paragraph):
                if not any(o.overlap(sentence) for o in open_spans):
                    continue
                for frame in frames(self.page, sentence):
                    if frame.source is None or frame.cue in taken:
                        continue
                    if frame.lemma != "accord" and frame.lemma not in clausal:
                        continue
                    content = _content(self.page, sentence, frame)
                    if content is not None:
                        out.append(
                            Act(frame.cue, frame.source.span, (content,), frame.lemma, frame.source.end - 1)
                        )
        return out


def _core(text: str, span: Span) -> Span | None:
    """A span from its first letter or digit to its last."""
    at = [k for k in range(span.start, span.end) if text[k].isalnum()]
    return Span(at[0], at[-1] + 1) if at else None


def _first(name: str, recent: Sequence[str]) -> list[str]:
    return [name, *(n for n in recent if n != name)]


def _content(page: Page, sentence: Span, frame: Frame) -> Span | None:
    """The clause that a frame governs: what follows the cue, or else what stands before the frame."""
    masked = page.masked
    end = sentence.trimmed(masked).end
    stop = end - 1 if masked[end - 1] in ".!?;" else end
    after = Span(frame.span.end, stop).trimmed(masked)
    lead = Span(sentence.start, frame.span.start).trimmed(masked)
    follows = after.of(masked)
    if (
        lead.of(masked).endswith(",")
        and len(after) < 40
        and not pattern("quotes", "that_first").match(follows)
    ):
        content = Span(lead.start, lead.end - 1)
        return content if len(content) > 8 and MASK not in content.of(masked) else None
    if frame.lemma == "accord":
        rest = after if not follows.startswith(",") else Span(after.start + 1, after.end).trimmed(masked)
        return rest if len(rest) > 8 else None
    if len(follows) < 8 or follows[0] in ",:;." or follows.startswith(MASK):
        return None
    that = pattern("quotes", "that_soon").match(follows)
    if that:
        return Span(after.start + (0 if that.end() >= 12 else that.start()), after.end)
    return after if frame.lemma in words("cues", "starts_clause") else None
