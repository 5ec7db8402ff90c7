"""The encoder as a torch module: MiniLM's trunk, a scalar mix of its layers for each task, four heads.

Parsing after Dozat and Manning (2017, "Deep biaffine attention for neural dependency parsing"); the
mix of layers after Peters et al. (2018).
"""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .quantize import four_bits, from_four_bits

WIDTH, LAYERS, HEADS, INNER, EPS = 384, 6, 12, 1536, 1e-12
SHAPES = 16
ARC, REL = 256, 96


class Layer(nn.Module):
    """A transformer layer as BERT has it."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, EPS)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, EPS)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """``x``: (batch, pieces, width); ``mask``: boolean (batch, 1, 1, pieces)."""
        b, s, _ = x.shape
        q, k, v = self.qkv(x).view(b, s, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        drop = self.dropout if self.training else 0.0
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, dropout_p=drop)
        a = self.out(a.transpose(1, 2).reshape(b, s, WIDTH))
        x = self.norm1(x + F.dropout(a, drop))
        return self.norm2(x + F.dropout(self.down(F.gelu(self.up(x))), drop))


class Trunk(nn.Module):
    """MiniLM with a table of word shapes in the place of its segment table."""

    def __init__(self, start: dict[str, np.ndarray], dropout: float, coarse: bool) -> None:
        super().__init__()
        get = lambda name: torch.tensor(np.asarray(start[name], dtype=np.float32))  # noqa: E731
        words = np.asarray(start["embeddings.word_embeddings.weight"], dtype=np.float32)
        if coarse:
            words = from_four_bits(*four_bits(words))
        self.register_buffer("words", torch.tensor(words))
        places = (
            get("embeddings.position_embeddings.weight") + get("embeddings.token_type_embeddings.weight")[0]
        )
        self.places = nn.Parameter(places[:256].clone())
        self.shapes = nn.Parameter(torch.zeros(SHAPES, WIDTH))
        self.norm = nn.LayerNorm(WIDTH, EPS)
        self.norm.weight.data, self.norm.bias.data = (
            get("embeddings.LayerNorm.weight"),
            get("embeddings.LayerNorm.bias"),
        )
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        for i, layer in enumerate(self.layers):
            at = f"encoder.layer.{i}."
            own = [
                (layer.out, "attention.output.dense"),
                (layer.norm1, "attention.output.LayerNorm"),
                (layer.up, "intermediate.dense"),
                (layer.down, "output.dense"),
                (layer.norm2, "output.LayerNorm"),
            ]
            for part, name in own:
                part.weight.data, part.bias.data = get(f"{at}{name}.weight"), get(f"{at}{name}.bias")
            for kind in ("weight", "bias"):
                parts = [get(f"{at}attention.self.{n}.{kind}") for n in ("query", "key", "value")]
                getattr(layer.qkv, kind).data = torch.cat(parts)
        self.dropout = dropout

    def forward(self, ids: Tensor, shapes: Tensor | None, mask: Tensor) -> list[Tensor]:
        """States of the embedding layer and of each layer; ``mask``: boolean (batch, pieces)."""
        x = self.words[ids] + self.places[: ids.shape[1]]
        if shapes is not None:
            x = x + self.shapes[shapes]
        x = F.dropout(self.norm(x), self.dropout, self.training)
        states = [x]
        for layer in self.layers:
            states.append(layer(states[-1], mask[:, None, None]))
        return states


def pooled(states: Tensor, mask: Tensor) -> Tensor:
    """Mean over the pieces that are there."""
    weight = mask[..., None].to(states.dtype)
    return (states * weight).sum(1) / weight.sum(1)


class Mix(nn.Module):
    """A weighted sum of the layers' states."""

    def __init__(self) -> None:
        super().__init__()
        self.weights = nn.Parameter(torch.zeros(LAYERS + 1))
        self.scale = nn.Parameter(torch.ones(()))

    def forward(self, states: list[Tensor]) -> Tensor:
        """The mixed states."""
        weights = self.scale * torch.softmax(self.weights, 0)
        return sum(w * s for w, s in zip(weights, states, strict=True))


class Encoder(nn.Module):
    """Trunk and heads. ``dropout`` is that of the trunk; the heads have a third on what they read."""

    def __init__(
        self, start: dict[str, np.ndarray], upos: int, tags: int, relations: int, dropout: float
    ) -> None:
        super().__init__()
        self.trunk = Trunk(start, dropout, coarse=True)
        self.meaning = nn.Linear(WIDTH, WIDTH)
        nn.init.eye_(self.meaning.weight)
        nn.init.zeros_(self.meaning.bias)
        self.mix_word, self.mix_name, self.mix_tree = Mix(), Mix(), Mix()
        self.upos = nn.Linear(WIDTH, upos)
        self.names_in = nn.Linear(WIDTH, WIDTH)
        self.names = nn.Linear(WIDTH, tags)
        self.tree_in = nn.Linear(WIDTH, 2 * ARC + 2 * REL)
        self.arc = nn.Parameter(torch.empty(ARC + 1, ARC))
        self.rel = nn.Parameter(torch.empty(relations, REL + 1, REL + 1))
        nn.init.normal_(self.arc, std=0.01)
        nn.init.normal_(self.rel, std=0.01)

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor, firsts: Tensor) -> dict[str, Tensor]:
        """Vectors and logits. ``firsts``: (batch, words) index of each word's first piece.

        ``arcs``: (batch, words, words + 1), column 0 for the root; ``dep`` and ``gov``: (batch, words
        (+ 1), REL), from which ``relations`` makes labels for chosen arcs.
        """
        states = self.trunk(ids, shapes, mask)
        vector = F.normalize(self.meaning(pooled(states[-1], mask)).float(), dim=-1)
        at = firsts[..., None].expand(-1, -1, WIDTH)
        drop = lambda x, p=0.33: F.dropout(x, p, self.training)  # noqa: E731
        word = drop(self.mix_word(states).gather(1, at))
        name = drop(self.mix_name(states).gather(1, at))
        tree = self.mix_tree(states)
        tree = drop(torch.cat([tree[:, :1], tree.gather(1, at)], 1))
        dep, gov, rel_dep, rel_gov = drop(F.gelu(self.tree_in(tree))).split([ARC, ARC, REL, REL], -1)
        ones = torch.ones_like(dep[:, 1:, :1])
        arcs = torch.cat([dep[:, 1:], ones], -1) @ self.arc @ gov.transpose(1, 2)
        return {
            "vector": vector,
            "upos": self.upos(word),
            "tags": self.names(drop(F.gelu(self.names_in(name)), 0.2)),
            "arcs": arcs,
            "dep": rel_dep[:, 1:],
            "gov": rel_gov,
        }

    def relations(self, dep: Tensor, gov: Tensor) -> Tensor:
        """Logits of the relation of arcs, each given by its dependent's and governor's rows (n, REL)."""
        one = torch.ones_like(dep[:, :1])
        d, g = torch.cat([dep, one], -1), torch.cat([gov, one], -1)
        return torch.einsum("nrj,nj->nr", torch.einsum("ni,rij->nrj", d, self.rel), g)
