"""A parsed sentence as a tree (Universal Dependencies): children, subtrees, subjects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from consilience.lexicons import endings, grammar
from consilience.model import Sentence, Token
from consilience.reports.words import cue_forms, words
from consilience.spans import Span

SUBJECT = ("nsubj", "csubj")
_EDGE = frozenset(",.;:!?—–-()\"“”‘’'«»[]")


def is_parsed(sentence: Sentence) -> bool:
    """Whether the encoder gave the sentence a tree."""
    return len(sentence.tokens) > 1 and any(t.head >= 0 for t in sentence.tokens)


@cache
def _with_supertypes(relation: str) -> frozenset[str]:
    """A relation and those that it is a subtype of: acl:relcl is an acl."""
    parts = relation.split(":")
    return frozenset(":".join(parts[:n]) for n in range(1, len(parts) + 1))


class Tree:
    """The tokens of one sentence with their tree; indices are those of ``tokens``."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.heads = [
            t.head if 0 <= t.head < len(tokens) and t.head != i else -1 for i, t in enumerate(tokens)
        ]
        self.rels = [t.deprel for t in tokens]
        self.lows = [t.text.lower() for t in tokens]
        self._mend()
        self.children: list[list[int]] = [[] for _ in tokens]
        for i, head in enumerate(self.heads):
            if head >= 0:
                self.children[head].append(i)
        self.owner: dict[int, int] = {}  # participle -> the cue whose subject it shares

    def _mend(self) -> None:
        """A "clause" between a subject and its verb is a relative one: officials briefed on it said …"""
        for k, head in enumerate(self.heads):
            if self.rels[k] != "ccomp" or head <= k:
                continue
            subject = next(
                (s for s in range(k - 1, -1, -1) if self.heads[s] == head and self.rels[s] == "nsubj"), -1
            )
            if subject == k - 1:
                self.heads[k], self.rels[k] = subject, "acl"
        for stop in (k for k, t in enumerate(self.tokens[:-1]) if t.text == ";"):
            for k in range(stop + 1, len(self.tokens)):
                if self.rels[k] == "ccomp" and 0 <= self.heads[k] < stop and not self._that(stop + 1):
                    self.rels[k] = "parataxis"  # nothing is told behind a semicolon, but "that …; that …"
        clausal, forms = words("cues", "clausal"), cue_forms()
        said = [
            i for i, t in enumerate(self.tokens) if t.upos == "VERB" and forms.get(self.lows[i]) in clausal
        ]
        for i in said:
            if i < len(self.tokens) - 2:
                self._mend_clause(i)
                self._mend_far_clause(i)
            self._mend_tag(i)
        for i, t in enumerate(self.tokens):
            if i > 1 and t.upos == "VERB" and self.lows[i] in forms and self.tokens[i - 1].text == ",":
                self._mend_participle(i, said)

    def _mend_clause(self, i: int) -> None:
        """A clause right behind a verb of speech is what it says, whatever else the parser hung it on:
        agreed that it should be changed, but he …; said it made him free."""
        if any(h == i and self.rels[k] in ("ccomp", "obj", "xcomp") for k, h in enumerate(self.heads)):
            return
        verb = self.heads[i + 1]
        that = self._that(i + 1)
        plain = self.rels[i + 1] == "nsubj" and self.tokens[i + 1].upos == "PRON"
        beside = verb >= 0 and self.heads[verb] in (i, self.heads[i])
        if verb <= i + 1 or not (
            that or plain and beside and self.rels[verb] in ("conj", "parataxis", "advcl")
        ):
            return
        above, at = set(), i
        while at >= 0 and at not in above:
            above.add(at)
            at = self.heads[at]
        if verb not in above:
            self.heads[verb], self.rels[verb] = i, "ccomp"

    def _that(self, k: int) -> bool:
        """Whether "that" brings in a clause at token ``k``."""
        return self.rels[k] == "mark" and self.low(k) in words("cues", "that_mark")

    def _mend_far_clause(self, i: int) -> None:
        """A clause that the parser hung on where or when it is said is said: said in a letter that …"""
        if any(h == i and self.rels[k] in ("ccomp", "obj", "xcomp") for k, h in enumerate(self.heads)):
            return
        for k in range(i + 3, min(i + 9, len(self.tokens))):
            verb, that = self.heads[k], self.low(k) in words("cues", "that_mark")
            if (
                self.rels[k] != "mark"
                or verb < k
                or not (that or self.low(k) in words("cues", "infinitive_mark"))
            ):
                continue
            noun = self.heads[verb]
            if not i < noun < k or self.heads[noun] != i:
                return
            case = next(
                (self.low(c) for c in range(i + 1, k) if self.heads[c] == noun and self.rels[c] == "case"), ""
            )
            day = self.low(noun) in words("cues", "days")
            if day or case in words("cues", "setting_cases" if that else "time_settings"):
                self.heads[verb], self.rels[verb] = i, "ccomp" if that else "xcomp"
            return

    def _mend_tag(self, i: int) -> None:
        """A verb of speech behind a comma and its subject, with nothing of its own to tell, is put after what
        it tells, and not told by another: Most thought he had won, a poll indicated."""
        if self.rels[i] != "ccomp" or not 0 <= self.heads[i] < i:
            return
        below = [k for k, h in enumerate(self.heads) if h == i]
        if any(self.rels[k] in ("ccomp", "obj", "xcomp", "mark") for k in below):
            return
        subject = next((k for k in below if k < i and self.rels[k] == "nsubj"), -1)
        inside = [
            k for k, h in enumerate(self.heads) if h == subject and k < subject and self.rels[k] != "punct"
        ]
        first = min([*inside, subject])
        if subject >= 0 and first > 0 and self.tokens[first - 1].text == ",":
            self.rels[i] = "parataxis"

    def _mend_participle(self, i: int, said: Sequence[int]) -> None:
        """A participle of speech behind a comma goes with the verb of speech before it, whatever else the
        parser hung it on: “…,” she said, referring to the judge."""
        if not self.lows[i].endswith(endings("participle")) or self.rels[i] not in ("advcl", "acl", "xcomp"):
            return
        verbs = (k for k in range(i - 2, max(-1, i - 25), -1) if self.tokens[k].upos in ("VERB", "AUX"))
        verb = next(verbs, -1)
        if verb in said and any(
            h == verb and r == "nsubj" for h, r in zip(self.heads, self.rels, strict=True)
        ):
            self.heads[i], self.rels[i] = verb, "advcl"

    # --- walking ----------------------------------------------------------------------------

    def rel(self, i: int, *names: str) -> bool:
        """Whether the relation of token ``i`` is one of ``names`` (or a subtype)."""
        return not _with_supertypes(self.rels[i]).isdisjoint(names)

    def kids(self, i: int, *names: str) -> list[int]:
        """The tokens that hang on token ``i`` by one of these relations."""
        below = self.children[i]
        return [k for k in below if not _with_supertypes(self.rels[k]).isdisjoint(names)] if below else []

    def subtree(self, i: int, without: Iterable[int] = ()) -> set[int]:
        """Token ``i`` and all below it, but for ``without`` and what is below those."""
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
            while run and self.tokens[run[-1]].text in _EDGE and self.tokens[run[-1]].text not in '”’")':
                run.pop()
            if run and any(c.isalnum() for c in "".join(self.tokens[k].text for k in run)):
                out.append(Span(self.tokens[run[0]].start, self.tokens[run[-1]].end))
        return tuple(out)

    def low(self, i: int) -> str:
        """The word in small letters."""
        return self.lows[i]

    # --- subjects ---------------------------------------------------------------------------

    def subject(self, verb: int) -> int | None:
        """The head of the (active) subject of a verb, through coordination and participles."""
        seen = set()
        while verb not in seen:
            seen.add(verb)
            verb = self.owner.get(verb, verb)
            own = self.kids(verb, *SUBJECT)
            if self.kids(verb, "aux:pass"):
                own = [k for k in own if not self.rels[k].endswith(":pass")]
            if own:
                last = own[-1]
                apart = (
                    len(own) > 1
                    and last < verb
                    and self.tokens[max(0, min(self.subtree(last)) - 1)].text == ","
                )
                return last if apart else own[0]  # "People like him, she said"
            head = self.heads[verb]
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
            if any(self.low(c) in grammar("agent") for c in self.kids(k, "case")) and self.rels[k] in (
                "obl:agent",
                "obl",
            ):
                return k
        return None

    def clause_of(self, noun: int) -> int:
        """The verb (or other predicate) of the clause that a noun belongs to."""
        seen = set()
        while noun not in seen:
            seen.add(noun)
            head = self.heads[noun]
            if head < 0 or self.rel(noun, "nsubj", "csubj", "obj", "obl", "advmod", "nsubj:pass"):
                return head if head >= 0 else noun
            noun = head
        return noun

    def aspect(self, i: int) -> int:
        """The verb in front that only phases a cue ("continued to call for"), or -1."""
        head = self.heads[i]
        if (
            head < 0
            or head > i
            or not self.rel(i, "xcomp")
            or self.tokens[head].lemma.lower() not in words("cues", "aspect")
        ):
            return -1
        between = range(head + 1, i)
        small = all(
            self.tokens[k].upos in ("PART", "ADV", "AUX") or self.low(k) in words("cues", "aspect_particle")
            for k in between
        )
        return head if small else -1
