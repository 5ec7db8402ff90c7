"""Trains the model of reports/figures_choice on benchmark/stories and writes figures_model.json.

python -m training.figures            # writes the model
python -m training.figures --check    # stories left out in six folds: what it is worth
"""

from __future__ import annotations

import collections
import json
import pathlib
import sys

from consilience.model import Analysis
from consilience.reports.figures import candidates
from consilience.reports.figures_choice import LEAST, features
from consilience.reports.linear import Linear
from training.commitments import FOLDS, ROOT, fit, placed, stories

MODEL = ROOT / "src/consilience/reports/figures_model.json"
C, LEAST_COUNT = 5.0, 2  # best of {1, 3, 5, 10} on stories left out
SLACK = 0.005  # relative difference up to which two values are the same


def same(a: object, b: object) -> bool:
    """Whether two values, numbers or ranges, are the same or overlap."""
    low, high = a if isinstance(a, list | tuple) else (a, a)
    low2, high2 = b if isinstance(b, list | tuple) else (b, b)
    slack = SLACK * max(abs(low2), abs(high2))
    return low - slack <= high2 and low2 <= high + slack


def rows(gold: dict, analyses: list[Analysis]) -> list[tuple[set[str], bool]]:
    """(features, is a figure) of every number of a story's articles."""
    out = []
    for analysis in analyses:
        stem, text = pathlib.Path(analysis.article.source).stem, analysis.article.text
        wanted = [
            (span, item["value"])
            for item in gold["figures"]
            if item["article"] == stem and (span := placed(text, item["text"]))
        ]
        values = [item["value"] for item in gold["figures"] if item["article"] == stem]
        for sentence in analysis.sentences:
            for ws, c in candidates(analysis, sentence):
                start, end = ws[c.first].start, ws[c.last - 1].end
                here = any(s.start < end and start < s.end and same(c.value, v) for s, v in wanted)
                again = (
                    not isinstance(c.value, tuple) and c.value > 2 and any(same(c.value, v) for v in values)
                )
                out.append((features(ws, c), here or again))
    return out


def train(by_story: dict[str, list[tuple[set[str], bool]]]) -> Linear:
    """The model of the stories' rows."""
    return fit([(s, f, y) for s, data in sorted(by_story.items()) for f, y in data], LEAST_COUNT, C)


def main() -> None:
    """Trains and writes the model, or checks it."""
    by_story = {name: rows(gold, analyses) for name, (gold, analyses) in stories().items()}
    if "--check" not in sys.argv:
        data = {"figure": train(by_story).to_json()}
        MODEL.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
        return
    tally: collections.Counter = collections.Counter()
    names = sorted(by_story)
    for fold in range(FOLDS):
        model = train({n: by_story[n] for i, n in enumerate(names) if i % FOLDS != fold})
        for name in names[fold::FOLDS]:
            for row, label in by_story[name]:
                said = model.probability(row) >= LEAST
                tally.update(said=said, wanted=label, right=said and label)
    p, r = tally["right"] / tally["said"], tally["right"] / tally["wanted"]
    print(f"numbers that are figures: P {p:.3f} R {r:.3f} F1 {2 * p * r / (p + r):.3f} of {tally['wanted']}")


if __name__ == "__main__":
    main()
