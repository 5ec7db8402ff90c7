"""Attribution in whole news articles: PolNeAR's development part (political news, every attribution).

Exact: a role of one attribution has just the gold words (white space, quotation marks and closing
punctuation at the edges apart). Overlap: the share of the words of each span that the best span of
the other side has (intersection precision and recall of Johansson and Moschitti, Computational
Linguistics 39(3), 2013). Token: micro-F1 over (word, role).
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmark.rows import Row
from consilience.model import Article, Attribution, Completeness

ROLES = ("source", "cue", "content")
_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")
Words = frozenset[int]  # starts of the words of a role


def documents(path: Path) -> list[dict[str, Any]]:
    """The articles of one file of the set."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _starts(text: str, spans: Iterable[Sequence[int]]) -> Words:
    return frozenset(m.start() for a, b in spans for m in _WORD.finditer(text, a, b))


def gold_roles(document: dict[str, Any]) -> list[dict[str, Words]]:
    """The words of each role of each attribution."""
    return [{r: _starts(document["text"], a.get(r, ())) for r in ROLES} for a in document["attributions"]]


def said_roles(text: str, attributions: Iterable[Attribution]) -> list[dict[str, Words]]:
    """The same of what the program says."""
    out = []
    for a in attributions:
        spans = {
            "source": [a.source] if a.source else [],
            "cue": [a.cue] if a.cue else [],
            "content": a.content,
        }
        out.append({r: _starts(text, [(e.start, e.end) for e in spans[r]]) for r in ROLES})
    return out


def _f1(right_said: float, said: float, right_gold: float, gold: float) -> float:
    p = right_said / said if said else 0.0
    r = right_gold / gold if gold else 0.0
    return 2 * p * r / (p + r) if p + r else 0.0


def _best(units: Sequence[Words], others: Sequence[Words]) -> float:
    return sum(max((len(u & o) / len(u) for o in others), default=0.0) for u in units)


def scores(pairs: Sequence[tuple[list[dict[str, Words]], list[dict[str, Words]]]]) -> dict[str, float]:
    """F1 by name over (said, gold) of each article."""
    out: dict[str, float] = {}
    tokens = [0, 0, 0]
    for role in ROLES:
        exact, soft = [0.0] * 4, [0.0] * 4
        for said, gold in pairs:
            s, g = [u[role] for u in said if u[role]], [u[role] for u in gold if u[role]]
            for tally, right_s, right_g in (
                (exact, sum(x in g for x in s), sum(x in s for x in g)),
                (soft, _best(s, g), _best(g, s)),
            ):
                for i, v in enumerate((right_s, len(s), right_g, len(g))):
                    tally[i] += v
            all_s, all_g = frozenset().union(*s), frozenset().union(*g)
            tokens = [tokens[0] + len(all_s & all_g), tokens[1] + len(all_s), tokens[2] + len(all_g)]
        out[f"{role}, exact"], out[f"{role}, overlap"] = _f1(*exact), _f1(*soft)
    out["content with the right source"] = _f1(*_sourced(pairs))
    out["words, all roles"] = _f1(tokens[0], tokens[1], tokens[0], tokens[2])
    return out


def _sourced(pairs: Sequence[tuple[list[dict[str, Words]], list[dict[str, Words]]]]) -> list[float]:
    """Contents that share at least half of their words with a gold one whose source shares a word."""
    tally = [0.0] * 4

    def hit(a: dict[str, Words], b: dict[str, Words]) -> bool:
        shared = len(a["content"] & b["content"])
        return 2 * shared >= max(1, min(len(a["content"]), len(b["content"]))) and bool(
            a["source"] & b["source"]
        )

    for said, gold in pairs:
        s, g = ([u for u in side if u["source"] and u["content"]] for side in (said, gold))
        for i, v in enumerate(
            (
                sum(any(hit(x, y) for y in g) for x in s),
                len(s),
                sum(any(hit(x, y) for x in s) for y in g),
                len(g),
            )
        ):
            tally[i] += v
    return tally


def measure(
    data: Path,
    verbose: bool = False,
    read: Callable[[list[Article]], list[tuple[Attribution, ...]]] | None = None,
) -> list[Row]:
    """Rows over ``data/attribution/polnear-dev.jsonl.gz``; ``read`` replaces the program's own reading."""
    found = documents(data / "attribution" / "polnear-dev.jsonl.gz")
    articles = [
        Article(id=d["id"], source=d["id"], text=d["text"], completeness=Completeness("whole")) for d in found
    ]
    said = (read or _read)(articles)
    pairs = [(said_roles(d["text"], a), gold_roles(d)) for d, a in zip(found, said, strict=True)]
    if verbose:
        for d, attributions in zip(found, said, strict=True):
            for a in attributions:
                print(
                    d["id"],
                    *(e.text if e else "-" for e in (a.source, a.cue)),
                    *(c.text for c in a.content),
                    sep=" | ",
                )
    count = sum(len(gold) for _, gold in pairs)
    notes = {
        "words, all roles": "CRF .686",
        "source, overlap": "goal .80",
        "cue, overlap": "goal .80",
        "content, overlap": "goal .80",
        "source, exact": "goal .70",
        "cue, exact": "goal .74",
        "content, exact": "goal .55",
    }
    return [
        Row(f"attribution (PolNeAR dev): {k}", v, count, notes.get(k, "")) for k, v in scores(pairs).items()
    ]


def _read(articles: list[Article]) -> list[tuple[Attribution, ...]]:
    from consilience import language, reports

    return [reports.read(a).attributions for a in language.analyse(articles)]
