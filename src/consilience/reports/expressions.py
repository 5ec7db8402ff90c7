"""Cues of several words: phrasal verbs, a light verb with a noun, polls, what seems to be."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from consilience.lexicons import lexicon
from consilience.reports.reported import Act, Reported
from consilience.reports.trees import SUBJECT
from consilience.reports.words import body_nouns, cue_forms, people_nouns, words
from consilience.spans import Span


@cache
def _phrases() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """First word (a lemma) of each phrasal cue -> the words that follow it, the longest first."""
    out: dict[str, list[tuple[str, ...]]] = {}
    for phrase in lexicon("cues")["phrasal"]:
        first, *rest = phrase.split()
        out.setdefault(first, []).append(tuple(rest))
    return {k: tuple(sorted(v, key=lambda p: (-len(p), p))) for k, v in out.items()}


class Expressions(Reported):
    """Finds the acts whose cue is more than one verb."""

    def expression(self, i: int) -> Act | None:
        """The act of the expression that starts at token ``i``, if one does."""
        token = self.tokens[i]
        if token.upos == "VERB":
            return self.phrasal(i) or self.light(i) or self.medium(i) or self.seeming(i)
        if token.upos == "ADP":
            return self.poll(i)
        return None

    def lemma(self, i: int) -> str:
        """The lemma in small letters."""
        return self.tokens[i].lemma.lower()

    def phrasal(self, i: int) -> Act | None:
        """Went after the judge, doubled down on the claim, pushed back against it."""
        for rest in _phrases().get(self.lemma(i), ()):
            last = i + len(rest)
            if last < len(self.tokens) and tuple(self.low(k) for k in range(i + 1, last + 1)) == rest:
                break
        else:
            return None
        head = self.heads[last]
        if head == i:  # a particle: laid out the plan
            head = next((k for k in self.kids(i, "obj") if k > last), i)
        if head <= last or self.kids(i, "aux:pass") or self.rels[i] == "acl" or self.rels[last] == "mark":
            return None
        content = self.subtree(head, without=[last])
        for k in [*self.kids(i, "xcomp", "ccomp"), *self.kids(i, "advcl")]:
            if self.marked_by(k, "infinitive_mark") or self.marked_by(k, "that_mark"):
                content |= self.subtree(k)
        return self.act(i, last, content, "phrasal")

    def light(self, i: int) -> Act | None:
        """Raised questions about the plan, made the case that it works, took issue with it."""
        if self.lemma(i) not in words("cues", "light"):
            return None
        noun = next((k for k in self.kids(i, "obj") if i < k <= i + 6), -1)
        if noun < 0 or noun + 1 >= len(self.tokens) or self.rels[i] == "acl":
            return None
        name, opens = self.lemma(noun), self.low(noun + 1)
        if name not in words("cues", "light_nouns") | words("cues", "nouns"):
            return None
        if opens in words("cues", "clause_marks"):
            clause = self.heads[noun + 1]
            held = clause > noun and self.rel(noun + 1, "mark") and self.heads[clause] in (noun, i)
            return self.act(i, noun, self.subtree(clause), "light") if held else None
        if opens not in words("cues", "light_prepositions") and not (
            opens in words("cues", "light_more") and name in words("cues", "light_" + opens)
        ):
            return None
        held = self.heads[noun + 1] > noun + 1 and self.heads[self.heads[noun + 1]] in (noun, i)
        return self.act(i, noun + 1, self.subtree(self.heads[noun + 1]), "light") if held else None

    def medium(self, i: int) -> Act | None:
        """Released a statement saying that …, sent a letter that says …: verb, paper and words."""
        if not self.rel(i, "acl"):
            return None
        lemma = cue_forms().get(self.low(i), "")
        clause = self.kids(i, "ccomp") if lemma in words("cues", "clausal") else []
        if not clause and lemma in words("cues", "complement"):
            clause = self.kids(i, "obj")
        noun = self.heads[i]
        if not clause or noun < 0 or noun > i:
            return None
        verb = self.heads[noun]
        medium = self.lemma(noun) in words("cues", "media") and self.rel(noun, "obj")
        medium = medium and self.lemma(verb) in words("cues", "publishing")
        if not medium or self.tokens[verb].upos != "VERB" or not verb < noun <= verb + 6 or i > noun + 8:
            return None
        return self.act(verb, i, {k for c in clause for k in self.subtree(c)}, "clause")

    def deed(self, i: int) -> Act | None:
        """Issued a ruling, blocked the bill, ripped the judge: what somebody does in words or papers."""
        if self.lemma(i) not in words("cues", "deeds"):
            return None
        objects = [k for k in self.kids(i, "obj", "xcomp") if k > i]
        subject = self.subject(i)
        finite = not self.low(i).endswith(tuple(words("cues", "participle_end"))) or self.kids(i, "aux")
        infinitive = self.marked_by(i, "infinitive_mark")
        if not objects or subject is None or not finite or infinitive or self.rels[i] == "acl":
            return None
        if self.kids(i, "aux:pass") or not self.speaks(subject):
            return None
        if any(self.medium(k) is not None for o in objects for k in self.kids(o, "acl")):
            return None
        more = [k for k in self.kids(i, "obl") if k > objects[0] and self.cased(k, "oblique_prepositions")]
        return self.act(i, i, {k for o in [*objects, *more] for k in self.subtree(o)}, "deed")

    def cased(self, k: int, key: str) -> bool:
        """Whether a noun hangs on its verb by one of the prepositions under ``key``."""
        return any(self.low(c) in words("cues", key) for c in self.kids(k, "case"))

    def holds(self, i: int) -> Act | None:
        """Made clear that …, is betting that …: somebody holds the clause."""
        clause = next(
            (
                k
                for k in self.kids(i, "ccomp")
                if self.low(min(self.subtree(k))) in words("cues", "that_mark")
            ),
            -1,
        )
        subject = self.subject(i) if clause >= 0 else None
        if subject is None or not self.speaks(subject) or self.kids(i, "aux:pass"):
            return None
        near = range(i + 1, min(i + 3, len(self.tokens)))
        clear = [k for k in near if self.low(k) in words("cues", "made_clear")]
        if self.lemma(i) in words("cues", "making") and clear:
            return self.act(i, clear[0], self.subtree(clause), "holds")
        return (
            self.act(i, i, self.subtree(clause), "holds") if self.lemma(i) in words("cues", "holds") else None
        )

    def stance(self, i: int) -> Act | None:
        """Is an outspoken supporter of the plan."""
        cops, subjects = self.kids(i, "cop"), self.kids(i, *SUBJECT)
        held = [k for k in self.kids(i, "nmod") if k > i and self.kids(k, "case")[:1] == [i + 1]]
        if not cops or not subjects or not held:
            return None
        source, head = self.phrase(subjects[0])
        spans = self.spans(self.subtree(held[0], without=[i + 1]))
        first = min(cops[0], *(k for k in self.kids(i, "aux", "cop")))
        cue = Span(self.tokens[first].start, self.tokens[i + 1].end)
        return Act(cue, source, spans, self.lemma(i), head, "stance") if source and spans else None

    def speaks(self, noun: int) -> bool:
        """Whether a subject is somebody, a body or a paper."""
        token = self.tokens[noun]
        if token.upos == "PRON":
            return self.low(noun) in words("cues", "personal")
        known = people_nouns() | body_nouns() | words("cues", "polls") | words("cues", "media")
        return token.upos == "PROPN" or self.lemma(noun) in known

    def act(self, i: int, last: int, content: set[int], kind: str) -> Act | None:
        """An act whose cue runs from the verb at ``i`` (with its auxiliaries) to token ``last``."""
        source, head = self.source(i)
        if source is None or not content:
            return None
        cue = Span(self.cue(i).start, self.tokens[last].end)
        spans = self.spans({k for k in content if k > last})
        spans = tuple(s for s in spans if not s.overlap(cue) and not source.covers(s))
        return Act(cue, source, spans, self.lemma(i), head, kind) if spans else None

    def seeming(self, i: int) -> Act | None:
        """Seems, appears: the writer's own view of what is said around it."""
        if self.lemma(i) not in words("cues", "seeming") or self.phases(i):
            return None
        below = [k for k in self.kids(i, "xcomp", "ccomp") if self.kids(k, "mark", *SUBJECT)]
        if not below:
            return None
        content = {k for c in [*below, *self.kids(i, *SUBJECT)] for k in self.subtree(c)}
        content -= {k for k in self.kids(i, *SUBJECT) if self.low(k) in words("cues", "expletive")}
        spans = self.spans(content)
        return Act(self.cue(i), None, spans, self.lemma(i), -1, "adverb") if spans else None

    def poll(self, i: int) -> Act | None:
        """In a poll of March, X led: the poll is the source, the clause its content."""
        noun = self.heads[i]
        if noun < 0 or not self.rel(i, "case") or self.low(i) not in words("cues", "poll_cases"):
            return None
        if self.lemma(noun) not in words("cues", "polls") or not self.rel(noun, "obl"):
            return None
        clause = self.subtree(self.heads[noun], without=[noun])
        if i > 0 and not any(self.tokens[k].upos in ("NUM", "SYM") for k in clause):
            return None
        source, head = self.phrase(noun, without=[i])
        spans = self.spans(clause)
        cue = Span(self.tokens[i].start, self.tokens[i].end)
        return Act(cue, source, spans, "poll", head, "according") if spans and source else None
