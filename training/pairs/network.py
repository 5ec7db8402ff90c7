"""Networks that read two sentences together and say, for a span of each, whether they report one fact.

``Teacher`` is the whole of MiniLM over both sentences; ``Student`` two attention layers over the token
states that the language stage has anyway. Both end in the same head: the mean of the tokens' states in
each span, their difference and product, through one hidden layer.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Layer(nn.Module):
    """A transformer layer as BERT has it (norm after each part)."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.heads = heads
        self.q, self.k = nn.Linear(width, width), nn.Linear(width, width)
        self.v, self.o = nn.Linear(width, width), nn.Linear(width, width)
        self.n1, self.n2 = nn.LayerNorm(width, eps=1e-12), nn.LayerNorm(width, eps=1e-12)
        self.f1, self.f2 = nn.Linear(width, inner), nn.Linear(inner, width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, width = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(batch, length, self.heads, width // self.heads).transpose(1, 2)

        q, k, v = split(self.q(x)), split(self.k(x)), split(self.v(x))
        weights = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(width // self.heads) + bias, -1)
        mixed = (self.dropout(weights) @ v).transpose(1, 2).reshape(batch, length, width)
        x = self.n1(x + self.dropout(self.o(mixed)))
        return self.n2(x + self.dropout(self.f2(F.gelu(self.f1(x)))))


class Head(nn.Module):
    """Logits of shape (pairs, spans of the one, spans of the other), and of shape (pairs, tokens)."""

    def __init__(self, width: int, hidden: int = 192) -> None:
        super().__init__()
        self.side = nn.Linear(width, hidden)
        self.mix = nn.Linear(3 * hidden, hidden)
        self.out = nn.Linear(hidden, 1)
        self.token = nn.Linear(width, 1)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, one: Tensor, two: Tensor) -> tuple[Tensor, Tensor]:
        """``one``, ``two``: shape (pairs, spans, tokens), rows that sum to 1 over a span's tokens."""
        tokens = self.token(x).squeeze(-1)
        x = self.side(self.dropout(x))
        a, b = (one @ x)[:, :, None, :], (two @ x)[:, None, :, :]
        a, b = a.expand(-1, -1, b.shape[2], -1), b.expand(-1, a.shape[1], -1, -1)
        mixed = self.mix(torch.cat([a + b, (a - b).abs(), a * b], -1))
        return self.out(self.dropout(F.gelu(mixed))).squeeze(-1), tokens


class Teacher(nn.Module):
    """MiniLM's layers ``depth`` over "[CLS] one [SEP] two [SEP]"; vocabulary cut to what is used."""

    def __init__(self, vocabulary: int, depth: int = 6, width: int = 384) -> None:
        super().__init__()
        self.word, self.place = nn.Embedding(vocabulary, width), nn.Embedding(512, width)
        self.kind, self.norm = nn.Embedding(2, width), nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, 12, 4 * width) for _ in range(depth))
        self.head = Head(width)
        self.dropout = nn.Dropout(0.1)

    def forward(self, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        mask = batch["mask"]
        x = self.word(batch["ids"]) + self.place(batch["places"]) + self.kind(batch["side"])
        x = self.dropout(self.norm(x))
        bias = (1 - mask[:, None, None, :]) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return self.head(x, batch["one"], batch["two"])


class Student(nn.Module):
    """Each sentence's tokens by themselves, then each token against the other sentence.

    The first part is done once a sentence, so a pair costs one soft alignment and two small layers.
    ``states``: (pairs, tokens, 384) of each sentence; ``extra``: (pairs, tokens, EXTRA), what is known of
    a token; ``same``: (pairs, tokens of the one, tokens of the other), 1 where both stand for one word.
    """

    EXTRA = 5

    def __init__(self, width: int = 128, heads: int = 4, states: int = 384) -> None:
        super().__init__()
        self.heads = heads
        self.enter, self.extra = nn.Linear(states, width), nn.Linear(self.EXTRA, width)
        self.norm = nn.LayerNorm(width)
        self.q, self.v = nn.Linear(width, width), nn.Linear(width, width)
        self.match = nn.Parameter(torch.full((heads,), 2.0))  # how much a word in common draws
        self.c1, self.c2 = nn.Linear(4 * width + 2 * heads + 1, 2 * width), nn.Linear(2 * width, width)
        self.out_norm = nn.LayerNorm(width)
        self.gate, self.token = nn.Linear(width, 1), nn.Linear(width, 1)
        self.mix, self.out = nn.Linear(3 * width + 4 * heads, width), nn.Linear(width, 1)
        self.dropout = nn.Dropout(0.15)

    def sentence(self, states: Tensor, extra: Tensor) -> Tensor:
        """Tokens of a sentence by themselves, shape (pairs, tokens, width)."""
        return self.norm(self.dropout(self.enter(self.dropout(states)) + self.extra(extra)))

    def _split(self, x: Tensor) -> Tensor:
        return x.view(*x.shape[:2], self.heads, -1).transpose(1, 2)

    def _compared(self, x: Tensor, drawn: Tensor, weights: Tensor, same: Tensor) -> Tensor:
        """Each token with what it draws from the other sentence; ``weights``: (pairs, heads, own, other)."""
        sharp = torch.cat([weights.amax(-1), (weights * same[:, None]).sum(-1)], 1).transpose(1, 2)
        seen = same.amax(-1, keepdim=True)
        z = torch.cat([x, drawn, x * drawn, (x - drawn).abs(), sharp, seen], -1)
        z = self.c2(self.dropout(torch.relu(self.c1(z))))
        return self.out_norm(x + self.dropout(z))

    def forward(self, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """Logits of shape (pairs, spans of the one, spans of the other), and of shape (pairs, tokens)."""
        a = self.sentence(batch["states_one"], batch["extra_one"])
        b = self.sentence(batch["states_two"], batch["extra_two"])
        same = batch["same"]
        scale = (a.shape[-1] // self.heads) ** -0.5
        near = self._split(self.q(a)) @ self._split(self.q(b)).transpose(-1, -2) * scale
        near = near + self.match[None, :, None, None] * same[:, None]
        to_b = torch.softmax(near + (1 - batch["mask_two"][:, None, None, :]) * -1e4, -1)
        to_a = torch.softmax(near + (1 - batch["mask_one"][:, None, :, None]) * -1e4, -2).transpose(-1, -2)
        join = lambda x: x.transpose(1, 2).flatten(2)  # noqa: E731
        from_b, from_a = join(to_b @ self._split(self.v(b))), join(to_a @ self._split(self.v(a)))
        za = self._compared(a, from_b, to_b, same)
        zb = self._compared(b, from_a, to_a, same.transpose(1, 2))
        one, ga = self._spans(za, batch["one"])
        two, gb = self._spans(zb, batch["two"])
        inside = torch.cat(
            [self._inside(ga, to_b, batch["two"]), self._inside(gb, to_a, batch["one"]).transpose(1, 2)], -1
        )
        tokens = torch.cat([self.token(za), self.token(zb)], 1).squeeze(-1)
        p, q = one[:, :, None, :], two[:, None, :, :]
        p, q = p.expand(-1, -1, q.shape[2], -1), q.expand(-1, p.shape[1], -1, -1)
        mixed = self.mix(torch.cat([p + q, (p - q).abs(), p * q, inside], -1))
        return self.out(self.dropout(torch.relu(mixed))).squeeze(-1), tokens

    def _spans(self, z: Tensor, spans: Tensor) -> tuple[Tensor, Tensor]:
        """Each span as a weighted mean of its tokens, and the weights (pairs, spans, tokens)."""
        weights = (spans > 0) * torch.exp(self.gate(z).squeeze(-1).clamp(-6, 6))[:, None, :]
        weights = weights / weights.sum(-1, keepdim=True).clamp(min=1e-6)
        return weights @ z, weights

    def _inside(self, gates: Tensor, drawn: Tensor, spans: Tensor) -> Tensor:
        """How much of what a span's tokens draw lies within each span of the other: mean and least.

        Shape (pairs, own spans, other spans, 2 * heads).
        """
        within = drawn @ (spans > 0).to(drawn.dtype).transpose(1, 2)[:, None]  # pairs, heads, own, spans
        mean = torch.einsum("pst,phto->psoh", gates, within)
        square = torch.einsum("pst,phto->psoh", gates, within.clamp(min=1e-6).log().clamp(min=-6))
        return torch.cat([mean, square / 6], -1)
