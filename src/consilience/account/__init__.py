"""The account of a story: what its findings say, made to be read and checked."""

from __future__ import annotations

from collections.abc import Sequence

from consilience.account import brief, figures, headline, ledger, outlets, quotes, timeline
from consilience.account.folding import folded
from consilience.account.stored import Fault
from consilience.account.verify import verify, without_texts
from consilience.ids import content_id
from consilience.model import Disagreement, Finding, Origin, Reading, Story, StoryReading
from consilience.phrases import published_key
from consilience.settings import Settings

__all__ = ["Fault", "build", "story_id", "verify", "without_texts"]


def story_id(readings: Sequence[Reading]) -> str:
    """The id of the story that these articles make, whatever their order."""
    return content_id("story", sorted(r.article.id for r in readings))


def build(
    story: StoryReading,
    origins: Sequence[Origin],
    findings: Sequence[Finding],
    disagreements: Sequence[Disagreement],
    settings: Settings | None = None,
) -> Story:
    """The account of ``story``: its findings with all that is read off them and off its articles.

    Pure: the same story gives the same account, in any order of its readings. Articles stand by time
    of publication, findings by weight (larger first), ties by id. The brief has at most
    ``settings.brief_length`` lines.
    """
    settings = settings or Settings()
    articles = sorted((r.article for r in story.readings), key=published_key)
    ranked = folded(sorted(findings, key=lambda f: (-f.weight, f.id)))
    rows = outlets.matrix(articles, ranked, disagreements)
    figured = figures.collect(story.readings, story.entities)
    commitments = ledger.collect(story.readings, story.entities, findings)
    dated = timeline.collect(story.readings)
    return Story(
        id=story.id,
        articles=tuple(a.id for a in articles),
        headline=headline.choose(articles, ranked),
        membership=tuple(sorted(story.membership, key=lambda m: m.article)),
        origins=tuple(sorted(origins, key=lambda o: (-len(o.articles), o.id))),
        entities=tuple(sorted(story.entities, key=lambda e: (-len(e.mentions), e.id))),
        attributions=_attributions(story.readings),
        findings=ranked,
        disagreements=_by_weight(disagreements, ranked),
        quotes=quotes.collect(story.readings, disagreements),
        figures=figured,
        commitments=commitments,
        timeline=dated,
        brief=brief.write(story, origins, ranked, disagreements, dated, commitments, settings.brief_length),
        matrix=rows,
        outlets=outlets.outlets(articles, origins, ranked, rows),
    )


def _by_weight(disagreements: Sequence[Disagreement], findings: Sequence[Finding]) -> tuple:
    """Differences, those of the weightiest findings first."""
    weight = {f.id: f.weight for f in findings}
    return tuple(
        sorted(
            disagreements,
            key=lambda d: (-max((weight.get(f, 0.0) for f in d.findings), default=0.0), d.id),
        )
    )


def _attributions(readings: Sequence[Reading]) -> tuple:
    """Reported speech of all articles, by article and place."""
    ordered = sorted((r for r in readings), key=lambda r: r.article.id)
    return tuple(a for r in ordered for a in r.attributions)
