"""How fast articles are grouped, and whether the cost of one grows with the number held.

    python -m benchmark.speed_stories [ARTICLES]        (200000 where not said)

The articles are made up: events of one to sixty articles over two years, each with its own names,
figures, places and words out of the language's common ones, told in other words by each article. Prints the
milliseconds of processor time per article around the 10,000th and at the end, the memory at its
highest, and B-cubed F, for a check that the work was done.
"""

from __future__ import annotations

import random
import re
import resource
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

from benchmark.sets.clusters import b_cubed
from consilience import stories
from consilience.lexicons import lexicon
from consilience.stories.scene import Place

WINDOW = 5_000  # articles over which a cost is taken
EARLY = 10_000
PER_DAY = 280
PLACES = 2  # of an event's names that are those of places
SYLLABLES = re.findall(r"\w+", "ba ko ri ten mar lo vi das que nor al pe sto gri un fa hel zo")


def _name(rng: random.Random) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 4))).capitalize()


class _Event:
    """One event: its names, its figures, its words, its first day and the articles still to come."""

    def __init__(self, number: int, day: int, rng: random.Random, words: list[str]) -> None:
        self.number, self.day = number, day
        self.names = [_name(rng) for _ in range(8)]
        self.figures = [str(rng.randint(3, 9000)) for _ in range(6)]
        self.words = rng.choices(words[800:], k=45)
        self.left = min(60, int(rng.paretovariate(1.1)))

    def tell(self, rng: random.Random, words: list[str], weights: list[float]) -> tuple[str, str]:
        """(title, text) of one more article."""
        own = [_name(rng) for _ in range(3)]
        pools = (self.names, self.figures, self.words, own)
        sentences = []
        for _ in range(12):
            common = rng.choices(words, cum_weights=weights, k=13)
            told = [rng.choice(rng.choices(pools, (4, 1, 6, 1))[0]) for _ in range(7)]
            mixed = common + told
            rng.shuffle(mixed)
            sentences.append(" ".join(mixed).capitalize() + ".")
        title = " ".join(rng.sample(self.names, 2) + rng.sample(self.words, 4))
        return title, " ".join(sentences)


def corpus(count: int, seed: int = 7) -> Iterator[tuple[int, str, str, str, list[Place]]]:
    """(event, day, title, text, places) of made-up articles, in the order of their days."""
    rng = random.Random(seed)
    table = [(w, 10 ** float(z)) for z, ws in lexicon("frequencies")["zipf"].items() for w in ws.split()]
    words = [w for w, _ in table]
    weights = list(accumulate(f for _, f in table))
    running: list[_Event] = []
    events = 0
    for i in range(count):
        day = i // PER_DAY
        if len(running) < 60 or rng.random() < 0.3:
            running.append(_Event(events, day, rng, words))
            events += 1
        at = rng.randrange(len(running))
        event = running[at]
        title, text = event.tell(rng, words, weights)
        event.left -= 1
        if event.left <= 0:
            running[at] = running[-1]
            running.pop()
        where = "|".join(map(re.escape, event.names[:PLACES]))
        places = [Place(*m.span(), m.group()) for m in re.finditer(rf"\b(?:{where})\b", text, re.IGNORECASE)]
        yield event.number, (date(2023, 1, 1) + timedelta(days=day)).isoformat(), title, text, places


def main() -> None:
    """Runs it and prints."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    grouper = stories.Grouper()
    gold: list[int] = []
    spent = 0.0
    costs: list[float] = []
    for i, (event, day, title, text, places) in enumerate(corpus(count)):
        start = time.process_time()
        grouper.add(stories.features(str(i), title, text, day, places=places))
        spent += time.process_time() - start
        gold.append(event)
        if (i + 1) % WINDOW == 0:
            costs.append(1000 * spent / WINDOW)
            spent = 0.0
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{i + 1} articles: {costs[-1]:.2f} ms an article, {memory:.0f} MB", flush=True)
    said = [0] * count
    groups = grouper.stories()
    for k, members in enumerate(groups):
        for name in members:
            said[int(name)] = k
    p, r, f = b_cubed(gold, said)
    print(f"{len(groups)} stories for {len(set(gold))} events; B-cubed P {p:.3f} R {r:.3f} F {f:.3f}")
    early = costs[min(len(costs), EARLY // WINDOW) - 1]
    print(f"cost at the end over that at {EARLY}: {costs[-1] / early:.2f}")


if __name__ == "__main__":
    main()
