"""Main text of real pages: scrapinghub's article-extraction-benchmark, by its own measure.

Precision, recall and F1 of the texts' word 4-grams with repeats, averaged over pages; trafilatura in its
precise setting beside it in the same run. The project's HTML model is learnt on these pages among
others, so each page is judged here by a model that has not seen it (``benchmark/models``, written by
``training/articles.py``); the number of pages a second is that of the whole way from bytes to article.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import trafilatura

from benchmark.rows import Row
from consilience.articles.extraction import read_page
from consilience.articles.trees import LineModel, read_model
from consilience.model import Article, Page
from consilience.settings import Settings

FOLDS = 5
MODELS = Path(__file__).resolve().parent.parent / "models"
_WORD = re.compile(r"\w+")


def fold_of(name: str) -> int:
    """The fold of a page, by its name."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % FOLDS


def shingles(text: str, n: int = 4) -> Counter[tuple[str, ...]]:
    """The text's runs of ``n`` words, with repeats."""
    words = _WORD.findall(text)
    return Counter(tuple(words[i : i + n]) for i in range(max(1, len(words) - n + 1))) if words else Counter()


def precision_recall(gold: str, said: str) -> tuple[float, float]:
    """Of one page; a text that is rightly empty is 1, 1."""
    wanted, given = shingles(gold), shingles(said)
    both = sum((wanted & given).values())
    return (
        both / sum(given.values()) if given else float(not wanted),
        both / sum(wanted.values()) if wanted else 1.0,
    )


def f1(pairs: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    """F1 of the mean precision and the mean recall, as the set's own script has it."""
    precision = sum(p for p, _ in pairs) / len(pairs)
    recall = sum(r for _, r in pairs) / len(pairs)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0, precision, recall


def measure(data: Path, verbose: bool = False) -> list[Row]:
    """Rows for the project and for trafilatura; [] where the set is not there."""
    folder = data / "extraction" / "scrapinghub"
    if not (folder / "ground-truth.json").is_file():
        return []
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    pages = {
        name: gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()) for name in sorted(truth)
    }
    models = _fold_models()

    def ours(name: str) -> str:
        page = Page(name, pages[name], "text/html")
        found = read_page(page, Settings(), model=models[fold_of(name)] if models else None)
        return found.text if isinstance(found, Article) else ""

    def theirs(name: str) -> str:
        return trafilatura.extract(pages[name], include_comments=False, favor_precision=True) or ""

    own, own_rate = _run(pages, ours)
    other, other_rate = _run(pages, theirs)
    scores = {name: precision_recall(truth[name]["articleBody"], own[name]) for name in pages}
    beside = [precision_recall(truth[name]["articleBody"], other[name]) for name in pages]
    if verbose:
        for name in sorted(scores, key=lambda n: min(scores[n]))[:20]:
            print(f"      {name[:12]} precision {scores[name][0]:.3f} recall {scores[name][1]:.3f}")
    value, precision, recall = f1(list(scores.values()))
    reference, p, r = f1(beside)
    seen = "" if models else "; learnt on these pages"
    return [
        Row(
            "main text, scrapinghub (F1)",
            value,
            len(pages),
            f"P {precision:.3f} R {recall:.3f}; "
            f"trafilatura, precise: {reference:.3f} (P {p:.3f} R {r:.3f}){seen}",
        ),
        Row("pages a second, one core", own_rate, len(pages), f"trafilatura, precise: {other_rate:.1f}"),
    ]


def _run(pages: dict[str, bytes], extract: Callable[[str], str]) -> tuple[dict[str, str], float]:
    names = list(pages)
    extract(names[0])  # what is read once is read before the clock starts
    start = time.process_time()
    texts = {name: extract(name) for name in names}
    return texts, len(names) / (time.process_time() - start)


def _fold_models() -> list[LineModel] | None:
    paths = [MODELS / f"lines-html-{k}.npz" for k in range(FOLDS)]
    if not all(path.is_file() for path in paths):
        return None
    return [read_model(path.read_bytes(), path.name) for path in paths]
