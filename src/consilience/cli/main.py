"""The commands. Each parses its arguments, calls one public function and renders what it gives."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from consilience.cli.progress import bar
from consilience.errors import ConsilienceError, UsageError
from consilience.settings import Fetching, Settings

if TYPE_CHECKING:
    from consilience.model import Account, Article, Rejected

OUT = click.Path(dir_okay=False, allow_dash=True)
INPUTS = click.argument("inputs", nargs=-1, required=True, metavar="PATH…")


def note(line: str) -> None:
    """One line on standard error, control characters taken out: file names come from outside."""
    click.echo("consilience: " + "".join(c if c.isprintable() else "\ufffd" for c in line), err=True)


def fetching_options(command):
    """The options of every command that reads pages."""
    for option in (
        click.option(
            "--quiet",
            "-q",
            is_flag=True,
            help="No progress, no account in the terminal: only faults are told.",
        ),
        click.option(
            "--offline", is_flag=True, help="Fetch nothing: addresses are read from the cache or left out."
        ),
        click.option("--allow-private", is_flag=True, help="Fetch from private and loopback addresses too."),
        click.option(
            "--save",
            type=click.Path(file_okay=False, path_type=Path),
            help="Keep fetched pages, as fetched, in this folder.",
        ),
    ):
        command = option(command)
    return command


def settings_of(offline: bool, allow_private: bool, save: Path | None) -> Settings:
    """The settings that the options ask for."""
    return Settings(fetching=replace(Fetching(), offline=offline, allow_private=allow_private, save=save))


def write(path: str | None, data: str | bytes) -> None:
    """Write ``data`` as UTF-8 to a file, or to standard output for ``-``."""
    if path is None:
        return
    raw = data if isinstance(data, bytes) else data.encode("utf-8", "replace")
    if path == "-":
        sys.stdout.buffer.write(raw)
        return
    try:
        Path(path).write_bytes(raw)
    except OSError as fault:
        raise ConsilienceError(f"{path}: cannot be written: {fault.strerror}") from None


def tell_rejected(rejected: Sequence[Rejected], articles: Sequence[Article]) -> bool:
    """A line for each input that was set aside; true where one of them could not be read."""
    for item in rejected:
        note(f"{item.source}: {item.reason}")
    for article in articles:
        if article.completeness.status == "not an article":
            note(f"{article.source}: set aside, not an article: {article.completeness.reason}")
    return any(item.fault for item in rejected)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="See `consilience read --help` for examples.",
)
@click.version_option(package_name="consilience", prog_name="consilience")
def cli() -> None:
    """Read several outlets' reports of one event and get one account of it.

    Every line of the account points at the exact words that carry it; copies of one text are counted
    as one witness; differences are typed before they are shown.

    \b
    Begin with a folder of saved pages or texts:
        consilience read my-story/ --html account.html
    """


@cli.command()
@INPUTS
@click.option(
    "--json", "json_file", type=OUT, metavar="FILE", help="Write the account as JSON (format consilience/1)."
)
@click.option(
    "--html", "html_file", type=OUT, metavar="FILE", help="Write the report: one HTML file, nothing to load."
)
@click.option(
    "--markdown", "markdown_file", type=OUT, metavar="FILE", help="Write it as Markdown with footnotes."
)
@click.option(
    "--jsonld",
    "jsonld_file",
    type=OUT,
    metavar="FILE",
    help="Write it as JSON-LD (schema.org, Web Annotation, PROV).",
)
@click.option("--csl", "csl_file", type=OUT, metavar="FILE", help="Write the articles as CSL-JSON citations.")
@click.option(
    "--csv",
    "csv_folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Write the tables as CSV files.",
)
@click.option(
    "--without-texts",
    is_flag=True,
    help="Write the articles' hashes instead of their texts: `verify` then needs the pages again.",
)
@click.option(
    "--length",
    default=8,
    show_default=True,
    type=click.IntRange(1, 30),
    help="At most so many sentences in the brief.",
)
@fetching_options
def read(
    inputs,
    json_file,
    html_file,
    markdown_file,
    jsonld_file,
    csl_file,
    csv_folder,
    without_texts,
    length,
    quiet,
    offline,
    allow_private,
    save,
) -> None:
    """Read reports and print the account.

    PATH is a file (.txt, .html, .jsonl …), a folder of them, an address (https://…), or - for JSON
    lines on standard input (one article a line: id, title, text or html, url, outlet, published).
    Several stories in one pile give several accounts.

    \b
    Examples:
        consilience read my-story/
        consilience read my-story/ --html account.html --json account.json
        consilience read https://a.example/1 https://b.example/2 --save pages/
        cat articles.jsonl | consilience read - --json - | jq .stories[0].findings

    Exit status: 0; 1 where some input could not be read (the rest was); 2 for wrong use.
    """
    from consilience import pipeline

    settings = replace(settings_of(offline, allow_private, save), brief_length=length)
    with bar(quiet) as progress:
        account = pipeline.read(inputs, stdin=_stdin(inputs), settings=settings, progress=progress)
    outputs = (json_file, html_file, markdown_file, jsonld_file, csl_file)
    stored = bare(account) if without_texts else account
    _write_views(stored, json_file, html_file, markdown_file, jsonld_file, csl_file, csv_folder)
    if not quiet and "-" not in outputs:
        from rich.console import Console

        from consilience.views import terminal

        terminal.render(account, Console())
    raise SystemExit(int(tell_rejected(account.rejected, account.articles)))


def bare(account: Account) -> Account:
    """The account with hashes for its articles' texts."""
    from consilience.account import without_texts

    return without_texts(account)


def _write_views(
    account: Account, json_file, html_file, markdown_file, jsonld_file, csl_file, csv_folder
) -> None:
    """The files that were asked for; each view is loaded only then."""
    if json_file:
        write(json_file, account.to_json())
    if html_file:
        from consilience.views import html

        write(html_file, html.render(account))
    if markdown_file:
        from consilience.views import markdown

        write(markdown_file, markdown.render(account))
    if jsonld_file:
        from consilience.views import jsonld

        write(jsonld_file, jsonld.render(account))
    if csl_file:
        from consilience.views import csl

        write(csl_file, csl.render(account))
    if csv_folder:
        from consilience.views import csv

        csv_folder.mkdir(parents=True, exist_ok=True)
        for name, table in csv.tables(account).items():
            write(str(csv_folder / f"{name}.csv"), table)


def _stdin(inputs: Sequence[str]):
    """Standard input as bytes where ``-`` asks for it."""
    return sys.stdin.buffer if "-" in inputs else None


@cli.command()
@INPUTS
@fetching_options
def extract(inputs, quiet, offline, allow_private, save) -> None:
    """Print the articles as read: one JSON line each, with text, title, outlet, date and completeness.

    \b
    Example:
        consilience extract pages/ | jq -r .title
    """
    import msgspec

    from consilience import pipeline

    with bar(quiet) as progress:
        articles, rejected = pipeline.extract(
            inputs,
            stdin=_stdin(inputs),
            settings=settings_of(offline, allow_private, save),
            progress=progress,
        )
    stdout = sys.stdout.buffer
    for article in articles:
        stdout.write(msgspec.json.encode(article) + b"\n")
    raise SystemExit(int(tell_rejected(rejected, [])))


@cli.command()
@INPUTS
@click.option("--json", "json_file", type=OUT, metavar="FILE", help="Write the groups as JSON.")
@fetching_options
def stories(inputs, json_file, quiet, offline, allow_private, save) -> None:
    """Group articles by the event that they report, and nothing more.

    \b
    Example:
        consilience stories inbox/ --json stories.json
    """
    from consilience import pipeline

    with bar(quiet) as progress:
        account = pipeline.group(
            inputs,
            stdin=_stdin(inputs),
            settings=settings_of(offline, allow_private, save),
            progress=progress,
        )
    if json_file:
        write(json_file, grouping_json(account))
    if json_file != "-" and not quiet:
        of = {a.id: a for a in account.articles}
        for number, story in enumerate(account.stories, 1):
            click.echo(f"Story {number}: {len(story.articles)} article{'s' * (len(story.articles) > 1)}")
            for article in story.articles:
                shown = " · ".join(
                    x for x in (of[article].outlet, of[article].title, of[article].source) if x
                )
                click.echo("  " + "".join(c if c.isprintable() else " " for c in shown))
    raise SystemExit(int(tell_rejected(account.rejected, account.articles)))


def grouping_json(account: Account) -> bytes:
    """A grouping alone: articles without text, stories with id and articles."""
    import msgspec

    articles = [
        {k: v for k, v in msgspec.to_builtins(a).items() if k not in ("text", "pieces")}
        for a in account.articles
    ]
    groups = [{"id": s.id, "articles": s.articles, "membership": s.membership} for s in account.stories]
    document = {
        "format": account.format,
        "articles": articles,
        "stories": groups,
        "rejected": account.rejected,
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


@cli.command()
@click.argument(
    "accounts",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="ACCOUNT…",
)
@click.option(
    "--pages",
    multiple=True,
    metavar="PATH",
    help="The pages (files, folders), for an account that was written without texts.",
)
def verify(accounts: tuple[Path, ...], pages: tuple[str, ...]) -> None:
    """Check a stored account again, to the letter: JSON, HTML or Markdown.

    Every piece of evidence must stand where it says; counts, offsets and ids are derived again.

    \b
    Examples:
        consilience verify account.json
        consilience verify report.html --pages saved-pages/

    Exit status 1, with a line for each piece that does not stand.
    """
    from consilience.account import verify as check

    articles = []
    if pages:
        from consilience import pipeline

        articles, _ = pipeline.extract(pages)
    bad = False
    for path in accounts:
        try:
            faults = [str(fault) for fault in check(path, articles)]
        except ConsilienceError as fault:
            faults = [str(fault).removeprefix(f"{path}: ")]
        for fault in faults:
            note(f"{path}: {fault}")
        bad |= bool(faults)
        if not faults:
            click.echo(f"{path}: every piece of evidence stands")
    raise SystemExit(int(bad))


@cli.command()
def schema() -> None:
    """Print the JSON Schema of the account (format consilience/1)."""
    from importlib.resources import files

    document = json.loads((files("consilience") / "account.schema.json").read_text(encoding="utf-8"))
    click.echo(json.dumps(document, indent=1, ensure_ascii=False))


def main() -> None:
    """The program: expected faults end in one line and a status, others are not swallowed."""
    try:
        cli(standalone_mode=True)
    except ConsilienceError as fault:
        note(str(fault))
        sys.exit(2 if isinstance(fault, UsageError) else 1)
