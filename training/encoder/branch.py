"""Trains a branch of the encoder for names: its own copies of the last layers over the shared lower ones.

    python -m training.encoder.branch --data DIR --trained OUT/encoder.npz --out OUT --steps 2400 [--first 3]

The layers below ``--first`` and everything that other heads read stay as they are; the branch starts from
the trained encoder's layers and its names head, and is told what lists know of each word
(``consilience.language.known``). The sources do not agree on what a name is (UNER leaves out what GUM
marks), so each group of them has a last layer of its own; a gate tells UNER's kind of sentence from news,
and ``export`` joins the layers by it. Written: ``NAME.npz`` (half precision) and ``NAME.log``.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from consilience.language.known import COLUMNS

from .network import LAYERS, SHAPES, WIDTH, Encoder, Mix
from .train import MASK, Data, _mean_loss, spans

UNKNOWN = 100  # the piece that stands for one that was dropped
NAMELESS = 0.2  # share of the words of names made unknown: the rest of the sentence and the lists must tell
UNTOLD = 0.25  # share of sentences without what lists know, so that the branch does not lean on them
LISTS_RATE = 3e-3  # of the lists' table, which starts from nothing
GROUPS = {"ewt": 0, "gum": 1}  # sources by the convention of their names; all others are 2
SHARES = {
    "ewt": 1.0, "gum": 1.0, "story": 1.0, "ewt-swapped": 0.5, "swapped": 0.35, "template": 0.2,
    "dateline": 0.4, "web": 2.0, "news": 2.0,
}  # fmt: skip


class Lower:
    """The layers below the branch as the exported file has them, in 8 bits and each sentence by itself.

    A branch that learnt on states in full precision lost .006 of its names F1 on these.
    """

    def __init__(self, encoder: Encoder, first: int) -> None:
        import onnxruntime

        from .export import lower

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        weights = {k: v.detach().cpu().numpy() for k, v in encoder.trunk.named_parameters(prefix="trunk")}
        model = lower(encoder.trunk.words.cpu().numpy(), weights, first)
        self.pool = ThreadPoolExecutor(os.cpu_count() or 1)
        self.session = onnxruntime.InferenceSession(
            model.SerializeToString(), options, providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],
        )  # fmt: skip
        self.first = first

    def __call__(self, batch: dict[str, Tensor]) -> list[Tensor]:
        """States of the embedding layer and of each layer below the branch: (batch, pieces, width)."""
        sizes = batch["mask"].sum(1).tolist()
        ids, shapes = batch["ids"].cpu().numpy(), batch["shapes"].cpu().numpy()
        out = np.zeros((self.first + 1, *ids.shape, WIDTH), np.float32)

        def run(row: int) -> None:
            n = sizes[row]
            given = {"ids": ids[row : row + 1, :n], "shapes": shapes[row : row + 1, :n]}
            out[:, row, :n] = self.session.run(None, given)[0]

        list(self.pool.map(run, range(len(sizes))))
        return list(torch.as_tensor(out, device=batch["ids"].device))


class Branch(nn.Module):
    """Copies of the encoder's layers from ``first`` on, with heads for names and parts of speech."""

    def __init__(self, encoder: Encoder, first: int, dropout: float) -> None:
        super().__init__()
        self.first, self.dropout = first, dropout
        self.lower = [Lower(encoder, first)]  # in a list: no part of this module's weights
        self.layers = copy.deepcopy(encoder.trunk.layers[first:]).requires_grad_(True)
        for layer in self.layers:
            layer.dropout = dropout
        self.shapes = nn.Parameter(torch.zeros(SHAPES, WIDTH))
        self.known = nn.Parameter(torch.zeros(COLUMNS, WIDTH))
        self.mix, self.mix_word = Mix(), Mix()
        self.mix.load_state_dict(encoder.mix_name.state_dict())
        self.mix_word.load_state_dict(encoder.mix_word.state_dict())
        self.names_in = copy.deepcopy(encoder.names_in).requires_grad_(True)
        self.names = nn.ModuleList(copy.deepcopy(encoder.names).requires_grad_(True) for _ in range(3))
        self.upos = copy.deepcopy(encoder.upos).requires_grad_(True)
        self.gate = nn.Linear(WIDTH, 1).requires_grad_(False)  # learnt after all else: ``fit_gate``

    def forward(self, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        """Logits of tags (3, batch, words, tags), one for each group, and of parts of speech; what the
        layers of tags read (batch, words, width)."""
        states = self.lower[0](batch)
        added = self.shapes[batch["shapes"]] + batch["known"] @ self.known
        x = F.dropout(states[-1] + added, self.dropout, self.training)
        for layer in self.layers:
            x = layer(x, batch["mask"][:, None, None])
            states.append(x)
        at = batch["firsts"][..., None].expand(-1, -1, WIDTH)
        drop = lambda x, p=0.33: F.dropout(x, p, self.training)  # noqa: E731
        name, word = (drop(mix(states).gather(1, at)) for mix in (self.mix, self.mix_word))
        inner = drop(F.gelu(self.names_in(name)), 0.2)
        return torch.stack([head(inner) for head in self.names]), self.upos(word), inner


def batch_of(data: Data, index: np.ndarray, rng: np.random.Generator | None) -> dict[str, Tensor]:
    """Whole sentences with their labels and what lists know of them."""
    return data.batch(index, rng) | {"known": data.known(index)}


@torch.no_grad()
def fit_gate(model: Branch, data: Data, rng: np.random.Generator, most: int) -> None:
    """Sets the gate: a logistic model that tells UNER's sentences from those of stories and news by the mean
    of what the layers of tags read. ``most``: sentences of a source that are looked at."""
    model.eval()
    means, truth = [], []
    for source, label in (("ewt", 1.0), ("story", 0.0), ("news", 0.0)):
        index = data.of(source)
        index = rng.choice(index, min(most, len(index)), replace=False)
        index = index[np.argsort(data.length[index], kind="stable")]
        for at in range(0, len(index), 64):
            batch = batch_of(data, index[at : at + 64], None)
            real = (batch["firsts"] > 0).float()[..., None]
            means.append((model(batch)[2].float() * real).sum(1) / real.sum(1))
            truth.append(torch.full((len(real),), label, device=data.device))
    x, y = torch.cat(means), torch.cat(truth)
    weight = torch.zeros(WIDTH + 1, device=data.device, requires_grad=True)
    solver = torch.optim.LBFGS([weight], max_iter=400, line_search_fn="strong_wolfe")

    @torch.enable_grad()
    def loss() -> Tensor:
        solver.zero_grad()
        chance = x @ weight[:-1] + weight[-1]
        total = F.binary_cross_entropy_with_logits(chance, y) + 1e-3 * (weight[:-1] ** 2).sum()
        total.backward()
        return total

    solver.step(loss)
    model.gate.weight.copy_(weight[None, :-1])
    model.gate.bias.copy_(weight[-1:])
    model.train()


def group_of(data: Data, index: np.ndarray) -> Tensor:
    """The group of each sentence."""
    of = [GROUPS.get(name.split("-")[0], 2) for name in data.labels["sources"]]
    return torch.as_tensor(np.array(of)[data.source[index]], device=data.device)


def batches(data: Data, rng: np.random.Generator, size: int, shares: dict[str, float]):
    """Batches of indices without end: sources in their shares, sentences of like length together."""
    while True:
        parts = []
        for name, share in shares.items():
            index = data.of(name)
            parts += [index] * int(share) + [rng.choice(index, int(len(index) * (share % 1)), replace=False)]
        index = rng.permutation(np.concatenate(parts))
        index = index[data.length[index] < 150]
        for at in range(0, len(index), size * 40):
            pool = index[at : at + size * 40]
            pool = pool[np.argsort(data.length[pool] + rng.random(len(pool)) * 3, kind="stable")]
            cuts = [pool[i : i + size] for i in range(0, len(pool), size)]
            for i in rng.permutation(len(cuts)):
                yield cuts[i]


@torch.no_grad()
def evaluate(model: Branch, data: Data, source: str, most: int = 0) -> list[str]:
    """Names F1 (precision, recall) by each group's head, and the accuracy of parts of speech."""
    model.eval()
    index = data.of(source)[: most or None]
    index = index[np.argsort(data.length[index], kind="stable")]
    hit, said, gold, right, words = [0] * 3, [0] * 3, 0, 0, 0
    tags = data.labels["tags"]
    for at in range(0, len(index), 128):
        batch = batch_of(data, index[at : at + 128], None)
        with torch.autocast(data.device.type, torch.bfloat16, enabled=data.device.type == "cuda"):
            scores, upos, _ = model(batch)
        real = batch["firsts"] > 0
        words += int(real.sum())
        right += int(((upos.argmax(-1) == batch["upos"]) & real).sum())
        sizes = real.sum(1).tolist()
        wanted = batch["tag"].tolist()
        kept = [[i for i in range(m) if g[i] != MASK] for g, m in zip(wanted, sizes, strict=True)]
        want = [spans([tags[g[i]] if g[i] != MASK else "O" for i in range(m)], k)
                for g, m, k in zip(wanted, sizes, kept, strict=True)]  # fmt: skip
        gold += sum(map(len, want))
        for group in range(3):
            guess = scores[group].argmax(-1).tolist()
            for p, m, k, w in zip(guess, sizes, kept, want, strict=True):
                found = spans([tags[p[i]] for i in range(m)], k)
                said[group] += len(found)
                hit[group] += len(found & w)
    model.train()
    shown = [f"{2 * h / max(1, gold + s):.4f} ({h / max(1, s):.3f}, {h / max(1, gold):.3f})"
             for h, s in zip(hit, said, strict=True)]  # fmt: skip
    return [*shown, f"upos {right / words:.4f}"]


def loaded(data: Data, words: np.ndarray, coarse: bool, trained: Path) -> Encoder:
    """The trained encoder on the data's device. ``coarse``: the word table is in four bits already."""
    known = dict(np.load(trained))
    known.pop("labels")
    lab = data.labels
    start = empty_start(words)
    model = Encoder(start, len(lab["upos"]), len(lab["tags"]), len(lab["relations"]), 0.0)
    state = {k: torch.as_tensor(v.astype(np.float32)) for k, v in known.items() if k != "trunk.words"}
    state = {k: v for k, v in state.items() if not k.startswith("meaning")}
    missing = model.load_state_dict(state, strict=False)
    assert not missing.unexpected_keys, missing
    if coarse:
        model.trunk.words.copy_(torch.as_tensor(words))
    return model.to(data.device)


def empty_start(words: np.ndarray) -> dict[str, np.ndarray]:
    """The original's arrays with zeros in them, but for the word table: trained weights take their place."""
    inner = 4 * WIDTH
    start = {
        "embeddings.word_embeddings.weight": words,
        "embeddings.position_embeddings.weight": np.zeros((512, WIDTH)),
        "embeddings.token_type_embeddings.weight": np.zeros((2, WIDTH)),
        "embeddings.LayerNorm.weight": np.zeros(WIDTH),
        "embeddings.LayerNorm.bias": np.zeros(WIDTH),
    }
    square, row = (WIDTH, WIDTH), (WIDTH,)
    shapes = {f"attention.self.{n}": square for n in ("query", "key", "value")}
    shapes |= {"attention.output.dense": square, "intermediate.dense": (inner, WIDTH),
               "output.dense": (WIDTH, inner), "attention.output.LayerNorm": row,
               "output.LayerNorm": row}  # fmt: skip
    for i in range(LAYERS):
        for name, shape in shapes.items():
            start[f"encoder.layer.{i}.{name}.weight"] = np.zeros(shape)
            start[f"encoder.layer.{i}.{name}.bias"] = np.zeros(shape[0])
    return start


def main() -> None:
    """Trains, evaluates, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("data", "trained", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--start-from", type=Path, help="a branch that is trained on")
    parser.add_argument("--words", type=Path, help="a word table that is in four bits already")
    parser.add_argument("--name", default="branch")
    parser.add_argument("--first", type=int, default=3, help="the first layer that is copied")
    parser.add_argument("--seconds", type=float, default=0.0)
    parser.add_argument("--steps", type=int, default=0)
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lr", type=float, default=3e-4)
    parser.add_argument("--head-lr", type=float, default=8e-4)
    parser.add_argument("--dropout", type=float, default=0.15)
    parser.add_argument("--dropped", type=float, default=0.1, help="share of word pieces made unknown")
    parser.add_argument("--upos", type=float, default=0.5, help="weight of the parts of speech's loss")
    parser.add_argument("--most", type=int, default=0, help="development sentences looked at; 0: all")
    parser.add_argument(
        "--keep", type=float, default=0.996, help="of the average at each fourth step, at most"
    )
    parser.add_argument("--half", action="store_true", help="bfloat16 without a GPU too")
    for source in ("ewt", "gum", "story"):
        parser.add_argument(f"--{source}", type=float, default=1.0, help="share of the source")
    train(parser.parse_args())


class Log:
    """Lines for the screen and for ``NAME.log``."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.name, self.begun = path.stem, time.time()
        self.file = open(path, "w")  # noqa: SIM115

    def say(self, text: str) -> None:
        """Writes a line."""
        print(f"[{self.name} {time.time() - self.begun:6.1f}s] {text}", flush=True)
        self.file.write(text + "\n")
        self.file.flush()


def spoilt(batch: dict[str, Tensor], dropped: float) -> dict[str, Tensor]:
    """The batch with some sentences in small letters, as many write, some word pieces and names made unknown,
    and what lists know left out of some sentences and of some pieces."""
    ids, shapes = batch["ids"], batch["shapes"]
    small = torch.rand(len(ids), 1, device=ids.device) < 0.04
    letters = small & (shapes >= 2) & (shapes <= 11)
    starts = torch.zeros_like(ids).scatter_(1, batch["firsts"], 1)
    starts[:, 0] = 0
    named = (batch["tag"] > 0) & (torch.rand(batch["tag"].shape, device=ids.device) < NAMELESS)
    named = named.gather(1, (starts.cumsum(1) - 1).clamp(min=0))
    gone = ((torch.rand(ids.shape, device=ids.device) < dropped) | named) & (ids > 102)
    told = torch.rand(len(ids), 1, 1, device=ids.device) >= UNTOLD
    told = told & (torch.rand(*ids.shape, 1, device=ids.device) >= UNTOLD / 3)
    return batch | {
        "ids": torch.where(gone, UNKNOWN, ids),
        "shapes": torch.where(letters, 2 + shapes % 2, shapes),
        "known": batch["known"] * told,
    }


def optimizer_of(model: Branch, lr: float, head_lr: float) -> torch.optim.AdamW:
    """One rate for the copied layers, one for the heads; ``peak`` is scaled over the run."""
    body = [p for n, p in model.named_parameters() if n.startswith(("layers", "shapes"))]
    heads = [p for n, p in model.named_parameters() if not n.startswith(("layers", "shapes", "known"))]
    groups = [{"params": body, "peak": lr, "lr": 0.0}, {"params": heads, "peak": head_lr, "lr": 0.0},
              {"params": [model.known], "peak": LISTS_RATE, "lr": 0.0}]  # fmt: skip
    return torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=body[0].is_cuda)


def loss_of(model: Branch, data: Data, index: np.ndarray, rng: np.random.Generator, upos_weight: float,
            dropped: float, half: bool) -> Tensor:  # fmt: skip
    """Loss of a batch, each sentence's names by the layer of its group."""
    batch = spoilt(batch_of(data, index, rng), dropped)
    with torch.autocast(data.device.type, torch.bfloat16, enabled=half or data.device.type == "cuda"):
        scores, upos, _ = model(batch)
    own = scores[group_of(data, index), torch.arange(len(index), device=data.device)]
    return _mean_loss(own, batch["tag"]) + upos_weight * _mean_loss(upos, batch["upos"])


def train(args: argparse.Namespace) -> None:
    """The training by the settings of ``main``."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    log = Log(args.out / f"{args.name}.log")
    log.say(f"{device}, {vars(args)}")
    data = Data(args.data / "data.npz", device)
    words = np.load(args.words or args.data / "start.npz")["embeddings.word_embeddings.weight"]
    model = Branch(loaded(data, words, args.words is not None, args.trained), args.first, args.dropout)
    if args.start_from:
        raw = np.load(args.start_from)
        start = {k: torch.as_tensor(raw[k].astype(np.float32)) for k in model.state_dict() if k in raw}
        model.load_state_dict(start, strict=False)  # a branch from before the lists has no ``known``
    model = model.to(device).train()
    optimizer = optimizer_of(model, args.lr, args.head_lr)
    average = {k: v.detach().clone() for k, v in model.state_dict().items()}
    step, clock, next_look = 0, time.time(), 0.25
    for index in batches(
        data, rng, args.size, SHARES | {"gum": args.gum, "ewt": args.ewt, "story": args.story}
    ):
        done = step / args.steps if args.steps else (time.time() - clock) / args.seconds
        if done >= 1:
            break
        for part in optimizer.param_groups:
            part["lr"] = part["peak"] * min(1.0, done / 0.05) * max(0.0, 1 - max(0.0, done - 0.05) / 0.95)
        loss = loss_of(model, data, index, rng, args.upos, args.dropped, args.half)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        optimizer.step()
        step += 1
        if step % 4 == 0:
            state = model.state_dict()
            rate = 1 - min(args.keep, step / (step + 40))
            torch._foreach_lerp_([*average.values()], [state[k] for k in average], rate)
        if done >= next_look:
            next_look += 0.25
            log.say(f"step {step} ewt-dev " + " | ".join(evaluate(model, data, "ewt-dev", args.most)))
    model.load_state_dict(average)
    fit_gate(model, data, rng, args.most or 4000)
    for source in ("ewt-dev", "gum-dev", "story-dev"):
        log.say(f"{source} averaged: " + " | ".join(evaluate(model, data, source, args.most)))
    kept = {k: v.float().cpu().numpy().astype(np.float16) for k, v in model.state_dict().items()}
    labels = np.array(json.dumps(data.labels))
    np.savez_compressed(args.out / f"{args.name}.npz", first=args.first, labels=labels, **kept)
    log.say(f"{step} steps; written")


if __name__ == "__main__":
    main()
