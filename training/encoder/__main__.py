"""The whole way from data to the shipped file, in one command.

    python -m training.encoder --data DATA --stories benchmark/stories --weights MODEL --out OUT

With a GPU the steps and seeds are those of the shipped model; without one the trainings go by the clock
and the whole takes under two hours on two cores. A step whose result lies in ``OUT`` is not done again, so
a run that was cut off goes on where it was. ``--smoke`` does a few steps of everything, to see that it
works. See training/README.md.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import torch


class Scale(NamedTuple):
    """How much of each step is done, as further arguments of it."""

    prepare: list[str]
    first: list[str]
    second: list[str]
    refit: list[str]
    branch: list[str]


GPU = Scale([], ["--steps", "2116"], ["--steps", "1222"], [], ["--steps", "2552"])
CPU = Scale(
    [],
    ["--seconds", "2700", "--size", "64"],
    ["--seconds", "900", "--size", "64"],
    ["--part", "0.5"],
    ["--seconds", "1800", "--size", "64"],
)
_FEW = ["--steps", "3", "--size", "8", "--most", "40"]
SMOKE = Scale(["--swaps", "0", "--pseudo", "60", "--templates", "60"], _FEW, _FEW, ["--part", "0.01"], _FEW)


def steps(args: argparse.Namespace, scale: Scale) -> list[tuple[str, list[str]]]:
    """(the file that tells that a step is done, its module and arguments) in order."""
    out = str(args.out)
    given = ["--data", str(args.data), "--stories", str(args.stories), "--weights", str(args.weights)]
    train = ["train", "--data", out, "--out", out, "--eval-every", "2"]
    return [
        ("data.npz", ["prepare", *given, "--out", out, *scale.prepare]),
        ("first.npz", [*train, "--name", "first", "--lr", "3e-4", "--hold", "10", "--seed", "1",
                       *scale.first]),
        ("second.npz", [*train, "--name", "second", "--start-from", f"{out}/first.npz", "--lr", "2e-4",
                        "--head-lr", "8e-4", "--hold", "30", "--seed", "7", *scale.second]),
        ("encoder.npz", ["refit", "--data", out, "--trained", f"{out}/second.npz",
                         "--out", f"{out}/encoder.npz", *scale.refit]),
        ("branch.npz", ["branch", "--data", out, "--trained", f"{out}/encoder.npz", "--out", out,
                        "--seed", "4", "--ewt", "2", "--story", "0.8", *scale.branch]),
        ("encoder.onnx", ["export", "--start", f"{out}/start.npz", "--trained", f"{out}/encoder.npz",
                          "--branch", f"{out}/branch.npz", "--out", f"{out}/encoder.onnx"]),
    ]  # fmt: skip


def main() -> None:
    """Runs the steps one after the other; stops at the first that fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("data", "stories", "weights", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--smoke", action="store_true", help="a few steps of everything")
    args = parser.parse_args()
    scale = SMOKE if args.smoke else GPU if torch.cuda.is_available() else CPU
    for result, step in steps(args, scale):
        if (args.out / result).exists():
            print(f"{result} is there: {step[0]} left out", flush=True)
            continue
        begun = time.time()
        subprocess.run([sys.executable, "-m", f"training.encoder.{step[0]}", *step[1:]], check=True)
        print(f"{result} after {time.time() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    main()
