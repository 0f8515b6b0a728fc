package karuta.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MetricTest {

    private static final List<String> THREE = List.of("a", "b", "c");

    private static final AccuracyMatrix EXAMPLE = AccuracyMatrix.sequential(
            THREE,
            List.of(List.of(0.1, 0.2, 0.3), List.of(0.8, 0.3, 0.2), List.of(0.85, 0.9, 0.1), List.of(0.5, 0.7, 1.0)));

    private static final AccuracyMatrix IMPROVING = AccuracyMatrix.sequential(
            List.of("a", "b"), List.of(List.of(0.0, 0.0), List.of(0.5, 0.2), List.of(0.7, 0.6)));

    private static final AccuracyMatrix JOINT = new AccuracyMatrix(
            THREE,
            List.of(
                    new AccuracyMatrix.Row(List.of(), List.of(0.1, 0.2, 0.3)),
                    new AccuracyMatrix.Row(THREE, List.of(0.7, 0.8, 0.9))));

    @ParameterizedTest
    @CsvSource({
        "last/gem, 0.7333333333",
        "mft, 0.9",
        "maa, 0.8027777778",
        "bwt/gem, -0.25",
        "bwt/coin, -0.1666666667",
        "fm/chaudhry, 0.275",
        "fm/max-incl, 0.275",
        "fm/first-last, 0.25",
        "fm/libcontinual, 0.15",
        "acc_A, 0.7916666667",
        "bwt/diaz, -0.15",
        "rem, 0.85",
        "bwt+, 0",
        "bwt/libcontinual, -0.1",
        "fwt/zs, -0.05",
        "fwt/continuum, 0.2",
        "transfer/mtil, 0.225",
        "average/mtil, 0.5944444444",
        "last/mtil, 0.7333333333"
    })
    void agreesWithAComputationByHand(String id, double expected) {
        assertEquals(expected, value(Metric.of(id).orElseThrow(), EXAMPLE), 1e-9);
    }

    @ParameterizedTest
    @CsvSource({"bwt/gem, 0.2", "bwt+, 0.2", "rem, 1", "fm/chaudhry, -0.2", "fm/max-incl, 0", "fwt/zs, 0.2"})
    void tellsImprovementFromForgetting(String id, double expected) {
        assertEquals(expected, value(Metric.of(id).orElseThrow(), IMPROVING), 1e-12);
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void lastIsWhatWasLearnedAndWhatWasLostOfIt(AccuracyMatrix m) {
        var lost = m.size() == 1 ? 0 : (m.size() - 1.0) / m.size() * value(Metric.BWT, m);
        assertEquals(value(Metric.LAST, m), value(Metric.MFT, m) + lost, 1e-12);
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void formsOfForgettingAreOrdered(AccuracyMatrix m) {
        if (m.size() > 1) {
            assertEquals(-value(Metric.BWT, m), value(Metric.FORGETTING_FIRST, m), 1e-12);
            assertTrue(value(Metric.FORGETTING, m) >= value(Metric.FORGETTING_FIRST, m) - 1e-12);
            assertTrue(value(Metric.FORGETTING_MAX, m) >= value(Metric.FORGETTING, m) - 1e-12);
            assertTrue(value(Metric.FORGETTING_MAX, m) >= 0);
        }
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void aModelThatNeverChangesNeitherForgetsNorLearns(AccuracyMatrix m) {
        var scores = m.rows().get(0).scores();
        var frozen = AccuracyMatrix.sequential(
                m.tasks(),
                IntStream.rangeClosed(0, m.size()).mapToObj(i -> scores).toList());
        for (var metric : List.of(Metric.BWT, Metric.FORGETTING, Metric.BWT_DIAZ, Metric.FWT)) {
            assertEquals(0, metric.of(frozen).orElse(0), 1e-12, metric.id());
        }
        assertEquals(value(Metric.LAST, frozen), value(Metric.MFT, frozen), 1e-12);
    }

    @Test
    void jointTrainingHasAnEndButNoTransfer() {
        assertEquals(0.8, value(Metric.LAST, JOINT), 1e-12);
        for (var metric : List.of(Metric.MFT, Metric.MAA, Metric.BWT, Metric.FORGETTING, Metric.FWT)) {
            assertEquals(OptionalDouble.empty(), metric.of(JOINT), metric.id());
        }
    }

    @Test
    void aSingleTaskHasNoTransfer() {
        var single = AccuracyMatrix.sequential(List.of("a"), List.of(List.of(0.1), List.of(0.6)));
        assertEquals(0.6, value(Metric.LAST, single));
        assertEquals(0.6, value(Metric.MAA, single));
        assertEquals(OptionalDouble.empty(), Metric.BWT.of(single));
        assertEquals(OptionalDouble.empty(), Metric.FORGETTING.of(single));
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatWasCutShortHasNoValue(Metric metric) {
        var cut = new AccuracyMatrix(EXAMPLE.tasks(), EXAMPLE.rows().subList(0, 3));
        assertEquals(OptionalDouble.empty(), metric.of(cut));
    }

    @Test
    void everyDefinitionHasAnIdOfItsOwn() {
        var ids = Arrays.stream(Metric.values()).map(Metric::id).distinct().count();
        assertEquals(Metric.values().length, ids);
    }

    private static double value(Metric metric, AccuracyMatrix matrix) {
        return metric.of(matrix).orElseThrow();
    }

    /** Scores spread evenly over 0 to 1 without pattern: multiples of the golden ratio. */
    private static Stream<AccuracyMatrix> matrices() {
        return IntStream.rangeClosed(1, 40).mapToObj(n -> {
            var size = 1 + n % 8;
            var scores = IntStream.rangeClosed(0, size)
                    .mapToObj(i -> IntStream.range(0, size)
                            .mapToObj(j -> (n * 1000 + i * 31 + j * 7) * 0.6180339887498949 % 1)
                            .toList())
                    .toList();
            return AccuracyMatrix.sequential(
                    IntStream.range(0, size).mapToObj(Integer::toString).toList(), scores);
        });
    }
}
