"""Which findings say much the same in the same places: a reader is shown one, and the rest under it.

A sentence and a clause of it can both be findings, each with its own count of witnesses, and both are
right. Shown side by side they read as repetition. Here the later one is told to be part of the earlier.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from consilience.model import Finding
from consilience.spans import Span

INSIDE = 0.5  # part of the shorter of two places that the other holds
ALIKE = 0.3  # and of the longer: a small fact inside a long sentence is a fact of its own
FEW = 6  # words up to which it is no fact to be read by itself, but under the sentence that holds it
MOSTLY = 0.6  # part of a finding's articles in which it stands in an earlier one's places


def folded(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings, in their order, with ``part_of`` set where an earlier one says much the same, else null.

    Only findings of several articles fold, and only into one that is itself not part of another: where
    most of its places are alike (or, of a few words, lie inside), or where both would be told in the same
    words. Of several that would do, the one with the most articles in common, then the first.
    """
    heads: dict[str, list[tuple[Span, int]]] = defaultdict(list)  # article -> place, index of the finding
    out = []
    for index, finding in enumerate(findings):
        head = None if finding.status == "single" else _head(finding, heads)
        part_of = None if head is None else findings[head].id
        out.append(
            finding if finding.part_of == part_of else msgspec.structs.replace(finding, part_of=part_of)
        )
        if head is None and finding.status != "single":
            for piece in finding.evidence:
                heads[piece.article].append((piece.span, index))
    return tuple(out)


def _head(finding: Finding, heads: dict[str, list[tuple[Span, int]]]) -> int | None:
    """The index of the earlier finding in whose places most of this one stands."""
    shared: dict[int, set[str]] = defaultdict(set)
    alike = ALIKE if len(finding.text.split()) > FEW else 0.0
    for piece in finding.evidence:
        for span, index in heads.get(piece.article, ()):
            both = piece.span.overlap(span)
            short, long = sorted((len(piece.span), len(span)))
            if both >= INSIDE * short and both >= alike * long and both:
                shared[index].add(piece.article)
            if piece == finding.canonical and span == piece.span and both:
                shared[index].update(p.article for p in finding.evidence)
    wanted = MOSTLY * len({p.article for p in finding.evidence})
    fits = [(-len(articles), index) for index, articles in shared.items() if len(articles) >= wanted]
    return min(fits)[1] if fits else None
