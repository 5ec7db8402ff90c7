"""What a word of a parsed sentence shows of being a cue: its tree, its lists, what the rules say."""

from __future__ import annotations

from consilience.lexicons import endings
from consilience.reports.reported import Act
from consilience.reports.trees import SUBJECT, Tree
from consilience.reports.words import body_nouns, cue_forms, people_nouns, words

_LISTS = (
    "clausal",
    "complement",
    "say",
    "think",
    "weak",
    "addressed",
    "holds",
    "deeds",
    "nouns",
    "stances",
    "aspect",
)
_BELOW = (
    "ccomp",
    "xcomp",
    "obj",
    "iobj",
    "obl",
    "advcl",
    "parataxis",
    "acl",
    "nmod",
    "cop",
    "aux",
    "aux:pass",
    "neg",
)


def features(tree: Tree, i: int, act: Act | None) -> set[str]:
    """The features of token ``i``; ``act`` is what the rules make of it."""
    token, low = tree.tokens[i], tree.lows[i]
    kind = token.upos
    out = {f"upos:{kind}", f"rel:{kind}:{tree.rels[i]}"}
    below = [n for n in _BELOW if tree.kids(i, n)]
    out |= {f"has:{kind}:{n}" for n in below}
    out.add(
        f"frame:{kind}:"
        + "+".join(
            n
            for n in below
            if n in ("ccomp", "xcomp", "obj", "obl", "advcl", "acl", "nmod", "cop", "aux:pass")
        )
    )
    lemma = cue_forms().get(low) or token.lemma.lower()
    lists = [n for n in _LISTS if lemma in words("cues", n) or low in words("cues", n)]
    out |= {f"list:{n}" for n in lists} or {"list:none"}
    out |= {
        f"list:{n}:{b}" for n in lists for b in below if b in ("ccomp", "xcomp", "obj", "obl", "acl", "nmod")
    }
    if act is not None:
        out |= {"act", f"act:{act.kind}", f"act:{act.kind}:{'sourced' if act.source else 'nobody'}"}
        out |= {f"act:{act.kind}:{n}" for n in lists}
    out |= _subject(tree, i, kind) | _around(tree, i, kind)
    for k in tree.kids(i, "ccomp", "xcomp", "acl", "advcl"):
        marks = [tree.low(m) for m in tree.kids(k, "mark")]
        out.add(f"clause:{tree.rels[k]}:{marks[0] if marks else 'bare'}")
    for k in tree.kids(i, "obl", "nmod"):
        if k > i:
            out |= {f"prep:{kind}:{tree.low(c)}" for c in tree.kids(k, "case")}
    return out


def _subject(tree: Tree, i: int, kind: str) -> set[str]:
    at = tree.subject(i) if kind != "NOUN" else next(iter(tree.kids(i, *SUBJECT, "nmod:poss")), None)
    if at is None:
        return {f"subject:{kind}:none"}
    own = "own" if at in tree.children[i] else "shared"
    token = tree.tokens[at]
    out = {f"subject:{kind}:{token.upos}", f"subject:{own}", "subject:" + ("before" if at < i else "behind")}
    if token.upos == "PRON":
        out.add("subject:" + tree.low(at))
    lemma = token.lemma.lower()
    for name, found in (
        ("people", people_nouns()),
        ("bodies", body_nouns()),
        ("polls", words("cues", "polls")),
        ("media", words("cues", "media")),
    ):
        if lemma in found or tree.low(at) in found:
            out.add(f"subject:{name}")
    return out


def _around(tree: Tree, i: int, kind: str) -> set[str]:
    out = set()
    for k in tree.kids(i, "aux", "cop", "mark", "advmod", "compound:prt"):
        out.add(
            f"{tree.rels[k]}:{tree.low(k)}"
            if tree.tokens[k].upos in ("AUX", "PART", "SCONJ", "ADP")
            else f"{tree.rels[k]}"
        )
    for name, k in (("before", i - 1), ("behind", i + 1)):
        token = tree.tokens[k] if 0 <= k < len(tree.tokens) else None
        shown = (
            "edge"
            if token is None
            else token.text.lower()
            if token.upos in ("ADP", "PUNCT", "SCONJ", "PART", "DET", "PRON")
            else token.upos
        )
        out |= {f"{name}:{shown}"}
    if tree.low(i).endswith(endings("participle")):
        out.add(f"ing:{kind}")
    head = tree.heads[i]
    if head >= 0:
        out.add(f"head:{kind}:{tree.tokens[head].upos}:{tree.rels[i]}")
    return out
