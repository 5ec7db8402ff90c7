"""Training data for the encoder as flat arrays: treebanks, names, stories, templates, marked sentences.

    python -m training.encoder.prepare --data DATA --stories benchmark/stories --weights MODEL --out OUT

``DATA`` is the folder with ``language/*.gz`` and ``agreement/`` (the licences are in docs/model-card.md);
``MODEL`` a folder with all-MiniLM-L6-v2's ``model.safetensors`` and ``tokenizer.json``.

Written: ``data.npz`` (all sentences one after the other: word pieces, words with their labels, chunks
between white space with the pieces that the original tokenizer gives, sentence table) and
``start.npz`` (the original weights in half precision). The order and everything chosen at random is
fixed by ``SEED``.
"""

from __future__ import annotations

import argparse
import csv
import html
import json
import random
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from consilience.language.en.text import split_sentences, tokenize
from consilience.language.known import columns, rows
from consilience.language.pieces import _word, tokenizer

from . import names, templates
from .marked import marked
from .treebanks import MASK, UPOS, Item, Word, lines, treebanks

SEED = 20261127
TYPES = ["person", "organization", "place", "event", "other"]
TAGS = ["O"] + [f"{edge}-{t}" for t in TYPES for edge in "BI"]
HELD_OUT = ("ai-law", "bank-fine", "coup-attempt", "cyclone-landfall")  # stories kept to choose on
SOURCES = [
    "ewt",
    "gum",
    "swapped",
    "dateline",
    "story",
    "template",
    "plain",
    "ewt-dev",
    "gum-dev",
    "story-dev",
    "ewt-test",
    "gum-test",
    "web",
    "news",
    "ewt-swapped",
]


# --- variants -----------------------------------------------------------------------------------


def _names_of(words: list[Word]) -> list[tuple[int, int, str]]:
    found, i = [], 0
    while i < len(words):
        tag = words[i].tag or "O"
        if tag[0] == "B":
            j = i + 1
            while j < len(words) and words[j].tag == "I" + tag[1:]:
                j += 1
            found.append((i, j, tag[2:]))
            i = j
        else:
            i += 1
    return found


def _new_name(kind: str, old: list[Word], rng: random.Random) -> str | None:
    single = len(old) == 1
    if kind == "person":
        return rng.choice([names.family, names.given])(rng) if single else names.person(rng)
    if kind == "place":
        return names.place(rng).removeprefix("the ")
    if kind == "organization":
        if single and old[0].text.isupper():
            return names.acronym(rng)
        return names.organization(rng)
    if kind == "other" and single and old[0].upos == "ADJ":
        return names.demonym(rng)
    return None


def swapped(item: Item, rng: random.Random) -> Item | None:
    """The sentence with other names in it; syntax inside a new name of several words is left open."""
    words = item.words
    spans = _names_of(words)
    if not spans:
        return None
    out: list[Word] = []
    place_of = {}
    changed, at = False, 0
    for a, b, kind in [*spans, (len(words), len(words), "")]:
        for i in range(at, a):
            place_of[i] = len(out)
            out.append(Word(**vars(words[i])))
        at = b
        if a == len(words):
            break
        heads = [i for i in range(a, b) if not a <= words[i].head < b]
        inner = set(range(a, b)) - set(heads)
        usable = len(heads) == 1 and not any(w.head in inner for i, w in enumerate(words) if not a <= i < b)
        new = _new_name(kind, words[a:b], rng) if usable and rng.random() < 0.9 else None
        if new is None:
            for i in range(a, b):
                place_of[i] = len(out)
                out.append(Word(**vars(words[i])))
            continue
        changed = True
        cuts = [(x, y) for x, y in tokenize(new)]
        begin = len(out)
        for n, (x, y) in enumerate(cuts):
            spaced = words[a].spaced if n == 0 else new[x - 1].isspace()
            upos = "PROPN" if new[x].isupper() else "PUNCT" if new[x] in "-." else None
            out.append(Word(new[x:y], spaced, upos, MASK, None, ("B-" if n == 0 else "I-") + kind))
        old = words[heads[0]]
        at_head = begin if kind == "person" or len(cuts) == 1 or " of " in new else len(out) - 1
        if len(cuts) == 1 and kind == "other":
            out[begin].upos = old.upos
        out[at_head].head, out[at_head].rel = old.head, old.rel
        if kind == "person":
            for n in range(begin + 1, len(out)):
                if "-" not in new:
                    out[n].head, out[n].rel = -2 - begin, "flat"  # already an index of ``out``
        for i in range(a, b):
            place_of[i] = at_head
    if not changed:
        return None
    for w in out:
        if w.head <= -2 and w.head != MASK:
            w.head = -2 - w.head
        elif w.head >= 0:
            w.head = place_of[w.head]
    return Item("ewt-swapped" if item.source == "ewt" else "swapped", out)


def with_dateline(item: Item, rng: random.Random) -> Item | None:
    """The sentence with an agency's dateline before it, which hangs on its root and governs nothing of it."""
    words = item.words
    if len(words) < 6 or not words[0].text[:1].isupper() or words[-1].text not in ".":
        return None
    root = next((i for i, w in enumerate(words) if w.head == -1), None)
    if root is None:
        return None
    city = names.city(rng)
    shown = city.upper() if rng.random() < 0.6 else city
    front: list[Word] = []

    def add(text: str, upos: str, head: int, rel: str, tag: str, spaced: bool = True) -> None:
        front.append(Word(text, spaced, upos, head, rel, tag))

    for n, part in enumerate(shown.split()):
        add(
            part,
            "PROPN",
            -1 if n == 0 else 0,
            "parataxis" if n == 0 else "flat",
            "B-place" if n == 0 else "I-place",
        )
    if rng.random() < 0.45:
        add(",", "PUNCT", len(front) + 1, "punct", "O", False)
        at = len(front)
        for n, part in enumerate(names.country(rng).removeprefix("the ").split()):
            add(
                part,
                "PROPN",
                0 if n == 0 else at,
                "appos" if n == 0 else "flat",
                "B-place" if n == 0 else "I-place",
            )
    elif rng.random() < 0.3:
        add(",", "PUNCT", len(front) + 1, "punct", "O", False)
        at = len(front)
        add(rng.choice(templates.MONTHS), "PROPN", 0, "nmod:unmarked", "O")
        add(str(rng.randint(1, 30)), "NUM", at, "nummod", "O")
    if rng.random() < 0.7:
        at = len(front) + 1
        agency = names.acronym(rng) if rng.random() < 0.5 else names.family(rng).split()[0]
        add("(", "PUNCT", at, "punct", "O")
        add(agency, "PROPN", 0, "parataxis", "B-organization", False)
        add(")", "PUNCT", at, "punct", "O", False)
    add(rng.choice(["-", "–", "—", "--"]), "PUNCT", 0, "punct", "O")
    shift = len(front)
    rest = [Word(**vars(w)) for w in words]
    for w in rest:
        if w.head >= 0:
            w.head += shift
    front[0].head = root + shift
    rest[0].spaced = True
    return Item("dateline", front + rest)


# --- stories and templates ----------------------------------------------------------------------


def story_text(path: Path) -> str:
    """The visible text of an article file, roughly."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        text = re.sub(r"(?is)<(script|style|head|nav|footer|aside)\b.*?</\1>", "\n", text)
        text = re.sub(
            r"(?i)</?(p|div|h\d|li|br|tr|article|section|blockquote|figcaption)\b[^>]*>", "\n\n", text
        )
        text = html.unescape(re.sub(r"<[^>]+>", "", text))
    return re.sub(r"[ \t]*\n\s*\n\s*", "\n\n", re.sub(r"[ \t]+", " ", text))


_TITLE = re.compile(
    r"(?:(?:Sir|Dame|Lord|Lady|Mr|Mrs|Ms|Miss|Dr|Prof|Professor|President|Prime|Minister|Governor|Mayor|Senator|Sen|Judge|"
    r"Justice|King|Queen|Prince|Princess|Colonel|Col|General|Gen|Major|Captain|Capt|Sergeant|Lieutenant|Commander|Admiral|"
    r"Inspector|Superintendent|Chief|Chairman|Chairwoman|Coach|Sheriff|Pastor|Reverend|Rev|Bishop|Archbishop|Sister|Father|"
    r"Brother|Hon|Secretary|Ambassador|Commissioner|Councillor|Officer|Detective|Deputy|Vice|Foreign|Finance|Health|Interior|"
    r"Defence|Engineer|Eng|Alhaji|Hajia|Sheikh|Speaker|Attorney|First)\.?\s+)+"
)


def _marked(text: str, people: list[str], others: dict[str, str]) -> list[tuple[int, int, str]]:
    """Places and types of the known names in a text, longer names first; people without their titles."""
    found: list[tuple[int, int, str]] = []
    typed = dict.fromkeys(people, "person") | others
    for name in sorted(typed, key=lambda n: (-len(n), n)):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            a, b = match.span()
            title = _TITLE.match(text, a, b) if typed[name] == "person" else None
            if title and title.end() < b:
                a = title.end()
            if not any(x < b and a < y for x, y, _ in found):
                found.append((a, b, typed[name]))
    return sorted(found)


def stories(folder: Path) -> Iterator[Item]:
    """Sentences of the stories: the people of the gold and the names typed by hand are marked, other
    capitalised words are left open."""
    by_hand = tomllib.loads(Path(__file__).with_name("story_names.toml").read_text(encoding="utf-8"))
    for gold_path in sorted(folder.glob("*/gold.json")):
        gold = json.loads(gold_path.read_text(encoding="utf-8"))
        people = sorted({a for p in gold["people"] for a in [p["name"], *p["aliases"]]})
        typed = by_hand.get(gold_path.parent.name, {})
        others = {n: kind for kind, names_ in typed.items() for n in names_.split("|") if n not in people}
        source = "story-dev" if gold_path.parent.name in HELD_OUT else "story"
        paths = sorted(gold_path.parent.glob("articles/*"))
        every = " ".join(re.sub(r"\s+", " ", story_text(path)) for path in paths)
        for path in paths:
            text = story_text(path)
            known = _marked(text, people, others)
            for start, end, _, _ in split_sentences(text):
                words = []
                for a, b in tokenize(text, start, end):
                    inside = next(((x, y, k) for x, y, k in known if x <= a < y), None)
                    tag = ("B-" if a == inside[0] else "I-") + inside[2] if inside else None
                    common = a == start and text[a:b].istitle() and f" {text[a:b].lower()} " in every
                    if tag is None and (common or not any(c.isupper() for c in text[a:b])):
                        tag = "O"
                    words.append(Word(text[a:b], a == start or text[a - 1].isspace(), tag=tag))
                if 1 <= len(words) <= 120:
                    yield Item(source, words)


def from_templates(count: int, rng: random.Random) -> Iterator[Item]:
    """Filled templates with all their names marked."""
    for n in range(count):
        text, spans = templates.fill(templates.TEMPLATES[n % len(templates.TEMPLATES)], rng)
        words = []
        for a, b in tokenize(text):
            inside = next(((x, y, k) for x, y, k in spans if x <= a < y), None)
            tag = ("B-" if a == inside[0] else "I-") + inside[2] if inside else "O"
            words.append(Word(text[a:b], a == 0 or text[a - 1].isspace(), tag=tag))
        yield Item("template", words)


def plain(data: Path) -> Iterator[Item]:
    """Sentences of the agreement sets that a shipped model may learn from: for meaning only."""
    texts: list[str] = []
    for line in lines(data / "agreement" / "nanco-dev.jsonl.gz"):
        texts += [m for m in re.findall(r'"((?:[^"\\]|\\.){40,600})"', line) if " " in m]
    with open(data / "agreement" / "superpal-dev.csv", encoding="utf-8") as file:
        for row in csv.reader(file):
            texts += [cell for cell in row if len(cell) > 25 and " " in cell]
    for text in sorted({t.encode().decode("unicode_escape", "ignore") if "\\u" in t else t for t in texts}):
        for start, end, _, _ in split_sentences(text):
            cuts = tokenize(text, start, end)
            if 3 <= len(cuts) <= 120:
                yield Item("plain", [Word(text[a:b], a == start or text[a - 1].isspace()) for a, b in cuts])


def pseudo(base: list[Item], count: int, rng: random.Random) -> Iterator[Item]:
    """Sentences with words of the whole vocabulary in them, for meaning only: it must hold for words
    that the treebanks lack."""
    vocabulary = sorted(w for w in tokenizer().get_vocab() if re.fullmatch(r"[a-z]{3,}", w))
    long = [item for item in base if 5 <= len(item.words) <= 40]
    for n in range(count):
        if n % 3 == 0:
            yield Item("plain", [Word(rng.choice(vocabulary), i > 0) for i in range(rng.randint(3, 14))])
            continue
        words = [Word(w.text, w.spaced) for w in rng.choice(long).words]
        for w in words:
            if w.text.isalpha() and len(w.text) > 3 and rng.random() < 0.5:
                new = rng.choice(vocabulary)
                w.text = new.capitalize() if w.text[0].isupper() else new
        yield Item("plain", words)


# --- arrays -------------------------------------------------------------------------------------


def arrays(items: list[Item], relations: list[str]) -> dict[str, np.ndarray]:
    """The items one after the other; pointers have one more entry than there are things."""
    known = tokenizer()
    ids, shapes, word_piece, sentence_word, sentence_chunk, sources = [], [], [0], [0], [0], []
    upos, heads, rels, tags, chunk_word, old, chunk_old = [], [], [], [], [0], [], [0]
    lists: dict[tuple[int, ...], int] = {(): 0}  # what lists say of a word -> its row; the first: nothing
    row_of: list[int] = []
    for item in items:
        chunk: list[Word] = []

        def close(done: int, chunk: list[Word]) -> None:
            old.extend(
                known.encode("".join(w.text for w in chunk), add_special_tokens=False).ids[:64] or [100]
            )
            chunk_old.append(len(old))
            chunk_word.append(done)

        held = columns([w.text for w in item.words])
        for i, w in enumerate(item.words):
            if i and w.spaced:
                close(len(upos), chunk)
                chunk = []
            own, _, kind = _word(w.text)
            ids += own
            shapes += [kind + (0 if w.spaced or i == 0 else 1)] * len(own)
            row_of += [lists.setdefault(held[i], len(lists))] * len(own)
            word_piece.append(len(ids))
            upos.append(UPOS.index(w.upos) if w.upos in UPOS else MASK)
            heads.append(w.head)
            rels.append(relations.index(w.rel) if w.rel in relations else MASK)
            tags.append(TAGS.index(w.tag) if w.tag else MASK)
            chunk.append(w)
        close(len(upos), chunk)
        sentence_word.append(len(upos))
        sentence_chunk.append(len(chunk_word) - 1)
        sources.append(SOURCES.index(item.source))
    known_rows = rows([*lists]).astype(np.uint8)
    return {
        "ids": np.array(ids, np.uint16),
        "known": np.array(row_of, np.uint16),
        "known_rows": known_rows,
        "shapes": np.array(shapes, np.uint8),
        "word_piece": np.array(word_piece, np.int32),
        "sentence_word": np.array(sentence_word, np.int32),
        "sentence_chunk": np.array(sentence_chunk, np.int32),
        "source": np.array(sources, np.uint8),
        "upos": np.array(upos, np.int8),
        "head": np.array(heads, np.int16),
        "rel": np.array(rels, np.int8),
        "tag": np.array(tags, np.int8),
        "chunk_word": np.array(chunk_word, np.int32),
        "old": np.array(old, np.uint16),
        "chunk_old": np.array(chunk_old, np.int32),
    }


def main() -> None:
    """Writes the two files."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("data", "stories", "weights", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--swaps", type=int, default=3)
    parser.add_argument("--pseudo", type=int, default=12000)
    parser.add_argument("--templates", type=int, default=24000)
    args = parser.parse_args()
    rng = random.Random(SEED)
    ewt, gum = treebanks(args.data / "language", "train")
    base = ewt + gum
    relations = sorted({w.rel for item in base for w in item.words if w.rel})
    items = list(base)
    items += [new for _ in range(args.swaps) for item in base if (new := swapped(item, rng))]
    items += [new for item in rng.sample(base, len(base) // 4) if (new := with_dateline(item, rng))]
    items += list(stories(args.stories)) + list(from_templates(args.templates, rng)) + list(plain(args.data))
    items += list(pseudo(base, args.pseudo, rng))
    own = [item for source in ("web", "news") for item in marked(source)]
    items += own + [new for _ in range(args.swaps) for item in own if (new := swapped(item, rng))]
    for part in ("dev", "test"):
        ewt, gum = treebanks(args.data / "language", part)
        items += ewt + gum
    items = [
        item
        for item in items
        if item.words and (len(item.words) <= 120 or item.source.endswith(("-dev", "-test")))
    ]
    found = arrays(items, relations)
    args.out.mkdir(parents=True, exist_ok=True)
    labels = json.dumps({"upos": UPOS, "relations": relations, "tags": TAGS, "sources": SOURCES})
    np.savez_compressed(args.out / "data.npz", labels=np.array(labels), **found)
    from safetensors.numpy import load_file

    weights = load_file(args.weights / "model.safetensors")
    kept = {k: v.astype(np.float16) for k, v in weights.items() if v.dtype.kind == "f" and "pooler" not in k}
    np.savez_compressed(args.out / "start.npz", **kept)
    for n, name in enumerate(SOURCES):
        print(f"{name:10} {int((found['source'] == n).sum()):7} sentences")
    print(len(found["upos"]), "words", len(found["ids"]), "pieces", len(relations), "relations")


if __name__ == "__main__":
    main()
