package karuta.engine.run;

import java.util.OptionalInt;

/**
 * How often a run keeps where it stands within a stage; makes no difference to its results.
 *
 * @param seconds at least so many between two
 * @param steps after every so many steps of a stage, whatever the clock says; empty to go by the clock
 */
public record CheckpointPace(double seconds, OptionalInt steps) {

    /** Every minute. */
    public static final CheckpointPace DEFAULT = new CheckpointPace(60, OptionalInt.empty());

    /** What is kept by the clock may take this share of the time. */
    private static final double SHARE = 0.02;

    /** Every so many seconds, or after each step if that is 0. */
    public static CheckpointPace every(double seconds) {
        return new CheckpointPace(seconds, OptionalInt.empty());
    }

    /** After every so many steps. */
    public static CheckpointPace every(int steps) {
        return new CheckpointPace(0, OptionalInt.of(steps));
    }

    /**
     * Whether it is time.
     *
     * @param done steps of the stage
     * @param since seconds since the last one
     * @param cost seconds that the last one took
     */
    boolean isDue(int done, double since, double cost) {
        return steps.isPresent()
                ? done % steps.getAsInt() == 0
                : since >= seconds && (seconds == 0 || since >= cost / SHARE);
    }
}
