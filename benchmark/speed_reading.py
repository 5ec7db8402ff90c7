"""How fast articles are read once the models are loaded, and copies of what was read.

    python -m benchmark.speed_reading           # the project's stories
    python -m benchmark.speed_reading --threads 2

The articles of ``benchmark/stories`` are put together to texts of about 500 words. Reading is all of
``pipeline.understand``: the encoder, names, quotes, attribution, figures, dates, commitments, statements.
Articles are read one by one (the account of one waits for nothing else) and all in one call, as a story's
are: there the encoder goes on with the next article while one is read. A copy is such a text with its first
paragraph gone and another outlet's name.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from consilience import articles, pipeline, sources
from consilience.ids import content_id
from consilience.language.encoder import forget
from consilience.model import Article, Completeness, Page
from consilience.settings import Settings

STORIES = Path(__file__).parent / "stories"
WORDS = 500
WARM = 5  # articles read before the clock starts


def texts(count: int) -> list[Article]:
    """``count`` articles of about ``WORDS`` words each, out of the stories' articles in their order."""
    pages = [p for p in sources.read_pages([str(STORIES)]) if isinstance(p, Page)]
    found, _ = articles.extract(pages)
    out: list[Article] = []
    paragraphs: list[str] = []
    for paragraph in (p for a in found for p in a.text.split("\n\n")):
        paragraphs.append(paragraph)
        if sum(len(p.split()) for p in paragraphs) >= WORDS:
            out.append(made("\n\n".join(paragraphs), len(out)))
            paragraphs = []
        if len(out) == count:
            break
    return out


def made(text: str, number: int, outlet: str = "Herald") -> Article:
    """An article of that text."""
    name = content_id("article", outlet, number, text)
    return Article(name, name, text, Completeness("whole"), outlet=outlet, published="2026-03-11")


def copied(original: Article, number: int) -> Article:
    """A copy without the first paragraph."""
    return made(original.text.split("\n\n", 1)[-1], number, "Ledger")


def seconds(article: Article, settings: Settings) -> tuple[float, float]:
    """What reading it takes: seconds on the clock, seconds of all processors."""
    clock, work = time.perf_counter(), time.process_time()
    pipeline.understand([article], settings=settings)
    return time.perf_counter() - clock, time.process_time() - work


def together(every: Sequence[Article], settings: Settings) -> list[tuple[float, float]]:
    """The same per article where all are read in one call and none was met before."""
    forget()
    clock, work = time.perf_counter(), time.process_time()
    pipeline.understand(every, settings=settings)
    took = (time.perf_counter() - clock) / len(every), (time.process_time() - work) / len(every)
    return [took] * len(every)


def row(name: str, took: Sequence[tuple[float, float]]) -> str:
    """Articles a second on the clock, and what one costs."""
    clock, work = (sum(t) / len(took) for t in zip(*took, strict=True))
    return f"{name}: {1 / clock:.1f} a second, {1000 * work:.0f} ms of a processor each"


def main() -> None:
    """Prints articles per second, read and read again as copies."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--threads", type=int, default=None, help="threads of the encoder")
    parser.add_argument("--articles", type=int, default=60)
    args = parser.parse_args()
    settings = Settings(threads=args.threads) if args.threads else Settings()
    every = texts(args.articles + WARM)
    for article in every[:WARM]:
        seconds(article, settings)
    fresh, again = [], []
    for i, article in enumerate(every[WARM:]):
        fresh.append(seconds(article, settings))
        again.append(seconds(copied(article, i), settings))
    words = sum(len(a.text.split()) for a in every[WARM:]) / len(fresh)
    print(f"{len(fresh)} articles of {words:.0f} words")
    print(row("in one call (goal: 8 a second)", together(every[WARM:], settings)))
    print(row("one by one", fresh))
    print(row("copies of them (goal: twice that)", again))


if __name__ == "__main__":
    main()
