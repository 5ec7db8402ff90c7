"""The whole way from data to the shipped file, in one command.

    python -m training.encoder --data DATA --stories benchmark/stories --weights MODEL --out OUT

With a GPU the steps and seeds are those of the shipped model; without one the training goes by the clock
and takes under two hours on two cores. See training/README.md.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import torch


def main() -> None:
    """Runs the four steps one after the other; stops at the first that fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("data", "stories", "weights", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    args = parser.parse_args()
    out = str(args.out)
    gpu = torch.cuda.is_available()
    first, second = (
        (["--steps", "2116"], ["--steps", "1222"])
        if gpu
        else (["--seconds", "4200", "--size", "96"], ["--seconds", "1500", "--size", "96"])
    )
    given = ["--data", str(args.data), "--stories", str(args.stories), "--weights", str(args.weights)]
    train = ["--data", out, "--out", out, "--eval-every", "2"]
    steps = [
        ["prepare", *given, "--out", out],
        ["train", *train, *first, "--name", "first", "--lr", "3e-4", "--hold", "10", "--seed", "1"],
        ["train", *train, *second, "--name", "second", "--start-from", f"{out}/first.npz",
         "--lr", "2e-4", "--head-lr", "8e-4", "--hold", "30", "--seed", "7"],
        ["refit", "--data", out, "--trained", f"{out}/second.npz", "--out", f"{out}/encoder.npz"],
        ["export", "--start", f"{out}/start.npz", "--trained", f"{out}/encoder.npz",
         "--out", f"{out}/encoder.onnx"],
    ]  # fmt: skip
    for step in steps:
        subprocess.run([sys.executable, "-m", f"training.encoder.{step[0]}", *step[1:]], check=True)


if __name__ == "__main__":
    main()
