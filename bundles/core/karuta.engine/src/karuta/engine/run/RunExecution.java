package karuta.engine.run;

import java.util.List;
import java.util.Optional;
import karuta.engine.catalog.Strategies;
import karuta.engine.loop.RunCancelled;
import karuta.engine.loop.StateHash;
import karuta.engine.plan.RunPlan;
import karuta.study.RunStatus;
import karuta.study.record.RecordException;
import karuta.study.record.TraceRow;
import karuta.tensor.Scope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out one run on the calling thread and sees to it that its record tells how it ended. */
final class RunExecution {

    private static final Logger log = LoggerFactory.getLogger(RunExecution.class);
    private static final String ANEW = "run the study with --anew: its runs are set aside then, and begin anew";

    private final Strategies strategies;
    private final StudyResources resources;
    private final RunPlan plan;
    private final RunRecorder recorder;
    private final RunProgress watch;
    private final CheckpointPace pace;

    /** @param recorder begun, or resumed */
    RunExecution(
            Strategies strategies,
            StudyResources resources,
            RunPlan plan,
            RunRecorder recorder,
            RunProgress watch,
            CheckpointPace pace) {
        this.strategies = strategies;
        this.resources = resources;
        this.plan = plan;
        this.recorder = recorder;
        this.watch = watch;
        this.pace = pace;
    }

    RunOutcome execute() {
        try (var logFile = new RunLog(recorder.folder().log());
                var trace = recorder.trace();
                watch) {
            log.info("{} begins", plan.title());
            recorder.damages().forEach(log::info); // for log.txt: whoever watches the study has been told
            var outcome = attempt();
            log.info("{}: {}", plan.title(), outcome.status().getLiteral());
            return outcome;
        }
    }

    private RunOutcome attempt() {
        try {
            play();
            return end(RunStatus.FINISHED, Optional.empty());
        } catch (RunCancelled stopped) {
            return end(RunStatus.INTERRUPTED, Optional.of(stopped.getMessage()));
        } catch (RuntimeException | Error failed) {
            log.error("The run failed.", failed);
            var blame = new Blame(strategies, plan.arm());
            var line = blame.place(failed).getLine();
            var message = blame.words(failed)
                    .map(words ->
                            words + "\n  in arm \"" + plan.arm().arm().getName() + "\", line " + line + " of the study")
                    .orElseGet(() -> failed + "\n  this is a defect; what led to it stands in "
                            + recorder.folder().log());
            return end(RunStatus.FAILED, Optional.of(message));
        }
    }

    private void play() {
        var meter = new Meter(resources.frozen().backbone());
        try (var run =
                WiredRun.of(strategies, plan, resources.tasks(plan.evaluated()), meter.over(resources.frozen()))) {
            var bookmark = new RunBookmark(recorder.folder(), recorder.trace(), recorder.place(), run, pace);
            bookmark.find(this::damaged);
            var loop = run.loop(
                    resources.tasks(plan.tasks()),
                    resources.tasks(plan.watched()),
                    plan,
                    false,
                    (result, evaluation, states) -> {
                        var cards = run.strategies().cards();
                        new KeptCards(recorder.folder()).keep(evaluation.stage(), cards, states);
                        var hash = StateHash.of(states);
                        recorder.trace().add(new TraceRow.End(evaluation.stage(), hash));
                        recorder.took(meter.take(evaluation.stage(), hash));
                        recorder.complete(result, evaluation, states);
                        bookmark.completed(recorder.place());
                        watch.completed(result, evaluation);
                        result.ifPresent(stage -> new CardWatch(plan.title())
                                .look(
                                        evaluation,
                                        recorder.learned(),
                                        cards.values().stream()
                                                .flatMap(List::stream)
                                                .toList()));
                    },
                    new TracedRun(watch, recorder.trace()),
                    bookmark);
            if (recorder.resumed()) {
                load(run, bookmark);
                watch.completed(Optional.empty(), recorder.last());
                loop.resume(recorder.last());
            } else {
                run.begin(plan.arm());
                loop.run();
            }
            bookmark.completed(recorder.place());
        }
    }

    private void load(WiredRun run, RunBookmark bookmark) {
        try (var scope = Scope.open()) {
            run.strategies()
                    .load(bookmark.learned()
                            .orElseGet(() ->
                                    recorder.checkpoint().read(run.environment().manager(), ANEW)));
        }
    }

    private void damaged(String what) {
        var line = what + "\n  the run goes back to what was kept before";
        log.info(line);
        watch.warns(line);
        recorder.damaged(line);
    }

    private RunOutcome end(RunStatus status, Optional<String> message) {
        try {
            recorder.end(status, message);
        } catch (RecordException unwritable) { // the disk is full, perhaps: the outcome is told all the same
            log.error("The record of the run could not be ended.", unwritable);
        }
        return new RunOutcome(plan, Optional.of(recorder.folder()), status, message);
    }
}
