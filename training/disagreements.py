"""Learns how sure a candidate difference is: ``python -m training.disagreements``.

    python -m training.pairs.trees --networks DIR --cache READINGS --scores SCORES
    python -m training.disagreements --cache READINGS --scores SCORES

Reads the stories of ``benchmark/stories`` (the project's own, Apache-2.0), labels candidates by the gold
and writes ``disagreements.json`` and the trees beside it in ``src/consilience/findings/models``. Wordings
are weighed by a logistic regression over pairs of quotes, figures and dates by the two looks of
``training/disagreements_mentions.py``, denials as in ``training/disagreements_denials.py``. Thresholds
are the lowest at which the predictions for left-out stories reach the precision asked for. ``SCORES`` are
what findings' models say that did not see the story; so the differences learn from likenesses such as new
stories have. Needs scikit-learn and lightgbm.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from unittest import mock

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, precision_recall_curve
from sklearn.model_selection import GroupKFold

from benchmark.case import Case
from benchmark.tally import Placed, Said, overlaps
from consilience import findings, origins
from consilience.findings import disagreements_dates, disagreements_figures, disagreements_words, features
from consilience.findings import scores as scoring
from consilience.model import Evidence, StoryReading
from training import disagreements_denials as denials
from training import disagreements_mentions as mentions
from training.pairs import gold as stories_gold
from training.pairs.trees import readings

OUT = Path(__file__).resolve().parents[1] / "src" / "consilience" / "findings" / "models"
# Of pairs of quotes; of all else, of whole differences.
PRECISION = {"wording": 0.85, "figure": 0.79, "date": 0.7, "polarity": 0.75}
# And no lower than this: below, the real sets of ``benchmark.sets.differences`` show more that is wrong.
FLOOR = {"figure": 0.48, "date": 0.2, "polarity": 0.5}

Table = list[tuple[list[float], bool, str, str | None]]  # features, label, story, gold id


def label(said: Said, gold: dict) -> Callable:
    """A function of two quotes: the id of the gold difference of which they hold two positions."""
    wanted = [
        (d, [said.gold(p["evidence"]) for p in d["positions"]])
        for d in gold["disagreements"]
        if d["kind"] == "wording"
    ]

    def touched(evidence: Evidence, spans: list[list[Placed]]) -> set[int]:
        at = mentions.placed(said, evidence)
        return {k for k, span in enumerate(spans) if any(overlaps(at, g) for g in span)}

    def of(a: Evidence, b: Evidence) -> str | None:
        for d, spans in wanted:
            if any(k != m for k in touched(a, spans) for m in touched(b, spans)):
                return d["id"]
        return None

    return of


def matcher(said: Said, gold: dict) -> Callable[[Sequence[Sequence[Evidence]]], set[int]]:
    """A function of a difference's positions: the numbers of the gold differences that it meets."""
    wanted = [[said.gold(p["evidence"]) for p in d["positions"]] for d in gold["disagreements"]]

    def of(sides: Sequence[Sequence[Evidence]]) -> set[int]:
        placed = [[mentions.placed(said, e) for e in side] for side in sides]
        met = set()
        for number, spans in enumerate(wanted):
            touch = [
                {k for k, s in enumerate(spans) if any(overlaps(x, y) for x in s for y in p)} for p in placed
            ]
            if any(k != m for i, x in enumerate(touch) for y in touch[:i] for k in x for m in y):
                met.add(number)
        return met

    return of


def read(cache: Path | None, scores: Path) -> Iterator[tuple[str, Case, StoryReading]]:
    """Name, case and reading of each story; while one is at hand, the findings score it as if unseen."""
    kept = pickle.loads(scores.read_bytes())
    stories = readings(cache)
    for folder in stories_gold.folders():
        story = stories[folder.name]
        sentences, clauses, phrases = kept[folder.name]
        unseen = scoring.Scores(features.units(story), clauses, sentences, phrases)
        with mock.patch.object(scoring, "of", lambda _, unseen=unseen: unseen):
            yield folder.name, stories_gold.load(folder), story


def rows(
    told: Iterator[tuple[str, Case, StoryReading]],
) -> tuple[Table, dict[str, list[mentions.Told]], list[denials.Pairs]]:
    """The candidate pairs of quotes, by kind those of figures and dates, and of clauses, of all stories."""
    wordings: Table = []
    denied: list[denials.Pairs] = []
    found: dict[str, list[mentions.Told]] = {"figure": [], "date": []}
    for name, case, story in told:
        said = stories_gold.said(case, [r.article for r in story.readings])
        facts = findings.find_findings(story, origins.find(story))
        of = label(said, case.gold)
        held, pairs, table = disagreements_words.candidates(story, facts)
        for (i, j), row in zip(pairs, table, strict=True):
            number = of(held[i].quote.evidence, held[j].quote.evidence)
            wordings.append((row, number is not None, name, number))
        fold, met = stories_gold.fold_of(name), matcher(said, case.gold)
        denied.append(denials.read(story, fold, said, case.gold, met))
        for kind, module in (("figure", disagreements_figures), ("date", disagreements_dates)):
            compared = module.candidates(story, facts)
            answers = mentions.labels(compared, said, case.gold, kind == "date")
            found[kind].append(mentions.Told(name, fold, compared, *answers, met))
    return wordings, found, denied


def fit(kind: str, table: Table) -> dict:
    """The weighing of one kind, with what it reaches on left-out stories printed."""
    x, y = np.array([t[0] for t in table]), np.array([t[1] for t in table])
    of = np.array([t[2] for t in table])
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-6
    z = (x - mean) / scale
    left_out = np.zeros(len(y))
    for train, test in GroupKFold(6).split(z, y, of):
        model = LogisticRegression(C=1.0, max_iter=3000).fit(z[train], y[train])
        left_out[test] = model.predict_proba(z[test])[:, 1]
    precision, _, cut = precision_recall_curve(y, left_out)
    good = np.where(precision[:-1] >= PRECISION[kind])[0]
    threshold = float(cut[good[0]]) if len(good) else 0.9
    found = {(t[2], t[3]) for t, p in zip(table, left_out, strict=True) if p >= threshold and t[1]}
    print(
        f"{kind}: {len(y)} pairs, {int(y.sum())} differ; left out: average precision "
        f"{average_precision_score(y, left_out):.3f}, threshold {threshold:.3f}, "
        f"{len(found)} gold differences met"
    )
    return mentions.line(x, y, 1.0) | {"threshold": round(threshold, 4)}


def main() -> None:
    """Learn and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--cache", type=Path, help="the stories' readings, kept by training.pairs.trees")
    parser.add_argument("--scores", type=Path, required=True, help="as training.pairs.trees writes them")
    options = parser.parse_args()
    wordings, found, denied = rows(read(options.cache, options.scores))
    weighings = {"wording": fit("wording", wordings)}
    for kind, told in found.items():
        for name, look in mentions.learn(kind, told, PRECISION[kind], FLOOR[kind]).items():
            weighings[name] = look.line
            np.savez_compressed(OUT / f"{name.replace(' ', '-')}.npz", **look.trees)
    no = denials.learn(denied, PRECISION["polarity"], FLOOR["polarity"])
    weighings["polarity"] = no.line
    np.savez_compressed(OUT / "polarity.npz", **no.trees)
    text = json.dumps(weighings, indent=1, sort_keys=True) + "\n"
    (OUT / "disagreements.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
