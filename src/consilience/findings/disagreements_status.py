"""What one report says is done and another says is still to come.

Only plain cases are told: two clauses that are likely one fact, hang on the same verb, in a past form
here and in a future form there, and share content words beside it. "To vote" and "will vote" are no
difference, nor is what may or might be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consilience.findings import scores
from consilience.findings.disagreements_weigh import Candidate, link
from consilience.lexicons import lexicon
from consilience.model import Evidence, Finding, Reading, Sentence, Statement, StoryReading

LIKELY = 0.3  # probability, of two clauses, to be one fact; a difference of status lowers it by itself
SHARED = 2  # content words beside the verb that both must have
ABOUT = 7  # words that say what the difference is about


@dataclass(frozen=True)
class Placed:
    """A clause on a verb: its lemma, whether it is ``done`` or ``to come``, and its content words."""

    evidence: Evidence
    verb: str
    status: str
    content: frozenset[str]
    about: str


def differences(story: StoryReading, findings: Sequence[Finding]) -> Iterator[Candidate]:
    """Happenings that are done in one report and to come in another."""
    scored = scores.of(story)
    readings = {r.article.id: r for r in story.readings}
    held: dict[int, Placed | None] = {}

    def at(k: int) -> Placed | None:
        if k not in held:
            statement = scored.units.statements[k]
            held[k] = _place(readings[statement.evidence.article], statement)
        return held[k]

    likely = sorted(pair for pair, p in scored.clauses.items() if p >= LIKELY)
    differ = {(i, j) for i, j in likely if _differ(at(i), at(j))}
    if not differ:
        return
    members = sorted({k for pair in differ for k in pair})
    place = {k: n for n, k in enumerate(members)}
    one = {
        (place[i], place[j]): 1.0 for i, j in likely if i in place and j in place and _same_verb(at(i), at(j))
    }
    for group in link(len(members), one, 0.5):
        clauses = [c for n in group if (c := at(members[n])) is not None]
        done = [c for c in clauses if c.status == "done"]
        ahead = [c for c in clauses if c.status == "to come"]
        if done and ahead:
            yield _candidate(done, ahead)


def _same_verb(a: Placed | None, b: Placed | None) -> bool:
    return a is not None and b is not None and a.verb == b.verb and len(a.content & b.content) >= SHARED


def _differ(a: Placed | None, b: Placed | None) -> bool:
    return _same_verb(a, b) and {a.status, b.status} == {"done", "to come"}  # type: ignore[union-attr]


def _place(reading: Reading, statement: Statement) -> Placed | None:
    sentence = reading.analysis.sentences[statement.sentence]
    if statement.negated or not 0 <= statement.head < len(sentence.tokens):
        return None
    head = sentence.tokens[statement.head]
    status = _status(sentence, statement.head)
    if head.upos != "VERB" or status is None:
        return None
    inside = [t for t in sentence.tokens if statement.evidence.start <= t.start < statement.evidence.end]
    content = {
        t.lemma.casefold() for t in inside if t.upos in ("NOUN", "PROPN", "VERB", "NUM") and t is not head
    }
    text = re.split(r"[,;:()“”\"]", reading.article.text[head.start : statement.evidence.end])[0]
    return Placed(statement.evidence, head.lemma, status, frozenset(content), " ".join(text.split()[:ABOUT]))


def _status(sentence: Sentence, head: int) -> str | None:
    """``done`` for a plain past form, ``to come`` for a plain future one, None for all else."""
    words = lexicon("differences")
    token = sentence.tokens[head]
    helpers = {t.lemma.casefold() for t in sentence.tokens if t.head == head and t.deprel.startswith("aux")}
    helpers |= {t.text.casefold() for t in sentence.tokens if t.head == head and t.deprel.startswith("aux")}
    infinitive = any(
        t.head == head and t.deprel == "mark" and t.text.casefold() == "to" for t in sentence.tokens
    )
    if helpers & set(words["uncertain"]):
        return None
    if helpers & set(words["future"]):
        return "to come"
    if infinitive:
        above = sentence.tokens[token.head] if token.head >= 0 else None
        return "to come" if above is not None and above.lemma.casefold() in words["ahead"] else None
    form = token.text.casefold()
    past = form != token.lemma.casefold() and not form.endswith(("ing", "s")) and form not in words["present"]
    return "done" if past else None


def _candidate(done: Sequence[Placed], ahead: Sequence[Placed]) -> Candidate:
    about = min((c.about for c in ahead), key=lambda a: (len(a), a))
    return Candidate(
        kind="status",
        relation=None,
        about=f"{about.rstrip('.,;:')}: done, or still to come",
        positions=(
            ("done", tuple(c.evidence for c in done)),
            ("still to come", tuple(c.evidence for c in ahead)),
        ),
        reasons=("one verb, in a past form here and in a future form there",),
    )
