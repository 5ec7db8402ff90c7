"""What a figure counts or measures, from the parse: "people killed", "fine", "turnout", "defence cost"."""

from __future__ import annotations

from consilience.lexicons import lexicon
from consilience.model import Sentence, Token
from consilience.spans import Span

CUT = (
    "acl",
    "appos",
    "parataxis",
    "advcl",
    "ccomp",
    "conj",
    "cc",
    "punct",
    "dep",
    "nummod",
    "det",
    "case",
    "nmod:poss",
)
LONGEST = 7  # words of a noun phrase that is shown


def what_of(sentence: Sentence, place: Span, kind: str) -> str:
    """A short phrase of the sentence's own words; '' where there is no parse or it says nothing.

    A count gives the thing counted with the verb that it is subject or object of; other figures give
    the noun that they belong to, else the subject and the verb of which they are told.
    """
    tokens = sentence.tokens
    inside = [i for i, t in enumerate(tokens) if place.start <= t.start < place.end]
    tops = [i for i in inside if tokens[i].head >= 0 and tokens[i].head not in inside]
    root = [i for i in inside if tokens[i].head < 0 and any(t.head == i for t in tokens)]
    if kind == "age" or not (tops or root):
        return "age" if kind == "age" else ""
    top = _noun_of(tokens, inside, (root or tops)[0] if kind != "count" else (tops or root)[-1])
    return _counted(tokens, top, inside) if kind == "count" else _measured(tokens, top, inside)


def _noun_of(tokens: tuple[Token, ...], inside: list[int], top: int) -> int:
    """The noun that a number hangs on, where the figure's words end before it ('20 tanker | trucks')."""
    if tokens[top].deprel.startswith(("nummod", "compound", "amod", "det")) and tokens[top].head >= 0:
        return tokens[top].head
    return top


def _counted(tokens: tuple[Token, ...], top: int, inside: list[int]) -> str:
    if total := _total(tokens, top, inside):
        return total
    noun = _phrase(tokens, top)
    parent, relation = tokens[top].head, tokens[top].deprel
    if parent >= 0 and tokens[parent].upos == "VERB" and relation.startswith(("nsubj", "obj")):
        return f"{noun} {tokens[parent].text}".strip()
    if parent >= 0 and relation.startswith("nsubj"):  # "74 soldiers were in custody"
        case = [t.text for t in tokens if t.head == parent and t.deprel == "case"]
        return " ".join([noun, *case[:1], tokens[parent].text]).strip()
    behind = [
        i for i, t in enumerate(tokens) if t.head == top and t.deprel.startswith(("nmod", "acl")) and i > top
    ]
    if behind and tokens[behind[0]].deprel.startswith("nmod"):
        case = [t.text for t in tokens if t.head == behind[0] and t.deprel == "case"]
        return " ".join([noun, *case[:1], _phrase(tokens, behind[0])]).strip()
    if behind:
        return f"{noun} {tokens[behind[0]].text}".strip()
    return noun


def _total(tokens: tuple[Token, ...], top: int, inside: list[int]) -> str:
    """What a bare number counts by its verb: "the number of people known to have died has risen to 27",
    "put the death toll at 27"; '' for any other."""
    parent = tokens[top].head
    if tokens[top].upos != "NUM" or parent < 0 or any(tokens[i].upos == "NOUN" for i in inside):
        return ""
    totals = lexicon("numbers")["no_figure"]["totals"]
    for relation in ("nsubj", "obj"):
        held = _child(tokens, parent, relation)
        if held is None or tokens[held].lemma.lower() not in totals:
            continue
        of = next((i for i, t in enumerate(tokens) if t.head == held and t.deprel == "nmod"), None)
        return _phrase(tokens, held) if of is None else _with_verbs(tokens, of)
    return ""


def _with_verbs(tokens: tuple[Token, ...], noun: int) -> str:
    """A noun phrase and what is said to happen to it, right behind it: "people known to have died"."""
    parts, at = [_phrase(tokens, noun)], noun
    for i in range(noun + 1, min(noun + LONGEST, len(tokens))):
        if tokens[i].upos not in ("VERB", "AUX", "PART") or not _hangs_on(tokens, i, noun):
            break
        at = i
    return " ".join([*parts, *(t.text for t in tokens[noun + 1 : at + 1])])


def _hangs_on(tokens: tuple[Token, ...], i: int, head: int) -> bool:
    """Whether token ``i`` stands in the subtree of ``head``, a few steps down at most."""
    for _ in range(LONGEST):
        i = tokens[i].head
        if i == head or i < 0:
            return i == head
    return False


def _measured(tokens: tuple[Token, ...], top: int, inside: list[int]) -> str:
    for _ in range(3):  # "300,000 taka ($2,450)": what it is of stands beside the first amount
        parent = tokens[top].head
        if parent < 0 or not _amount(tokens, parent):
            break
        top = parent
    parent, relation = tokens[top].head, tokens[top].deprel
    subject = _child(tokens, top, "nsubj")
    if subject is not None and subject not in inside:  # "turnout was 61.8 per cent"
        return _phrase(tokens, subject)
    if parent < 0:
        return ""
    if relation.startswith("nsubj"):
        return f"{tokens[parent].text}"
    if relation.startswith(("nmod", "compound", "amod", "appos")) and tokens[parent].upos in (
        "NOUN",
        "PROPN",
    ):
        return _phrase(tokens, parent)
    subject = _child(tokens, parent, "nsubj")
    verb = tokens[parent].text if tokens[parent].upos == "VERB" else ""
    thing = _child(tokens, parent, "obj") if relation != "obj" else None
    parts = [_phrase(tokens, k) for k in (subject,) if k is not None] + [verb]
    parts += [_phrase(tokens, k) for k in (thing,) if k is not None and k not in inside]
    return " ".join(p for p in parts if p)


def _amount(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a token is a number or a currency."""
    money = lexicon("numbers")["currency_names"]
    token = tokens[index]
    return (
        token.upos in ("NUM", "SYM")
        or token.text.lower() in money
        or token.text in lexicon("numbers")["currency_signs"]
    )


def _child(tokens: tuple[Token, ...], head: int, relation: str) -> int | None:
    return next((i for i, t in enumerate(tokens) if t.head == head and t.deprel.startswith(relation)), None)


def _phrase(tokens: tuple[Token, ...], head: int) -> str:
    """The noun with what stands before it, without articles, numbers, clauses and phrases behind it."""
    keep = {head}
    for i in range(head - 1, max(-1, head - LONGEST), -1):
        if (
            tokens[i].head in keep
            and not tokens[i].deprel.startswith(CUT)
            and tokens[i].upos not in ("NUM", "PUNCT", "DET")
        ):
            keep.add(i)
        elif tokens[i].deprel != "punct":
            break
    for i in range(head + 1, min(len(tokens), head + 3)):
        if tokens[i].head == head and tokens[i].deprel in ("flat", "fixed", "compound"):
            keep.add(i)
    return " ".join(tokens[i].text for i in sorted(keep))
