"""Trains the networks on what ``prepare`` wrote; a GPU is used where there is one.

    python train.py states --data FILE --out DIR --encoder ONNX
    python train.py teacher --fold K --data FILE --out DIR
    python train.py student --fold K --data FILE --out DIR

Fold K is left out (-1: nothing is) and its pairs are scored: the teacher's scores of left-out stories are
what the students learn from beside the gold.
Without teachers' scores in DIR a student learns from the gold alone.
"""

from __future__ import annotations

import argparse
import math
import pickle
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from network import Student, Teacher  # run from this folder: the training machine has no package
from torch import Tensor

LONGEST = 80  # pieces of a sentence that are read
TOKEN_LOSS = 0.3
SOFT = 0.5  # part of the student's target that is the teacher's


class Data:
    """All sentences of the stories as padded arrays on the device."""

    def __init__(self, raw: dict, device: torch.device, teacher: bool) -> None:
        self.device = device
        self.names = sorted(raw["stories"])
        stories = [raw["stories"][n] for n in self.names]
        sentences = [s for st in stories for s in st["sentences"]]
        base = np.cumsum([0] + [len(st["sentences"]) for st in stories])
        self.fold = np.concatenate([[st["fold"]] * len(st["pairs"]) for st in stories])
        self.story = np.concatenate([[i] * len(st["pairs"]) for i, st in enumerate(stories)])
        self.pairs = np.concatenate([st["pairs"] + b for st, b in zip(stories, base[:-1], strict=True)])
        n, self.cls, self.sep = len(sentences), int(raw["marks"][0]), int(raw["marks"][1])
        marked = [m for s in sentences for m in [*s["marks"], [g[0] for g in s["gold"]]]]
        findings = 1 + max(f for m in marked for f in [*m, 0])
        spans = max(len(s["spans"]) for s in sentences)
        key = "offsets" if teacher else "places"
        self.length = np.array([min(len(s[key]), LONGEST) for s in sentences])
        ids = np.zeros((n, LONGEST), np.int64)
        span = np.zeros((n, spans, LONGEST), np.float32)
        marks = np.zeros((n, spans, findings), np.float32)
        gold = np.zeros((n, LONGEST, findings), np.float32)
        extra = np.zeros((n, LONGEST, 5), np.float32)
        words = np.full((n, LONGEST), -1, np.int64)
        states = np.zeros((n, LONGEST, 0 if teacher else 384), np.float16)
        for i, s in enumerate(sentences):
            at, size = s[key][:LONGEST], self.length[i]
            if teacher:
                ids[i, :size] = s["ids"][:size]
            else:
                states[i, :size] = s["states"][:size]
                extra[i, :size], words[i, :size] = s["extra"][:size], s["words"][:size]
            for j, (a, b) in enumerate(s["spans"]):
                inside = (at[:, 0] >= a) & (at[:, 1] <= b)
                if inside.any():
                    span[i, j, :size] = inside / inside.sum()
                    marks[i, j, s["marks"][j]] = 1
            for f, a, b in s["gold"]:
                gold[i, :size, f] = np.maximum(gold[i, :size, f], (at[:, 0] < b) & (at[:, 1] > a))
        self.whole = np.array([int(np.argmax([b - a for a, b in s["spans"]])) for s in sentences])
        put = lambda x, t=None: torch.as_tensor(x, device=device, dtype=t)  # noqa: E731
        self.ids, self.span, self.marks = put(ids), put(span, torch.float32), put(marks, torch.float32)
        self.gold, self.extra, self.words = put(gold, torch.float32), put(extra), put(words)
        self.states, self.lengths, self.teacher = put(states), put(self.length), teacher

    def batch(self, one: np.ndarray, two: np.ndarray) -> dict[str, Tensor]:
        """Sentences ``one`` and ``two`` side by side, with the labels of their spans and tokens."""
        t = lambda x: torch.as_tensor(x, device=self.device)  # noqa: E731
        a, b = t(one), t(two)
        la, lb = int(self.length[one].max()), int(self.length[two].max())
        steps = torch.arange(max(la, lb), device=self.device)[None]
        ma, mb = steps[:, :la] < self.lengths[a][:, None], steps[:, :lb] < self.lengths[b][:, None]
        spans = int((self.span[a].sum(-1) > 0).sum(-1).max()), int((self.span[b].sum(-1) > 0).sum(-1).max())
        sa, sb = self.span[a][:, : spans[0], :la], self.span[b][:, : spans[1], :lb]
        ga, gb = self.gold[a][:, :la], self.gold[b][:, :lb]
        shared = ga.amax(1) * gb.amax(1)
        ta, tb = (ga @ shared[:, :, None]).squeeze(-1) > 0, (gb @ shared[:, :, None]).squeeze(-1) > 0
        labels = self.marks[a][:, : spans[0]] @ self.marks[b][:, : spans[1]].transpose(1, 2) > 0
        valid = (sa.sum(-1) > 0)[:, :, None] & (sb.sum(-1) > 0)[:, None, :]
        n = len(one)
        if self.teacher:
            col = lambda v: torch.full((n, 1), v, device=self.device)  # noqa: E731
            la_, lb_ = self.lengths[a][:, None], self.lengths[b][:, None]
            yes = torch.ones((n, 1), dtype=torch.bool, device=self.device)
            out = {
                "ids": torch.cat([col(self.cls), self.ids[a][:, :la], col(self.sep), self.ids[b][:, :lb],
                                  col(self.sep)], 1),
                "side": torch.cat([col(0), torch.zeros_like(ma, dtype=torch.long), col(0),
                                   torch.ones_like(mb, dtype=torch.long), col(1)], 1),
                "mask": torch.cat([yes, ma, yes, mb, yes], 1).float(),
                "places": torch.cat([col(0), 1 + steps[:, :la].expand(n, -1), la_ + 1,
                                     la_ + 2 + steps[:, :lb], la_ + lb_ + 2], 1).clamp(max=511),
                "one": F.pad(sa, (1, lb + 2)), "two": F.pad(sb, (la + 2, 1)),
                "tokens": F.pad(torch.cat([F.pad(ta, (1, 1)), tb], 1), (0, 1)).float(),
            }  # fmt: skip
        else:
            wa, wb = self.words[a][:, :la], self.words[b][:, :lb]
            same = (wa[:, :, None] == wb[:, None, :]) & (wa >= 0)[:, :, None]
            out = {
                "states_one": self.states[a][:, :la].float(), "states_two": self.states[b][:, :lb].float(),
                "extra_one": self.extra[a][:, :la], "extra_two": self.extra[b][:, :lb],
                "mask_one": ma.float(), "mask_two": mb.float(), "same": same.float(),
                "mask": torch.cat([ma, mb], 1).float(), "one": sa, "two": sb,
                "tokens": torch.cat([ta, tb], 1).float(),
            }  # fmt: skip
        return out | {"labels": labels.float(), "valid": valid}


def order(data: Data, index: np.ndarray, size: int, rng: np.random.Generator | None) -> list[np.ndarray]:
    """Batches of pairs of like length, in random order where ``rng`` is given."""
    length = data.length[data.pairs[index]].sum(1) + (rng.integers(0, 8, len(index)) if rng else 0)
    index = index[np.argsort(length, kind="stable")]
    batches = [index[i : i + size] for i in range(0, len(index), size)]
    if rng:
        rng.shuffle(batches)
    return batches


def loss_of(model, batch, soft: Tensor | None) -> Tensor:
    logits, tokens = model(batch)
    logits, tokens = logits.float(), tokens.float()
    target = batch["labels"] if soft is None else (1 - SOFT) * batch["labels"] + SOFT * soft
    valid = batch["valid"]
    each = F.binary_cross_entropy_with_logits(logits, target, reduction="none") * valid
    # a pair with many spans weighs more than one with few, but not in proportion
    weight = 1 / valid.sum((1, 2)).clamp(min=1).float().sqrt()
    span = (each.sum((1, 2)) * weight).sum() / (valid.sum((1, 2)) * weight).sum()
    token = F.binary_cross_entropy_with_logits(tokens, batch["tokens"], reduction="none") * batch["mask"]
    return span + TOKEN_LOSS * token.sum() / batch["mask"].sum()


def soft_of(scores: dict[int, np.ndarray], index: np.ndarray, swap: bool, like: Tensor) -> Tensor:
    """The teacher's probabilities for a batch, padded as ``like``."""
    out = torch.zeros(like.shape)
    for row, i in enumerate(index):
        s = torch.as_tensor(scores[int(i)], dtype=torch.float32)
        s = s.T if swap else s
        out[row, : s.shape[0], : s.shape[1]] = s
    return out.to(like.device)


def fit(model, data: Data, train: np.ndarray, options, scores=None, out: np.ndarray | None = None) -> None:
    """Trains ``model`` on the pairs ``train``; four times on the way prints how it does on ``out``."""
    rng = np.random.default_rng(options.seed)
    torch.manual_seed(options.seed)
    decay = [p for n, p in model.named_parameters() if p.ndim > 1]
    plain = [p for n, p in model.named_parameters() if p.ndim <= 1]
    optimizer = torch.optim.AdamW(
        [{"params": decay, "weight_decay": 0.05}, {"params": plain, "weight_decay": 0.0}], lr=options.lr
    )
    steps = options.steps or options.epochs * math.ceil(len(train) / options.batch)
    done, model_device, start = 0, data.device.type, time.time()
    model.train()
    while done < steps:
        for index in order(data, train, options.batch, rng):
            if done >= steps:
                break
            swap = bool(rng.random() < 0.5)
            pairs = data.pairs[index][:, ::-1] if swap else data.pairs[index]
            rate = min(1.0, (done + 1) / (0.1 * steps)) * max(0.0, 1 - done / steps)
            for group in optimizer.param_groups:
                group["lr"] = options.lr * rate
            batch = data.batch(pairs[:, 0].copy(), pairs[:, 1].copy())
            soft = soft_of(scores, index, swap, batch["labels"]) if scores else None
            with torch.autocast(model_device, torch.bfloat16, enabled=model_device == "cuda"):
                loss = loss_of(model, batch, soft)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            done += 1
            if done % 100 == 0 or done == steps:
                print(f"step {done}/{steps} loss {loss.item():.4f} {time.time() - start:.0f} s", flush=True)
            if out is not None and len(out) and done % max(steps // 4, 1) == 0:
                report(data, score(model, data, out, both=False), f"after {done}")
                model.train()


@torch.no_grad()
def score(model, data: Data, index: np.ndarray, both: bool) -> dict[int, np.ndarray]:
    """Pair -> probabilities of its spans; ``both`` ways round, averaged."""
    model.eval()
    out = {}
    for part in order(data, index, 256, None):
        total = None
        for swap in (False, True) if both else (False,):
            pairs = data.pairs[part][:, ::-1].copy() if swap else data.pairs[part]
            batch = data.batch(pairs[:, 0], pairs[:, 1])
            with torch.autocast(data.device.type, torch.bfloat16, enabled=data.device.type == "cuda"):
                p = torch.sigmoid(model(batch)[0].float())
            p = p.transpose(1, 2) if swap else p
            total = p if total is None else (total + p) / 2
            valid = batch["valid"].transpose(1, 2) if swap else batch["valid"]
        p, v = total.cpu().numpy(), valid.cpu().numpy()
        for row, i in enumerate(part):
            a, b = int(v[row].any(1).sum()), int(v[row].any(0).sum())
            out[int(i)] = p[row, :a, :b].astype(np.float16)
    return out


def average_precision(score_: np.ndarray, label: np.ndarray) -> float:
    """Area under precision and recall, by ranks."""
    hits = label[np.argsort(-score_, kind="stable")]
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits > 0].mean()) if hits.any() else 0.0


def report(data: Data, scores: dict[int, np.ndarray], name: str) -> None:
    """Average precision on whole sentences and on all spans."""
    whole, labels, spans, truth = [], [], [], []
    for i, s in scores.items():
        a, b = data.pairs[i]
        one, two = data.marks[a].cpu().numpy(), data.marks[b].cpu().numpy()
        gold = (one[: s.shape[0]] @ two[: s.shape[1]].T) > 0
        whole.append(s[data.whole[a], data.whole[b]])
        labels.append(gold[data.whole[a], data.whole[b]])
        spans.append(s.ravel())
        truth.append(gold.ravel())
    ap = average_precision(np.array(whole), np.array(labels))
    print(f"{name}: AP sentences {ap:.4f}, spans "
          f"{average_precision(np.concatenate(spans), np.concatenate(truth)):.4f}", flush=True)  # fmt: skip


def encode(raw: dict, model: str, threads: int = 12) -> list[np.ndarray]:
    """The token states of every sentence, stories by name, by ``model`` (ONNX)."""
    from concurrent.futures import ThreadPoolExecutor

    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    wanted = {i.name for i in session.get_inputs()}

    def run(sentence: dict) -> np.ndarray:
        if sentence["inputs"] is None:
            return sentence["states"]
        given = sentence["inputs"].items()
        feed = {k: v[None] if k in ("ids", "shapes", "known") else v for k, v in given if k in wanted}
        return session.run(["states"], feed)[0][0][sentence["real"]].astype(np.float16)

    with ThreadPoolExecutor(threads) as pool:
        return list(
            pool.map(run, [s for n in sorted(raw["stories"]) for s in raw["stories"][n]["sentences"]])
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("part", choices=("states", "teacher", "student"))
    parser.add_argument("--fold", type=int, default=-1)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--encoder")
    parser.add_argument("--width", type=int, default=128)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--steps", type=int, default=0)
    parser.add_argument("--batch", type=int, default=96)
    parser.add_argument("--lr", type=float, default=1e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--alone", action="store_true", help="a student from the gold alone")
    parser.add_argument("--name", default="", help="put before the files' names")
    parser.add_argument("--most", type=int, help="pairs of the left-out fold that are scored (a trial)")
    options = parser.parse_args()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    raw = pickle.loads(options.data.read_bytes())
    teacher, states = options.part == "teacher", options.out / "states.pkl"
    options.out.mkdir(parents=True, exist_ok=True)
    if options.part == "states":
        states.write_bytes(pickle.dumps(encode(raw, options.encoder), protocol=5))
        return
    if not teacher:
        every = [s for n in sorted(raw["stories"]) for s in raw["stories"][n]["sentences"]]
        for sentence, own in zip(every, pickle.loads(states.read_bytes()), strict=True):
            sentence["states"] = own
    data = Data(raw, device, teacher)
    every = np.arange(len(data.pairs))
    out = every[data.fold == options.fold][: options.most]
    train = every[data.fold != options.fold]
    scores = None
    if teacher:
        model = Teacher(len(raw["minilm"]["word.weight"]))
        weights = {k: torch.as_tensor(v.astype(np.float32)) for k, v in raw["minilm"].items()}
        missing = model.load_state_dict(weights, strict=False)
        assert not missing.unexpected_keys and all(k.startswith("head.") for k in missing.missing_keys)
    else:
        model = Student(options.width, states=data.states.shape[2])
        found = sorted(options.out.glob("teacher-*.scores"))
        scores = {k: v for p in found for k, v in pickle.loads(p.read_bytes()).items()}
        whole = not options.alone and all(int(i) in scores for i in train)
        scores = scores if whole else None
        print(f"{len(found)} files of teachers' scores, {'used' if scores else 'not used'}")
    model.to(device)
    fit(model, data, train, options, scores, out)
    name = f"{options.name}{options.part}-{options.fold}"
    if len(out):
        got = score(model, data, out, both=teacher)
        report(data, got, name)
        (options.out / f"{name}.scores").write_bytes(pickle.dumps(got, protocol=5))
    if not teacher:
        weights = {k: v.detach().cpu().numpy().astype(np.float16) for k, v in model.state_dict().items()}
        np.savez(options.out / f"{name}.npz", **weights)


if __name__ == "__main__":
    main()
