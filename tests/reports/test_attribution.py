"""Indirect attribution with the parse: a table of shapes, written for the project."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consilience import language
from consilience.model import Analysis, Attribution, Sentence, Token
from consilience.reports import attribution, quotes
from tests.reports.plain import analysis, article

# text, source, cue, content
SHAPES: list[tuple[str, str | None, str, str]] = [
    ("It will not, said Tom Hale.", "Tom Hale", "said", "It will not"),
    ("The plan has not, the minister said, been agreed.", "the minister", "said", "The plan has not"),
    (
        "The mayor said that the bridge would stay closed.",
        "The mayor",
        "said",
        "that the bridge would stay closed",
    ),
    ("The mayor said the bridge would stay closed.", "The mayor", "said", "the bridge would stay closed"),
    ("The bridge would stay closed, the mayor said.", "the mayor", "said", "The bridge would stay closed"),
    ("The bridge would stay closed, said the mayor.", "the mayor", "said", "The bridge would stay closed"),
    ("The bridge, the mayor said, would stay closed.", "the mayor", "said", "The bridge"),
    (
        "The bridge will stay closed, according to the mayor.",
        "the mayor",
        "according to",
        "The bridge will stay closed",
    ),
    (
        "According to the mayor, the bridge will stay closed.",
        "the mayor",
        "According to",
        "the bridge will stay closed",
    ),
    (
        "Nora Feld, the mayor, said the bridge was unsafe.",
        "Nora Feld, the mayor",
        "said",
        "the bridge was unsafe",
    ),
    (
        "Nora Feld told the council that the bridge was unsafe.",
        "Nora Feld",
        "told",
        "that the bridge was unsafe",
    ),
    (
        "Nora Feld told reporters on Monday that the bridge was unsafe.",
        "Nora Feld",
        "told",
        "that the bridge was unsafe",
    ),
    ("She added that repairs would take a year.", "She", "added", "that repairs would take a year"),
    ("He denied that he had seen the letter.", "He", "denied", "that he had seen the letter"),
    ("He denied having seen the letter.", "He", "denied", "having seen the letter"),
    ("The company denied any wrongdoing.", "The company", "denied", "any wrongdoing"),
    (
        "The ministry confirmed that two people had died.",
        "The ministry",
        "confirmed",
        "that two people had died",
    ),
    (
        "The ministry confirmed the deaths of two people.",
        "The ministry",
        "confirmed",
        "the deaths of two people",
    ),
    ("Officials warned that the dam could fail.", "Officials", "warned", "that the dam could fail"),
    (
        "Two officials briefed on the talks said a deal was close.",
        "Two officials briefed on the talks",
        "said",
        "a deal was close",
    ),
    ("Residents said they had heard an explosion.", "Residents", "said", "they had heard an explosion"),
    ("Police said a man had been arrested.", "Police", "said", "a man had been arrested"),
    (
        "A spokeswoman for the bank said it would appeal.",
        "A spokeswoman for the bank",
        "said",
        "it would appeal",
    ),
    (
        "The report found that the valves had never been tested.",
        "The report",
        "found",
        "that the valves had never been tested",
    ),
    (
        "A survey by the university shows that half the wells are dry.",
        "A survey by the university",
        "shows",
        "that half the wells are dry",
    ),
    ("The minister insists the road is safe.", "The minister", "insists", "the road is safe"),
    (
        "The minister has promised to rebuild the school.",
        "The minister",
        "has promised",
        "to rebuild the school",
    ),
    (
        "The minister promised that the school would be rebuilt.",
        "The minister",
        "promised",
        "that the school would be rebuilt",
    ),
    ("The union threatened to strike.", "The union", "threatened", "to strike"),
    ("The union called for an inquiry.", "The union", "called for", "an inquiry"),
    ("The union criticised the plan.", "The union", "criticised", "the plan"),
    ("The plan was criticised by the union.", "the union", "was criticised", "The plan"),
    (
        "The governor blamed the drought on poor planning.",
        "The governor",
        "blamed",
        "the drought on poor planning",
    ),
    ("The judge ruled that the sale was void.", "The judge", "ruled", "that the sale was void"),
    ("The army claimed it had taken the town.", "The army", "claimed", "it had taken the town"),
    (
        "Scientists believe the crater is a million years old.",
        "Scientists",
        "believe",
        "the crater is a million years old",
    ),
    ("Critics argue that the law goes too far.", "Critics", "argue", "that the law goes too far"),
    (
        "The court heard that the driver had been asleep.",
        "The court",
        "heard",
        "that the driver had been asleep",
    ),
    (
        "Analysts estimate that the strike costs 3 million dollars a day.",
        "Analysts",
        "estimate",
        "that the strike costs 3 million dollars a day",
    ),
    (
        "The strike costs 3 million dollars a day, analysts estimate.",
        "analysts",
        "estimate",
        "The strike costs 3 million dollars a day",
    ),
    (
        "The airline announced that it would cut 400 jobs.",
        "The airline",
        "announced",
        "that it would cut 400 jobs",
    ),
    ("The airline announced plans to cut 400 jobs.", "The airline", "announced", "plans to cut 400 jobs"),
    (
        "The president acknowledged that mistakes had been made.",
        "The president",
        "acknowledged",
        "that mistakes had been made",
    ),
    ("Feld wrote that the tests had failed.", "Feld", "wrote", "that the tests had failed"),
    ("Feld suggested that the tests be repeated.", "Feld", "suggested", "that the tests be repeated"),
    ("Feld recalled that the doors had been locked.", "Feld", "recalled", "that the doors had been locked"),
    ("Feld explained that the doors had been locked.", "Feld", "explained", "that the doors had been locked"),
    ("Feld hopes the ferry will sail on Friday.", "Feld", "hopes", "the ferry will sail on Friday"),
    ("Feld fears that the ferry will not sail.", "Feld", "fears", "that the ferry will not sail"),
    ("Feld knew that the doors were locked.", "Feld", "knew", "that the doors were locked"),
    ("Feld repeated that she would not resign.", "Feld", "repeated", "that she would not resign"),
    ("Feld predicted that prices would fall.", "Feld", "predicted", "that prices would fall"),
    ("Feld complained that nobody had called.", "Feld", "complained", "that nobody had called"),
    ("Feld did not say who had paid for the trip.", "Feld", "did not say", "who had paid for the trip"),
    ("Feld asked whether the bridge was safe.", "Feld", "asked", "whether the bridge was safe"),
    ("Feld refused to say who had paid.", "Feld", "refused to say", "who had paid"),
    ("Feld agreed that the plan was flawed.", "Feld", "agreed", "that the plan was flawed"),
    ("Feld testified that she had signed the form.", "Feld", "testified", "that she had signed the form"),
    (
        "It was announced on Tuesday that the mine would close.",
        None,
        "was announced",
        "that the mine would close",
    ),
    (
        "The ministry’s claim that the water is clean was rejected.",
        "The ministry",
        "claim",
        "that the water is clean",
    ),
    (
        "The company, which denies the charges, said it would appeal.",
        "The company, which denies the charges",
        "said",
        "it would appeal",
    ),
    (
        "The minister, who visited the mine on Friday, said the shaft was flooded.",
        "The minister, who visited the mine on Friday",
        "said",
        "the shaft was flooded",
    ),
    ("As the mayor pointed out, the bridge is old.", "the mayor", "pointed out", "the bridge is old"),
    ("Feld is critical of the plan.", "Feld", "is critical of", "the plan"),
    ("Feld was sure that the doors were locked.", "Feld", "was sure", "that the doors were locked"),
    (
        "The bank said it would appeal, adding that it had done nothing wrong.",
        "The bank",
        "said",
        "it would appeal",
    ),
    (
        "The firm said it regretted the delay but the council said it would sue.",
        "The firm",
        "said",
        "it regretted the delay",
    ),
    (
        "Witnesses told police that the car had not stopped.",
        "Witnesses",
        "told",
        "that the car had not stopped",
    ),
    (
        "The Ministry of Ports stated that the crane was inspected in May.",
        "The Ministry of Ports",
        "stated",
        "that the crane was inspected in May",
    ),
    (
        "Nora Feld and Jan Roth said that they would vote against it.",
        "Nora Feld and Jan Roth",
        "said",
        "that they would vote against it",
    ),
    ("The group urged the government to act.", "The group", "urged", "the government to act"),
    (
        "The inspector noted that the exits were blocked.",
        "The inspector",
        "noted",
        "that the exits were blocked",
    ),
    (
        "The minister said that because roads are closed does not mean the town is lost.",
        "The minister",
        "said",
        "that because roads are closed does not mean the town is lost",
    ),
    (
        "Aides said it was too early to decide but noted that he had won twice before.",
        "Aides",
        "said",
        "it was too early to decide",
    ),
    (
        "Aides said it was too early to decide but noted that he had won twice before. ",
        "Aides",
        "noted",
        "that he had won twice before",
    ),
    (
        "The mayor said the bridge was safe, though she noted the rails were loose.",
        "she",
        "noted",
        "the rails were loose",
    ),
    ("He bought the mill and said it made him free.", "He", "said", "it made him free"),
    (
        "The mayor agreed that the rules should be changed, but he said that talks should wait.",
        "The mayor",
        "agreed",
        "that the rules should be changed",
    ),
    (
        "The union is raising questions about the safety of the pier.",
        "The union",
        "is raising questions about",
        "the safety of the pier",
    ),
    (
        "The mayor made the case that the pier could be saved.",
        "The mayor",
        "made the case",
        "that the pier could be saved",
    ),
    ("The mayor took issue with the report.", "The mayor", "took issue with", "the report"),
    (
        "The union has filed a motion to unseal the letters.",
        "The union",
        "has filed a motion",
        "to unseal the letters",
    ),
    ("The senator lashed out at the judge.", "The senator", "lashed out at", "the judge"),
    ("The minister ruled out a second vote.", "The minister", "ruled out", "a second vote"),
    ("The mayor laid out her plan for the port.", "The mayor", "laid out", "her plan for the port"),
    ("The two firms agreed to share the pilot.", "The two firms", "agreed", "to share the pilot"),
    (
        "A spokesman for the bishop declined to comment.",
        "A spokesman for the bishop",
        "declined",
        "to comment",
    ),
    (
        "The ministry released a statement saying that the bridge was safe.",
        "The ministry",
        "released a statement saying",
        "that the bridge was safe",
    ),
    (
        "In a poll published on Monday, 54 percent of the voters said they would stay at home.",
        "a poll published on Monday",
        "In",
        "54 percent of the voters said they would stay at home",
    ),
    ("The minister was asked about the missing funds.", None, "was asked about", "the missing funds"),
    ("Nora Feld is an outspoken critic of the dam.", "Nora Feld", "is an outspoken critic of", "the dam"),
    ("The guild is wary of the new owner.", "The guild", "is wary of", "the new owner"),
    ("The company appears to have sold the mill.", None, "appears", "The company"),
    ("The court overturned the ruling.", "The court", "overturned", "the ruling"),
    ("The panel found a crack in the beam.", "The panel", "found", "a crack in the beam"),
    ("“No,” said Jan Roth, who noted that the gate was shut.", "who", "noted", "that the gate was shut"),
    (
        "The mayor announced on Facebook that the fair would open.",
        "The mayor",
        "announced",
        "that the fair would open",
    ),
]

NOT_SAID = [  # a participle that describes or compares reports nothing
    "The village, called Oster, lies on the river.",
    "A group called Open Water runs the shelter.",
    "Half of the men voted, compared with a third of the women.",
    "A plan proposed last week would close the school.",
    # nor does one who speaks without a matter, or finds a thing, or a verb that only goes on
    "The mayor spoke to a crowd of farmers.",
    "The mayor spoke at a school.",
    "The crowd continued to grow.",
    "The pump was supposed to keep the cellar dry.",
    "The ship appealed to a passing tug.",
    "Her chance to attack the plan is gone.",
    "You see the point.",
    "The farmer found a coin.",
]


def _plain(text: str | None) -> str | None:
    return text.strip(' .,;:“”"') if text is not None else None


@pytest.fixture(scope="module")
def read() -> dict[str, tuple[Attribution, ...]]:
    """Each text of the table, read with the encoder, all at once."""
    texts = [t for t, *_ in SHAPES]
    analyses = language.analyse([article(t) for t in texts])
    return {a.article.text: attribution.find(a, quotes.find(a)) for a in analyses}


@pytest.mark.parametrize(("text", "source", "cue", "content"), SHAPES, ids=[t[:60] for t, *_ in SHAPES])
def test_shapes(
    read: dict[str, tuple[Attribution, ...]], text: str, source: str | None, cue: str, content: str
) -> None:
    found = {
        (
            _plain(a.source.text if a.source else None),
            _plain(a.cue.text if a.cue else None),
            _plain(a.content[0].text),
        )
        for a in read[text]
    }
    assert (_plain(source), cue, content) in found, found


@pytest.mark.parametrize("text", NOT_SAID)
def test_not_said(text: str) -> None:
    (page,) = language.analyse([article(text)])
    assert attribution.find(page, quotes.find(page)) == ()


def test_unnamed_and_named() -> None:
    text = (
        "Nora Feld runs the port. She said it was full. Two officials briefed on the talks said it was empty."
    )
    (page,) = language.analyse([article(text)])
    by = {a.cue.start: a for a in attribution.find(page, quotes.find(page)) if a.cue}
    first, second = (by[k] for k in sorted(by))
    assert first.speaker is not None and (first.speaker.name, first.unnamed) == ("Nora Feld", False)
    assert second.speaker is not None and second.speaker.name.startswith("Two officials") and second.unnamed


def test_frame_carries_all_its_quotes() -> None:
    text = "“We waited,” said Nora Feld, “and nobody came.” She left."
    (a,) = [a for a in attribution.find(analysis(text), quotes.find(analysis(text))) if a.direct]
    assert [c.text for c in a.content] == ["“We waited,”", "“and nobody came.”"]
    assert a.source is not None and a.source.text == "Nora Feld"
    assert a.cue is not None and a.cue.text == "said"


def test_heading_with_a_label() -> None:
    text = "Police: two men held after raid\nTwo men were held on Monday after a raid on the port."
    (a,) = attribution.find(analysis(text), quotes.find(analysis(text)))
    assert (a.source and a.source.text, a.content[0].text) == ("Police", "two men held after raid")


def test_colon_hands_over() -> None:
    text = "Nora Feld added:\nThe port is full. We cannot take more ships."
    (a,) = attribution.find(analysis(text), quotes.find(analysis(text)))
    assert (a.cue and a.cue.text, a.speaker and a.speaker.name) == ("added", "Nora Feld")
    assert a.content[0].text == "The port is full. We cannot take more ships."


def test_nobody_in_particular() -> None:
    text = "The minister is understood to oppose the plan. The pilot was reportedly tired."
    (page,) = language.analyse([article(text)])
    found = attribution.find(page, ())
    assert [(a.source, a.cue and a.cue.text) for a in found] == [
        (None, "is understood"),
        (None, "reportedly"),
    ]


def test_without_parse() -> None:
    text = "Nora Feld said that the bridge was unsafe."
    (a,) = attribution.find(analysis(text), ())
    assert (a.source and a.source.text, a.cue and a.cue.text) == ("Nora Feld", "said")
    assert a.content[0].text == "that the bridge was unsafe"


def test_evidence_is_exact(read: dict[str, tuple[Attribution, ...]]) -> None:
    for text, attributions in read.items():
        for a in attributions:
            for e in (*a.content, *(x for x in (a.source, a.cue) if x is not None)):
                assert text[e.start : e.end] == e.text


SAMPLE = "the mayor said that it was “ old ” , she added adding claims by according to who told reportedly ."
RELATIONS = "nsubj nsubj:pass obj ccomp xcomp parataxis acl acl:relcl advcl conj obl case mark aux:pass root"
WORDS = st.sampled_from(SAMPLE.split(" "))
TOKENS = st.lists(
    st.tuples(
        WORDS,
        st.sampled_from(["VERB", "NOUN", "PRON", "ADV", "ADJ", "PUNCT", "X"]),
        st.integers(-1, 14),
        st.sampled_from(RELATIONS.split(" ")),
    ),
    min_size=1,
    max_size=14,
)


@settings(max_examples=300, deadline=None)
@given(TOKENS)
def test_any_tree_is_survived(drawn: list[tuple[str, str, int, str]]) -> None:
    """Trees with loops, two roots or heads outside the sentence: exact evidence or none, never a fault."""
    text, tokens = "", []
    for word, upos, head, relation in drawn:
        start = len(text)
        tokens.append(Token(start, start + len(word), word, word, upos, head, relation))
        text += word + " "
    sentence = Sentence(0, len(text.rstrip()), 0, "sentence", tuple(tokens))
    page = Analysis(article(text), (sentence,), (), np.zeros((1, 0), np.float32))
    for a in attribution.find(page, quotes.find(page)):
        assert a.content
        for e in (*a.content, *(x for x in (a.source, a.cue) if x is not None)):
            assert text[e.start : e.end] == e.text != ""
