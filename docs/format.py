"""Writes the reference of the format from the types: ``python docs/format.py``.

With ``--check`` nothing is written; the status is 1 where the page is not what the types say.
"""

from __future__ import annotations

import sys
import types
import typing
from inspect import getdoc
from pathlib import Path

import msgspec

from consilience import model
from consilience.spans import OffsetMap  # noqa: F401 - names in the annotations

PAGE = Path(__file__).resolve().parent / "reference" / "format.md"
ORDER = (
    "Account", "Article", "Completeness", "Entry", "Rejected", "Evidence", "Story", "Headline", "BriefLine",
    "Finding", "Disagreement", "Position", "Origin", "Passage", "Quote", "Speaker", "Attribution", "Entity",
    "Figure", "Commitment", "Amount", "Period", "TimelineEntry", "MatrixRow", "OutletView", "Membership",
)  # fmt: skip
HEAD = """# The format: `consilience/1`

Written from the types by `docs/format.py`; a test holds it to them. The same as JSON Schema:
`consilience schema` (shipped as `account.schema.json`). What the keys mean for scoring is in
[account.md](../account.md).

One account is one JSON document in UTF-8. Offsets count Unicode code points, ends are exclusive, dates
are ISO 8601 strings. Ids are `sha256-` and 16 hexadecimal digits of canonical content: the same articles
give the same ids and the same account, in any order. Every piece of evidence stands to the letter:
`article.text[start:end] == text`; `consilience verify` checks it. New keys may be added within format 1;
none is taken away and none changes its meaning.
"""


def page() -> str:
    """The page as Markdown."""
    return HEAD + "".join(section(getattr(model, name)) for name in ORDER)


def section(struct: type) -> str:
    """One type: what it is, and its keys."""
    hints = typing.get_type_hints(struct)
    rows = []
    for field in msgspec.structs.fields(struct):
        wanted = "" if field.required else default(field)
        rows.append(f"| `{field.encode_name}` | {shown(hints[field.name])} | {wanted} |")
    text = " ".join((getdoc(struct) or "").replace("``", "`").split())
    return (
        f"\n## {struct.__name__}\n\n{text}\n\n| key | value | where it is left out |\n| --- | --- | --- |\n"
        + ("\n".join(rows) + "\n")
    )


def default(field: msgspec.structs.FieldInfo) -> str:
    """What a key that is left out stands for."""
    value = field.default
    if value is msgspec.NODEFAULT:
        value = field.default_factory()
    if value is None:
        return "null"
    if value == "":
        return "empty"
    return "none" if value in ((), {}) else f"`{msgspec.json.encode(value).decode()}`"


def shown(hint: object) -> str:
    """A type in words, linked where the page describes it."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return ", ".join(f"`{a}`" for a in args)
    if origin in (typing.Union, types.UnionType):
        return " or ".join(shown(a) for a in args)
    if origin is tuple and len(args) == 2 and args[1] is Ellipsis:
        return f"list of {shown(args[0])}"
    if origin is tuple:
        return "[" + ", ".join(shown(a) for a in args) + "]"
    if origin is dict:
        return f"object: {shown(args[0])} → {shown(args[1])}"
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    names = {str: "text", int: "whole number", float: "number", bool: "true or false", type(None): "null"}
    return names.get(hint, str(hint))


def main() -> None:
    """Write the page, or check it."""
    if "--check" in sys.argv:
        sys.exit(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
