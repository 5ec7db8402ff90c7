"""The report: an account as one HTML file that needs no network and shows every line's words."""

from __future__ import annotations

import base64
import gzip
import hashlib
from functools import cache
from importlib.resources import files

import jinja2
import msgspec

from consilience.model import Account
from consilience.views.html.marks import shown
from consilience.views.html.page import StoryPage

HERE = "consilience.views.html"
SEAL = ' id="account" data-page=""'  # filled with the hash of the page in which it is empty


def render(account: Account) -> str:
    """The report of ``account`` as HTML: same account, same text.

    All that comes from articles is escaped; a content-security policy in the file allows the file's
    own style and script (by their hashes) and nothing else. The account itself lies in the file,
    packed, for ``consilience verify``.
    """
    number = {a.id: i for i, a in enumerate(account.articles)}
    stories = [StoryPage(account, story, i, number) for i, story in enumerate(account.stories)]
    style = asset("report.css") + "".join(s.style() for s in stories)
    script = asset("report.js")
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    page = (
        _environment()
        .get_template("report.html.j2")
        .render(
            account=account, stories=stories, style=style, script=script, policy=policy, data=_packed(account)
        )
    )
    return page.replace(SEAL, SEAL[:-1] + hashlib.sha256(page.encode()).hexdigest() + '"', 1)


@cache
def asset(name: str) -> str:
    """The text of a file of ``assets``."""
    return (files(HERE) / "assets" / name).read_text(encoding="utf-8")


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(
            lambda name: (files(HERE) / "templates" / name).read_text(encoding="utf-8")
        ),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda v: shown(v) if type(v) is str else v,
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _packed(account: Account) -> str:
    """The account's JSON, compressed, in base64: what ``verify`` reads."""
    try:
        raw = msgspec.json.encode(account)
    except UnicodeEncodeError:  # a lone surrogate, which JSON in UTF-8 cannot hold
        raw = msgspec.json.encode(_whole(msgspec.to_builtins(account)))
    return base64.b64encode(gzip.compress(raw, 9, mtime=0)).decode()


def _whole(node: object) -> object:
    """A value of builtins with lone surrogates replaced, code point for code point."""
    if isinstance(node, str):
        return "".join("\ufffd" if 0xD800 <= ord(c) < 0xE000 else c for c in node)
    if isinstance(node, dict):
        return {_whole(k): _whole(v) for k, v in node.items()}
    return [_whole(v) for v in node] if isinstance(node, (list, tuple)) else node
