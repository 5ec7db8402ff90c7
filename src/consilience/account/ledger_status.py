"""Where a commitment stands by now: the latest status that its evidence supports, and the earlier ones.

A commitment is a chain of statuses over the days on which it was reported; what the mentions of a day
say is what is seen of it. The status is the likeliest one of the last day (forward algorithm) and the
earlier ones are those of the likeliest way there (Viterbi), after Rabiner, A tutorial on hidden Markov
models (1989). So one late mention that is doubtful does not overturn ten earlier ones, and a clear late
one does.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import get_args

import numpy as np

from consilience.model import CommitmentMention, CommitmentStatus, Reading

STATUSES: tuple[CommitmentStatus, ...] = get_args(CommitmentStatus)
STAYS = 0.8  # chance that a status is the same on the next day of reports; .7 to .95 are alike on stories
BACK = 0.2  # a step to a status that binds less is this much as likely as one to a status that binds more
TRUST = 1.0  # weight of what the mentions of a day say; below it a clear late change is not believed
UNSAID = 0.01  # chance of a status that a mention does not list (those under one in twenty are left out)
BINDS: dict[CommitmentStatus, int] = {  # how far each goes; a refusal may follow and be followed by any
    "stated": 0,
    "planned": 1,
    "announced": 2,
    "pledged": 2,
    "agreed": 3,
    "signed": 4,
    "under way": 5,
}


def steps() -> np.ndarray:
    """Chances (from, to) of the status of the next day of reports."""
    n = len(STATUSES)
    out = np.ones((n, n))
    for i, a in enumerate(STATUSES):
        for j, b in enumerate(STATUSES):
            if a in BINDS and b in BINDS and BINDS[b] < BINDS[a]:
                out[i, j] = BACK
        out[i, i] = 0.0
    out *= (1.0 - STAYS) / out.sum(axis=1, keepdims=True)
    np.fill_diagonal(out, STAYS)
    return out


def day(reading: Reading, mention: CommitmentMention) -> str:
    """The ISO date that a mention speaks of: the last date before its article's that its clause names
    ("had promised it in March"), else the article's own; "9999" where that is not known."""
    reference = (reading.reference or reading.article.published or "")[:10]
    if not reference:
        return "9999"
    place = mention.evidence.span
    past = [
        t.start[:10]
        for t in reading.times
        if place.covers(t.evidence.span) and t.precision == "day" and t.start[:10] < reference
    ]
    return max(past, default=reference)


def seen(mentions: Sequence[CommitmentMention]) -> np.ndarray:
    """How well the mentions of one day go with each status, as logarithms of shape (statuses)."""
    rows = []
    for mention in mentions:
        chances = mention.chances or {mention.status: 1.0}
        row = np.array([chances.get(s, UNSAID) for s in STATUSES])
        rows.append(np.log(row / row.sum()))
    # several mentions count as the root of their number: many of them are copies of each other
    return TRUST * np.mean(rows, axis=0) * len(rows) ** 0.5


def settled(
    mentions: Sequence[tuple[Reading, CommitmentMention]],
) -> tuple[CommitmentStatus, tuple[CommitmentStatus, ...]]:
    """The status by now, and the earlier ones in their order, of one commitment's mentions (any order)."""
    dated = sorted(((day(r, m), m) for r, m in mentions), key=lambda d: (d[0], d[1].evidence.article))
    logs = [seen([m for _, m in group]) for _, group in groupby(dated, key=lambda d: d[0])]
    step = np.log(steps())
    ahead, best = logs[0], logs[0]
    came: list[np.ndarray] = []
    for log in logs[1:]:
        ahead = log + np.logaddexp.reduce(ahead[:, None] + step, axis=0)
        ways = best[:, None] + step
        came.append(ways.argmax(axis=0))
        best = log + ways.max(axis=0)
    # of statuses alike the one that binds more: the sum is rounded so that no last bit decides
    now = max(range(len(STATUSES)), key=lambda k: (round(float(ahead[k]), 9), BINDS.get(STATUSES[k], 6)))
    way = [now]
    for back in reversed(came):
        way.append(int(back[way[-1]]))
    earlier = dict.fromkeys(STATUSES[k] for k in reversed(way) if k != now)
    return STATUSES[now], tuple(earlier)
