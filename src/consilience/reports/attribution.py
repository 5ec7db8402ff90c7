"""Attribution: who says, thinks or knows what, directly or not, in one article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from consilience.lexicons import lexicon
from consilience.model import Analysis, Attribution, Evidence, QuoteMention
from consilience.reports import direct
from consilience.reports.frames import Frame, frames
from consilience.reports.layout import MASK, Page, prepare, sentences
from consilience.spans import Span


def find(analysis: Analysis, quotes: Sequence[QuoteMention]) -> tuple[Attribution, ...]:
    """Each act of reported speech, in the order of the text. ``quotes`` are those of ``quotes.find``.

    The content of a direct one is its quotes (several, where one frame carries them); that of an
    indirect one is the clause that the cue governs.
    """
    page = prepare(analysis)
    kept = {(q.evidence.start, q.evidence.end) for q in quotes}
    speeches = [s for s in direct.read(analysis, page) if (s.span.start, s.span.end) in kept]
    out = _direct(analysis, speeches)
    taken = {a.cue.start for a in out if a.cue is not None}
    out += _indirect(analysis, page, taken)
    return tuple(sorted(out, key=lambda a: (min(e.start for e in a.content), a.cue.start if a.cue else -1)))


def _direct(analysis: Analysis, speeches: Sequence[direct.Speech]) -> list[Attribution]:
    groups: dict[object, list[direct.Speech]] = {}
    for s in speeches:
        key = (s.cue.start, s.cue.end) if s.cue is not None else ("at", s.span.start)
        groups.setdefault(key, []).append(s)
    out = []
    for group in groups.values():
        first = group[0]
        out.append(Attribution(
            source=_evidence(analysis, first.source.span if first.source else None),
            cue=_evidence(analysis, first.cue),
            content=tuple(analysis.article.evidence(s.span) for s in group),
            direct=True, speaker=first.speaker, unnamed=first.unnamed,
        ))
    return out


def _evidence(analysis: Analysis, span: Span | None) -> Evidence | None:
    return analysis.article.evidence(span) if span is not None and span.end > span.start else None


def _indirect(analysis: Analysis, page: Page, taken: set[int]) -> list[Attribution]:
    out = []
    clausal = set(lexicon("cues")["clausal"].split())
    recent: list[str] = []
    for paragraph in page.paragraphs:
        for sentence in sentences(page, paragraph):
            for frame in frames(page, sentence):
                if frame.source is None or frame.cue.start in taken:
                    continue
                if frame.lemma != "accord" and frame.lemma not in clausal:
                    continue
                content = _content(page, sentence, frame)
                if content is None:
                    continue
                speaker, unnamed = page.cast.who(frame.source, tuple(recent))
                if speaker is not None:
                    recent = [speaker.name, *(n for n in recent if n != speaker.name)]
                out.append(Attribution(
                    source=_evidence(analysis, frame.source.span), cue=_evidence(analysis, frame.cue),
                    content=(analysis.article.evidence(content),), direct=False,
                    speaker=speaker, unnamed=unnamed,
                ))
    return out


def _content(page: Page, sentence: Span, frame: Frame) -> Span | None:
    """The clause that a frame governs: what follows the cue, or else what stands before the frame."""
    masked = page.masked
    end = sentence.trimmed(masked).end
    stop = end - 1 if masked[end - 1] in ".!?;" else end
    frame_end = max(frame.cue.end, frame.source.end if frame.source else 0)
    frame_start = min(frame.cue.start, frame.source.start if frame.source else frame.cue.start)
    after = Span(frame_end, stop).trimmed(masked)
    lead = Span(sentence.start, frame_start).trimmed(masked)
    if masked[lead.start : lead.end].endswith(",") and (len(after) < 40 and not masked[after.start : after.end].startswith("that ")):
        content = Span(lead.start, lead.end - 1)
        return content if len(content) > 8 and MASK not in masked[content.start : content.end] else None
    if frame.lemma == "accord":
        rest = after if masked[after.start : after.start + 1] != "," else Span(after.start + 1, after.end).trimmed(masked)
        return rest if len(rest) > 8 else None
    rest_text = masked[after.start : after.end]
    if not rest_text or len(rest_text) < 8 or rest_text[0] in ",:;.":
        return None
    if rest_text.startswith(MASK):
        return None
    m = re.match(r"(?:[^,.]{0,40}?\s)?that\s", rest_text)
    return Span(after.start + (m.start() if m and m.end() < 12 else 0), after.end) if m or frame.lemma in ("say", "think", "believe", "hope", "fear", "insist", "claim", "know", "deny", "tell") else None
