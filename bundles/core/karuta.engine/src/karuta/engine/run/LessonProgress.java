package karuta.engine.run;

import java.util.Locale;
import java.util.Map;
import karuta.engine.loop.RunListener;

/** Follows a lesson: tells how far it is and how long it will take, and passes on the wish to stop. */
public final class LessonProgress implements RunListener {

    private final String title;
    private final TimeEstimate forecast = new TimeEstimate(1);
    private final Lap lap = new Lap();
    private final StudyListener watch;
    private final CancellationToken stop;
    private final long answers;
    private long stepsLeft;
    private long answered;
    private double smallest = Double.POSITIVE_INFINITY;

    /**
     * @param steps that it takes at most
     * @param answers that are asked for before, and again after it
     */
    public LessonProgress(String title, long steps, long answers, StudyListener watch, CancellationToken stop) {
        this.title = title;
        this.answers = answers;
        this.watch = watch;
        this.stop = stop;
        stepsLeft = steps;
        forecast.expect(steps, 2 * answers);
    }

    @Override
    public void proceed() {
        stop.check();
    }

    @Override
    public void trained(int stage, int step, int steps, Map<String, Double> losses) {
        stepsLeft--;
        forecast.stepped(lap.seconds());
        tell("step", step + 1, steps);
    }

    @Override
    public void looked(int stage, int done, double loss) {
        smallest = Math.min(smallest, loss);
    }

    @Override
    public void answered(int stage, String task, int samples) {
        if (answered == answers) { // asked again: what it did not train it will not train
            forecast.expect(-stepsLeft, 0);
            stepsLeft = 0;
        }
        answered += samples;
        forecast.answered(samples, lap.seconds());
        var again = answered > answers;
        tell(again ? "asked after, sample" : "asked before, sample", again ? answered - answers : answered, answers);
    }

    private void tell(String what, long done, long total) {
        var loss = smallest == Double.POSITIVE_INFINITY
                ? ""
                : String.format(Locale.ROOT, " (best loss of held-out samples %.3f)", smallest);
        watch.progress(new Progress(title + loss, what, done, total, forecast.secondsLeft()));
    }
}
