"""The command line: statuses, streams, one clear line for each fault."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import consilience
from consilience.cli.main import cli

CASES = Path(__file__).resolve().parents[2] / "benchmark" / "cases"
QUAKE = str(CASES / "two-quakes-a" / "articles")


def run(*args: str, stdin: bytes | None = None):
    """Run the command line in this process; standard error apart."""
    return CliRunner().invoke(cli, args, input=stdin)


def commands():
    """Every command with its name."""
    return sorted(cli.commands.items())


@pytest.mark.parametrize(("name", "command"), commands())
def test_every_command_and_option_is_documented(name, command):
    assert command.help and len(command.help) > 40
    for param in command.params:
        if param.param_type_name == "option":
            assert param.help, f"{name} {param.name}"


@pytest.mark.parametrize(("name", "_command"), commands())
def test_every_command_has_a_reference_page(name, _command):
    page = CASES.parents[1] / "docs" / "reference" / f"{name}.md"
    assert page.exists(), "run docs/reference/generate.py"


def test_version():
    assert run("--version").output.strip().endswith(consilience.__version__)


@pytest.mark.parametrize("args", [[], ["read"], ["nonsense"], ["read", "--no-such-option", QUAKE]])
def test_wrong_use_is_status_2(args):
    assert run(*args).exit_code == 2


def test_help_and_version_load_no_stage():
    """`--help` answers at once: neither the encoder nor the extractor is imported."""
    code = (
        "import sys; sys.argv=['consilience','read','--help']\n"
        "from consilience.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([m for m in ('onnxruntime','trafilatura','numpy','httpx') if m in sys.modules], "
        "file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


@pytest.fixture(scope="module")
def account(tmp_path_factory):
    """A case read by the command, with every file that it can write."""
    folder = tmp_path_factory.mktemp("out")
    files = {k: str(folder / f"account.{k}") for k in ("json", "html", "markdown", "jsonld", "csl")}
    args = [arg for k, path in files.items() for arg in (f"--{k}", path)]
    done = run("read", QUAKE, *args, "--csv", str(folder / "csv"))
    assert done.exit_code == 0, done.output
    return done, files, folder


def test_read_prints_the_account_and_writes_it(account):
    done, files, folder = account
    assert "earthquake" in done.stdout.lower()
    for path in files.values():
        assert Path(path).stat().st_size > 500
    assert list((folder / "csv").glob("*.csv"))


def test_read_says_nothing_on_standard_error_in_a_pipe(account):
    assert account[0].stderr == ""


def test_the_api_gives_the_same_account_as_the_command(account):
    stored = Path(account[1]["json"]).read_bytes()
    assert consilience.read([QUAKE]).to_json() == stored
    assert consilience.Account.from_json(stored).to_json() == stored


def test_verify_passes_what_read_wrote_and_names_a_changed_word(account, tmp_path):
    path = Path(account[1]["json"])
    assert run("verify", str(path)).exit_code == 0
    document = json.loads(path.read_bytes())
    document["stories"][0]["findings"][0]["evidence"][0]["text"] += "!"
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(document), encoding="utf-8")
    done = run("verify", str(changed))
    assert done.exit_code == 1
    assert "finding" in done.stderr


def test_standard_output_carries_the_json_alone():
    done = run("read", QUAKE, "--json", "-")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["format"] == "consilience/1"


def test_json_lines_on_standard_input():
    lines = [
        {"id": f"n{i}", "title": "Dam bursts", "outlet": o, "text": t, "published": "2024-05-02"}
        for i, (o, t) in enumerate(
            [
                ("The Plain", "A dam burst above Orlin on Thursday, killing six people, the mayor said."),
                ("Valley Post", "Six people died on Thursday when a dam above Orlin burst, its mayor said."),
            ]
        )
    ]
    done = run("read", "-", "--json", "-", stdin="\n".join(map(json.dumps, lines)).encode())
    assert done.exit_code == 0, done.output
    assert {a["source"] for a in json.loads(done.stdout)["articles"]} == {"n0", "n1"}


BAD = [
    ("empty.txt", b""),
    ("empty.html", b""),
    ("binary.html", bytes(range(256)) * 200),
    ("broken.jsonl", b'{"id": "a", "text": \n[1, 2]\n"no object"\n'),
]


@pytest.mark.parametrize(("name", "data"), BAD)
def test_bad_input_costs_one_line_and_none_of_the_rest(tmp_path, name, data):
    good = tmp_path / "good.txt"
    good.write_text(
        "Dam bursts above Orlin\n\nA dam burst above Orlin on Thursday, killing six people, the mayor said. "
        "Rescuers searched the valley for others through the night, she added.\n",
        encoding="utf-8",
    )
    bad = tmp_path / name
    bad.write_bytes(data)
    done = run("extract", str(good), str(bad))
    assert done.exit_code == 1
    assert "Orlin" in done.stdout
    lines = done.stderr.strip().splitlines()
    assert lines and all(re.match(r"consilience: .*" + re.escape(name), line) for line in lines)
    assert "Traceback" not in done.output


def test_a_folder_with_nothing_readable(tmp_path):
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n")
    done = run("read", str(tmp_path))
    assert done.exit_code == 1
    assert len(done.stderr.strip().splitlines()) == 1


def test_two_files_with_one_content(tmp_path):
    text = "A dam burst above Orlin on Thursday, killing six people, the mayor said.\n"
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = run("extract", str(tmp_path))
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) == 1
    assert "b.txt" in done.stderr and "a.txt" in done.stderr


def test_a_path_that_is_not_there(tmp_path):
    done = run("read", str(tmp_path / "nowhere"))
    assert done.exit_code in (1, 2)
    assert "nowhere" in done.stderr and "Traceback" not in done.output


def test_the_language_is_told_from_the_text_and_the_same_by_extract_and_read():
    told = [json.loads(line)["language"] for line in run("extract", QUAKE).stdout.splitlines()]
    read = [a["language"] for a in json.loads(run("read", QUAKE, "--json", "-").stdout)["articles"]]
    assert told == read == ["en"] * len(told)
