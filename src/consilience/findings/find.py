"""Findings: the facts of a story, each with every place that reports it.

Three kinds of groups: clauses that report the same fact; sentences that do without it being clear by which
of their clauses; and phrases inside clauses, where an apposition or the like holds the fact. A sentence
group that no clause group says already becomes a finding too, its evidence narrowed to the clauses that
have a likeness in the others; so does a phrase group that puts other sentences together than the groups
before. What stands alone is a finding of one article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from consilience.findings import features, grouping, scores
from consilience.findings.scores import Scores
from consilience.ids import content_id
from consilience.lexicons import word_set
from consilience.model import Evidence, Finding, Origin, Period, Speaker, Statement, StoryReading
from consilience.spans import Span
from consilience.witnesses import witnesses

# Chosen on the stories, leaving stories out (docs/findings.md).
SAME_CLAUSE = 0.85  # probability from which two clauses report one fact
SAME_SENTENCE = 0.3  # and two sentences
JOIN_SENTENCES = 0.5  # mean probability from which groups of sentences that share one become one
NARROW = 0.05  # probability under which a clause is cut from a sentence group's evidence

Group = tuple[Evidence, ...]


def find_findings(story: StoryReading, origins: Sequence[Origin]) -> tuple[Finding, ...]:
    """Every fact of the story, those of one article too, most weighty first.

    Deterministic and independent of the order of the readings. Evidence is in order of article id and
    place; ``reasons`` say in words what matched.
    """
    readings = tuple(sorted(story.readings, key=lambda r: r.article.id))
    story = replace(story, readings=readings)
    if not any(r.statements for r in readings):
        return ()
    scored = scores.of(story)
    found = [_Draft(story, scored, members) for members in _groups(story, scored)]
    made = [d.finding(origins) for d in found]
    unique = {f.id: f for f in made}
    return tuple(sorted(unique.values(), key=_place_in_account))


def _place_in_account(finding: Finding) -> tuple:
    return (-finding.weight, finding.canonical.article, finding.canonical.start, finding.id)


# --- groups ---------------------------------------------------------------------------------------


def _groups(story: StoryReading, scored: Scores) -> list[list[tuple[int, Evidence]]]:
    """Groups of (statement, evidence), those of one member last."""
    u = scored.units
    statements = list(u.statements)
    of_sentence: dict[int, list[int]] = defaultdict(list)
    for k, sentence in enumerate(u.sentence.tolist()):
        of_sentence[sentence].append(k)
    clause_groups = grouping.cliques(scored.clauses, SAME_CLAUSE)
    wide = grouping.cliques(scored.sentences, SAME_SENTENCE)
    apart = dict(enumerate(u.sentence_article.tolist()))
    wide = grouping.joined(wide, scored.sentences, apart, JOIN_SENTENCES)
    said = {frozenset(int(u.sentence[k]) for k in group) for group in clause_groups}
    groups = [[(k, statements[k].evidence) for k in group] for group in clause_groups]
    used = {k for group in clause_groups for k in group}
    for group in wide:
        if frozenset(group) in said:
            continue
        members = [_narrowed(s, group, of_sentence, scored, story) for s in group if of_sentence[s]]
        if len(members) > 1:
            groups.append([(ks[0], evidence) for ks, evidence in members])
            used |= {k for ks, _ in members for k in ks}
    groups += _phrase_groups(story, scored, {frozenset(int(u.sentence[k]) for k, _ in g) for g in groups})
    alone = [[(k, statements[k].evidence)] for k in range(len(statements)) if k not in used]
    return groups + alone


def _phrase_groups(
    story: StoryReading, scored: Scores, said: set[frozenset[int]]
) -> list[list[tuple[int, Evidence]]]:
    """Groups with a phrase in them, of sentences that no group in ``said`` puts together alone."""
    u = scored.units
    members = {k: (s, start, end) for s, own in enumerate(features.spans(u)) for k, start, end in own}
    pairs = scored.phrases | {ab: p for ab, p in scored.clauses.items() if p >= SAME_CLAUSE}
    out = []
    for group in grouping.cliques(pairs, 0.0):
        sentences = frozenset(members[k][0] for k in group)
        if max(group) < len(u.statements) or sentences in said:
            continue
        said = said | {sentences}
        out.append([_phrase(story, u, *members[k]) for k in group])
    return out


def _phrase(story: StoryReading, u: features.Units, sentence: int, start: int, end: int):
    """The statement that has most of the place, and the place as evidence."""
    span = Span(start, end)
    own = np.flatnonzero(u.sentence == sentence).tolist()
    best = max(own, key=lambda k: (u.statements[k].evidence.span.overlap(span), -k))
    return best, story.readings[int(u.article[best])].article.evidence(span)


def _narrowed(
    sentence: int,
    group: Sequence[int],
    of_sentence: dict[int, list[int]],
    scored: Scores,
    story: StoryReading,
) -> tuple[list[int], Evidence]:
    """The sentence's clauses that are like one of another sentence of the group, and their words."""
    own = of_sentence[sentence]
    others = [k for s in group if s != sentence for k in of_sentence[s]]
    pairs = scored.clauses
    kept = [k for k in own if any(pairs.get((min(k, o), max(k, o)), 0.0) >= NARROW for o in others)] or own
    statements = [scored.units.statements[k] for k in kept]
    reading = story.readings[int(scored.units.article[own[0]])]
    if kept == own:
        return kept, reading.article.evidence(reading.analysis.sentences[statements[0].sentence].span)
    start, end = min(s.evidence.start for s in statements), max(s.evidence.end for s in statements)
    return kept, reading.article.evidence(Span(start, end))


# --- one finding ----------------------------------------------------------------------------------


class _Draft:
    """A group on its way to a finding."""

    def __init__(self, story: StoryReading, scored: Scores, members: list[tuple[int, Evidence]]) -> None:
        self.story, self.scored, self.members = story, scored, members
        self.readings = {r.article.id: r for r in story.readings}

    def finding(self, origins: Sequence[Origin]) -> Finding:
        """The finding, with its witnesses counted."""
        evidence = tuple(sorted({e for _, e in self.members}, key=lambda e: (e.article, e.start, e.end)))
        articles = sorted({e.article for e in evidence})
        behind = witnesses(evidence, origins)
        canonical = self._canonical()
        sources, common = self._sources()
        return Finding(
            id=content_id("finding", [[e.article, e.start, e.end] for e in evidence]),
            text=canonical.text,
            canonical=canonical,
            evidence=evidence,
            origins=behind,
            status="corroborated" if len(behind) > 1 else "repeated" if len(articles) > 1 else "single",
            sources=sources,
            common_source=common,
            time=self._time(),
            weight=self._weight(len(behind), len(articles)),
            reasons=self._reasons(),
        )

    def _statement(self, k: int) -> Statement:
        return self.scored.units.statements[k]

    def _canonical(self) -> Evidence:
        """The clearest source wording: not inside quotation marks, of a whole text, a clause rather than a
        part of one, no pronoun at its head, most like the others, then the shorter, the earlier by article
        id and place."""

        def key(member: tuple[int, Evidence]) -> tuple:
            k, evidence = member
            article = self.readings[evidence.article].article
            first = evidence.text.split()[0].lower().strip("“\"'")
            others = [o for o, _ in self.members if o != k]
            pairs = self.scored.clauses
            near = sum(pairs.get((min(k, o), max(k, o)), 0.0) for o in others) / max(len(others), 1)
            return (
                self._statement(k).quoted,
                article.completeness.status != "whole",
                not evidence.span.covers(self._statement(k).evidence.span),
                first in word_set("findings", "vague"),
                -round(near, 1),
                len(evidence.text),
                evidence.article,
                evidence.start,
            )

        return min(self.members, key=key)[1]

    def _sources(self) -> tuple[tuple[Speaker, ...], str | None]:
        """Who in the world is said to say it, and the one that every report names.

        One that is only described ("officials", "a spokeswoman") may be another in another report.
        """
        found: dict[str, Speaker] = {}
        named: dict[str, set[str]] = defaultdict(set)
        for k, evidence in self.members:
            at = self._statement(k).attribution
            attributions = self.readings[evidence.article].attributions
            speaker = attributions[at].speaker if at is not None and at < len(attributions) else None
            here = named[evidence.article]
            if speaker is not None:
                found.setdefault(speaker.entity or speaker.name.casefold(), speaker)
            if speaker is not None and speaker.entity:
                here.add(speaker.entity)
        shared = set.intersection(*named.values()) if named else set()
        common = found[min(shared)].name if shared else None
        return tuple(found[k] for k in sorted(found)), common

    def _time(self) -> Period | None:
        """The day that most of the reports give beside the fact; none where they give none."""
        votes: dict[tuple[str, str | None], int] = defaultdict(int)
        for _, evidence in self.members:
            for time in self.readings[evidence.article].times:
                if evidence.span.covers(time.evidence.span):
                    votes[time.start, time.end] += 1
        if not votes:
            return None
        start, end = min(votes, key=lambda v: (-votes[v], v[0], v[1] or ""))
        return Period(start, end)

    def _weight(self, witnesses: int, articles: int) -> float:
        """Independent witnesses first, then reports, then how early the articles have it."""
        u = self.scored.units
        early = float(np.mean([1 - u.position[u.sentence[k]] for k, _ in self.members]))
        return round(witnesses + 0.2 * (articles - witnesses) + early, 4)

    def _reasons(self) -> tuple[str, ...]:
        """What the surest pair of places has in common, in words."""
        ks = sorted({k for k, _ in self.members})
        best = max(
            ((self.scored.clauses.get((a, b), 0.0), a, b) for i, a in enumerate(ks) for b in ks[i + 1 :]),
            default=(0.0, 0, 0),
        )
        if len(self.members) < 2:
            return ()
        words = self._shared(best[1], best[2]) if best[0] > 0 else []
        out = [f"same fact with probability {best[0]:.2f} between the two surest places"] if best[0] else []
        if words:
            out.append("shared: " + ", ".join(words[:6]))
        return tuple(out)

    def _shared(self, a: int, b: int) -> list[str]:
        """The rarest words, names and figures that two statements share, as the first prints them."""
        u = self.scored.units
        words = u.words
        (a0, a1), (b0, b1) = u.segments[a], u.segments[b]
        there = set(words.ids[b0:b1].tolist())
        hits = [i for i in range(a0, a1) if int(words.ids[i]) in there]
        hits.sort(key=lambda i: (-float(words.weights[i] * (0.3 + words.rarity[i])), i))
        text = self.story.readings[int(u.article[a])].article.text
        return list(dict.fromkeys(text[words.places[i][0] : words.places[i][1]] for i in hits))
