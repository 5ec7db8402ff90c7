"""What a cue reports in a parsed sentence: the words under it, beside it or around it, and what is not."""

from __future__ import annotations

from dataclasses import dataclass

from consilience.lexicons import grammar
from consilience.reports.trees import SUBJECT, Tree
from consilience.reports.words import cue_forms, words
from consilience.spans import Span

_COMMAS = frozenset((",", "”", '"', "’", "''"))
_NO_START = frozenset(("PUNCT", "ADP", "SCONJ", "CCONJ", "AUX", "PART", "VERB", "ADV"))


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


class Reported(Tree):
    """A tree that says which of its tokens a cue reports."""

    def marked_by(self, k: int, key: str) -> bool:
        """Whether a clause begins with one of the words under ``key``."""
        return any(self.low(m) in words("cues", key) for m in self.kids(k, "mark"))

    def cue(self, verb: int, *more: int) -> Span:
        """The verb with its auxiliaries, adverbs between them, and particle."""
        small = {k for k in self.kids(verb, "aux", "advmod", "compound:prt", "cop") if k < verb} | {
            verb,
            *more,
        }
        small |= set(self.kids(verb, "compound:prt"))
        front = self.aspect(verb)
        if front >= 0:
            small |= set(range(front, verb)) | {
                k for k in self.kids(front, "aux", "advmod", "cop") if k < front
            }
        elif (
            self.rel(verb, "advcl", "acl", "xcomp")
            and verb - 1 in self.kids(verb, "mark")
            and self.low(verb - 1) in words("cues", "infinitive_mark")
        ):
            small.add(verb - 1)
        small |= {
            k
            for k in self.kids(verb, "obl", "nmod")
            if k == verb + 1 and self.low(k) in words("cues", "days")
        }
        small |= {
            n
            for k in small
            if self.rel(k, "advmod")
            for n in self.children[k]
            if self.rel(n, "advmod", "det")
        }
        first = last = verb
        while first - 1 in small:
            first -= 1
        while last + 1 in small:
            last += 1
        if (
            self.tokens[first].upos == "ADV"
            and first < verb
            and self.low(first) in words("cues", "question_adverbs")
        ):
            first += 1
        return Span(self.tokens[first].start, self.tokens[last].end)

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
            if self.rel(k, "advcl") and not self.marked_by(k, "concessive"):
                continue
            if self.again(k, clause, cue):
                self.owner[k] = cue
                out.append(k)
                continue
            if self.rel(k, "conj") and self.marked_by(k, "that_mark"):
                continue  # "said that …, and that he denied it"
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
        past = tuple(sorted(words("cues", "past_ends")))
        return self.low(k).endswith(past) and self.low(cue).endswith(past)

    def added(self, i: int, clause: int) -> list[int]:
        """Participles of speech after a cue ("…, adding that …") that the parser hung on what is reported."""
        out = []
        for k in self.subtree(clause):
            said = cue_forms().get(self.low(k)) in words("cues", "clausal")
            if (
                k > i
                and said
                and self.low(k).endswith(tuple(words("cues", "participle_end")))
                and self.rel(k, "advcl", "acl")
            ):
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

    def beside(self, i: int) -> set[int]:
        """The words that a clausal verb with its subject right before it reports, where the parser lost
        them: all that follows, or, behind a comma, all that stands before."""
        subjects = [k for k in self.kids(i, *SUBJECT) if k < i]
        if not subjects or self.kids(i, "obj", "aux:pass"):
            return set()
        first = min(self.run(subjects[-1], self.subtree(subjects[-1])))
        after = i + 1
        while after < len(self.tokens) and (
            self.tokens[after].upos == "ADV" or self.low(after) in words("cues", "days")
        ):
            after += 1
        end = self.before_above(i)
        apart = first > 1 and self.tokens[first - 1].text in _COMMAS
        if after >= end or self.tokens[after].text in ".!?;":
            return set(range(first - 1)) if apart and first > 3 else set()
        if self.tokens[after].text == ",":
            return {*range(first - 1), *range(after + 1, end)} if apart else set()
        clause = range(after, end)
        predicate = any(self.tokens[k].upos in ("VERB", "AUX") for k in clause)
        follows = self.tokens[after].upos not in _NO_START
        if self.rels[i] == "acl:relcl" and self.tokens[after].upos in ("VERB", "AUX"):
            clause = range(after, next((k for k in clause if self.tokens[k].text in ",;"), end))
            follows = True
        return set(clause) if predicate and follows else set()

    def negations(self, i: int, content: set[int]) -> set[int]:
        """The "not" before a cue that ends what is said and that the parser hung on the cue: It will not, she
        said."""
        return {
            k
            for k in self.children[i]
            if k - 1 in content
            and self.low(k) in grammar("negation")
            and self.tokens[k + 1].text in _COMMAS
            and k + 1 < i
        }

    def before_above(self, i: int) -> int:
        """Where what can hang on a verb ends: before a later verb that it hangs on, and its subject."""
        end, above, seen = len(self.tokens), self.heads[i], {i}
        while above >= 0 and above not in seen:
            seen.add(above)
            if above > i:
                own = [n for k in self.kids(above, *SUBJECT) if k > i for n in self.subtree(k) if n > i]
                end = min(end, above, *own)
            above = self.heads[above]
        return end

    def run(self, head: int, indices: set[int]) -> list[int]:
        """The unbroken run of ``indices`` around ``head``."""
        first = last = head
        while first - 1 in indices:
            first -= 1
        while last + 1 in indices:
            last += 1
        return list(range(first, last + 1))

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
            if (
                lemma in words("cues", "addressed")
                and self.rel(k, "obj")
                and content
                and not self.kids(i, "xcomp")
            ):
                continue
            out |= self.subtree(k)
        for k in self.kids(i, "obl"):
            cases = self.kids(k, "case")
            if k < i or not cases or not self.matter(lemma, k, self.low(cases[0])):
                continue
            if lemma in words("cues", "speaking"):
                out |= self.subtree(k, without=[cases[0]])
                if cases[0] == i + 1:
                    more.append(cases[0])
                continue
            if lemma in words("cues", "judging") and self.low(cases[0]) in words("cues", "verdict_cases"):
                out |= self.subtree(k)
                continue
            if lemma in words("cues", "oblique") and self.low(cases[0]) in words("cues", "oblique_cases"):
                out |= self.subtree(k)
                continue
            comparing = self.low(cases[0]) in words("cues", "as_case")
            if comparing or (not out or k == i + 1) or cases[0] == i + 1:
                if cases[0] == i + 1 and not comparing:
                    more.append(cases[0])
                out |= self.subtree(k, without=more)
        if objects:
            out |= self.verdict(i)
            for k in self.kids(i, "advcl") if lemma in words("cues", "urging") and not content else ():
                if k > objects[-1] and self.marked_by(k, "infinitive_mark"):
                    out |= self.subtree(k)
        for k in self.marked(i):
            mark = self.kids(k, "mark", "case")[0]
            out.discard(mark)
            more.append(mark)
        return out, more

    def verdict(self, i: int) -> set[int]:
        """What somebody is accused of, thanked or blamed for, where that is a clause: of hiding it."""
        held = [k for k in self.kids(i, "advcl", "acl") if k > i and self.marked_by(k, "verdict_cases")]
        return {n for k in held if not self.kids(k, *SUBJECT) for n in self.subtree(k)}

    def matter(self, lemma: str, noun: int, case: str) -> bool:
        """Whether a prepositional object is what is spoken of, and not to whom, where or when."""
        if case not in words("cues", "complement_prepositions"):
            return False
        if lemma in words("cues", "speaking"):
            return case in words("cues", "speaking_matter")
        if case in words("cues", "infinitive_mark"):
            return lemma in words("cues", "of_matter_to") | words("cues", "oblique")
        day = self.low(noun) in words("cues", "days") | words("cues", "places_to_write")
        return not (case in words("cues", "time_cases") and day)

    def marked(self, i: int) -> list[int]:
        """Clauses that a preposition joins right to a verb: called for changing the law."""
        out = []
        for k in self.kids(i, "advcl"):
            marks = self.kids(k, "mark", "case")
            if marks and marks[0] == i + 1 and self.low(marks[0]) in words("cues", "complement_prepositions"):
                out.append(k)
        return out
