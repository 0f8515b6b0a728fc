package karuta.baseline.der;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import karuta.api.Parameter;
import karuta.api.RandomStream;
import karuta.api.Sample;
import karuta.api.Stage;
import karuta.baseline.der.Toys.Over;
import karuta.kit.ToyTasks;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;
import karuta.tensor.ParameterGradients;
import karuta.tensor.Scope;
import karuta.tensor.Tensors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The gradients of what the baseline adds, along themselves and along a random direction, against central differences in
 * float32. They differ by at most 0.5 % of the largest parameter's gradient; 1 % is tolerated.
 */
class DerGradientsTest {

    private static final double STEP = 2e-3;
    private static final double TOLERANCE = 1e-2;
    private static final Stage SECOND = new Stage(2, List.of("task2"));
    private static final List<Sample> NEW = ToyTasks.samples(2, 8);

    @ParameterizedTest
    @CsvSource({
        "TOY, 0.3, 0, 0",
        "TOY, 0, 0.7, 0",
        "TOY, 0.3, 0.7, 0",
        "TOY, 0.3, 0.7, 4",
        "PROMPT, 0.3, 0, 0",
        "PROMPT, 0, 0.7, 0",
        "PROMPT, 0.3, 0.7, 0",
        "LORA, 0.3, 0, 0",
        "LORA, 0, 0.7, 0",
        "LORA, 0.3, 0.7, 4"
    })
    void theyAreTheSlopesOfTheLoss(Over over, double alpha, double beta, int topK) {
        try (var toys = new Toys(over, new DerBaseline(6, 3, alpha, beta, topK))) {
            toys.training.stage(1, "task1", ToyTasks.samples(1, 8), 4, 0.05);
            toys.training.open(SECOND);
            toys.training.train(SECOND, NEW, 4, 0.05);
            var parameters = toys.learner.trainable();
            var gradients = Autograd.gradients(
                    () -> added(toys), parameters.stream().map(Parameter::value).toList());
            var largest =
                    gradients.stream().mapToDouble(DerGradientsTest::norm).max().orElseThrow();
            assertTrue(largest > 0.001, "nothing to compare: " + largest);
            for (var i = 0; i < parameters.size(); i++) {
                var value = parameters.get(i).value();
                var random = RandomStream.of(i, "direction").normals((int) value.size());
                var directions =
                        List.of(gradients.get(i), Tensors.of(toys.context.manager(), random, value.getShape()));
                for (var direction : directions) {
                    if (norm(direction) > 0) {
                        NDArray unit = Ops.scale(direction, 1 / norm(direction));
                        var expected = gradients.get(i).mul(unit).sum().getFloat();
                        assertEquals(
                                slope(toys, value, unit),
                                expected,
                                TOLERANCE * largest,
                                parameters.get(i).name());
                    }
                }
            }
        }
    }

    private static double norm(NDArray x) {
        return Math.sqrt(x.mul(x).sum().getFloat());
    }

    private static double slope(Toys toys, NDArray value, NDArray direction) {
        return (moved(toys, value, direction, STEP) - moved(toys, value, direction, -STEP)) / (2 * STEP);
    }

    private static double moved(Toys toys, NDArray value, NDArray direction, double by) {
        return Autograd.noGrad(() -> {
            try (var scope = Scope.open()) {
                NDArray before = value.duplicate();
                before.add(Ops.scale(direction, by)).copyTo(value);
                var loss = added(toys).getFloat();
                before.copyTo(value);
                return (double) loss;
            }
        });
    }

    /** The sum of the terms that are not the learner's own. */
    private static NDArray added(Toys toys) {
        var terms = toys.training.losses(toys.training.batch(NEW.subList(0, 1)), toys.training.step(SECOND));
        return ParameterGradients.sum(terms.entrySet().stream()
                .filter(term -> term.getKey().startsWith("der."))
                .map(Map.Entry::getValue)
                .toList());
    }
}
