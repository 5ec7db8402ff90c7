"""Writes the trained encoder as one ONNX file with 8-bit layers and 4-bit word pieces.

    python -m training.encoder.export --start DIR/start.npz --trained OUT/encoder.npz --out encoder.onnx

The graph is put together by hand (onnx only, no torch), for one sentence at a time. Inputs: ``ids`` and
``shapes`` (1, pieces), ``known`` (1, pieces, columns: what lists know of the words), ``firsts`` (words),
``heads`` (words: -1 lets the model choose, else 0 for the root or 1 + the governor's index). Outputs:
``states`` (1, pieces, 384), ``vector`` (1, 384), ``upos`` (words), ``tags`` (words, tags: logits), ``arcs``
(words, words + 1), ``choices`` and ``relations`` (words, choices).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from consilience.language.known import COLUMNS

from .quantize import four_bits, from_four_bits

WIDTH, LAYERS, HEADS, GROUP = 384, 6, 12, 64
ARC, REL = 256, 96
CHOICES = 8  # governors of a word whose relations are told at once: the best tree seldom takes another
MS = "com.microsoft"
# Of the branch's three last layers (UNER's, GUM's, the project's idea of a name) the first and the last are
# joined by the branch's gate, moved so much towards UNER's; so much is added to tags with these ends in the
# one and the other: the best over EWT's development part and the four stories left out (docs/model-card.md).
GATE_SHIFT = 1.0  # nats, as are the next
MORE = ({"O": 0.3}, {"organization": 0.6})


class Graph:
    """Nodes and constants as they are added."""

    def __init__(self, bits: int = 7) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self.top = 2 ** (bits - 1) - 1
        self.float = False

    def const(self, name: str, value: np.ndarray) -> str:
        """Adds a constant; its name."""
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def op(self, kind: str, *inputs: str, outputs: int = 1, domain: str = "", name: str = "", **kw: object):
        """Adds a node; the names of its outputs."""
        label = name or f"{kind}_{len(self.nodes)}"
        out = [f"{label}.{i}" if outputs > 1 else label for i in range(outputs)]
        self.nodes.append(
            helper.make_node(kind, list(inputs), out, name=label + "_node", domain=domain, **kw)
        )
        return out if outputs > 1 else out[0]

    def half(self, name: str, value: np.ndarray) -> str:
        """A float constant kept in half precision."""
        return self.op("Cast", self.const(name, value.astype(np.float16)), to=TensorProto.FLOAT)

    def dense(self, x: str, weight: np.ndarray, bias: np.ndarray, name: str) -> str:
        """``x @ weight + bias``, weight (in, out) in 8 bits with a scale for each column."""
        weight, bias = weight.astype(np.float32), bias.astype(np.float32)
        if self.float:
            return self.op(
                "Add", self.op("MatMul", x, self.const(name + ".w", weight)), self.const(name + ".b", bias)
            )
        scale = np.abs(weight).max(0) / self.top + 1e-12
        whole = np.clip(np.rint(weight / scale), -self.top, self.top).astype(np.int8)
        return self.op(
            "DynamicQuantizeMatMul",
            x,
            self.const(name + ".w", whole),
            self.const(name + ".s", scale.astype(np.float32)),
            self.const(name + ".z", np.zeros(len(scale), np.int8)),
            self.const(name + ".b", bias),
            domain=MS,
            name=name,
        )

    def norm(self, a: str, b: str, weight: np.ndarray, bias: np.ndarray, name: str) -> str:
        """Layer norm of ``a + b``. Two nodes: onnxruntime's fused one takes five times as long."""
        return self.op(
            "LayerNormalization",
            self.op("Add", a, b),
            self.const(name + ".g", weight.astype(np.float32)),
            self.const(name + ".b", bias.astype(np.float32)),
            epsilon=1e-12,
            name=name,
        )


def _embedding(g: Graph, words: np.ndarray, w: dict[str, np.ndarray]) -> str:
    if g.float:
        table = words if "trunk.shapes" not in w else from_four_bits(*four_bits(words))
        x = g.op("Gather", g.const("words", table), "ids")
    else:
        whole, scales = four_bits(words)
        table = helper.make_tensor("words", TensorProto.INT4, whole.shape, _packed(whole), raw=True)
        g.constants.append(table)
        g.const("words.s", scales.astype(np.float32))
        x = g.op(
            "GatherBlockQuantized",
            "words",
            "ids",
            "words.s",
            domain=MS,
            block_size=GROUP,
            gather_axis=0,
            quantize_axis=1,
        )
    length = g.op("Shape", "ids", start=1, end=2)
    places = g.op("Slice", g.half("places", w["trunk.places"]), g.const("zero", np.array([0])), length)
    if "trunk.shapes" not in w:
        places = g.op("Expand", g.op("Unsqueeze", places, g.const("front", np.array([0]))), g.op("Shape", x))
        return g.norm(x, places, w["trunk.norm.weight"], w["trunk.norm.bias"], "norm0")
    shapes = g.op("Gather", g.half("shapes_table", w["trunk.shapes"]), "shapes")
    added = g.op("Add", shapes, places)
    return g.norm(x, added, w["trunk.norm.weight"], w["trunk.norm.bias"], "norm0")


def _packed(whole: np.ndarray) -> bytes:
    """Two's-complement nibbles, the first of a pair in the low half."""
    signed = (whole.astype(np.int16) - 8) & 15
    pairs = signed.reshape(-1, 2)
    return (pairs[:, 0] | (pairs[:, 1] << 4)).astype(np.uint8).tobytes()


def _layer(g: Graph, x: str, w: dict[str, np.ndarray], at: str, i: str) -> str:
    """A transformer layer; ``at`` begins the names of its weights, ``i`` ends those of its nodes."""
    qkv = g.dense(x, w[at + "qkv.weight"].T, w[at + "qkv.bias"], f"qkv{i}")
    q, k, v = g.op("Split", qkv, outputs=3, axis=2, num_outputs=3)
    a = g.op("MultiHeadAttention", q, k, v, domain=MS, num_heads=HEADS)
    a = g.dense(a, w[at + "out.weight"].T, w[at + "out.bias"], f"out{i}")
    x = g.norm(a, x, w[at + "norm1.weight"], w[at + "norm1.bias"], f"norm{i}a")
    f = g.op("Gelu", g.dense(x, w[at + "up.weight"].T, w[at + "up.bias"], f"up{i}"), domain=MS)
    f = g.dense(f, w[at + "down.weight"].T, w[at + "down.bias"], f"down{i}")
    return g.norm(f, x, w[at + "norm2.weight"], w[at + "norm2.bias"], f"norm{i}b")


def _meaning(g: Graph, every: str, last: str, w: dict[str, np.ndarray]) -> None:
    """Output ``vector``: from the mean of the last layer's pieces, or of all layers' after ``refit``."""
    axis = g.const("axis1", np.array([1]))
    if w["meaning.weight"].shape[1] == WIDTH:
        mean = g.op("ReduceMean", last, axis, keepdims=0)
    else:
        means = g.op("ReduceMean", every, axis, keepdims=0)
        mean = g.op("Reshape", means, g.const("row", np.array([1, -1])))
    meaning = g.dense(mean, w["meaning.weight"].T, w["meaning.bias"], "meaning")
    g.op("LpNormalization", meaning, axis=-1, p=2, name="vector")


def _mixed(g: Graph, states: list[str], w: dict[str, np.ndarray], mixes: list[str], at: str) -> list[str]:
    """Pieces' states (pieces, 384), one for each of the ``mixes``; ``at`` ends the nodes' names."""
    rows = []
    for name in mixes:
        raw = w[name + ".weights"].astype(np.float64)
        part = np.exp(raw - raw.max())
        rows.append(part / part.sum() * float(w[name + ".scale"]))
    every = g.op("Concat", *states, axis=0)
    flat = g.op("Reshape", every, g.const(f"flat{at}", np.array([LAYERS + 1, -1])))
    mixed = g.op("MatMul", g.const(f"mixes{at}", np.array(rows, np.float32)), flat)
    back = g.op("Reshape", mixed, g.const(f"back{at}", np.array([len(rows), -1, WIDTH])))
    parts = g.op("Split", back, outputs=len(rows), axis=0, num_outputs=len(rows)) if len(rows) > 1 else [back]
    return [g.op("Squeeze", p, g.const(f"ax{i}{at}", np.array([0]))) for i, p in enumerate(parts)]


def with_branch(trained: dict[str, np.ndarray], branch: dict[str, np.ndarray], tags: list[str]) -> dict:
    """The trained weights with the branch's under ``branch.``: its last layers that are used side by side."""
    kept = {k: v for k, v in branch.items() if k != "labels" and not k.startswith("names.")}
    biases = []
    for i, more in zip((0, 2), MORE, strict=True):
        added = [sum(n for end, n in more.items() if tag.endswith(end)) for tag in tags]
        biases.append(branch[f"names.{i}.bias"] + np.array(added, np.float32))
    kept["names.weight"] = np.concatenate([branch[f"names.{i}.weight"] for i in (0, 2)])
    kept["names.bias"] = np.concatenate(biases)
    kept["gate.bias"] = kept["gate.bias"] + GATE_SHIFT
    return trained | {f"branch.{k}": v.astype(np.float32) for k, v in kept.items()}


def _tags(g: Graph, inner: str, w: dict[str, np.ndarray]) -> None:
    """Output ``tags``; with a branch from two layers, joined by how much the sentence is of UNER's kind."""
    scores = g.op("MatMul", inner, g.half("names.w", w["names.weight"].T))
    if "gate.weight" not in w:
        g.op("Add", scores, g.half("names.b", w["names.bias"]), name="tags")
        return
    scores = g.op("Add", scores, g.half("names.b", w["names.bias"]))
    uner, own = g.op("Split", scores, outputs=2, axis=1, num_outputs=2)
    mean = g.op("ReduceMean", inner, g.const("words_axis", np.array([0])), keepdims=1)
    gate = g.op("MatMul", mean, g.const("gate.w", w["gate.weight"].T.astype(np.float32)))
    gate = g.op("Sigmoid", g.op("Add", gate, g.const("gate.b", w["gate.bias"].astype(np.float32))))
    g.op("Add", own, g.op("Mul", gate, g.op("Sub", uner, own)), name="tags")


def _branch(g: Graph, states: list[str], w: dict[str, np.ndarray]) -> list[str]:
    """Pieces' states for words and names, from the branch's own layers (see ``branch.py``)."""
    first = int(w["branch.first"])
    added = g.op("Gather", g.half("branch.shapes", w["branch.shapes"]), "shapes")
    added = g.op("Add", added, g.op("MatMul", "known", g.half("branch.known", w["branch.known"])))
    own = [*states[: first + 1], g.op("Add", states[first], added)]
    for i in range(LAYERS - first):
        own.append(_layer(g, own[-1], w, f"branch.layers.{i}.", f"b{i}"))
    return _mixed(g, [*own[: first + 1], *own[first + 2 :]], w, ["branch.mix_word", "branch.mix"], "b")


def _trees(g: Graph, tree: str, w: dict[str, np.ndarray]) -> None:
    """Outputs ``arcs`` and ``relations``."""
    rows = g.op("Gather", tree, g.op("Concat", g.const("first", np.array([0])), "firsts", axis=0))
    inner = g.op("Gelu", g.dense(rows, w["tree_in.weight"].T, w["tree_in.bias"], "tree_in"), domain=MS)
    sizes = g.const("sizes", np.array([ARC, ARC, REL, REL]))
    dep, gov, rel_dep, rel_gov = g.op("Split", inner, sizes, outputs=4, axis=1)
    begin, end, axis = (
        g.const("one", np.array([1])),
        g.const("far", np.array([2**31])),
        g.const("axis0", np.array([0])),
    )
    dep, rel_dep = (g.op("Slice", x, begin, end, axis) for x in (dep, rel_dep))
    left = g.dense(dep, w["arc"][:ARC], w["arc"][ARC], "arc")
    g.op("MatMul", left, g.op("Transpose", gov, perm=[1, 0]), name="arcs")
    columns = g.op("Shape", "arcs", start=1, end=2)
    few = g.op("Min", columns, g.const("few", np.array([CHOICES])))
    _, best = g.op("TopK", "arcs", few, outputs=2, axis=1)
    forced = g.op("Unsqueeze", "heads", g.const("axis1b", np.array([1])))
    g.op("Where", g.op("Less", forced, g.const("none", np.array(0))), best, forced, name="choices")
    rel = w["rel"].astype(np.float32)  # (relations, REL + 1, REL + 1)
    n = len(rel)
    table = rel.transpose(1, 0, 2).reshape(REL + 1, n * (REL + 1))
    half = g.dense(rel_dep, table[:REL], table[REL], "rel")
    half = g.op("Reshape", half, g.const("cube", np.array([-1, n, REL + 1])))
    pads, fill = g.const("pads", np.array([0, 0, 0, 1])), g.const("fill", np.float32(1))
    governor = g.op("Gather", g.op("Pad", rel_gov, pads, fill), "choices")  # (words, CHOICES, REL + 1)
    scores = g.op("MatMul", half, g.op("Transpose", governor, perm=[0, 2, 1]))
    g.op("ArgMax", scores, axis=1, keepdims=0, name="relations")


def build(
    words: np.ndarray,
    w: dict[str, np.ndarray],
    labels: dict,
    bits: int = 7,
    floats: bool = False,
    only_meaning: bool = False,
) -> onnx.ModelProto:
    """The model from the original's word table and the trained weights.

    ``floats``: layers in full precision; ``only_meaning``: the original itself, ids to vector.
    """
    g = Graph(bits)
    g.float = floats
    states = [_embedding(g, words, w)]
    for i in range(LAYERS):
        states.append(_layer(g, states[-1], w, f"trunk.layers.{i}.", str(i)))
    g.op("Identity", states[-1], name="states")
    if only_meaning:
        mean = g.op("ReduceMean", states[-1], g.const("axis1", np.array([1])), keepdims=0)
        g.op("LpNormalization", mean, axis=-1, p=2, name="vector")
        return _original(g)
    _meaning(g, g.op("Concat", *states, axis=0), states[-1], w)
    if "branch.first" in w:
        (tree,) = _mixed(g, states, w, ["mix_tree"], "")
        word, name = _branch(g, states, w)
        w = w | {k.removeprefix("branch."): v for k, v in w.items() if k.startswith("branch.")}
    else:
        word, name, tree = _mixed(g, states, w, ["mix_word", "mix_name", "mix_tree"], "")
    word, name = g.op("Gather", word, "firsts"), g.op("Gather", name, "firsts")
    g.op(
        "ArgMax",
        g.dense(word, w["upos.weight"].T, w["upos.bias"], "upos_scores"),
        axis=1,
        keepdims=0,
        name="upos",
    )
    inner = g.op("Gelu", g.dense(name, w["names_in.weight"].T, w["names_in.bias"], "names_in"), domain=MS)
    _tags(g, inner, w)
    _trees(g, tree, w)
    return _finished(g, labels, "branch.first" in w)


def lower(words: np.ndarray, w: dict[str, np.ndarray], first: int) -> onnx.ModelProto:
    """The layers below the branch alone: ids and shapes to states (first + 1, pieces, 384)."""
    g = Graph()
    states = [_embedding(g, words, w)]
    for i in range(first):
        states.append(_layer(g, states[-1], w, f"trunk.layers.{i}.", str(i)))
    g.op("Concat", *states, axis=0, name="every")
    made = helper.make_graph(
        g.nodes,
        "lower",
        [helper.make_tensor_value_info(n, TensorProto.INT64, [1, "pieces"]) for n in ("ids", "shapes")],
        [helper.make_tensor_value_info("every", TensorProto.FLOAT, [first + 1, "pieces", WIDTH])],
        g.constants,
    )
    return helper.make_model(
        made, opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid(MS, 1)], ir_version=10
    )


def _original(g: Graph) -> onnx.ModelProto:
    made = helper.make_graph(
        g.nodes,
        "original",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "pieces"])],
        [helper.make_tensor_value_info("vector", TensorProto.FLOAT, [1, WIDTH])],
        g.constants,
    )
    return helper.make_model(
        made, opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid(MS, 1)], ir_version=10
    )


def _finished(g: Graph, labels: dict, lists: bool) -> onnx.ModelProto:
    """The model with its inputs, outputs and labels; ``lists``: it reads what lists know."""
    i64, f32 = TensorProto.INT64, TensorProto.FLOAT
    known = [helper.make_tensor_value_info("known", f32, [1, "pieces", COLUMNS])] if lists else []
    made = helper.make_graph(
        g.nodes,
        "encoder",
        [
            helper.make_tensor_value_info("ids", i64, [1, "pieces"]),
            helper.make_tensor_value_info("shapes", i64, [1, "pieces"]),
            *known,
            helper.make_tensor_value_info("firsts", i64, ["words"]),
            helper.make_tensor_value_info("heads", i64, ["words"]),
        ],
        [
            helper.make_tensor_value_info("states", f32, [1, "pieces", WIDTH]),
            helper.make_tensor_value_info("vector", f32, [1, WIDTH]),
            helper.make_tensor_value_info("upos", i64, ["words"]),
            helper.make_tensor_value_info("tags", f32, ["words", len(labels["tags"])]),
            helper.make_tensor_value_info("arcs", f32, ["words", "rows"]),
            helper.make_tensor_value_info("choices", i64, ["words", "choices"]),
            helper.make_tensor_value_info("relations", i64, ["words", "choices"]),
        ],
        g.constants,
    )
    model = helper.make_model(
        made, opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid(MS, 1)], ir_version=10
    )
    keep = {k: labels[k] for k in ("upos", "relations", "tags")}
    helper.set_model_props(model, {"labels": json.dumps(keep)})
    return model


def main() -> None:
    """Reads the two files, writes the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("start", "trained", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--branch", type=Path, help="what ``branch`` wrote")
    parser.add_argument("--bits", type=int, default=7)
    parser.add_argument("--floats", action="store_true", help="no 8-bit layers: to see what they cost")
    args = parser.parse_args()
    words = np.load(args.start)["embeddings.word_embeddings.weight"].astype(np.float32)
    trained = dict(np.load(args.trained))
    labels = json.loads(str(trained.pop("labels")))
    weights = {k: v.astype(np.float32) for k, v in trained.items()}
    if args.branch:
        weights = with_branch(weights, dict(np.load(args.branch)), labels["tags"])
    model = build(words, weights, labels, args.bits, args.floats)
    onnx.save(model, args.out)
    print(args.out, f"{args.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
