"""Sentence boundaries inside the paragraphs of GUM's news and interviews (UD English GUM).

A paragraph's text is put together again from its sentences, as UD's ``SpaceAfter`` has it; a boundary is
the end of a sentence that is not the paragraph's last. Tokens are those of the same paragraphs, from raw
text. Run as ``python -m benchmark.sets.boundaries DATA``.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmark.rows import Row
from consilience.language.en.text import split_sentences, tokenize

GENRES = ("_news_", "_interview_")


class Paragraph(NamedTuple):
    """Raw text with the gold ends of its sentences and spans of its tokens (code points)."""

    document: str
    text: str
    ends: tuple[int, ...]
    tokens: frozenset[tuple[int, int]]


def measure(data: Path, verbose: bool = False) -> list[Row]:
    """F1 of boundaries over all GUM news and interviews; F1 of tokens there and in EWT test."""
    folder = data / "language"
    gum = [p for part in ("train", "dev", "test") for p in paragraphs(folder / f"gum-{part}.conllu.gz")]
    news = [p for p in gum if any(g in p.document for g in GENRES)]
    ewt = paragraphs(folder / "ewt-test.conllu.gz")
    cuts = [_boundaries(p, verbose) for p in news]
    return [
        Row("sentence boundaries (GUM news, interviews), F1", *_f1(cuts)),
        Row("tokens from raw text (GUM news, interviews), F1", *_f1([_tokens(p) for p in news])),
        Row("tokens from raw text (EWT test), F1", *_f1([_tokens(p) for p in ewt])),
    ]


def _boundaries(paragraph: Paragraph, verbose: bool) -> tuple[int, int, int]:
    text = paragraph.text
    gold = set(paragraph.ends) - {len(text)}
    said = {s.end for s in split_sentences(text)} - {len(text)}
    for at in sorted(gold ^ said) if verbose else ():
        what = "missed" if at in gold else "wrong"
        print(what, repr(text[max(0, at - 60) : at]), "|", repr(text[at : at + 40]))
    return len(gold & said), len(said), len(gold)


def _tokens(paragraph: Paragraph) -> tuple[int, int, int]:
    text = paragraph.text
    said = {tuple(t) for s in split_sentences(text) for t in tokenize(text, s.start, s.end)}
    return len(paragraph.tokens & said), len(said), len(paragraph.tokens)


def _f1(counts: list[tuple[int, int, int]]) -> tuple[float, int]:
    right, said, wanted = (sum(c) for c in zip(*counts, strict=True))
    return 2 * right / max(said + wanted, 1), wanted


def paragraphs(path: Path) -> Iterator[Paragraph]:
    """The paragraphs of a CoNLL-U file (gzip), in order."""
    document, pieces = "", []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        blocks = lines.read().split("\n\n")
    for block in filter(None, map(str.strip, blocks)):
        comments = [line for line in block.split("\n") if line.startswith("#")]
        fresh = [c for c in comments if c.startswith(("# newdoc", "# newpar"))]
        if fresh and pieces:
            yield _paragraph(document, pieces)
            pieces = []
        for comment in fresh:
            if comment.startswith("# newdoc"):
                document = comment.split("=")[-1].strip()
        pieces.append([line.split("\t") for line in block.split("\n") if not line.startswith("#")])
    if pieces:
        yield _paragraph(document, pieces)


def _paragraph(document: str, sentences: list[list[list[str]]]) -> Paragraph:
    text, ends, tokens = "", [], set()
    for rows in sentences:
        inside = 0  # last word of the multiword token that is being read
        for number, form, misc in ((r[0], r[1], r[9].split("|")) for r in rows if "." not in r[0]):
            if "-" in number:
                last = int(number.split("-")[1])
                inside, at, space = last, len(text), "SpaceAfter=No" not in misc
                text += form
            elif int(number) <= inside:
                end = len(text) if int(number) == inside else at + len(form)
                tokens.add((at, end))
                at = end
                text += " " if int(number) == inside and space else ""
            else:
                tokens.add((len(text), len(text) + len(form)))
                text += form + ("" if "SpaceAfter=No" in misc else " ")
        ends.append(len(text.rstrip()))
    return Paragraph(document, text.rstrip(), tuple(ends), frozenset(tokens))


if __name__ == "__main__":
    for row in measure(Path(sys.argv[1]), verbose="-v" in sys.argv):
        print(f"{row.name:60} {row.value:.4f}  of {row.of}")
