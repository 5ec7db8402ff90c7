"""Cues that no list has, acts said beside one another, and the passages that the model learns from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consilience import language
from consilience.model import Analysis, Attribution
from consilience.reports import attribution, cue_model, quotes
from tests.reports.plain import article
from training.attribution import passages

# text, (source, cue, content) of each attribution in it
BESIDE: list[tuple[str, list[tuple[str | None, str, str]]]] = [
    (
        "The mayor said the bridge was safe; the engineers insisted that the bolts were loose.",
        [
            ("The mayor", "said", "the bridge was safe"),
            ("the engineers", "insisted", "that the bolts were loose"),
        ],
    ),
    (
        "The minister announced that the school would close, though parents vowed to fight the decision.",
        [
            ("The minister", "announced", "that the school would close"),
            ("parents", "vowed", "to fight the decision"),
        ],
    ),
    (
        "The airline confirmed that 40 jobs would go, describing the decision as unavoidable.",
        [
            ("The airline", "confirmed", "that 40 jobs would go"),
            ("The airline", "describing", "the decision as unavoidable"),
        ],
    ),
    (
        "The unions welcomed the law, which employers called a disaster.",
        [("The unions", "welcomed", "the law"), ("employers", "called", "which … a disaster")],
    ),
    (
        "Most viewers thought Ms Feld had won, a poll indicated, but few said it had changed their minds.",
        [
            ("a poll", "indicated", "Most viewers thought Ms Feld had won"),
            ("few", "said", "it had changed their minds"),
        ],
    ),
    (
        "An early inquiry attributed the fire to a fuse; the widow has never accepted that finding.",
        [
            ("An early inquiry", "attributed", "the fire to a fuse"),
            ("the widow", "has never accepted", "that finding"),
        ],
    ),
    (
        "“The law is a sham,” she said at the museum, announcing that the city would sue.",
        [("she", "said", "“The law is a sham,”"), ("she", "announcing", "that the city would sue")],
    ),
    (
        "Boys like Scott, he said, were never asked.",
        [("he", "said", "Boys like Scott … were never asked")],
    ),
    (
        "The officials felt at ease with the plan, said Ms Feld.",
        [("Ms Feld", "said", "The officials felt at ease with the plan")],
    ),
    (
        "The board was quick to deny that it knew.",
        [("The board", "was quick to deny", "that it knew")],
    ),
    (
        "The board said in a statement that 12 ballots had been lost.",
        [("The board", "said", "that 12 ballots had been lost")],
    ),
]


def told(text: str) -> list[tuple[str | None, str, str]]:
    """Source, cue and content of what is read in a text."""
    [analysis] = language.analyse([article(text)])
    return [shown(a) for a in attribution.find(analysis, quotes.find(analysis))]


def shown(a: Attribution) -> tuple[str | None, str, str]:
    """Source, cue and content, as text."""
    content = " … ".join(c.text for c in a.content)
    return (a.source.text if a.source else None, a.cue.text if a.cue else "", content)


@pytest.mark.parametrize(("text", "wanted"), BESIDE, ids=[t[:40] for t, _ in BESIDE])
def test_said_beside(text: str, wanted: list[tuple[str | None, str, str]]) -> None:
    assert sorted(told(text), key=str) == sorted(wanted, key=str)


# Words that no list has as cues, or that the rules give nothing to tell.
OPENED = [
    (
        "The harbour master averred that the crane had been checked in May.",
        ("The harbour master", "averred", "that the crane had been checked in May"),
    ),
    ("Her rivals rued the decision.", ("Her rivals", "rued", "the decision")),
    ("Critics thought otherwise.", ("Critics", "thought", "otherwise")),
    (
        "The coach beseeched the fans to stay calm.",
        ("The coach", "beseeched", "the fans to stay calm"),
    ),
]


@pytest.mark.parametrize(("text", "wanted"), OPENED, ids=[t[:40] for t, _ in OPENED])
def test_words_of_no_list(text: str, wanted: tuple[str | None, str, str]) -> None:
    assert told(text) == [wanted]


def test_two_words_of_one_cue_are_one_act() -> None:
    assert told("The ministry hastened to add that the dam was safe.") == [
        ("The ministry", "hastened to add", "that the dam was safe")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The draft seen by the Ledger runs to nine pages.",
        "Two boats were found on the beach, and one lay on its side.",
        "The second shop is open on Sundays.",
        "The crew was shot by two men in masks.",
    ],
)
def test_no_cue(text: str) -> None:
    assert told(text) == []


def test_without_states_the_rules_decide() -> None:
    [analysis] = language.analyse([article("The mayor said that the bridge was safe.")])
    bare = replace(analysis, states=(), state_spans=())
    assert [shown(a) for a in attribution.find(bare, ())] == [
        ("The mayor", "said", "that the bridge was safe")
    ]


def test_states_of_words() -> None:
    [analysis] = language.analyse([article("Ombudspersons mistrusted the unhelpful plan. It failed.")])
    for sentence, states, spans, (picked, sums) in zip(
        analysis.sentences,
        analysis.states,
        analysis.state_spans,
        cue_model.word_states(analysis),
        strict=True,
    ):
        assert len(picked) == len(sums)
        for k, row in zip(picked, sums, strict=True):
            token = sentence.tokens[k]
            own = sum(
                s for s, (a, b) in zip(states, spans, strict=True) if token.start <= a < min(b, token.end)
            )
            assert row == pytest.approx(own, abs=1e-4)


def test_no_sentence_no_states() -> None:
    [analysis] = language.analyse([article("")])
    assert isinstance(analysis, Analysis)
    assert attribution.find(analysis, ()) == ()


def test_passages_are_sound() -> None:
    read = passages.read()
    assert len(read) == 1216
    assert sum(len(p.attributions) for p in read) == 2135
    for passage in read:
        for a in passage.attributions:
            for pieces in a.values():
                assert all(passage.text[s.start : s.end].strip() for s in pieces)
    assert len(passages.judged()) == 1282


@pytest.mark.parametrize(
    "line",
    [
        "<s1>She <c1>said</s1></c1> <t1>so</t1>",
        "<c1>said</c1>",
        "<c1></c1> <t1>so</t1>",
        "<c1>said</c1> <t1>so",
        "a < b",
    ],
)
def test_broken_marks(line: str) -> None:
    with pytest.raises(ValueError):
        passages.unmarked(line)


def test_unmarked() -> None:
    text, [first] = passages.unmarked("<t1>It shut,</t1> <s1>she</s1> <c1>said</c1>, <t1>“at noon”</t1>.")
    assert text == "It shut, she said, “at noon”."
    assert [text[s.start : s.end] for s in first["content"]] == ["It shut,", "“at noon”"]


CONTENT = [
    (
        "Deputies accused him of hiding a decision taken weeks ago.",
        "him of hiding a decision taken weeks ago",
    ),
    ("The mayor thanked the crew for backing her plan.", "the crew for backing her plan"),
    (
        "A judge has ordered the state to restore the names of 90 people.",
        "the state to restore the names of 90 people",
    ),
    ("The coalition’s smallest partner threatened on Sunday to leave.", "to leave"),
    ("The witness thought otherwise.", "otherwise"),
]


@pytest.mark.parametrize(("text", "content"), CONTENT, ids=[t[:40] for t, _ in CONTENT])
def test_content(text: str, content: str) -> None:
    assert [c for _, _, c in told(text)] == [content]


def test_a_quote_goes_with_the_act_that_holds_it() -> None:
    text = "The court declared the tax illegal, finding that parliament “may not legislate by press release”."
    assert told(text) == [
        ("The court", "declared", "the tax illegal"),
        ("The court", "finding", "that parliament “may not legislate by press release”"),
    ]
