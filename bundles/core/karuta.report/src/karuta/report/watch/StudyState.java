package karuta.report.watch;

import java.util.List;
import java.util.OptionalDouble;
import karuta.report.watch.RunState.Activity;

/**
 * How far the runs of a folder are.
 *
 * @param runs that have begun, in the order of their folders' names
 * @param planned how many there will be
 */
public record StudyState(List<RunState> runs, int planned) {

    /** Copies the list. */
    public StudyState {
        runs = List.copyOf(runs);
    }

    /** How many runs do this now. */
    public long count(Activity what) {
        return runs.stream().filter(run -> run.what() == what).count();
    }

    /** Whether there is nothing left to do: every run has finished or failed. */
    public boolean over() {
        return count(Activity.FINISHED) + count(Activity.FAILED) >= planned;
    }

    /**
     * Seconds until all have finished, if those that are left take as long for a task as the others did, and as many go on at
     * the same time as now; empty before the first stage is complete.
     */
    public OptionalDouble secondsLeft() {
        var mean = runs.stream()
                .flatMapToDouble(run -> run.secondsPerTask().stream())
                .average();
        if (mean.isEmpty()) {
            return mean;
        }
        var begun = runs.stream()
                .filter(run -> run.what() != Activity.FINISHED && run.what() != Activity.FAILED)
                .mapToDouble(run -> run.left() * run.secondsPerTask().orElse(mean.getAsDouble()))
                .sum();
        var tasks = runs.stream().mapToInt(RunState::tasks).max().orElse(0);
        var waiting = Math.max(0, planned - runs.size()) * tasks * mean.getAsDouble();
        return OptionalDouble.of((begun + waiting) / Math.max(1, count(Activity.RUNNING)));
    }
}
