"""Acts of reported speech and thought in a parsed sentence (Universal Dependencies).

A cue is a verb that governs a clause (ccomp, xcomp, parataxis) or, for verbs such as "criticise",
its complement; "according to X"; a noun of speech with a clause or an owner; an adverb such as
"reportedly". The source is the subject's subtree (through coordination, relative clauses and
participles), or the agent of a passive; the content is the subtree of what is governed. After
Pareti et al., Automatically Detecting and Attributing Indirect Quotations (EMNLP 2013), with the
tree in the place of a learnt sequence model.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from consilience.lexicons import endings, grammar
from consilience.model import Sentence, Token
from consilience.reports import sides
from consilience.reports.expressions import Expressions
from consilience.reports.reported import Act
from consilience.reports.trees import SUBJECT, is_parsed
from consilience.reports.words import body_nouns, cue_forms, words
from consilience.spans import Span

OPEN = frozenset(("VERB", "NOUN", "ADJ"))  # whose words may be cues though no list has them
LED = ("xcomp", "advcl", "acl")
SMALL = frozenset(("PART", "ADV", "AUX", "SCONJ", "ADP"))  # words between a leading verb and the cue
Candidate = tuple[int, Act | None]
Weigh = Callable[["Acts", list[Candidate]], list[tuple[int, Act]]]


def tree_of(sentence: Sentence) -> Acts | None:
    """The tree of a sentence, or None for one without a parse."""
    return Acts(sentence.tokens) if is_parsed(sentence) else None


class Acts(Expressions):
    """A sentence's tree that finds its acts of speech; it may be asked again and again."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        super().__init__(tokens)
        self.blocked = [False] * len(tokens)

    def cue_subjects(self) -> list[tuple[Token, int, Span | None]]:
        """Each cue form, where its subject's (or agent's) head starts (-1: none), and the subject's words.

        The words are those around the head, without what hangs on the verb itself.
        """
        out: list[tuple[Token, int, Span | None]] = []
        for i, token in enumerate(self.tokens):
            if self.lows[i] not in cue_forms():
                continue
            agent = self.agent(i) if self.kids(i, "nsubj:pass", "aux:pass") else None
            subject = agent if agent is not None else self.subject(i) if token.upos == "VERB" else None
            if subject is None:
                out.append((token, -1, None))
                continue
            phrase, at = self.phrase(subject, without=[i, *self.kids(subject, "case")])
            out.append((token, at, phrase))
        return out

    # --- acts -------------------------------------------------------------------------------

    def acts(self, blocked: Sequence[Span] = (), weigh: Weigh | None = None) -> list[Act]:
        """The acts of the sentence, by their cues; none whose cue is inside ``blocked`` (quotations).

        ``weigh`` chooses among the candidates; without it the rules alone decide.
        """
        found = self.candidates(blocked)
        kept = [(i, a) for i, a in found if a is not None] if weigh is None else weigh(self, found)
        out = sides.apart(self, self.whole(kept))
        return [
            a
            for n, a in enumerate(out)
            if not any(b.cue != a.cue and b.cue.covers(a.cue) for b in out)
            # two words of one cue may both be chosen: "hastened to add"
            and not any((b.cue, b.content) == (a.cue, a.content) for b in out[:n])
        ]

    def candidates(self, blocked: Sequence[Span] = ()) -> list[Candidate]:
        """The words that could be cues, with what the rules make of each (None: nothing)."""
        near = [b for b in blocked if b.start < self.tokens[-1].end and b.end > self.tokens[0].start]
        self.blocked = [any(b.start <= t.start < b.end for b in near) for t in self.tokens]
        self.owner = {}
        out: list[Candidate] = []
        for i, token in enumerate(self.tokens):
            if not self.blocked[i]:
                act = self.ruled(i)
                if act is not None or token.upos in OPEN:
                    out.append((i, act))
        return out

    def whole(self, acts: list[tuple[int, Act]]) -> list[tuple[int, Act]]:
        """The acts with the verb in front that leads to their cue, where that is no cue itself: was quick to
        deny, likes to say, stopped short of saying."""
        own = {i for i, _ in acts}
        out = []
        for i, act in acts:
            head = self.heads[i]
            led = (
                0 <= head < i <= head + 4
                and head not in own
                and not self.blocked[head]
                and self.rel(i, *LED)
                and (self.tokens[head].upos in ("VERB", "ADJ") or bool(self.kids(head, "cop")))
                and all(self.tokens[k].upos in SMALL for k in range(head + 1, i))
                and act.cue.start >= self.tokens[head].end
                and act.source is not None
                and not act.source.overlap(Span(self.tokens[head].start, act.cue.end))
                and not any(c.overlap(Span(self.tokens[head].start, act.cue.start)) for c in act.content)
            )
            out.append((i, replace(act, cue=Span(self.cue(head).start, act.cue.end)) if led else act))
        return out

    def ruled(self, i: int) -> Act | None:
        """The act of token ``i`` by the rules and lists."""
        token, low, act = self.tokens[i], self.lows[i], None
        if token.upos == "VERB" and low in cue_forms() and not self.phases(i):
            act = self.verb(i, cue_forms()[low])
        elif token.upos == "NOUN" and token.lemma.lower() in words("cues", "stances"):
            act = self.stance(i)
        elif token.upos == "NOUN" and token.lemma.lower() in words("cues", "nouns"):
            act = self.noun(i)
        elif token.upos in ("ADJ", "VERB") and low in words("cues", "adjectives"):
            act = self.adjective(i)
        elif token.upos == "ADV" and low in words("cues", "unsourced"):
            act = self.adverb(i)
        if act is None and low in words("cues", "source_word"):
            act = self.according(i)
        act = self.expression(i) or act
        if act is None and token.upos == "VERB":
            act = self.holds(i) or self.deed(i)
        return act

    def phases(self, i: int) -> bool:
        """Whether a verb only phases an act of the verb under it ("declined to discuss the plan")."""
        return self.lemma(i) in words("cues", "aspect") and any(
            self.aspect(k) == i
            and self.low(k) in cue_forms()
            and self.verb(k, cue_forms()[self.low(k)]) is not None
            for k in self.children[i]
        )

    def verb(self, i: int, lemma: str) -> Act | None:
        """The act of a verb, if it reports something."""
        if self.kids(i, "aux:pass"):
            return self.passive(i, lemma)
        if self.rel(i, "acl") and self.agent(i) is not None and not self.kids(i, *SUBJECT):
            return self.participle(i, lemma)
        if self.reduced(i):
            return None
        as_told = self.marked_by(i, "as_case")
        if as_told and self.rel(i, "advcl", "parataxis", "ccomp") and not self.kids(i, "ccomp"):
            return self.as_said(i, lemma)
        source, head_at = self.source(i)
        content: set[int] = set()
        more: list[int] = []
        kind = "clause"
        clauses = [k for k in self.kids(i, "ccomp") if abs(k - i) > 1 or self.children[k]]
        if clauses:
            for k in clauses[:2]:
                content |= self.subtree(k, without=[*self.others(k, i), *self.added(i, k)])
        elif (clause := self.around(i, lemma)) >= 0:
            content = self.subtree(clause, without=[i, *self.added(i, clause)]) | self.behind(i)
        elif self.relative(i, lemma):
            content = self.subtree(self.heads[i], without=[i])  # what Trump says …
        if not content:
            reporting = words("cues", "clausal") | words("cues", "complement")
            for k in self.kids(i, "xcomp") if lemma in reporting - words("cues", "no_infinitive") else ():
                content |= self.subtree(k)
                kind = "infinitive"
        if not content or kind == "infinitive" and lemma in words("cues", "complement"):
            kind = kind if content else "complement"
            content, more = self.complement(i, lemma, content)
        if kind == "complement" and self.idle(i):
            return None
        if not content and lemma in words("cues", "clausal"):
            content, kind = self.beside(i), "clause"
        if not content or (source is None and lemma not in words("cues", "clausal")):
            return None
        content -= {k for k in self.children[i] if self.rel(k, "punct", "mark", "cc")}
        content |= self.negations(i, content)
        spans = self.spans(content - {i})
        if i + 1 in self.kids(i, "obj") and f"{lemma} {self.low(i + 1)}" in words("quotes", "with_object"):
            more.append(i + 1)
        cue = self.cue(i, *more)
        spans = tuple(s for s in spans if not s.overlap(cue) and (source is None or not source.covers(s)))
        return Act(cue, source, spans, lemma, head_at, kind) if spans else None

    def behind(self, i: int) -> set[int]:
        """What goes on behind a cue put into what it tells: It was unlawful, the court ruled, because it …"""
        held = [k for k in self.kids(i, "advcl") if k > i + 1 and self.kids(k, *SUBJECT)]
        return {n for k in held for n in self.subtree(k) if "," in self.texts_before(k)}

    def texts_before(self, k: int) -> tuple[str, str]:
        """The first word under token ``k`` and the one before that."""
        first = min(self.subtree(k))
        return self.tokens[first].text, self.tokens[max(0, first - 1)].text

    def idle(self, i: int) -> bool:
        """Whether a verb with a mere object tells only what might be said or is asked of the reader:
        a chance to attack him; you see the point."""
        subject = self.subject(i)
        if subject is not None and self.low(subject) in words("cues", "reader"):
            return True
        if cue_forms()[self.low(i)] in words("cues", "of_bodies"):
            found = words("cues", "polls") | words("cues", "media") | body_nouns()
            return subject is None or self.lemma(subject) not in found
        purpose = self.marked_by(i, "infinitive_mark") and self.aspect(i) < 0
        return purpose and (subject is None or self.tokens[subject].upos != "PROPN")

    def reduced(self, i: int) -> bool:
        """Whether a past participle describes a noun, or compares, and nobody is said to speak:
        the group called X, a plan proposed last week, 32 percent compared with 11."""
        if (
            self.kids(i, *SUBJECT)
            or self.low(i).endswith(endings("participle"))
            or self.tokens[i].upos != "VERB"
        ):
            return False
        if self.marked_by(i, "infinitive_mark"):
            return False
        return (
            self.rel(i, "acl")
            and self.heads[i] < i
            or self.low(i) in words("cues", "comparing")
            and self.rel(i, "advcl", "obl")
        )

    def passive(self, i: int, lemma: str) -> Act | None:
        """ "The plan was criticised by X": the agent is the source, the subject the content."""
        if lemma in words("cues", "no_infinitive") and not self.kids(i, "ccomp"):
            return None
        agent = self.agent(i)
        subject = next(iter(self.kids(i, "nsubj:pass", "csubj:pass")), None)
        source, head_at = (
            self.phrase(agent, without=self.kids(agent, "case")) if agent is not None else (None, -1)
        )
        content: set[int] = set()
        for k in self.kids(i, "ccomp", "xcomp"):
            content |= self.subtree(k)
        told = lemma in words("cues", "addressed")
        if agent is None and not content:
            asked = next((k for k in self.kids(i, "obl") if self.told(k, "matter")), -1)
            case = self.kids(asked, "case")[0] if asked >= 0 else -1
            if told and asked > i and case == i + 1:
                spans = self.spans(self.subtree(asked, without=[case]))
                return Act(self.cue(i, case), None, spans, lemma, -1, "asked") if spans else None
        if subject is not None and not (told and content):
            if agent is None and not (content and lemma in words("cues", "clausal")):
                if lemma not in words("cues", "verdicts"):
                    return None
                content |= self.verdict(i)
                for k in self.kids(i, "obl"):
                    if self.cased(k, "verdict_cases"):
                        content |= self.subtree(k)
            expletive = self.low(subject) in words("cues", "expletive")
            content |= set() if expletive else self.subtree(subject)
        if not content or (agent is None and not content):
            return None
        cue = self.cue(i)
        spans = tuple(s for s in self.spans(content - {i}) if not s.overlap(cue))
        return Act(cue, source, spans, lemma, head_at, "passive") if spans else None

    def participle(self, i: int, lemma: str) -> Act | None:
        """A view echoed by many: the agent's words on the noun before."""
        agent, head = self.agent(i), self.heads[i]
        if agent is None or head < 0 or lemma not in words("cues", "complement"):
            return None
        source, head_at = self.phrase(agent, without=self.kids(agent, "case"))
        spans = self.spans(self.subtree(head, without=[i]) | self.rest(i, agent))
        cue = self.cue(i)
        return Act(cue, source, spans, lemma, head_at, "passive") if spans and source else None

    def as_said(self, i: int, lemma: str) -> Act | None:
        """As many have pointed out, …: the content is the clause that it is put to."""
        head = self.heads[i]
        if head < 0 or lemma not in words("cues", "clausal") and lemma not in words("cues", "as_told"):
            return None
        source, head_at = self.source(i)
        if source is None or self.kids(i, "ccomp"):
            return None
        spans = self.spans(self.subtree(head, without=[i]))
        return Act(self.cue(i), source, spans, lemma, head_at, "clause") if spans else None

    def adjective(self, i: int) -> Act | None:
        """Is critical of, is worried that, was sure: a predicate that takes a clause or an object."""
        subjects = self.kids(i, *SUBJECT)
        if not subjects or not self.kids(i, "cop", "aux:pass", "aux"):
            return None
        content: set[int] = set()
        for k in self.kids(i, "ccomp", "xcomp", "advcl"):
            marks = {self.low(m) for m in self.kids(k, "mark")}
            if k > i and (self.rel(k, "ccomp", "xcomp") or marks & words("cues", "adjective_marks")):
                content |= self.subtree(k)
        more = []
        for k in self.kids(i, "obl", "nmod"):
            cases = self.kids(k, "case")
            if cases and cases[0] == i + 1 and self.low(cases[0]) in words("cues", "complement_prepositions"):
                more.append(cases[0])
                content |= self.subtree(k, without=[cases[0]])
        source, head_at = self.phrase(subjects[0])
        if not content or source is None or self.low(subjects[0]) in words("cues", "nobody"):
            return None
        cue = self.cue(i, *more)
        spans = tuple(s for s in self.spans(content) if not s.overlap(cue))
        return Act(cue, source, spans, self.low(i), head_at, "adjective") if spans else None

    def rest(self, i: int, agent: int) -> set[int]:
        """What follows a participle besides its agent: proposed by X for the poor."""
        return {k for c in self.kids(i, "obl", "xcomp") if c != agent and c > i for k in self.subtree(c)}

    def according(self, i: int) -> Act | None:
        """According to X: X is what "according" introduces; the content is the clause around it."""
        head = self.heads[i]
        if head < 0:
            return None
        if self.rel(i, "case", "mark", "advmod"):
            source_head = head
        else:
            nouns = self.kids(i, "obl", "obj", "nmod", "pobj")
            if not nouns:
                return None
            source_head = nouns[0]
        without = [k for k in self.children[source_head] if self.rel(k, "case") and k <= i + 1]
        source, head_at = self.phrase(source_head, without=[*without, i])
        top = source_head if self.rel(i, "case", "mark", "advmod") else i
        clause = self.heads[top]
        if clause > top and self.rel(clause, "advcl") and not self.kids(clause, *SUBJECT):
            clause = self.heads[clause]  # "…, according to a survey, carried out in May"
        if clause < 0 or source is None:
            return None
        content = self.subtree(self.over(clause, i), without=[top])
        last = i + 1 if i + 1 < len(self.tokens) and self.low(i + 1) in words("cues", "source_case") else i
        cue = Span(self.tokens[i].start, self.tokens[last].end)
        spans = self.spans(content)
        return Act(cue, source, spans, "accord", head_at, "according") if spans else None

    def over(self, clause: int, i: int) -> int:
        """The clause that "…, according to X" is put after, above the part that the parser hung it on."""
        if i < 2 or self.tokens[i - 1].text != "," or clause > i:
            return clause
        while self.rel(clause, "ccomp", "xcomp", "advcl") and 0 <= self.heads[clause] < i:
            clause = self.heads[clause]
        return clause

    def noun(self, i: int) -> Act | None:
        """The ministry's claim that …; a promise by X to …; rumours that …, which are nobody's."""
        clause = [k for k in self.kids(i, "acl", "ccomp", "advcl") if self.told(k, "clause_marks")]
        owner = self.owner_of(i, bool(clause))
        said = bool(clause)
        if not clause:
            opens = "noun_prepositions" if owner is not None else "nobodys"
            clause = [k for k in self.kids(i, "nmod") if k != owner and self.told(k, opens)]
        if not clause:
            return None
        verb = self.heads[i]
        source, head_at = None, -1
        if owner is not None:
            source, head_at = self.phrase(owner, without=self.kids(owner, "case"))
        elif verb >= 0 and self.rel(i, "obj"):
            source, head_at = self.source(verb)
        elif not self.told(clause[0], "nobodys"):
            return None
        if source is None and (owner is not None or self.rel(i, "obj")):
            return None
        cases = self.kids(clause[0], "case")
        spans = self.spans(self.subtree(clause[0], without=cases))
        first, last = i, i
        while first - 1 in self.kids(i, "det", "amod", "compound"):
            first -= 1
        marks = [k for k in self.kids(clause[0], "mark") if self.low(k) in words("cues", "noun_prepositions")]
        if i + 1 in cases or i + 1 in marks and self.tokens[i + 1].upos != "PART":
            last = i + 1
        cue = Span(self.tokens[first].start, self.tokens[last].end)
        kind = "noun" if said else "topic"
        return Act(cue, source, spans, self.tokens[i].lemma, head_at, kind) if spans else None

    def told(self, k: int, key: str) -> bool:
        """Whether one of the words under ``key`` brings in a clause or noun."""
        return any(self.low(m) in words("cues", key) for m in self.kids(k, "mark", "case"))

    def owner_of(self, i: int, clause: bool) -> int | None:
        """Whose words a noun of speech names: its possessor, or the one that it is "by" (or, beside a
        clause, "from" or "of")."""
        owners = self.kids(i, "nmod:poss", "poss")
        if owners:
            return owners[0]
        for k in self.kids(i, "nmod"):
            cases = [self.low(c) for c in self.kids(k, "case")]
            if not words("cues", "owner_cases").isdisjoint(cases):
                return k if clause or cases[0] in grammar("agent") else None
        return None

    def adverb(self, i: int) -> Act | None:
        """Reportedly: the clause is somebody's, nobody's in particular."""
        head = self.heads[i]
        if head < 0 or self.low(head) in cue_forms() and self.verb(head, cue_forms()[self.low(head)]):
            return None
        spans = self.spans(self.subtree(head, without=[i]))
        return (
            Act(Span(self.tokens[i].start, self.tokens[i].end), None, spans, self.low(i), -1, "adverb")
            if spans
            else None
        )
