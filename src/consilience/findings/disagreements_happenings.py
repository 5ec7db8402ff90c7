"""How far the happenings of a clause have come: done, still to come, called off, put off, over, refused.

A clause is read by its parse. A verb tells a happening by itself ("will visit", "signed"), or says how far
its object or subject has come ("called off the visit", "the search is over"), or puts what follows ahead
("plans to visit", "a call for a strike"). What happens is named by forms that verbs and nouns share.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from consilience.findings.words import stem
from consilience.lexicons import endings, grammar, lexicon
from consilience.model import Reading, Sentence, Statement, Token

DATE = 10  # letters of a date without a time
REACH = 2  # words behind a verb in which its particle stands
LARGE = 1000  # from where on an amount says what is meant without its noun
DEEP = 3  # steps down a noun phrase, and up to a subject that a verb shares with another


@dataclass(frozen=True)
class Happening:
    """``core``: what happens; ``about``: stems of the nouns around it, ``subject`` and ``objects``: of who
    does it and of what it is done to.

    ``phase``: ahead, done, now, off, late, held, over, lifted, on, back, begun, not yet, refused, rejected,
    or "ahead off" and the like. ``state`` is a domain and a state in it ("custody", "held") where the
    clause puts somebody or something in one, and ``holder`` the token indices of who or what is in it.
    """

    phase: str
    core: frozenset[str]
    about: frozenset[str]
    subject: frozenset[str]
    objects: frozenset[str]
    state: tuple[str, str] | None = None
    holder: tuple[int, ...] = ()


# --- words ----------------------------------------------------------------------------------------


@cache
def _table(section: str) -> dict[str, str]:
    """Entry -> class of a section whose keys are classes."""
    return {word: kind for kind, words in lexicon("phases")[section].items() for word in words}


@cache
def _list(section: str, name: str) -> frozenset[str]:
    return frozenset(lexicon("phases")[section][name])


@cache
def _states() -> dict[str, tuple[str, str]]:
    return {
        word: (domain, state)
        for domain, states in lexicon("phases")["states"].items()
        for state, words in states.items()
        for word in words
    }


@cache
def _forms() -> dict[str, str]:
    return {word: name for name, words in lexicon("phases")["same"].items() for word in words}


def form(token: Token) -> str:
    """What a happening is called, whatever its part of speech."""
    lemma = token.lemma.casefold()
    return _forms().get(lemma) or _forms().get(token.text.casefold()) or stem(lemma)


@cache
def known() -> frozenset[str]:
    """The forms of all that is listed as a happening; other verbs tell what can be done again and again."""
    return frozenset(_forms().values()) | {stem(noun) for noun in _list("nouns", "happenings")}


def is_happening(token: Token) -> bool:
    """Whether a noun names something that happens."""
    lemma = token.lemma.casefold()
    return token.upos == "NOUN" and (lemma in _forms() or lemma in _list("nouns", "happenings"))


# --- the parse ------------------------------------------------------------------------------------


class Clause:
    """A sentence's tokens with those that hang on each, and the part ``[start, end)`` that is read."""

    def __init__(self, reading: Reading, sentence: Sentence, start: int, end: int) -> None:
        self.tokens = sentence.tokens
        self.amounts: dict[int, float] = {}
        for figure in reading.figures:
            value = figure.value if isinstance(figure.value, float | int) else figure.value[0]
            if start <= figure.evidence.start < end and figure.kind in ("count", "money"):
                for i, token in enumerate(self.tokens):
                    if figure.evidence.start <= token.start < figure.evidence.end:
                        self.amounts[i] = value
        times = [t.evidence.span for t in reading.times if start <= t.evidence.start < end]
        self.ahead = any(
            t.start > (reading.reference or t.start)[:DATE] and start <= t.evidence.start < end
            for t in reading.times
        )
        self.times = {i for i, t in enumerate(self.tokens) if any(s.start <= t.start < s.end for s in times)}
        self.below: list[list[int]] = [[] for _ in self.tokens]
        for i, token in enumerate(self.tokens):
            if 0 <= token.head < len(self.tokens):
                self.below[token.head].append(i)
        self.inside = [i for i, t in enumerate(self.tokens) if start <= t.start < end]

    def under(self, head: int, *relations: str) -> list[int]:
        """What hangs on ``head`` by one of these relations, subtypes included."""
        return [i for i in self.below[head] if self.tokens[i].deprel.split(":")[0] in relations]

    def word(self, i: int) -> str:
        """The token in lower case."""
        return self.tokens[i].text.casefold()

    def lemma(self, i: int) -> str:
        """Its lemma in lower case."""
        return self.tokens[i].lemma.casefold()

    def kind(self, i: int, table: dict[str, str]) -> str | None:
        """The class of a verb in ``table``: with a word of its neighbourhood, else alone."""
        near = [self.word(j) for j in range(i + 1, min(i + 1 + REACH, len(self.tokens)))]
        near += [self.word(j) for j in self.under(i, "compound", "obl", "obj", "advmod", "xcomp", "ccomp")]
        for other in near:
            if f"{self.lemma(i)} {other}" in table:
                return table[f"{self.lemma(i)} {other}"]
        return table.get(self.lemma(i))

    def subject(self, head: int, steps: int = 0) -> list[int]:
        """Who does it: its own subject, the noun it modifies, or the subject of the verb it hangs on."""
        own = self.under(head, "nsubj")
        token = self.tokens[head]
        if own or steps > DEEP or token.head < 0:
            return own
        if token.deprel.startswith("acl"):
            return [token.head]
        if token.deprel.split(":")[0] in ("conj", "xcomp", "advcl"):
            return self.subject(token.head, steps + 1)
        return []

    def phrase(self, head: int, steps: int = 0) -> Iterator[int]:
        """The nouns of a noun phrase, its head first."""
        yield head
        if steps < DEEP:
            for i in self.under(head, "compound", "nmod", "nummod", "appos", "flat", "amod"):
                yield from self.phrase(i, steps + 1)

    def suffers(self, head: int) -> list[int]:
        """Whom or what the verb is done to: its object, its passive subject, or the noun it modifies."""
        token = self.tokens[head]
        own = self.under(head, "obj") or (self.subject(head) if self.passive(head) else [])
        if not own and token.deprel.startswith("acl") and token.head >= 0 and self.under(head, "nsubj"):
            return [token.head]
        return own

    def negated(self, head: int) -> bool:
        """Whether the verb, or what does or suffers it, is negated."""
        negative = _list("tense", "negative")
        if any(self.word(i) in negative for i in self.under(head, "advmod", "aux", "cc", "det")):
            return True
        for i in self.under(head, "nsubj", "obj", "obl"):
            if self.word(i) in negative or any(
                self.word(j) in negative for j in self.under(i, "det", "advmod")
            ):
                return True
        return False

    def passive(self, head: int) -> bool:
        """Whether the verb's subject suffers it."""
        return any(self.tokens[i].deprel in ("aux:pass", "nsubj:pass") for i in self.below[head])

    def to_come(self, head: int) -> bool:
        """Whether the verb is an infinitive with "to"."""
        to = _list("grammar", "infinitive")
        return any(self.word(i) in to and self.tokens[i].upos == "PART" for i in self.below[head])


def tense(clause: Clause, head: int) -> str:
    """done, now, state, ahead, would, maybe, to, ing, part, present or none, by the verb group."""
    token = clause.tokens[head]
    helpers = clause.under(head, "aux", "cop")
    words = {clause.word(i) for i in helpers} | {clause.lemma(i) for i in helpers}
    have, be = bool(words & grammar("perfect")), bool(words & grammar("copula"))
    past = bool(words & grammar("past_copula"))
    if words & _list("tense", "will"):
        return "ahead"
    if words & _list("tense", "maybe"):
        return "maybe"
    if words & _list("tense", "would"):
        return "maybe" if have else "would"
    going = clause.lemma(head) in grammar("going_to") and be and clause.under(head, "xcomp")
    finite = be and bool(words & _list("grammar", "finite"))
    if going or (finite and clause.to_come(head)):
        return "ahead"
    if clause.to_come(head):
        return "to"
    text = token.text.casefold()
    if token.upos not in ("VERB", "AUX"):
        return "past state" if past else "state" if be else "none"
    if have:
        return "now" if be and text.endswith(endings("participle")) else "done"
    if be:
        bare = any(clause.word(i) in grammar("copula") for i in helpers)
        running = text.endswith(endings("participle")) or bool(words & grammar("running_copula"))
        return "now" if running else "done" if past else "none" if bare else "state"
    if text.endswith(endings("participle")):
        return "ing"
    if token.deprel.split(":")[0] in ("acl", "xcomp", "amod") and not clause.under(head, "nsubj"):
        return "part"
    return "done" if text != clause.lemma(head) and not text.endswith(endings("third_person")) else "present"


_PHASES = {"done": "done", "now": "now", "ahead": "ahead", "would": "ahead"}
_NOT = {"begun": "not yet", "back": "not yet", "over": "on"}
_LATER = {"begun": "ahead", "on": "ahead", "back": "ahead"}

# --- happenings -----------------------------------------------------------------------------------


def read(reading: Reading, statement: Statement) -> list[Happening]:
    """What the clause tells to have happened, to come, or not to; none of questions and headings."""
    sentence = reading.analysis.sentences[statement.sentence]
    text = reading.article.text[sentence.start : sentence.end].rstrip(" ”\"'’")
    if sentence.kind == "heading" or text.endswith("?"):
        return []
    clause = Clause(reading, sentence, statement.evidence.start, statement.evidence.end)
    words = {clause.word(i) for i in clause.inside}
    marks = {clause.word(i) for i in clause.inside if clause.tokens[i].deprel == "mark"}
    if marks & _list("tense", "condition") or words & _list("tense", "proviso"):
        return []
    out: list[Happening] = []
    governed: set[int] = set()
    for i in clause.inside:
        if i not in governed:
            out += _told(clause, i, governed, out)
    return out


def _told(clause: Clause, i: int, governed: set[int], before: Sequence[Happening]) -> list[Happening]:
    token = clause.tokens[i]
    if token.upos == "VERB" and token.deprel != "amod":
        aspect = clause.kind(i, _table("aspect"))
        if aspect:
            return _aspect(clause, i, aspect, governed, before)
        if _yet_to(clause, i):
            return _make(clause, i, "not yet", _does(clause, i))
        lemma = clause.lemma(i)
        refused = lemma in _list("refusal", "words") or _particle(clause, i)
        if refused or lemma in _list("ahead", "words") or lemma in _list("ahead", "calling"):
            found = _ahead(clause, i, bool(refused), governed)
            if found or _complements(clause, i):
                return found
        return _plain(clause, i)
    if clause.under(i, "cop") or token.head < 0:
        return _predicate(clause, i, governed)
    if token.upos == "NOUN" and clause.lemma(i) in _list("ahead", "nouns"):
        return _ahead(clause, i, False, governed)
    return []


def _yet_to(clause: Clause, i: int) -> bool:
    """ "has yet to be signed"."""
    to = [j for j in clause.below[i] if clause.word(j) in _list("grammar", "infinitive") and j > 1]
    left, yet = _list("tense", "left_to"), _list("tense", "yet_to")
    return any(clause.word(j - 1) in yet and clause.lemma(j - 2) in left for j in to)


def _particle(clause: Clause, i: int) -> bool:
    near = {clause.word(j) for j in range(i + 1, min(i + 1 + REACH, len(clause.tokens)))}
    return any(f"{clause.lemma(i)} {word}" in _list("refusal", "particles") for word in near)


def _make(
    clause: Clause, i: int, phase: str, core: set[str], verb: int | None = None, **more
) -> list[Happening]:
    """The happening that token ``i`` tells; ``verb`` is the one whose object counts, where it is another."""
    if not core:
        return []
    nouns = [j for j in clause.inside if clause.tokens[j].upos in ("NOUN", "PROPN", "NUM", "ADJ")]
    about = {stem(clause.lemma(j)) for j in nouns if form(clause.tokens[j]) not in core}
    subject = _stems(clause, clause.subject(i))
    objects = _stems(clause, clause.suffers(i if verb is None else verb))
    return [Happening(phase, frozenset(core), frozenset(about), subject, objects, **more)]


def _stems(clause: Clause, heads: Sequence[int]) -> frozenset[str]:
    run = (j for head in heads for j in clause.phrase(head))
    return frozenset(stem(clause.lemma(j)) for j in run if clause.tokens[j].upos in ("NOUN", "PROPN"))


def _named(clause: Clause, heads: Sequence[int], happening: bool) -> set[str]:
    """The forms of what noun phrases name; with ``happening`` only of such as happen."""
    return {
        form(clause.tokens[j])
        for head in heads
        for j in clause.phrase(head)
        if clause.tokens[j].upos == "NOUN"
        and clause.lemma(j) not in _list("verbs", "vague")
        and (is_happening(clause.tokens[j]) or (j == head and not happening))
    }


def _does(clause: Clause, i: int) -> set[str]:
    """What a verb (or a noun) tells to happen: its own form, and the forms of its object that happens."""
    if clause.tokens[i].upos == "NOUN":
        return _named(clause, [i], False)
    lemma, whole = clause.lemma(i), clause.kind(i, _forms())
    if whole and lemma not in _forms():  # "step down", "make public": the verb alone says little
        return {whole} | _named(clause, clause.suffers(i), True)
    suffers = clause.suffers(i)
    if lemma in _list("verbs", "handing"):
        suffers = suffers or clause.subject(i)
        given = _given(clause, suffers)
        if given:
            return given | (set() if lemma in _list("verbs", "light") else {form(clause.tokens[i])})
    light, creating = lemma in _list("verbs", "light"), lemma in _list("verbs", "creating")
    core = _named(clause, suffers, not creating) if light or creating else set()
    return core if light or lemma in _list("verbs", "empty") else core | {_called_as(clause, i)}


def _called_as(clause: Clause, i: int) -> str:
    return clause.kind(i, _forms()) or form(clause.tokens[i])


def _given(clause: Clause, heads: Sequence[int]) -> set[str]:
    """What is handed over, by its amount: "#350000", and for small counts with the noun, "#6 nurs"."""
    out: set[str] = set()
    for head in heads:
        for j in (*clause.phrase(head), *clause.under(head, "nummod")):
            if j in clause.amounts:
                value = clause.amounts[j]
                out.add(f"#{value:g}" if value >= LARGE else f"#{value:g} {form(clause.tokens[head])}")
    return out


def _theme(clause: Clause, i: int, inner: bool) -> list[int]:
    """What a verb of aspect speaks of: its object ("off" may be read as a preposition), else its subject."""
    if clause.under(i, "obj"):
        return clause.under(i, "obj")
    follows = {clause.word(j) for j in range(i + 1, min(i + 1 + REACH, len(clause.tokens)))}
    near = follows & _list("grammar", "particles")
    if near and not clause.passive(i):
        cases = near | _list("grammar", "origins")
        behind = [
            j for j in clause.under(i, "obl") if any(clause.word(k) in cases for k in clause.under(j, "case"))
        ]
        if behind:
            return behind
    return [] if inner else clause.subject(i)


def _aspect(
    clause: Clause, i: int, aspect: str, governed: set[int], before: Sequence[Happening]
) -> list[Happening]:
    """ "called off the visit", "the search has ended", "began to dig"."""
    inner = [j for j in clause.under(i, "xcomp") if clause.tokens[j].upos == "VERB"]
    theme = _theme(clause, i, bool(inner))
    governed.update(inner)
    core = set().union(*(_does(clause, j) for j in inner)) if inner else _named(clause, theme, False)
    if not core and before and any(clause.tokens[j].upos == "PRON" for j in clause.under(i, "obj")):
        core = set(before[-1].core)
    time = tense(clause, i)
    phase = aspect
    if clause.negated(i):
        phase = _NOT.get(aspect, "not")
    elif aspect == "begun" and time not in ("done", "now"):
        coming = time in ("ahead", "would", "to") or (time == "present" and clause.ahead)
        phase = "ahead" if coming else "none"
    elif time in ("ahead", "would", "to", "maybe"):
        phase = _LATER.get(aspect, "ahead " + aspect)
    elif time in ("none", "ing"):
        phase = "none"
    held = time in ("done", "state", "part") and not clause.negated(i)
    state = _states().get(clause.lemma(i)) if held else None
    return _make(clause, i, phase, core, state=state, holder=tuple(theme))


def _ahead(clause: Clause, i: int, refused: bool, governed: set[int]) -> list[Happening]:
    """ "plans to sell", "threatened a strike", "refused to sign"; with "not" it is the other way round."""
    verbs = [j for j in _complements(clause, i) if not _lets(clause, j)]
    nouns = [] if verbs else _called(clause, i, refused)
    if clause.lemma(i) in _list("ahead", "mere") and tense(clause, i) == "done" and not clause.passive(i):
        return []
    governed.update(verbs)
    out: list[Happening] = []
    for j in (*verbs, *nouns):
        aspect = clause.kind(j, _table("aspect")) if j in verbs else None
        if aspect:
            inner = clause.under(j, "obj") or clause.under(j, "xcomp")
            phase = _LATER.get(aspect, "ahead " + aspect)
            core = set().union(set(), *(_does(clause, k) for k in inner))
        else:
            phase = "ahead"
            core = _does(clause, j) if j in verbs else _named(clause, [j], True) | _given(clause, [j])
        turned = refused != (clause.negated(i) or (j in verbs and clause.negated(j)))
        if turned and phase == "ahead":
            phase = "refused" if j in verbs else "rejected"
        out += _make(clause, i, phase, core, verb=j if j in verbs else None)
    return out


def _complements(clause: Clause, i: int) -> list[int]:
    """The infinitives that hang on a word."""
    under = clause.under(i, "xcomp", "ccomp", "acl", "advcl")
    return [j for j in under if clause.tokens[j].upos == "VERB" and clause.to_come(j)]


def _lets(clause: Clause, i: int) -> bool:
    """ "to have the licence cancelled": others do it."""
    return clause.lemma(i) in _list("grammar", "letting") and bool(clause.under(i, "xcomp", "ccomp"))


def _called(clause: Clause, i: int, refused: bool) -> list[int]:
    """The nouns of what a verb or noun puts ahead: "a call for a strike", "promised a review"."""
    lemma = clause.lemma(i)
    suffers = clause.under(i, "obj", "nmod") + (clause.subject(i) if clause.passive(i) else [])
    suffers += _behind(clause, i, "purposes")
    if lemma in _list("ahead", "with_object") and _given(clause, suffers):
        return suffers
    if clause.tokens[i].upos == "NOUN" or refused or lemma in _list("ahead", "with_object"):
        return [j for j in suffers if _named(clause, [j], True)]
    if lemma in _list("ahead", "calling"):
        return [j for j in suffers if _named(clause, [j], True) & _list("ahead", "called")]
    return []


def _plain(clause: Clause, i: int) -> list[Happening]:
    """A verb that tells a happening by itself."""
    phase = _PHASES.get(tense(clause, i))
    if phase is None:
        return []
    state = clause.kind(i, _states()) if phase in ("done", "now") else None
    if clause.negated(i):
        yet = any(clause.word(j) in _list("tense", "yet") for j in clause.inside)
        yet = yet or bool(_given(clause, clause.subject(i)))
        phase = "refused" if phase == "ahead" else "not yet" if yet else "not"
        state = (state[0], f"not {state[1]}") if state and not yet else None
    sought = _behind(clause, i, "purposes") if state == ("custody", "sought") else []
    holder = clause.under(i, "obj") or sought or clause.subject(i)
    core = _does(clause, i) or ({_called_as(clause, i)} if state else set())
    return _make(clause, i, phase, core, state=state, holder=tuple(holder) if state else ())


def _behind(clause: Clause, i: int, cases: str) -> list[int]:
    """What follows the verb behind one of these prepositions."""
    wanted = _list("grammar", cases)
    return [
        j for j in clause.under(i, "obl") if any(clause.word(k) in wanted for k in clause.under(j, "case"))
    ]


def _predicate(clause: Clause, i: int, governed: set[int]) -> list[Happening]:
    """ "the search is over", "the visit is due on Monday", "is ready to sell"."""
    lemma, subject = clause.lemma(i), clause.subject(i)
    if lemma in _list("ahead", "words") and clause.under(i, "xcomp", "ccomp", "advcl", "acl"):
        return _ahead(clause, i, False, governed)
    for j in clause.under(i, "case"):
        state = _states().get(f"{clause.word(j)} {lemma}")  # "on leave", "on the run"
        if state and subject and not clause.negated(i):
            return _make(clause, i, "done", {lemma}, state=state, holder=tuple(subject))
    kind = _table("predicates").get(clause.word(i))
    if kind is None or not subject:
        return []
    if clause.negated(i):
        kind = {"on": "not yet", "over": "on", "off": "on", "held": "on", "ahead": "refused"}[kind]
    return _make(clause, i, kind, _named(clause, subject, False))
