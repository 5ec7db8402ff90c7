"""Parts of speech, dependencies and names, from raw text (UD English EWT and GUM, UNER) and in the cases.

Words are matched by their place in the text, as in the CoNLL 2018 shared task (Zeman et al. 2018): F1
over the words of system and gold; LAS counts an arc whose governor and main relation (before ":") are
right. Names: exact span and type over person, organization and place. The people of the cases: their
names in the articles' text, found where a name of type person covers the last word of the form used.

Run as ``python -m benchmark.sets.language DATA``.
"""

from __future__ import annotations

import gzip
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from benchmark.rows import Row
from consilience.language import analyse
from consilience.language.en.text import split_sentences, tokenize
from consilience.language.encoder import Encoded, encode
from consilience.language.tagging import names
from consilience.model import Article, Completeness
from consilience.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
UNER = {"PER": "person", "ORG": "organization", "LOC": "place"}
Place = tuple[int, int]


class Text(NamedTuple):
    """A paragraph: its text; for each gold word its place -> (upos, governor's place or None, relation)."""

    document: str
    text: str
    words: dict[Place, tuple[str, Place | None, str]]


class Read(NamedTuple):
    """What the program reads in a text, in the same form, and the names."""

    words: dict[Place, tuple[str, Place | None, str]]
    names: set[tuple[int, int, str]]


def measure(data: Path, verbose: bool = False) -> list[Row]:
    """The rows of syntax and names over the test sets, and people over the cases that are at hand."""
    folder = data / "language"
    ewt = list(texts(folder / "ewt-test.conllu.gz"))
    gum = [
        t
        for t in texts(folder / "gum-test.conllu.gz")
        if "_news_" in t.document or "_interview_" in t.document
    ]
    rows = []
    for title, part in (("EWT test", ewt), ("GUM news, interviews test", gum)):
        said = [read(t.text) for t in part]
        for name, score in syntax(part, said).items():
            rows.append(Row(f"{name} from raw text ({title}), F1", score, sum(len(t.words) for t in part)))
    rows += _uner(folder / "uner-ewt-test.iob2.gz", verbose)
    shared = data.parent / "cases"
    for title, cases in (("cases of the project", ROOT / "cases"), ("cases kept beside", shared)):
        if cases.exists():
            found, of = people(cases, verbose)
            rows.append(Row(f"people at their mentions, type right ({title})", found / max(of, 1), of))
    return [*rows, _speed()]


def _speed(count: int = 600) -> Row:
    """Sentences of 22 words through the whole layer, none met before, in two threads."""
    text = " ".join(
        f"The port of Kavara number {i} was closed on Monday after a ship with {i} people got lost in fog."
        for i in range(count)
    )
    warm, article = (
        Article(id="speed", source="speed", text=t, completeness=Completeness("whole"))
        for t in ("Warm.", text)
    )
    analyse([warm], Settings(threads=2))
    started = time.perf_counter()
    found = len(analyse([article], Settings(threads=2))[0].sentences)
    return Row("sentences of 22 words a second, two threads", found / (time.perf_counter() - started), found)


def texts(path: Path) -> Iterator[Text]:
    """The paragraphs of a CoNLL-U file (gzip)."""
    document, rows = "", []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        blocks = lines.read().strip().split("\n\n")
    for block in blocks:
        comments = [line for line in block.split("\n") if line.startswith("#")]
        if any(c.startswith(("# newdoc", "# newpar")) for c in comments) and rows:
            yield _text(document, rows)
            rows = []
        document = next((c.split("=")[-1].strip() for c in comments if c.startswith("# newdoc")), document)
        rows.append([line.split("\t") for line in block.split("\n") if not line.startswith("#")])
    if rows:
        yield _text(document, rows)


def _text(document: str, sentences: list[list[list[str]]]) -> Text:
    text, words = "", {}
    for rows in sentences:
        places: dict[str, Place] = {}
        kept: list[list[str]] = []
        last = -1
        for cells in rows:
            number, form, glued = cells[0], cells[1], "SpaceAfter=No" in cells[9]
            if "." in number:
                continue
            if "-" in number:
                last, at, space = int(number.split("-")[1]), len(text), not glued
                text += form
                continue
            kept.append(cells)
            if int(number) <= last:
                end = len(text) if int(number) == last else at + len(form)
                places[number] = (at, end)
                at = end
                text += " " if int(number) == last and space else ""
            else:
                places[number] = (len(text), len(text) + len(form))
                text += form + ("" if glued else " ")
        for cells in kept:
            words[places[cells[0]]] = (cells[3], places.get(cells[6]), cells[7].split(":")[0])
    return Text(document, text.rstrip(), words)


def read(text: str) -> Read:
    """Words with syntax, and names, of a raw text."""
    cuts = [(s, tokenize(text, s[0], s[1])) for s in split_sentences(text)]
    cuts = [(s, places) for s, places in cuts if places]
    found = encode(
        [
            ([text[a:b] for a, b in places], [a == 0 or text[a - 1].isspace() for a, _ in places])
            for _, places in cuts
        ]
    )
    words, named = {}, set()
    for (_, places), e in zip(cuts, found, strict=True):
        w, n = _placed([tuple(p) for p in places], e, text)
        words |= w
        named |= n
    return Read(words, named)


def _placed(places: list[Place], e: Encoded, text: str) -> tuple[dict, set]:
    words = {
        p: (upos, places[h] if h >= 0 else None, r.split(":")[0])
        for p, upos, h, r in zip(places, e.upos, e.heads, e.relations, strict=True)
    }
    runs = names(e.tags, [text[a:b] for a, b in places])
    return words, {(places[a][0], places[b][1], kind) for a, b, kind in runs}


def syntax(gold: list[Text], said: list[Read]) -> dict[str, float]:
    """F1 of UPOS, UAS and LAS."""
    right = dict.fromkeys(("UPOS", "UAS", "LAS"), 0)
    of = 0
    for text, found in zip(gold, said, strict=True):
        of += len(text.words) + len(found.words)
        for place, (upos, governor, relation) in text.words.items():
            if place in found.words:
                other = found.words[place]
                right["UPOS"] += upos == other[0]
                right["UAS"] += governor == other[1]
                right["LAS"] += (governor, relation) == other[1:]
    return {name: 2 * n / max(of, 1) for name, n in right.items()}


def _uner(path: Path, verbose: bool) -> list[Row]:
    """Names on UNER's own words and sentences."""
    gold, asked = [], []
    for words, tags in _iob(path):
        gold.append({(a, b, UNER[t]) for a, b, t in _runs(tags) if t in UNER})
        asked.append((words, [True] * len(words)))
    counts = {kind: [0, 0, 0] for kind in UNER.values()}
    for (words, _), want, e in zip(asked, gold, encode(asked), strict=True):
        said = {n for n in names(e.tags, words) if n[2] in counts}
        for kind, count in counts.items():
            count[0] += sum(n[2] == kind for n in want & said)
            count[1] += sum(n[2] == kind for n in said)
            count[2] += sum(n[2] == kind for n in want)
        if verbose and want != said:
            show = lambda s: [" ".join(words[a : b + 1]) + "/" + t for a, b, t in sorted(s)]  # noqa: B023, E731
            print("missed", show(want - said), "wrong", show(said - want))
    total = [sum(c[i] for c in counts.values()) for i in range(3)]
    rows = [("names", total), *((f"names, {kind}", c) for kind, c in counts.items())]
    return [Row(f"{title} (UNER-EWT test), F1", 2 * c[0] / max(c[1] + c[2], 1), c[2]) for title, c in rows]


def _iob(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for block in lines.read().strip().split("\n\n"):
            rows = [line.split("\t") for line in block.split("\n") if not line.startswith("#")]
            yield [r[1] for r in rows], [r[2] for r in rows]


def _runs(tags: list[str]) -> list[tuple[int, int, str]]:
    runs: list[list] = []
    for i, tag in enumerate(tags):
        if tag[0] == "B":
            runs.append([i, i, tag[2:]])
        elif tag[0] == "I" and runs:
            runs[-1][1] = i
    return [tuple(r) for r in runs]


def people(folder: Path, verbose: bool = False) -> tuple[int, int]:
    """(mentions found with the right type, mentions) of the gold's people in the cases of a folder."""
    from consilience import language, pipeline

    found = of = 0
    for path in sorted(folder.glob("*/gold.json")):
        gold = msgspec.json.decode(path.read_bytes())
        forms = sorted(
            {f for p in gold["people"] for f in [p["name"], *p["aliases"]]}, key=lambda f: (-len(f), f)
        )
        articles, _ = pipeline.extract([str(path.parent / "articles")])
        for read_ in language.analyse(articles):
            text = read_.article.text
            said = [n for n in read_.names if n.type == "person"]
            for start, end in _mentions(text, forms):
                of += 1
                hit = any(n.start < end <= n.end for n in said)
                found += hit
                if verbose and not hit:
                    print(path.parent.name, repr(text[max(0, start - 40) : end + 20]))
    return found, of


def _mentions(text: str, forms: list[str]) -> list[Place]:
    places: list[Place] = []
    for form in forms:
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
            if not any(a < match.end() and match.start() < b for a, b in places):
                places.append(match.span())
    return sorted(places)


if __name__ == "__main__":
    for row in measure(Path(sys.argv[1]), verbose="-v" in sys.argv):
        print(f"{row.name:64} {row.value:.4f}  of {row.of}")
