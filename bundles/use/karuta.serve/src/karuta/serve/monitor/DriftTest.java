package karuta.serve.monitor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;

/**
 * Whether what a card is asked is less like it than its validation samples were: the one-sided two-sample test of Kolmogorov and
 * Smirnov on windows of fixed size that do not overlap. More likeness is no reason for an alarm.
 *
 * <p>It looks again and again, for months, always at the same validation scores. The k-th look has the level {@code budget / (k (k +
 * 1))}; these add up to the budget, so that by the union bound, which asks for no independence, the budget is the chance that
 * it <em>ever</em> gives a false alarm. The price is small, as the distance that alarms goes with the root of the level's logarithm:
 * at the thousandth look it is less than twice that of the first.
 *
 * <p>A question that is asked again has the same score, and says nothing new; it counts once in a window.
 */
final class DriftTest {

    /** Where a window says that all is well again. */
    private static final double WELL = 0.05;

    private final double[] validation;
    private final int size;
    private final double budget;
    private final TreeSet<Double> window = new TreeSet<>();
    private int looks;
    private boolean drifted;
    private Optional<Look> last = Optional.empty();

    /**
     * What a window has shown.
     *
     * @param number of the look, from 1 on
     * @param size of the window
     * @param distance by which the share of low scores exceeds that in validation, at most
     * @param p how likely such a distance is where nothing has changed
     * @param level below which it counts
     */
    record Look(int number, int size, double distance, double p, double level) {}

    /**
     * Where a test stands, to be kept.
     *
     * @param window different scores that came since the last look
     * @param looks how many there were
     * @param drifted whether one has shown it, and none since that all is well again
     * @param last the newest one, if there was any
     */
    record Stand(List<Double> window, int looks, boolean drifted, List<Look> last) {

        Stand {
            window = List.copyOf(window);
            last = List.copyOf(last);
        }
    }

    /**
     * @param validation scores, at least one
     * @param size of a window
     * @param budget chance of a false alarm, ever
     */
    DriftTest(double[] validation, int size, double budget) {
        this.validation = validation.clone();
        this.size = size;
        this.budget = budget;
    }

    /** One more answer's score; the window's result where it is full now. */
    Optional<Look> add(double score) {
        window.add(score);
        if (window.size() < size) {
            return Optional.empty();
        }
        var scores = window.stream().mapToDouble(Double::doubleValue).toArray();
        window.clear();
        last = Optional.of(look(scores));
        return last;
    }

    private Look look(double[] scores) {
        var test = KolmogorovSmirnovTest.withDefaults()
                .with(AlternativeHypothesis.GREATER_THAN) // of the distribution functions: lower scores
                .test(scores, validation);
        looks++;
        var look = new Look(looks, size, test.getStatistic(), test.getPValue(), budget / (looks * (looks + 1.0)));
        if (look.p() <= look.level()) {
            drifted = true;
        } else if (look.p() > WELL) {
            drifted = false;
        }
        return look;
    }

    Stand stand() {
        return new Stand(List.copyOf(window), looks, drifted, last.stream().toList());
    }

    /** Goes on where another one was. */
    void goOn(Stand stand) {
        window.addAll(stand.window());
        looks = stand.looks();
        drifted = stand.drifted();
        last = stand.last().stream().findFirst();
    }

    /** Whether a window has shown it, and none since that all is well again. */
    boolean drifted() {
        return drifted;
    }

    /** The newest one. */
    Optional<Look> last() {
        return last;
    }

    /** Whether scores differ enough from each other for a test: a selector by text alone gives one score to all samples of a task with one question. */
    static boolean canTest(double[] validation) {
        return validation.length >= 10 && Arrays.stream(validation).distinct().count() * 2 >= validation.length;
    }
}
