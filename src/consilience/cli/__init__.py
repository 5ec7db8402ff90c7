"""The command line: parse, call one public function, render."""

from consilience.cli.main import main

__all__ = ["main"]
