"""Learns the two looks at figures and at dates that ``findings.disagreements_figures`` takes.

The first look learns from what the gold says that each figure counts (two figures of one description
measure one thing), and of dates from its timeline and findings; the second from the differences. Each
is the mean log-odds of boosted trees and a logistic regression; the trees may only rise with what two
figures share and fall with what sets them apart. What the second is given of a story comes from a first
look, and from findings' models, that did not see the story. It learns from whole stories and from a few
articles of each, since news has often two or three.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import lightgbm
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from benchmark.score import same_value
from benchmark.tally import Placed, Said, overlaps
from consilience.findings.disagreements_figures import LEAST, positions
from consilience.findings.disagreements_figures_pairs import Pairs, second_look
from consilience.findings.disagreements_weigh import adapted, link
from consilience.findings.trees import Trees
from consilience.model import Evidence, FigureMention
from training.pairs.gold import FOLDS
from training.pairs.trees import flat

SETTINGS = {
    "objective": "binary", "num_leaves": 7, "learning_rate": 0.05, "min_child_samples": 15,
    "feature_fraction": 0.4, "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 10.0, "verbose": -1,
    "num_threads": 1, "seed": 1, "deterministic": True,
}  # fmt: skip
ROUNDS = (250, 150)  # of the first look's trees and of the second's
FEW, TIMES = (2, 3, 4), 2  # articles of a story that are learnt from by themselves, and how often
STRENGTH = (0.1, 0.02)  # inverse regularization of the regressions
WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"]
NUMBERS = {word: number for number, word in enumerate(WORDS)}
NUMBERS |= {"none": 0, "no": 0, "nobody": 0, "dozen": 12, "half": 0.5}
SCALES = (1, 1e3, 1e5, 1e6, 1e7, 1e9, 1e12, 100, 0.01, 60)


@dataclass
class Told:
    """A story's pairs: ``same`` 1 of one thing, 0 not, -1 unknown; ``gold`` the difference's number or -1."""

    name: str
    fold: int
    pairs: Pairs
    same: np.ndarray
    gold: np.ndarray
    matched: Callable[[Sequence[Sequence[Evidence]]], set[int]]

    def few(self, articles: Sequence[int]) -> tuple[Told, np.ndarray]:
        """These articles of the story by themselves, and which of its pairs are theirs."""
        p = self.pairs
        own = np.isin(p.article, articles)
        rows = own[p.left] & own[p.right]
        place = np.cumsum(own) - 1
        held = [h for h, here in zip(p.held, own, strict=True) if here]
        pairs = Pairs(
            held, place[p.left[rows]], place[p.right[rows]], p.first[rows], p.values[rows],
            p.agree[np.ix_(own, own)], np.unique(p.article[own], return_inverse=True)[1], p.names,
        )  # fmt: skip
        name = f"{self.name} {sorted(articles)}"
        return Told(name, self.fold, pairs, self.same[rows], self.gold[rows], self.matched), rows


def value_fits(figure: FigureMention, value: str) -> bool:
    """Whether a position's value, in words, can be the figure's number."""
    told = [float(m.replace(",", "").rstrip(".")) for m in re.findall(r"\d[\d,.]*", value)]
    told += [NUMBERS[w] for w in re.findall(r"[a-z]+", value.lower()) if w in NUMBERS]
    own = figure.value if isinstance(figure.value, tuple) else (figure.value,)
    return not told or any(
        abs(x * m - y) <= 0.01 * max(abs(y), 1e-9) for x in told for y in own for m in SCALES
    )


def placed(said: Said, evidence: Evidence) -> Placed:
    """Where evidence stands for the scorer."""
    stem = said.stem_of[evidence.article]
    return (stem, *said.articles[stem][1].span(evidence.start, evidence.end))


def _inside(part: Placed, whole: Placed) -> bool:
    return part[0] == whole[0] and whole[1] <= part[1] and part[2] <= whole[2]


def labels(found: Pairs, said: Said, gold: dict, dates: bool) -> tuple[np.ndarray, np.ndarray]:
    """``same`` and ``gold`` of ``Told`` for the pairs of a story."""
    places = [placed(said, h.figure.evidence) for h in found.held]
    kinds = ("date",) if dates else ("figure", "date")
    touched = []
    for held, at in zip(found.held, places, strict=True):
        here = set()
        for d, difference in enumerate(gold["disagreements"]):
            if difference["kind"] not in kinds:
                continue
            for p, position in enumerate(difference["positions"]):
                fits = dates or value_fits(held.figure, position["value"])
                spans = said.gold(position["evidence"])
                if fits and any(overlaps(at, g) or (dates and _inside(at, g)) for g in spans):
                    here.add((d, p))
        touched.append(here)
    things = _timed(places, said, gold) if dates else _counted(found, places, said, gold)
    same, differ = [], []
    for i, j in zip(found.left, found.right, strict=True):
        hits = sorted(d for d, p in touched[i] for e, q in touched[j] if d == e and p != q)
        agree = bool(found.agree[i, j])
        number = hits[0] if hits and not (dates and agree) else -1
        shared = bool(things[i] & things[j])
        differ.append(number)
        if number >= 0:
            same.append(1)
        elif dates:
            same.append(int(agree and shared))
        else:
            same.append(int(shared) if things[i] and things[j] else -1)
    return np.array(same, int), np.array(differ, int)


def _counted(found: Pairs, places: list[Placed], said: Said, gold: dict) -> list[set]:
    """What the gold says that each figure counts."""
    known = [(said.gold([g])[0], g) for g in gold["figures"]]
    out = []
    for held, at in zip(found.held, places, strict=True):
        value = list(held.figure.value) if isinstance(held.figure.value, tuple) else held.figure.value
        out.append(
            {
                g["what"].casefold()
                for s, g in known
                if overlaps(at, s, 0.05) and same_value(value, g["value"])
            }
        )
    return out


def _timed(places: list[Placed], said: Said, gold: dict) -> list[set]:
    """The happenings of the gold's timeline, and its findings, in whose words each date stands."""
    known = [
        ((key, k), said.gold(item["evidence"]))
        for key in ("timeline", "findings")
        for k, item in enumerate(gold[key])
    ]
    return [{k for k, spans in known if any(_inside(at, s) for s in spans)} for at in places]


# --- models ---------------------------------------------------------------------------------------


@dataclass
class Look:
    """A fitted look: what ``weigh.Judge`` reads."""

    trees: dict[str, np.ndarray]
    line: dict

    def probability(self, table: np.ndarray) -> np.ndarray:
        """As ``weigh.Judge`` gives it."""
        if not len(table):
            return np.zeros(0)
        z = (
            (table - np.array(self.line["mean"]))
            / np.array(self.line["scale"])
            @ np.array(self.line["weights"])
        )
        one, two = Trees(**self.trees).probabilities(table), 1 / (1 + np.exp(-(z + self.line["bias"])))
        logit = sum(np.log(p / (1 - p)) for p in (np.clip(m, 1e-4, 1 - 1e-4) for m in (one, two))) / 2
        return np.round(1 / (1 + np.exp(-logit)), 6)

    def of_story(self, table: np.ndarray) -> np.ndarray:
        """As ``weigh.Judge`` gives it."""
        return adapted(self.probability(table), self.line["prior"])


def line(table: np.ndarray, answers: np.ndarray, strength: float) -> dict:
    """A logistic regression as ``weigh.weighing`` reads it, without a threshold."""
    mean, scale = table.mean(axis=0), table.std(axis=0) + 1e-6
    model = LogisticRegression(C=strength, max_iter=3000).fit((table - mean) / scale, answers)
    return {
        "mean": [round(float(v), 6) for v in mean],
        "scale": [round(float(v), 6) for v in scale],
        "weights": [round(float(v), 6) for v in model.coef_[0]],
        "bias": round(float(model.intercept_[0]), 6),
    }


def _direction(name: str) -> int:
    """1 where more of the feature can only speak for one thing, -1 where only against it, else 0."""
    for_one = ("unit_same", "time_same", "order_same", "relation_same", "counted_same", "others_agree")
    if name in for_one or name.startswith(("cos_", "one_")) or name.endswith(("_share", "_weight", "_cover")):
        return 1
    return -1 if name.endswith("_other") or name.startswith("told_") or name == "place_gap" else 0


def look(table: np.ndarray, answers: np.ndarray, which: int, names: Sequence[str] = ()) -> Look:
    """The first look (0) or the second (1), fitted; the ``names`` of the first columns tell directions."""
    directions = [_direction(n) for n in names[: table.shape[1]]]
    directions += [0] * (table.shape[1] - len(directions))
    settings = SETTINGS | {"monotone_constraints": directions, "monotone_constraints_method": "advanced"}
    trees = lightgbm.train(settings, lightgbm.Dataset(table, answers), ROUNDS[which])
    fitted = line(table, answers, STRENGTH[which]) | {"prior": round(float(np.mean(answers)), 4)}
    return Look(flat(trees), fitted)


def _first(told: Sequence[Told]) -> Look:
    known = [(t.pairs.first[t.same >= 0], t.same[t.same >= 0]) for t in told]
    names = told[0].pairs.names
    return look(np.concatenate([x for x, _ in known]), np.concatenate([y for _, y in known]), 0, names)


Tables = dict[str, tuple[np.ndarray, np.ndarray]]  # story -> pairs that the second look takes, their rows


def _second(told: Sequence[Told], tables: Tables) -> Look:
    known = [t for t in told if len(tables[t.name][0])]
    answers = [t.gold[tables[t.name][0]] >= 0 for t in known]
    names = [*known[0].pairs.names, "one_likely"]
    return look(np.concatenate([tables[t.name][1] for t in known]), np.concatenate(answers), 1, names)


def _left_out(told: Sequence[Told], of: Callable[[list[Told]], Look], ask: Callable) -> dict[str, np.ndarray]:
    """Story -> what ``ask`` hears from a look that had not seen the story."""
    out = {}
    for fold in range(FOLDS):
        model = of([t for t in told if t.fold != fold])
        out |= {t.name: ask(model, t) for t in told if t.fold == fold}
    return out


def _tables(told: Sequence[Told], likely: dict[str, np.ndarray]) -> Tables:
    out = {}
    for t in told:
        at = np.flatnonzero(~t.pairs.same & (likely[t.name] >= LEAST))
        out[t.name] = at, second_look(t.pairs, likely[t.name], at)
    return out


def _fewer(told: Sequence[Told], likely: dict[str, np.ndarray]) -> list[Told]:
    """A few articles of each story, drawn by its name; ``likely`` is given theirs."""
    out = []
    for t in told:
        articles = int(t.pairs.article.max(initial=-1)) + 1
        drawn = np.random.default_rng(int(hashlib.sha256(t.name.encode()).hexdigest()[:8], 16))
        for _ in range(TIMES):
            size = int(drawn.choice(FEW))
            if articles > size:
                few, rows = t.few(drawn.choice(articles, size, replace=False).tolist())
                likely[few.name] = likely[t.name][rows]
                out.append(few)
    return out


def learn(kind: str, told: list[Told], precision: float, floor: float) -> dict[str, Look]:
    """Both looks by name; the second's threshold is the lowest from ``floor`` with this precision."""
    likely = _left_out(told, _first, lambda m, t: m.probability(t.pairs.first))
    every = [*told, *_fewer(told, likely)]
    tables = _tables(every, likely)
    sure = _left_out(every, lambda some: _second(some, tables), lambda m, t: m.of_story(tables[t.name][1]))
    scores = {}
    for t in told:
        scores[t.name] = np.where(t.pairs.same, likely[t.name], 0.0)
        scores[t.name][tables[t.name][0]] = sure[t.name]
    known = np.concatenate([t.same for t in told])
    first = np.concatenate([likely[t.name] for t in told])[known >= 0]
    differ = np.concatenate([t.gold[tables[t.name][0]] >= 0 for t in told])
    second = np.concatenate([sure[t.name] for t in told])
    print(
        f"{kind}: {len(known)} pairs; average precision left out of one thing "
        f"{average_precision_score(known[known >= 0], first):.3f}, of a difference "
        f"{average_precision_score(differ, second):.3f} ({len(differ)} pairs, {int(differ.sum())} are)"
    )
    threshold = max(_threshold(kind, told, scores, precision), floor)
    looks = {f"same {kind}": _first(told), kind: _second(every, tables)}
    looks[f"same {kind}"].line["threshold"], looks[kind].line["threshold"] = LEAST, threshold
    return looks


def _threshold(kind: str, told: list[Told], scores: dict, precision: float) -> float:
    """The lowest threshold from which on left-out differences are right so often; prints the course."""
    best, going = 0.9, True
    for cut in np.round(np.arange(0.6, 0.06, -0.02), 2):
        said = right = found = 0
        for t in told:
            pairs = zip(t.pairs.left.tolist(), t.pairs.right.tolist(), strict=True)
            at = dict(zip(pairs, scores[t.name].tolist(), strict=True))
            met = set()
            for places in link(len(t.pairs.held), at, float(cut)):
                group = [t.pairs.held[i] for i in places]
                sides = positions(group)
                if len({h.figure.evidence.article for h in group}) > 1 and len(sides) > 1:
                    hits = t.matched([[h.clause for h in side] for side in sides])
                    said, right, met = said + 1, right + bool(hits), met | hits
            found += len(met)
        reached = right / max(said, 1)
        print(f"  {kind} {cut:.2f}: {said} told, {right} right ({reached:.3f}), {found} gold differences met")
        going = going and (reached >= precision or said < 10)
        if going and reached >= precision:
            best = float(cut)
    return best
