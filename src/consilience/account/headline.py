"""The headline of an account: the best of the outlets' own, and whose it is."""

from __future__ import annotations

from collections.abc import Sequence

from consilience.lexicons import pattern
from consilience.model import Article, Finding, Headline
from consilience.phrases import published_key
from consilience.words import rarity, words_of

LENGTH = (5, 18)  # words: a shorter headline says too little, a longer one is a standfirst
# What a headline loses that does not tell the event itself ("aside" of the lexicon "brief"): as much as a
# quarter of the words shared with the findings.
COST = 0.25
AGREED = 0.5  # weight of what the other outlets' titles say too: the event, not one day's turn of it


def choose(articles: Sequence[Article], findings: Sequence[Finding]) -> Headline | None:
    """The title that says most of what the weightiest findings say, in its outlet's words.

    Ties go to the earlier report. None where no article has a title.
    """
    wanted: dict[str, float] = {}
    for finding in sorted(findings, key=lambda f: (-f.weight, f.id))[:20]:
        spread = len({e.article for e in finding.evidence})
        for key in {w.key for e in finding.evidence for w in words_of(e.text)}:
            wanted[key] = wanted.get(key, 0.0) + spread * rarity(key)
    titled = [a for a in sorted(articles, key=published_key) if a.title and a.title.strip()]
    if not titled:
        return None
    theme = [{w.key for w in words_of(a.title or "")} for a in titled]
    best = max(titled, key=lambda a: _worth(a.title or "", wanted) + AGREED * _agreed(a.title or "", theme))
    return Headline(text=(best.title or "").strip(), article=best.id, outlet=best.outlet)


def _agreed(title: str, titles: Sequence[set[str]]) -> float:
    """Part of a title's words, by how rare they are, that the average other title has too."""
    keys = {w.key for w in words_of(title)}
    others = max(1, len(titles) - 1)
    shared = sum(rarity(k) * (sum(k in t for t in titles) - 1) for k in keys)
    return shared / others / (sum(rarity(k) for k in keys) or 1.0)


def _worth(title: str, wanted: dict[str, float]) -> float:
    words = words_of(title)
    shared = sum(wanted.get(key, 0.0) for key in {w.key for w in words})
    total = sum(sorted(wanted.values(), reverse=True)[: LENGTH[1]]) or 1.0
    worth = shared / total
    if pattern("brief", "aside").search(title) or title.isupper():
        worth -= COST
    if not LENGTH[0] <= len(words) <= LENGTH[1]:
        worth -= COST
    return worth
