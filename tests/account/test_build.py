"""The account of a story: built from its findings, the same in any order, every value checked."""

import random

import msgspec
import pytest

from consilience import account as accounts
from consilience import model as m
from consilience.account import headline, outlets, quotes
from consilience.ids import content_id
from consilience.phrases import articles_in_order, sigla
from tests.goldstory import BENCHMARK, Gold

CASES = sorted(p for p in (BENCHMARK / "cases").iterdir() if p.is_dir())


@pytest.fixture(scope="module", params=CASES, ids=lambda p: p.name)
def gold(request):
    return Gold(request.param)


@pytest.fixture(scope="module")
def story(gold):
    return accounts.build(gold.story, gold.origins, gold.findings, gold.disagreements)


def test_any_order_gives_the_same_account(gold, story):
    def shuffled(values):
        return tuple(random.Random(7).sample(list(values), len(values)))

    mixed = m.StoryReading(
        id=gold.story.id, readings=shuffled(gold.story.readings), entities=shuffled(gold.story.entities)
    )
    again = accounts.build(
        mixed, shuffled(gold.origins), shuffled(gold.findings), shuffled(gold.disagreements)
    )
    assert msgspec.json.encode(again) == msgspec.json.encode(story)


def test_what_is_built_stands(gold):
    assert accounts.verify(gold.account().to_json()) == []


def test_the_matrix_has_each_article_of_each_finding(story):
    assert [r.finding for r in story.matrix] == [f.id for f in story.findings]
    by_id = {f.id: f for f in story.findings}
    for row in story.matrix:
        assert set(row.stands) == set(story.articles)
        says = {e.article for e in by_id[row.finding].evidence}
        assert {a for a, s in row.stands.items() if s == "says"} <= says
        assert not {a for a, s in row.stands.items() if s == "silent"} & says


def test_the_story_is_named_by_its_articles(gold, story):
    assert story.id == content_id("story", sorted(story.articles))


# --- outlets --------------------------------------------------------------------------------------


def article(name, status="whole", published=None, text="One. Two. Three.", title=None):
    return m.Article(
        id=name, source=name, text=text, completeness=m.Completeness(status), outlet=name,
        published=published, title=title,
    )  # fmt: skip


def finding(name, evidence, origins, disagreements=(), weight=1.0, text=None):
    pieces = tuple(m.Evidence(a, 0, 4, text or "One.") for a in evidence)
    status = "corroborated" if len(origins) > 1 else "repeated" if len(evidence) > 1 else "single"
    return m.Finding(
        id=name, text=pieces[0].text, canonical=pieces[0], evidence=pieces, origins=tuple(origins),
        status=status, disagreements=tuple(disagreements), weight=weight,
    )  # fmt: skip


def origins_of(*groups):
    return tuple(m.Origin(f"o{i}", g) for i, g in enumerate(groups))


def test_a_partial_text_is_never_silent_and_leaves_nothing_out():
    articles = [article("a"), article("b"), article("c", "partial"), article("d")]
    found = [finding("f", ["a", "b"], ["o0", "o1"])]
    rows = outlets.matrix(articles, found, ())
    assert rows[0].stands == {"a": "says", "b": "says", "c": "partial text", "d": "silent"}
    views = outlets.outlets(articles, origins_of(("a",), ("b",), ("c",), ("d",)), found, rows)
    assert {v.article: v.leaves_out for v in views} == {"a": (), "b": (), "c": (), "d": ("f",)}


@pytest.mark.parametrize(
    ("dates", "left"),
    [
        (("2024-05-01", "2024-05-01", "2024-05-01"), ("f",)),
        (("2024-05-01", "2024-05-03", "2024-05-02"), ()),  # the second report came after it
        (("2024-05-01", None, "2024-05-02"), ("f",)),
        ((None, None, None), ("f",)),
        (("2024-05-01T23:00:00Z", "2024-05-01T22:00:00Z", "2024-05-01T06:00:00Z"), ("f",)),
    ],
)
def test_only_what_it_could_have_had_is_left_out(dates, left):
    articles = [article(n, published=d) for n, d in zip("abc", dates, strict=True)]
    found = [finding("f", ["a", "b"], ["o0", "o1"])]
    rows = outlets.matrix(articles, found, ())
    views = outlets.outlets(articles, origins_of(("a",), ("b",), ("c",)), found, rows)
    assert next(v for v in views if v.article == "c").leaves_out == left


def test_two_copies_of_one_text_are_not_two_witnesses_that_it_leaves_out():
    articles = [article(n) for n in "abc"]
    found = [finding("f", ["a", "b"], ["o0"])]
    rows = outlets.matrix(articles, found, ())
    views = outlets.outlets(articles, origins_of(("a", "b"), ("c",)), found, rows)
    assert all(v.leaves_out == () for v in views)


@pytest.mark.parametrize(
    ("relation", "stand"),
    [("conflict", "says otherwise"), ("update", "says otherwise"), ("precision", "says"), ("scope", "says")],
)
def test_who_says_otherwise(relation, stand):
    articles = [article("a"), article("b"), article("c")]
    one, two = m.Evidence("a", 0, 4, "One."), m.Evidence("b", 0, 4, "One.")
    found = [finding("f", ["a", "b"], ["o0", "o1"], ["d"])]
    positions = (m.Position("1", (one,)), m.Position("2", (two,)))
    difference = m.Disagreement("d", "figure", relation, "how many", positions, ("f",))
    rows = outlets.matrix(articles, found, (difference,))
    assert rows[0].stands == {"a": "says", "b": stand, "c": "silent"}


@pytest.mark.parametrize(
    ("groups", "evidence", "behind", "dates", "only"),
    [
        (("a", "b"), ["a"], ["o0"], (None, None), ["a"]),
        (("a", "b"), ["a", "b"], ["o0", "o1"], (None, None), []),
        (("ab", "c"), ["a", "b"], ["o0"], (None, None, None), ["a", "b"]),  # a copy has it with its original
        (("ab",), ["a"], ["o0"], (None, None), []),  # nobody else is there who could have had it
        (("a", "b"), ["a"], ["o0"], ("2024-05-03", "2024-05-01"), []),  # the other came before it
        (("a", "b"), ["a"], ["o0"], ("2024-05-03", "2024-05-03"), ["a"]),
    ],
)
def test_only_here_is_what_one_origin_alone_has(groups, evidence, behind, dates, only):
    names = "".join(groups)
    articles = [article(n, published=d) for n, d in zip(names, dates, strict=True)]
    found = [finding("f", evidence, behind)]
    rows = outlets.matrix(articles, found, ())
    views = outlets.outlets(articles, origins_of(*(tuple(g) for g in groups)), found, rows)
    assert [v.article for v in views if v.only_here == ("f",)] == only


def test_a_partial_text_is_none_that_could_have_had_it():
    articles = [article("a"), article("b", "partial")]
    found = [finding("f", ["a"], ["o0"])]
    views = outlets.outlets(articles, origins_of(("a",), ("b",)), found, outlets.matrix(articles, found, ()))
    assert all(v.only_here == () for v in views)


# --- quotes ---------------------------------------------------------------------------------------


def reading(name, said, published=None):
    """A reading whose article consists of the quotes ``said``: (words, speaker) pairs."""
    text = " ".join(words for words, _ in said)
    own = article(name, text=text, published=published)
    mentions, at = [], 0
    for words, speaker in said:
        piece = m.Evidence(name, at, at + len(words), words)
        mentions.append(m.QuoteMention(piece, "direct", m.Speaker(*speaker) if speaker else None))
        at += len(words) + 1
    analysis = m.Analysis(article=own, sentences=(), names=(), vectors=None)
    return m.Reading(analysis=analysis, quotes=tuple(mentions))


LONG = "“We will keep looking until every family has an answer,”"
ADA, BEN = ("Ada Marlow", "e1"), ("Ben Otieno", "e2")


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ((LONG, ADA), (LONG, ADA), True),
        ((LONG, ADA), ("“We will keep looking”", ADA), True),
        ((LONG, ADA), ("“We will keep looking until each family has an answer.”", ADA), True),
        ((LONG, ADA), (LONG, None), True),
        ((LONG, ADA), (LONG, BEN), False),
        ((LONG, ADA), ("“every family”", ADA), True),
        ((LONG, ADA), ("“every family”", None), False),
        ((LONG, ADA), ("“The pumps failed at once and nobody came to mend them,”", ADA), False),
        (("“family every”", ADA), (LONG, ADA), False),
    ],
)
def test_utterances_are_joined(one, other, together):
    found = quotes.collect([reading("a", [one]), reading("b", [other])])
    assert (len(found) == 1) == together
    if together:
        assert [e.article for e in found[0].evidence] == ["a", "b"]
        assert found[0].text == max(one[0], other[0], key=len)


def test_a_difference_of_wording_joins_two_forms():
    forms = ("“The wind was nothing,”", "“There was no wind at all,”")
    readings = [reading("a", [(forms[0], ADA)]), reading("b", [(forms[1], ADA)])]
    pieces = [r.quotes[0].evidence for r in readings]
    apart = quotes.collect(readings)
    positions = tuple(m.Position(p.text, (p,)) for p in pieces)
    joined = quotes.collect(readings, (m.Disagreement("d", "wording", "translation", "the wind", positions),))
    assert len(apart) == 2 and len(joined) == 1


def test_quotes_do_not_chain():
    """Two long quotes that share half of a third stay two."""
    first = "“The pumps failed at noon and the river rose behind the wall,”"
    second = "“The river rose behind the wall and the town had an hour to leave,”"
    found = quotes.collect([reading("a", [(first, ADA)]), reading("b", [(second, ADA)])])
    assert len(found) == 2


# --- the headline ---------------------------------------------------------------------------------


def test_the_headline_says_what_the_findings_say():
    articles = [
        article("a", title="What we know about the flood so far"),
        article("b", title="Nine die as river bursts its banks in Marlow"),
        article("c", title="LIVE: FLOOD LATEST"),
        article("d", title=None),
    ]
    found = [finding("f", ["a", "b"], ["o0", "o1"], text="nine people died when the river burst in Marlow")]
    chosen = headline.choose(articles, found)
    assert chosen == m.Headline("Nine die as river bursts its banks in Marlow", "b", "b")
    assert headline.choose([article("d")], found) is None


# --- signs ----------------------------------------------------------------------------------------


def test_signs_are_grouped_by_origin_and_stable():
    articles = [article(n, published=f"2024-05-0{i}") for i, n in enumerate("abcd", 1)]
    groups = origins_of(("d",), ("a", "c"), ("b",))
    order = articles_in_order(articles, groups)
    assert sigla(order, groups) == {"a": "A1", "c": "A2", "b": "B", "d": "C"}
    assert articles_in_order(reversed(articles), groups[::-1]) == order


def test_more_than_26_origins_have_signs_of_their_own():
    articles = [article(f"{i:02}") for i in range(60)]
    groups = origins_of(*((a.id,) for a in articles))
    signs = sigla(articles_in_order(articles, groups), groups)
    assert len(set(signs.values())) == 60
