"""Acts of reported speech and thought in a parsed sentence (Universal Dependencies).

A cue is a verb that governs a clause (ccomp, xcomp, parataxis) or, for verbs such as "criticise",
its complement; "according to X"; a noun of speech with a clause or an owner; an adverb such as
"reportedly". The source is the subject's subtree (through coordination, relative clauses and
participles), or the agent of a passive; the content is the subtree of what is governed. After
Pareti et al., Automatically Detecting and Attributing Indirect Quotations (EMNLP 2013), with the
tree in the place of a learnt sequence model.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from consilience.model import Sentence, Token
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


def is_parsed(sentence: Sentence) -> bool:
    """Whether the encoder gave the sentence a tree."""
    return len(sentence.tokens) > 1 and any(t.head >= 0 for t in sentence.tokens)


def acts(sentence: Sentence, blocked: Sequence[Span] = ()) -> list[Act]:
    """The acts of a sentence; cues inside ``blocked`` (quotations) are left alone."""
    return _Tree(sentence.tokens, blocked).acts() if is_parsed(sentence) else []


def cue_subjects(sentence: Sentence) -> list[tuple[Token, int]]:
    """Each cue form of a parsed sentence with where its subject's (or agent's) head starts, or -1."""
    tree = _Tree(sentence.tokens, ())
    out = []
    for i, token in enumerate(sentence.tokens):
        if token.text.lower() not in cue_forms():
            continue
        agent = tree.agent(i) if tree.kids(i, "nsubj:pass", "aux:pass") else None
        subject = agent if agent is not None else tree.subject(i) if token.upos == "VERB" else None
        out.append((token, sentence.tokens[subject].start if subject is not None else -1))
    return out


_SUBJECT = ("nsubj", "csubj")
_EDGE = frozenset(",.;:!?—–-()\"“”‘’'«»[]")


class _Tree:
    def __init__(self, tokens: Sequence[Token], blocked: Sequence[Span]) -> None:
        self.tokens = tokens
        self.children: list[list[int]] = [[] for _ in tokens]
        for i, t in enumerate(tokens):
            if 0 <= t.head < len(tokens) and t.head != i:
                self.children[t.head].append(i)
        self.blocked = [any(b.start <= t.start < b.end for b in blocked) for t in tokens]

    # --- walking ----------------------------------------------------------------------------

    def rel(self, i: int, *names: str) -> bool:
        """Whether the relation of token ``i`` is one of ``names`` (or a subtype)."""
        deprel = self.tokens[i].deprel
        return any(deprel == n or deprel.startswith(n + ":") for n in names)

    def kids(self, i: int, *names: str) -> list[int]:
        return [k for k in self.children[i] if self.rel(k, *names)]

    def subtree(self, i: int, without: Iterable[int] = ()) -> set[int]:
        out: set[int] = set()
        stack, barred = [i], set(without)
        while stack:
            k = stack.pop()
            if k in out or k in barred:
                continue
            out.add(k)
            stack += self.children[k]
        return out

    def spans(self, indices: Iterable[int]) -> tuple[Span, ...]:
        """Runs of neighbouring tokens as spans, punctuation at the edges left out."""
        runs: list[list[int]] = []
        for i in sorted(indices):
            if runs and i == runs[-1][-1] + 1:
                runs[-1].append(i)
            else:
                runs.append([i])
        out = []
        for run in runs:
            while run and self.tokens[run[0]].text in _EDGE:
                run.pop(0)
            while run and self.tokens[run[-1]].text in _EDGE and self.tokens[run[-1]].text not in "”’\")":
                run.pop()
            if run and any(c.isalnum() for c in "".join(self.tokens[k].text for k in run)):
                out.append(Span(self.tokens[run[0]].start, self.tokens[run[-1]].end))
        return tuple(out)

    def low(self, i: int) -> str:
        return self.tokens[i].text.lower()

    # --- subjects ---------------------------------------------------------------------------

    def subject(self, verb: int) -> int | None:
        """The head of the (active) subject of a verb, through coordination and participles."""
        seen = set()
        while verb not in seen:
            seen.add(verb)
            own = [k for k in self.kids(verb, *_SUBJECT) if not self.tokens[k].deprel.endswith(":pass")]
            if own:
                return own[0]
            head = self.tokens[verb].head
            if head < 0:
                return None
            if self.rel(verb, "conj", "advcl", "xcomp"):
                obj = self.kids(head, "obj") if self.rel(verb, "xcomp") else []
                if obj and self.low(head) not in words("cues", "subject_control"):
                    return obj[0]
                passive = self.kids(head, "nsubj:pass")
                if passive:
                    return passive[0]
                verb = head
                continue
            if self.rel(verb, "acl") and self.tokens[head].upos in ("NOUN", "PROPN", "PRON"):
                return head
            return None
        return None

    def source(self, verb: int) -> tuple[Span | None, int]:
        """The words of the subject of a verb, and where their head starts."""
        subject = self.subject(verb)
        return self.phrase(subject, without=(verb,)) if subject is not None else (None, -1)

    def phrase(self, head: int, without: Iterable[int] = ()) -> tuple[Span | None, int]:
        """The unbroken words around ``head`` in its subtree, and where the head starts."""
        at = self.tokens[head].start
        found = self.spans(self.subtree(head, without))
        return next((s for s in found if s.start <= at < s.end), None), at

    def agent(self, verb: int) -> int | None:
        """The one by whom a passive is done."""
        for k in self.kids(verb, "obl"):
            if any(self.low(c) == "by" for c in self.kids(k, "case")) and self.tokens[k].deprel in ("obl:agent", "obl"):
                return k
        return None

    # --- acts -------------------------------------------------------------------------------

    def acts(self) -> list[Act]:
        out: list[Act] = []
        for i, token in enumerate(self.tokens):
            if self.blocked[i]:
                continue
            act = None
            if token.upos == "VERB" and token.text.lower() in cue_forms():
                act = self.verb(i, cue_forms()[token.text.lower()])
            elif token.upos in ("NOUN",) and token.lemma.lower() in words("cues", "nouns"):
                act = self.noun(i)
            elif token.upos == "ADV" and token.text.lower() in words("cues", "unsourced"):
                act = self.adverb(i)
            if act is None and token.text.lower() == "according":
                act = self.according(i)
            if act is not None:
                out.append(act)
        return out

    def cue(self, verb: int, *more: int) -> Span:
        """The verb with its auxiliaries, adverbs between them, and particle."""
        small = {k for k in self.kids(verb, "aux", "advmod", "compound:prt", "cop") if k < verb} | {verb, *more}
        small |= {k for k in self.kids(verb, "compound:prt")}
        first = last = verb
        while first - 1 in small:
            first -= 1
        while last + 1 in small:
            last += 1
        if self.tokens[first].upos == "ADV" and first < verb and self.low(first) in ("when", "where", "how", "why"):
            first += 1
        return Span(self.tokens[first].start, self.tokens[last].end)

    def verb(self, i: int, lemma: str) -> Act | None:
        passive = bool(self.kids(i, "nsubj:pass", "aux:pass", "csubj:pass"))
        if passive:
            return self.passive(i, lemma)
        source, head_at = self.source(i)
        content: set[int] = set()
        more: list[int] = []
        kind = "clause"
        clauses = [k for k in self.kids(i, "ccomp") if abs(k - i) > 1 or self.children[k]]
        if clauses:
            for k in clauses[:2]:
                content |= self.subtree(k)
        elif self.parenthetic(i):
            head = self.tokens[i].head
            content = self.subtree(head, without=[i])
        if not content:
            for k in self.kids(i, "xcomp"):
                if lemma in words("cues", "clausal") or lemma in words("cues", "complement"):
                    content |= self.subtree(k)
                    kind = "infinitive"
        if not content or lemma in words("cues", "complement"):
            kind = kind if content else "complement"
            content, more = self.complement(i, lemma, content)
        if not content or (source is None and lemma not in words("cues", "clausal")):
            return None
        content -= {k for k in self.children[i] if self.rel(k, "punct", "mark", "cc")}
        spans = self.spans(content - {i})
        cue = self.cue(i, *more)
        spans = tuple(s for s in spans if not s.overlap(cue) and (source is None or not source.covers(s)))
        return Act(cue, source, spans, lemma, head_at, kind) if spans else None

    def parenthetic(self, i: int) -> bool:
        """Whether a verb is put into or after the clause that it reports ("…, she said")."""
        head = self.tokens[i].head
        if head < 0 or not self.rel(i, "parataxis") or self.tokens[head].text.lower() in cue_forms() and head < i and not self.kids(i, *_SUBJECT):
            return False
        return bool(self.kids(i, *_SUBJECT))

    def complement(self, i: int, lemma: str, content: set[int]) -> tuple[set[int], list[int]]:
        """Object and prepositional object of verbs such as criticise, call for, point to."""
        more: list[int] = []
        if lemma not in words("cues", "complement"):
            return content, more
        out = set(content)
        for k in self.kids(i, "obj", "xcomp"):
            if lemma in words("cues", "addressed") and self.rel(k, "obj") and content:
                continue
            out |= self.subtree(k)
        for k in self.kids(i, "obl"):
            cases = self.kids(k, "case")
            if k < i or not cases or self.low(cases[0]) not in words("cues", "complement_prepositions"):
                continue
            if self.low(cases[0]) == "as" or (not out or k == i + 1) or cases[0] == i + 1:
                if cases[0] == i + 1 and self.low(cases[0]) != "as":
                    more.append(cases[0])
                out |= self.subtree(k, without=more)
        return out, more

    def passive(self, i: int, lemma: str) -> Act | None:
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
                return None
            expletive = self.low(subject) == "it"
            content |= set() if expletive else self.subtree(subject)
        if not content or (agent is None and not content):
            return None
        cue = self.cue(i)
        spans = tuple(s for s in self.spans(content - {i}) if not s.overlap(cue))
        return Act(cue, source, spans, lemma, head_at, "passive") if spans else None

    def according(self, i: int) -> Act | None:
        """According to X: X is what "according" introduces; the content is the clause around it."""
        head = self.tokens[i].head
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
        clause = self.tokens[top].head
        if clause < 0 or source is None:
            return None
        content = self.subtree(clause, without=[top])
        last = i + 1 if i + 1 < len(self.tokens) and self.low(i + 1) == "to" else i
        cue = Span(self.tokens[i].start, self.tokens[last].end)
        spans = self.spans(content)
        return Act(cue, source, spans, "accord", head_at, "according") if spans else None

    def noun(self, i: int) -> Act | None:
        """The ministry's claim that …; a promise by X to …"""
        clause = self.kids(i, "acl", "ccomp")
        clause = [k for k in clause if any(self.low(m) in ("that", "to", "whether") for m in self.kids(k, "mark"))]
        if not clause:
            return None
        owners = self.kids(i, "nmod:poss", "poss")
        owner = owners[0] if owners else None
        if owner is None:
            for k in self.kids(i, "nmod"):
                if any(self.low(c) in ("by", "from", "of") for c in self.kids(k, "case")):
                    owner = k
                    break
        if owner is None:
            verb = self.tokens[i].head
            if verb < 0 or not self.rel(i, "obj"):
                return None
            source, head_at = self.source(verb)
        else:
            source, head_at = self.phrase(owner, without=self.kids(owner, "case"))
        if source is None:
            return None
        spans = self.spans(self.subtree(clause[0]))
        cue = Span(self.tokens[i].start, self.tokens[i].end)
        return Act(cue, source, spans, self.tokens[i].lemma, head_at, "noun") if spans else None

    def adverb(self, i: int) -> Act | None:
        """Reportedly: the clause is somebody's, nobody's in particular."""
        head = self.tokens[i].head
        if head < 0:
            return None
        spans = self.spans(self.subtree(head, without=[i]))
        return Act(Span(self.tokens[i].start, self.tokens[i].end), None, spans, self.low(i), -1, "adverb") if spans else None
