"""A large account made of many copies of a case's articles, each a little its own: for size and speed."""

from __future__ import annotations

import msgspec

from consilience import account as accounts
from consilience import model as m
from consilience.ids import content_id
from tests.goldstory import BENCHMARK, Gold, _sentences


def large_account(count: int) -> m.Account:
    """``count`` articles in one story, about 40 findings in each, most of them in one report alone."""
    golds = [Gold(BENCHMARK / "cases" / n) for n in ("ferry-capsize", "court-water", "steel-takeover")]
    base = [a for g in golds for a in g.articles.values()]
    readings, findings, origins = [], [], []
    by_text: dict[str, list[m.Evidence]] = {}
    for i in range(count):
        source = base[i % len(base)]
        # every third sentence of a copy is its own, so that most findings stand alone
        text = (
            "\n\n".join(
                s.of(source.text) if k % 3 == 0 else f"{s.of(source.text)[:-1]} in version {i}."
                for k, s in enumerate(_sentences(source.text))
            )
            + "\n\n"
            + "\n\n".join(
                f"Paragraph {k} of report {i} tells of matters that no other desk has heard of, "
                f"as number {i * 31 + k} shows to whoever reads it."
                for k in range(20)
            )
        )
        outlet = f"Outlet {i}"
        article = msgspec.structs.replace(
            source, id=content_id("article", source.url, outlet, source.title, text), text=text,
            outlet=outlet, source=f"large/{i}.txt",
        )  # fmt: skip
        spans = _sentences(text)
        for span in spans:
            by_text.setdefault(span.of(text), []).append(article.evidence(span))
        analysis = m.Analysis(
            article=article,
            sentences=tuple(m.Sentence(s.start, s.end, k, "sentence", ()) for k, s in enumerate(spans)),
            names=(),
            vectors=golds[0].story.readings[0].analysis.vectors[:0],
        )
        readings.append(m.Reading(analysis=analysis, reference=article.published))
        origins.append(m.Origin(id=content_id("origin", [article.id]), articles=(article.id,)))
    origin_of = {o.articles[0]: o.id for o in origins}
    for text, evidence in by_text.items():
        own = tuple(sorted({origin_of[e.article] for e in evidence}))
        findings.append(
            m.Finding(
                id=content_id("finding", [[e.article, e.start, e.end] for e in evidence]), text=text,
                canonical=evidence[0], evidence=tuple(evidence), origins=own,
                status="corroborated" if len(own) > 1 else "single", weight=float(len(own)),
            )
        )  # fmt: skip
    story = accounts.build(
        m.StoryReading(id=accounts.story_id(readings), readings=tuple(readings)), origins, findings, ()
    )
    articles = sorted((r.article for r in readings), key=lambda a: a.id)
    return m.Account(articles=tuple(articles), stories=(story,))
