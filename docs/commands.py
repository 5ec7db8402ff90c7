"""Writes the reference page of each command from its own help: ``python docs/commands.py``.

With ``--check`` nothing is written; the status is 1 where a page is not what the help says.
"""

from __future__ import annotations

import sys
from inspect import cleandoc
from pathlib import Path

import click

from consilience.cli.main import cli

FOLDER = Path(__file__).resolve().parent / "reference"


def page(name: str, command: click.Command) -> str:
    """The Markdown page of one command."""
    context = click.Context(command, info_name=f"consilience {name}")
    lines = [f"# consilience {name}", "", "```", command.get_usage(context), "```", ""]
    for block in cleandoc(command.help or "").split("\n\n"):
        lines += _block(block) + [""]
    lines += ["| option | meaning |", "| --- | --- |"]
    for param in command.params:
        record = param.get_help_record(context)
        if record:
            option, meaning = (part.replace("|", "\\|") for part in record)
            lines.append(f"| `{option}` | {meaning} |")
    return "\n".join([*lines, ""])


def _block(block: str) -> list[str]:
    """A paragraph of the help; one that begins with the sign for "as it stands" becomes an example."""
    if not block.startswith("\b\n"):
        return [block]
    head, *rest = block[2:].split("\n")
    return [head, "", "```sh", *(line.removeprefix("    ") for line in rest), "```"]


def main() -> int:
    """Write the pages, or check them."""
    stale = []
    FOLDER.mkdir(exist_ok=True)
    for name, command in sorted(cli.commands.items()):
        path, text = FOLDER / f"{name}.md", page(name, command)
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(path.name)
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
    if stale and "--check" in sys.argv:
        print(f"stale: {', '.join(stale)}: run python docs/commands.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
