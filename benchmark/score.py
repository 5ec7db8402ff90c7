"""Score accounts against the right answers of cases: one function per capability.

What is counted, and how, is described in ``cases/README.md`` and the docstrings here.
"""

from __future__ import annotations

import collections
import itertools
from collections.abc import Iterable, Iterator
from typing import Any

from benchmark.case import Case, fold
from benchmark.tally import NARROW_FIGURE, NARROW_QUOTE, Placed, Said, Tally, overlaps, squash

Tallies = collections.defaultdict[str, Tally]
Gold = dict[str, Any]


def score_text(gold: Gold, said: Said, tallies: Tallies) -> None:
    """Report kept: gold evidence that the article's text has. Furniture gone: gold boilerplate it lacks."""
    kept, gone = tallies["main text: report kept"], tallies["main text: boilerplate gone"]
    pieces = [p for f in gold["findings"] for p in f["evidence"]] + gold["quotes"] + gold["figures"]
    for piece, span in zip(pieces, said.gold(pieces), strict=True):
        kept.both(span[1] >= 0)
        if span[1] < 0:
            kept.notes.append(f"lost from {piece['article']}: {piece['text'][:80]}")
    for piece in gold["boilerplate"]:
        text = fold(piece["text"])
        lines = said.articles.get(piece["article"], ("", None))[0].splitlines()
        stands = any(fold(line) == text or (len(text) > 25 and text in fold(line)) for line in lines)
        gone.both(not stands)
        if stands:
            gone.notes.append(f"kept in {piece['article']}: {text[:80]}")


def score_stories(gold: Gold, said: Said, tallies: Tallies) -> None:
    """Pairs of the case's articles that stand together in one story."""
    tally = tallies["stories (article pairs)"]
    groups = [{said.stem_of[a] for a in s["articles"] if a in said.stem_of} for s in said.stories]
    for a, b in itertools.combinations(sorted(gold["articles"]), 2):
        tally.both(any(a in g and b in g for g in groups))


def score_origins(gold: Gold, said: Said, tallies: Tallies) -> None:
    """Pairs of articles said to go back to one text."""
    tally = tallies["origins (article pairs)"]
    wanted = {p for g in gold["origins"] for p in itertools.combinations(sorted(g), 2)}
    pairs: set[tuple[str, str]] = set()
    for origin in said.items("origins"):
        members = sorted(said.stem_of[a] for a in origin["articles"] if a in said.stem_of)
        pairs |= set(itertools.combinations(members, 2))
    tally.add(len(pairs & wanted), len(pairs), len(pairs & wanted), len(wanted))
    tally.notes += [f"missed {p}" for p in sorted(wanted - pairs)]
    tally.notes += [f"wrong {p}" for p in sorted(pairs - wanted)]


def score_findings(gold: Gold, said: Said, tallies: Tallies) -> None:
    """Pairs of places, in two articles, that report one fact."""
    tally = tallies["findings (evidence pairs)"]
    wanted = [said.gold(f["evidence"]) for f in gold["findings"]]
    groups = [said.spans(f["evidence"]) for f in said.items("findings")]
    for finding, spans in zip(gold["findings"], wanted, strict=True):
        for a, b in itertools.combinations(spans, 2):
            if a[0] == b[0]:
                continue
            hit = any(any(overlaps(a, s) for s in g) and any(overlaps(b, s) for s in g) for g in groups)
            tally.add(0, 0, hit, 1)
            if not hit:
                tally.notes.append(f"missed {finding['id']}: {a[0]} ~ {b[0]}")
    for spans in groups:
        marks = [{i for i, w in enumerate(wanted) if any(overlaps(s, g) for g in w)} for s in spans]
        for (a, ma), (b, mb) in itertools.combinations(zip(spans, marks, strict=True), 2):
            if a[0] == b[0]:
                continue
            tally.add(bool(ma & mb), 1, 0, 0)
            if not ma & mb:
                ta, tb = (said.articles[s[0]][1].text[s[1] : s[2]][:70] for s in (a, b))
                tally.notes.append(f"wrong {a[0]} «{ta}» ~ {b[0]} «{tb}»")


def score_counts(gold: Gold, said: Said, tallies: Tallies) -> None:
    """Of the gold findings, how many are said to have just the right number of independent origins."""
    tally = tallies["findings: witnesses counted right"]
    origin_of = {a: i for i, g in enumerate(gold["origins"]) for a in g}
    groups = [(f, said.spans(f["evidence"])) for f in said.items("findings")]

    for finding in gold["findings"]:
        spans = said.gold(finding["evidence"])

        def fit(group: tuple[dict, list[Placed]], spans: list[Placed] = spans) -> tuple[int, int]:
            covered = sum(any(overlaps(g, s) for s in group[1]) for g in spans)
            beside = sum(not any(overlaps(g, s) for g in spans) for s in group[1])
            return covered, -beside

        best = max(groups, key=fit, default=None)
        right = len({origin_of[s[0]] for s in spans})
        hit = best is not None and fit(best)[0] > 0 and len(best[0]["origins"]) == right
        tally.both(hit)
        if not hit:
            got = len(best[0]["origins"]) if best is not None and fit(best)[0] else None
            tally.notes.append(f"{finding['id']}: {right} origins -> {got}")


def score_disagreements(gold: Gold, said: Said, tallies: Tallies) -> None:
    """Differences of which two positions are found in their places; and, of those, the kind."""
    tally, kinds = tallies["disagreements"], tallies["disagreements: kind"]
    wanted = [(d, [said.gold(p["evidence"]) for p in d["positions"]]) for d in gold["disagreements"]]
    told = [(d, [said.spans(p["evidence"]) for p in d["positions"]]) for d in said.items("disagreements")]
    matched_said, matched_wanted = set(), set()
    for i, (w, ws) in enumerate(wanted):
        for j, (s, ss) in enumerate(told):
            touch = [
                {k for k, pos in enumerate(ws) if any(overlaps(x, y) for x in pos for y in got)} for got in ss
            ]
            if any(k != m for x, y in itertools.combinations(touch, 2) for k in x for m in y):
                matched_said.add(j)
                if i not in matched_wanted:
                    matched_wanted.add(i)
                    kinds.both(w["kind"] == s["kind"])
                    if w["kind"] != s["kind"]:
                        kinds.notes.append(f"{w['id']}: {w['kind']} -> {s['kind']}")
    tally.add(len(matched_said), len(told), len(matched_wanted), len(wanted))
    tally.notes += [
        f"missed {w['kind']} {w['id']}" for i, (w, _) in enumerate(wanted) if i not in matched_wanted
    ]
    for j, (s, _) in enumerate(told):
        if j not in matched_said:
            tally.notes.append(f"wrong {s['kind']}: {s.get('about', '')[:100]}")


def same_name(said: str | None, names: list[str]) -> bool:
    """Whether a speaker's name is one of the right ones, or one holds the other."""
    told = squash(said or "")
    if not told:
        return False
    for name in map(squash, names):
        if (
            told == name
            or (name in told.split(", ")[0] and len(name) > 3)
            or (told in name and len(told) > 3)
        ):
            return True
    return False


def score_quotes(gold: Gold, said: Said, tallies: Tallies) -> None:
    """Quotes found in their places; and those found with the right speaker, or rightly with none."""
    found, tally = tallies["quotes found"], tallies["quotes with the right speaker"]
    told = []
    for quote in said.items("quotes"):
        name = (quote.get("speaker") or {}).get("name")
        told += [(s, name) for s in said.spans(quote["evidence"])]
    wanted = list(zip(gold["quotes"], said.gold(gold["quotes"]), strict=True))

    def fits(name: str | None, quote: dict) -> bool:
        return same_name(name, quote["speaker"]) if quote["speaker"] else not name

    used: set[int] = set()
    for quote, span in wanted:
        hits = [j for j, (s, _) in enumerate(told) if overlaps(s, span, NARROW_QUOTE)]
        used |= set(hits)
        right = any(fits(told[j][1], quote) for j in hits)
        found.add(0, 0, bool(hits), 1)
        tally.add(0, 0, right, 1)
        if not right:
            got = sorted({str(told[j][1]) for j in hits}) or "not found"
            tally.notes.append(f"{quote['article']} {quote['text'][:60]} {quote['speaker'][:1]} -> {got}")
    for j, (s, name) in enumerate(told):
        found.add(j in used, 1, 0, 0)
        good = any(overlaps(s, span, NARROW_QUOTE) and fits(name, q) for q, span in wanted)
        tally.add(good, 1, 0, 0)
        if j not in used:
            found.notes.append(f"no quote: {s[0]} {said.articles[s[0]][1].text[s[1] : s[2]][:80]}")


def same_value(said: Any, wanted: Any) -> bool:
    """Whether two values (numbers or [low, high]) agree within half a per cent."""
    lo, hi = said if isinstance(said, list) else (said, said)
    if lo is None or hi is None:
        return False
    lo_w, hi_w = wanted if isinstance(wanted, list) else (wanted, wanted)
    size = max(abs(lo_w), abs(hi_w))
    return hi - lo <= 2 * size and lo - 0.005 * size <= hi_w and lo_w <= hi + 0.005 * size


def score_figures(gold: Gold, said: Said, tallies: Tallies) -> None:
    """Found: gold figures said in their place with their value. Right: said values that the gold has."""
    tally = tallies["figures (place and value)"]
    told = [(s, f["value"]) for f in said.items("figures") for s in said.spans(f["evidence"])]
    values = collections.defaultdict(list)
    for figure, span in zip(gold["figures"], said.gold(gold["figures"]), strict=True):
        values[figure["article"]].append(figure["value"])
        hit = any(overlaps(s, span, NARROW_FIGURE) and same_value(v, figure["value"]) for s, v in told)
        tally.add(0, 0, hit, 1)
        if not hit:
            got = [v for s, v in told if overlaps(s, span)]
            tally.notes.append(
                f"{figure['article']} {figure['text'][:60]} = {figure['value']} -> {got or 'not found'}"
            )
    for span, value in told:
        right = any(same_value(value, v) for v in values[span[0]])
        tally.add(right, 1, 0, 0)
        if not right:
            shown = said.articles[span[0]][1].text[span[1] : span[2]][:60]
            tally.notes.append(f"wrong {span[0]} {shown} = {value}")


def score_commitments(gold: Gold, said: Said, tallies: Tallies) -> None:
    """Commitments found in one of their places; and, of those, the status."""
    tally, statuses = tallies["commitments"], tallies["commitments: status"]
    told = [(c, said.spans(c["evidence"])) for c in said.items("commitments")]
    used: set[int] = set()
    for item in gold["commitments"]:
        spans = said.gold(item["evidence"])
        hits = [j for j, (_, ss) in enumerate(told) if any(overlaps(a, b) for a in spans for b in ss)]
        used |= set(hits)
        tally.add(0, 0, bool(hits), 1)
        if not hits:
            tally.notes.append(f"missed {item['id']}: {item['what'][:80]}")
            continue
        got = sorted({told[j][0]["status"] for j in hits})
        statuses.both(item["status"] in got)
        if item["status"] not in got:
            statuses.notes.append(f"{item['id']}: {item['status']} -> {got}")
    for j, (item, _) in enumerate(told):
        tally.add(j in used, 1, 0, 0)
        if j not in used:
            tally.notes.append(f"wrong: {item['text'][:100]}")


def score_people(gold: Gold, said: Said, tallies: Tallies) -> None:
    """Pairs (person, form of name): a person said stands for the gold person with whom it shares most."""
    tally = tallies["people (forms of names)"]
    told = [
        {squash(a) for a in [e["name"], *e.get("aliases", [])]}
        for e in said.items("entities")
        if e["type"] == "person"
    ]
    wanted = [{squash(a) for a in p["aliases"]} for p in gold["people"]]
    known = set().union(*wanted)
    for forms, person in zip(wanted, gold["people"], strict=True):
        best = max(told, key=lambda s, forms=forms: len(s & forms), default=set())
        tally.add(len(best & forms), len(best & known), len(best & forms), len(forms))
        tally.notes += [f"{person['name']}: lacks {form!r}" for form in sorted(forms - best)]
        tally.notes += [f"{person['name']}: wrongly {form!r}" for form in sorted((best & known) - forms)]


def score_timeline(gold: Gold, said: Said, tallies: Tallies) -> None:
    """Found: gold happenings dated right in one of their places. Right: entries there with its date."""
    tally = tallies["timeline (place and date)"]
    wanted = [(item, said.gold(item["evidence"])) for item in gold["timeline"]]
    told = [(str(t["start"])[:10], said.spans(t["evidence"])) for t in said.items("timeline")]
    for item, spans in wanted:
        dates = [date for date, ss in told if any(overlaps(a, b) for a in spans for b in ss)]
        tally.add(0, 0, item["start"] in dates, 1)
        if item["start"] not in dates:
            tally.notes.append(f"{item['what'][:60]} {item['start']} -> {dates or 'not found'}")
    for date, ss in told:
        touched = [item for item, spans in wanted if any(overlaps(a, b) for a in spans for b in ss)]
        if touched:
            tally.add(any(item["start"] == date for item in touched), 1, 0, 0)


def evidence_in(node: Any) -> Iterator[dict[str, Any]]:
    """Every piece of evidence anywhere in a JSON document."""
    if isinstance(node, dict):
        if {"article", "start", "end", "text"} <= node.keys():
            yield node
        for value in node.values():
            yield from evidence_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from evidence_in(value)


def score_faithfulness(said: Said, tallies: Tallies) -> None:
    """Every piece of evidence anywhere in the account says where it stands, and stands there."""
    tally = tallies["evidence stands where it says"]
    texts = {a["id"]: a["text"] for a in said.data["articles"]}
    for piece in evidence_in(said.data["stories"]):
        good = texts.get(piece["article"], "")[piece["start"] : piece["end"]] == piece["text"] != ""
        tally.both(good)
        if not good:
            tally.notes.append(f"{piece['article']}: {piece['text'][:80]!r}")


SCORERS = (
    score_text, score_stories, score_origins, score_findings, score_counts, score_disagreements,
    score_quotes, score_figures, score_commitments, score_people, score_timeline,
)  # fmt: skip


def score(pairs: Iterable[tuple[Case, dict[str, Any]]]) -> dict[str, Tally]:
    """Tallies by capability over cases and the accounts (JSON documents) given of them.

    Raises ``ValueError`` where a case itself is at fault.
    """
    tallies: Tallies = collections.defaultdict(Tally)
    for case, document in pairs:
        if case.faults:
            raise ValueError(f"{case.folder}: the case itself is at fault: {case.faults[0]}")
        said = Said(document, set(case.gold["articles"]))
        before = {k: len(t.notes) for k, t in tallies.items()}
        for scorer in SCORERS:
            scorer(case.gold, said, tallies)
        score_faithfulness(said, tallies)
        for k, t in tallies.items():
            n = before.get(k, 0)
            t.notes[n:] = [f"[{case.gold['name']}] {note}" for note in t.notes[n:]]
    return dict(tallies)
