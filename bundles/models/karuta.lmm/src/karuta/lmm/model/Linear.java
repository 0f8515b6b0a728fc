package karuta.lmm.model;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import karuta.tensor.Script;

/**
 * A linear layer.
 *
 * @param weight {@code [out, in]}
 * @param bias {@code [out]}
 */
record Linear(NDArray weight, Optional<NDArray> bias) {

    private static final Script SCRIPT = Script.of("""
        def linear(self, x: Tensor, w: Tensor) -> Tensor:
          return torch.linear(torch.to(x, ops.prim.dtype(w), False, False), w)
        def affine(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
          return torch.linear(torch.to(x, ops.prim.dtype(w), False, False), w, b)
        """);

    /** @param x of any floating point type, {@code [..., in]} */
    NDArray forward(NDArray x) {
        return bias.isPresent() ? SCRIPT.call("affine", x, weight, bias.get()) : SCRIPT.call("linear", x, weight);
    }
}
