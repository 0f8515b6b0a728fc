package karuta.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessorTest {

    private static final String LINUX = """
        processor\t: 0
        vendor_id\t: GenuineIntel
        model name\t: Intel(R) Xeon(R) Processor @ 2.90GHz
        flags\t\t: fpu sse2 fma avx avx2%s

        processor\t: 1
        model name\t: another
        flags\t\t: fpu
        """;

    @Test
    void theModelIsThatOfTheFirstProcessor() {
        assertEquals(
                "Intel(R) Xeon(R) Processor @ 2.90GHz", Processor.read(LINUX).model());
    }

    @Test
    void theLevelIsTheHighestThatPyTorchWouldTake() {
        assertEquals("AVX2", Processor.read(LINUX.formatted("")).kernels(Map.of()));
        assertEquals(
                "AVX2", Processor.read(LINUX.formatted(" avx512f avx512vl")).kernels(Map.of()));
        assertEquals(
                "AVX512",
                Processor.read(LINUX.formatted(" avx512f avx512dq avx512bw avx512vl"))
                        .kernels(Map.of()));
        assertEquals("DEFAULT", Processor.read("flags : fpu sse2").kernels(Map.of()));
    }

    @Test
    void aChoiceOfTheUserIsTold() {
        assertEquals(
                "AVX2 {ATEN_CPU_CAPABILITY=default}",
                Processor.read(LINUX.formatted("")).kernels(Map.of("ATEN_CPU_CAPABILITY", "default", "HOME", "/")));
    }

    @Test
    void whatCannotBeKnownIsUnknown() {
        assertEquals("unknown", Processor.read("").kernels(Map.of()));
        assertFalse(Processor.here().model().isEmpty());
    }
}
