"""How the findings do on stories that the models were not trained on.

    python -m training.pairs.compare --cache FILE --scores FILE [--sweep] [--notes N]

``--scores``: what ``training.pairs.trees --scores`` wrote; ``--sweep`` tries other thresholds.
"""

from __future__ import annotations

import argparse
import collections
import itertools
import pickle
from pathlib import Path

import msgspec

from benchmark.score import score_counts, score_findings
from benchmark.tally import Tally
from consilience.findings import features, find, scores
from training.pairs.gold import folders, gold_origins, load, said


def measure(stories: dict, kept: dict, units: dict) -> dict[str, Tally]:
    """The tallies of findings and witnesses over the stories, from out-of-part scores."""
    tallies: dict[str, Tally] = collections.defaultdict(Tally)
    for folder in folders():
        story, (sentences, clauses, phrases) = stories[folder.name], kept[folder.name]
        case = load(folder)
        found = [r.article for r in story.readings]
        known = scores.Scores(units[folder.name], clauses, sentences, phrases)
        scores.of = lambda _, known=known: known
        facts = find.find_findings(story, gold_origins(case, found))
        view = said(case, found, [{"findings": msgspec.to_builtins(facts), "articles": []}])
        score_findings(case.gold, view, tallies)
        score_counts(case.gold, view, tallies)
    return tallies


def line(tallies: dict[str, Tally]) -> str:
    """Precision, recall and F1 of findings, and the part of witnesses counted right."""
    pairs, counts = tallies["findings (evidence pairs)"], tallies["findings: witnesses counted right"]
    p, r, f = pairs.figures()
    return f"P {p:.3f} R {r:.3f} F1 {f:.3f} witnesses {counts.figures()[2]:.3f} ({pairs.said} pairs said)"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--scores", type=Path, required=True)
    parser.add_argument("--sweep", action="store_true")
    parser.add_argument("--notes", type=int, default=0)
    options = parser.parse_args()
    stories = pickle.loads(options.cache.read_bytes())
    kept = pickle.loads(options.scores.read_bytes())
    units = {name: features.units(story) for name, story in stories.items()}
    tallies = measure(stories, kept, units)
    print("as set:", line(tallies), flush=True)
    for note in list(itertools.chain(*(t.notes for t in tallies.values())))[: options.notes]:
        print("   ", note)
    if options.sweep:
        grid = itertools.product((0.6, 0.7, 0.8, 0.9), (0.35, 0.4, 0.5), (0.4, 0.5), (0.1,))
        for same, sentence, join, narrow in grid:
            find.SAME_CLAUSE, find.SAME_SENTENCE = same, sentence
            find.JOIN_SENTENCES, find.NARROW = join, narrow
            print(same, sentence, join, narrow, line(measure(stories, kept, units)), flush=True)


if __name__ == "__main__":
    main()
