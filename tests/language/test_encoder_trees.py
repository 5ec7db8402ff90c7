"""Trees and tags against slow, plain algorithms."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consilience.language import tagging
from consilience.language.trees import best_tree, is_tree
from consilience.model import Name


def _by_hand(heads) -> bool:
    if sum(h == 0 for h in heads) != 1:
        return False
    for start in range(len(heads)):
        at, steps = start + 1, 0
        while at and steps <= len(heads):
            at, steps = heads[at - 1], steps + 1
        if at:
            return False
    return True


@given(st.lists(st.integers(0, 5), min_size=1, max_size=5))
def test_is_tree(heads):
    heads = [h % (len(heads) + 1) for h in heads]
    assert is_tree(np.array(heads)) == _by_hand(heads)


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 5), st.integers(0, 10_000))
def test_best_tree_is_the_best_of_all(n, seed):
    scores = np.random.default_rng(seed).normal(size=(n, n + 1)) * 3
    logs = scores - np.log(np.exp(scores).sum(1, keepdims=True))
    found = best_tree(scores)
    assert _by_hand(found.tolist())
    trees = [h for h in product(range(n + 1), repeat=n) if _by_hand(h)]
    best = max(logs[np.arange(n), list(h)].sum() for h in trees)
    # Only the likeliest words are tried as roots where the greedy heads are no tree.
    roots = set(np.argsort(-logs[:, 0], kind="stable")[:3])
    if any(h[r] == 0 for r in roots for h in trees if logs[np.arange(n), list(h)].sum() == best):
        assert logs[np.arange(n), found].sum() == pytest.approx(best)


def test_a_long_sentence_without_a_greedy_tree():
    scores = np.random.default_rng(3).normal(size=(90, 91))
    assert is_tree(best_tree(scores))


TAGS = ("O", "B-person", "I-person", "B-place", "I-place")


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 4), st.integers(0, 10_000))
def test_best_tags_are_the_best_of_all(n, seed):
    scores = np.random.default_rng(seed).normal(size=(n, len(TAGS))) * 3
    logs = scores - np.log(np.exp(scores).sum(1, keepdims=True))

    def worth(path):
        total = sum(logs[i, t] for i, t in enumerate(path))
        for f, t in zip([0, *path], path, strict=False):
            if TAGS[t][0] == "I" and (TAGS[f] == "O" or TAGS[f][2:] != TAGS[t][2:]):
                return -np.inf
            if TAGS[t][0] == "B" and TAGS[f] != "O":
                total -= tagging.TOUCHING
        return total

    best = max(product(range(len(TAGS)), repeat=n), key=worth)
    assert tagging.best_tags(scores, TAGS) == tuple(TAGS[t] for t in best)


@pytest.mark.parametrize(
    ("sentence", "tags", "expected"),
    [
        ("Ana Vidal spoke", "B-person I-person O", ["Ana Vidal/person"]),
        (
            "the Housing Authority of Kavara said",
            "O B-organization I-organization I-organization B-place O",
            ["Housing Authority of Kavara/organization"],
        ),
        ("in the Gulf of Kavara today", "O O B-place O B-place O", ["Gulf of Kavara/place"]),
        ("Vidal of Kavara", "B-person O B-place", ["Vidal/person", "Kavara/place"]),
        ("The Council said", "B-organization I-organization O", ["Council/organization"]),
        ("write to ana@kavara.example", "O O B-person", []),
        ("see Report.pdf now", "O B-organization O", []),
        ("the boat of Ana", "O B-place O B-person", ["Ana/person"]),
        ("Ana , Vidal", "B-person O I-person", ["Ana/person", "Vidal/person"]),
        ("in Fort Worth Texas now", "O B-place I-place I-place O", ["Fort Worth/place", "Texas/place"]),
        ("San José Costa Rica", "B-place I-place I-place I-place", ["San José/place", "Costa Rica/place"]),
        ("in South Africa", "O B-place I-place", ["South Africa/place"]),
        ("from Baja California", "O B-place I-place", ["Baja California/place"]),
        ("the Sumida / Kestrel deal", "O B-organization I-organization I-organization O",
         ["Sumida/organization", "Kestrel/organization"]),
        ("the U.S .", "O B-place I-place", ["U.S/place"]),
        ("Sumida , Inc .", "B-organization I-organization I-organization I-organization",
         ["Sumida , Inc ./organization"]),
        ("We flew to malaysia with Ana", "O O O B-place O B-person", ["malaysia/place", "Ana/person"]),
    ],
)  # fmt: skip
def test_names(sentence, tags, expected):
    words = sentence.split()
    found = tagging.names(tags.split(), words)
    assert [" ".join(words[a : b + 1]) + "/" + kind for a, b, kind in found] == expected


def _names(text):
    """ "Ana/person Kavara/place" as names."""
    return [Name(0, 1, *part.replace("_", " ").split("/"), 0) for part in text.split()]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("Kavara/place Kavara/person Kavara/place", "place place place"),
        ("Kavara/place Kavara/person", "place person"),
        ("Ana_Vidal/person Vidal/place", "person person"),
        ("Ana_Vidal/person Vidal/place Vidal/place", "person place place"),
        ("Storm/event Storm/person Storm/person", "event person person"),
        ("KAVARA/person Kavara/place Kavara/place", "place place place"),
        (
            "Kavara_Trust/organization Kavara_Trust/organization Kavara/person",
            "organization organization organization",
        ),
    ],
)
def test_each_form_has_one_type_in_an_article(found, expected):
    assert [n.type for n in tagging.settled(_names(found))] == expected.split()
