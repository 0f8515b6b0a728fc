package karuta.replay;

import java.util.Comparator;

/**
 * The first thing of a kind in which two runs differ.
 *
 * @param level its kind
 * @param stage where in the runs; 0 is before training, -1 what holds for all of a run
 * @param row which row of the stage's trace it is; what is asked after a stage comes after all of them
 * @param what in words, such as {@code stage 3, step 17: loss lm}
 * @param a how it is in the first run
 * @param b how it is in the second run
 */
public record Finding(Level level, int stage, int row, String what, String a, String b) {

    /** Holds for all of a run. */
    static final int ALWAYS = -1;

    /** After all steps of a stage. */
    static final int AFTER = Integer.MAX_VALUE;

    /** In the order in which things happen, and what happens at once in that of cause and effect. */
    static final Comparator<Finding> ORDER = Comparator.comparingInt(Finding::stage)
            .thenComparingInt(Finding::row)
            .thenComparing(Finding::level);

    /** For people. */
    public String text() {
        return what + " " + a + " against " + b;
    }
}
