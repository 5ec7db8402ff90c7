"""The cases, read by the program as it is: no figure falls below its floor.

Floors follow the scoreboard up: each stands a little below the figure of the day it was set, so that a
change that costs more than chance is seen here. They are figures over the project's five cases.
"""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

import consilience
from benchmark import case, score
from benchmark.__main__ import folders
from consilience.witnesses import counted_once

ROOT = Path(__file__).resolve().parents[2]
CASES = folders(ROOT / "benchmark" / "cases")
SHARED = ROOT.parent / "shared" / "cases"

# capability: (precision, recall) that must be reached
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def accounts():
    """Each case with the JSON document of its account."""
    loaded = [case.load(path) for path in CASES]
    return [(c, json.loads(consilience.read([str(c.articles)]).to_json())) for c in loaded]


@pytest.fixture(scope="module")
def tallies(accounts):
    """The scoreboard over the cases."""
    return score.score(accounts)


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.name)
def test_the_case_is_sound(path):
    assert case.load(path).faults == ()


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    [p for part in ("stories", "aside") for p in folders(ROOT / "benchmark" / part)],
    ids=lambda p: p.name,
)
def test_the_story_is_sound(path):
    assert case.load(path).faults == ()


@pytest.mark.parametrize("capability", sorted(FLOORS))
def test_no_figure_falls_below_its_floor(tallies, capability):
    precision, recall, _ = tallies[capability].figures()
    assert precision >= FLOORS[capability][0], tallies[capability].notes[:20]
    assert recall >= FLOORS[capability][1], tallies[capability].notes[:20]


def test_every_capability_has_a_floor(tallies):
    assert sorted(tallies) == sorted(FLOORS)


def test_evidence_stands_to_the_letter(accounts):
    for _, document in accounts:
        texts = {a["id"]: a["text"] for a in document["articles"]}
        pieces = list(score.evidence_in(document["stories"]))
        assert pieces
        for piece in pieces:
            assert texts[piece["article"]][piece["start"] : piece["end"]] == piece["text"] != ""


def test_origins_partition_the_articles_of_a_story(accounts):
    for _, document in accounts:
        for story in document["stories"]:
            placed = [a for origin in story["origins"] for a in origin["articles"]]
            assert sorted(placed) == sorted(story["articles"])


def place(piece):
    return piece["article"], piece["start"], piece["end"]


def test_findings_count_their_origins(accounts):
    for _, document in accounts:
        for story in document["stories"]:
            origin_of = {a: o["id"] for o in story["origins"] for a in o["articles"]}
            once = [[place(e) for e in p["evidence"]] for o in story["origins"] for p in o["overlaps"]]
            for finding in story["findings"]:
                articles = {e["article"] for e in finding["evidence"]}
                places = [place(e) for e in finding["evidence"]]
                origins = counted_once(places, origin_of, once)
                assert set(finding["origins"]) == set(origins)
                assert len(origins) <= len({origin_of[a] for a in articles})
                expected = (
                    "corroborated" if len(origins) > 1 else "repeated" if len(articles) > 1 else "single"
                )
                assert finding["status"] == expected


def test_the_account_is_the_same_in_any_order_of_arrival(accounts):
    of_case, document = accounts[-1]
    files = sorted(str(p) for p in of_case.articles.iterdir())
    again = json.loads(consilience.read(files[::-1]).to_json())
    assert again == document | {"articles": again["articles"]}
    assert [a["id"] for a in again["articles"]] == [a["id"] for a in document["articles"]]


@pytest.mark.skipif(not (SHARED / "score.py").exists(), reason="the first scorer does not stand beside")
def test_the_scorer_agrees_with_the_one_it_was_made_from(accounts, tallies, tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(SHARED))
    for name in ("score", "check_case"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    spec = importlib.util.spec_from_file_location("first_score", SHARED / "score.py")
    first = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(first)
    pairs = []
    for of_case, document in accounts:
        path = tmp_path / f"{of_case.folder.name}.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        pairs.append((str(of_case.folder), str(path)))
    expected = {name: tally.figures() for name, tally in first.score(pairs).items()}
    assert {name: tally.figures() for name, tally in tallies.items()} == expected


def test_a_shifted_offset_is_a_fault(accounts):
    of_case, document = accounts[0]
    moved = json.loads(json.dumps(document))
    piece = moved["stories"][0]["findings"][0]["evidence"][0]
    piece["start"] += 1
    tally = score.score([(of_case, moved)])["evidence stands where it says"]
    assert tally.right == tally.said - 1
