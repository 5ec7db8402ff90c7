"""Who commits, and to whom: names and descriptions as the sentence prints them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from consilience.model import Analysis, Attribution
from consilience.spans import Span

NAME = re.compile(
    r"(?:[A-ZÀ-Þ][\w.’'-]*|of|the|for|and|de|van|von|der|al|bin|Ní)(?: (?:[A-ZÀ-Þ][\w.’'-]*|of|the|for|and|de|van|von|der|al|bin|Ní))*"
)
FIRST_PERSON = re.compile(r"\b(?:I|we|We|I['’](?:ll|m|ve)|[Ww]e['’](?:ll|re|ve)|our|my)\b")
PRONOUN = re.compile(r"\b(?:he|she|it|they|He|She|It|They)\b")
TO = re.compile(
    r"\b(?:to|for|with|against)\s+((?:the |each |every |all )?[^,.;:]{3,60}?)(?=[,.;:]| (?:by|in|on|at|from|after|before|until|over|if|unless|who|that|which|and)\b|$)"
)
HOLDERS = ("person", "organization")


def parties(
    analysis: Analysis, index: int, span: Span, attributions: Sequence[Attribution]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """``by`` and ``to`` of the commitment at ``span`` in sentence ``index``.

    The subject of the clause, where it is a name; for the first person and a pronoun the speaker of the
    words, else the holder named last before; empty where nobody is named.
    """
    text = analysis.article.text
    sentence = analysis.sentences[index]
    clause = span.of(text)
    speaker = next(
        (a.speaker.name for a in attributions if a.speaker and any(c.span.overlap(span) for c in a.content)),
        None,
    )
    holders = [n for n in analysis.names if n.type in HOLDERS]
    inside = [n.text for n in holders if span.covers(n.span)]
    before = [n.text for n in holders if n.sentence == index and n.end <= span.start]
    earlier = [n.text for n in holders if n.start < sentence.start and n.sentence >= index - 2]
    if FIRST_PERSON.search(clause) and speaker:
        by: list[str] = [speaker]
    elif inside and not PRONOUN.match(clause.lstrip('“"‘')):
        by = inside[:1]
    else:
        by = [x for x in (speaker, *before[-1:], *earlier[-1:]) if x][:1] or inside[:1]
    to = [
        n
        for n in inside
        if n not in by and re.search(rf"\b(?:to|for|with)\s+(?:the )?{re.escape(n)}", clause)
    ]
    return tuple(by), tuple(to[:2])
