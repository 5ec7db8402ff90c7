"""Bytes of any declared or undeclared encoding."""

from __future__ import annotations

import pytest

from consilience.articles.decoding import decode
from tests.articles.reports import page, read

WORDS = "Åsa Lindqvist said “no” – the café’s bill was £12. Przewodniczący odmówił."


@pytest.mark.parametrize(
    "encoding, declared, text",
    [
        ("utf-8", None, WORDS),
        ("utf-8", "iso-8859-1", WORDS),
        ("utf-8-sig", None, WORDS),
        ("utf-16", None, WORDS),
        ("utf-16", "utf-8", WORDS),
        ("utf-32", None, WORDS),
        ("cp1252", "iso-8859-1", "The café’s bill was £12 – “too much”."),
        ("cp1252", None, "The café’s bill was £12 – “too much”, said Ásgeir Þór. " * 8),
        ("iso8859-2", "iso-8859-2", "Przewodniczący odmówił."),
        ("shift_jis", "shift_jis", "港の壁が崩れた。"),
        ("gb18030", "gb2312", "海港的墙倒了。"),
        ("koi8-r", "koi8-r", "Стена гавани рухнула."),
    ],
)
def test_decode(encoding, declared, text):
    assert decode(text.encode(encoding), declared) == text


def test_declared_in_the_page():
    data = page().replace("utf-8", "windows-1252").replace("Ida Norberg", "Ída Nörberg").encode("cp1252")
    assert "Ída Nörberg" in read(data).text


@pytest.mark.parametrize("charset", ["no-such", "base64", "rot13", "", "undefined", "idna", "utf-7\x00"])
def test_wrong_declarations_are_survived(charset):
    assert decode("naïve".encode(), charset) == "naïve"


def test_no_bytes_raise():
    assert decode(bytes(range(256)) * 4)
    assert decode(b"\xff\xfe\x00")


def test_encoded_twice():
    text = "She said “yes” and “no” in Guantánamo."
    assert decode(text.encode().decode("latin-1").encode()) == text
    assert decode("AÃ±o and Â£5") == "AÃ±o and Â£5"  # no control characters: left as printed
