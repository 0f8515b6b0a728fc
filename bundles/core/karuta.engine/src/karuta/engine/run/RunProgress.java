package karuta.engine.run;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import karuta.engine.features.Reuse;
import karuta.engine.loop.Evaluation;
import karuta.engine.loop.RunListener;
import karuta.engine.loop.StageResult;

/** Follows one run: measures, tells the study's watch, and passes on the wish to stop. */
final class RunProgress implements RunListener, AutoCloseable {

    private final String title;
    private final Workload workload;
    private final TimeEstimate forecast;
    private final Lap lap = new Lap();
    private final StudyListener watch;
    private final CancellationToken stop;
    private long stepsLeft;
    private long answersLeft;
    private long answeredOfRow;
    private long answers;
    private Reuse reused = Reuse.NONE;

    RunProgress(String title, Workload workload, TimeEstimate forecast, StudyListener watch, CancellationToken stop) {
        this.title = title;
        this.workload = workload;
        this.forecast = forecast;
        this.watch = watch;
        this.stop = stop;
        this.stepsLeft = workload.stepsAfter(0);
        this.answersLeft = workload.answersAfter(-1);
    }

    /** The run begins, perhaps once more: from here on its time counts. */
    void begin() {
        correct(workload.stepsAfter(0), workload.answersAfter(-1));
        lap.seconds();
    }

    @Override
    public void proceed() {
        stop.check();
    }

    @Override
    public void trained(int stage, int step, int steps, Map<String, Double> losses) {
        stepsLeft--;
        forecast.stepped(lap.seconds());
        tell("stage " + stage + " of " + workload.steps().size() + ", step", step + 1, steps);
    }

    @Override
    public void answered(int stage, String task, int samples) {
        answersLeft -= samples;
        answeredOfRow += samples;
        forecast.answered(samples, lap.seconds());
        tell(
                stage == 0 ? "asked before training, sample" : "asked after stage " + stage + ", sample",
                answeredOfRow,
                workload.answers());
    }

    /** Something must be known of it. */
    void warns(String message) {
        watch.warns(title + ": " + message);
    }

    /** A stage is complete and kept. */
    void completed(Optional<StageResult> result, Evaluation evaluation) {
        answeredOfRow = 0;
        answers += evaluation.answered() + evaluation.reuse().answers();
        reused = reused.plus(evaluation.reuse());
        correct(workload.stepsAfter(evaluation.stage()), workload.answersAfter(evaluation.stage()));
        result.filter(r -> r.steps() > 0)
                .ifPresent(r -> watch.says(String.format(
                        Locale.ROOT,
                        "%s: stage %d of %d (%s) learned in %.0f s; loss %s",
                        title,
                        r.stage().number(),
                        workload.steps().size(),
                        String.join(", ", r.stage().tasks()),
                        r.seconds(),
                        losses(r.losses()))));
        lap.seconds();
    }

    private static String losses(Map<String, Double> losses) {
        return losses.entrySet().stream()
                .map(term -> String.format(Locale.ROOT, "%s %.3f", term.getKey(), term.getValue()))
                .collect(Collectors.joining(", "));
    }

    private void correct(long steps, long answers) {
        forecast.expect(steps - stepsLeft, answers - answersLeft);
        stepsLeft = steps;
        answersLeft = answers;
    }

    private void tell(String what, long done, long total) {
        watch.progress(new Progress(title, what, done, total, forecast.secondsLeft()));
    }

    /** The run is over, however far it got. */
    @Override
    public void close() {
        if (reused.answers() > 0) {
            watch.says(String.format(
                    Locale.ROOT,
                    "%s: %,d of %,d answers were taken over from equal batches (%.0f %%), which saved %.1f s",
                    title,
                    reused.answers(),
                    answers,
                    100.0 * reused.answers() / answers,
                    reused.seconds()));
        }
        correct(0, 0);
    }
}
