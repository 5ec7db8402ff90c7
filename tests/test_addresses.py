"""Addresses from outside: read where they can be, never a fault."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consilience.addresses import host, is_web


@pytest.mark.parametrize(
    ("url", "name", "web"),
    [
        ("https://www.Herald.example/a?b#c", "www.herald.example", True),
        ("//herald.example/a", "herald.example", False),
        ("ftp://herald.example/a", "herald.example", False),
        ("javascript:alert(1)", "", False),
        ("https:///a", "", False),
        ("https://[::1", "", False),
        ("https://[x]/", "", False),
        ("", "", False),
        (None, "", False),
    ],
)
def test_addresses(url, name, web):
    assert (host(url), is_web(url)) == (name, web)


@given(st.text(st.sampled_from("htps:/[]@.a:1%\u2100\n #?")))
def test_no_text_is_a_fault(url):
    assert isinstance(host(url), str) and isinstance(is_web(url), bool)
