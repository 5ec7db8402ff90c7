"""Findings that say much the same in the same places."""

from hypothesis import given
from hypothesis import strategies as st

from consilience.account.folding import folded
from consilience.model import Evidence, Finding


def finding(name, *places, status="corroborated"):
    evidence = tuple(
        Evidence(article=a, start=s, end=e, text=("x " * (e - s))[: e - s]) for a, s, e in places
    )
    return Finding(name, evidence[0].text, evidence[0], evidence, ("o",), status)


SENTENCES = finding("sentences", ("a", 0, 100), ("b", 50, 150), ("c", 0, 80))
TABLE = [
    ("a clause of it", finding("f", ("a", 10, 60), ("b", 60, 120)), "sentences"),
    ("wider", finding("f", ("a", 0, 180), ("b", 0, 160)), "sentences"),
    ("a small fact inside", finding("f", ("a", 10, 30), ("b", 60, 75)), None),
    ("a few words inside", finding("f", ("a", 10, 20), ("b", 60, 75)), "sentences"),
    ("elsewhere", finding("f", ("a", 200, 260), ("b", 300, 360)), None),
    ("the same place in one article of three", finding("f", ("b", 60, 150), ("d", 0, 9), ("e", 0, 9)), None),
    ("in one report alone", finding("f", ("a", 10, 60), status="single"), None),
    ("told by the same words", finding("f", ("a", 0, 100), ("d", 0, 9), ("e", 0, 9)), "sentences"),
]


def test_what_folds():
    for what, other, part_of in TABLE:
        assert [f.part_of for f in folded([SENTENCES, other])] == [None, part_of], what


PLACES = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(0, 40), st.integers(1, 40)).map(
        lambda p: (p[0], p[1], p[1] + p[2])
    ),
    min_size=1,
    max_size=4,
)


@given(st.lists(PLACES, max_size=8))
def test_a_finding_is_part_of_an_earlier_one_that_is_part_of_none(many):
    findings = [finding(str(i), *places) for i, places in enumerate(many)]
    out = folded(findings)
    heads = {f.id: i for i, f in enumerate(out) if f.part_of is None}
    assert [f.id for f in out] == [f.id for f in findings]
    assert all(heads[f.part_of] < i for i, f in enumerate(out) if f.part_of is not None)
    assert folded(out) == out
