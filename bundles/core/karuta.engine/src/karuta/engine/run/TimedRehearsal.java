package karuta.engine.run;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import karuta.api.State;
import karuta.engine.catalog.Strategies;
import karuta.engine.loop.Bookmark;
import karuta.engine.loop.ContinualLoop;
import karuta.engine.loop.RunListener;
import karuta.engine.loop.Tasks;
import karuta.engine.plan.RunPlan;
import org.eclipse.emf.ecore.util.EcoreUtil;

/**
 * Some steps and answers of an arm, with batches as large as those of the true run, to know what that will take. Two tasks are
 * learned, so that what later tasks add shows.
 *
 * @param workload what the true run has to do
 * @param secondsPerStep of the optimiser
 * @param secondsPerAnswer that is generated
 * @param bytes that the true run will leave
 */
record TimedRehearsal(Workload workload, double secondsPerStep, double secondsPerAnswer, long bytes) {

    private static final int STEPS = 4;

    /** Bytes of a prediction beside its texts. */
    private static final int LINE = 200;

    /** Checkpoints that a finished run keeps. */
    private static final int CHECKPOINTS = 2;

    static TimedRehearsal of(Strategies strategies, RunPlan plan, StudyResources resources, CancellationToken stop) {
        var all = resources.tasks(plan.tasks());
        var watched = resources.tasks(plan.watched());
        var training = EcoreUtil.copy(plan.training());
        training.setSteps(STEPS);
        var few = new RunPlan(plan.arm(), plan.seed(), plan.order(), plan.tasks(), plan.watched(), training);
        try (var run = WiredRun.of(strategies, few, resources.tasks(plan.evaluated()), resources.frozen())) {
            run.begin(plan.arm());
            var batch = training.getBatch();
            var small = all.stream()
                    .limit(DryRun.TASKS)
                    .map(task -> task.with(
                            task.train().stream().limit(batch).toList(),
                            task.test().stream().limit(ContinualLoop.ASKED).toList()))
                    .toList();
            var stopwatch = new Stopwatch(stop);
            var kept = new ArrayList<Long>();
            var lines = new AtomicLong();
            run.loop(
                            small,
                            List.of(),
                            few,
                            false,
                            (result, evaluation, states) -> {
                                kept.add(bytes(states));
                                evaluation
                                        .predictions()
                                        .forEach(prediction -> lines.addAndGet(LINE
                                                + prediction.prompt().length()
                                                + prediction.text().length()));
                                stopwatch.lap();
                            },
                            stopwatch,
                            Bookmark.NONE)
                    .run();
            var whole = new Tasks(all, watched, Map.of());
            var stages = ContinualLoop.stages(run.strategies().learner(), plan.tasks()).stream()
                    .map(stage -> stopwatch.steps.units() == 0 ? 0L : whole.steps(stage, plan.training()))
                    .toList();
            var workload = new Workload(stages, whole.testSize());
            var perLine = lines.get() / Math.max(1, stopwatch.answered);
            return new TimedRehearsal(
                    workload,
                    stopwatch.steps.mean(),
                    stopwatch.answers.mean(),
                    CHECKPOINTS * last(kept, stages.size()) + perLine * workload.answersAfter(-1));
        }
    }

    /** What the last checkpoint will take, if every stage adds as much as the second one has. */
    private static long last(List<Long> kept, int stages) {
        var now = kept.get(kept.size() - 1);
        var added = kept.size() < DryRun.TASKS + 1 ? 0 : now - kept.get(kept.size() - 2);
        return now + added * Math.max(0, stages - DryRun.TASKS);
    }

    private static long bytes(Map<String, State> states) {
        return states.values().stream()
                .flatMap(state -> state.tensors().values().stream())
                .mapToLong(TimedRehearsal::bytes)
                .sum();
    }

    private static long bytes(NDArray array) {
        return array.size() * array.getDataType().getNumOfBytes();
    }

    /** Seconds of one thing each, without the first time, which compiles and warms up. */
    private static final class Pace {

        private long calls;
        private long units;
        private double seconds;

        void took(long done, double time) {
            if (calls++ > 0) {
                units += done;
                seconds += time;
            }
        }

        long units() {
            return units;
        }

        double mean() {
            return units == 0 ? 0 : seconds / units;
        }
    }

    private static final class Stopwatch implements RunListener {

        private final CancellationToken stop;
        private final Pace steps = new Pace();
        private final Pace answers = new Pace();
        private long answered;
        private long since = System.nanoTime();

        Stopwatch(CancellationToken stop) {
            this.stop = stop;
        }

        @Override
        public void proceed() {
            stop.check();
        }

        @Override
        public void trained(int stage, int step, int all, Map<String, Double> losses) {
            steps.took(1, lap());
        }

        @Override
        public void answered(int stage, String task, int samples) {
            answered += samples;
            answers.took(samples, lap());
        }

        double lap() {
            var now = System.nanoTime();
            var seconds = (now - since) / 1e9;
            since = now;
            return seconds;
        }
    }
}
