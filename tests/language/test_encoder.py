"""The encoder at work: exact places, the same result in any company, what it reads in plain sentences."""

import subprocess
import sys
import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consilience import language
from consilience.language import encoder
from consilience.language.pieces import SHAPES, pieces, shape
from consilience.model import Article, Completeness
from consilience.settings import Settings


def article(text: str) -> Article:
    return Article(
        id="sha256-1", source="a.txt", text=text, completeness=Completeness("whole"), language="en"
    )


def analysed(text: str):
    return language.analyse([article(text)])[0]


TEXT = (
    "MOMBASA, Kenya (NPA) - At least 14 people drowned when a ferry capsized off Mombasa, officials said.\n\n"
    "Harbour master Teresa Okwuosa told a conference that the boat had been overloaded. “We warned them "
    "twice,” Okwuosa said.\n\nThe ministry did not respond"
)


# --- places -----------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(st.text(st.sampled_from("aZé ß’'\".,-–(1\u00a0\u200b\n\u0301\x07😀中Иğ"), max_size=60))
def test_every_place_is_exact(text):
    read = analysed(text)
    assert read.vectors.shape == (len(read.sentences), language.DIMENSIONS)
    for sentence, states, spans in zip(read.sentences, read.states, read.state_spans, strict=True):
        for token in sentence.tokens:
            assert text[token.start : token.end] == token.text
        assert len(states) == len(spans)
        assert all(sentence.start <= s.start <= s.end <= sentence.end for s in spans)
    for name in read.names:
        assert text[name.start : name.end] == name.text


def test_an_empty_text_has_nothing():
    read = analysed(" \n ")
    assert (read.sentences, read.names, read.states) == ((), (), ())
    assert read.vectors.shape == (0, language.DIMENSIONS)


# --- the same in any company --------------------------------------------------------------------------


def _same(a, b):
    assert a.sentences == b.sentences
    assert a.names == b.names
    assert a.vectors.tobytes() == b.vectors.tobytes()
    assert all(x.tobytes() == y.tobytes() for x, y in zip(a.states, b.states, strict=True))


def test_company_order_threads_and_memory_change_nothing():
    texts = [
        TEXT,
        "A short one. " * 3,
        "Rain fell on the hills of Kavara for a third day, and the river rose again.",
    ]
    alone = []
    for text in texts:
        encoder.forget()
        alone.append(analysed(text))
    encoder.forget()
    forth = language.analyse([article(t) for t in texts], Settings(threads=3))
    encoder.forget()
    back = language.analyse([article(t) for t in reversed(texts)], Settings(threads=1))
    kept = language.analyse([article(t) for t in texts])
    for one, two, three, four in zip(alone, forth, reversed(back), kept, strict=True):
        _same(one, two)
        _same(one, three)
        _same(one, four)


def test_a_sentence_met_before_is_not_run_again(monkeypatch):
    encoder.forget()
    analysed(TEXT)

    def never(*_):
        raise AssertionError("run again")

    monkeypatch.setattr(encoder, "_sentence", never)
    again = language.analyse([article(TEXT), article(TEXT)])
    _same(*again)


def test_one_article_after_the_other_gives_the_same():
    texts = [f"{TEXT}\n\nPort number {i % 7} was closed at noon." for i in range(3 * encoder.AHEAD)]
    encoder.forget()
    whole = [analysed(t) for t in texts]
    encoder.forget()
    for one, two in zip(whole, language.analyse_each([article(t) for t in texts]), strict=True):
        _same(one, two)


def test_a_caller_who_stops_early_leaves_nothing_running():
    encoder.forget()
    before = threading.active_count()
    each = language.analyse_each([article(f"Port number {i} was closed.") for i in range(20)])
    next(each)
    each.close()
    assert threading.active_count() == before


def test_memory_is_bounded(monkeypatch):
    encoder.forget()
    monkeypatch.setattr(encoder, "CACHED", 60)
    analysed("\n\n".join(f"The boat number {i} left the port of Kavara at noon." for i in range(12)))
    assert 0 < sum(len(e.states) for e in encoder._kept.values()) == encoder._size <= 60


def test_vectors_have_length_one():
    assert np.allclose(np.linalg.norm(analysed(TEXT).vectors, axis=1), 1, atol=1e-5)


def test_a_very_long_sentence_is_read_in_windows():
    text = "The list names " + ", ".join(f"Ana Vidal{i} of Kavara" for i in range(160)) + "."
    read = analysed(text)
    (sentence,) = read.sentences
    assert sum(t.head == -1 for t in sentence.tokens) == 1
    assert all(-1 <= t.head < len(sentence.tokens) for t in sentence.tokens)
    assert sentence.tokens[-1].text == "."
    assert read.state_spans[0][-2].end == len(text)


def test_one_endless_word_is_cut():
    assert len(analysed("x" * 30_000).sentences[0].tokens) == 1


# --- what it reads ------------------------------------------------------------------------------------


def _token(read, word):
    return next((s, t) for s in read.sentences for t in s.tokens if t.text == word)


def test_parts_of_speech_and_heads():
    read = analysed(TEXT)
    sentence, drowned = _token(read, "drowned")
    people = _token(read, "people")[1]
    assert (drowned.upos, people.upos) == ("VERB", "NOUN")
    assert people.deprel == "nsubj"
    assert sentence.tokens[people.head].text == "drowned"


def test_a_dateline_is_no_subject():
    sentence, city = _token(analysed(TEXT), "MOMBASA")
    assert not city.deprel.startswith("nsubj")
    assert all(t.deprel != "nsubj" or sentence.tokens[t.head].text != "MOMBASA" for t in sentence.tokens)


def test_names_with_type():
    found = {(n.text, n.type) for n in analysed(TEXT).names}
    assert {
        ("MOMBASA", "place"),
        ("Kenya", "place"),
        ("Teresa Okwuosa", "person"),
        ("Okwuosa", "person"),
    } <= found


@pytest.mark.parametrize(
    ("close", "far"),
    [
        ("The ferry sank off the coast, killing 14.", "The central bank raised interest rates again."),
        ("The minister denied that she had resigned.", "A museum in the north lost nine paintings."),
    ],
)
def test_meaning(close, far):
    said = {
        "The ferry sank off the coast, killing 14.": "Fourteen people died when a boat went down at sea.",
        "The minister denied that she had resigned.": "The minister said she was not stepping down.",
    }
    vectors = analysed("\n\n".join([close, said[close], far])).vectors
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2


def test_a_language_without_a_pack_keeps_vectors_and_bare_words():
    text = (
        "El gobierno de Kavara anunció el lunes que la presa quedará cerrada hasta marzo. "
        "Los vecinos dijeron que nadie les había avisado de la decisión, y el alcalde pidió perdón."
    )
    read = language.analyse(
        [Article(id="a", source="a", text=text, completeness=Completeness("whole"), language="es")]
    )[0]
    assert read.article.language == "es"
    assert {t.upos for s in read.sentences for t in s.tokens} == {"X"}
    assert len(read.vectors) == len(read.sentences) > 0


# --- pieces -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("ferry", 1),
        ("Ferry", 2),
        ("NPA", 3),
        ("I", 4),
        ("McLeod", 5),
        ("iPhone", 5),
        ("14th", 6),
        ("“", 7),
        ("O'Brien", 5),
    ],
)
def test_shape_of_a_word(word, kind):
    assert shape(word) == 2 * kind


@given(
    st.lists(
        st.text(st.characters(exclude_categories=("Cs", "Zs")), min_size=1, max_size=8),
        min_size=1,
        max_size=6,
    )
)
def test_pieces_cover_their_words(words):
    made = pieces(words, [True] * len(words))
    assert len(made.ids) == len(made.shapes) == len(made.places)
    assert len(made.firsts) == len(words)
    assert [made.places[i][0] for i in made.firsts] == list(range(len(words)))
    assert made.shapes.max() < SHAPES
    assert all(0 <= a <= b <= len(words[w]) for w, a, b in made.places if w >= 0)


# --- cost ---------------------------------------------------------------------------------------------


def test_importing_the_stage_loads_no_model():
    code = (
        "import sys, consilience.language; print('onnxruntime' in sys.modules, 'tokenizers' in sys.modules)"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False False\n"
    )
