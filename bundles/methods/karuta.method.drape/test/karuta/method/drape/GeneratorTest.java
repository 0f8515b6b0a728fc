package karuta.method.drape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import karuta.kit.ReferenceArrays;
import karuta.tensor.Autograd;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Agrees with {@code releng/methods/drape.py}: four tokens, two heads, three queries, the last one without an image. */
class GeneratorTest {

    private static final double NEAR = 1e-5;
    private static final int D = 5;
    private static final int M = 4;
    private static final int HEADS = 2;

    private final NDManager manager = manager();
    private final Map<String, NDArray> reference = ReferenceArrays.read(Path.of("test/fixtures/drape.txt"), manager);

    private static NDManager manager() {
        TorchEngine.start();
        return NDManager.newBaseManager();
    }

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void theTokensAreTheReferences() {
        near("tokens", Autograd.noGrad(() -> tokens(List.of(0, 1, 2))));
    }

    @Test
    void everyGradientIsTheReferences() {
        var names = reference.keySet().stream()
                .filter(name -> reference.containsKey("gradient." + name))
                .toList();
        assertEquals(28 + 5, names.size());
        var parameters = names.stream().map(reference::get).toList();
        parameters.forEach(parameter -> parameter.setRequiresGradient(true));
        var gradients = Autograd.gradients(
                () -> tokens(List.of(0, 1, 2)).mul(reference.get("pull")).sum(), parameters);
        for (var i = 0; i < names.size(); i++) {
            var expected = reference.get("gradient." + names.get(i));
            var scale = Math.max(1, expected.abs().max().getFloat());
            assertArrayEquals(
                    expected.toFloatArray(), gradients.get(i).toFloatArray(), (float) (NEAR * scale), names.get(i));
        }
    }

    @Test
    void aQueryDoesNotDependOnTheOthers() {
        Autograd.noGrad(() -> {
            NDArray together = tokens(List.of(0, 1, 2));
            for (var i = 0; i < 3; i++) {
                assertArrayEquals(
                        together.get(i).toFloatArray(),
                        tokens(List.of(i)).get(0).toFloatArray(),
                        1e-6f);
            }
            return together;
        });
    }

    @Test
    void segmentsCoverTheInstructionAndNoneIsEmpty() {
        var rows = List.of(manager.ones(new Shape(8, D)), manager.ones(new Shape(3, D)), manager.ones(new Shape(0, D)));
        NDArray segments = Padded.of(rows, manager).segments(M, manager);
        assertEquals(new Shape(3, M, 8), segments.getShape());
        for (var sum : segments.sum(new int[] {2}).toFloatArray()) {
            assertEquals(1, sum, NEAR);
        }
        assertArrayEquals(
                new float[] {0, 0, 0.5f, 0.5f, 0, 0, 0, 0}, segments.get("0, 1").toFloatArray());
        assertArrayEquals(
                new float[] {0.5f, 0.5f, 0, 0, 0, 0, 0, 0}, segments.get("1, 1").toFloatArray());
        assertArrayEquals(
                new float[] {1, 0, 0, 0, 0, 0, 0, 0}, segments.get("2, 3").toFloatArray());
    }

    private NDArray tokens(List<Integer> queries) {
        var weights = reference.entrySet().stream()
                .filter(array -> array.getKey().startsWith("weight."))
                .collect(Collectors.toMap(array -> array.getKey().substring("weight.".length()), Map.Entry::getValue));
        assertEquals(Generator.shapes(D, 6).keySet(), weights.keySet());
        var texts = new ArrayList<NDArray>();
        var images = new ArrayList<NDArray>();
        for (var i : queries) {
            texts.add(reference.get("text." + i));
            images.add(reference.getOrDefault("image." + i, manager.zeros(new Shape(0, D))));
        }
        var text = Padded.of(texts, manager);
        return new Generator(weights).tokens(text, Padded.of(images, manager), text.segments(M, manager), HEADS);
    }

    private void near(String name, NDArray actual) {
        var expected = reference.get(name);
        assertEquals(expected.getShape(), actual.getShape());
        assertArrayEquals(expected.toFloatArray(), actual.toFloatArray(), (float) NEAR);
        assertTrue(expected.abs().max().getFloat() > 0.1);
    }
}
