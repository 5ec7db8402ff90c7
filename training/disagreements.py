"""Learns how sure a candidate difference is: ``python -m training.disagreements``.

Reads the stories of ``benchmark/stories`` (the project's own, Apache-2.0) with the program as it is,
labels each candidate pair of quotes or figures by the gold (a difference where the two stand in two
positions of one gold disagreement), fits a logistic regression per kind and writes
``src/consilience/findings/models/disagreements.json``. The thresholds are the lowest at which the
predictions for left-out stories (six folds) reach the precision asked for. Needs scikit-learn.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, precision_recall_curve
from sklearn.model_selection import GroupKFold

from benchmark import case
from benchmark.tally import Placed, Said, overlaps
from consilience import findings, origins, pipeline, reports
from consilience.findings import disagreements_figures, disagreements_words
from consilience.model import Evidence, FigureMention, StoryReading

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "src" / "consilience" / "findings" / "models" / "disagreements.json"
PRECISION = {"wording": 0.85, "figure": 0.55}  # of pairs; a difference rests on several
WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"]
NUMBERS = {word: number for number, word in enumerate(WORDS)}
NUMBERS |= {"none": 0, "no": 0, "nobody": 0, "dozen": 12, "half": 0.5}
SCALES = (1, 1e3, 1e5, 1e6, 1e7, 1e9, 1e12, 100, 0.01, 60)


def stories() -> Iterator[tuple[str, dict, StoryReading]]:
    """Name, gold and reading of each story to learn from."""
    for folder in sorted(p.parent for p in (ROOT / "benchmark" / "stories").glob("*/gold.json")):
        gold = case.load(folder).gold
        articles, _ = pipeline.extract([str(folder / "articles")])
        entities, readings = reports.resolve(pipeline.understand(articles))
        yield folder.name, gold, StoryReading(id=folder.name, readings=readings, entities=entities)


def label(said: Said, gold: dict, kinds: tuple[str, ...], fits: Callable) -> Callable:
    """A function of two mentions: the id of the gold difference of which they hold two positions."""
    wanted = [
        (d, [said.gold(p["evidence"]) for p in d["positions"]])
        for d in gold["disagreements"]
        if d["kind"] in kinds
    ]

    def place(evidence: Evidence) -> Placed:
        stem = said.stem_of[evidence.article]
        return (stem, *said.articles[stem][1].span(evidence.start, evidence.end))

    def touched(mention: object, d: dict, spans: list[list[Placed]]) -> set[int]:
        at = place(mention.evidence)
        return {
            k
            for k, span in enumerate(spans)
            if any(overlaps(at, g) for g in span) and fits(mention, d["positions"][k]["value"])
        }

    def of(a: object, b: object) -> str | None:
        for d, spans in wanted:
            if any(k != m for k in touched(a, d, spans) for m in touched(b, d, spans)):
                return d["id"]
        return None

    return of


def value_fits(figure: FigureMention, value: str) -> bool:
    """Whether a position's value, in words, can be the figure's number."""
    told = [float(m.replace(",", "").rstrip(".")) for m in re.findall(r"\d[\d,.]*", value)]
    told += [NUMBERS[w] for w in re.findall(r"[a-z]+", value.lower()) if w in NUMBERS]
    own = figure.value if isinstance(figure.value, tuple) else (figure.value,)
    return not told or any(
        abs(x * m - y) <= 0.01 * max(abs(y), 1e-9) for x in told for y in own for m in SCALES
    )


Table = list[tuple[list[float], bool, str, str | None]]  # features, label, story, gold id


def rows(
    told: Iterator[tuple[str, dict, StoryReading]],
) -> dict[str, list[tuple[list[float], bool, str, str | None]]]:
    """Per kind: features, label, story and gold id of every candidate pair."""
    out: dict[str, list] = {"wording": [], "figure": []}
    for name, gold, story in told:
        articles = [
            {"id": r.article.id, "source": r.article.source, "text": r.article.text} for r in story.readings
        ]
        said = Said({"articles": articles, "stories": []}, set(gold["articles"]))
        facts = findings.find_findings(story, origins.find(story))
        for kind, module, kinds, fits in (
            ("wording", disagreements_words, ("wording",), lambda *_: True),
            ("figure", disagreements_figures, ("figure", "date"), value_fits),
        ):
            of = label(said, gold, kinds, fits)
            held, pairs, features = module.candidates(story, facts)
            for (i, j), row in zip(pairs, features, strict=True):
                a, b = (getattr(held[k], "quote", None) or held[k].figure for k in (i, j))
                found = of(a, b)
                out[kind].append((row, found is not None, name, found))
    return out


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
    precision, recall, cut = precision_recall_curve(y, left_out)
    good = np.where(precision[:-1] >= PRECISION[kind])[0]
    threshold = float(cut[good[0]]) if len(good) else 0.9
    found = {(t[2], t[3]) for t, p in zip(table, left_out, strict=True) if p >= threshold and t[1]}
    print(
        f"{kind}: {len(y)} pairs, {int(y.sum())} differ; left out: average precision "
        f"{average_precision_score(y, left_out):.3f}, threshold {threshold:.3f}, "
        f"{len(found)} gold differences met"
    )
    model = LogisticRegression(C=1.0, max_iter=3000).fit(z, y)
    return {
        "mean": [round(v, 6) for v in mean.tolist()],
        "scale": [round(v, 6) for v in scale.tolist()],
        "weights": [round(v, 6) for v in model.coef_[0].tolist()],
        "bias": round(float(model.intercept_[0]), 6),
        "threshold": round(threshold, 4),
    }


def main() -> None:
    """Learn and write."""
    tables = rows(stories())
    weighings = {kind: fit(kind, table) for kind, table in sorted(tables.items())}
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(weighings, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
