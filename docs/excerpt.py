"""Puts a piece of a real report into README.md: ``python docs/excerpt.py``.

The case ``ferry-capsize`` is read by the program as it is; the head of the account, as the terminal
shows it, stands between the marks in README.md.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console

import consilience
from consilience.views import terminal

ROOT = Path(__file__).resolve().parents[1]
CASE = "benchmark/cases/ferry-capsize/articles"
BEGIN, END = "<!-- excerpt: python docs/excerpt.py -->", "<!-- end of excerpt -->"
WIDTH = 96
LINES = 46


def excerpt() -> str:
    """The first lines of the account as the terminal shows it, cut at an empty line."""
    out = io.StringIO()
    terminal.render(consilience.read([str(ROOT / CASE)]), Console(file=out, width=WIDTH, no_color=True))
    lines = [line.rstrip() for line in out.getvalue().splitlines()]
    last = max(i for i in range(min(LINES, len(lines))) if not lines[i])
    return "\n".join(lines[:last])


def main() -> None:
    """Write README.md."""
    path = ROOT / "README.md"
    body = (
        f"{BEGIN}\nThe head of what `consilience read {CASE}` prints (a story written for the project):\n\n"
        f"```\n{excerpt()}\n…\n```\n{END}"
    )
    text, count = re.subn(
        re.escape(BEGIN) + ".*?" + re.escape(END),
        lambda _: body,
        path.read_text(encoding="utf-8"),
        flags=re.S,
    )
    if count != 1:
        raise SystemExit("README.md has no place for the excerpt")
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
