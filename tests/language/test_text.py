"""Sentences, tokens and lemmas of English."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consilience.language.en.text import lemma, paragraphs, split_sentences, tokenize


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(text)]


def tokens(text: str) -> str:
    return " ".join(text[a:b] for a, b in tokenize(text))


ONE = [
    "Mr. Adeyemi met Gen. Kofi A. Boateng at St. Mary's on Jan. 5.",
    "The U.S. Senate voted at 5 p.m. Tuesday on the bill.",
    "Shares of Acme Inc. rose 4.5 per cent to $12.75.",
    "She lives at No. 10, see Fig. 3 and p. 14 of the report.",
    "“Why now?” Smith asked.",
    '"Is it safe?" she said.',
    "The firm (founded in 1990. Since sold.) denied it.",
    "He was the most versatile ... composer of his time.",
    "J. K. Okoro and R.T. Singh won.",
    "The U.N.'s envoy, Dr. Ana P. Ruiz, left.",
    "\u201cI do not know\u2026 maybe,\u201d he said.",
    "1. Wash the rice.",
    "The mayor regularly\nincites her critics.",
    "”Mr. Hale left.",
]
TWO = [
    ("He left. She stayed.", 1),
    ("It ended at 5 p.m. The crowd went home.", 1),
    ("They work in the U.S. The others stayed.", 1),
    ("“We won.” The crowd cheered.", 1),
    ("“We won. Nobody helped us,” he said.", 1),
    ("Prices fell, etc. Traders were unmoved.", 1),
    ("Is it over? No.", 1),
    ("That was Plan B. There is no Plan C.", 1),
    ("It cost $3.5bn. Nobody paid.", 1),
    ("He sold it.The buyer is unknown.", 1),
    ("A man at the bridge Image: Jo Ray.", 1),
    ("First wave. [3] A second followed.", 1),
    ("He was born in 1990. 5 people came.", 1),
    ("They sell phones. iPhone sales fell.", 1),
    ("It fell [...] Nobody knows why.", 1),
    ("One\u00a0ended.\u2003Two began.", 1),
    ("Fire at mill. • Two hurt • One missing", 2),
]


@pytest.mark.parametrize("text", ONE)
def test_one_sentence(text):
    assert sentences(text) == [text]


@pytest.mark.parametrize(("text", "cuts"), TWO)
def test_sentences(text, cuts):
    assert len(sentences(text)) == cuts + 1


def test_kinds():
    text = (
        "Bridge closed after crash\n\nNAIROBI, Kenya (AP) — A bridge was closed on Friday.\n"
        "- Two lanes remain open\n7 p.m.\nWhat happens next?\n“A first. A second.”"
    )
    got = [(text[s.start : s.end], s.paragraph, s.kind) for s in split_sentences(text)]
    assert got == [
        ("Bridge closed after crash", 0, "heading"),
        ("NAIROBI, Kenya (AP) —", 1, "heading"),
        ("A bridge was closed on Friday.", 1, "sentence"),
        ("- Two lanes remain open", 2, "sentence"),
        ("7 p.m.", 3, "heading"),
        ("What happens next?", 4, "heading"),
        ("“A first.", 5, "sentence"),
        ("A second.”", 5, "sentence"),
    ]


def test_hard_wrapped_lines_are_one_paragraph():
    line = "the ferry left the harbour at noon with some\nsixty people on board and did not come back to\n"
    text = f"On Monday {line * 3}port.\n\nA search goes on."
    assert [p.of(text)[-6:] for p in paragraphs(text)] == ["\nport.", "es on."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She didn't say it's Kofi's.", "She did n't say it 's Kofi 's ."),
        ("They’ll say we can’t.", "They ’ll say we ca n’t ."),
        ("We cannot, gonna try", "We can not , gon na try"),
        ("$5 million, £2.3bn and €10", "$ 5 million , £ 2.3 bn and € 10"),
        ("up 4.5% (from 3%)", "up 4.5 % ( from 3 % )"),
        ("a well-known non-profit", "a well - known non-profit"),
        ("the U.S.-led force", "the U.S. - led force"),
        ("in the U.S.", "in the U.S ."),
        ("at 10:30 a.m. on 9/11", "at 10:30 a.m. on 9/11"),
        ("at 6pm, 35mm of rain", "at 6 pm , 35 mm of rain"),
        ("workers' pay", "workers ' pay"),
        ("see www.example.org/a?b=1, or", "see www.example.org/a?b=1 , or"),
        ("mail a.b@example.org.", "mail a.b@example.org ."),
        ("Call 555-010-9999 now!!", "Call 555-010-9999 now !!"),
        ("the 1990s, the 21st", "the 1990s , the 21st"),
        ("Mr. O'Hara and D'Angelo", "Mr. O'Hara and D'Angelo"),
        ("and/or 1,200,000", "and / or 1,200,000"),
        ("Wait... what—no", "Wait ... what — no"),
        ("AT&T's R&D #win @user", "AT&T 's R&D #win @user"),
        ("No. 5 said No.", "No. 5 said No ."),
        ("see Report_2.v1.pdf and notes.doc.", "see Report_2.v1.pdf and notes.doc ."),
        ("in alt.animals.cat, a_b", "in alt.animals.cat , a_b"),
        ("Is it so.? Yes!. No?!", "Is it so .? Yes !. No ?!"),
        ("===---=== a *** b", "===---=== a *** b"),
        ("w/o gate 4A, M16 and 3G", "w/o gate 4A , M16 and 3G"),
        ("from Desk@HARBOUR, ext. 3-5213", "from Desk@HARBOUR , ext. 3-5213"),
        ("thats +44 of them", "that s +44 of them"),
    ],
)
def test_tokens(text, expected):
    assert tokens(text) == expected


MARKS = st.sampled_from(list(" .!?\n\"“”'’()[]-–$%AaSs1.•…"))


@given(st.text(alphabet=st.one_of(st.characters(), MARKS), max_size=80))
def test_nothing_is_lost_and_nothing_overlaps(text):
    spans = split_sentences(text)
    last = 0
    covered = set()
    for start, end, _, _ in spans:
        assert last <= start < end <= len(text)
        last = end
        inner = start
        for a, b in tokenize(text, start, end):
            assert inner <= a < b <= end and not any(c.isspace() for c in text[a:b])
            inner = b
            covered |= set(range(a, b))
    assert covered == {i for i, c in enumerate(text) if not c.isspace()}


@pytest.mark.parametrize("piece", [".", "-a", "(", "“A.” ", "[...]A", "ab cd\n", "A. ", "1,", "AAA-"])
def test_long_input_takes_linear_time(piece):
    text = piece * (20000 // len(piece))
    started = time.perf_counter()
    for start, end, _, _ in split_sentences(text):
        tokenize(text, start, end)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("word", "upos", "expected"),
    [
        ("said", "VERB", "say"),
        ("killing", "VERB", "kill"),
        ("planned", "VERB", "plan"),
        ("agreed", "VERB", "agree"),
        ("carries", "VERB", "carry"),
        ("injured", "VERB", "injure"),
        ("visited", "VERB", "visit"),
        ("'s", "AUX", "be"),
        ("’ve", "AUX", "have"),
        ("n't", "PART", "not"),
        ("women", "NOUN", "woman"),
        ("ministries", "NOUN", "ministry"),
        ("crises", "NOUN", "crisis"),
        ("buses", "NOUN", "bus"),
        ("gas", "NOUN", "gas"),
        ("biggest", "ADJ", "big"),
        ("easier", "ADJ", "easy"),
        ("other", "ADJ", "other"),
        ("Nairobi", "PROPN", "Nairobi"),
        ("1,200", "NUM", "1200"),
        ("them", "PRON", "they"),
        ("Those", "DET", "that"),
    ],
)
def test_lemmas(word, upos, expected):
    assert lemma(word, upos) == expected
