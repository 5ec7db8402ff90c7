"""Fit the weights of ``reports/entities_kinds.py`` on the benchmark's learning stories.

``python -m training.people_forms [STORIES]`` writes ``language/en/people_forms.toml``; about a minute on
one core, always the same result. Needs scikit-learn, which the program itself does not.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from consilience import articles, language, sources
from consilience.gazetteer import folded
from consilience.model import Analysis, Rejected
from consilience.reports import entities_kinds, entities_names
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
    titles = entities_names.addresses() | entities_names.listed("office", "head")
    titles |= entities_names.listed("office", "modifier")
    out = set()
    for person in json.loads((folder / "gold.json").read_text(encoding="utf-8"))["people"]:
        for alias in person["aliases"]:
            words = folded(alias).split()
            while len(words) > 1 and words[0] in titles:
                words = words[1:]
            out.add(" ".join(words))
    return out


def rows(found: Sequence[Analysis], gold: set[str]) -> Iterator[tuple[str, dict[str, float], bool]]:
    """(key, features, whether it is a person) of each form of a story."""
    forms = defaultdict(list)
    for analysis in found:
        for form in entities_names.forms(analysis):
            forms[form.key].append(form)
    for key in sorted(forms):
        yield key, entities_kinds.values(forms[key]), key in gold


def fit(data: Sequence[tuple[int, dict[str, float], bool]]) -> tuple[float, dict[str, float], str]:
    """Bias, weights and a line on how well stories that were left out are told."""
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
    )[:, 1] >= 0.5
    right = (said & truth).sum()
    note = f"{truth.sum()} people of {len(data)}; left out: P {right / said.sum():.3f}, R {right / truth.sum():.3f}"
    model.fit(table, truth)
    weights = {n: round(float(w), 3) for n, w in zip(names, model.coef_[0], strict=True) if abs(w) >= SMALLEST}
    return round(float(model.intercept_[0]), 3), weights, note


def main(stories: Path = STORIES) -> None:
    """Fit the four models and write them."""
    sets = defaultdict(list)
    for number, folder in enumerate(sorted(p for p in stories.iterdir() if (p / "gold.json").exists())):
        found, gold = analyses(folder), people(folder)
        plain = [a.__class__(a.article, a.sentences, (), a.vectors) for a in found]
        for label, which in (("tagged", found), ("plain", plain)):
            for key, features, truth in rows(which, gold):
                sets[f"{label} {'several' if ' ' in key else 'one'}"].append((number, features, truth))
    lines = [
        "# How likely a printed name is a person's: weights of logistic regressions over the cues of",
        "# reports/entities_names.py, for names of several words and of one, with and without the encoder's",
        "# types. Written by training/people_forms.py from the benchmark's learning stories.",
    ]
    for label in sorted(sets):
        bias, weights, note = fit(sets[label])
        print(label, note)
        lines += ["", f'["{label}"]', f"# {note}", f"bias = {bias}", f'["{label}".weights]']
        lines += [f'"{n}" = {w}' for n, w in sorted(weights.items())]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else STORIES)
