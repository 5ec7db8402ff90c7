"""Acts of reported speech and thought in a parsed sentence (Universal Dependencies).

A cue is a verb that governs a clause (ccomp, xcomp, parataxis) or, for verbs such as "criticise",
its complement; "according to X"; a noun of speech with a clause or an owner; an adverb such as
"reportedly". The source is the subject's subtree (through coordination, relative clauses and
participles), or the agent of a passive; the content is the subtree of what is governed. After
Pareti et al., Automatically Detecting and Attributing Indirect Quotations (EMNLP 2013), with the
tree in the place of a learnt sequence model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consilience.model import Sentence, Token
from consilience.reports.trees import SUBJECT, Tree, is_parsed
from consilience.reports.words import cue_forms, words
from consilience.spans import Span


@dataclass(frozen=True)
class Act:
    """One act: spans in the article's text. ``content`` has one span or more, in order.

    ``head`` is where the head word of the source starts, -1 where there is no source. ``kind`` names
    what governs: "clause", "infinitive", "complement", "passive", "according", "noun", "adverb".
    """

    cue: Span
    source: Span | None
    content: tuple[Span, ...]
    lemma: str
    head: int = -1
    kind: str = ""


def acts(sentence: Sentence, blocked: Sequence[Span] = ()) -> list[Act]:
    """The acts of a sentence; cues inside ``blocked`` (quotations) are left alone."""
    return _Acts(sentence.tokens, blocked).acts() if is_parsed(sentence) else []


def cue_subjects(sentence: Sentence) -> list[tuple[Token, int, Span | None]]:
    """Each cue form of a parsed sentence, where its subject's (or agent's) head starts (-1: none), its words.

    The words are those around the head, without what hangs on the verb itself.
    """
    tree = _Acts(sentence.tokens, ())
    out: list[tuple[Token, int, Span | None]] = []
    for i, token in enumerate(sentence.tokens):
        if token.text.lower() not in cue_forms():
            continue
        agent = tree.agent(i) if tree.kids(i, "nsubj:pass", "aux:pass") else None
        subject = agent if agent is not None else tree.subject(i) if token.upos == "VERB" else None
        if subject is None:
            out.append((token, -1, None))
            continue
        phrase, at = tree.phrase(subject, without=[i, *tree.kids(subject, "case")])
        out.append((token, at, phrase))
    return out


_YET = frozenset(("though", "although", "while"))
_ABOUT = frozenset(("about", "on", "of", "for", "against", "to", "over"))


class _Acts(Tree):
    """Finds the acts of one sentence."""

    def __init__(self, tokens: Sequence[Token], blocked: Sequence[Span]) -> None:
        super().__init__(tokens)
        self.blocked = [any(b.start <= t.start < b.end for b in blocked) for t in tokens]

    # --- acts -------------------------------------------------------------------------------

    def acts(self) -> list[Act]:
        """The acts of the sentence, in the order of their cues."""
        out: list[Act] = []
        for i, token in enumerate(self.tokens):
            if self.blocked[i]:
                continue
            act = None
            phased = any(self.aspect(k) == i and self.low(k) in cue_forms() for k in self.children[i])
            if token.upos == "VERB" and token.text.lower() in cue_forms() and not phased:
                act = self.verb(i, cue_forms()[token.text.lower()])
            elif token.upos in ("NOUN",) and token.lemma.lower() in words("cues", "nouns"):
                act = self.noun(i)
            elif token.upos in ("ADJ", "VERB") and token.text.lower() in words("cues", "adjectives"):
                act = self.adjective(i)
            elif token.upos == "ADV" and token.text.lower() in words("cues", "unsourced"):
                act = self.adverb(i)
            if act is None and token.text.lower() == "according":
                act = self.according(i)
            if act is not None:
                out.append(act)
        return out

    def cue(self, verb: int, *more: int) -> Span:
        """The verb with its auxiliaries, adverbs between them, and particle."""
        small = {k for k in self.kids(verb, "aux", "advmod", "compound:prt", "cop") if k < verb} | {
            verb,
            *more,
        }
        small |= set(self.kids(verb, "compound:prt"))
        front = self.aspect(verb)
        if front >= 0:
            small |= set(range(front, verb)) | {k for k in self.kids(front, "aux", "advmod") if k < front}
        elif (
            self.rel(verb, "advcl", "acl", "xcomp")
            and verb - 1 in self.kids(verb, "mark")
            and self.low(verb - 1) == "to"
        ):
            small.add(verb - 1)
        small |= {
            k
            for k in self.kids(verb, "obl", "nmod")
            if k == verb + 1 and self.low(k) in words("cues", "days")
        }
        first = last = verb
        while first - 1 in small:
            first -= 1
        while last + 1 in small:
            last += 1
        if (
            self.tokens[first].upos == "ADV"
            and first < verb
            and self.low(first) in ("when", "where", "how", "why")
        ):
            first += 1
        return Span(self.tokens[first].start, self.tokens[last].end)

    def verb(self, i: int, lemma: str) -> Act | None:
        """The act of a verb, if it reports something."""
        if self.kids(i, "aux:pass"):
            return self.passive(i, lemma)
        if self.rel(i, "acl") and self.agent(i) is not None and not self.kids(i, *SUBJECT):
            return self.participle(i, lemma)
        if self.reduced(i):
            return None
        if any(self.low(k) == "as" for k in self.kids(i, "mark")) and self.rel(
            i, "advcl", "parataxis", "ccomp"
        ):
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
            content = self.subtree(clause, without=[i, *self.added(i, clause)])
        elif self.relative(i, lemma):
            content = self.subtree(self.heads[i], without=[i])  # what Trump says …
        if not content:
            for k in self.kids(i, "xcomp"):
                if lemma in words("cues", "clausal") or lemma in words("cues", "complement"):
                    content |= self.subtree(k)
                    kind = "infinitive"
        if not content or kind == "infinitive" and lemma in words("cues", "complement"):
            kind = kind if content else "complement"
            content, more = self.complement(i, lemma, content)
        if not content or (source is None and lemma not in words("cues", "clausal")):
            return None
        content -= {k for k in self.children[i] if self.rel(k, "punct", "mark", "cc")}
        spans = self.spans(content - {i})
        cue = self.cue(i, *more)
        spans = tuple(s for s in spans if not s.overlap(cue) and (source is None or not source.covers(s)))
        return Act(cue, source, spans, lemma, head_at, kind) if spans else None

    def reduced(self, i: int) -> bool:
        """Whether a past participle describes a noun, or compares, and nobody is said to speak:
        the group called X, a plan proposed last week, 32 percent compared with 11."""
        if self.kids(i, *SUBJECT) or self.low(i).endswith("ing") or self.tokens[i].upos != "VERB":
            return False
        if any(self.low(k) == "to" for k in self.kids(i, "mark")):
            return False
        return (
            self.rel(i, "acl")
            and self.heads[i] < i
            or self.low(i) == "compared"
            and self.rel(i, "advcl", "obl")
        )

    def others(self, clause: int, cue: int) -> list[int]:
        """What the parser made part of a reported clause though it is said beside it: "…, but Y said",
        "…, though she noted", "… but noted that" (which then has the subject of ``cue``)."""
        out = []
        for k in self.subtree(clause):
            if not self.rel(k, "conj", "parataxis", "advcl") or cue_forms().get(self.low(k)) not in words(
                "cues", "clausal"
            ):
                continue
            own = self.kids(k, *SUBJECT)
            if self.rel(k, "advcl") and not any(self.low(m) in _YET for m in self.kids(k, "mark")):
                continue
            if self.again(k, clause, cue):
                self.owner[k] = cue
                out.append(k)
                continue
            edge = min(self.subtree(k), default=k)
            if own and {self.tokens[edge].text, self.tokens[max(0, edge - 1)].text} & {
                ",",
                ";",
                ".",
                "—",
                "–",
            }:
                out.append(k)
        return out

    def again(self, k: int, clause: int, cue: int) -> bool:
        """Whether a verb of speech hung on what is reported is the reporting subject's own next one: in the
        past as the cue is, with a clause of its own, beside a verb that is none of speech."""
        if not self.rel(k, "conj") or self.heads[k] != clause or not self.kids(k, "ccomp"):
            return False
        if self.kids(k, *SUBJECT, "aux", "aux:pass") or self.low(clause) in cue_forms():
            return False
        return self.low(k).endswith(("ed", "said", "told")) and self.low(cue).endswith(("ed", "said", "told"))

    def added(self, i: int, clause: int) -> list[int]:
        """Participles of speech after a cue ("…, adding that …") that the parser hung on what is reported."""
        out = []
        for k in self.subtree(clause):
            said = cue_forms().get(self.low(k)) in words("cues", "clausal")
            if k > i and said and self.low(k).endswith("ing") and self.rel(k, "advcl", "acl"):
                edge = min(self.subtree(k))
                if "," in (self.tokens[edge].text, self.tokens[max(0, edge - 1)].text) and self.kids(
                    k, "ccomp"
                ):
                    out.append(k)
                    self.owner[k] = i
        return out

    def around(self, i: int, lemma: str) -> int:
        """The verb of the clause that a cue is put into or after ("…, she said, …"), or -1.

        The parser hangs such a cue on the clause (parataxis), or on the noun before it (as if it
        were a relative clause), or makes the two parts coordinate.
        """
        head = self.heads[i]
        subjects = self.kids(i, *SUBJECT)
        if (
            head < 0
            or not subjects
            or lemma not in words("cues", "clausal")
            or self.kids(i, "obj", "ccomp", "xcomp")
        ):
            return -1
        first, last = min(i, *subjects), max(i, *subjects)
        edge = min(self.subtree(subjects[0]) | {first})
        before = self.tokens[edge - 1].text if edge > 0 else ""
        after = self.tokens[last + 1].text if last + 1 < len(self.tokens) else "."
        if self.rel(i, "parataxis"):
            return head
        if before not in (",", "”", '"', "’", "—", "–", "''"):
            return -1
        if self.rel(i, "acl") and after in (",", "—", "–"):
            return self.clause_of(head)
        if self.rel(i, "conj", "advcl") and head < i and (i < subjects[0] or after == "."):
            return head
        return -1

    def relative(self, i: int, lemma: str) -> bool:
        """Whether a cue without complement of its own stands in "what X says", "everything X said"."""
        head = self.heads[i]
        if head < 0 or not self.rel(i, "acl") or lemma not in words("cues", "clausal"):
            return False
        return self.tokens[head].upos == "PRON" and not self.kids(i, "obj", "ccomp", "xcomp")

    def complement(self, i: int, lemma: str, content: set[int]) -> tuple[set[int], list[int]]:
        """Object and prepositional object of verbs such as criticise, call for, point to."""
        more: list[int] = []
        if lemma not in words("cues", "complement"):
            return content, more
        out = set(content)
        objects = self.kids(i, "obj") or self.kids(i, "iobj")
        for k in [*objects, *self.kids(i, "xcomp"), *self.marked(i)]:
            if lemma in words("cues", "addressed") and self.rel(k, "obj") and content:
                continue
            out |= self.subtree(k)
        for k in self.kids(i, "obl"):
            cases = self.kids(k, "case")
            if k < i or not cases or self.low(cases[0]) not in words("cues", "complement_prepositions"):
                continue
            if lemma in ("speak", "talk") and self.low(cases[0]) in ("about", "of", "on"):
                out |= self.subtree(k, without=[cases[0]])
                if cases[0] == i + 1:
                    more.append(cases[0])
                continue
            if lemma in words("cues", "oblique") and self.low(cases[0]) in ("of", "on", "for", "to", "with"):
                out |= self.subtree(k)
                continue
            if self.low(cases[0]) == "as" or (not out or k == i + 1) or cases[0] == i + 1:
                if cases[0] == i + 1 and self.low(cases[0]) != "as":
                    more.append(cases[0])
                out |= self.subtree(k, without=more)
        for k in self.marked(i):
            mark = self.kids(k, "mark", "case")[0]
            out.discard(mark)
            more.append(mark)
        return out, more

    def marked(self, i: int) -> list[int]:
        """Clauses that a preposition joins right to a verb: called for changing the law."""
        out = []
        for k in self.kids(i, "advcl"):
            marks = self.kids(k, "mark", "case")
            if marks and marks[0] == i + 1 and self.low(marks[0]) in words("cues", "complement_prepositions"):
                out.append(k)
        return out

    def passive(self, i: int, lemma: str) -> Act | None:
        """ "The plan was criticised by X": the agent is the source, the subject the content."""
        agent = self.agent(i)
        subject = next(iter(self.kids(i, "nsubj:pass", "csubj:pass")), None)
        source, head_at = (
            self.phrase(agent, without=self.kids(agent, "case")) if agent is not None else (None, -1)
        )
        content: set[int] = set()
        for k in self.kids(i, "ccomp", "xcomp"):
            content |= self.subtree(k)
        told = lemma in words("cues", "addressed")
        if subject is not None and not (told and content):
            if agent is None and not (content and lemma in words("cues", "clausal")):
                if lemma not in words("cues", "verdicts"):
                    return None
                for k in self.kids(i, "obl"):
                    if any(self.low(c) in ("of", "for", "as") for c in self.kids(k, "case")):
                        content |= self.subtree(k)
            expletive = self.low(subject) == "it"
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
        if head < 0 or lemma not in words("cues", "clausal") and lemma not in ("put", "see", "describe"):
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
            if k > i and (self.rel(k, "ccomp", "xcomp") or marks & {"that", "to", "if", "whether", "how"}):
                content |= self.subtree(k)
        more = []
        for k in self.kids(i, "obl", "nmod"):
            cases = self.kids(k, "case")
            if cases and cases[0] == i + 1 and self.low(cases[0]) in words("cues", "complement_prepositions"):
                more.append(cases[0])
                content |= self.subtree(k, without=[cases[0]])
        source, head_at = self.phrase(subjects[0])
        if not content or source is None or self.low(subjects[0]) in ("it", "there", "that", "this", "what"):
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
        if clause < 0 or source is None:
            return None
        content = self.subtree(clause, without=[top])
        last = i + 1 if i + 1 < len(self.tokens) and self.low(i + 1) == "to" else i
        cue = Span(self.tokens[i].start, self.tokens[last].end)
        spans = self.spans(content)
        return Act(cue, source, spans, "accord", head_at, "according") if spans else None

    def noun(self, i: int) -> Act | None:
        """The ministry's claim that …; a promise by X to …"""
        clause = [
            k
            for k in self.kids(i, "acl", "ccomp", "advcl")
            if any(self.low(m) in ("that", "to", "whether") for m in self.kids(k, "mark"))
        ]
        owners = self.kids(i, "nmod:poss", "poss")
        owner = owners[0] if owners else None
        if owner is None:
            for k in self.kids(i, "nmod"):
                if any(self.low(c) in ("by", "from", "of") for c in self.kids(k, "case")):
                    owner = k if clause or self.low(self.kids(k, "case")[0]) == "by" else None
                    break
        said = bool(clause)
        if not clause and owner is not None:
            clause = [
                k
                for k in self.kids(i, "nmod")
                if k != owner and any(self.low(c) in _ABOUT for c in self.kids(k, "case"))
            ]
        if not clause:
            return None
        if owner is None:
            verb = self.heads[i]
            if verb < 0 or not self.rel(i, "obj"):
                return None
            source, head_at = self.source(verb)
        else:
            source, head_at = self.phrase(owner, without=self.kids(owner, "case"))
        if source is None:
            return None
        spans = self.spans(self.subtree(clause[0], without=self.kids(clause[0], "case")))
        last = i
        if not said and i + 1 in self.kids(clause[0], "case"):
            last = i + 1
        cue = Span(self.tokens[i].start, self.tokens[last].end)
        return (
            Act(cue, source, spans, self.tokens[i].lemma, head_at, "noun" if said else "topic")
            if spans
            else None
        )

    def adverb(self, i: int) -> Act | None:
        """Reportedly: the clause is somebody's, nobody's in particular."""
        head = self.heads[i]
        if head < 0:
            return None
        spans = self.spans(self.subtree(head, without=[i]))
        return (
            Act(Span(self.tokens[i].start, self.tokens[i].end), None, spans, self.low(i), -1, "adverb")
            if spans
            else None
        )
