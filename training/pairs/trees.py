"""Trains the boosted trees of the findings on the stories and writes them for the package.

    python -m training.pairs.trees --networks DIR [--cache FILE] [--scores FILE]

Three models, each on the scores that the one before gave to stories it was not trained on (six parts):
pairs of sentences, those with the story's other pairs, and clauses.
"""

from __future__ import annotations

import argparse
import pickle
from dataclasses import dataclass
from pathlib import Path

import lightgbm
import numpy as np

from consilience.findings import features, scores
from consilience.findings.network import Network
from consilience.model import StoryReading
from training.pairs.gold import FOLDS, Marks, fold_of, folders, load, reading, same
from training.pairs.slim import networks, student

MODELS = Path(__file__).parents[2] / "src" / "consilience" / "findings" / "models"
SETTINGS = {
    "objective": "binary", "num_leaves": 31, "learning_rate": 0.1, "min_child_samples": 40,
    "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "verbose": -1,
    "num_threads": 1, "seed": 1, "deterministic": True, "max_depth": 6,
}  # fmt: skip
ROUNDS = 140


@dataclass
class Part:
    """One story's pairs, their answers, and the scores of a model that had not seen the story."""

    fold: int
    table: features.Pairs
    labels: np.ndarray
    scores: np.ndarray | None = None
    phrases: dict | None = None


def readings(cache: Path | None) -> dict[str, StoryReading]:
    """The stories' readings, kept in ``cache`` where one is given."""
    if cache and cache.is_file():
        return pickle.loads(cache.read_bytes())
    found = {}
    for folder in folders():
        story = reading(folder)
        ordered = tuple(sorted(story.readings, key=lambda r: r.article.id))
        found[folder.name] = StoryReading(story.id, ordered, story.entities)
    if cache:
        cache.write_bytes(pickle.dumps(found, protocol=5))
    return found


def part(name: str, table: features.Pairs, of: list, article: np.ndarray, marks: Marks) -> Part:
    """The pairs of a story with their answers; ``of`` are the marks of what the pairs index."""
    return Part(fold_of(name), table, same(of, article, marks.findings)[table.left, table.right])


def fit(parts: list[Part], seed: int = 1) -> lightgbm.Booster:
    """The trees for these parts."""
    table = np.concatenate([p.table.features for p in parts])
    labels = np.concatenate([p.labels for p in parts])
    return lightgbm.train(SETTINGS | {"seed": seed}, lightgbm.Dataset(table, labels), ROUNDS)


def out_of_part(parts: list[Part]) -> None:
    """Sets each part's scores by a model that was trained without its fold."""
    for fold in range(FOLDS):
        model = fit([p for p in parts if p.fold != fold])
        for p in parts:
            if p.fold == fold:
                p.scores = model.predict(p.table.features) if len(p.labels) else np.zeros(0)


def flat(model: lightgbm.Booster) -> dict[str, np.ndarray]:
    """The model as the arrays of ``consilience.findings.trees``."""
    roots, nodes, depths = [], [], []

    def walk(node: dict, depth: int) -> int:
        depths[-1] = max(depths[-1], depth)
        at = len(nodes)
        nodes.append(None)
        if "leaf_value" in node and "split_feature" not in node:
            nodes[at] = (0, np.inf, at, at, node["leaf_value"])
            return at
        left, right = walk(node["left_child"], depth + 1), walk(node["right_child"], depth + 1)
        nodes[at] = (node["split_feature"], node["threshold"], left, right, 0.0)
        return at

    for tree in model.dump_model()["tree_info"]:
        depths.append(0)
        roots.append(walk(tree["tree_structure"], 0))
    columns = list(zip(*nodes, strict=True))
    return {
        "roots": np.array(roots, np.int32), "feature": np.array(columns[0], np.int16),
        "threshold": np.array(columns[1], np.float64), "left": np.array(columns[2], np.int32),
        "right": np.array(columns[3], np.int32), "value": np.array(columns[4], np.float32),
        "depths": np.array(depths, np.int32),
    }  # fmt: skip


def learn(
    stories: dict[str, StoryReading], marks: dict[str, Marks], nets: dict[int, Network]
) -> tuple[dict[str, list[Part]], dict]:
    """The parts of each of the three looks, the earlier ones scored out of part, and their units."""
    units = {name: features.units(story) for name, story in stories.items()}
    looks: dict[str, list[Part]] = {"sentences": [], "graph": [], "clauses": []}
    for name, u in units.items():
        of = _marks(stories[name], marks[name])
        looks["sentences"].append(part(name, features.sentence_pairs(u), of, u.sentence_article, marks[name]))
    out_of_part(looks["sentences"])
    read = {}
    for (name, u), p in zip(units.items(), looks["sentences"], strict=True):
        of = _marks(stories[name], marks[name])
        likely, first = features.likely(p.table, p.scores)
        read[name] = features.read_pairs(u, likely, first, nets[p.fold])
        table = features.graph_pairs(u, likely, first, read[name])
        looks["graph"].append(part(name, table, of, u.sentence_article, marks[name]))
    out_of_part(looks["graph"])
    for (name, u), p in zip(units.items(), looks["graph"], strict=True):
        of = [marks[name].of(s.evidence.article, s.evidence.start, s.evidence.end) for s in u.statements]
        table = features.clause_pairs(u, p.table, p.scores, read[name])
        p.phrases = features.phrase_pairs(u, p.table, p.scores, read[name])
        looks["clauses"].append(part(name, table, of, u.article, marks[name]))
    return looks, units


def _marks(story: StoryReading, marks: Marks) -> list[frozenset[int]]:
    return [marks.of(r.article.id, s.start, s.end) for r in story.readings for s in r.analysis.sentences]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--cache", type=Path, help="file that keeps the readings")
    parser.add_argument("--scores", type=Path, help="file that the out-of-part scores are written to")
    parser.add_argument("--networks", type=Path, required=True, help="folder of the students' weights")
    options = parser.parse_args()
    stories = readings(options.cache)
    marks = {f.name: Marks(load(f), [r.article for r in stories[f.name].readings]) for f in folders()}
    looks, _ = learn(stories, marks, networks(options.networks, FOLDS))
    MODELS.mkdir(exist_ok=True)
    np.savez(MODELS / "network.npz", **student(options.networks / "student--1.npz"))
    for name, parts in looks.items():
        np.savez_compressed(MODELS / f"{name}.npz", **flat(fit(parts)))
        pairs, true = sum(len(p.labels) for p in parts), sum(int(p.labels.sum()) for p in parts)
        print(f"{name}: {pairs} pairs, {true} true", flush=True)
    if options.scores:
        out_of_part(looks["clauses"])
        kept = {
            name: (scores.as_scored(s.table, s.scores), scores.as_scored(c.table, c.scores), s.phrases)
            for name, s, c in zip(stories, looks["graph"], looks["clauses"], strict=True)
        }
        options.scores.write_bytes(pickle.dumps(kept, protocol=5))


if __name__ == "__main__":
    main()
