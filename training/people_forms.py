"""Fit the weights of ``reports/entities_kinds.py`` on the benchmark's learning stories.

``python -m training.people_forms [STORIES]`` writes ``language/en/people_forms.toml``; about a minute on
one core, always the same result. Needs scikit-learn, which the program itself does not.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from consilience import articles, language, sources
from consilience.gazetteer import folded
from consilience.model import Analysis, Rejected
from consilience.reports import entities_kinds, entities_names, entities_words
from consilience.settings import Settings

STORIES = Path("benchmark/stories")
TARGET = Path("src/consilience/language/en/people_forms.toml")
STRENGTH = 0.5  # inverse of the penalty on weights: of .1, .5 and 2 the best on stories left out
SMALLEST = 0.02  # weights below are left out


def analyses(folder: Path) -> list[Analysis]:
    """The analysed articles of a story."""
    pages = sources.read_pages([str(folder / "articles")], settings=Settings())
    found, _ = articles.extract([p for p in pages if not isinstance(p, Rejected)], Settings())
    return language.analyse(found)


def people(folder: Path) -> set[str]:
    """The gold forms of a story's people, folded, titles left out."""
    titles = entities_words.addresses() | entities_words.listed("office", "head")
    titles |= entities_words.listed("office", "modifier")
    out = set()
    for person in json.loads((folder / "gold.json").read_text(encoding="utf-8"))["people"]:
        for alias in person["aliases"]:
            words = folded(alias).split()
            while len(words) > 1 and words[0] in titles:
                words = words[1:]
            out.add(" ".join(words))
    return out


def uses(found: Sequence[Analysis]) -> dict[str, list[entities_names.Form]]:
    """Each form of a story with its uses."""
    small = frozenset().union(*(entities_words.lowered(a.article.text) for a in found))
    forms = defaultdict(list)
    for analysis in found:
        for form in entities_names.forms(analysis, small):
            forms[form.key].append(form)
    return {k: f for k, f in sorted(forms.items()) if not entities_kinds.ruled_out(f)}


def fit(
    data: Sequence[tuple[int, dict[str, float], bool]],
) -> tuple[float, dict[str, float], str, list[float]]:
    """Bias, weights, a line on how well stories that were left out are told, and the chances said there."""
    names = sorted({n for _, features, _ in data for n in features})
    place = {n: i for i, n in enumerate(names)}
    table = np.zeros((len(data), len(names)))
    for row, (_, features, _) in enumerate(data):
        for name, value in features.items():
            table[row, place[name]] = value
    truth = np.array([t for _, _, t in data])
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    said = cross_val_predict(
        model, table, truth, groups=[g for g, _, _ in data], cv=GroupKFold(6), method="predict_proba"
    )[:, 1]
    said_chance, said = said, said >= 0.5
    right = (said & truth).sum()
    told = f"P {right / said.sum():.3f}, R {right / truth.sum():.3f}"
    note = f"{truth.sum()} people of {len(data)}; left out: {told}"
    model.fit(table, truth)
    weights = {
        n: round(float(w), 3) for n, w in zip(names, model.coef_[0], strict=True) if abs(w) >= SMALLEST
    }
    return round(float(model.intercept_[0]), 3), weights, note, [float(c) for c in said_chance]


def main(stories: Path = STORIES) -> None:
    """Fit the four models and write them: names of one word first, which the others ask."""
    found = defaultdict(list)
    for folder in sorted(p for p in stories.iterdir() if (p / "gold.json").exists()):
        tagged, gold = analyses(folder), people(folder)
        plain = [Analysis(a.article, a.sentences, (), a.vectors) for a in tagged]
        found["tagged"].append((uses(tagged), gold))
        found["plain"].append((uses(plain), gold))
    lines = [
        "# How likely a printed name is a person's: weights of logistic regressions over the cues of",
        "# reports/entities_names.py, for names of several words and of one, with and without the encoder's",
        "# types. Written by training/people_forms.py from the benchmark's learning stories.",
    ]
    for label in sorted(found):
        alone: dict[tuple[int, str], float] = {}
        for which in ("one", "several"):
            keys = [(n, k, f, k in g) for n, (u, g) in enumerate(found[label]) for k, f in u.items()]
            keys = [(n, k, f, t) for n, k, f, t in keys if (" " in k) == (which == "several")]
            data = [(n, entities_kinds.values(f, alone.get((n, k.split()[-1]))), t) for n, k, f, t in keys]
            bias, weights, note, chances = fit(data)
            if which == "one":
                alone = {(n, k): c for (n, k, _, _), c in zip(keys, chances, strict=True)}
            print(label, which, note)
            lines += [
                "",
                f'["{label} {which}"]',
                f"# {note}",
                f"bias = {bias}",
                f'["{label} {which}".weights]',
            ]
            lines += [f'"{n}" = {w}' for n, w in sorted(weights.items())]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else STORIES)
