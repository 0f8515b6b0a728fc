package karuta.lmm.model;

import karuta.lmm.config.LlamaConfig;
import karuta.tensor.Script;

/** The decoder's arithmetic (Touvron et al., LLaMA, 2023), as Hugging Face's LlamaForCausalLM does it. */
final class LlamaScript {

    /**
     * q, k and v are {@code [batch, heads, tokens, head size]}; cos and sin {@code [batch, 1, tokens, head size]}; bias
     * is what the mask adds to the scores, {@code [batch, 1, queries, keys]}. With grouped-query attention the queries
     * of the heads of a group stand one after the other, as if they were further tokens, and so do bias's rows: keys and
     * values need no copies then, and PyTorch's fast attention, which knows no groups, can be used.
     */
    private static final String TEXT = """
        def embed(self, table: Tensor, ids: Tensor) -> Tensor:
          return torch.embedding(table, ids)
        def start(self, x: Tensor, table: Tensor) -> Tensor:
          return torch.to(x, ops.prim.dtype(table), False, False)
        def added(self, mask: Tensor, table: Tensor) -> Tensor:
          if torch.eq(ops.prim.dtype(mask), 11):
            b = torch.zeros(torch.size(mask), dtype=ops.prim.dtype(table), layout=None, device=ops.prim.device(mask))
            b = torch.masked_fill(b, torch.logical_not(mask), -inf)
          else:
            b = torch.to(mask, ops.prim.dtype(table), False, False)
          return b
        def bias(self, mask: Tensor, table: Tensor) -> Tensor:
          return torch.repeat(self.added(mask, table), [1, 1, @SHARED@, 1])
        def rotation(self, positions: Tensor, frequencies: Tensor, table: Tensor) -> Tuple[Tensor, Tensor]:
          a = torch.unsqueeze(torch.to(positions, 6, False, False), -1) * frequencies
          a = torch.unsqueeze(torch.cat([a, a], -1), 1)
          t = ops.prim.dtype(table)
          return (torch.to(torch.cos(a), t, False, False), torch.to(torch.sin(a), t, False, False))
        def norm(self, x: Tensor, w: Tensor) -> Tensor:
          y = torch.to(x, 6, False, False)
          y = y * torch.rsqrt(torch.mean(y * y, [-1], True) + @EPS@)
          return torch.to(y, ops.prim.dtype(x), False, False) * w
        def linear(self, x: Tensor, w: Tensor) -> Tensor:
          return torch.linear(x, w)
        def heads(self, x: Tensor) -> Tensor:
          return torch.transpose(torch.view(x, [torch.size(x, 0), torch.size(x, 1), -1, @SIZE@]), 1, 2)
        def rotate(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
          a, b = torch.chunk(x, 2, -1)
          return x * cos + torch.cat([-b, a], -1) * sin
        def turned(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
          return self.rotate(self.heads(x), cos, sin)
        def attend(self, q: Tensor, k: Tensor, v: Tensor, bias: Tensor) -> Tensor:
          b, t = torch.size(q, 0), torch.size(q, 2)
          o = torch.scaled_dot_product_attention(torch.reshape(q, [b, @GROUPS@, -1, @SIZE@]), k, v, bias)
          o = torch.permute(torch.view(o, [b, @GROUPS@, @SHARED@, t, @SIZE@]), [0, 3, 1, 2, 4])
          return torch.flatten(o, 2)
        def append(self, past: Tensor, new: Tensor) -> Tensor:
          return torch.cat([past, new], 2)
        def prefixed(self, bias: Tensor, valid: Tensor) -> Tensor:
          p = self.added(torch.unsqueeze(torch.unsqueeze(valid, 1), 1), bias)
          p = torch.expand(p, [-1, -1, torch.size(bias, 2), -1])
          return torch.cat([p, torch.expand(bias, [torch.size(valid, 0), -1, -1, -1])], -1)
        def wide(self, x: Tensor) -> Tensor:
          return torch.to(x, 6, False, False)
        def add(self, x: Tensor, y: Tensor) -> Tensor:
          return torch.to(x + y, ops.prim.dtype(x), False, False)
        def swiglu(self, gate: Tensor, up: Tensor) -> Tensor:
          return torch.silu(gate) * up
        def perceptron(self, x: Tensor, n: Tensor, g: Tensor, u: Tensor, d: Tensor) -> Tensor:
          h = self.norm(x, n)
          return x + torch.linear(torch.silu(torch.linear(h, g)) * torch.linear(h, u), d)
        def layer(self, x: Tensor, n1: Tensor, q: Tensor, k: Tensor, v: Tensor, o: Tensor, n2: Tensor, g: Tensor, \
        u: Tensor, d: Tensor, cos: Tensor, sin: Tensor, bias: Tensor) -> Tensor:
          h = self.norm(x, n1)
          s = self.turned(torch.linear(h, q), cos, sin)
          t = self.turned(torch.linear(h, k), cos, sin)
          a = self.attend(s, t, self.heads(torch.linear(h, v)), bias)
          return self.perceptron(x + torch.linear(a, o), n2, g, u, d)
        def step(self, x: Tensor, n1: Tensor, q: Tensor, k: Tensor, v: Tensor, o: Tensor, n2: Tensor, g: Tensor, \
        u: Tensor, d: Tensor, cos: Tensor, sin: Tensor, bias: Tensor, keys: Tensor, values: Tensor) \
        -> Tuple[Tensor, Tensor, Tensor]:
          h = self.norm(x, n1)
          s = self.turned(torch.linear(h, q), cos, sin)
          t = torch.cat([keys, self.turned(torch.linear(h, k), cos, sin)], 2)
          w = torch.cat([values, self.heads(torch.linear(h, v))], 2)
          a = self.attend(s, t, w, bias)
          return (self.perceptron(x + torch.linear(a, o), n2, g, u, d), t, w)
        def empty(self, x: Tensor) -> Tensor:
          return torch.zeros([torch.size(x, 0), @GROUPS@, 0, @SIZE@], dtype=ops.prim.dtype(x), layout=None, \
        device=ops.prim.device(x))
        def logits(self, x: Tensor, head: Tensor, places: Tensor) -> Tensor:
          rows = torch.index_select(torch.flatten(x, 0, 1), 0, places)
          return torch.to(torch.linear(rows, head), 6, False, False)
        """;

    private LlamaScript() {}

    static Script of(LlamaConfig config) {
        return Script.of(TEXT.replace("@EPS@", Double.toString(config.eps()))
                .replace("@SIZE@", Integer.toString(config.headSize()))
                .replace("@GROUPS@", Integer.toString(config.keyValueHeads()))
                .replace("@SHARED@", Integer.toString(config.heads() / config.keyValueHeads())));
    }
}
