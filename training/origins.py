"""Learn the weights of ``language/en/origins.toml`` on the benchmark's stories.

    python training/origins.py [--write]

Prints, with each fold of stories left out, how well pairs and partitions come out; ``--write`` writes
the weights. Needs scikit-learn. Nothing here reads a case.
"""

from __future__ import annotations

import json
import sys
from itertools import combinations
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from consilience.model import Reading, StoryReading
from consilience.origins import decide
from consilience.origins.evidence import NAMES
from consilience.origins.find import Comparison

ROOT = Path(__file__).resolve().parent.parent
FOLDS = 9
STRENGTH = 0.3  # of the weights against the penalty, on standardised numbers
PARAMETERS = ROOT / "src/consilience/language/en/origins.toml"
FIXED = """# How surely one text is behind two reports (origins/decide.py): weights of a logistic regression over
# the numbers of origins/evidence.py, learnt by training/origins.py on benchmark/stories (36 stories, every
# pair of articles of a story; vectors: the package's sentence encoder). The other values were chosen on
# the same stories: of all pairs of independent reports there, none shares more than 3 stretches.

[thresholds]
joined = {joined}  # mean chance from which reports are one origin
certain = {certain}  # and from which the account says so without "possibly"

["partial copy"]
stretches = 6  # of five words or more, at least four of them neither name nor number nor quoted
words = 30
score = 2.5  # log odds

"""


def samples(stories: dict[str, tuple[list[Reading], list[list[str]]]], vectors: bool):
    """(numbers, same, story) of every pair of every story."""
    rows, same, names, wheres = [], [], [], []
    for name, (readings, gold) in stories.items():
        comparison = Comparison(StoryReading(id=name, readings=tuple(readings)))
        stem = [Path(r.article.source).stem for r in comparison.reports]
        together = {frozenset(p) for group in gold for p in combinations(group, 2)}
        for a, b in comparison.pairs:
            rows.append(comparison.features(a, b))
            same.append(frozenset((stem[a], stem[b])) in together)
            names.append(name)
            wheres.append((stem[a], stem[b]))
    return np.array(rows), np.array(same), np.array(names), wheres


def fit(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights and bias on the numbers as they are."""
    mean, deviation = x.mean(axis=0), x.std(axis=0) + 1e-9
    model = LogisticRegression(C=STRENGTH, max_iter=2000).fit((x - mean) / deviation, y)
    weight = model.coef_[0] / deviation
    return weight, float(model.intercept_[0] - weight @ mean)


def left_out(x: np.ndarray, y: np.ndarray, story: np.ndarray) -> np.ndarray:
    """Log odds of each pair from a model that saw nothing of its story."""
    out = np.zeros(len(y))
    names = sorted(set(story))
    for k in range(FOLDS):
        test = np.isin(story, names[k::FOLDS])
        weight, bias = fit(x[~test], y[~test])
        out[test] = x[test] @ weight + bias
    return out


def pair_scores(
    chance: np.ndarray, same: np.ndarray, story: np.ndarray, wheres, joined: float
) -> tuple[float, float]:
    """(precision, recall) over pairs after the partition of each story."""
    right = said = 0
    for name in sorted(set(story)):
        at = np.flatnonzero(story == name)
        stems = sorted({s for k in at for s in wheres[k]})
        table = np.eye(len(stems))
        truth = set()
        for k in at:
            a, b = (stems.index(s) for s in wheres[k])
            table[a, b] = table[b, a] = chance[k]
            if same[k]:
                truth.add((min(a, b), max(a, b)))
        got = {p for group in decide.partition(table, joined) for p in combinations(sorted(group), 2)}
        right += len(got & truth)
        said += len(got)
    return right / max(1, said), right / max(1, int(same.sum()))


def parameters(models: dict[str, tuple[np.ndarray, float]], joined: float, certain: float) -> str:
    """The text of the parameter file."""
    out = [FIXED.format(joined=joined, certain=certain)]
    for name, (weight, bias) in models.items():
        out.append(f'["{name}"]\nbias = {bias:.4f}\n\n["{name}".weights]\n')
        out += [f'"{n}" = {w:.4f}\n' for n, w in zip(NAMES, weight, strict=True)]
        out.append("\n")
    return "".join(out).rstrip() + "\n"


def read_stories() -> dict[str, tuple[list[Reading], list[list[str]]]]:
    """The benchmark's stories, read by the package itself."""
    from consilience import pipeline

    out = {}
    for folder in sorted((ROOT / "benchmark/stories").iterdir()):
        if (folder / "gold.json").exists():
            found, _ = pipeline.extract([str(folder / "articles")])
            gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
            out[folder.name] = (pipeline.understand(found), gold["origins"])
    return out


def without_vectors(readings: list[Reading]) -> list[Reading]:
    """The same readings, as if there were no encoder."""
    from dataclasses import replace

    return [
        replace(r, analysis=replace(r.analysis, vectors=np.zeros((len(r.analysis.sentences), 0), np.float32)))
        for r in readings
    ]


def main(stories=None) -> None:
    """Learn, print what left-out stories give, write with ``--write``."""
    stories = stories or read_stories()
    models = {}
    for name, change in (("with vectors", list), ("words alone", without_vectors)):
        x, y, story, wheres = samples(
            {k: (change(r), g) for k, (r, g) in stories.items()}, name == "with vectors"
        )
        odds = left_out(x, y, story)
        print(f"{name}: {len(y)} pairs, {int(y.sum())} of one text")
        for joined in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
            p, r = pair_scores(1 / (1 + np.exp(-odds)), y, story, wheres, joined)
            print(f"  joined {joined}: precision {p:.3f} recall {r:.3f}")
        models[name] = fit(x, y)
    if "--write" in sys.argv:
        PARAMETERS.write_text(parameters(models, 0.4, 0.65), encoding="utf-8")


if __name__ == "__main__":
    main()
