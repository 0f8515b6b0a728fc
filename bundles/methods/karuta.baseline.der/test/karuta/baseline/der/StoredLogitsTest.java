package karuta.baseline.der;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.CausalLmOutput;
import karuta.api.KarutaException;
import karuta.api.Query;
import karuta.kit.ToyContext;
import karuta.rehearsal.StoredExample;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;
import karuta.tensor.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoredLogitsTest {

    /** What releng/methods/der.py computed in float64. */
    private record Reference(
            List<Integer> lengths,
            int topK,
            double alpha,
            double beta,
            double[][] z,
            double[][] h,
            long[] labels,
            double logits,
            double[][] logitsGradient,
            double lm,
            double[][] lmGradient) {}

    private final ToyContext context = new ToyContext(1);

    @AfterEach
    void free() {
        context.close();
    }

    @Test
    void bothTermsAndTheirGradientsAreThoseOfThePapersEquation() throws IOException {
        var references = new Gson().fromJson(Files.readString(Path.of("test/fixtures/der.json")), Reference[].class);
        assertEquals(6, references.length);
        for (var reference : references) {
            var examples = stored(reference.topK, output(reference.h, reference.lengths));
            NDArray z = array(reference.z);
            NDArray labels = Tensors.of(context.manager(), reference.labels);
            z.setRequiresGradient(true);
            NDArray logits = Autograd.withGrad(() ->
                    Ops.scale(StoredLogits.error(output(z, reference.lengths), examples), reference.alpha));
            assertEquals(reference.logits, logits.getFloat(), 1e-5);
            assertClose(reference.logitsGradient, z, logits);
            NDArray lm = Autograd.withGrad(() -> Ops.scale(Ops.crossEntropy(z, labels), reference.beta));
            assertEquals(reference.lm, lm.getFloat(), 1e-5);
            assertClose(reference.lmGradient, z, lm);
        }
    }

    private static void assertClose(double[][] expected, NDArray z, NDArray term) {
        var gradient = Autograd.partial(term, List.of(z)).get(0).orElseThrow().toFloatArray();
        var numbers = Arrays.stream(expected).flatMapToDouble(Arrays::stream).toArray();
        assertEquals(numbers.length, gradient.length);
        for (var i = 0; i < numbers.length; i++) {
            assertEquals(numbers[i], gradient[i], 1e-5);
        }
    }

    @Test
    void onlyTheLargestAreKeptWithTheirTokens() {
        var output = output(new double[][] {{1, 5, 3}, {-1, -3, -2}}, List.of(1, 1));
        var second = stored(2, output).get(1).tensors();
        assertTrue(Arrays.equals(new float[] {-1, -2}, second.get("logits").toFloatArray()));
        assertTrue(Arrays.equals(new int[] {0, 2}, second.get("tokens").toIntArray()));
    }

    @Test
    void anAnswerThatIsCutOtherwiseThanBeforeIsRefused() {
        var examples = stored(0, output(new double[][] {{1, 2}, {3, 4}}, List.of(2)));
        var shorter = output(new double[][] {{1, 2}}, List.of(1));
        assertThrows(KarutaException.class, () -> StoredLogits.error(shorter, examples));
    }

    private List<StoredExample> stored(int topK, CausalLmOutput output) {
        var logits = new StoredLogits(topK).of(output);
        var input = context.encode(new Query(Optional.empty(), "?"));
        return IntStream.range(0, output.lengths().size())
                .mapToObj(i -> StoredExample.of(input, "!", logits.apply(i)))
                .toList();
    }

    private CausalLmOutput output(double[][] logits, List<Integer> lengths) {
        return output(array(logits), lengths);
    }

    private CausalLmOutput output(NDArray logits, List<Integer> lengths) {
        NDArray nothing = Tensors.of(context.manager(), 0f);
        return new CausalLmOutput(logits, nothing, lengths, nothing);
    }

    private NDArray array(double[][] rows) {
        var numbers = new float[rows.length * rows[0].length];
        for (var i = 0; i < numbers.length; i++) {
            numbers[i] = (float) rows[i / rows[0].length][i % rows[0].length];
        }
        return Tensors.of(context.manager(), numbers, new Shape(rows.length, rows[0].length));
    }
}
