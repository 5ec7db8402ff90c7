"""How long the reports of one large story take to be aligned.

    python -m benchmark.speed_origins [ARTICLES]        (50 where not said)

The story is made up of the benchmark's own: articles of all its stories, cut or run together to 500
words each (25,000 words for 50), read by the package beforehand. Prints the seconds of processor time
that ``origins.find`` takes, the best of three.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from consilience import language, origins
from consilience.model import Article, Completeness, Reading, StoryReading

WORDS = 500
STORIES = Path(__file__).parent / "stories"


def made_up(count: int) -> StoryReading:
    """A story of that many articles of ``WORDS`` words: each fifth one is a cut version of another."""
    texts = []
    for path in sorted(STORIES.glob("*/articles/*.txt")):
        texts.append(path.read_text(encoding="utf-8"))
    pool = "\n".join(texts).split("\n")
    articles = []
    at = 0
    for i in range(count):
        lines: list[str] = []
        while sum(len(line.split()) for line in lines) < WORDS:
            lines.append(pool[at % len(pool)])
            at += 1
        if i % 5 == 4:
            lines = articles[-1].text.split("\n")[: max(3, len(articles[-1].text.split("\n")) * 4 // 5)]
        name = f"a{i:03}"
        articles.append(
            Article(id=name, source=name, text="\n".join(lines), completeness=Completeness("whole"))
        )
    return StoryReading("made up", tuple(Reading(a) for a in language.analyse(articles)))


def main() -> None:
    """Runs it and prints."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    story = made_up(count)
    words = sum(len(r.article.text.split()) for r in story.readings)
    took = []
    for _ in range(3):
        start = time.process_time()
        found = origins.find(story)
        took.append(time.process_time() - start)
    shared = sum(len(o.articles) > 1 for o in found)
    print(f"{count} articles, {words} words: {min(took):.2f} s")
    print(f"{len(found)} origins, {shared} of several articles")


if __name__ == "__main__":
    main()
