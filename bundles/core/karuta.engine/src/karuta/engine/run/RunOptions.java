package karuta.engine.run;

import java.nio.file.Path;

/**
 * How a study is carried out; makes no difference to its results.
 *
 * @param out folder for the run folders
 * @param cache folder where features of the frozen parts are kept
 * @param jobs how many runs go on at the same time
 * @param failFast whether the first failed run ends the study
 * @param restart whether every run begins anew, in a folder of its own; otherwise finished runs that lie in {@code out}
 *     count, and interrupted ones resume
 * @param reuse whether equal batches with equal inserts are answered once
 * @param pace how often a run keeps where it stands within a stage
 */
public record RunOptions(
        Path out, Path cache, int jobs, boolean failFast, boolean restart, boolean reuse, CheckpointPace pace) {

    /** With what takes no answer away: equal batches are answered once; and with the usual pace. */
    public RunOptions(Path out, Path cache, int jobs, boolean failFast, boolean restart) {
        this(out, cache, jobs, failFast, restart, true, CheckpointPace.DEFAULT);
    }
}
