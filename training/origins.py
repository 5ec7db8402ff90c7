"""Learn the weights of ``language/en/origins.toml`` on the benchmark's stories.

    python training/origins.py [--write [--words]]

Prints, with each fold of stories left out, how well pairs and partitions come out; ``--write`` writes the
weights of the meaning, and with ``--words`` those of the words too. The shipped ones of the words were learnt
on the first 36 stories as they were then, and are kept: learnt again today they do the same on the stories
and less well on real news and on revised answers. Needs scikit-learn. Nothing here reads a case.
"""

from __future__ import annotations

import json
import random
import sys
import tomllib
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from consilience.model import Reading
from consilience.origins import decide
from consilience.origins.comparison import Comparison
from consilience.origins.evidence import MEANT, NAMES, PROOF
from consilience.origins.reports import Report, report_of

ROOT = Path(__file__).resolve().parent.parent
FOLDS = 9
JOINED, CERTAIN, DOUBT = 0.72, 0.85, 0.5  # chosen on the figures that this prints
STRENGTH = 0.1  # of the weights against the penalty, on standardised numbers
HELD_BACK = 0.5  # log odds less for the meaning alone, which is the weaker proof
LEARNT = 3  # sentences alike from which a pair is learnt from; only the plainest copies have PROOF
PARAMETERS = ROOT / "src/consilience/language/en/origins.toml"
FIXED = """\
# How surely one text is behind two reports (origins/decide.py): weights of two logistic regressions over
# the numbers of origins/evidence.py, learnt by training/origins.py on benchmark/stories (every pair of
# articles of a story, and versions of it cut short, re-ordered, thinned and mixed; the words on {some}
# stories, the meaning on {every}). The other values were chosen on the same stories: of all pairs of
# independent reports there, none shares more than three stretches.

bias = {bias:.4f}

[thresholds]
joined = {joined}  # mean chance from which reports are one origin
certain = {certain}  # and from which the account says so without "possibly"
doubt = {doubt}  # from which reports that stay apart are said to be possibly from one source

["partial copy"]
stretches = 6  # of five words or more, at least four of them neither name nor number nor quoted
words = 30
score = 2.5  # log odds

[credits]
# log odds; of the pairs of the stories only the first kind is there: 9 pairs, all of one text
one = 1.5  # for two reports that name one agency, or of which one names the other's outlet
part = 0.75  # for two that do so for a part of the text: half of it
family = 0.75  # for two outlets of one house that runs one another's copy

[weights]
"""


class Samples(NamedTuple):
    """Pairs: numbers (pairs, features), of the words and then of the meaning; whether one text is behind
    them, story, stems, weight, whether they are mere ``openings``."""

    x: np.ndarray
    y: np.ndarray
    story: np.ndarray
    where: list[tuple[str, str]]
    worth: np.ndarray
    opening: np.ndarray


def mixed(report: Report, other: Report, rng: random.Random) -> Report:
    """Half of a report's sentences, among half of another's: a desk's own writing around a wire."""
    one = report.part(sorted(rng.sample(range(len(report.spans)), max(1, len(report.spans) // 2))))
    two = other.part(sorted(rng.sample(range(len(other.spans)), max(1, len(other.spans) // 2))))
    first, last = (one, two) if rng.random() < 0.5 else (two, one)
    return Report(
        report.article,
        first.spans + last.spans,
        first.words + last.words,
        first.quoted + last.quoted,
        np.concatenate([first.meaning, last.meaning]),
    )


def moved(count: int, rng: random.Random) -> list[int]:
    """Row numbers in blocks of two to four, the blocks shuffled."""
    size = rng.randint(2, 4)
    blocks = [list(range(i, min(i + size, count))) for i in range(0, count, size)]
    rng.shuffle(blocks)
    return [i for block in blocks for i in block]


def versions(
    a: Report, b: Report, strangers: list[Report], rng: random.Random
) -> list[tuple[Report, Report]]:
    """The pair as it is, one report cut short, re-ordered, with sentences left out, mixed with a report
    of neither's origin: what desks do to what they copy, done to copies and independent reports alike."""
    out = [(a, b)]
    if rng.random() < 0.5:
        a, b = b, a
    count = len(b.spans)
    if count >= 6:
        out.append((a, b.part(range(rng.randint(3, 5)))))
        out.append((a, b.part(moved(count, rng))))
        out.append((a, b.part(sorted(rng.sample(range(count), int(0.6 * count))))))
        if strangers:
            out.append((a, mixed(b, rng.choice(strangers), rng)))
    return out


def openings(a: Report, b: Report, rng: random.Random) -> tuple[Report, Report]:
    """The first few sentences of two independent reports, which have the event's main fact in common."""
    count = [min(len(r.spans), rng.randint(2, 5)) for r in (a, b)]
    return a.part(range(count[0])), b.part(range(count[1]))


def samples(stories: dict[str, tuple[list[Reading], list[list[str]]]], changed: bool) -> Samples:
    """Every pair of every story; with ``changed`` also the pair alone, and the versions of it."""
    rows, same, names, wheres, worth, opening = [], [], [], [], [], []

    def put(comparison: Comparison, a: int, b: int, weight: float, short: bool = False) -> None:
        rows.append(
            np.concatenate([comparison.features(a, b), comparison.meant(a, b, LEARNT if changed else PROOF)])
        )
        same.append(label)
        names.append(name)
        wheres.append(where)
        worth.append(weight)
        opening.append(short)

    for name, (readings, gold) in stories.items():
        rng = random.Random(name)
        whole = Comparison([report_of(r) for r in sorted(readings, key=lambda r: r.article.id)])
        stem = [Path(r.article.source).stem for r in whole.reports]
        group = {s: k for k, members in enumerate(gold) for s in members}
        for a, b in whole.pairs:
            where, label = (stem[a], stem[b]), group[stem[a]] == group[stem[b]]
            put(whole, a, b, 1.0)
            if not changed:
                continue
            strangers = [
                r
                for r, s in zip(whole.reports, stem, strict=True)
                if group[s] not in (group[stem[a]], group[stem[b]])
            ]
            rest = rng.sample(strangers, min(len(strangers), rng.choice((0, 0, 1, 2))))
            first, second = whole.reports[a], whole.reports[b]
            for one, two in versions(first, second, strangers, rng):
                put(Comparison([one, two, *rest]), 0, 1, 0.5)
            if not label:
                put(Comparison([*openings(first, second, rng), *rest]), 0, 1, 0.5, True)
    return Samples(
        np.array(rows), np.array(same), np.array(names), wheres, np.array(worth), np.array(opening)
    )


def fit(data: Samples, rows: np.ndarray, columns: slice) -> tuple[np.ndarray, float]:
    """Weights and bias on some of the numbers as they are, learnt on some rows."""
    x, y = data.x[rows, columns], data.y[rows]
    mean, deviation = x.mean(axis=0), x.std(axis=0) + 1e-9
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    model.fit((x - mean) / deviation, y, sample_weight=data.worth[rows])
    weight = model.coef_[0] / deviation
    return weight, float(model.intercept_[0] - weight @ mean)


WORDS, MEANING = slice(0, len(NAMES)), slice(len(NAMES), None)


def left_out(data: Samples, plain: Samples) -> np.ndarray:
    """Log odds of each plain pair from models that saw nothing of its story: the higher of the two."""
    out = np.zeros(len(plain.y))
    names = sorted(set(data.story))
    for k in range(FOLDS):
        rest = ~np.isin(data.story, names[k::FOLDS])
        test = np.isin(plain.story, names[k::FOLDS])
        weight, bias = fit(data, rest & worded(data), WORDS)
        by_words = plain.x[test, WORDS] @ weight + bias
        weight, bias = fit(data, rest & told(data), MEANING)
        by_meaning = plain.x[test, MEANING] @ weight + bias - HELD_BACK
        out[test] = np.where(told(plain)[test], np.maximum(by_words, by_meaning), by_words)
    return out


def worded(data: Samples) -> np.ndarray:
    """Shape (pairs,): whether the words' weights are learnt from the pair."""
    return np.isin(data.story, words_from()) & ~data.opening


def told(data: Samples) -> np.ndarray:
    """Shape (pairs,): whether the meaning of the two is compared at all (``evidence.meant``)."""
    return data.x[:, MEANING].any(axis=1)


def pair_scores(chance: np.ndarray, plain: Samples, joined: float) -> tuple[float, float]:
    """(precision, recall) over pairs after the partition of each story."""
    same, story, wheres = plain.y, plain.story, plain.where
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


def words_from() -> list[str]:
    """The stories from which the weights of the words are learnt."""
    lines = (ROOT / "training/origins_stories.txt").read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("#")]


def parameters(data: Samples, words: bool) -> str:
    """The text of the parameter file, learnt on all that each part is learnt from; without ``words`` theirs
    are those that the file has."""
    some = worded(data)
    if words:
        weight, bias = fit(data, some, WORDS)
    else:
        known = tomllib.loads(PARAMETERS.read_text(encoding="utf-8"))
        weight, bias = np.array([known["weights"][n] for n in NAMES]), float(known["bias"])
    meant, meant_bias = fit(data, told(data), MEANING)
    head = FIXED.format(
        some=len(set(data.story[some])), every=len(set(data.story)), bias=bias,
        joined=JOINED, certain=CERTAIN, doubt=DOUBT,
    )  # fmt: skip
    lines = [f'"{n}" = {w:.4f}\n' for n, w in zip(NAMES, weight, strict=True)]
    lines += ["\n[meaning]\n", f"bias = {meant_bias - HELD_BACK:.4f}\n"]
    lines += [f'"{n}" = {w:.4f}\n' for n, w in zip(MEANT, meant, strict=True)]
    return head + "".join(lines)


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


def main(stories=None) -> None:
    """Learn, print what left-out stories give, write with ``--write``."""
    stories = stories or read_stories()
    data, plain = samples(stories, True), samples(stories, False)
    print(f"{len(plain.y)} pairs, {int(plain.y.sum())} of one text; {len(data.y)} with versions")
    chances = [1 / (1 + np.exp(-left_out(data, tested))) for tested in (plain, data)]
    for joined in (0.4, 0.5, 0.6, 0.7, 0.72, 0.75, 0.8):
        p, r = pair_scores(chances[0], plain, joined)
        said = chances[1] >= joined
        q, s = (said & data.y).sum() / said.sum(), (said & data.y).sum() / data.y.sum()
        print(f"joined {joined}: precision {p:.3f} recall {r:.3f}; of all versions {q:.3f} and {s:.3f}")
    if "--write" in sys.argv:
        PARAMETERS.write_text(parameters(data, "--words" in sys.argv), encoding="utf-8")


if __name__ == "__main__":
    main()
