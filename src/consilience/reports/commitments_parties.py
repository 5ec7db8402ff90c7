"""Who commits, and to whom: names and descriptions as the sentence prints them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from consilience.lexicons import endings, grammar, lexicon, pattern
from consilience.model import Analysis, Attribution, Name, Sentence, Token
from consilience.reports.commitments_features import kinds
from consilience.reports.commitments_syntax import Act, acts, subtree
from consilience.reports.layout import prepare
from consilience.reports.words import body_nouns, people_nouns
from consilience.spans import Span

HOLDERS = ("person", "organization")
FARTHEST = 2  # sentences back in which a pronoun finds its holder


def parties(
    analysis: Analysis, index: int, span: Span, attributions: Sequence[Attribution]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """``by`` and ``to`` of the commitment at ``span`` in sentence ``index``; each may be empty.

    By: the subject of the act that commits; for a pronoun, the first person and a passive without an
    agent, the speaker of the words, else the person or body named last before. To: who the act's
    objects and "to", "for" and "with" phrases name.
    """
    told = [a for a in attributions if any(c.span.overlap(span) for c in a.content)]
    speaker = next((a.speaker.name for a in told if a.speaker), None)
    speaker = speaker or next((a.source.text for a in told if a.source), None)
    act = committing(analysis, index, span)
    by = _by(analysis, index, span, act, speaker)
    to = _to(analysis, index, act) if act else ()
    return (by,) if by else (), tuple(n for n in to if n != by)


@cache
def _subjects(kind: str) -> frozenset[str]:
    return frozenset(lexicon("commitments")["subjects"][kind])


def committing(analysis: Analysis, index: int, span: Span) -> Act | None:
    """The act that commits: the first with an explicit verb, with an auxiliary, else the first."""
    found = acts(analysis, index, span)
    tokens = analysis.sentences[index].tokens
    stems = _stems("pledged", "agreed", "refused", "signed")
    explicit = [a for a in found if tokens[a.verb].text.lower().startswith(stems)]
    modal = [a for a in found if not grammar("committing").isdisjoint(a.auxiliaries) and not a.passive]
    return (explicit or modal or found or [None])[0]


@cache
def _stems(*statuses: str) -> tuple[str, ...]:
    """The stems of the single words that name the act itself; of all statuses where none is given."""
    explicit = lexicon("commitments")["explicit"]
    return tuple(p.rstrip("*") for k in statuses or explicit for p in explicit[k] if " " not in p)


def _by(analysis: Analysis, index: int, span: Span, act: Act | None, speaker: str | None) -> str | None:
    text, sentence = analysis.article.text, analysis.sentences[index]
    names = [n for n in analysis.names if n.sentence == index and n.type in HOLDERS]
    if act is None:  # no parse
        inside = [n.text for n in names if span.covers(n.span)]
        if pattern("commitments", "speaks_for_himself").search(span.of(text)) or not inside:
            return speaker or (inside[0] if inside else None)
        return inside[0]
    done_to = act.passive or _participle(sentence, act)
    if done_to and not _subject_acts(analysis, index, act):
        return _agent(analysis, index, act) or speaker
    if act.subject is None:
        return speaker or (names[0].text if names else None)
    token = sentence.tokens[act.subject]
    low = token.text.lower()
    if low in _subjects("first") | _subjects("nobody"):
        return speaker
    if low in _subjects("pronouns") or token.upos == "PRON":
        meant = _meant(analysis, token)
        return speaker or meant or _nearest_actor(analysis, index, act.subject) or _earlier(analysis, index)
    if _name_at(names, token.start) or _actor(token) or _says_so(sentence, act):
        return _phrase(analysis, index, act.subject)
    return speaker


def _participle(sentence: Sentence, act: Act) -> bool:
    """Whether the act is done to the noun that it stands behind ("with silence ordered for an hour")."""
    token = sentence.tokens[act.verb]
    return (
        token.deprel.startswith("acl")
        and token.text.lower().endswith(endings("past"))
        and not act.auxiliaries
    )


def _subject_acts(analysis: Analysis, index: int, act: Act) -> bool:
    """Whether a passive is one in form only ("is prepared to pay", "would not be drawn") of somebody."""
    tokens = analysis.sentences[index].tokens
    lemma = tokens[act.verb].lemma.lower()
    leads = any(t.head == act.verb and t.deprel == "xcomp" for t in tokens)
    form = lemma in _subjects("acting") or leads and lemma in _subjects("acting_to")
    if not form or act.subject is None:
        return False
    token = tokens[act.subject]
    return token.upos == "PRON" or _somebody(analysis, token)


def _meant(analysis: Analysis, pronoun: Token) -> str | None:
    """Whom a pronoun stands for, by the reading of the article's quotes; None where it is nobody by name."""
    cast = prepare(analysis).cast
    mention = next((m for m in cast.mentions if m.start == pronoun.start and m.kind == "pronoun"), None)
    speaker = cast.who(mention)[0] if mention else None
    return speaker.name if speaker and cast.named(speaker.name) else None


def _says_so(sentence: Sentence, act: Act) -> bool:
    """Whether the verb names the act itself (promise, refuse, threaten), which only somebody can do."""
    return not act.passive and sentence.tokens[act.verb].text.lower().startswith(_stems())


def _nearest_actor(analysis: Analysis, index: int, before: int) -> str | None:
    """The name or noun for somebody that is a subject before token ``before`` of the sentence."""
    tokens = analysis.sentences[index].tokens
    for i in range(before - 1, -1, -1):
        named = _name_at(analysis.names, tokens[i].start)
        if tokens[i].deprel.startswith("nsubj") and tokens[i].upos != "PRON" and (named or _actor(tokens[i])):
            return _phrase(analysis, index, i)
    return None


def _actor(token: Token) -> bool:
    """Whether a noun is somebody who can commit: a body, an office, a trade."""
    low = token.lemma.lower()
    return low.endswith(tuple(_subjects("agents"))) or bool(kinds([low], "actors"))


def _somebody(analysis: Analysis, token: Token) -> bool:
    """Whether a noun is a name of somebody or a word for people and bodies."""
    name = _name_at(analysis.names, token.start)
    low = token.text.lower()
    return (
        bool(name and name.type in (*HOLDERS, "place"))
        or _actor(token)
        or low in people_nouns() | body_nouns()
    )


def _earlier(analysis: Analysis, index: int) -> str | None:
    """The person or body named last in the sentences before."""
    found = [n for n in analysis.names if index - FARTHEST <= n.sentence < index and n.type in HOLDERS]
    return found[-1].text if found else None


def _phrase(analysis: Analysis, index: int, head: int) -> str | None:
    """The name that the token is part of, else its noun phrase as printed, without what hangs on it."""
    token = analysis.sentences[index].tokens[head]
    name = _name_at(analysis.names, token.start)
    if name:
        return name.text
    tokens = analysis.sentences[index].tokens
    below = subtree(analysis.sentences[index], head)
    first, last = head, head
    while first - 1 in below and head - first < 6 and tokens[first - 1].deprel != "case":
        first -= 1
    while last + 1 in below and last - head < 6:
        last += 1
    return analysis.article.text[tokens[first].start : tokens[last].end]


def _name_at(names: Sequence[Name], at: int) -> Name | None:
    return next((n for n in names if n.start <= at < n.end), None)


def _agent(analysis: Analysis, index: int, act: Act) -> str | None:
    """The 'by' phrase of a passive."""
    tokens = analysis.sentences[index].tokens
    by = {t.head for t in tokens if t.deprel == "case" and t.text.lower() in grammar("agent")}
    for i, token in enumerate(tokens):
        if i in by and token.head == act.verb and token.deprel.startswith("obl"):
            if token.lemma.lower() in _subjects("means"):  # by order of the minister
                i = next((k for k, t in enumerate(tokens) if t.head == i and t.deprel == "nmod"), i)
            if _somebody(analysis, tokens[i]):  # and neither "by Friday" nor "by a week"
                return _phrase(analysis, index, i)
    return None


def _to(analysis: Analysis, index: int, act: Act) -> tuple[str, ...]:
    """Indirect objects, and 'to', 'for' and 'with' phrases whose head is a name or a group of people."""
    tokens = analysis.sentences[index].tokens
    verbs = {act.verb} | {
        i for i, t in enumerate(tokens) if t.head == act.verb and t.deprel in ("xcomp", "ccomp")
    }
    verbs |= {i for i, t in enumerate(tokens) if t.head in verbs and t.deprel in ("obj", "xcomp")}
    out = []
    for i, token in enumerate(tokens):
        if token.head not in verbs or token.upos not in ("NOUN", "PROPN"):
            continue
        case = {t.text.lower() for t in tokens if t.head == i and t.deprel == "case"}
        indirect = token.deprel == "iobj"
        phrase = token.deprel.startswith(("obl", "nmod")) and case & grammar("recipient")
        name = _name_at(analysis.names, token.start)
        person = (name and name.type in HOLDERS) or token.lemma.lower() in lexicon("commitments")[
            "recipients"
        ]["words"]
        if person and (indirect or phrase):
            found = _phrase(analysis, index, i)
            if found:
                out.append(found)
    return tuple(dict.fromkeys(out))[:2]
