"""Languages: which one, and what is done where there is no pack."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consilience.language.identify import identify, marked
from consilience.language.pack import Generic, has_pack, pack
from consilience.model import Article, Completeness

TEXTS = {
    "en": "The council voted on Tuesday to close the old bridge, and said that repairs would take "
    "eighteen months. "
    "Residents of the valley will have to take the ferry until then, the mayor told reporters.",
    "es": "El concejo votó el martes a favor de cerrar el viejo puente y dijo que las obras "
    "durarán dieciocho meses. "
    "Los vecinos del valle tendrán que tomar el transbordador hasta entonces, dijo la alcaldesa.",
    "fr": "Le conseil a voté mardi la fermeture du vieux pont et annoncé que les travaux "
    "dureraient dix-huit mois. "
    "Les habitants de la vallée devront prendre le bac jusque-là, a déclaré la maire.",
    "de": "Der Rat stimmte am Dienstag dafür, die alte Brücke zu sperren; die Arbeiten "
    "dauern achtzehn Monate. "
    "Die Bewohner des Tals müssen bis dahin die Fähre nehmen, sagte die Bürgermeisterin.",
    "ru": "Совет проголосовал во вторник за закрытие старого моста и сообщил, что ремонт "
    "займёт полтора года. "
    "Жителям долины до тех пор придётся пользоваться паромом, заявила мэр города.",
    "zh": "市议会星期二投票决定关闭这座旧桥，并表示维修工程将持续十八个月。"
    "市长告诉记者，在此之前，山谷居民将不得不乘坐渡轮。"
    "许多居民对这一决定表示不满，他们认为轮渡班次太少，而且冬季常常停航，影响日常生活。",
}


def article(text, language=None):
    return Article("a", "s", text, Completeness("whole"), language=language)


@pytest.mark.parametrize("code", TEXTS)
def test_identified(code):
    found, score = identify(TEXTS[code])
    assert found == code and score > 0.5


@pytest.mark.parametrize("text", ["", "Madrid", "Sánchez: «No»", "12 345 678", "a" * 50, "\x00\ud800"])
def test_no_answer_on_fragments(text):
    assert identify(text) == (None, 0.0)


def test_marked_believes_the_page_unless_the_text_is_sure():
    said_wrong = article(TEXTS["es"], "en-GB")
    region = article(TEXTS["en"], "en-GB")
    short = article("Short.", "pt_BR")
    unknown = article(TEXTS["fr"])
    got = marked([said_wrong, region, short, unknown])
    assert [a.language for a in got] == ["es", "en", "pt", "fr"]
    assert got[3].known_from == {"language": "text"}
    assert msgspec.structs.replace(got[0], language="en-GB", known_from={}) == said_wrong


def test_packs():
    assert has_pack("en-US") and has_pack(None) and not has_pack("es")
    assert pack("en").lemma("said", "VERB") == "say"
    assert isinstance(pack("es"), Generic)


def test_generic_cuts():
    text = "El puente\nCerró el martes. ¿Hasta cuándo? «No sé», dijo.\n桥关闭了。市长说：「等」。"
    got = [(text[a:b], p, k) for a, b, p, k in Generic().split_sentences(text)]
    assert got == [
        ("El puente", 0, "heading"),
        ("Cerró el martes.", 1, "sentence"),
        ("¿Hasta cuándo?", 1, "sentence"),
        ("«No sé», dijo.", 1, "sentence"),
        ("桥关闭了。", 2, "sentence"),
        ("市长说：「等」。", 2, "sentence"),
    ]


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_generic_covers_all(text):
    covered = set()
    for a, b, _, _ in Generic().split_sentences(text):
        for x, y in Generic().tokenize(text, a, b):
            assert a <= x < y <= b and not covered & set(range(x, y))
            covered |= set(range(x, y))
    assert covered == {i for i, c in enumerate(text) if not c.isspace()}
