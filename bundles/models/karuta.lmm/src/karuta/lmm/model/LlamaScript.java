package karuta.lmm.model;

import karuta.lmm.config.LlamaConfig;
import karuta.tensor.Script;

/** The decoder's arithmetic (Touvron et al., LLaMA, 2023), as Hugging Face's LlamaForCausalLM does it. */
final class LlamaScript {

    private static final int FEW = 4;

    /**
     * q, k and v are {@code [batch, heads, tokens, head size]}; cos and sin {@code [batch, 1, tokens, head size]}; bias
     * is what the mask adds to the scores, {@code [batch, 1, queries, keys]}. With grouped-query attention the queries
     * of the heads of a group stand one after the other, as if they were further tokens, and so do bias's rows: keys and
     * values need no copies then, and PyTorch's fast attention, which knows no groups, can be used.
     *
     * <p>A row's numbers shall not depend on the batch, not in the last bit. A product rounds each of its rows the same, if
     * there are at least {@value #FEW}. Attention adds up over the padding, too, and zeros change the order in which numbers
     * are added; so rows of different lengths attend {@code apart}, each over its own tokens, with those of its length.
     * {@code groups} are numbers of rows, and each row's prefix keys and tokens, {@code [groups, 3]}, int64, or nothing,
     * {@code [0]}, where all may attend at once; {@code order} is where the groups' rows are in the batch, and where the
     * batch's rows are in the groups, {@code [2, batch]}.
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
        def together(self, q: Tensor, k: Tensor, v: Tensor, bias: Tensor) -> Tensor:
          b, t = torch.size(q, 0), torch.size(q, 2)
          o = torch.scaled_dot_product_attention(torch.reshape(q, [b, @GROUPS@, -1, @SIZE@]), k, v, bias)
          o = torch.permute(torch.view(o, [b, @GROUPS@, @SHARED@, t, @SIZE@]), [0, 3, 1, 2, 4])
          return torch.flatten(o, 2)
        def own(self, x: Tensor, axis: int, prefix: int, widest: int, tokens: int) -> Tensor:
          y = torch.narrow(x, axis, widest, tokens)
          if torch.gt(prefix, 0):
            z = torch.cat([torch.narrow(x, axis, 0, prefix), y], axis)
          else:
            z = y
          return z
        def apart(self, q: Tensor, k: Tensor, v: Tensor, bias: Tensor, groups: Tensor, order: Tensor) -> Tensor:
          t = torch.size(q, 2)
          w = torch.sub(torch.size(k, 2), t)
          sizes = annotate(List[int], [])
          for i in range(torch.size(groups, 0)):
            _0 = torch.append(sizes, int(torch.select(torch.select(groups, 0, i), 0, 0)))
          there, back = torch.unbind(order)
          qs = torch.split_with_sizes(torch.index_select(q, 0, there), sizes)
          ks = torch.split_with_sizes(torch.index_select(k, 0, there), sizes)
          vs = torch.split_with_sizes(torch.index_select(v, 0, there), sizes)
          bs = torch.split_with_sizes(torch.index_select(bias, 0, there), sizes)
          out = annotate(List[Tensor], [])
          for i in range(torch.size(groups, 0)):
            group = torch.select(groups, 0, i)
            p, n = int(torch.select(group, 0, 1)), int(torch.select(group, 0, 2))
            y, z = self.own(ks[i], 2, p, w, n), self.own(vs[i], 2, p, w, n)
            b = self.own(torch.narrow(bs[i], 2, 0, n), 3, p, w, n)
            if torch.gt(@SHARED@, 1):
              c = torch.repeat(b, [1, 1, @SHARED@, 1])
            else:
              c = b
            o = self.together(torch.narrow(qs[i], 2, 0, n), y, z, c)
            _1 = torch.append(out, torch.constant_pad_nd(o, [0, 0, 0, torch.sub(t, n)], 0))
          return torch.index_select(torch.cat(out), 0, back)
        def attend(self, q: Tensor, k: Tensor, v: Tensor, bias: Tensor, groups: Tensor, order: Tensor) -> Tensor:
          if torch.eq(torch.size(groups, 0), 0):
            o = self.together(q, k, v, bias)
          else:
            o = self.apart(q, k, v, bias, groups, order)
          return o
        def prefixes(self, groups: Tensor, order: Tensor, valid: Tensor) -> Tensor:
          if torch.eq(torch.size(groups, 0), 0):
            g = groups
          else:
            p = torch.sum(torch.to(torch.index_select(valid, 0, torch.select(order, 0, 0)), 4, False, False), [1], True)
            g = torch.cat([torch.narrow(groups, 1, 0, 1), p, torch.narrow(groups, 1, 2, 1)], 1)
          return g
        def append(self, past: Tensor, new: Tensor) -> Tensor:
          return torch.cat([past, new], 2)
        def prefixed(self, bias: Tensor, valid: Tensor) -> Tensor:
          p = self.added(torch.unsqueeze(torch.unsqueeze(valid, 1), 1), bias)
          p = torch.expand(p, [-1, -1, torch.size(bias, 2), -1])
          return torch.cat([p, torch.expand(bias, [torch.size(valid, 0), -1, -1, -1])], -1)
        def add(self, x: Tensor, y: Tensor) -> Tensor:
          return torch.to(x + y, ops.prim.dtype(x), False, False)
        def swiglu(self, gate: Tensor, up: Tensor) -> Tensor:
          return torch.silu(gate) * up
        def perceptron(self, x: Tensor, n: Tensor, g: Tensor, u: Tensor, d: Tensor) -> Tensor:
          h = self.norm(x, n)
          return x + torch.linear(torch.silu(torch.linear(h, g)) * torch.linear(h, u), d)
        def layer(self, x: Tensor, n1: Tensor, q: Tensor, k: Tensor, v: Tensor, o: Tensor, n2: Tensor, g: Tensor, \
        u: Tensor, d: Tensor, cos: Tensor, sin: Tensor, bias: Tensor, groups: Tensor, \
        order: Tensor) -> Tensor:
          h = self.norm(x, n1)
          s = self.turned(torch.linear(h, q), cos, sin)
          t = self.turned(torch.linear(h, k), cos, sin)
          a = self.attend(s, t, self.heads(torch.linear(h, v)), bias, groups, order)
          return self.perceptron(x + torch.linear(a, o), n2, g, u, d)
        def step(self, x: Tensor, n1: Tensor, q: Tensor, k: Tensor, v: Tensor, o: Tensor, n2: Tensor, g: Tensor, \
        u: Tensor, d: Tensor, cos: Tensor, sin: Tensor, bias: Tensor, groups: Tensor, order: Tensor, \
        keys: Tensor, values: Tensor) \
        -> Tuple[Tensor, Tensor, Tensor]:
          h = self.norm(x, n1)
          s = self.turned(torch.linear(h, q), cos, sin)
          t = torch.cat([keys, self.turned(torch.linear(h, k), cos, sin)], 2)
          w = torch.cat([values, self.heads(torch.linear(h, v))], 2)
          a = self.attend(s, t, w, bias, groups, order)
          return (self.perceptron(x + torch.linear(a, o), n2, g, u, d), t, w)
        def empty(self, x: Tensor) -> Tensor:
          return torch.zeros([torch.size(x, 0), @GROUPS@, 0, @SIZE@], dtype=ops.prim.dtype(x), layout=None, \
        device=ops.prim.device(x))
        def logits(self, x: Tensor, head: Tensor, places: Tensor) -> Tensor:
          rows = torch.index_select(torch.flatten(x, 0, 1), 0, places)
          n = torch.size(rows, 0)
          if torch.lt(n, @FEW@):
            y = torch.narrow(torch.linear(torch.constant_pad_nd(rows, [0, 0, 0, torch.sub(@FEW@, n)], 0), head), 0, 0, n)
          else:
            y = torch.linear(rows, head)
          return torch.to(y, 6, False, False)
        """;

    private LlamaScript() {}

    static Script of(LlamaConfig config) {
        return Script.of(TEXT.replace("@EPS@", Double.toString(config.eps()))
                .replace("@FEW@", Integer.toString(FEW))
                .replace("@SIZE@", Integer.toString(config.headSize()))
                .replace("@GROUPS@", Integer.toString(config.keyValueHeads()))
                .replace("@SHARED@", Integer.toString(config.heads() / config.keyValueHeads())));
    }
}
