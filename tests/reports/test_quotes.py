"""Quotes and their speakers: a table of shapes of direct speech, written for the project."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consilience.model import Name
from consilience.reports import marks, quotes
from consilience.spans import Span
from tests.reports.plain import analysis

SHAPES: list[tuple[str, list[tuple[str, str | None]]]] = [
    # after the quote
    (
        "“The bridge will not reopen this year,” said Nora Feld.",
        [("“The bridge will not reopen this year,”", "Nora Feld")],
    ),
    (
        "“The bridge will not reopen this year,” Nora Feld said.",
        [("“The bridge will not reopen this year,”", "Nora Feld")],
    ),
    ("“We are tired,” the mayor, Nora Feld, said on Monday.", [("“We are tired,”", "Nora Feld")]),
    ("“We are tired,” said the mayor, Nora Feld.", [("“We are tired,”", "Nora Feld")]),
    ("“We are tired,” said Nora Feld, the mayor.", [("“We are tired,”", "Nora Feld")]),
    ("“We are tired,” Nora Feld, 41, told reporters.", [("“We are tired,”", "Nora Feld")]),
    ("“We are tired,” Nora Feld, who runs the port, told Coastal News.", [("“We are tired,”", "Nora Feld")]),
    ("“We are tired,” Nora Feld of the Harbour Union told a meeting.", [("“We are tired,”", "Nora Feld")]),
    ("“We are tired,” Harbour Union president Nora Feld said.", [("“We are tired,”", "Nora Feld")]),
    ("“We are tired,” according to Nora Feld.", [("“We are tired,”", "Nora Feld")]),
    ("“Who pays for this?” asked Nora Feld.", [("“Who pays for this?”", "Nora Feld")]),
    ("“Get out!” Nora Feld shouted.", [("“Get out!”", "Nora Feld")]),
    ("“We are tired”, wrote Nora Feld in a letter to the council.", [("“We are tired”", "Nora Feld")]),
    ("“We are tired,” she snapped at Nora Feld.", [("“We are tired,”", None)]),
    ("“That is a lie,” answered his sister Karin, 29, who heard the shots.", [("“That is a lie,”", "Karin")]),
    ("“We are tired,” wrote Captain Ines Brandt of the coast guard.", [("“We are tired,”", "Ines Brandt")]),
    (
        "“Nothing was promised,” a spokesman for the bank said.",
        [("“Nothing was promised,”", "a spokesman for the bank")],
    ),
    ("“Nothing was promised,” said a spokeswoman.", [("“Nothing was promised,”", "a spokeswoman")]),
    ("“Nothing was promised,” one official said.", [("“Nothing was promised,”", "one official")]),
    (
        "“Nothing was promised,” two officials briefed on the talks said.",
        [("“Nothing was promised,”", "two officials")],
    ),
    (
        "“Nothing was promised,” the company said in a statement.",
        [("“Nothing was promised,”", "the company")],
    ),
    ("“Nothing was promised,” residents said.", [("“Nothing was promised,”", "residents")]),
    ("“Nothing was promised,” police said.", [("“Nothing was promised,”", "police")]),
    (
        "“Nothing was promised,” the Ministry of Ports said.",
        [("“Nothing was promised,”", "Ministry of Ports")],
    ),
    ("“Nothing was promised,” it was announced by Nora Feld.", [("“Nothing was promised,”", "Nora Feld")]),
    # before the quote
    ("Nora Feld said: “The ferry is late again.”", [("“The ferry is late again.”", "Nora Feld")]),
    ("Nora Feld said, “The ferry is late again.”", [("“The ferry is late again.”", "Nora Feld")]),
    (
        "Nora Feld told the inquiry that the ferry was “late again, as ever”.",
        [("“late again, as ever”", "Nora Feld")],
    ),
    ("According to Nora Feld, “the ferry is late again”.", [("“the ferry is late again”", "Nora Feld")]),
    ("In the words of Nora Feld, “the ferry is late again”.", [("“the ferry is late again”", "Nora Feld")]),
    ("Nora Feld (Greens) said: “The ferry is late again.”", [("“The ferry is late again.”", "Nora Feld")]),
    ("Nora Feld, speaking in Hamburg, said the ferry was “late again”.", [("“late again”", "Nora Feld")]),
    ("Nora Feld, 41, who had been visiting the port, said it was “in ruins”.", [("“in ruins”", "Nora Feld")]),
    ("The port’s director, Nora Feld, called the plan “a farce”.", [("“a farce”", "Nora Feld")]),
    ("Nora Feld called the plan “a farce” and left the room.", [("“a farce”", "Nora Feld")]),
    ("The plan was described as “a farce” by Nora Feld.", [("“a farce”", "Nora Feld")]),
    ("The plan was dismissed by Nora Feld as “a farce”.", [("“a farce”", "Nora Feld")]),
    ("Nora Feld cut her forecast, saying the port was “half empty”.", [("“half empty”", "Nora Feld")]),
    ("Nora Feld praised a “new era” in the port.", [("“new era”", "Nora Feld")]),
    ("For Nora Feld, “it is a relief”.", [("“it is a relief”", "Nora Feld")]),
    ("Nora Feld on the strike: “They had no choice.”", [("“They had no choice.”", "Nora Feld")]),
    ("Nora Feld: “They had no choice.”", [("“They had no choice.”", "Nora Feld")]),
    ("One of them, the teacher Nora Feld, said: “We walked home.”", [("“We walked home.”", "Nora Feld")]),
    ("Nora Feld said that she had told the board “in plain words”.", [("“in plain words”", "Nora Feld")]),
    ("A father who would give no name said: “We walked home.”", [("“We walked home.”", "A father")]),
    # around and over
    (
        "“We waited,” said Nora Feld, “and nobody came.”",
        [("“We waited,”", "Nora Feld"), ("“and nobody came.”", "Nora Feld")],
    ),
    (
        "“We waited,” Nora Feld said. “Nobody came. We went home.”",
        [("“We waited,”", "Nora Feld"), ("“Nobody came. We went home.”", "Nora Feld")],
    ),
    (
        "Nora Feld was angry. “We waited,” she said. “Nobody came.”",
        [("“We waited,”", "Nora Feld"), ("“Nobody came.”", "Nora Feld")],
    ),
    ("Nora Feld shook her head. “Nobody came.”", [("“Nobody came.”", "Nora Feld")]),
    ("“Nobody came.” Nora Feld shook her head.", [("“Nobody came.”", "Nora Feld")]),
    (
        "Omar Diallo waited. He knew Nora Feld. “Nobody came, coffee?” Feld said to him in Danish.",
        [("“Nobody came, coffee?”", "Nora Feld")],
    ),
    ("The port would close, Nora Feld said. “Nobody came.”", [("“Nobody came.”", "Nora Feld")]),
    (
        "“We waited,” said Nora Feld. “Nobody came.\n“So we went home.”",
        [("“We waited,”", "Nora Feld"), ("“Nobody came.", "Nora Feld"), ("“So we went home.”", "Nora Feld")],
    ),
    (
        "Nora Feld spoke next:\n“We waited until five in the morning.”",
        [("“We waited until five in the morning.”", "Nora Feld")],
    ),
    (
        "“We waited until five in the morning.\n“Then we went home,” Nora Feld said.",
        [("“We waited until five in the morning.", "Nora Feld"), ("“Then we went home,”", "Nora Feld")],
    ),
    # who is meant
    (
        "Nora Feld came to the port. Jan Roth was ill.\n“We waited,” Feld said.",
        [("“We waited,”", "Nora Feld")],
    ),
    ("Mr Roth and Mrs Roth came. Mrs Roth said: “We waited.”", [("“We waited.”", "Roth")]),
    ("Peter Roth and Maria Feld came to the port.\n“We waited,” she said.", [("“We waited,”", "Maria Feld")]),
    ("Peter Roth met Maria Feld at the port.\n“We waited,” he said.", [("“We waited,”", "Peter Roth")]),
    (
        "The transport minister, Maria Feld, came late. “The road is safe,” the minister said.",
        [("“The road is safe,”", "Maria Feld")],
    ),
    (
        "Transport Minister Maria Feld came late.\n“The road is safe,” the minister said.",
        [("“The road is safe,”", "Maria Feld")],
    ),
    (
        "US Vice President Maria Feld came late.\nThe talks were useful. “The road is safe,” the VP said.",
        [("“The road is safe,”", "Maria Feld")],
    ),
    (
        "An official of the ministry asked not to be named. “The road is safe,” the official said.",
        [("“The road is safe,”", "An official of the ministry")],
    ),
    (
        "Two engineers who worked on the tower spoke to us. “It leaned,” one of them said.",
        [("“It leaned,”", "Two engineers")],
    ),
    (
        "Two pilots from the port also steer at Ellis, neither at night.\n“We walked,” one of them said.",
        [("“We walked,”", "Two pilots from the port")],
    ),
    (
        "Some engineers slept there. Two of them are ill. “It leaned,” one of them said.",
        [("“It leaned,”", "Some engineers")],
    ),
    (
        "Omar Roth, director of the port, was late. The minister, Maria Feld, was not.\n"
        "“It was not my road,” said Omar Roth. The minister said the road had been “mended twice”.",
        [("“It was not my road,”", "Omar Roth"), ("“mended twice”", "Maria Feld")],
    ),
    (
        "The Prime Minister came to the port. “The road is safe,” the First Minister said.",
        [("“The road is safe,”", "First Minister")],
    ),
    (
        "Nora Feld, 42, came late. Maria Roth, 61, came too.\n“I walked,” said the 42-year-old.",
        [("“I walked,”", "Nora Feld")],
    ),
    (
        "Nora Feld runs the port. It lasted an hour, “and the soup went cold”.",
        [("“and the soup went cold”", "Nora Feld")],
    ),
    (
        "Everyone on the pier knew what the horn was for, says Nora Feld, a pilot. “You run.”",
        [("“You run.”", "Nora Feld")],
    ),
    (
        "Jan Roth accused the union of hiding tables, which Feld denied, saying: “They hang on the wall.”",
        [("“They hang on the wall.”", "Feld")],
    ),
    (
        "The harbour court suspended it, finding that nobody had shown “any danger to ships”.",
        [("“any danger to ships”", "The harbour court")],
    ),
    ("“The door stays open,” regretted Feld.", [("“The door stays open,”", "Feld")]),
    (
        "Prime Minister Maria Feld came late.\nIt was raining. “The road is safe,” the PM said.",
        [("“The road is safe,”", "Maria Feld")],
    ),
    (
        "Maria Roth, the pilot, left.\nAt noon the governor told guests she felt “some regret”.",
        [("“some regret”", "the governor")],
    ),
    (
        "He had resigned in a letter, which this newspaper has held. “I am tired,” it says.",
        [("“I am tired,”", "a letter")],
    ),
    ("“The door stays open,” regretted Nora Feld.", [("“The door stays open,”", "Nora Feld")]),
    # marks of every kind
    ('"The ferry is late again," Nora Feld said.', [('"The ferry is late again,"', "Nora Feld")]),
    ("‘The ferry is late again,’ Nora Feld said.", [("‘The ferry is late again,’", "Nora Feld")]),
    ("'The ferry is late again,' Nora Feld said.", [("'The ferry is late again,'", "Nora Feld")]),
    ("'The ferry's late, isn't it,' Nora Feld said.", [("'The ferry's late, isn't it,'", "Nora Feld")]),
    (
        "‘The residents’ homes aren’t safe,’ Nora Feld said.",
        [("‘The residents’ homes aren’t safe,’", "Nora Feld")],
    ),
    ("«The ferry is late again», said Nora Feld.", [("«The ferry is late again»", "Nora Feld")]),
    ("„The ferry is late again“, said Nora Feld.", [("„The ferry is late again“", "Nora Feld")]),
    ("„The ferry is late again”, said Nora Feld.", [("„The ferry is late again”", "Nora Feld")]),
    ("“The ferry is late again, ”Nora Feld told reporters.", [("“The ferry is late again, ”", "Nora Feld")]),
    ("“The ferry is late again ”, Nora Feld said.", [("“The ferry is late again ”", "Nora Feld")]),
    ("“He said ‘never’ and left,” Nora Feld said.", [("“He said ‘never’ and left,”", "Nora Feld")]),
    ("‘He said “never” and left,’ Nora Feld said.", [("‘He said “never” and left,’", "Nora Feld")]),
    # translated word order
    (
        "“We waited until five,” declared to the journalists in the port the director, Nora Feld.",
        [("“We waited until five,”", "Nora Feld")],
    ),
    (
        "“We waited until five,” indicated in a statement its general manager, Nora Feld.",
        [("“We waited until five,”", "Nora Feld")],
    ),
    ("“We waited until five,” has said Nora Feld.", [("“We waited until five,”", "Nora Feld")]),
    ("“We waited until five,” Nora Feld justified.", [("“We waited until five,”", "Nora Feld")]),
    # bodies and papers
    (
        "The Hemlock Survey, which counts 214 ponds, said it found “no frogs at all”.",
        [("“no frogs at all”", "Hemlock Survey")],
    ),
    (
        "The court in Lyon, which met on Friday, said the deal was “void from the start”.",
        [("“void from the start”", "The court")],
    ),
    ("Jan Roth left. The report now speaks of “a slow leak”.", [("“a slow leak”", "The report")]),
    ("Jan Roth left. The council calls that “an old story”.", [("“an old story”", "The council")]),
    (
        "Jan Roth left. Ropes are bought from Brandt & Roth. “Nets too,” Brandt & Roth said.",
        [("“Nets too,”", "Brandt & Roth")],
    ),
    ("The report says the valves were “never once tested”.", [("“never once tested”", "The report")]),
]


@pytest.mark.parametrize(("text", "expected"), SHAPES, ids=[t[:60] for t, _ in SHAPES])
def test_shapes(text: str, expected: list[tuple[str, str | None]]) -> None:
    found = quotes.find(analysis(text))
    assert [q.evidence.text for q in found] == [words for words, _ in expected]
    for mention, (words, speaker) in zip(found, expected, strict=True):
        if speaker is not None:
            said = mention.speaker.name if mention.speaker else None
            assert said is not None and said.startswith(speaker), words


def test_who_writes_in_the_first_person_is_no_thing() -> None:
    (found,) = quotes.find(analysis("To those who tore a sail I say: “Next time mend it.”"))
    assert found.speaker is None


def test_a_capital_at_the_head_of_a_sentence_is_no_name() -> None:
    text = "Nora Feld left. Nets were never cut in secret, she added. “The knife was blunt.”"
    name = Name(0, 9, "Nora Feld", "person", 0)
    (found,) = quotes.find(replace(analysis(text), names=(name,)))
    assert found.speaker is not None and found.speaker.name == "Nora Feld"


NO_QUOTES = [
    "The film “The Salt Year” opens on Friday.",
    "Cyclone “Tarini” made landfall near the port.",
    "William “Billy” Jones won the race.",
    "The so-called “ghost fleet” sailed at noon.",
    "The Office for Harbours (“the Office”) was founded in 1990.",
    "She read “War and Peace” on the ferry.",
    "It was the residents' homes and the farmers' fields that flooded.",
    "It was the ’90s, rock ’n’ roll was king, and the boys’ band played.",
    'The pipe is 6" wide and 12" long.',
    "The drug, known as “Nevara”, was approved.",
]


@pytest.mark.parametrize("text", NO_QUOTES)
def test_no_quotes(text: str) -> None:
    assert quotes.find(analysis(text)) == ()


def test_transcript() -> None:
    text = "The vice president had a message.\nMaria Feld:\nDo not come. The border is closed.\nShe left."
    (turn,) = quotes.find(analysis(text))
    assert (turn.kind, turn.evidence.text) == ("transcript", "Do not come. The border is closed.")
    assert turn.speaker is not None and turn.speaker.name == "Maria Feld"


def test_interview_turns() -> None:
    text = (
        "Maria Feld has run the port for ten years.\n"
        "Coastal News: How did it begin?\n"
        "Maria Feld: With one crane and a dog.\n"
        "Coastal News: And the dog?\n"
        "Maria Feld: He retired first."
    )
    found = [
        (q.kind, q.evidence.text, q.speaker.name if q.speaker else None) for q in quotes.find(analysis(text))
    ]
    assert ("transcript", "With one crane and a dog.", "Maria Feld") in found
    assert ("transcript", "He retired first.", "Maria Feld") in found


def test_heading_that_repeats_a_quote_is_no_second_quote() -> None:
    text = "‘Nobody came’\nThe hall stayed empty.\n“Nobody came, and we went home,” Nora Feld said."
    assert [q.evidence.text for q in quotes.find(analysis(text))] == ["“Nobody came, and we went home,”"]


def test_heading_that_quotes() -> None:
    text = "“They inspire me”\nTo the founders, Nora Feld gave praise."
    found = quotes.find(analysis(text))
    assert [q.evidence.text for q in found] == ["“They inspire me”"]


PIECES = st.lists(
    st.sampled_from(list("“”‘’'\"«»„ab .,?!\nN") + ["said ", "Nora Feld ", "he ", "the minister "]),
    max_size=40,
)


@settings(max_examples=300, deadline=None)
@given(PIECES)
def test_evidence_is_exact_and_nothing_crosses(pieces: list[str]) -> None:
    text = "".join(pieces)
    page = analysis(text)
    found = quotes.find(page)
    for q in found:
        assert text[q.evidence.start : q.evidence.end] == q.evidence.text
    for a, b in zip(found, found[1:], strict=False):
        assert a.evidence.end <= b.evidence.start
    pairs = marks.pairs(text, [Span(s.start, s.end) for s in page.sentences])
    for a in pairs:
        for b in pairs:
            assert a is b or a.span.covers(b.span) or b.span.covers(a.span) or a.span.overlap(b.span) == 0
    assert quotes.find(analysis(text)) == found
