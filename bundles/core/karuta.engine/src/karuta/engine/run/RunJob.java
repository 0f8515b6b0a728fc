package karuta.engine.run;

import java.util.ArrayList;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.engine.catalog.Strategies;
import karuta.engine.loop.RunCancelled;
import karuta.engine.plan.RunPlan;
import karuta.engine.run.RunFolders.Elsewhere;
import karuta.engine.run.RunFolders.Finished;
import karuta.engine.run.RunFolders.Mine;
import karuta.study.Run;
import karuta.study.RunStatus;
import karuta.study.record.RecordException;
import karuta.study.record.RunFolder;

/**
 * A run of a study, with what is needed to carry it out.
 *
 * @param strategies what there is
 * @param resources what all runs share
 * @param plan the run
 * @param record of it, not begun
 * @param study the study's text
 * @param folders where runs are kept
 * @param runWatch follows it
 * @param watch of the study
 * @param stop ends it at its next step
 * @param pace how often it keeps where it stands within a stage
 */
record RunJob(
        Strategies strategies,
        StudyResources resources,
        RunPlan plan,
        Run record,
        String study,
        RunFolders folders,
        RunProgress runWatch,
        StudyListener watch,
        CancellationToken stop,
        CheckpointPace pace) {

    private static final long PAUSE_MILLIS = 1000;

    /** Carries it out, unless it is finished; empty if another process does it. */
    Optional<RunOutcome> attempt() {
        if (stop.raised()) {
            return Optional.of(new RunOutcome(plan, Optional.empty(), RunStatus.INTERRUPTED, Optional.of("not begun")));
        }
        try {
            var claim = folders.claim(record);
            if (claim instanceof Elsewhere elsewhere) {
                watch.says(plan.title() + " is being carried out by " + elsewhere.who() + " in "
                        + elsewhere.folder().path() + "; this process waits for it after its other runs");
                return Optional.empty();
            }
            return Optional.of(claim instanceof Mine mine ? execute(mine) : finished((Finished) claim));
        } catch (RunCancelled early) {
            return Optional.of(new RunOutcome(plan, Optional.empty(), RunStatus.INTERRUPTED, Optional.of("not begun")));
        } catch (RecordException | KarutaException unusable) {
            return Optional.of(failed(Optional.empty(), unusable));
        }
    }

    /** Waits until no other process carries it out, and resumes what that has left, if it is not finished. */
    RunOutcome await() {
        try {
            while (true) {
                stop.check();
                var claim = folders.claim(record);
                if (claim instanceof Mine mine) {
                    return execute(mine);
                }
                if (claim instanceof Finished finished) {
                    return finished(finished);
                }
                RunFolders.pause(PAUSE_MILLIS);
            }
        } catch (RunCancelled early) {
            return new RunOutcome(
                    plan, Optional.empty(), RunStatus.INTERRUPTED, Optional.of("left to another process"));
        } catch (RecordException | KarutaException unusable) {
            return failed(Optional.empty(), unusable);
        }
    }

    private RunOutcome finished(Finished finished) {
        runWatch.close();
        return new RunOutcome(plan, Optional.of(finished.folder()), RunStatus.FINISHED, Optional.empty());
    }

    private RunOutcome execute(Mine mine) {
        runWatch.begin();
        try (var lock = mine.lock()) {
            var damages = new ArrayList<String>();
            var recorder = mine.past()
                    .flatMap(past -> RunRecorder.resume(mine.folder(), past, damages::add))
                    .orElseGet(() -> RunRecorder.begin(mine.folder(), record, study));
            damages.forEach(watch::warns);
            damages.forEach(recorder::damaged);
            return new RunExecution(strategies, resources, plan, recorder, runWatch, pace).execute();
        } catch (RecordException | KarutaException unwritable) {
            return failed(Optional.of(mine.folder()), unwritable);
        }
    }

    private RunOutcome failed(Optional<RunFolder> folder, RuntimeException why) {
        return new RunOutcome(plan, folder, RunStatus.FAILED, Optional.of(why.getMessage()));
    }
}
