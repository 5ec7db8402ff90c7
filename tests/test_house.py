"""The house: which room may import which, and how large its files are."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "consilience"
STAGES = {
    "sources", "articles", "language", "reports", "stories", "origins", "findings", "account", "views",
}  # fmt: skip
COMMON = {
    "addresses",
    "gazetteer",
    "model",
    "spans",
    "errors",
    "ids",
    "lexicons",
    "settings",
    "words",
    "phrases",
    "witnesses",
}
JOINING = {"pipeline", "cli", "__init__", "__main__"}
FILES = sorted(SOURCE.rglob("*.py"))


def room(path: Path) -> str:
    """The first part of a module's path under the package."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """The rooms of the package that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names = [node.module]
            if node.module == "consilience":
                names = [f"consilience.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        found |= {n.split(".")[1] for n in names if n.startswith("consilience.")}
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_stage_imports_the_common_modules_and_itself_alone(path):
    here = room(path)
    if here in JOINING:
        return
    allowed = COMMON | ({here} if here in STAGES else set())
    assert imports(path) <= allowed


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_no_relative_imports(path):
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    assert not [n for n in nodes if isinstance(n, ast.ImportFrom) and n.level]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_files_stay_readable(path):
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= 560, "cut the file where it falls apart"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_what_is_public_is_documented(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "the module says what it is"
    bare = [
        node.name
        for scope in [tree, *(n for n in tree.body if isinstance(n, ast.ClassDef))]
        for node in scope.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not bare
