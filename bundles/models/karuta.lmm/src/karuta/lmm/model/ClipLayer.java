package karuta.lmm.model;

import ai.djl.ndarray.NDArray;
import karuta.lmm.config.ClipTransformerConfig;
import karuta.safetensors.Weights;
import karuta.tensor.Script;

/** One layer of either CLIP tower: attention and a perceptron of two matrices, each behind a layer norm. */
final class ClipLayer {

    private static final String TEXT = """
        def act(self, x: Tensor) -> Tensor:
          return @ACT@
        def heads(self, x: Tensor) -> Tensor:
          return torch.transpose(torch.view(x, [torch.size(x, 0), torch.size(x, 1), @HEADS@, -1]), 1, 2)
        def block(self, x: Tensor, mask: Optional[Tensor], causal: bool, n1w: Tensor, n1b: Tensor, qw: Tensor, qb: Tensor, kw: Tensor, kb: Tensor, \
        vw: Tensor, vb: Tensor, ow: Tensor, ob: Tensor, n2w: Tensor, n2b: Tensor, f1w: Tensor, f1b: Tensor, \
        f2w: Tensor, f2b: Tensor) -> Tensor:
          h = torch.layer_norm(x, torch.size(n1w), n1w, n1b, @EPS@)
          q = self.heads(torch.linear(h, qw, qb))
          k = self.heads(torch.linear(h, kw, kb))
          v = self.heads(torch.linear(h, vw, vb))
          o = torch.scaled_dot_product_attention(q, k, v, mask, 0.0, causal)
          x = x + torch.linear(torch.flatten(torch.transpose(o, 1, 2), 2), ow, ob)
          h = torch.layer_norm(x, torch.size(n2w), n2w, n2b, @EPS@)
          return x + torch.linear(self.act(torch.linear(h, f1w, f1b)), f2w, f2b)
        def layer(self, x: Tensor, n1w: Tensor, n1b: Tensor, qw: Tensor, qb: Tensor, kw: Tensor, kb: Tensor, \
        vw: Tensor, vb: Tensor, ow: Tensor, ob: Tensor, n2w: Tensor, n2b: Tensor, f1w: Tensor, f1b: Tensor, \
        f2w: Tensor, f2b: Tensor) -> Tensor:
          return self.block(x, None, @CAUSAL@, n1w, n1b, qw, qb, kw, kb, vw, vb, ow, ob, n2w, n2b, f1w, f1b, f2w, f2b)
        def masked(self, x: Tensor, mask: Tensor, n1w: Tensor, n1b: Tensor, qw: Tensor, qb: Tensor, kw: Tensor, kb: Tensor, \
        vw: Tensor, vb: Tensor, ow: Tensor, ob: Tensor, n2w: Tensor, n2b: Tensor, f1w: Tensor, f1b: Tensor, \
        f2w: Tensor, f2b: Tensor) -> Tensor:
          return self.block(x, mask, False, n1w, n1b, qw, qb, kw, kb, vw, vb, ow, ob, n2w, n2b, f1w, f1b, f2w, f2b)
        """;

    private static final String QUICK_GELU = "x * torch.sigmoid(x * 1.702)";

    private final Script script;
    private final NDArray[] weights;

    ClipLayer(ClipTransformerConfig tower, boolean causal, Weights source, String name) {
        script = Script.of(TEXT.replace("@ACT@", tower.activation().equals("quick_gelu") ? QUICK_GELU : "torch.gelu(x)")
                .replace("@HEADS@", Integer.toString(tower.heads()))
                .replace("@EPS@", Double.toString(tower.eps()))
                .replace("@CAUSAL@", causal ? "True" : "False"));
        var d = tower.hidden();
        var f = tower.intermediate();
        weights = new NDArray[] {
            source.get(name + "layer_norm1.weight", d),
            source.get(name + "layer_norm1.bias", d),
            source.get(name + "self_attn.q_proj.weight", d, d),
            source.get(name + "self_attn.q_proj.bias", d),
            source.get(name + "self_attn.k_proj.weight", d, d),
            source.get(name + "self_attn.k_proj.bias", d),
            source.get(name + "self_attn.v_proj.weight", d, d),
            source.get(name + "self_attn.v_proj.bias", d),
            source.get(name + "self_attn.out_proj.weight", d, d),
            source.get(name + "self_attn.out_proj.bias", d),
            source.get(name + "layer_norm2.weight", d),
            source.get(name + "layer_norm2.bias", d),
            source.get(name + "mlp.fc1.weight", f, d),
            source.get(name + "mlp.fc1.bias", f),
            source.get(name + "mlp.fc2.weight", d, f),
            source.get(name + "mlp.fc2.bias", d)
        };
    }

    /** @param x {@code [batch, tokens, hidden]} */
    NDArray forward(NDArray x) {
        return script.call("layer", Arguments.of(x, weights));
    }

    /**
     * @param x {@code [batch, tokens, hidden]}
     * @param mask which tokens a token attends to, {@code [batch, 1, tokens, tokens]}, boolean
     */
    NDArray forward(NDArray x, NDArray mask) {
        return script.call("masked", Arguments.of(x, Arguments.of(mask, weights)));
    }
}
