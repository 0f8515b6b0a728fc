package karuta.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static Measurement reading(double seconds, double value) {
        return new Measurement(seconds, 2 * seconds, (long) (1e6 * seconds), value);
    }

    private final Comparison prefill = new Comparison(
            Workload.PREFILL,
            List.of(reading(1, 7), reading(2, 7), reading(3, 7)),
            List.of(reading(2, 7), reading(2, 7), reading(2, 7)));

    private final Comparison decode = new Comparison(
            Workload.DECODE,
            List.of(reading(1 + 32, 9), reading(2 + 64, 9), reading(3 + 32, 9)),
            List.of(reading(2 + 64, 9), reading(2 + 64, 9), reading(2 + 64, 10)));

    private final Report report = new Report(
            List.of(4, 6),
            List.of(new Comparison(Workload.PRODUCT, List.of(reading(2, 0)), List.of()), prefill, decode),
            8e9,
            4e9,
            Optional.of("a library"));

    @Test
    void ratiosAreThoseOfTheSameRound() {
        assertEquals(List.of(0.5, 1.0, 1.5), prefill.ratios());
        assertEquals(List.of(0.5, 1.0, 1.5), prefill.cpuRatios());
        assertEquals(2, Comparison.seconds(prefill.own()));
        assertEquals(3_000_000, Comparison.peak(prefill.own()));
        assertEquals(2.5, Comparison.median(List.of(4.0, 1.0, 3.0, 2.0)));
    }

    @Test
    void aTokenIsWhatDecodingTakesLongerThanThePrefill() {
        assertEquals(1, Comparison.seconds(report.token().own()), 1e-12);
        assertEquals(2, Comparison.seconds(report.token().peer()), 1e-12);
        assertEquals(List.of(0.5, 0.5, 1.0), report.token().ratios());
    }

    @Test
    void thePrefillIsMeasuredByAPlainProduct() {
        assertEquals(4e9, report.productSpeed());
        assertEquals(0.5, report.prefillShare());
    }

    @Test
    void valuesThatDifferAreToldUnlessTheyAreAnswersThatMay() {
        assertEquals(0.1, report.disagreement(false), 1e-12);
        assertEquals(0, report.disagreement(true));
    }
}
