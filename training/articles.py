"""Learn which lines of a page are the report: ``python -m training.articles [--check] [EXTRACTION_SET]``.

``--check`` learns nothing for good: each story's pages are judged by models that have not seen the story.

Writes ``lines-text.npz`` (texts as copied), ``lines-title.npz`` (which line is the title) and, where
EXTRACTION_SET is given (a copy of scrapinghub's article-extraction-benchmark, MIT licence),
``lines-html.npz`` to ``src/consilience/language/en``, and to ``benchmark/models`` one HTML model per
fold that has not seen the set's pages of that fold: the measure (``benchmark/sets/extraction.py``)
judges each page by a model that never saw it. Of the set's text only words and pairs of words that
stand on three pages or more reach the models, as weights.

Labels: a line of a story's page is furniture where the gold says so, or where it is the title, a
byline or a date (``benchmark/pages``); a line of the set's pages is the report where the set's text
holds it. Learnt in two steps: a linear model on words, whose out-of-fold score is a column of the
boosted trees. Needs scikit-learn, lightgbm and scipy; about a minute.
"""

from __future__ import annotations

import gzip
import html
import json
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import lightgbm as lgb
import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from benchmark.sets.extraction import FOLDS, fold_of
from consilience.articles.blocks import Block, html_blocks, parse, text_blocks
from consilience.articles.choosing import choose_html, choose_text, found_in, key, main_text
from consilience.articles.decoding import decode
from consilience.articles.features import (
    HTML_FEATURES,
    TEXT_FEATURES,
    candidates,
    html_features,
    text_features,
    tokens_of,
    word_features,
)
from consilience.articles.metadata import Head
from consilience.articles.trees import LineModel, read_model

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "src" / "consilience" / "language" / "en"
FOLD_OUT = ROOT / "benchmark" / "models"
CHECK_FOLDS = 6
INNER = 5  # folds of the word model's out-of-fold scores
TREES = {
    "n_estimators": 80,
    "num_leaves": 12,
    "max_depth": 6,
    "learning_rate": 0.1,
    "min_child_samples": 15,
    "subsample": 0.8,
    "subsample_freq": 1,
    "colsample_bytree": 0.6,
    "reg_lambda": 2,
    "verbose": -1,
    "n_jobs": 1,
    "random_state": 0,
    "deterministic": True,
}
TITLE_TREES = TREES | {
    "n_estimators": 40,
    "num_leaves": 6,
    "max_depth": 4,
    "learning_rate": 0.12,
    "min_child_samples": 8,
    "colsample_bytree": 0.5,
}
SET_WEIGHT = 0.5  # of a line of the extraction set: its pages have many times more lines
LEAST_PAGES = 3  # pages (or stories) that a word stands in
_NOT_REPORT = re.compile(
    r"\(?Reporting by|Press release$|PRESS RELEASE$|For immediate release|\d+ min ago|Source: |Translated by|"
    r"By [A-Z]|Reporting from [A-Z]"
)


@dataclass
class Labelled:
    """A page's lines with 1 for the report and 0 for the rest. ``at``: their places among all lines."""

    group: str
    blocks: list[Block]
    labels: list[int]
    title: int | None = None
    found: list[bool] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    weight: float = 1.0

    def rows(self, words: dict[str, float], columns: int) -> np.ndarray:
        """The page's feature rows."""
        text = text_features(self.blocks, words)
        if columns == len(TEXT_FEATURES):
            return text
        return np.hstack([text, html_features(self.blocks, self.found, self.at)])


def fold(text: str) -> str:
    """White space folded."""
    return " ".join(text.split())


def story_pages(as_html: bool) -> list[Labelled]:
    """The stories' pages: all of them as lines of text, or the HTML ones with their markup."""
    pages = []
    for folder in sorted((ROOT / "benchmark" / "stories").iterdir()):
        if not folder.is_dir():
            continue
        gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
        said = json.loads((ROOT / "benchmark" / "pages" / f"{folder.name}.json").read_text(encoding="utf-8"))
        for path in sorted((folder / "articles").iterdir()):
            if as_html and path.suffix != ".html":
                continue
            pages.append(story_page(path, gold, said[path.stem], as_html))
    return pages


def story_page(path: Path, gold: dict, said: dict, as_html: bool) -> Labelled:
    """One page of a story with its labels."""
    text = decode(path.read_bytes())
    tree = parse(text) if path.suffix == ".html" else None
    blocks = list((html_blocks(tree) if tree is not None else text_blocks(text)).blocks)
    furniture = [fold(b["text"]) for b in gold["boilerplate"] if b["article"] == path.stem]
    evidence = [fold(p["text"]) for p in evidence_of(gold) if p["article"] == path.stem]
    title = next(i for i, b in enumerate(blocks) if key(b.text) == key(said["title"]) and b.tag != "title")
    body = next(i for i in range(title + 1, len(blocks)) if len(blocks[i].text.split()) >= 20)
    names = [n for n in (said["byline"] or []) if n]
    labels = []
    for i, block in enumerate(blocks):
        report = i > title and not is_furniture(block.text, furniture, tree is not None)
        if report and (
            _NOT_REPORT.match(block.text) or block.at("comments") or block.tag in ("button", "figcaption")
        ):
            report = False
        if report and i < body and len(block.text.split()) < 20:
            dated = re.search(r"20\d\d|\d:\d\d", block.text) is not None
            report = not (dated or block.at("meta") or any(key(n) in key(block.text) for n in names))
        if (
            any(len(e) >= 12 and e in block.text for e in evidence)
            and i != title
            and block.text not in furniture
        ):
            report = True
        labels.append(int(report))
    page = Labelled(path.parent.parent.name, blocks, labels, title)
    return with_markup(page, main_text(tree)) if as_html and tree is not None else page


def evidence_of(gold: dict) -> list[dict]:
    """Every piece of evidence of a story's gold."""
    pieces = [*gold["quotes"], *gold["figures"]]
    for name in ("findings", "commitments", "timeline"):
        pieces += [p for item in gold[name] for p in item["evidence"]]
    return pieces + [p for d in gold["disagreements"] for side in d["positions"] for p in side["evidence"]]


def is_furniture(line: str, furniture: Sequence[str], joined: bool) -> bool:
    """Whether a line is one of the gold's pieces of furniture, or (``joined``) several run together."""
    if any(line == piece or (len(piece) > 25 and piece in line) for piece in furniture):
        return True
    rest = line
    for piece in sorted(furniture, key=len, reverse=True) if joined else ():
        rest = rest.replace(piece, "")
    return len(key(rest)) < 0.3 * len(key(line)) or not key(line)


def with_markup(page: Labelled, found: str) -> Labelled:
    """The page's candidate lines with what trafilatura keeps."""
    every = found_in(page.blocks, found)
    page.at = candidates(page.blocks, every)
    page.blocks = [page.blocks[i] for i in page.at]
    page.labels = [page.labels[i] for i in page.at]
    page.found = [every[i] for i in page.at]
    return page


def set_pages(folder: Path) -> list[Labelled]:
    """The pages of the extraction set."""
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    pages = []
    for name in sorted(truth):
        tree = parse(decode(gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())))
        blocks = list(html_blocks(tree).blocks)
        body = html.unescape(truth[name]["articleBody"])
        whole, lines = key(body), {key(line) for line in body.splitlines()}
        keys = [key(b.text) for b in blocks]
        labels = [int(bool(k) and (k in lines or (len(k) >= 40 and is_part(k, whole)))) for k in keys]
        long = [i for i, k in enumerate(keys) if labels[i] and len(k) >= 40]
        for i, k in enumerate(keys):  # a short line counts near the report only
            if labels[i] and len(k) < 40 and long and not long[0] - 3 <= i <= long[-1] + 3:
                labels[i] = 0
        page = Labelled(name, blocks, labels, weight=SET_WEIGHT)
        pages.append(with_markup(page, main_text(tree)))
    return pages


def is_part(k: str, whole: str) -> bool:
    """Whether a line's letters stand in the text, one end of a long line being enough."""
    return k in whole or (len(k) >= 80 and (k[:40] in whole or k[-40:] in whole))


def fit_words(pages: Sequence[Labelled]) -> dict[str, float]:
    """Weights of the linear model on words; "" is the bias."""
    bags = [word_features(tokens_of(b.text)[0]) for p in pages for b in p.blocks]
    labels = [y for p in pages for y in p.labels]
    weights = [p.weight for p in pages for _ in p.labels]
    seen: dict[str, set[str]] = defaultdict(set)
    for group, bag in zip((p.group for p in pages for _ in p.labels), bags, strict=True):
        for word in bag:
            seen[word].add(group)
    words = sorted(w for w, groups in seen.items() if len(groups) >= LEAST_PAGES)
    column = {w: i for i, w in enumerate(words)}
    cells = [
        (r, column[w], len(bag) ** -0.5) for r, bag in enumerate(bags) for w in sorted(bag) if w in column
    ]
    rows, columns, values = zip(*cells, strict=True)
    matrix = sp.csr_matrix((values, (rows, columns)), shape=(len(bags), len(words)))
    model = LogisticRegression(max_iter=300, solver="liblinear").fit(matrix, labels, sample_weight=weights)
    found = {
        w: round(float(model.coef_[0][i]), 3) for w, i in column.items() if abs(model.coef_[0][i]) > 0.02
    }
    return found | {"": float(model.intercept_[0])}


def fit(
    pages: Sequence[Labelled], columns: int, trees: dict = TREES
) -> tuple[dict[str, float], lgb.LGBMClassifier]:
    """Word weights, and trees on rows whose word scores come from pages held out."""
    groups = {g: i % INNER for i, g in enumerate(sorted({p.group for p in pages}))}
    rows, labels, weights = [], [], []
    for k in range(INNER):
        words = fit_words([p for p in pages if groups[p.group] != k])
        for page in (p for p in pages if groups[p.group] == k):
            rows.append(page.rows(words, columns))
            labels += page.labels
            weights += [page.weight] * len(page.labels)
    model = lgb.LGBMClassifier(**trees).fit(np.vstack(rows), np.array(labels), sample_weight=weights)
    return fit_words(pages), model


def fit_title(pages: Sequence[Labelled]) -> tuple[dict[str, float], lgb.LGBMClassifier]:
    """The same for the title among the lines above the report."""
    groups = {g: i % INNER for i, g in enumerate(sorted({p.group for p in pages}))}
    rows, labels = [], []
    for k in range(INNER):
        words = fit_words([p for p in pages if groups[p.group] != k])
        for page in (p for p in pages if groups[p.group] == k):
            title = page.title or 0
            body = next((i for i, y in enumerate(page.labels) if y and i > title), title + 1)
            low = max(0, title - 6)
            rows.append(page.rows(words, len(TEXT_FEATURES))[low:body])
            labels += [int(i == title) for i in range(low, body)]
    return fit_words(pages), lgb.LGBMClassifier(**TITLE_TREES).fit(np.vstack(rows), np.array(labels))


def write(path: Path, words: dict[str, float], model: lgb.LGBMClassifier, columns: Sequence[str]) -> None:
    """The file that ``consilience.articles.trees`` reads."""
    nodes: dict[str, list] = {name: [] for name in ("feature", "threshold", "left", "right")}
    leaves: list[float] = []

    def add(node: dict) -> int:
        if "split_feature" not in node:
            leaves.append(node["leaf_value"])
            return ~(len(leaves) - 1)
        at = len(nodes["feature"])
        for name, value in zip(nodes, (node["split_feature"], node["threshold"], 0, 0), strict=True):
            nodes[name].append(value)
        nodes["left"][at], nodes["right"][at] = add(node["left_child"]), add(node["right_child"])
        return at

    roots = [add(tree["tree_structure"]) for tree in model.booster_.dump_model()["tree_info"]]
    names = sorted(words)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        columns=np.frombuffer("\n".join(columns).encode(), dtype=np.uint8),
        words=np.frombuffer("\n".join(names).encode(), dtype=np.uint8),
        weights=np.array([words[n] for n in names], dtype=np.float32),
        roots=np.array(roots, dtype=np.int32),
        feature=np.array(nodes["feature"], dtype=np.int16),
        threshold=np.array(nodes["threshold"], dtype=np.float32),
        left=np.array(nodes["left"], dtype=np.int32),
        right=np.array(nodes["right"], dtype=np.int32),
        leaf=np.array(leaves, dtype=np.float32),
    )
    print(f"{path.name}: {len(names)} words, {len(roots)} trees, {path.stat().st_size:,} bytes")


def check(of_set: list[Labelled]) -> None:
    """Of pages of stories left out: evidence kept and furniture gone, as the scorer counts them."""
    columns = TEXT_FEATURES + HTML_FEATURES
    texts, pages = story_pages(as_html=False), story_pages(as_html=True)
    folds = {name: i % CHECK_FOLDS for i, name in enumerate(sorted({p.group for p in texts}))}
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for k in range(CHECK_FOLDS):
        text_model = as_read(
            *fit([p for p in texts if folds[p.group] != k], len(TEXT_FEATURES)), TEXT_FEATURES
        )
        seen = [p for p in pages if folds[p.group] != k]
        html_model = as_read(*fit([*seen, *of_set], len(columns)), columns)
        for name in (n for n, fold_ in folds.items() if fold_ == k):
            folder = ROOT / "benchmark" / "stories" / name
            gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
            for path in sorted((folder / "articles").iterdir()):
                kind = "HTML" if path.suffix == ".html" else "text"
                lines = report_of(path, html_model if kind == "HTML" else text_model)
                count(counts[kind], lines, gold, path.stem)
    for kind, (lost, pieces, stands, furniture) in counts.items():
        kept, gone = 1 - lost / pieces, 1 - stands / furniture
        print(f"{kind}: report kept {kept:.4f} of {pieces}, furniture gone {gone:.4f} of {furniture}")


def report_of(path: Path, model: LineModel) -> list[str]:
    """A page's report, its lines chosen by ``model``."""
    text = decode(path.read_bytes())
    if path.suffix != ".html":
        blocks = text_blocks(text).blocks
        return [blocks[i].text for i in choose_text(blocks, None, model).keep]
    tree = parse(text)
    blocks, head = html_blocks(tree).blocks, Head(tree)
    choice = choose_html(blocks, main_text(tree), head.title, head.description, model)
    return [blocks[i].text for i in choice.keep]


def count(counts: list[int], lines: list[str], gold: dict, stem: str) -> None:
    """Add a page to (evidence lost, evidence, furniture kept, furniture)."""
    whole = " ".join(lines)
    evidence = [fold(p["text"]) for p in evidence_of(gold) if p["article"] == stem]
    furniture = [fold(b["text"]) for b in gold["boilerplate"] if b["article"] == stem]
    stands = [b for b in furniture if any(x == b or (len(b) > 25 and b in x) for x in lines)]
    found = (sum(e not in whole for e in evidence), len(evidence), len(stands), len(furniture))
    for i, n in enumerate(found):
        counts[i] += n


def as_read(words: dict[str, float], model: lgb.LGBMClassifier, columns: Sequence[str]) -> LineModel:
    """A model as the project would read it from its file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.npz"
        write(path, words, model, columns)
        return read_model(path.read_bytes(), path.name)


def main() -> None:
    """Train and write all models, or with ``--check`` say what they are worth."""
    if "--check" in sys.argv:
        check(set_pages(Path(sys.argv[-1])) if sys.argv[-1] != "--check" else [])
        return
    texts = story_pages(as_html=False)
    write(OUT / "lines-text.npz", *fit(texts, len(TEXT_FEATURES)), TEXT_FEATURES)
    write(OUT / "lines-title.npz", *fit_title(texts), TEXT_FEATURES)
    if len(sys.argv) < 2:
        return
    columns = TEXT_FEATURES + HTML_FEATURES
    pages, of_set = story_pages(as_html=True), set_pages(Path(sys.argv[1]))
    write(OUT / "lines-html.npz", *fit([*pages, *of_set], len(columns)), columns)
    for k in range(FOLDS):
        unseen = [p for p in of_set if fold_of(p.group) != k]
        write(FOLD_OUT / f"lines-html-{k}.npz", *fit([*pages, *unseen], len(columns)), columns)


if __name__ == "__main__":
    main()
