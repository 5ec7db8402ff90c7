"""Trains the model of reports/cue_model and writes cues_model.json.

    python -m training.attribution            # writes the model
    python -m training.attribution --check    # passages and stories left out in five folds: what it is worth

Needs scikit-learn. It learns from the written passages and from the words judged in sentences of stories.
"""

from __future__ import annotations

import json
import pathlib
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from benchmark.sets.attribution import gold_roles, said_roles, scores
from consilience.model import Analysis
from consilience.reports import attribution, cue_model, quotes
from consilience.reports.cue_features import features
from consilience.reports.cue_model import Model, word_states
from consilience.reports.linear import Dense, Linear
from consilience.reports.parsed import OPEN, Acts, tree_of
from consilience.spans import Span
from training.attribution import passages
from training.attribution.passages import Marked

MODEL = pathlib.Path(__file__).parents[2] / "src/consilience/reports/cues_model.json"
C, LEAST_COUNT, FOLDS = 3.0, 3, 5  # C best of {1, 3, 6, 10} on passages left out


class Row(NamedTuple):
    """A word: its group (a fold leaves out whole groups), what it shows, its state, whether it is a cue."""

    group: str
    shown: set[str]
    state: np.ndarray
    ruled: bool
    cue: bool


def heads(tree: Acts, cue: Sequence[Span]) -> tuple[int, set[int]]:
    """The word that stands for a cue in the tree (-1: none here), and all of its words."""
    inside = [k for k, t in enumerate(tree.tokens) if any(s.start <= t.start < s.end for s in cue)]
    tops = [k for k in inside if tree.heads[k] not in inside]
    open_words = [k for k in tops if tree.tokens[k].upos in OPEN] or [
        k for k in inside if tree.tokens[k].upos in OPEN
    ]
    return (open_words or tops or [-1])[0], set(inside)


def passage_rows(group: str, analysis: Analysis, gold: Sequence[Marked]) -> list[Row]:
    """The words of a passage. A word of a cue that does not stand for it is left out."""
    spans = [q.evidence.span for q in quotes.find(analysis)]
    out = []
    for sentence, (picked, parts) in zip(analysis.sentences, word_states(analysis), strict=False):
        tree, states = tree_of(sentence), dict(zip(picked, parts, strict=True))
        if tree is None:
            continue
        found = tree.candidates(spans)
        ruled = [a.cue for _, a in found if a is not None]
        marked = [(*heads(tree, a["cue"]), a["cue"]) for a in gold]
        for i, act in found:
            if act is not None:
                cue: bool | None = any(s.overlap(act.cue) for *_, cues in marked for s in cues)
            else:
                own = [(head, cues) for head, inside, cues in marked if i in inside]
                taken = any(s.overlap(c) for _, cues in own for s in cues for c in ruled)
                cue = False if not own else None if taken or own[0][0] != i else True
            if cue is not None and i in states:
                out.append(Row(group, features(tree, i, act), states[i], act is not None, cue))
    return out


def judged_rows(story: str, analysis: Analysis, judged: dict[int, bool]) -> list[Row]:
    """The judged words of a sentence."""
    spans = [q.evidence.span for q in quotes.find(analysis)]
    out = []
    for sentence, (picked, parts) in zip(analysis.sentences, word_states(analysis), strict=False):
        tree, states = tree_of(sentence), dict(zip(picked, parts, strict=True))
        for i, act in tree.candidates(spans) if tree is not None else ():
            cue = judged.get(tree.tokens[i].start)
            if cue is not None and i in states:
                out.append(Row(story, features(tree, i, act), states[i], act is not None, cue))
    return out


def fit(rows: Sequence[Row]) -> Model:
    """One logistic model over both kinds of evidence, kept in two parts whose scores are added."""
    count = Counter(name for r in rows for name in r.shown)
    names = sorted(n for n in count if count[n] >= LEAST_COUNT)
    index = {n: i for i, n in enumerate(names)}
    at = [[index[n] for n in sorted(r.shown) if n in index] for r in rows]
    values = [1.0 / np.sqrt(len(row)) for row in at for _ in row]
    pointers = np.cumsum([0, *map(len, at)])
    shown = sparse.csr_matrix(
        (values, [i for row in at for i in row], pointers), shape=(len(rows), len(names))
    )
    states = np.array([r.state for r in rows])
    middle = (states / np.maximum(np.linalg.norm(states, axis=1, keepdims=True), 1e-9)).mean(axis=0)
    both = sparse.hstack([shown, sparse.csr_matrix(Dense.scaled(states, middle))]).tocsr()
    fitted = LogisticRegression(C=C, max_iter=1000).fit(both, [r.cue for r in rows])
    weights = fitted.coef_.astype(np.float32)
    return Model(
        Linear(names, weights[:, : len(names)], fitted.intercept_.astype(np.float32), ["cue"]),
        Dense(weights[:, len(names) :], np.zeros(1, np.float32), middle, ["cue"]),
    )


def data() -> tuple[list[passages.Passage], list[Analysis], list[Row]]:
    """The passages, read, and all rows."""
    written, judged = passages.read(), passages.judged()
    analyses = passages.analyses([p.text for p in written])
    rows = [
        r
        for p, a in zip(written, analyses, strict=True)
        for r in passage_rows(f"{p.file}{p.line}", a, p.attributions)
    ]
    for j, a in zip(judged, passages.analyses([j.text for j in judged]), strict=True):
        rows += judged_rows("story " + j.story, a, j.words)
    return written, analyses, rows


def outer(gold: list[dict[str, frozenset[int]]]) -> list[dict[str, frozenset[int]]]:
    """The attributions that stand in no other one: those that the program tells."""
    return [g for g in gold if not any(o is not g and g["cue"] <= o["content"] for o in gold)]


def check() -> None:
    """Prints, of words and attributions left out, how many are found and right."""
    written, analyses, rows = data()
    groups = sorted({r.group for r in rows})
    fold = {g: i % FOLDS for i, g in enumerate(groups)}
    said: dict[str, list] = {}
    ruled_only: dict[str, list] = {}
    tally: Counter = Counter()
    for f in range(FOLDS):
        fitted = fit([r for r in rows if fold[r.group] != f])
        for r in (r for r in rows if fold[r.group] == f):
            bar = cue_model.LEAST if r.ruled else cue_model.FOUND
            score = fitted.shown.scores(r.shown)[0] + fitted.state.scores(r.state)[0]
            kind = ("ruled" if r.ruled else "open", "stories" if r.group.startswith("story") else "passages")
            kept = bool(score >= np.log(bar / (1 - bar)))
            tally.update({(*kind, "kept"): kept, (*kind, "right"): kept and r.cue, (*kind, "cues"): r.cue})
        for p, a in zip(written, analyses, strict=True):
            if fold[f"{p.file}{p.line}"] != f:
                continue
            gold = outer(gold_roles({"text": p.text, "attributions": p.attributions}))
            for use, into in ((a, said), (replace(a, states=(), state_spans=()), ruled_only)):
                told = attribution.find(use, quotes.find(use), fitted)
                into.setdefault(p.file, []).append((said_roles(p.text, told), gold))
    for (ruled, of), _ in Counter((k[0], k[1]) for k in tally).items():
        kept, right, cues = (tally[ruled, of, k] for k in ("kept", "right", "cues"))
        print(f"{ruled} words of {of}: P {right / max(kept, 1):.3f} R {right / max(cues, 1):.3f} of {cues}")
    for name, told in (("rules", ruled_only), ("with the model", said)):
        for file, pairs in sorted(told.items()):
            print(name, file, {k: round(v, 3) for k, v in scores(pairs).items()})


def main() -> None:
    """Trains and writes the model, or checks it."""
    if "--check" in sys.argv:
        check()
        return
    fitted = fit(data()[2])
    content = {"shown": fitted.shown.to_json(), "state": fitted.state.to_json()}
    MODEL.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
