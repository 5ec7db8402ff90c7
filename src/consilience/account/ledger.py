"""The ledger of a story: its commitments, one row for one promise, with all the evidence."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from consilience.account.ledger_status import settled
from consilience.ids import content_id
from consilience.lexicons import grammar, lexicon
from consilience.model import Commitment, CommitmentMention, Entity, Finding, Reading
from consilience.spans import Span

# Whether two mentions are one commitment: a logistic regression over the features of ``pair_features``,
# printed by ``python -m training.ledger`` from the pairs of mentions in benchmark/stories and the findings
# that are made of a story as if it had not been seen.
WEIGHTS = np.array([5.85, 1.69, 1.3, 2.06, 0.51, 0.62, -0.65, -0.19, 0.06, -0.12, 2.61])
BIAS = -6.198
ALIKE = 0.35  # mean probability from which two groups are one; stories left out, .82 of the pairs are right

STOPS = frozenset(lexicon("stops")["ledger"])
Found = Sequence[tuple[Reading, CommitmentMention]]


def collect(
    readings: Sequence[Reading], entities: Sequence[Entity] = (), findings: Sequence[Finding] = ()
) -> tuple[Commitment, ...]:
    """The story's commitments, those that most articles report first.

    Mentions are joined by average link over the probability that they are one commitment (meaning of
    their sentences, shared words, amount, date, status, a finding that both report). The order of the
    readings has no part in it.
    """
    found = sorted(
        ((r, m) for r in readings for m in r.commitments),
        key=lambda rm: (rm[0].article.published or "9999", rm[0].article.id, rm[1].evidence.start),
    )
    groups = grouped(likeness(found, findings), ALIKE)
    rows = [_row([found[i] for i in group], entities) for group in groups]
    return tuple(sorted(rows, key=lambda c: (-len({e.article for e in c.evidence}), c.when is None, c.id)))


def likeness(found: Found, findings: Sequence[Finding] = ()) -> np.ndarray:
    """Symmetric matrix (mentions, mentions): how likely two are one commitment, 0 to 1."""
    n = len(found)
    out = np.zeros((n, n))
    if n > 1:
        rows, columns = np.triu_indices(n, 1)
        chances = 1.0 / (1.0 + np.exp(-(pair_features(found, findings) @ WEIGHTS + BIAS)))
        out[rows, columns] = out[columns, rows] = chances
    return out


def pair_features(found: Found, findings: Sequence[Finding] = ()) -> np.ndarray:
    """Float array (pairs i < j in row order, features) of what two mentions have in common."""
    n = len(found)
    facts = _reported(found, findings)
    places = [_sentence(r, m) for r, m in found]
    vectors = np.stack([_vector(r, k) for (r, _), k in zip(found, places, strict=True)])
    cosine = vectors @ vectors.T
    clause = [_stems(m.evidence.text) for _, m in found]
    whole = [
        _stems(r.analysis.sentences[k].span.of(r.article.text)) if k is not None else clause[i]
        for i, ((r, _), k) in enumerate(zip(found, places, strict=True))
    ]
    count = Counter(w for stems in clause for w in stems)
    rare = {w: math.log(1 + n / c) for w, c in count.items()}
    weight = [sum(rare[w] for w in sorted(stems)) for stems in clause]
    out = []
    for i in range(n):
        for j in range(i + 1, n):
            (a, m), (b, k) = found[i], found[j]
            shared = sum(rare[w] for w in sorted(clause[i] & clause[j]))
            either = weight[i] + weight[j] - shared
            amount = _agree(m.amount and m.amount.value, k.amount and k.amount.value)
            when = _agree(m.when and m.when.start, k.when and k.when.start)
            out.append(
                (
                    cosine[i, j],
                    shared / max(0.1, min(weight[i], weight[j])),
                    shared / max(0.1, either),
                    len(whole[i] & whole[j]) / max(1, len(whole[i] | whole[j])),
                    amount,
                    when,
                    (m.status == "refused") != (k.status == "refused"),
                    a.article.id == b.article.id,
                    min(shared, 8.0) / 8.0,
                    amount * when,
                    _one_fact(facts[i], facts[j]),
                )
            )
    return np.array(out, np.float64).reshape(-1, len(WEIGHTS))


def _reported(found: Found, findings: Sequence[Finding]) -> list[dict[int, float]]:
    """For each mention the findings of several articles that it reports, by number, and how well their
    evidence and its own are the same words: what they have in common as part of the longer one."""
    places: dict[str, list[tuple[int, Span]]] = {}
    for number, finding in enumerate(findings):
        if finding.status != "single":
            for e in finding.evidence:
                places.setdefault(e.article, []).append((number, e.span))
    out: list[dict[int, float]] = []
    for _, mention in found:
        own, of = mention.evidence.span, {}
        for number, span in places.get(mention.evidence.article, ()):
            if shared := span.overlap(own):
                of[number] = max(of.get(number, 0.0), shared / max(len(span), len(own)))
        out.append(of)
    return out


def _one_fact(one: dict[int, float], two: dict[int, float]) -> float:
    """How far two mentions report one finding, 0 to 1."""
    return max((min(one[k], two[k]) for k in one.keys() & two.keys()), default=0.0)


def _agree(a: object, b: object) -> int:
    """1: both known and the same, -1: both known and different, 0: not known."""
    return 0 if a is None or b is None else 1 if a == b else -1


def grouped(scores: np.ndarray, least: float) -> list[list[int]]:
    """Average-link groups of the rows of a symmetric matrix; of equal scores the lowest rows join first."""
    groups: list[list[int]] = [[i] for i in range(len(scores))]
    links = np.array(scores, np.float64)
    np.fill_diagonal(links, -1.0)
    while len(groups) > 1:
        a, b = sorted(map(int, np.unravel_index(int(np.argmax(np.round(links, 9))), links.shape)))
        if links[a, b] < least:
            break
        na, nb = len(groups[a]), len(groups[b])
        links[a] = links[:, a] = (na * links[a] + nb * links[b]) / (na + nb)
        links[a, a] = -1.0
        links = np.delete(np.delete(links, b, 0), b, 1)
        groups[a] = sorted(groups[a] + groups.pop(b))
    return sorted(groups)


def _sentence(reading: Reading, mention: CommitmentMention) -> int | None:
    at = mention.evidence.start
    return next((i for i, s in enumerate(reading.analysis.sentences) if s.start <= at < s.end), None)


def _vector(reading: Reading, index: int | None) -> np.ndarray:
    vectors = reading.analysis.vectors
    if index is not None and index < len(vectors):
        return vectors[index]
    return np.zeros(vectors.shape[1] if vectors.ndim == 2 else 1, np.float32)


def _stems(text: str) -> set[str]:
    return {w[:5] for w in re.findall(r"[a-z]{3,}|\d[\d,.]*", text.lower()) if w not in STOPS}


def _row(mentions: Found, entities: Sequence[Entity]) -> Commitment:
    status, earlier = settled(mentions)
    evidence = tuple(dict.fromkeys(m.evidence for _, m in mentions))
    return Commitment(
        id=content_id("commitment", sorted((e.article, e.start, e.end) for e in evidence)),
        text=_text(mentions),
        by=_names([name for _, m in mentions for name in m.by], entities),
        to=_names([name for _, m in mentions for name in m.to], entities),
        status=status,
        amount=next((m.amount for _, m in mentions if m.amount), None),
        when=next((m.when for _, m in reversed(mentions) if m.when), None),
        evidence=evidence,
        earlier=earlier,
    )


def _text(mentions: Found) -> str:
    """The words that say most: with an amount and a date if there are such, and short."""
    best = max(
        (m for _, m in mentions),
        key=lambda m: (
            bool(m.by),
            m.amount is not None,
            m.when is not None,
            -abs(len(m.evidence.text) - 100),
        ),
    )
    return best.evidence.text


def _names(printed: Sequence[str], entities: Sequence[Entity]) -> tuple[str, ...]:
    """The names without repeats, each as the story's entity has it where one is known.

    "The mayor" is the one person of the story who has that role; an alias or role of several is nobody's.
    """
    known: dict[str, set[str]] = {}
    for entity in entities:
        for form in (entity.name, *entity.aliases, *entity.roles):
            known.setdefault(_bare(form), set()).add(entity.name)
    out = []
    for name in printed:
        holders = known.get(_bare(name), set())
        out.append(next(iter(holders)) if len(holders) == 1 else name)
    return tuple(dict.fromkeys(out))


def _bare(name: str) -> str:
    """A name or role without article and case."""
    first, _, rest = (whole := " ".join(name.casefold().split())).partition(" ")
    return rest if rest and first in grammar("article") else whole
