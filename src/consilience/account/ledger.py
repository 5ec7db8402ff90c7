"""The ledger of a story: its commitments, one row for one promise, with all the evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from consilience.ids import content_id
from consilience.model import Commitment, CommitmentMention, Entity, Reading

# How far a status binds: of several that the evidence supports the furthest along is shown.
ORDER = ("stated", "planned", "announced", "pledged", "under way", "agreed", "refused", "signed")
ALIKE = 0.62  # likeness from which two mentions are one commitment
STOPS = frozenset(
    [
        "the",
        "and",
        "that",
        "with",
        "from",
        "for",
        "was",
        "were",
        "has",
        "had",
        "have",
        "been",
        "will",
        "would",
        "this",
        "its",
        "their",
        "his",
        "her",
        "they",
        "said",
        "says",
        "after",
        "before",
        "into",
        "over",
        "about",
        "not",
        "who",
        "which",
        "also",
        "more",
        "than",
        "are",
        "but",
        "all",
        "any",
        "could",
        "should",
        "may",
        "might",
        "shall",
        "did",
        "does",
    ]
)


def collect(readings: Sequence[Reading], entities: Sequence[Entity] = ()) -> tuple[Commitment, ...]:
    """The story's commitments, those that most articles report first.

    Mentions are joined by average link over their likeness (meaning of their sentences, shared words,
    amount, date). The order of the readings has no part in the result.
    """
    found = sorted(
        ((r, m) for r in readings for m in r.commitments),
        key=lambda rm: (rm[0].article.published or "9999", rm[0].article.id, rm[1].evidence.start),
    )
    groups = grouped(likeness(found), ALIKE)
    rows = [_row([found[i] for i in group]) for group in groups]
    return tuple(sorted(rows, key=lambda c: (-len({e.article for e in c.evidence}), c.when is None, c.id)))


def likeness(found: Sequence[tuple[Reading, CommitmentMention]]) -> np.ndarray:
    """Symmetric matrix (mentions, mentions) of likeness, 0 to 1."""
    n = len(found)
    vectors = np.stack([_vector(r, m) for r, m in found]) if n else np.zeros((0, 1), np.float32)
    cosine = np.clip(vectors @ vectors.T, 0, 1)
    stems = [_stems(m.evidence.text) for _, m in found]
    out = np.zeros((n, n), np.float64)
    for i in range(n):
        for j in range(i + 1, n):
            a, b = stems[i], stems[j]
            shared = len(a & b) / max(1, min(len(a), len(b)))
            score = 0.5 * float(cosine[i, j]) + 0.5 * shared
            m, k = found[i][1], found[j][1]
            if m.amount and k.amount:
                score += 0.1 if m.amount.value == k.amount.value else -0.1
            if m.when and k.when:
                score += 0.05 if m.when.start == k.when.start else -0.1
            if ("refused" in (m.status, k.status)) and m.status != k.status:
                score -= 0.15
            out[i, j] = out[j, i] = score
    return out


def grouped(scores: np.ndarray, least: float) -> list[list[int]]:
    """Average-link groups of the rows of ``scores``; ties go to the lowest rows."""
    groups = [[i] for i in range(len(scores))]
    while len(groups) > 1:
        best, pair = least, None
        for a in range(len(groups)):
            for b in range(a + 1, len(groups)):
                score = float(scores[np.ix_(groups[a], groups[b])].mean())
                if score > best + 1e-12:
                    best, pair = score, (a, b)
        if pair is None:
            break
        groups[pair[0]] = sorted(groups[pair[0]] + groups.pop(pair[1]))
    return groups


def _vector(reading: Reading, mention: CommitmentMention) -> np.ndarray:
    for i, sentence in enumerate(reading.analysis.sentences):
        if sentence.start <= mention.evidence.start < sentence.end and i < len(reading.analysis.vectors):
            return reading.analysis.vectors[i]
    width = reading.analysis.vectors.shape[1] if reading.analysis.vectors.ndim == 2 else 1
    return np.zeros(width, np.float32)


def _stems(text: str) -> set[str]:
    return {w[:5] for w in re.findall(r"[a-z]{3,}|\d+", text.lower()) if w not in STOPS}


def _row(mentions: Sequence[tuple[Reading, CommitmentMention]]) -> Commitment:
    statuses = sorted({m.status for _, m in mentions}, key=ORDER.index)
    first = mentions[0][1]
    evidence = tuple(dict.fromkeys(m.evidence for _, m in mentions))
    by = tuple(dict.fromkeys(name for _, m in mentions for name in m.by))
    return Commitment(
        id=content_id("commitment", sorted((e.article, e.start, e.end) for e in evidence)),
        text=first.evidence.text,
        by=by,
        to=tuple(dict.fromkeys(name for _, m in mentions for name in m.to)),
        status=statuses[-1],
        amount=next((m.amount for _, m in mentions if m.amount), None),
        when=next((m.when for _, m in reversed(mentions) if m.when), None),
        evidence=evidence,
        earlier=tuple(statuses[:-1]),
    )
