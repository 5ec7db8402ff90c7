"""What one report says and another denies: "No memorandum was signed" beside "the memorandum was signed".

Candidates are clauses that findings looked at as a pair, of which one says yes and one says no; a learnt
weighing (``training/disagreements.py``) of how much they share says how sure each pair is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from consilience.findings import scores
from consilience.findings.disagreements_topic import topic
from consilience.findings.disagreements_weigh import Candidate, judge
from consilience.findings.likeness import WORD_FEATURES, compare
from consilience.findings.scores import Scores
from consilience.lexicons import lexicon
from consilience.model import Evidence, Finding, Reading, Sentence, Statement, StoryReading
from consilience.spans import Span

SAME = 0.4  # probability from which a clause of the same answer is evidence of the same position
WORDS = 0.3  # part of its words, by weight, that one of the two must share with the other
STEM = 5  # letters of a word that are compared


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lexicon("differences")[name])


@dataclass(frozen=True)
class Answer:
    """A clause that says yes or no: ``no``, by its main verb or by a denial above it (``denied``).

    ``subject`` and ``objects``: stems of what hangs on the verb; ``words``: the clause's, of three letters
    or more; ``names``: ids of the entities in it.
    """

    statement: Statement
    no: bool
    denied: bool
    negated: bool
    verb: str
    speaker: str | None
    names: frozenset[str]
    subject: frozenset[str]
    objects: frozenset[str]
    words: frozenset[str]


def answer(reading: Reading, statement: Statement, names: Sequence[tuple[int, int, str]]) -> Answer | None:
    """The clause's answer; None for questions, headings and clauses without a verb."""
    sentence = reading.analysis.sentences[statement.sentence]
    text = reading.article.text[sentence.start : sentence.end].rstrip(" ”\"'’")
    if sentence.kind == "heading" or text.endswith("?") or not 0 <= statement.head < len(sentence.tokens):
        return None
    speaker, cue = _said(reading, statement)
    head = _reported(reading, statement, sentence)
    negated = _negated(sentence, statement, head)
    denied = cue in _words("denials") or _under_denial(sentence, statement)
    at = statement.evidence
    return Answer(
        statement,
        negated != denied,
        denied,
        negated,
        sentence.tokens[head].lemma.casefold(),
        speaker,
        frozenset(of for start, end, of in names if start < at.end and at.start < end),
        _hanging(sentence, head, ("nsubj",)),
        _hanging(sentence, head, ("obj", "obl", "xcomp", "ccomp")),
        frozenset(re.findall(r"[^\W\d_]{3,}", at.text.casefold())),
    )


def _hanging(sentence: Sentence, head: int, relations: Sequence[str]) -> frozenset[str]:
    """Stems of the words that hang on ``head`` by these relations."""
    return frozenset(
        t.lemma.casefold()[:STEM]
        for t in sentence.tokens
        if t.head == head and t.deprel.split(":")[0] in relations
    )


def _reported(reading: Reading, statement: Statement, sentence: Sentence) -> int:
    """The clause's main verb; of "the mayor said they saw no sign", what is said and not the saying."""
    k, at = statement.attribution, statement.evidence.span
    cue = reading.attributions[k].cue if k is not None and k < len(reading.attributions) else None
    head = sentence.tokens[statement.head]
    if cue is None or not cue.span.covers(Span(head.start, head.end)):
        return statement.head
    said = (
        i
        for i, t in enumerate(sentence.tokens)
        if t.head == statement.head and t.deprel == "ccomp" and at.covers(Span(t.start, t.end))
    )
    return next(said, statement.head)


def _said(reading: Reading, statement: Statement) -> tuple[str | None, str]:
    """Who says the clause, and the lemma-like first word of the verb with which."""
    k = statement.attribution
    if k is None or k >= len(reading.attributions):
        return None, ""
    told = reading.attributions[k]
    speaker = (told.speaker.entity or told.speaker.name.casefold()) if told.speaker else None
    inside = told.cue is not None and statement.evidence.span.covers(told.cue.span)
    return speaker, "" if told.cue is None or inside else _stem(told.cue.text)


def _stem(cue: str) -> str:
    found = re.findall(r"[^\W\d_]+", cue.casefold())
    return next((w for w in found if w in _words("denials")), "")


_NEAR = ("nsubj", "obj", "aux", "cop", "obl", "advmod", "xcomp")
_WITHIN = ("ccomp", "xcomp", "obj", "acl", "conj")  # "rejected a claim that it had ignored a warning"
_DENIED = ("obj", "ccomp", "xcomp")


def _negated(sentence: Sentence, statement: Statement, head: int) -> bool:
    """Whether the main verb is negated, or what does it or suffers it is none."""
    tokens = sentence.tokens
    near = {head} | {i for i, t in enumerate(tokens) if t.head == head and t.deprel.split(":")[0] in _NEAR}
    return any(
        t.text.casefold() in _words("negative") and (t.head in near or i in near)
        for i, t in enumerate(tokens)
        if statement.evidence.start <= t.start < statement.evidence.end
    ) and not any(
        t.text.casefold() in _words("limits") and t.head == head and t.deprel != "cc" for t in tokens
    )


def _under_denial(sentence: Sentence, statement: Statement) -> bool:
    """Whether a verb of denial governs the clause's, or is its own with something denied behind it."""
    tokens = sentence.tokens
    head = tokens[statement.head]
    if head.text.casefold() in _words("denials"):
        return any(t.head == statement.head and t.deprel.split(":")[0] in _DENIED for t in tokens)
    at, steps = head, 0
    while at.head >= 0 and at.deprel.split(":")[0] in _WITHIN and steps < 3:
        at, steps = tokens[at.head], steps + 1
        if at.text.casefold() in _words("denials"):
            return True
    return False


# --- pairs ----------------------------------------------------------------------------------------


def candidates(
    story: StoryReading,
) -> tuple[Scores, dict[int, Answer], list[tuple[int, int]], np.ndarray]:
    """The story's scores, its clauses' answers, the pairs of clauses that answer apart, their features."""
    story = replace(story, readings=tuple(sorted(story.readings, key=lambda r: r.article.id)))
    scored = scores.of(story)
    readings = {r.article.id: r for r in story.readings}
    named: dict[str, list[tuple[int, int, str]]] = {a: [] for a in readings}
    for entity in story.entities:
        for e in entity.mentions:
            named.setdefault(e.article, []).append((e.start, e.end, entity.id))
    answers: dict[int, Answer] = {}
    for k, statement in enumerate(scored.units.statements):
        article = statement.evidence.article
        found = answer(readings[article], statement, named[article])
        if found is not None:
            answers[k] = found
    apart = sorted(
        (i, j) for i, j in scored.clauses if i in answers and j in answers and answers[i].no != answers[j].no
    )
    if not apart:
        return scored, answers, [], np.zeros((0, 1))
    pairs, table = _features(scored, answers, apart)
    return scored, answers, pairs, table


def _features(
    scored: Scores, answers: dict[int, Answer], apart: list[tuple[int, int]]
) -> tuple[list[tuple[int, int]], np.ndarray]:
    """The pairs whose words meet, and for each what their words share and how they are said."""
    u = scored.units
    left, right = np.array(apart).T
    shared = compare(u.words, u.segments[left], u.segments[right])
    names = WORD_FEATURES
    good = (shared[:, names.index("cover_max")] > WORDS) & (shared[:, names.index("rare_shared")] > 0)
    whole = compare(u.words, u.bounds[u.sentence[left]], u.bounds[u.sentence[right]])
    cosine = (u.vectors[u.sentence[left]] * u.vectors[u.sentence[right]]).sum(axis=1)
    best: dict[tuple[int, int], list[float]] = defaultdict(list)
    for (i, j), p in scored.clauses.items():
        best[i, int(u.article[j])].append(p)
        best[j, int(u.article[i])].append(p)
    rows = []
    for n, (i, j) in enumerate(apart):
        likely = scored.clauses[i, j]
        sentences = tuple(sorted((int(u.sentence[i]), int(u.sentence[j]))))
        beside = [best[i, int(u.article[j])], best[j, int(u.article[i])]]
        ranks = sorted(min(sum(p > likely for p in others), 5) for others in beside)
        rows.append(
            [
                float(cosine[n]), likely, scored.sentences.get(sentences, 0.0), *ranks,
                *sorted(likely - max(others) for others in beside), *_said_alike(answers[i], answers[j]),
            ]
        )  # fmt: skip
    table = np.concatenate([shared, whole, np.array(rows)], axis=1)
    return [p for p, keep in zip(apart, good, strict=True) if keep], table[good]


def _said_alike(a: Answer, b: Answer) -> list[float]:
    """How two clauses are said: verb and what hangs on it, denial, speakers, names, status, lengths."""
    verbs = a.verb[:STEM], b.verb[:STEM]
    around = [x.subject | x.objects | {v} for x, v in zip((a, b), verbs, strict=True)]
    statuses = {a.statement.status, b.statement.status}
    return [
        float(a.verb == b.verb),
        float(a.denied or b.denied),
        float(a.negated or b.negated),
        float(a.negated and b.negated),
        float(a.statement.quoted) + b.statement.quoted,
        float(bool(a.speaker) and a.speaker == b.speaker),
        float(bool(a.speaker) and bool(b.speaker) and a.speaker != b.speaker),
        float(len(a.names & b.names)),
        float(len(a.names ^ b.names)),
        float(len(statuses) == 1),
        float(statuses == {"done", "to come"}),
        float(len(a.subject & b.subject)),
        float(len(a.objects & b.objects)),
        float(len(around[0] & around[1])),
        float(bool(a.subject) and bool(b.subject) and not a.subject & b.subject),
        float(verbs[0] in b.subject | b.objects or verbs[1] in a.subject | a.objects),
        float(min(len(a.words), len(b.words))),
        float(max(len(a.words), len(b.words))),
    ]


def sides(
    scored: Scores, answers: dict[int, Answer], i: int, j: int
) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """The evidence of either position: the clause and those of its answer that likely report its fact."""

    def near(one: int, other: int) -> tuple[Evidence, ...]:
        found = {one}
        for a, b in ((i, j) for i, j in scored.clauses if one in (i, j)):
            k = b if a == one else a
            same = k in answers and answers[k].no == answers[one].no and scored.clauses[a, b] >= SAME
            if same and scored.clauses[a, b] >= scored.clauses.get((min(k, other), max(k, other)), 0.0):
                found.add(k)
        return tuple(scored.units.statements[k].evidence for k in sorted(found))

    return near(i, j), near(j, i)


def chosen(
    pairs: Sequence[tuple[int, int]], sure: Sequence[float], least: float
) -> Iterator[tuple[int, int]]:
    """The pairs from the surest on, no clause twice."""
    used: set[int] = set()
    for p, (i, j) in sorted(zip(sure, pairs, strict=True), key=lambda x: (-x[0], x[1])):
        if p >= least and not {i, j} & used:
            used |= {i, j}
            yield i, j


def differences(story: StoryReading, findings: Sequence[Finding]) -> Iterator[Candidate]:
    """What some reports say and others deny."""
    scored, answers, pairs, table = candidates(story)
    model = judge("polarity")
    for i, j in chosen(pairs, model.of_story(table).tolist(), model.threshold):
        yes, no = (j, i) if answers[i].no else (i, j)
        first, second = sides(scored, answers, yes, no)
        positions = (("said", first), ("denied", second))
        yield Candidate(
            kind="polarity",
            relation=None,
            about=f"{topic(positions)}: said, and denied",
            positions=positions,
            reasons=("one report says it, another denies it",),
        )
