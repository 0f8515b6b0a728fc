package karuta.serve.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DriftTestTest {

    private static final int WINDOW = 40;
    private static final double BUDGET = 0.05; // larger than in service, so that lives enough go wrong to be counted

    private final Random random = new Random(20261127);

    private double[] normal(int count, double mean) {
        return IntStream.range(0, count)
                .mapToDouble(i -> mean + random.nextGaussian())
                .toArray();
    }

    /** Share of lives in which any of many looks alarms, where nothing changes; first by the levels, then always by 5 %. */
    private double[] falseAlarms(int lives, int looks, int validation) {
        var ever = 0;
        var naive = 0;
        for (var life = 0; life < lives; life++) {
            var test = new DriftTest(normal(validation, 0), WINDOW, BUDGET);
            var alarmed = false;
            var below = false;
            for (var i = 0; i < looks * WINDOW; i++) {
                test.add(random.nextGaussian());
                alarmed |= test.drifted();
                below |= test.last().filter(look -> look.p() <= BUDGET).isPresent();
            }
            ever += alarmed ? 1 : 0;
            naive += below ? 1 : 0;
        }
        return new double[] {(double) ever / lives, (double) naive / lives};
    }

    @Test
    void whereNothingChangesItHardlyEverAlarmsHoweverOftenItLooks() {
        for (var validation : new int[] {20, 100}) {
            var shares = falseAlarms(400, 100, validation);
            // 0.05 plus three standard deviations of 400 lives
            assertTrue(shares[0] <= 0.083, validation + ": " + shares[0]);
            assertTrue(shares[1] >= 0.3, "a test that looks again and again at one level would alarm: " + shares[1]);
        }
    }

    @Test
    void aDropIsFoundSoonAndAlsoAfterMonths() {
        var late = 0;
        var lives = 100;
        for (var life = 0; life < lives; life++) {
            var test = new DriftTest(normal(100, 0), WINDOW, BUDGET);
            for (var i = 0; i < 200 * WINDOW; i++) {
                test.add(random.nextGaussian());
            }
            for (var i = 0; i < 2 * WINDOW; i++) {
                test.add(-1.5 + random.nextGaussian());
            }
            late += test.drifted() ? 1 : 0;
        }
        assertTrue(late >= 95, late + " of 100");
    }

    @Test
    void moreLikenessIsNoDrift() {
        var test = new DriftTest(normal(100, 0), WINDOW, BUDGET);
        for (var i = 0; i < 20 * WINDOW; i++) {
            test.add(3 + random.nextGaussian());
        }
        assertFalse(test.drifted());
    }

    @Test
    void anAlarmLastsUntilAWindowIsWell() {
        var test = new DriftTest(normal(100, 0), WINDOW, BUDGET);
        for (var i = 0; i < WINDOW; i++) {
            test.add(-3 + random.nextGaussian());
        }
        assertTrue(test.drifted());
        for (var i = 0; i < WINDOW - 1; i++) {
            test.add(random.nextGaussian());
        }
        assertTrue(test.drifted(), "its window is not full");
        for (var i = 0; i < 5 * WINDOW; i++) {
            test.add(random.nextGaussian());
        }
        assertFalse(test.drifted());
    }

    @Test
    void aQuestionThatIsAskedAgainCountsOnce() {
        var test = new DriftTest(normal(100, 0), WINDOW, BUDGET);
        for (var i = 0; i < 1000; i++) {
            test.add(-4);
        }
        assertTrue(test.last().isEmpty());
    }

    /** {@code scipy.stats.ks_2samp(x, y, alternative="greater")}, SciPy 1.17.1. */
    @Test
    void theTestIsSciPys() {
        var validation = IntStream.range(0, 30).mapToDouble(i -> i / 10.0).toArray();
        var test = new DriftTest(validation, 10, BUDGET);
        var look = IntStream.range(0, 10)
                .mapToObj(i -> test.add(i * i / 40.0 + 0.013))
                .reduce((first, second) -> second)
                .orElseThrow()
                .orElseThrow();
        assertEquals(STATISTIC, look.distance(), 1e-12);
        assertEquals(P, look.p(), 1e-12);
        assertEquals(BUDGET / 2, look.level(), 1e-15);
    }

    private static final double STATISTIC = 0.36666666666666664;
    private static final double P = 0.11978550804951484;
}
