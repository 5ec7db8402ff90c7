"""Acts that the parser put into what another act reports, though they are said beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from consilience.lexicons import endings, grammar
from consilience.reports.reported import Act, Reported
from consilience.reports.trees import SUBJECT
from consilience.reports.words import words
from consilience.spans import Span

Held = tuple[int, Act]  # the token that the act is about, and the act
_EDGE = frozenset([",", ";", ":", "—", "–", "--", "(", ")", ".", "”", '"', "’"])


def apart(tree: Reported, acts: Sequence[Held]) -> list[Act]:
    """The acts, with what they report cut off where another one is said beside them."""
    kept = {i: _one_side(tree, act) for i, act in acts}
    for i, act in list(kept.items()):
        ends = []
        for k, other in acts:
            if k == i or not any(c.covers(other.cue) for c in act.content):
                continue
            edge = _cut(tree, i, act, k)
            if edge < 0:
                continue
            ends.append(edge)
            if not tree.kids(k, *SUBJECT) and not tree.kids(k, "aux:pass") and act.source is not None:
                kept[k] = replace(kept[k], source=act.source, head=act.head)
        if ends:
            kept[i] = _shortened(tree, kept[i], min(ends))
    return list(kept.values())


def _one_side(tree: Reported, act: Act) -> Act:
    """An act with no content beyond a semicolon that its cue and other content are not beyond."""
    stops = [
        t.start for t in tree.tokens if t.text == ";" and any(c.start < t.start < c.end for c in act.content)
    ]
    after = [s for s in stops if s > act.cue.start]
    before = [s for s in stops if s < act.cue.start]
    content = list(act.content)
    if after and act.content[-1].end > after[0] and any(act.cue.end <= c.start < after[0] for c in content):
        content = [Span(c.start, min(c.end, after[0])) for c in content if c.start < after[0]]
    if before and any(c.start >= act.cue.end for c in content):
        content = [Span(max(c.start, before[-1] + 1), c.end) for c in content if c.end > before[-1] + 1]
    if content == list(act.content):
        return act
    kept = tree.spans(
        k for k, t in enumerate(tree.tokens) if any(c.start <= t.start < c.end for c in content)
    )
    return replace(act, content=kept) if kept else act


def _cut(tree: Reported, i: int, act: Act, k: int) -> int:
    """The token that what ``act`` reports ends before, because the act of ``k`` is said beside it; or -1."""
    if k < i:
        return -1
    first = min((n for n in tree.subtree(k) if tree.tokens[n].upos != "PUNCT"), default=k)
    edge = first
    while edge - 1 > i and tree.tokens[edge - 1].upos == "CCONJ":
        edge -= 1
    if edge <= i:
        return -1
    comma = not _EDGE.isdisjoint((tree.tokens[edge - 1].text, tree.tokens[first - 1].text))
    own = tree.kids(k, *SUBJECT)
    ing = tree.low(k).endswith(endings("participle"))
    if ing and tree.rel(k, "advcl") and 0 <= tree.heads[k] < i and tree.kids(k, "ccomp"):
        return edge  # “…,” she said in Rome, announcing that …
    if tree.rel(k, "advcl") and comma and own and tree.marked_by(k, "concessive"):
        return edge
    if tree.rel(k, "conj", "parataxis") and comma and own and not tree.marked_by(k, "that_mark"):
        return -1 if tree.low(own[0]) in words("cues", "going_on") else edge
    if tree.rels[k].endswith("relcl") and own:
        return _relative(tree, act, k, edge)
    if tree.rel(k, "advcl", "acl") and comma and not own and ing:
        return edge if not tree.kids(k, "aux") else -1
    if tree.rel(k, "conj") and not own and _same(tree, i, k):
        return edge
    return -1


def _relative(tree: Reported, act: Act, k: int, edge: int) -> int:
    """Where a clause begins that tells what others say of a thing: …, which they call a sham."""
    said = tree.low(tree.kids(k, *SUBJECT)[-1]) not in grammar("relative")
    while said and tree.low(edge - 1) in grammar("relative"):
        edge -= 1
    if tree.tokens[edge - 1].text in _EDGE:
        return edge if said or act.kind in ("complement", "according", "passive") else -1
    noun = min(tree.subtree(tree.heads[k]) - {k}, default=0) if said and tree.heads[k] >= 0 else 0
    apposed = noun > 0 and tree.tokens[noun].upos == "DET" and tree.tokens[noun - 1].text == ","
    return noun if apposed else -1


def _same(tree: Reported, i: int, k: int) -> bool:
    """Whether a verb joined to a reported one has the form of the reporting one and not of that one."""

    def form(v: int) -> str:
        aux = [tree.low(a) for a in tree.kids(v, "aux", "aux:pass", "cop")]
        if aux:
            return aux[0]
        low = tree.low(v)
        if low.endswith(tuple(words("cues", "past_ends"))):
            return "past"
        return "s" if low.endswith(endings("third_person")) else "bare"

    head = tree.heads[k]
    if head == i or head < i or form(head) == form(k):
        return False
    return form(k) == form(i) or form(k) == "past" and form(head) not in ("s", "bare")


def _shortened(tree: Reported, act: Act, edge: int) -> Act:
    at = tree.tokens[edge].start
    kept = tree.spans(
        k
        for k, t in enumerate(tree.tokens)
        if t.start < at and any(c.start <= t.start < c.end for c in act.content)
    )
    return replace(act, content=kept) if kept else act
