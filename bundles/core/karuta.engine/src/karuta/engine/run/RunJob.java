package karuta.engine.run;

import java.util.ArrayList;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.engine.catalog.Strategies;
import karuta.engine.loop.RunCancelled;
import karuta.engine.plan.RunPlan;
import karuta.engine.run.RunFolders.Claim;
import karuta.engine.run.RunFolders.Elsewhere;
import karuta.engine.run.RunFolders.Failed;
import karuta.engine.run.RunFolders.Finished;
import karuta.engine.run.RunFolders.Mine;
import karuta.study.Run;
import karuta.study.RunStatus;
import karuta.study.record.RecordException;
import karuta.study.record.RunFolder;
import org.eclipse.emf.ecore.util.EcoreUtil;

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
 * @param retries how often it is tried again at once, if it fails
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
        CheckpointPace pace,
        int retries) {

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
                        + elsewhere.folder().path());
                return Optional.empty();
            }
            return outcome(claim);
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
                var outcome = outcome(claim);
                if (outcome.isPresent()) {
                    return outcome.get();
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

    /** Leaves it to whoever carries it out. */
    RunOutcome leave() {
        runWatch.close();
        return new RunOutcome(plan, Optional.empty(), RunStatus.RUNNING, Optional.of("left to another process"));
    }

    /** Empty if another process carries it out. */
    private Optional<RunOutcome> outcome(Claim claim) {
        if (claim instanceof Mine mine) {
            return Optional.of(execute(mine));
        }
        if (claim instanceof Finished finished) {
            return Optional.of(ended(finished.folder(), RunStatus.FINISHED, Optional.empty()));
        }
        return claim instanceof Failed failed
                ? Optional.of(ended(failed.folder(), RunStatus.FAILED, Optional.of(failed.why())))
                : Optional.empty();
    }

    private RunOutcome ended(RunFolder folder, RunStatus status, Optional<String> message) {
        runWatch.close();
        return new RunOutcome(plan, Optional.of(folder), status, message);
    }

    /** Others wait for it as long as it is tried again. */
    private RunOutcome execute(Mine mine) {
        try (var lock = mine.lock()) {
            var outcome = execute(mine.folder(), mine.past());
            for (var again = 1; again <= retries && outcome.status() == RunStatus.FAILED && !stop.raised(); again++) {
                watch.warns(plan.title() + " failed: " + outcome.message().orElse("") + "\n  it is tried again ("
                        + again + " of " + retries + ")");
                outcome = execute(mine.folder(), Optional.of(mine.folder().read()));
            }
            return outcome;
        } catch (RecordException | KarutaException unwritable) {
            return failed(Optional.of(mine.folder()), unwritable);
        }
    }

    private RunOutcome execute(RunFolder folder, Optional<Run> past) {
        runWatch.begin();
        var damages = new ArrayList<String>();
        var recorder = past.flatMap(kept -> RunRecorder.resume(folder, kept, damages::add))
                .orElseGet(() -> RunRecorder.begin(folder, EcoreUtil.copy(record), study));
        damages.forEach(watch::warns);
        damages.forEach(recorder::damaged);
        return new RunExecution(strategies, resources, plan, recorder, runWatch, pace).execute();
    }

    private RunOutcome failed(Optional<RunFolder> folder, RuntimeException why) {
        return new RunOutcome(plan, folder, RunStatus.FAILED, Optional.of(why.getMessage()));
    }
}
