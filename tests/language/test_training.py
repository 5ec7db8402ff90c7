"""The encoder's training from end to end, a few steps of each part, from made-up weights."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from consilience.language.known import COLUMNS

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
WIDTH, INNER, WORDS = 384, 1536, 30522


def made_up_weights() -> dict[str, np.ndarray]:
    """Small random numbers in the original's shapes."""
    rng = np.random.default_rng(0)
    shapes = {
        "embeddings.word_embeddings.weight": (WORDS, WIDTH),
        "embeddings.position_embeddings.weight": (512, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
        "embeddings.LayerNorm.weight": (WIDTH,),
        "embeddings.LayerNorm.bias": (WIDTH,),
    }
    for i in range(6):
        at = f"encoder.layer.{i}."
        for name in ("query", "key", "value"):
            shapes[f"{at}attention.self.{name}.weight"] = (WIDTH, WIDTH)
        shapes |= {
            f"{at}attention.output.dense.weight": (WIDTH, WIDTH),
            f"{at}attention.output.LayerNorm.weight": (WIDTH,),
            f"{at}intermediate.dense.weight": (INNER, WIDTH),
            f"{at}output.dense.weight": (WIDTH, INNER),
            f"{at}output.LayerNorm.weight": (WIDTH,),
        }
    shapes |= {k.replace(".weight", ".bias"): v[:1] for k, v in shapes.items() if k.startswith("encoder.")}
    found = {k: rng.normal(0, 0.04, v).astype(np.float32) for k, v in shapes.items()}
    return found | {k: np.ones(WIDTH, np.float32) for k in shapes if k.endswith("LayerNorm.weight")}


@pytest.mark.slow
@pytest.mark.skipif(not (DATA / "language").exists(), reason="needs the treebanks beside the project")
def test_one_command_makes_a_model_and_goes_on_where_it_was(tmp_path):
    pytest.importorskip("torch")
    pytest.importorskip("onnx")
    safetensors = pytest.importorskip("safetensors.numpy")
    import onnxruntime

    (tmp_path / "model").mkdir()
    safetensors.save_file(made_up_weights(), tmp_path / "model" / "model.safetensors")
    command = [sys.executable, "-m", "training.encoder", "--smoke", "--data", str(DATA)]
    command += ["--stories", str(ROOT / "benchmark" / "stories"), "--weights", str(tmp_path / "model")]
    command += ["--out", str(tmp_path / "out")]
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    subprocess.run(command, check=True, cwd=ROOT, env=env)
    session = onnxruntime.InferenceSession(str(tmp_path / "out" / "encoder.onnx"))
    ids = np.array([[101, 2023, 102]])
    given = {"ids": ids, "shapes": ids * 0, "firsts": np.array([1]), "heads": np.array([-1])}
    given["known"] = np.zeros((1, 3, COLUMNS), np.float32)
    vector, tags = session.run(["vector", "tags"], given)
    assert vector.shape == (1, WIDTH) and abs(float((vector**2).sum()) - 1) < 1e-4
    assert tags.shape == (1, 11)
    again = subprocess.run(command, check=True, cwd=ROOT, env=env, capture_output=True, text=True)
    assert again.stdout.count("left out") == 6
