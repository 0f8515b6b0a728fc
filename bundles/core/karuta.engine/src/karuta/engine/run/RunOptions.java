package karuta.engine.run;

import java.nio.file.Path;

/**
 * How a study is carried out; makes no difference to its results.
 *
 * @param out folder for the run folders
 * @param cache folder where features of the frozen parts are kept
 * @param jobs how many runs go on at the same time
 * @param failFast whether the first failed run ends the study
 * @param anew whether runs that lie in {@code out} are set aside and begin anew; otherwise finished ones count, and
 *     others are gone on with
 * @param reuse whether equal batches with equal inserts are answered once
 * @param pace how often a run keeps where it stands within a stage
 * @param retries how often a run that fails is tried again at once
 * @param worker whether this is one of many: what others carry out is not waited for, and what failed is not tried again
 */
public record RunOptions(
        Path out,
        Path cache,
        int jobs,
        boolean failFast,
        boolean anew,
        boolean reuse,
        CheckpointPace pace,
        int retries,
        boolean worker) {

    /** One that tries once and waits for others. */
    public RunOptions(
            Path out, Path cache, int jobs, boolean failFast, boolean anew, boolean reuse, CheckpointPace pace) {
        this(out, cache, jobs, failFast, anew, reuse, pace, 0, false);
    }

    /** With what takes no answer away: equal batches are answered once; and with the usual pace. */
    public RunOptions(Path out, Path cache, int jobs, boolean failFast, boolean anew) {
        this(out, cache, jobs, failFast, anew, true, CheckpointPace.DEFAULT);
    }
}
