"""The side of the day of the report on which a date lies, from the verb that it hangs on.

English has no future tense: "the talks resume on Monday" is a timetable, "the talks resumed on Monday"
is done (Leech, Meaning and the English Verb, 1971). The words around a date (``times_tense``) do not
tell the two apart; the parse does.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from consilience.lexicons import endings, lexicon, pattern
from consilience.model import Sentence, Token
from consilience.spans import Span

DEPTH = 30  # steps up a tree at the most
NOUNS = frozenset(("NOUN", "PROPN", "PRON", "ADJ", "NUM"))
HELPERS = frozenset(("aux", "aux:pass", "cop"))


@cache
def _verbs() -> Mapping[str, frozenset[str]]:
    return {key: frozenset(text.split()) for key, text in lexicon("times")["verbs"].items()}


def verb_outlook(sentence: Sentence, text: str, place: Span) -> str | None:
    """ "past" or "future" by the verb on which the words at ``place`` hang; None where it does not say.

    ``text`` is the article's, ``place`` lies in ``sentence``.
    """
    tokens = sentence.tokens
    own = [i for i, t in enumerate(tokens) if t.start < place.end and t.end > place.start]
    if not own or all(t.head < 0 for t in tokens):
        return None
    lead = text[sentence.start : place.start]
    if pattern("times", "never_ahead").search(lead):
        return "past"
    head = next((i for i in own if tokens[i].head not in own), own[0])
    verb = _predicate(tokens, head)
    if verb is None:
        return None
    helpers = _helpers(tokens, verb)
    if pattern("times", "should_have_been").search(lead):
        return "past"
    if _moves(tokens, verb, lead) and not helpers & _verbs()["long_past"]:
        return "future"
    above = tokens[head].head
    loose = verb != head and above not in (-1, verb) and tokens[above].upos in NOUNS
    if loose or tokens[head].deprel.startswith("nmod"):
        return None  # of a noun: "Friday's price", "the ruling on Wednesday"
    return _by_tense(tokens, verb, helpers)


def _predicate(tokens: tuple[Token, ...], i: int) -> int | None:
    """The nearest word at or above ``i`` that is a clause's predicate."""
    for _ in range(DEPTH):
        below = {t.deprel for t in tokens if t.head == i}
        if tokens[i].upos in ("VERB", "AUX") or below & HELPERS or any(d.startswith("nsubj") for d in below):
            return i
        i = tokens[i].head
        if i < 0:
            return None
    return None


def _helpers(tokens: tuple[Token, ...], verb: int) -> frozenset[str]:
    return frozenset(
        t.text.lower().replace("’", "'") for t in tokens if t.head == verb and t.deprel in HELPERS
    )


def _moves(tokens: tuple[Token, ...], verb: int, lead: str) -> bool:
    """Whether a day is given to something by a verb in the past: "put back to", "called for", "from"."""
    word = tokens[verb]
    if word.upos != "VERB" or not _is_past(word):
        return False
    return bool(pattern("times", "to_day").search(lead)) or (
        word.lemma in _verbs()["decree"] and bool(pattern("times", "from_day").search(lead))
    )


def _is_past(word: Token) -> bool:
    low = word.text.lower()
    told = low in _verbs()["participles"] or low in lexicon("times")["outlook"]["past"]
    return told or low.endswith(endings("past"))


def _by_tense(tokens: tuple[Token, ...], verb: int, helpers: frozenset[str]) -> str | None:
    words = _verbs()
    if helpers & words["will"]:
        return "future"
    if helpers & words["behind"]:
        return None  # "was", "had": what else stands around decides
    if tokens[verb].lemma in words["tell"]:
        return None
    if helpers & words["now"]:
        return "future"
    word, marked = tokens[verb], any(t.head == verb and t.deprel == "mark" for t in tokens)
    if word.upos != "VERB" or helpers or word.deprel == "acl":
        return None
    if word.deprel == "xcomp" and word.head >= 0:
        return _by_governor(tokens, word.head)
    if marked:
        return None
    if _present(word):
        return "future"
    subject = any(t.head == verb and t.deprel.startswith("nsubj") for t in tokens)
    return (
        "past" if subject and _is_past(word) and word.lemma not in words["wish"] | words["decree"] else None
    )


def _by_governor(tokens: tuple[Token, ...], above: int) -> str | None:
    """By the word that an infinitive hangs on: "expect to discharge her on Tuesday", "was able to return"."""
    words, word = _verbs(), tokens[above]
    over = bool(_helpers(tokens, above) & words["behind"]) or (word.upos == "VERB" and _is_past(word))
    if word.lemma in words["wish"]:
        going = word.text.lower().endswith(endings("participle"))
        return "future" if going or _present(word) else None
    return "past" if over and word.lemma in words["managed"] else None


def _present(word: Token) -> bool:
    """Whether a verb without helpers stands in the simple present."""
    low = word.text.lower()
    if low == word.lemma:
        return low not in _verbs()["unchanged"]
    return low.endswith(endings("third_person")) and low not in _verbs()["behind"]
