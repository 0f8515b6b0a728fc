package karuta.tiny;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import karuta.tensor.AdamW;
import karuta.tensor.Autograd;
import karuta.tensor.CosineSchedule;
import karuta.tensor.GradientClipping;
import karuta.tensor.Scope;

/** An optimiser of weights: AdamW with weight decay on matrices, a cosine schedule, and gradient clipping at norm 1. */
final class Training implements AutoCloseable {

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.98;

    private final List<NDArray> all = new ArrayList<>();
    private final AdamW decayed;
    private final AdamW plain;
    private final double rate;
    private final CosineSchedule schedule;
    private int step;

    /**
     * @param weights what is trained, by name; embeddings, norms and biases are not decayed
     * @param rate the highest learning rate
     * @param decay weight decay
     * @param schedule of the learning rate
     */
    Training(Map<String, NDArray> weights, double rate, double decay, CosineSchedule schedule) {
        this.rate = rate;
        this.schedule = schedule;
        var matrices = new ArrayList<NDArray>();
        var others = new ArrayList<NDArray>();
        weights.forEach((name, weight) -> {
            var matrix = weight.getShape().dimension() > 1 && !name.contains("embed");
            (matrix ? matrices : others).add(weight);
        });
        all.addAll(matrices);
        all.addAll(others);
        decayed = optimizer(matrices, decay);
        plain = optimizer(others, 0);
    }

    private static AdamW optimizer(Collection<NDArray> weights, double decay) {
        var rates = Collections.nCopies(weights.size(), 1.0);
        return new AdamW(List.copyOf(weights), rates, new AdamW.Config(BETA1, BETA2, 1e-8, decay));
    }

    /** Takes one step; what the loss is computed from is freed after it. */
    void step(Supplier<NDArray> loss) {
        try (var scope = Scope.open()) {
            Autograd.zero(all);
            NDArray value = Autograd.withGrad(loss);
            Autograd.backward(value);
            GradientClipping.norm(
                    all.stream()
                            .flatMap(weight -> Autograd.find(weight).stream())
                            .toList(),
                    1);
            var now = rate * schedule.rate(step++);
            decayed.step(now);
            plain.step(now);
        }
    }

    @Override
    public void close() {
        decayed.close();
        plain.close();
    }
}
