package karuta.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All strategies that are shipped keep to the contract of their kind. */
@Execution(ExecutionMode.CONCURRENT) // it takes longest of all, and would be left over
class CheckTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {"pool", "selector", "fusion", "learner", "baseline", "encoder", "backbone", "benchmark", "scorer"
            })
    void everyShippedStrategyPasses(String kind) {
        var checked = Product.in(folder).start(Map.of(), "check", kind).end();
        var failed = checked.out()
                .lines()
                .filter(line -> line.startsWith("  FAILED"))
                .toList();
        assertEquals(List.of(), failed, checked.out() + checked.err());
        assertNotEquals(2, checked.code(), checked.out() + checked.err());
    }
}
