"""Differences between the reports of a story, each typed before it is shown.

Quotes that are one utterance in different words, figures and dates of one thing that do not agree, and
denials are weighed (``models/disagreements.json``, made by ``training/disagreements.py`` on the stories);
below a threshold, which is set for precision, nothing is said. How far a happening has come, who it was on
whom one report insists, what is called its cause and what a meeting is about are read by rules, each with a
bar of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from consilience.findings import disagreements_actor as actor
from consilience.findings import disagreements_content as content
from consilience.findings import disagreements_dates as dates
from consilience.findings import disagreements_denials as denials
from consilience.findings import disagreements_figures as figures
from consilience.findings import disagreements_moved as moved
from consilience.findings import disagreements_rebuttals as rebuttals
from consilience.findings import disagreements_status as status
from consilience.findings import disagreements_subjects as subjects
from consilience.findings import disagreements_words as words
from consilience.findings.disagreements_relation import relation, when
from consilience.findings.disagreements_weigh import Candidate
from consilience.ids import content_id
from consilience.model import Disagreement, Evidence, Finding, Origin, Position, StoryReading
from consilience.witnesses import witnesses

DAY = 10  # letters of a date without a time, "2024-05-02"


def find_disagreements(
    story: StoryReading, origins: Sequence[Origin], findings: Sequence[Finding]
) -> tuple[tuple[Disagreement, ...], tuple[Finding, ...]]:
    """The typed differences of a story, conflicts first, and the findings with the ids of theirs."""
    parts = (words, figures, status, dates, denials, actor, content, subjects, rebuttals, moved)
    candidates = _unlike(c for part in parts for c in part.differences(story, findings))
    told = [_disagreement(c, story, origins, findings) for c in candidates]
    told.sort(key=lambda d: (d.relation == "precision", d.relation != "conflict", d.kind, d.id))
    return tuple(told), tuple(_marked(f, told) for f in findings)


def _unlike(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates without those that set the same places against each other as an earlier one of their
    kind does."""
    out: list[Candidate] = []
    for candidate in candidates:
        if not any(_within(candidate, other) for other in out if other.kind == candidate.kind):
            out.append(candidate)
    return out


def _within(candidate: Candidate, other: Candidate) -> bool:
    """Whether two of the candidate's positions hold evidence of two of the other's."""
    met = [
        {k for k, (_, held) in enumerate(other.positions) if any(e in held for e in evidence)}
        for _, evidence in candidate.positions
    ]
    return any(a != b for i, one in enumerate(met) for two in met[:i] for a in one for b in two)


def _disagreement(
    candidate: Candidate, story: StoryReading, origins: Sequence[Origin], findings: Sequence[Finding]
) -> Disagreement:
    published = {r.article.id: r.article.published for r in story.readings}
    positions = []
    for value, evidence in candidate.positions:
        dates = [d for e in evidence if (d := published.get(e.article))]
        dates.sort(key=lambda d: (len(d) <= DAY, d))  # those timed to the minute tell more
        positions.append(
            Position(
                value=value,
                evidence=tuple(sorted(set(evidence), key=_place)),
                origins=witnesses(evidence, origins),
                published=dates[0] if dates else None,
            )
        )
    positions.sort(key=lambda p: (p.published or "9999", _place(p.evidence[0])))
    key = [[_place(e) for e in p.evidence] for p in positions]
    found = candidate.relation or relation(candidate.kind, [p.evidence for p in positions], story)
    return Disagreement(
        id=content_id("disagreement", candidate.kind, key),
        kind=candidate.kind,
        relation="scope" if candidate.apart and found == "conflict" else found,
        about=candidate.about,
        positions=tuple(positions),
        findings=tuple(sorted(f.id for f in findings if _concerns(f, positions))),
        latest=_latest(positions),
        reasons=tuple(candidate.reasons),
    )


def _place(e: Evidence) -> tuple[str, int, int]:
    return e.article, e.start, e.end


def _latest(positions: Sequence[Position]) -> int | None:
    """Index of the position that was reported last; None where that cannot be told."""
    times = [when(p.published) for p in positions]
    if any(t is None for t in times):
        return None
    exact = all(t[1] for t in times if t)
    moments = [t[0] if exact else t[0].date() for t in times if t]
    last = max(moments)
    return moments.index(last) if moments.count(last) == 1 else None


def _concerns(finding: Finding, positions: Sequence[Position]) -> bool:
    """Whether the finding holds evidence of two positions at least."""
    touched = sum(
        any(e.article == x.article and e.span.overlap(x.span) for e in finding.evidence for x in p.evidence)
        for p in positions
    )
    return touched >= 2


def _marked(finding: Finding, told: Sequence[Disagreement]) -> Finding:
    ids = tuple(d.id for d in told if finding.id in d.findings)
    return msgspec.structs.replace(finding, disagreements=ids) if ids else finding
