"""The quotes of a story: one utterance with every place where it is printed, trimmed or reworded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from consilience.ids import content_id
from consilience.model import Disagreement, Quote, QuoteMention, Reading, Speaker
from consilience.phrases import published_key
from consilience.words import words_of

# Part of the shorter quote's words that the longer one must hold in the same order. Trimmed quotes
# hold all; outlets' own edits of one utterance (a word put right, a spelling) seldom cost a fifth.
SHARED = 0.8
LEAST_WORDS = 4  # a shorter fragment joins only whole, and only the same speaker's longer quote


def collect(readings: Sequence[Reading], disagreements: Sequence[Disagreement] = ()) -> tuple[Quote, ...]:
    """The quotes of all articles, merged over articles, in the order of first publication.

    Two places are one utterance where the words of the shorter stand in the longer, in order, or
    where a difference of ``wording`` holds them as two forms of one; never where two speakers are
    known and differ. ``text`` is the longest form printed.
    """
    articles = sorted((r.article for r in readings), key=published_key)
    rank = {a.id: i for i, a in enumerate(articles)}
    mentions = sorted(
        (q for r in readings for q in r.quotes if q.evidence.text.strip()),
        key=lambda q: (-len(_keys(q)), rank[q.evidence.article], q.evidence.start),
    )
    groups = _group(mentions, _worded(disagreements))
    quotes = [_quote(group, rank) for group in groups]
    return tuple(sorted(quotes, key=lambda q: (rank[q.evidence[0].article], q.evidence[0].start, q.id)))


def _keys(mention: QuoteMention) -> tuple[str, ...]:
    return tuple(w.key for w in words_of(mention.evidence.text))


def _worded(disagreements: Sequence[Disagreement]) -> list[list]:
    """Evidence that the differences of wording hold to be forms of one utterance."""
    return [[e for p in d.positions for e in p.evidence] for d in disagreements if d.kind == "wording"]


def _group(mentions: Sequence[QuoteMention], worded: list[list]) -> list[list[QuoteMention]]:
    """Each mention joins the group whose longest form it matches best; no chains."""
    groups: list[list[QuoteMention]] = []
    holding: dict[str, set[int]] = {}
    for mention in mentions:
        keys = _keys(mention)
        near = Counter(g for key in set(keys) for g in holding.get(key, ()))
        scored = [(_likeness(groups[g][0], mention, worded), -g) for g in near]
        best = max(scored, default=(0.0, 0))
        if best[0] >= SHARED:
            groups[-best[1]].append(mention)
            continue
        for key in set(keys):
            holding.setdefault(key, set()).add(len(groups))
        groups.append([mention])
    return groups


def _likeness(longer: QuoteMention, shorter: QuoteMention, worded: list[list]) -> float:
    """1 for the same words, 0 for two utterances or two speakers."""
    if not _one_speaker(longer.speaker, shorter.speaker):
        return 0.0
    a, b = _keys(longer), _keys(shorter)
    if not b:
        return 0.0
    matched = sum(m.size for m in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())
    if len(b) < LEAST_WORDS:
        same = longer.speaker is not None and shorter.speaker is not None
        return 1.0 if (same or a == b) and matched == len(b) and _run(a, b) else 0.0
    if matched < len(b) and any(_holds(w, longer) and _holds(w, shorter) for w in worded):
        return 1.0
    return matched / len(b)


def _run(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether ``b`` stands in ``a`` in one run."""
    return any(a[i : i + len(b)] == b for i in range(len(a) - len(b) + 1))


def _holds(evidence: list, mention: QuoteMention) -> bool:
    own = mention.evidence
    return any(e.article == own.article and 2 * e.span.overlap(own.span) > len(own.span) for e in evidence)


def _one_speaker(a: Speaker | None, b: Speaker | None) -> bool:
    if a is None or b is None:
        return True
    if a.entity and b.entity:
        return a.entity == b.entity
    return not (a.entity or b.entity) or a.name == b.name or a.entity is None or b.entity is None


def _quote(group: Sequence[QuoteMention], rank: dict[str, int]) -> Quote:
    speakers = Counter((s.entity is None, s.name, s.entity) for q in group if (s := q.speaker))
    speaker = None
    if speakers:
        _, name, entity = min(speakers, key=lambda k: (k[0], -speakers[k], k[1]))
        speaker = Speaker(name=name, entity=entity)
    evidence = tuple(
        e
        for _, e in sorted({(rank[q.evidence.article], q.evidence.start): q.evidence for q in group}.items())
    )
    return Quote(
        id=content_id("quote", [[e.article, e.start, e.end] for e in evidence]),
        text=group[0].evidence.text,
        speaker=speaker,
        evidence=evidence,
        kind=group[0].kind,
    )
