package karuta.baseline.lwf;

import ai.djl.ndarray.NDArray;
import karuta.api.CausalLmOutput;
import karuta.api.KarutaException;
import karuta.tensor.Ops;
import karuta.tensor.Script;

/**
 * The cross-entropy of softened outputs, {@code -sum_v p'_v log p_v} with {@code p' ~ q^(1/T)}, mean over all answer tokens.
 *
 * @param temperature T
 * @param scaled whether it counts T^2 times, so that its gradients are as large as with T = 1 (Hinton et al. 2015)
 */
record Distillation(double temperature, boolean scaled) {

    private static final Script SCRIPT = Script.of("""
        def taught(self, teacher: Tensor, z: Tensor) -> Tensor:
          p = torch.softmax(teacher, -1)
          return torch.neg(torch.mean(torch.sum(p * torch.log_softmax(z, -1), [-1])))
        """);

    /**
     * @param teacher what was said before, without gradients
     * @param now what is said to the same answers
     * @return scalar
     * @throws KarutaException if an answer has more or fewer tokens than before
     */
    NDArray of(CausalLmOutput teacher, CausalLmOutput now) {
        if (!teacher.lengths().equals(now.lengths())) {
            throw new KarutaException(
                    "Answers have " + now.lengths() + " tokens, and for the model before this stage they had "
                            + teacher.lengths() + ".",
                    "The backbone cuts answers that do not fit: use shorter prompts or examples.");
        }
        return of(teacher.logits(), now.logits());
    }

    /** Of logits, both {@code [answer tokens, vocabulary]}. */
    NDArray of(NDArray teacher, NDArray now) {
        NDArray loss = SCRIPT.call("taught", softened(teacher), softened(now));
        return scaled ? Ops.scale(loss, temperature * temperature) : loss;
    }

    private NDArray softened(NDArray logits) {
        return Ops.scale(logits, 1 / temperature);
    }
}
