"""Trains the encoder on what ``prepare`` wrote.

    python -m training.encoder.train --data DIR --out DIR --seconds 230 [--seed 1] [--lr 3e-4] …

Runs on the GPU where there is one (half precision by bfloat16), else on the CPU; the schedule is over
``--seconds``, or over ``--steps`` for a run that can be repeated to the bit. The best of the averaged
weights by the development sets is written as ``NAME.npz`` (half precision) beside ``NAME.log``.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from .network import Encoder, Trunk, pooled

MASK = -100
LOOSE = {"template": 0.3, "story": 1.0, "ewt-swapped": 0.8, "swapped": 0.8, "dateline": 1.0, "plain": 0.5}
CLS, SEP = 101, 102


class Data:
    """The arrays on the device, and batches cut from them."""

    def __init__(self, path: Path, device: torch.device) -> None:
        raw = dict(np.load(path))
        self.labels = json.loads(str(raw.pop("labels")))
        self.raw = raw
        self.device = device
        self.source = raw["source"]
        self.length = np.diff(raw["word_piece"][raw["sentence_word"]])
        self.t = {k: torch.as_tensor(v.astype(np.int64), device=device) for k, v in raw.items()}

    def of(self, *names: str) -> np.ndarray:
        """Indices of the sentences of these sources."""
        return np.flatnonzero(np.isin(self.source, [self.labels["sources"].index(n) for n in names]))

    def _cut(self, flat: Tensor, start: Tensor, size: Tensor, longest: int) -> tuple[Tensor, Tensor]:
        steps = torch.arange(longest, device=self.device)
        mask = steps < size[:, None]
        return flat[(start[:, None] + steps).clamp(max=len(flat) - 1)], mask

    def batch(self, index: np.ndarray, rng: np.random.Generator | None) -> dict[str, Tensor]:
        """Whole sentences with their labels."""
        t = self.t
        s = torch.as_tensor(index, device=self.device)
        words, ends = t["sentence_word"][s], t["sentence_word"][s + 1]
        out = self._pieces(words, ends)
        longest = int((self.raw["sentence_word"][index + 1] - self.raw["sentence_word"][index]).max())
        size = ends - words
        firsts, there = self._cut(t["word_piece"], words, size, longest)
        out["firsts"] = torch.where(there, firsts - t["word_piece"][words][:, None] + 1, 0)
        for name in ("upos", "head", "rel", "tag"):
            value, _ = self._cut(t[name], words, size, longest)
            out[name] = torch.where(there, value, MASK)
        chunks, chunk_ends = t["sentence_chunk"][s], t["sentence_chunk"][s + 1]
        out |= self._old(chunks, chunk_ends)
        if rng is not None:
            out["shapes"] = self._recased(out["shapes"], rng)
        return out

    def known(self, index: np.ndarray) -> Tensor:
        """What lists say of each piece's word in whole sentences: float (batch, pieces, columns)."""
        t = self.t
        s = torch.as_tensor(index, device=self.device)
        start, end = (t["word_piece"][t["sentence_word"][at]] for at in (s, s + 1))
        rows, _, _ = self._marked(t["known"], start, end, 256)
        return t["known_rows"].float()[rows]

    def _marked(self, flat: Tensor, start: Tensor, end: Tensor, top: int) -> tuple[Tensor, Tensor, Tensor]:
        size = (end - start).clamp(max=top - 2)
        longest = int(size.max())
        body, there = self._cut(flat, start, size, longest)
        n = len(start)
        ids = torch.zeros(n, longest + 2, dtype=torch.int64, device=self.device)
        ids[:, 1:-1] = torch.where(there, body, 0)
        mask = torch.arange(longest + 2, device=self.device) < (size + 2)[:, None]
        return ids, mask, size

    def _pieces(self, words: Tensor, ends: Tensor) -> dict[str, Tensor]:
        start, end = self.t["word_piece"][words], self.t["word_piece"][ends]
        ids, mask, size = self._marked(self.t["ids"], start, end, 256)
        ids[:, 0] = CLS
        ids.scatter_(1, (size + 1)[:, None], SEP)
        shapes, _, _ = self._marked(self.t["shapes"], start, end, 256)
        return {"ids": ids, "shapes": shapes, "mask": mask}

    def _old(self, chunks: Tensor, ends: Tensor) -> dict[str, Tensor]:
        ids, mask, size = self._marked(
            self.t["old"], self.t["chunk_old"][chunks], self.t["chunk_old"][ends], 256
        )
        ids[:, 0] = CLS
        ids.scatter_(1, (size + 1)[:, None], SEP)
        return {"old_ids": ids, "old_mask": mask}

    def _recased(self, shapes: Tensor, rng: np.random.Generator) -> Tensor:
        """Some sentences all in small letters, in capitals, or with each longer word capitalised."""
        roll = torch.as_tensor(rng.random(len(shapes)), device=self.device)[:, None]
        odd, even = shapes % 2, shapes - shapes % 2
        letters = (even >= 2) & (even <= 10)
        small = torch.where(letters, 2 + odd, shapes)
        upper = torch.where(letters, 6 + odd, shapes)
        title = torch.where(even == 2, 4 + odd, shapes)
        shapes = torch.where(roll < 0.015, small, shapes)
        shapes = torch.where((roll > 0.015) & (roll < 0.03), upper, shapes)
        return torch.where((roll > 0.03) & (roll < 0.08), title, shapes)

    def fragments(self, count: int, rng: np.random.Generator, upto: int) -> dict[str, Tensor]:
        """Runs of text from anywhere in the training part, for meaning alone; the second half are the
        first half's, moved or cut a little, so that near likenesses are learnt too."""
        chunks = int(self.raw["sentence_chunk"][upto])
        half = count // 2
        size = rng.choice([4, 6, 8, 12, 18, 26, 36], half)
        start = rng.integers(8, chunks - 60, half)
        cut = np.maximum(1, (size * rng.uniform(0.05, 0.5, half)).astype(int))
        way = rng.integers(0, 3, half)  # the second of a pair is moved, or shorter at one end
        other = start + np.where(way == 0, cut, np.where(way == 1, cut, 0))
        end = start + size - np.where(way == 2, cut, 0) + np.where(way == 0, cut, 0)
        start, size = np.concatenate([start, other]), np.concatenate([size, np.maximum(2, end - other)])
        a, b = (torch.as_tensor(x, device=self.device) for x in (start, start + size))
        out = self._pieces(self.t["chunk_word"][a], self.t["chunk_word"][b])
        out |= self._old(a, b)
        out["firsts"] = torch.zeros(count, 1, dtype=torch.int64, device=self.device)
        return out


def _mean_loss(logits: Tensor, label: Tensor) -> Tensor:
    """Cross entropy over what has a label; 0 where nothing has."""
    total = F.cross_entropy(
        logits.float().flatten(0, -2), label.flatten(), ignore_index=MASK, reduction="sum"
    )
    return total / (label != MASK).sum().clamp(min=1)


def losses(model: Encoder, batch: dict[str, Tensor]) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """Each task's loss on the words that have a label."""
    out = model(batch["ids"], batch["shapes"], batch["mask"], batch["firsts"])
    real = batch["upos"].new_ones(()) * (batch["firsts"] > 0)
    arcs = out["arcs"].float()
    columns = torch.cat([torch.ones_like(real[:, :1]), real], 1).bool()
    arcs = arcs.masked_fill(~columns[:, None], -1e4)
    head = torch.where(batch["head"] == MASK, MASK, batch["head"] + 1)
    found = {
        "upos": _mean_loss(out["upos"], batch["upos"]),
        "tag": _mean_loss(out["tags"], batch["tag"]),
        "arc": _mean_loss(arcs, head),
    }
    b, w = torch.where((head >= 0) & (batch["rel"] >= 0))
    logits = model.relations(out["dep"][b, w], out["gov"][b, head[b, w]])
    found["rel"] = _mean_loss(logits, batch["rel"][b, w])
    out["arcs"] = arcs
    return found, out


def meaning_loss(vector: Tensor, old: Tensor, pairs: int) -> tuple[Tensor, Tensor]:
    """Distance to the original's vector, and between the similarities: all of the batch, and those of
    the ``pairs`` at its end (first half with second half)."""
    cosine = 1 - (vector * old).sum(-1).mean()
    near = [(v[-2 * pairs : -pairs] * v[-pairs:]).sum(-1) for v in (vector, old)]
    return cosine, F.mse_loss(vector @ vector.T, old @ old.T) + F.mse_loss(*near)


def joined(a: dict[str, Tensor], b: dict[str, Tensor]) -> dict[str, Tensor]:
    """Two batches as one, padded to one length; labels that ``b`` lacks are masked."""
    out = {}
    for key, x in a.items():
        fill = MASK if key in ("upos", "head", "rel", "tag") else 0
        y = b.get(key, x.new_full((len(b["ids"]), 1), MASK))
        width = max(x.shape[1], y.shape[1])
        out[key] = torch.cat([F.pad(v, (0, width - v.shape[1]), value=fill) for v in (x, y)])
    return out


@torch.no_grad()
def evaluate(model: Encoder, teacher: Trunk, data: Data, source: str, most: int = 0) -> dict[str, float]:
    """Accuracies on gold tokens (greedy heads), names F1 over person, organization and place, cosine.

    ``most``: of the first so many sentences; 0 for all.
    """
    model.eval()
    index = data.of(source)[: most or None]
    index = index[np.argsort(data.length[index], kind="stable")]
    good = dict.fromkeys(["upos", "uas", "las", "words", "parsed"], 0)
    hit = gold_n = found_n = 0
    cosine = []
    tags = data.labels["tags"]
    for at in range(0, len(index), 128):
        batch = data.batch(index[at : at + 128], None)
        with torch.autocast(data.device.type, torch.bfloat16, enabled=data.device.type == "cuda"):
            _, out = (
                losses(model, batch)
                if (batch["head"] >= -1).any()
                else ({}, model(batch["ids"], batch["shapes"], batch["mask"], batch["firsts"]))
            )
            old = F.normalize(
                pooled(teacher(batch["old_ids"], None, batch["old_mask"])[-1], batch["old_mask"]).float(),
                dim=-1,
            )
        cosine.append((out["vector"] * old).sum(-1).cpu())
        real = batch["firsts"] > 0
        good["words"] += int(real.sum())
        good["upos"] += int(((out["upos"].argmax(-1) == batch["upos"]) & real).sum())
        if (batch["head"] >= -1).any():
            head = out["arcs"].argmax(-1)
            right = (head == batch["head"] + 1) & real
            b, w = torch.where(real)
            rel = torch.zeros_like(head)
            rel[b, w] = model.relations(out["dep"][b, w].float(), out["gov"][b, head[b, w]].float()).argmax(
                -1
            )
            main = torch.tensor(
                [data.main.index(r.split(":")[0]) for r in data.labels["relations"]], device=data.device
            )
            same = main[rel] == main[batch["rel"].clamp(min=0)]
            good["uas"] += int(right.sum())
            good["las"] += int((right & same).sum())
        guess = out["tags"].argmax(-1)
        for g, p, m in zip(batch["tag"].tolist(), guess.tolist(), real.sum(1).tolist(), strict=True):
            keep = [i for i in range(m) if g[i] != MASK]
            a, b_ = (spans([tags[x[i]] if x[i] != MASK else "O" for i in range(m)], keep) for x in (g, p))
            hit += len(a & b_)
            gold_n += len(a)
            found_n += len(b_)
    model.train()
    n = good["words"]
    return {
        "upos": good["upos"] / n,
        "uas": good["uas"] / n,
        "las": good["las"] / n,
        "names": 2 * hit / max(1, gold_n + found_n),
        "recall": hit / max(1, gold_n),
        "cosine": float(torch.cat(cosine).mean()),
    }


def spans(tags: list[str], keep: list[int]) -> set[tuple[int, int, str]]:
    """Names of the three main types that begin at a word in ``keep``."""
    kept, found, start = set(keep), set(), None
    for i, tag in enumerate([*tags, "O"]):
        if start is not None and tag != "I-" + start[1]:
            found.add((start[0], i, start[1]))
            start = None
        if tag[0] == "B" or (tag[0] == "I" and start is None):
            start = (i, tag[2:])
    return {s for s in found if s[0] in kept and s[2] in ("person", "organization", "place")}


def schedule(data: Data, rng: np.random.Generator, size: int):
    """Batches of indices without end: sources in their shares, sentences of like length together."""
    always = data.of("ewt", "gum")
    loose = {n: data.of(n) for n in LOOSE}
    while True:
        index = [always, *(rng.choice(i, int(len(i) * LOOSE[n]), replace=False) for n, i in loose.items())]
        index = rng.permutation(np.concatenate(index))
        for at in range(0, len(index), size * 50):
            pool = index[at : at + size * 50]
            pool = pool[np.argsort(data.length[pool] + rng.random(len(pool)) * 3, kind="stable")]
            cuts, start = [], 0
            while start < len(pool):  # long sentences in smaller batches: at most 12,000 pieces padded
                n = size
                while n > 8 and data.length[pool[min(start + n, len(pool)) - 1]] * n > 46 * size:
                    n = n * 3 // 4
                cuts.append(pool[start : start + n])
                start += n
            for i in rng.permutation(len(cuts)):
                if len(cuts[i]) > 4:
                    yield cuts[i]


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--name", default="encoder")
    parser.add_argument("--seconds", type=float, default=230)
    parser.add_argument("--steps", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--lr", type=float, default=3e-4)
    parser.add_argument("--head-lr", type=float, default=2e-3)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--hold", type=float, default=10.0, help="weight of the distance to the original")
    parser.add_argument("--start-from", type=Path, help="a NAME.npz to go on from")
    parser.add_argument("--eval-every", type=float, default=0.25, help="part of the run between evaluations")
    parser.add_argument("--most", type=int, default=0, help="development sentences looked at; 0: all")
    return parser.parse_args()


class Run:
    """One training: the model, the frozen original that it is held to, the optimizer and the average."""

    def __init__(self, args: argparse.Namespace, device: torch.device) -> None:
        self.args, self.device, self.begun = args, device, time.time()
        start = dict(np.load(args.data / "start.npz"))
        self.data = data = Data(args.data / "data.npz", device)
        data.main = sorted({r.split(":")[0] for r in data.labels["relations"]})
        lab = data.labels
        sizes = (len(lab["upos"]), len(lab["tags"]), len(lab["relations"]))
        self.model = Encoder(start, *sizes, args.dropout).to(device)
        if args.start_from:
            known = dict(np.load(args.start_from))
            known.pop("labels")
            known = {k: torch.as_tensor(v.astype(np.float32)) for k, v in known.items()}
            self.model.load_state_dict(known, strict=False)
        self.teacher = Trunk(start, 0.0, coarse=False).to(device).eval().requires_grad_(False)
        self.optimizer = self._optimizer()
        state = self.model.state_dict()
        self.average = {k: v.detach().clone() for k, v in state.items() if k != "trunk.words"}
        self.upto = int(data.of("ewt-dev")[0])
        args.out.mkdir(parents=True, exist_ok=True)
        self.log = open(args.out / f"{args.name}.log", "w")  # noqa: SIM115

    def _optimizer(self) -> torch.optim.AdamW:
        model, args = self.model, self.args
        trunk = list(model.trunk.parameters()) + list(model.meaning.parameters())
        known = {id(p) for p in trunk}
        heads = [p for p in model.parameters() if id(p) not in known]
        groups = [
            {"params": trunk, "lr": args.lr, "peak": args.lr},
            {"params": heads, "lr": args.head_lr, "peak": args.head_lr},
        ]
        fused = self.device.type == "cuda"
        return torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=fused)

    def say(self, text: str) -> None:
        """Prints a line and keeps it."""
        print(f"[{self.args.name} {time.time() - self.begun:6.1f}s] {text}", flush=True)
        self.log.write(text + "\n")
        self.log.flush()

    def step(self, index: np.ndarray, done: float, rng: np.random.Generator) -> dict[str, Tensor]:
        """One step on the sentences ``index``, ``done`` (0 to 1) of the way; the parts of its loss."""
        rise = min(1.0, done / 0.06) if done < 0.06 else 1.0
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * rise * max(0.0, 1 - max(0.0, done - 0.06) / 0.94)
        pairs = max(2, len(index) // 6)
        batch = joined(self.data.batch(index, rng), self.data.fragments(2 * pairs, rng, self.upto))
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.device.type == "cuda"):
            with torch.no_grad():
                seen = self.teacher(batch["old_ids"], None, batch["old_mask"])[-1]
                old = F.normalize(pooled(seen, batch["old_mask"]).float(), dim=-1)
            parts, out = losses(self.model, batch)
        parts["cosine"], parts["likeness"] = meaning_loss(out["vector"], old, pairs)
        held = self.args.hold * (parts["cosine"] + 5 * parts["likeness"])
        loss = parts["upos"] + parts["tag"] + parts["arc"] + parts["rel"] + held
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 2.0)
        self.optimizer.step()
        return parts

    def follow(self, step: int) -> None:
        """Moves the average of the weights after the model."""
        keep = min(0.996, step / (step + 40))
        state = self.model.state_dict()
        names = [k for k in state if k in self.average]
        torch._foreach_lerp_([self.average[k] for k in names], [state[k] for k in names], 1 - keep)

    def judge(self, source: str, when: str) -> None:
        """Says how the model does on a development part."""
        figures = evaluate(self.model, self.teacher, self.data, source, self.args.most)
        self.say(f"{source} {when}: " + " ".join(f"{k} {v:.4f}" for k, v in figures.items()))

    def write(self) -> None:
        """Writes the averaged weights with the labels."""
        arrays = {k: v.float().cpu().numpy().astype(np.float16) for k, v in self.average.items()}
        labels = np.array(json.dumps(self.data.labels))
        np.savez_compressed(self.args.out / f"{self.args.name}.npz", labels=labels, **arrays)


def main() -> None:
    """Trains, evaluates, writes."""
    args = options()
    torch.manual_seed(args.seed)
    torch.set_float32_matmul_precision("high")
    rng = np.random.default_rng(args.seed)
    run = Run(args, torch.device("cuda" if torch.cuda.is_available() else "cpu"))
    run.say(f"{run.device}, {vars(args)}")
    step, next_eval, clock = 0, args.eval_every, time.time()
    sums: dict[str, float | Tensor] = {}
    for index in schedule(run.data, rng, args.size):
        done = step / args.steps if args.steps else (time.time() - clock) / args.seconds
        if done >= 1:
            break
        parts = run.step(index, done, rng)
        step += 1
        if step % 4 == 0:
            run.follow(step)
        for k, v in parts.items():
            sums[k] = sums.get(k, 0.0) + v.detach()
        if step % 400 == 0 or (args.steps and step % 10 == 0 and args.steps <= 100):
            n = 400 if step % 400 == 0 else 10
            means = " ".join(f"{k} {float(v) / n:.4f}" for k, v in sums.items())
            run.say(f"step {step} done {done:.3f} {means}")
            sums = {}
        if done >= next_eval and next_eval < 0.99:
            next_eval += args.eval_every
            run.judge("ewt-dev", "now")
    run.model.load_state_dict({**run.model.state_dict(), **run.average})
    for source in ("ewt-dev", "gum-dev", "story-dev"):
        run.judge(source, "averaged")
    run.write()
    run.say(f"{step} steps; written")


if __name__ == "__main__":
    main()
