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
    """Attention over the states of both sentences; ``extra`` has what is known of each token.

    ``states``: (pairs, tokens, 384), those of the one sentence and then of the other; ``side`` 0 or 1;
    ``extra``: (pairs, tokens, EXTRA).
    """

    EXTRA = 6

    def __init__(self, width: int = 192, depth: int = 2, heads: int = 6, states: int = 384) -> None:
        super().__init__()
        self.enter = nn.Linear(states, width)
        self.extra = nn.Linear(self.EXTRA, width)
        self.kind = nn.Embedding(2, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, heads, 4 * width) for _ in range(depth))
        self.head = Head(width)
        self.dropout = nn.Dropout(0.1)

    def forward(self, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        x = self.enter(batch["states"]) + self.extra(batch["extra"]) + self.kind(batch["side"])
        x = self.dropout(self.norm(x))
        bias = (1 - batch["mask"][:, None, None, :]) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return self.head(x, batch["one"], batch["two"])
