"""Readings made by hand for the tests of the ledger, the figures and the timeline."""

from __future__ import annotations

import re

import numpy as np

from consilience.ids import content_id
from consilience.model import Analysis, Article, Completeness, Reading, Sentence
from consilience.reports import commitments, figures, times


def reading(text: str, published: str, name: str) -> Reading:
    """A reading of a text without the encoder: a sentence to the line, a vector of its letters."""
    article = Article(
        content_id(name, text), f"{name}.txt", text, Completeness("whole"), outlet=name, published=published
    )
    spans = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    sentences = tuple(Sentence(a, b, i, "sentence", ()) for i, (a, b) in enumerate(spans))
    vectors = np.zeros((len(spans), 676), np.float32)
    for i, (a, b) in enumerate(spans):
        letters = re.sub("[^a-z]", "", text[a:b].lower())
        for one, two in zip(letters, letters[1:], strict=False):
            vectors[i, (ord(one) - 97) * 26 + ord(two) - 97] += 1
        vectors[i] /= np.linalg.norm(vectors[i]) or 1
    analysis = Analysis(article, sentences, (), vectors)
    dated, counted = times.find(analysis, published), figures.find(analysis)
    return Reading(
        analysis,
        figures=counted,
        times=dated,
        commitments=commitments.find(analysis, dated, counted, ()),
        reference=published,
    )


def story() -> list[Reading]:
    """Three outlets on one flood."""
    return [
        reading(
            "At least 14 people died when the dam at Orvale burst on Monday.\n"
            "The ministry promised to pay $5,000 to every family by Friday.\n"
            "The dam was built in 1962.",
            "2025-03-11",
            "Herald",
        ),
        reading(
            "Fourteen people were killed when the dam at Orvale burst on Monday.\n"
            "The ministry has promised $5,000 to every family by Friday, the minister said.\n"
            "The council will vote on a new dam on 4 April.",
            "2025-03-11",
            "Ledger",
        ),
        reading(
            "The number of people killed when the dam at Orvale burst rose to 19.\n"
            "The minister declined to comment on the age of the dam.\n"
            "The council will vote on the new dam on 4 April.",
            "2025-03-12",
            "Post",
        ),
    ]
