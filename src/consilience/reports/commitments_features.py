"""What a sentence shows of a commitment: words in their order, kinds of cues, who speaks, dates and amounts.

Names, numbers and dates are masked, so that what is learnt from one story serves another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from consilience.lexicons import lexicon
from consilience.spans import Span

WORD = re.compile(r"[^\W\d_]+(?:['’](?:ll|t|s|ve|re|d|m)\b)?|\d[\d.,]*|[“”\"?!:,;]")
LONGEST = 3  # words of a word sequence


def masked(text: str, dates: Sequence[Span] = (), sums: Sequence[Span] = ()) -> list[str]:
    """The words of a sentence, lower case; names, numbers, dates and amounts of money as one mask each.

    ``dates`` and ``sums`` are places in ``text``, sorted.
    """
    out: list[str] = []
    for match in WORD.finditer(text):
        word, at = match.group(), match.start()
        mask = None
        if dates and any(s.start <= at < s.end for s in dates):
            mask = "DATE"
        elif sums and any(s.start <= at < s.end for s in sums):
            mask = "SUM"
        elif word[0].isdigit():
            mask = "NUM"
        elif word[0].isupper() and at > 0 and word not in ("I", "I’ll", "I'll", "I’m", "I'm", "I’ve", "I've"):
            mask = "NAME"
        if mask is None:
            out.append(word.lower().replace("’", "'"))
        elif not out or out[-1] != mask:
            out.append(mask)
    return out


@cache
def _patterns(table: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    out = []
    for kind, phrases in lexicon("commitments")[table].items():
        parts = [re.escape(p).replace(r"\ \*\ ", r" (?:\S+ ){0,4}").replace(r"\*", r"\w*") for p in phrases]
        out.append((kind, re.compile(rf"(?<!\S)(?:{'|'.join(parts)})(?!\w)")))
    return tuple(out)


def cues(words: Sequence[str]) -> list[tuple[str, str]]:
    """The cues among the masked words: (kind, the words that match)."""
    line = " ".join(words)
    return [(kind, m.group()) for kind, pattern in _patterns("cues") for m in pattern.finditer(line)]


def kinds(words: Sequence[str], table: str) -> set[str]:
    """The kinds of ``table`` (acts, actors) of which the words have one."""
    line = " ".join(words)
    return {kind for kind, pattern in _patterns(table) if pattern.search(line)}


def features(words: Sequence[str], *, heading: bool, place: float) -> set[str]:
    """The features of a sentence of masked ``words``; ``place``: how far down the article, 0 to 1."""
    out = {"w:" + w for w in words}
    for n in range(2, LONGEST + 1):
        out |= {f"{n}:" + "_".join(words[i : i + n]) for i in range(len(words) - n + 1)}
    found = {kind for kind, _ in cues(words)}
    out |= {"cue:" + kind for kind in found}
    acts, actors = kinds(words, "acts"), kinds(words, "actors")
    out |= {"act:" + act for act in acts} | {"actor:" + actor for actor in actors}
    out |= {f"{kind}+{act}" for kind in found for act in acts}
    out |= {f"{act}+{actor}" for act in acts for actor in actors}
    explicit = kinds(words, "explicit")
    out |= {"says:" + kind for kind in explicit} | {"says " + "+".join(sorted(explicit))}
    person = any(w in lexicon("commitments")["first_person"]["words"] for w in words)
    if person:
        out |= {"I"} | {"I+" + kind for kind in found}
    if "DATE" in words:
        out |= {"D"} | {"D+" + kind for kind in found}
    if "SUM" in words:
        out |= {"S"} | {"S+" + kind for kind in found}
    if words:
        out |= {"first:" + words[0], "first2:" + "_".join(words[:2])}
        out.add("quote" if words[0] in '“"' else "plain")
    out.add("heading" if heading else "body")
    out.add(f"place{min(5, int(6 * place))}")
    out.add(f"long{min(len(words) // 8, 5)}")
    return out
