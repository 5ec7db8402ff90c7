"""The JSON Schema of an account, made from the types: ``python -m consilience.views.schema`` writes it.

The file ``account.schema.json`` is shipped with the package; a test holds it to the types.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import msgspec

from consilience.model import FORMAT, Account

NAME = "account.schema.json"


def document() -> dict:
    """The schema (JSON Schema 2020-12) as a JSON value."""
    (root,), definitions = msgspec.json.schema_components([Account], ref_template="#/$defs/{name}")
    for body in definitions.values():
        text = body.get("description")
        if text:  # the first paragraph of a type's docstring, on one line
            body["description"] = " ".join(text.split("\n\n")[0].split())
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{FORMAT.replace('/', ':')}:account",
        "title": f"Account (format {FORMAT})",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def text() -> str:
    """The schema as it lies in the package."""
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the schema into the package."""
    Path(str(files("consilience") / NAME)).write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
