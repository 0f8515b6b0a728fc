package karuta.baseline.ewc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import karuta.api.Parameter;
import karuta.kit.ReferenceArrays;
import karuta.kit.ToyContext;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;
import karuta.tensor.ParameterGradients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Agrees with {@code releng/methods/ewc.py}: two parameters, two tasks of five examples, strength 3, decay 0.7. */
class EwcReferenceTest {

    private static final double NEAR = 1e-5;
    private static final double STRENGTH = 3;

    private final ToyContext context = new ToyContext(1);
    private final Map<String, NDArray> reference =
            ReferenceArrays.read(Path.of("test/fixtures/ewc.txt"), context.manager());

    @AfterEach
    void free() {
        context.close();
    }

    @Test
    void theImportanceIsTheReferences() {
        for (var task = 0; task < 2; task++) {
            var importance = importance(task);
            near("fisher." + task + ".a", importance.get(0));
            near("fisher." + task + ".b", importance.get(1));
        }
    }

    @Test
    void aTermPerTaskIsTheReferences() {
        agrees("separate", List.of(term(0), term(1)));
    }

    @Test
    void oneTermForAllIsTheReferences() {
        agrees("online", List.of(term(1).after(term(0), 0.7, context)));
    }

    private void agrees(String name, List<Term> terms) {
        var now = parameters(2);
        now.forEach(parameter -> parameter.value().setRequiresGradient(true));
        NDArray penalty = Autograd.withGrad(() -> Ops.scale(
                terms.stream()
                        .flatMap(term -> term.penalties(now))
                        .reduce(NDArray::add)
                        .orElseThrow(),
                STRENGTH / 2));
        assertEquals(reference.get(name).getFloat(), penalty.getFloat(), NEAR * penalty.getFloat());
        for (var gradient : ParameterGradients.of(penalty, now)) {
            near(name + "." + gradient.parameter().name(), gradient.value());
        }
    }

    private Term term(int task) {
        return Term.of(parameters(task), importance(task), context);
    }

    private List<Parameter> parameters(int state) {
        return List.of("a", "b").stream()
                .map(name -> new Parameter(name, reference.get("state." + state + "." + name)))
                .toList();
    }

    private List<NDArray> importance(int task) {
        NDArray a = reference.get("gradients." + task + ".a");
        NDArray b = reference.get("gradients." + task + ".b");
        var squares = List.of(a.get(0).zerosLike(), b.get(0).zerosLike());
        IntStream.range(0, 5).forEach(i -> Importance.add(List.of(a.get(i), b.get(i)), squares));
        return squares.stream().map(square -> Ops.scale(square, 0.2)).toList();
    }

    private void near(String name, NDArray actual) {
        var expected = reference.get(name);
        assertEquals(expected.getShape(), actual.getShape());
        var largest = Math.max(1, expected.abs().max().getFloat());
        assertArrayEquals(expected.toFloatArray(), actual.toFloatArray(), (float) (NEAR * largest), name);
    }
}
