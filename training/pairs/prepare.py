"""Writes what the networks learn from: sentences of the stories, spans in them, and which pairs to show.

    python -m training.pairs.prepare --minilm DIR --out FILE

``--minilm``: the folder with ``model.safetensors`` and ``tokenizer.json`` of all-MiniLM-L6-v2.
"""

from __future__ import annotations

import argparse
import pickle
import re
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from consilience.findings import features
from consilience.findings.network import piece_words
from consilience.findings.phrases import branches
from consilience.findings.scores import Scored
from consilience.findings.words import Words
from consilience.language.pieces import pieces
from consilience.model import Analysis, StoryReading
from consilience.reports.statements_cuts import clauses
from training.pairs.gold import Marks, fold_of, folders, load, reading

CUT = re.compile(
    r",\s|;\s|\s[–—]\s|:\s|\s(?=(?:and|but|while|who|which|where|when|after|before|because|that)\s)"
)
SHORTEST = (25, 45)  # code points of a crude cut: spans of several widths, so that any cut is met later
MOST_SPANS = 8


def crude_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentence and its cuts at punctuation and conjunctions, in two widths."""
    spans = {(start, end)}
    for shortest in SHORTEST:
        cuts = [start]
        for found in CUT.finditer(text, start, end):
            if found.end() - cuts[-1] >= shortest and end - found.end() >= shortest:
                cuts.append(found.end())
        for a, b in zip(cuts, [*cuts[1:], end], strict=True):
            while b > a and text[b - 1] in " ,;–—":
                b -= 1
            spans.add((a, b))
    return sorted(spans)


def _words(analysis: Analysis, index: int) -> tuple[list[str], list[bool]]:
    text, tokens = analysis.article.text, analysis.sentences[index].tokens
    return [t.text for t in tokens], [t.start == 0 or text[t.start - 1].isspace() for t in tokens]


def _sentence(analysis: Analysis, index: int, words: Words, run, marks: Marks, teacher: Tokenizer) -> dict:
    article, sentence = analysis.article, analysis.sentences[index]
    start, end = sentence.start, sentence.end
    encoded = teacher.encode(article.text[start:end], add_special_tokens=False)
    places = [tuple(s) for s in analysis.state_spans[index]]
    real = [i for i, (a, b) in enumerate(places) if b > a]
    ids, extra = piece_words(np.array(places, np.int64).reshape(-1, 2)[real], words, run)
    crude = crude_spans(article.text, start, end)
    tokens = sentence.tokens
    own = [(tokens[c.first].start, tokens[c.last - 1].end) for c in clauses(tokens)]
    spans = sorted(list(dict.fromkeys([(start, end), *own, *crude, *branches(tokens)]))[:MOST_SPANS])
    given = pieces(*_words(analysis, index))
    inputs = {"ids": given.ids, "shapes": given.shapes, "known": given.known, "firsts": given.firsts}
    inputs["heads"] = np.full(len(given.firsts), -1, np.int64)
    whole = len(given.ids) == len(analysis.states[index])
    return {
        "inputs": inputs if whole else None,
        "real": np.array(real),
        "ids": np.array(encoded.ids[:110], np.int32),
        "offsets": np.array(encoded.offsets[:110], np.int32).reshape(-1, 2) + start,
        "states": None if whole else analysis.states[index][real].astype(np.float16),
        "places": np.array([places[i] for i in real], np.int32).reshape(-1, 2),
        "words": ids,
        "extra": extra,
        "spans": spans,
        "marks": [sorted(marks.of(article.id, a, b)) for a, b in spans],
        "gold": [g for g in marks.inside(article.id) if g[1] < end and g[2] > start],
    }


def story_data(story: StoryReading, marks: Marks, teacher: Tokenizer, likely: Scored) -> dict:
    """Sentences and the pairs of them that the trees take for possible, or that are true."""
    u = features.units(story)
    total = len(u.words.bounds)
    chosen = set(likely)
    sentences = []
    for r in story.readings:
        for i in range(len(r.analysis.sentences)):
            run = u.words.bounds[len(sentences)]
            sentences.append(_sentence(r.analysis, i, u.words, run, marks, teacher))
    full = [set(s["marks"][s["spans"].index(max(s["spans"], key=lambda x: x[1] - x[0]))]) for s in sentences]
    for a in range(total):
        for b in range(a + 1, total):
            if u.sentence_article[a] != u.sentence_article[b] and full[a] & full[b]:
                chosen.add((a, b))
    return {
        "fold": fold_of(story.id),
        "sentences": sentences,
        "article": u.sentence_article,
        "pairs": np.array(sorted(chosen), np.int32).reshape(-1, 2),
    }


def minilm(folder: Path, used: np.ndarray) -> dict[str, np.ndarray]:
    """MiniLM's weights by this project's names, half precision, the vocabulary cut to ``used``."""
    from safetensors.numpy import load_file

    raw = load_file(folder / "model.safetensors")
    out = {"word.weight": raw["embeddings.word_embeddings.weight"][used]}
    for ours, theirs in (("place", "position_embeddings"), ("kind", "token_type_embeddings")):
        out[f"{ours}.weight"] = raw[f"embeddings.{theirs}.weight"]
    parts = {
        "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
        "o": "attention.output.dense", "n1": "attention.output.LayerNorm", "f1": "intermediate.dense",
        "f2": "output.dense", "n2": "output.LayerNorm",
    }  # fmt: skip
    for end in ("weight", "bias"):
        out[f"norm.{end}"] = raw[f"embeddings.LayerNorm.{end}"]
        for layer in range(6):
            for ours, theirs in parts.items():
                out[f"layers.{layer}.{ours}.{end}"] = raw[f"encoder.layer.{layer}.{theirs}.{end}"]
    return {k: v.astype(np.float16) for k, v in out.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--readings", type=Path, help="pickled readings by story, instead of reading again")
    parser.add_argument("--scores", type=Path, required=True, help="what training.pairs.trees --scores wrote")
    options = parser.parse_args()
    scores = pickle.loads(options.scores.read_bytes())
    tokenizer = Tokenizer.from_file(str(options.minilm / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    kept = pickle.loads(options.readings.read_bytes()) if options.readings else {}
    stories = {}
    for folder in folders():
        story = kept.get(folder.name) or reading(folder)
        marks = Marks(load(folder), [r.article for r in story.readings])
        stories[folder.name] = story_data(story, marks, tokenizer, scores[folder.name][0])
    used = np.unique(np.concatenate([s["ids"] for st in stories.values() for s in st["sentences"]]))
    used = np.unique(np.r_[used, [101, 102]])
    for story in stories.values():
        for sentence in story["sentences"]:
            sentence["ids"] = np.searchsorted(used, sentence["ids"]).astype(np.int32)
    marks_at = np.searchsorted(used, [101, 102])
    data = {"stories": stories, "minilm": minilm(options.minilm, used), "marks": marks_at}
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_bytes(pickle.dumps(data, protocol=5))
    pairs = sum(len(s["pairs"]) for s in stories.values())
    print(f"{len(stories)} stories, {pairs} pairs of sentences, {len(used)} word pieces")


if __name__ == "__main__":
    main()
