package karuta.tensor;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** Gradient clipping. */
public final class GradientClipping {

    private static final Script SCRIPT = Script.of("""
        def add(self, sum: Tensor, g: Tensor) -> Tensor:
          x = torch.to(g, 7, False, False)
          return sum + torch.sum(x * x)
        def scale(self, g: Tensor, factor: Tensor) -> Tensor:
          return torch.mul_(g, float(factor))
        """);

    private GradientClipping() {}

    /**
     * Scales gradients in place so that their common Euclidean norm is at most {@code max}, as PyTorch's {@code
     * clip_grad_norm_} does.
     *
     * @return the norm before; not finite if a gradient is not, and then nothing is scaled
     */
    public static double norm(List<NDArray> gradients, double max) {
        return Autograd.noGrad(() -> {
            try (var scope = Scope.open()) {
                if (gradients.isEmpty()) {
                    return 0.0;
                }
                NDArray squares = Tensors.scalar(gradients.get(0).getManager(), 0);
                for (var gradient : gradients) {
                    squares = SCRIPT.call("add", squares, gradient);
                }
                var norm = Math.sqrt(squares.getDouble());
                var factor = max / (norm + 1e-6); // PyTorch's epsilon
                if (factor < 1) {
                    NDArray number = Tensors.number(factor);
                    gradients.forEach(gradient -> SCRIPT.call("scale", gradient, number));
                }
                return norm;
            }
        });
    }
}
