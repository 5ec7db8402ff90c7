"""Acts of words that no list holds: what the tree gives a word that is known to be a cue.

The rules of ``parsed`` go by lists; here the word was chosen by ``cue_model``, and only its source and
content are looked for: clause, infinitive, object, what a preposition brings in.
"""

from __future__ import annotations

from consilience.lexicons import endings, grammar
from consilience.reports.parsed import Acts
from consilience.reports.reported import Act
from consilience.reports.trees import SUBJECT
from consilience.reports.words import cue_forms, words
from consilience.spans import Span


def act(tree: Acts, i: int) -> Act | None:
    """The act of token ``i``, or None where the tree gives it no content."""
    kind = tree.tokens[i].upos
    if kind == "NOUN" and not tree.kids(i, "cop"):
        return _noun(tree, i)
    if kind in ("ADJ", "NOUN") or tree.kids(i, "cop"):
        return _predicate(tree, i)
    if tree.kids(i, "aux:pass"):
        return _passive(tree, i) or _predicate(tree, i)
    if tree.rel(i, "acl") and tree.agent(i) is not None and not tree.kids(i, *SUBJECT):
        return _participle(tree, i)
    return _verb(tree, i)


def _made(
    tree: Acts, cue: Span, source: Span | None, head: int, content: set[int], kind: str, i: int
) -> Act | None:
    spans = tree.spans(content - {i})
    spans = tuple(s for s in spans if not s.overlap(cue) and (source is None or not source.covers(s)))
    return Act(cue, source, spans, tree.tokens[i].lemma.lower(), head, kind) if spans else None


def _verb(tree: Acts, i: int) -> Act | None:
    source, head = tree.source(i)
    led = _led(tree, i, source, head)
    if led is not None:
        return led
    content: set[int] = set()
    more: list[int] = []
    kind = "clause"
    for k in tree.kids(i, "ccomp")[:2] or _marked(tree, i):
        content |= tree.subtree(k, without=[*tree.others(k, i), *tree.added(i, k)])
    if not content and (clause := _around(tree, i)) >= 0:
        content = tree.subtree(clause, without=[i, *tree.added(i, clause)])
    if not content:
        kind = "infinitive"
        for k in tree.kids(i, "xcomp"):
            content |= tree.subtree(k)
            if tree.tokens[k].upos == "VERB":
                asked = tree.kids(i, "obj") or [n for n in tree.kids(i, *SUBJECT)[1:] if i < n < k]
                content |= {n for o in asked for n in tree.subtree(o)}
    if not any(tree.tokens[k].upos == "VERB" for k in tree.kids(i, "ccomp", "xcomp", "parataxis")):
        light = _light(tree, i)
        if light is not None:
            return light
        kind = kind if content else "complement"
        objects, more = _objects(tree, i)
        content |= objects
    if not content:
        content, kind = tree.beside(i) or _lost(tree, i), "clause"
    content -= {k for k in tree.children[i] if tree.rel(k, "punct", "mark", "cc")}
    return _made(tree, tree.cue(i, *more), source, head, content, kind, i)


def _marked(tree: Acts, i: int) -> list[int]:
    """The clause with "that" right behind a verb, whatever the parser made of it."""
    return [k for k in tree.kids(i, "advcl", "acl", "obl") if k > i and tree.marked_by(k, "that_mark")][:1]


def _led(tree: Acts, i: int, source: Span | None, head: int) -> Act | None:
    """Hastens to add that …, made it clear that …, remain hopeful that …: a verb before what tells."""
    for k in tree.kids(i, "xcomp"):
        if not i < k <= i + 3:
            continue
        lemma = cue_forms().get(tree.low(k))
        if tree.tokens[k].upos == "ADJ":
            own = [n for n in tree.kids(k, "ccomp", "xcomp", "advcl", "obl") if n > k]
            held = own or tree.kids(i, "ccomp")
            content = {n for h in held for n in tree.subtree(h)}
        elif lemma is not None and (told := tree.verb(k, lemma)) is not None:
            return Act(Span(tree.cue(i).start, told.cue.end), source, told.content, lemma, head, told.kind)
        else:
            continue
        return _made(tree, Span(tree.cue(i).start, tree.tokens[k].end), source, head, content, "clause", i)
    return None


def _lost(tree: Acts, i: int) -> set[int]:
    """What the parser lost of a verb: an infinitive or gerund that it took for a circumstance ("threatened on
    Sunday to leave", "ruled out leaving"), all behind "that", a word for a clause ("thought so")."""
    for k in tree.kids(i, "advcl", "acl"):
        near = k == i + 1 or k == i + 2 and i + 1 in tree.kids(i, "compound:prt")
        gerund = near and tree.low(k).endswith(endings("participle"))
        if k > i and (gerund or tree.marked_by(k, "infinitive_mark")):
            return tree.subtree(k)
    if i + 1 == len(tree.tokens):
        return set()
    if tree.low(i + 1) in words("cues", "that_mark"):
        stops = [k for k in range(i + 1, len(tree.tokens)) if tree.tokens[k].text == ";"]
        return set(range(i + 1, stops[0] if stops else len(tree.tokens)))
    return {i + 1} if tree.low(i + 1) in words("cues", "stands_for_clause") else set()


def _around(tree: Acts, i: int) -> int:
    """The clause that a verb is put into or after, or -1."""
    head = tree.heads[i]
    if head < 0 or tree.kids(i, "obj", "ccomp", "xcomp") or not tree.kids(i, *SUBJECT):
        return -1
    return head if tree.rel(i, "parataxis") else tree.around(i, "say")


def _light(tree: Acts, i: int) -> Act | None:
    """Has no intention of going, gave no hint that …: the verb with its noun."""
    if tree.lemma(i) not in words("cues", "light"):
        return None
    noun = next((k for k in tree.kids(i, "obj") if i < k <= i + 5), -1)
    known = words("cues", "light_nouns") | words("cues", "nouns")
    if noun < 0 or tree.lemma(noun) not in known:
        return None
    held = [
        k
        for k in [*tree.kids(noun, "acl", "ccomp", "nmod", "advcl"), *tree.kids(i, "ccomp", "advcl")]
        if k > noun
    ]
    for k in held:
        opens = min(tree.subtree(k))
        if opens == noun + 1 and tree.rel(opens, "mark", "case"):
            source, head = tree.source(i)
            cue = Span(tree.cue(i).start, tree.tokens[noun].end)
            return _made(tree, cue, source, head, tree.subtree(k), "light", i)
    return None


def _objects(tree: Acts, i: int) -> tuple[set[int], list[int]]:
    """Object and what prepositions bring in; and the preposition right behind the verb, part of the cue."""
    objects = [k for k in tree.kids(i, "obj") if k > i or tree.rel(i, "acl")]
    out = {n for k in objects for n in tree.subtree(k)}
    more: list[int] = []
    for k in tree.kids(i, "obl", "advcl", "nmod"):
        case = next(iter(tree.kids(k, "case", "mark")), -1)
        if k < i or case < 0 or tree.low(k) in words("cues", "days"):
            continue
        near = case == i + 1
        if near and tree.low(case) in words("cues", "complement_prepositions"):
            out |= tree.subtree(k, without=[case])
            more.append(case)
        elif objects and tree.low(case) in words("cues", "oblique_prepositions"):
            out |= tree.subtree(k)
    return out, more


def _passive(tree: Acts, i: int) -> Act | None:
    agent = tree.agent(i)
    source, head = (None, -1) if agent is None else tree.phrase(agent, without=tree.kids(agent, "case"))
    content: set[int] = set()
    for k in tree.kids(i, "ccomp", "xcomp"):
        content |= tree.subtree(k)
    for k in tree.kids(i, "obl", "advcl"):
        if k != agent and any(
            tree.low(c) in words("cues", "verdict_cases") for c in tree.kids(k, "case", "mark")
        ):
            content |= tree.subtree(k)
    for k in tree.kids(i, "nsubj:pass", "csubj:pass"):
        if tree.low(k) not in words("cues", "expletive"):
            content |= tree.subtree(k)
    return _made(tree, tree.cue(i), source, head, content, "passive", i)


def _participle(tree: Acts, i: int) -> Act | None:
    agent, noun = tree.agent(i), tree.heads[i]
    if agent is None or noun < 0:
        return None
    source, head = tree.phrase(agent, without=tree.kids(agent, "case"))
    rest = {n for k in tree.kids(i, "obl", "xcomp", "advcl") if k != agent and k > i for n in tree.subtree(k)}
    return _made(tree, tree.cue(i), source, head, tree.subtree(noun, without=[i]) | rest, "passive", i)


def _predicate(tree: Acts, i: int) -> Act | None:
    """Is keen to, remains hopeful that, fearful of: what hangs on an adjective or a predicate noun."""
    subject = tree.subject(i)
    source, head = (None, -1) if subject is None else tree.phrase(subject, without=[i])
    content: set[int] = set()
    more: list[int] = []
    for k in tree.kids(i, "ccomp", "xcomp", "advcl", "obl", "nmod", "acl", "csubj"):
        case = next(iter(tree.kids(k, "case", "mark")), -1)
        if k < i or k == subject or case > i + 3:
            continue
        if tree.rel(k, "obl", "nmod") and case == i + 1:
            more.append(case)
            content |= tree.subtree(k, without=[case])
        elif not tree.rel(k, "obl", "nmod"):
            content |= tree.subtree(k)
    if not content and tree.rel(i, "xcomp") and tree.heads[i] == i - 1:  # remain unconvinced that …
        content = {n for k in tree.kids(i - 1, "ccomp", "advcl") if k > i for n in tree.subtree(k)}
    if source is not None and subject is not None and tree.low(subject) in words("cues", "nobody"):
        source, head = None, -1
    return _made(tree, tree.cue(i, *more), source, head, content, "adjective", i)


def _noun(tree: Acts, i: int) -> Act | None:
    owner = next(iter(tree.kids(i, "nmod:poss", "poss")), None)
    if owner is None:
        owner = next(
            (
                k
                for k in tree.kids(i, "nmod")
                if any(tree.low(c) in grammar("agent") for c in tree.kids(k, "case"))
            ),
            None,
        )
    source, head = (None, -1)
    if owner is not None:
        source, head = tree.phrase(owner, without=tree.kids(owner, "case"))
    elif tree.rel(i, "obj") and tree.heads[i] >= 0:
        source, head = tree.source(tree.heads[i])
    held = [
        k
        for k in tree.kids(i, "acl", "ccomp", "nmod", "advcl")
        if k > i and k != owner and not tree.rels[k].endswith(":relcl")
    ]
    clauses = [k for k in held if not tree.rel(k, "nmod")] or held
    if not clauses:
        return None
    cases = [k for k in tree.kids(clauses[0], "case") if k == i + 1]
    first = i
    while first - 1 in tree.kids(i, "det", "amod", "compound"):
        first -= 1
    cue = Span(tree.tokens[first].start, tree.tokens[cases[0] if cases else i].end)
    return _made(tree, cue, source, head, tree.subtree(clauses[0], without=cases), "noun", i)
