"""The grounds of an origin, and of a doubt, in plain phrases."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from consilience.model import Passage
from consilience.origins.credits import credit_of, family_of, is_anonymous, same_house
from consilience.origins.direction import first_of
from consilience.origins.reports import Report, label
from consilience.phrases import POSSIBLY

KINDS = ("verbatim", "edited", "paraphrased", "translated")


def grounds(
    members: Sequence[Report], why: Sequence[Passage], share: dict[str, float], sure: bool
) -> tuple[str, ...]:
    """Why several reports are one origin, the strongest ground first."""
    articles = [r.article for r in members]
    out = []
    counts = {kind: sum(p.kind == kind for p in why) for kind in KINDS}
    told = [f"{n} {kind}" for kind, n in counts.items() if n]
    if told:
        least = round(100 * min(share.values()))
        out.append(f"passages that correspond: {', '.join(told)}; at least {least} % of each text is shared")
    credits = [c for c in map(credit_of, articles) if c and not is_anonymous(c)]
    for name in sorted(set(credits)):
        naming = sum(same_house(name, credit_of(a)) or same_house(name, a.outlet) for a in articles)
        if naming > 1:
            out.append(f"{naming} of the {len(articles)} name {name}")
    families = [family_of(a.outlet) for a in articles]
    out += [f"outlets of one house: {f}" for f in sorted({f for f in families if f}) if families.count(f) > 1]
    if not sure:
        out.append("possibly from one source: the likeness alone does not settle it")
    return tuple(out)


def doubts(
    group: Sequence[int],
    groups: Sequence[Sequence[int]],
    reports: Sequence[Report],
    chances: np.ndarray,
    least: float,
) -> tuple[str, ...]:
    """What speaks against counting this origin as independent of another, short of proof, and which of the
    two came first."""
    out = []
    for other in groups:
        if list(other) == list(group):
            continue
        mean = float(np.mean(chances[np.ix_(group, other)]))
        if mean >= least:
            names = ", ".join(label(reports[i].article) for i in other)
            _, order = first_of([reports[i] for i in (*group, *other)], {})
            out.append(f"{POSSIBLY}{names}: much is told alike, short of proof; {order}")
    return tuple(out)
