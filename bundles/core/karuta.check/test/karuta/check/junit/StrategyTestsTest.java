package karuta.check.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Selector;
import karuta.tensor.CardSimilarity;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** What {@code karuta check} finds is found by the test of a strategy, in the same words. */
class StrategyTestsTest {

    /** What became of each property: nothing where it holds. */
    private static Map<String, Optional<Throwable>> run(Selector selector) {
        var tests = new SelectorTests() {
            @Override
            protected Selector strategy() {
                return selector;
            }
        };
        var thrown = new LinkedHashMap<String, Optional<Throwable>>();
        tests.itKeepsToTheContractOfItsKind().forEach(property -> {
            try {
                property.getExecutable().execute();
                thrown.put(property.getDisplayName(), Optional.empty());
            } catch (Throwable failed) {
                thrown.put(property.getDisplayName(), Optional.of(failed));
            }
        });
        tests.free();
        return thrown;
    }

    private static List<String> failed(Map<String, Optional<Throwable>> thrown) {
        var failed = new ArrayList<String>();
        thrown.forEach(
                (name, what) -> what.filter(AssertionError.class::isInstance).ifPresent(failure -> failed.add(name)));
        return failed;
    }

    @Test
    void whatDoesNotApplyIsSkippedWithTheReason() {
        var thrown = run(calls -> calls.top(1, CardSimilarity.text(calls)));
        assertEquals(List.of(), failed(thrown));
        var padding = thrown.get("padding does not count").orElseThrow();
        assertTrue(padding instanceof TestAbortedException, padding.toString());
        assertTrue(padding.getMessage().contains("there is no model here that reads batches"), padding.getMessage());
    }

    @Test
    void whatDependsOnTheBatchFails() {
        var thrown = run(calls -> calls.top(1 + calls.samples().size() % 2, CardSimilarity.text(calls)));
        assertTrue(failed(thrown).contains("a sample is answered as if it were alone"), thrown.toString());
        var words = thrown.get("a sample is answered as if it were alone").orElseThrow();
        assertTrue(words.getMessage().contains("gets something else where sample 0 is alone"), words.getMessage());
    }
}
