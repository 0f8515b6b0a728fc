package karuta.kit;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import karuta.api.Calls;
import karuta.api.Guidance;
import karuta.api.Selection;
import karuta.api.Selector;
import karuta.tensor.CardSimilarity;
import karuta.tensor.Ops;
import org.junit.jupiter.api.Test;

class SelectorContractTest {

    @Test
    void aChoiceByTheSampleAlonePasses() {
        SelectorContract.holdsForManySizes(calls -> calls.top(3, CardSimilarity.dual(calls, 0.5)), Set.of());
    }

    @Test
    void aScoreThatOtherSamplesChangeIsFound() {
        refuses(calls -> {
            var scores = CardSimilarity.text(calls);
            for (var row : scores) {
                row[0] += 1e-7 * calls.samples().size();
            }
            return calls.top(2, scores);
        });
    }

    @Test
    void aChoiceByPlaceInTheBatchIsFound() {
        refuses(calls -> IntStream.range(0, calls.samples().size())
                .mapToObj(i -> new Selection(List.of(
                        new Selection.Pick(calls.cards().get(i % calls.cards().size()), 0))))
                .toList());
    }

    /** PyTorch multiplies matrices of other sizes in another order. */
    @Test
    void aProductOfTheWholeBatchIsFoundByItsLastBit() {
        refuses(calls -> {
            var queries = NDArrays.stack(new NDList(calls.samples().stream()
                    .map(sample -> sample.guidance().text().orElseThrow())
                    .toList()));
            var keys = NDArrays.concat(new NDList(calls.cards().all().stream()
                    .map(card -> card.keys(Guidance.TEXT).orElseThrow())
                    .toList()));
            var products = Ops.linear(queries, keys).toFloatArray();
            var n = calls.cards().size();
            var scores = IntStream.range(0, calls.samples().size())
                    .mapToObj(i -> IntStream.range(0, n)
                            .mapToDouble(j -> products[i * n + j])
                            .toArray())
                    .toArray(double[][]::new);
            return calls.top(3, scores);
        });
    }

    @Test
    void aSampleWithoutASelectionIsFound() {
        refuses(calls -> new Calls(calls.cards(), calls.samples().subList(0, 1)).each(call -> Selection.NONE));
    }

    private static void refuses(Selector selector) {
        var found = assertThrows(
                AssertionError.class,
                () -> SelectorContract.holdsForManySizes(selector, Set.of(Guidance.TEXT, Guidance.IMAGE)));
        assertTrue(found.getMessage().contains("ample"), found.getMessage());
    }
}
