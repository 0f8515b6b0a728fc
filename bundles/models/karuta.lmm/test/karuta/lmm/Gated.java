package karuta.lmm;

import ai.djl.ndarray.NDArray;
import karuta.api.Insert.Delta;
import karuta.api.TokenContext;
import karuta.api.TokenContext.Kind;
import karuta.tensor.LoraLayer;
import karuta.tensor.Script;

/**
 * A low-rank adapter of everything but padding, as strong as a gate says that is computed of the mean over the question's
 * tokens and its images.
 *
 * @param layer what is gated
 * @param gate {@code [1, in]}
 */
record Gated(LoraLayer layer, NDArray gate) implements Delta {

    private static final Script SCRIPT = Script.of("""
        def mean(self, x: Tensor, mask: Tensor) -> Tensor:
          m = torch.unsqueeze(mask, -1)
          return torch.sum(x * m, [1], True) / torch.sum(m, [1], True)
        def gate(self, x: Tensor, gate: Tensor) -> Tensor:
          return torch.sum(x * gate, [-1], True)
        def gated(self, x: Tensor, gate: Tensor, mask: Tensor) -> Tensor:
          return x * torch.sigmoid(gate) * torch.unsqueeze(mask, -1)
        """);

    @Override
    public NDArray apply(NDArray x, TokenContext tokens) {
        NDArray strength = tokens.remember(
                "gate",
                () -> SCRIPT.call("gate", SCRIPT.call("mean", x, tokens.mask(Kind.IMAGE, Kind.INSTRUCTION)), gate));
        return SCRIPT.call(
                "gated", layer.delta(x), strength, tokens.mask(Kind.PROMPT, Kind.IMAGE, Kind.INSTRUCTION, Kind.ANSWER));
    }
}
