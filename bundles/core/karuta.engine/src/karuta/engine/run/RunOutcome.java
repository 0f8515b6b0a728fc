package karuta.engine.run;

import java.util.Optional;
import karuta.engine.plan.RunPlan;
import karuta.study.RunStatus;
import karuta.study.record.RunFolder;

/**
 * What became of a run.
 *
 * @param plan the run
 * @param folder its record; empty if it never began
 * @param status how it ended
 * @param message why, if it did not finish
 */
public record RunOutcome(RunPlan plan, Optional<RunFolder> folder, RunStatus status, Optional<String> message) {

    /** Whether it was carried out to the end. */
    public boolean finished() {
        return status == RunStatus.FINISHED;
    }
}
