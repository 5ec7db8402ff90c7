"""The treebanks: words with their syntax from CoNLL-U, names laid over them from UNER and GUM's entities."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

MASK = -100
UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()  # noqa: SIM905


@dataclass
class Word:
    """A word with its labels; ``MASK`` (or None) where a label is not known."""

    text: str
    spaced: bool
    upos: str | None = None
    head: int = MASK  # index in the sentence, -1 for the root
    rel: str | None = None
    tag: str | None = None


@dataclass
class Item:
    """A sentence and the source it comes from."""

    source: str
    words: list[Word]
    misc: list[str] = field(default_factory=list)


def lines(path: Path) -> Iterator[str]:
    """The lines of a gzip file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from file


def conllu(path: Path) -> Iterator[tuple[list[list[str]], set[int]]]:
    """The word lines of each sentence, and the indices of words that are glued to the one before."""
    rows: list[list[str]] = []
    glued: set[int] = set()
    inside, space = 0, True
    for line in lines(path):
        line = line.rstrip("\n")
        if not line:
            if rows:
                yield rows, glued
            rows, glued, inside, space = [], set(), 0, True
        elif line[0] != "#":
            cells = line.split("\t")
            after = "SpaceAfter=No" not in cells[9]
            if "-" in cells[0]:
                a, b = map(int, cells[0].split("-"))
                inside, multi_after = b, after
                first = a
                continue
            if not cells[0].isdigit():
                continue
            number = int(cells[0])
            if rows and (not space or (inside >= number and number > first)):
                glued.add(len(rows))
            rows.append(cells)
            space = multi_after if inside == number else True if inside > number else after


def ud_item(source: str, rows: list[list[str]], glued: set[int]) -> Item:
    """A treebank sentence without name labels."""
    words = [
        Word(c[1], i not in glued, c[3] if c[3] in UPOS else None, int(c[6]) - 1, c[7])
        for i, c in enumerate(rows)
    ]
    return Item(source, words, [c[9] for c in rows])


def uner(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Words and tags of each sentence of an IOB2 file."""
    words, tags = [], []
    for line in lines(path):
        line = line.rstrip("\n")
        if not line:
            if words:
                yield words, tags
            words, tags = [], []
        elif line[0] != "#":
            cells = line.split("\t")
            words.append(cells[1])
            tags.append(cells[2])


_UNER = {"PER": "person", "ORG": "organization", "LOC": "place", "OTH": "other"}


def label_ewt(items: list[Item], path: Path) -> None:
    """Lays UNER's tags over EWT's sentences, which are in the same order but for a few.

    The older release that the tags were made on splits some words otherwise: tags go by characters.
    """
    tagged = list(uner(path))
    index = {re.sub(r"\s", "", "".join(w)): (w, t) for w, t in tagged}
    for item in items:
        key = re.sub(r"\s", "", "".join(w.text for w in item.words))
        if key not in index:
            continue
        words, tags = index[key]
        at = [t for w, t in zip(words, tags, strict=True) for _ in re.sub(r"\s", "", w)]
        starts = set()
        pos = 0
        for w in words:
            starts.add(pos)
            pos += len(re.sub(r"\s", "", w))
        pos = 0
        for word in item.words:
            tag = at[pos] if pos < len(at) else "O"
            if tag[2:] == "O":  # the release's own slips
                word.tag = "O" if not word.text[:1].isupper() else None
            elif tag == "O":
                word.tag = "O"
            else:
                edge = tag[0] if pos in starts else "I"
                word.tag = f"{edge}-{_UNER[tag[2:]]}"
            pos += len(re.sub(r"\s", "", word.text))


_GUM = {"person": "person", "place": "place", "organization": "organization", "event": "event"}
_NOT_NAMES = frozenset(
    [
        "professor",
        "president",
        "fellow",
        "minister",
        "king",
        "queen",
        "senator",
        "governor",
        "director",
        "dean",
        "chair",
        "doctor",
        "captain",
        "premier",
        "prince",
        "judge",
        "mayor",
        "secretary",
        "dr.",
        "mr.",
        "mrs.",
        "ms.",
        "mr",
        "mrs",
        "ms",
        "dr",
        "sir",
        "lord",
    ]
)


def _gum_spans(misc: list[str]) -> list[tuple[str, int, int]]:
    """(type, first, last) of each entity that opens and closes in the sentence."""
    stack: list[tuple[str, str, int]] = []
    spans = []
    for i, cell in enumerate(misc):
        match = re.search(r"(?:^|\|)Entity=([^|]*)", cell)
        for part in re.findall(r"\([^()]+\)?|[^()]+\)", match[1]) if match else []:
            if part[0] == "(":
                cells = part.strip("()").split("-")
                if part[-1] == ")":
                    spans.append((cells[1], i, i))
                else:
                    stack.append((cells[0], cells[1], i))
                continue
            key = part[:-1].split("-")[0]
            for n in range(len(stack) - 1, -1, -1):
                if stack[n][0] == key:
                    _, kind, first = stack.pop(n)
                    spans.append((kind, first, i))
                    break
    return spans


def label_gum(item: Item) -> None:
    """Names from GUM's entities: those headed by a proper noun, cut down to the name itself.

    Capitalised words that this leaves open keep no label.
    """
    words = item.words
    for w in words:
        w.tag = None if w.upos == "PROPN" or w.text[:1].isupper() and w.upos in ("ADJ", "NOUN") else "O"
    for kind, first, last in sorted(_gum_spans(item.misc), key=lambda s: s[1] - s[2]):
        heads = [i for i in range(first, last + 1) if not first <= words[i].head <= last]
        if kind == "time":
            for i in range(first, last + 1):
                words[i].tag = "O"
        if len(heads) != 1 or words[heads[0]].upos != "PROPN" or kind not in _GUM:
            continue
        head = heads[0]
        if kind == "person" and words[head].text.lower() in _NOT_NAMES:
            continue
        a = b = head
        right = ("flat", "compound", "goeswith")
        for i in range(first, last + 1):
            w = words[i]
            if (
                w.head == head
                and w.rel
                and w.rel.split(":")[0] in right
                and w.upos in ("PROPN", "NUM")
                and i > head
            ):
                b = max(b, i)
            of = (
                kind != "person"
                and i > head
                and w.head == head
                and w.rel
                and w.rel.startswith("nmod")
                and w.upos == "PROPN"
            )
            if of and any(
                words[j].head == i and words[j].text.lower() in ("of", "for") for j in range(head, i)
            ):
                b = max(b, i)
        if kind != "person":
            while a > first and words[a - 1].upos == "PROPN" and words[a - 1].text.lower() not in _NOT_NAMES:
                a -= 1
        if kind == "person" and a > first and words[a - 1].upos == "PROPN":
            words[a - 1].tag = "O" if words[a - 1].text.lower() in _NOT_NAMES else None
        if not all(words[i].text[:1].isupper() or words[i].upos != "PROPN" for i in (a, b)):
            continue
        for i in range(a, b + 1):
            words[i].tag = ("B-" if i == a else "I-") + kind


def treebanks(language: Path, part: str) -> tuple[list[Item], list[Item]]:
    """EWT and GUM of one part (train, dev, test), with names."""
    suffix = "" if part == "train" else f"-{part}"
    ewt = [ud_item("ewt" + suffix, *s) for s in conllu(language / f"ewt-{part}.conllu.gz")]
    gum = [ud_item("gum" + suffix, *s) for s in conllu(language / f"gum-{part}.conllu.gz")]
    label_ewt(
        ewt, language / ("uner-ewt-train-2022.iob2.gz" if part == "train" else f"uner-ewt-{part}.iob2.gz")
    )
    for item in gum:
        label_gum(item)
    return ewt, gum
