package karuta.lmm.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Set;
import karuta.api.KarutaException;
import karuta.safetensors.Weights;
import org.junit.jupiter.api.Test;

class MemoryCheckTest {

    /** One matrix, which is never made. */
    private record Claimed(long rows) implements Weights {

        @Override
        public String source() {
            return "the test";
        }

        @Override
        public Set<String> names() {
            return Set.of("w");
        }

        @Override
        public Shape shape(String name) {
            return new Shape(rows, 1 << 20);
        }

        @Override
        public NDArray get(String name, long... shape) {
            throw new AssertionError("must not be read");
        }
    }

    @Test
    void refusesWhatCannotFitBeforeReadingIt() {
        var huge = new Claimed(1 << 20);
        var refusal = assertThrows(
                KarutaException.class,
                () -> MemoryCheck.loading(huge, Precision.FP32, Device.cpu(), () -> huge.get("w")));
        assertTrue(refusal.getMessage().contains("the test take 4096.0 GiB in fp32"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("bf16"), refusal.getMessage());
    }

    @Test
    void memoryThatEndsOnTheWayIsToldWithTheModel() {
        var refusal = assertThrows(
                KarutaException.class,
                () -> MemoryCheck.loading(new Claimed(1), Precision.FP32, Device.cpu(), () -> {
                    throw new OutOfMemoryError("Java heap space");
                }));
        assertTrue(refusal.getMessage().contains("while the test was loaded"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("KARUTA_JAVA_OPTS"), refusal.getMessage());
    }

    @Test
    void loadsWhatFits() {
        assertEquals("loaded", MemoryCheck.loading(new Claimed(1), Precision.BF16, Device.cpu(), () -> "loaded"));
    }
}
