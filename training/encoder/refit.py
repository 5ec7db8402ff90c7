"""Fits the meaning head anew, in closed form: from all layers' means to the original's vector.

    python -m training.encoder.refit --data DIR --trained d.npz --out encoder.npz

After training the trunk serves syntax and names too, and its last layer alone no longer holds all that
the original's did; the lower layers hold some of it. What the trained head leaves is fitted by ridge
regression on the mean state of each layer, as the 8-bit model gives it. Runs on the CPU in some minutes
(onnxruntime, no torch). The development sets only tell how well it went.
"""

from __future__ import annotations

import argparse
import json
import math
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper

from .export import LAYERS, WIDTH, build

CLS, SEP = 101, 102
SHARES = {
    "ewt": 0.25,
    "gum": 0.35,
    "story": 0.7,
    "ewt-swapped": 0.03,
    "swapped": 0.03,
    "template": 0.03,
    "plain": 0.2,
    "dateline": 0.1,
    "ewt-dev": 0.6,
    "gum-dev": 1.0,
    "story-dev": 1.0,
}
DEV = ("ewt-dev", "gum-dev", "story-dev")


def _session(model: onnx.ModelProto) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model.SerializeToString(), options)


def means_model(words: np.ndarray, trained: dict[str, np.ndarray], labels: dict) -> onnx.ModelProto:
    """The 8-bit model with the layers' means (7, 384) as a further output."""
    wide = dict(trained)
    wide["meaning.weight"] = np.zeros((WIDTH, (LAYERS + 1) * WIDTH), np.float32)
    model = build(words, wide, labels)
    node = next(n for n in model.graph.node if n.op_type == "ReduceMean")
    model.graph.output.append(
        helper.make_tensor_value_info(node.output[0], TensorProto.FLOAT, [LAYERS + 1, WIDTH])
    )
    model.metadata_props.add(key="means", value=node.output[0])
    return model


def original_model(start: dict[str, np.ndarray]) -> onnx.ModelProto:
    """The original in full precision, as a graph of the same making."""
    get = lambda name: start[name].astype(np.float32)  # noqa: E731
    w = {
        "trunk.places": get("embeddings.position_embeddings.weight")
        + get("embeddings.token_type_embeddings.weight")[0],
        "trunk.norm.weight": get("embeddings.LayerNorm.weight"),
        "trunk.norm.bias": get("embeddings.LayerNorm.bias"),
    }
    for i in range(LAYERS):
        old, new = f"encoder.layer.{i}.", f"trunk.layers.{i}."
        for kind in ("weight", "bias"):
            parts = [get(f"{old}attention.self.{n}.{kind}") for n in ("query", "key", "value")]
            w[f"{new}qkv.{kind}"] = np.concatenate(parts)
            for a, b in (
                ("out", "attention.output.dense"),
                ("norm1", "attention.output.LayerNorm"),
                ("up", "intermediate.dense"),
                ("down", "output.dense"),
                ("norm2", "output.LayerNorm"),
            ):
                w[f"{new}{a}.{kind}"] = get(f"{old}{b}.{kind}")
    return build(get("embeddings.word_embeddings.weight"), w, {}, floats=True, only_meaning=True)


def _truncated(rng: np.random.Generator, first: int, last: int) -> tuple[int, int]:
    """Mostly the whole sentence (in chunks), else a part of it."""
    if last - first < 5 or rng.random() < 0.7:
        return first, last
    size = int(rng.integers(3, last - first))
    begin = int(rng.integers(first, last - size + 1))
    return begin, begin + size


def main() -> None:
    """Collects both models' outputs, fits, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("data", "trained", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--ridge", type=float, default=0.1)
    parser.add_argument("--part", type=float, default=1.0, help="part of ``SHARES`` that is looked at")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    start, data = dict(np.load(args.data / "start.npz")), dict(np.load(args.data / "data.npz"))
    labels = json.loads(str(data["labels"]))
    trained = dict(np.load(args.trained))
    kept_labels = trained.pop("labels")
    words = start["embeddings.word_embeddings.weight"].astype(np.float32)
    model = means_model(words, {k: v.astype(np.float32) for k, v in trained.items()}, labels)
    means_name = next(p.value for p in model.metadata_props if p.key == "means")
    ours, original = _session(model), _session(original_model(start))
    rng = np.random.default_rng(20261127)
    chosen = []
    for name, share in SHARES.items():
        index = np.flatnonzero(data["source"] == labels["sources"].index(name))
        chosen += sorted(rng.choice(index, math.ceil(len(index) * share * args.part), replace=False).tolist())
    runs = [_truncated(rng, *data["sentence_chunk"][[s, s + 1]]) for s in chosen]

    def both(run: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
        a, b = run
        old = data["old"][slice(*data["chunk_old"][[a, b]])].astype(np.int64)[:254]
        p, q = data["word_piece"][data["chunk_word"][[a, b]]]
        ids, shapes = data["ids"][p:q].astype(np.int64)[:254], data["shapes"][p:q].astype(np.int64)[:254]
        mark = lambda x, s, e: np.concatenate([[s], x, [e]])[None]  # noqa: E731
        target = original.run(["vector"], {"ids": mark(old, CLS, SEP)})[0][0]
        none = np.zeros(1, np.int64)
        given = {"ids": mark(ids, CLS, SEP), "shapes": mark(shapes, 0, 0), "firsts": none + 1, "heads": none}
        return ours.run([means_name], given)[0].reshape(-1), target

    with ThreadPoolExecutor(args.threads) as pool:
        rows = list(pool.map(both, runs))
    x, y = (np.array(part, np.float64) for part in zip(*rows, strict=True))
    dev = np.isin(data["source"][chosen], [labels["sources"].index(n) for n in DEV])
    head = trained["meaning.weight"].astype(np.float64), trained["meaning.bias"].astype(np.float64)
    weight, bias = fit(x[~dev], y[~dev], *head, args.ridge)
    before = _cosine(x[dev][:, -WIDTH:] @ head[0].T + head[1], y[dev])
    after = _cosine(x[dev] @ weight.T + bias, y[dev])
    print(f"{len(x)} texts; cosine to the original, development sets: {before:.4f} before, {after:.4f} after")
    trained["meaning.weight"], trained["meaning.bias"] = weight.astype(np.float16), bias.astype(np.float16)
    np.savez_compressed(args.out, labels=kept_labels, **trained)


def _cosine(said: np.ndarray, wanted: np.ndarray) -> float:
    return float(((said * wanted).sum(1) / np.linalg.norm(said, axis=1)).mean())


def fit(
    x: np.ndarray, y: np.ndarray, head: np.ndarray, bias: np.ndarray, ridge: float
) -> tuple[np.ndarray, np.ndarray]:
    """Weight (384, 7 x 384) and bias: the trained head on the last layer, and a ridge fit of what it leaves.

    ``x``: (texts, 7 x 384) layers' means; ``y``: (texts, 384) rows of length 1; ``ridge`` is a part of the
    inputs' mean variance.
    """
    wide = np.concatenate([np.zeros((WIDTH, x.shape[1] - WIDTH)), head], axis=1)
    said = x @ wide.T + bias
    left = y * np.linalg.norm(said, axis=1, keepdims=True) - said
    mean, middle = x.mean(0), left.mean(0)
    gram = (x - mean).T @ (x - mean)
    gram[np.diag_indices_from(gram)] += ridge * np.trace(gram) / len(gram)
    more = np.linalg.solve(gram, (x - mean).T @ (left - middle)).T
    return wide + more, bias + middle - more @ mean


if __name__ == "__main__":
    main()
