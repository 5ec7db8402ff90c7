"""Groups of places that report one fact."""

from hypothesis import given
from hypothesis import strategies as st

from consilience.findings.grouping import cliques, joined

APART = {i: i for i in range(12)}


def test_one_sentence_with_two_facts_welds_nothing():
    # 0 says both facts; 1 has the one, 2 the other
    pairs = {(0, 1): 0.9, (0, 2): 0.9, (1, 2): 0.05}
    assert cliques(pairs, 0.5) == [(0, 1), (0, 2)]
    assert joined(cliques(pairs, 0.5), pairs, APART, 0.4) == [(0, 1), (0, 2)]


def test_one_missing_pair_does_not_part_a_group():
    pairs = {(a, b): 0.9 for a in range(5) for b in range(a + 1, 5)} | {(3, 4): 0.45}
    assert len(cliques(pairs, 0.5)) == 2
    assert joined(cliques(pairs, 0.5), pairs, APART, 0.4) == [(0, 1, 2, 3, 4)]


def test_a_chain_stays_a_chain():
    pairs = {(i, i + 1): 0.8 for i in range(10)}
    groups = joined(cliques(pairs, 0.5), pairs, APART, 0.4)
    assert max(len(g) for g in groups) == 2


PAIRS = st.dictionaries(
    st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda p: p[0] < p[1]),
    st.floats(0, 1, allow_nan=False),
    max_size=40,
)


@given(PAIRS)
def test_every_member_of_a_clique_is_joined_with_every_other(pairs):
    for group in cliques(pairs, 0.5):
        assert all(pairs[a, b] >= 0.5 for i, a in enumerate(group) for b in group[i + 1 :])


@given(PAIRS)
def test_every_sure_pair_is_held_and_order_does_not_matter(pairs):
    groups = cliques(pairs, 0.5)
    held = {(a, b) for g in groups for i, a in enumerate(g) for b in g[i + 1 :]}
    assert held == {p for p, s in pairs.items() if s >= 0.5}
    assert groups == cliques(dict(reversed(pairs.items())), 0.5)
