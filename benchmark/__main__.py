"""The scoreboard: ``python -m benchmark``.

Reads every case of the project, the stories kept aside, and ``harris-mexico`` and the sets of
``../shared`` where that folder stands beside the project, and prints one row per capability or
measure. ``-v`` adds what was missed and what was wrong (not of the stories kept aside: errors that are
read are mended); ``--stories`` scores the stories that models learn from as well (a figure on what was
learnt: it flatters); ``--readme`` writes the board into README.md.
"""

from __future__ import annotations

import argparse
import datetime
import importlib
import pkgutil
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from benchmark import case, score
from benchmark import sets as set_modules
from benchmark.rows import Row

ROOT = Path(__file__).resolve().parent
SHARED = ROOT.parent.parent / "shared"
BEGIN, END = "<!-- scoreboard: python -m benchmark --readme -->", "<!-- end of scoreboard -->"


def folders(root: Path) -> list[Path]:
    """The case folders under ``root``, sorted."""
    return sorted(p.parent for p in root.glob("*/gold.json"))


def read_cases(paths: list[Path], save: Path | None = None) -> Iterator[tuple[case.Case, dict]]:
    """Each case with the account that Consilience gives of its articles; kept in ``save`` if given."""
    import consilience

    for path in paths:
        loaded = case.load(path)
        account = consilience.read([str(loaded.articles)])
        if save:
            save.mkdir(parents=True, exist_ok=True)
            (save / f"{path.name}.json").write_bytes(account.to_json())
        yield loaded, msgspec.json.decode(account.to_json())  # scored as it reads back from JSON


def board(title: str, paths: list[Path], verbose: bool, save: Path | None) -> list[str]:
    """The scoreboard's lines over some cases."""
    started = time.perf_counter()
    tallies = score.score(read_cases(paths, save))
    lines = [f"{title}: {len(paths)} stories, read in {time.perf_counter() - started:.1f} s"]
    lines.append(f"{'capability':36} {'P':>6} {'R':>6} {'F1':>6}   of")
    for name, tally in tallies.items():
        p, r, f1 = tally.figures()
        lines.append(f"{name:36} {p:6.3f} {r:6.3f} {f1:6.3f}   {tally.wanted}")
        if verbose:
            lines += [f"      {note}" for note in tally.notes]
    return lines


def measure_sets(data: Path, only: list[str], verbose: bool) -> Iterator[str]:
    """The lines of every set for which a measure is written."""
    for module in sorted(m.name for m in pkgutil.iter_modules(set_modules.__path__)):
        if only and module not in only:
            continue
        started = time.perf_counter()
        rows: list[Row] = importlib.import_module(f"benchmark.sets.{module}").measure(data, verbose=verbose)
        for row in rows:
            of = f"   {row.of}" if row.of else ""
            note = f"   ({row.note})" if row.note else ""
            yield f"{row.name:52} {row.value:8.3f}{of}{note}"
        print(f"{module}: {time.perf_counter() - started:.1f} s", file=sys.stderr)


def write_readme(lines: list[str]) -> None:
    """Put the board between the marks in README.md."""
    path = ROOT.parent / "README.md"
    text = path.read_text(encoding="utf-8")
    body = "\n".join(["```", f"{datetime.date.today().isoformat()}", *lines, "```"])
    new, count = re.subn(
        re.escape(BEGIN) + ".*?" + re.escape(END), lambda _: f"{BEGIN}\n{body}\n{END}", text, flags=re.S
    )
    if count != 1:
        raise SystemExit("README.md has no place for the scoreboard")
    path.write_text(new, encoding="utf-8")


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmark", description=__doc__)
    parser.add_argument("-v", "--verbose", action="store_true", help="what was missed and what was wrong")
    parser.add_argument(
        "--case", action="append", default=[], help="only this case or story (a folder's name)"
    )
    parser.add_argument("--set", action="append", default=[], dest="only", help="only this set, and no cases")
    parser.add_argument("--no-sets", action="store_true", help="cases alone")
    parser.add_argument("--stories", action="store_true", help="the stories to learn from as well")
    parser.add_argument("--save", type=Path, help="keep the accounts in this folder")
    parser.add_argument("--readme", action="store_true", help="write the board into README.md")
    args = parser.parse_args()

    lines: list[str] = []

    def show(new: list[str]) -> None:
        lines.extend([*new, ""])
        print("\n".join(new), end="\n\n", flush=True)

    piles = [("The project's cases", folders(ROOT / "cases"))]
    if (SHARED / "cases" / "harris-mexico").exists():
        piles.append(("With harris-mexico", [*piles[0][1], SHARED / "cases" / "harris-mexico"]))
    piles.append(("Kept aside, nothing learns from them", folders(ROOT / "aside")))
    if args.stories or args.case:
        piles.append(("The stories that models learn from", folders(ROOT / "stories")))
    if args.case:
        named = sorted({p for _, paths in piles for p in paths if p.name in args.case})
        piles = [("Chosen", named)] if named else []
    for title, paths in piles if not args.only else []:
        aside = all(p.parent.name == "aside" for p in paths)  # errors that are read are mended
        if paths:
            show(board(title, paths, args.verbose and not aside, args.save))
    if (SHARED / "data").exists() and not args.no_sets and not args.case:
        show(list(measure_sets(SHARED / "data", args.only, args.verbose)))
    if args.readme:
        write_readme(lines[:-1])


if __name__ == "__main__":
    main()
