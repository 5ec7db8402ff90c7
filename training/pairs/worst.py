"""How the shipped findings do over cases with the right origins given, and their worst errors.

    python -m training.pairs.worst CASES [CASES ...] [--most 20]

``CASES``: folders of cases (``benchmark/cases``). Printed are the pairs of places that were said with the
highest probability and are wrong, and places of one fact that were missed, the likest first.
"""

from __future__ import annotations

import argparse
import collections
import itertools
from dataclasses import dataclass
from pathlib import Path

import msgspec

from benchmark.score import score_counts, score_findings
from benchmark.tally import Placed, Said, Tally, overlaps
from consilience.findings import find, scores
from consilience.model import Finding, StoryReading
from training.pairs.compare import line
from training.pairs.gold import folders, gold_origins, load, reading, said


@dataclass(frozen=True, order=True)
class Fault:
    """``sure``: the probability of the pair of sentences that the two places stand in."""

    sure: float
    case: str
    kind: str
    one: str
    two: str


def _sentences(story: StoryReading, view: Said) -> list[Placed]:
    """Where each sentence of the story stands, as ``Scores.sentences`` counts them."""
    pieces = [
        msgspec.to_builtins(r.article.evidence(s.span))
        for r in sorted(story.readings, key=lambda r: r.article.id)
        for s in r.analysis.sentences
    ]
    return view.spans(pieces)


def faults(name: str, gold: dict, story: StoryReading, view: Said, found: tuple[Finding, ...]) -> list[Fault]:
    """Wrong and missed pairs of places of one case, each pair of sentences once."""
    sentences, likely = _sentences(story, view), scores.of(story).sentences
    wanted = [view.gold(f["evidence"]) for f in gold["findings"]]
    told = [view.spans(msgspec.to_builtins(f.evidence)) for f in found]

    def sure(a: Placed, b: Placed) -> tuple[float, tuple[int, ...]]:
        at = tuple(
            sorted(max(range(len(sentences)), key=lambda i: _shared(sentences[i], place)) for place in (a, b))
        )
        return likely.get(at, 0.0), at

    out: dict[tuple, Fault] = {}
    for kind, groups, others in (("wrong", told, wanted), ("missed", wanted, told)):
        for group in groups:
            marks = [{i for i, g in enumerate(others) if any(overlaps(s, o) for o in g)} for s in group]
            for (a, ma), (b, mb) in itertools.combinations(zip(group, marks, strict=True), 2):
                if a[0] == b[0] or ma & mb:
                    continue
                p, at = sure(a, b)
                words = [view.articles[x[0]][1].text[x[1] : x[2]] for x in (a, b)]
                out.setdefault((kind, at), Fault(p, name, kind, *words))
    return list(out.values())


def _shared(a: Placed, b: Placed) -> int:
    return min(a[2], b[2]) - max(a[1], b[1]) if a[0] == b[0] else -(10**9)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("cases", type=Path, nargs="+")
    parser.add_argument("--most", type=int, default=20)
    options = parser.parse_args()
    tallies: dict[str, Tally] = collections.defaultdict(Tally)
    wrong: list[Fault] = []
    every = {f.name: f for root in options.cases for f in folders(root)}  # a case may lie in two places
    for folder in every.values():
        story, case = reading(folder), load(folder)
        articles = [r.article for r in story.readings]
        facts = find.find_findings(story, gold_origins(case, articles))
        view = said(case, articles, [{"findings": msgspec.to_builtins(facts), "articles": []}])
        score_findings(case.gold, view, tallies)
        score_counts(case.gold, view, tallies)
        wrong += faults(folder.name, case.gold, story, view, facts)
    print(line(tallies))
    for kind in ("wrong", "missed"):
        print(f"\n{kind}:")
        for f in sorted((f for f in wrong if f.kind == kind), reverse=True)[: options.most]:
            print(f"{f.sure:.2f} {f.case} | {f.one[:150]} ~ {f.two[:150]}")


if __name__ == "__main__":
    main()
