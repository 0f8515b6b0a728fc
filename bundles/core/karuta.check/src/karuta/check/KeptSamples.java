package karuta.check;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import karuta.api.Image;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.check.Outcome.Fails;
import karuta.kit.ToyTasks;

/**
 * Old samples that are kept are counted in the footprint: nobody else holds a query or an image of a task after the next one
 * has been learned, and what is saved does not grow with the number of samples.
 *
 * <p>A summary of samples, such as the directions that they span, may grow with their variety until it is full. It differs from
 * samples in two ways: the same sample twice adds nothing to it, and each further sample adds less than the ones before.
 *
 * @param ensemble who learns
 * @param ground where
 * @param analysis whether samples come with their true tasks
 */
record KeptSamples(Ensemble ensemble, Ground ground, boolean analysis) {

    private static final int FEW = 24;
    private static final int MANY = 48;
    private static final int MOST = 192;

    /** What a further sample may add when there are many, as a share of what one adds when there are few. */
    private static final double SATURATION = 0.5;

    private static final String REMEDY =
            "Count what is kept of old samples in footprint() (samples and bytes); karuta.rehearsal does it.";

    Outcome outcome() {
        try (var run = open()) {
            var queries = new ArrayList<WeakReference<Query>>();
            var images = new ArrayList<WeakReference<Image>>();
            learn(run, Exercises.of(1, FEW), queries, images);
            second(run);
            if (run.learner().footprint().samples() > 0) {
                return new Outcome.Holds(run.learner().footprint().samples() + " are");
            }
            var held = Math.max(held(queries), held(images));
            return held > 0
                    ? new Fails(
                            "It holds " + held + " of the " + FEW + " samples of an earlier task, and counts none.",
                            "after stage 2",
                            REMEDY)
                    : saved(size(run));
        }
    }

    /** @param few what is saved where an earlier task has few samples */
    private Outcome saved(long few) {
        var many = size(Exercises.of(1, MANY));
        if (many <= few) {
            return Outcome.holds();
        }
        var once = size(Exercises.alike(1, FEW));
        var again = size(Exercises.alike(1, MANY));
        if (again > once) {
            return fails(once, again, MANY, ", all of them alike");
        }
        var most = size(Exercises.of(1, MOST));
        var first = (double) (many - few) / (MANY - FEW);
        var further = (double) (most - many) / (MOST - MANY);
        return further > SATURATION * first
                ? fails(few, most, MOST, "")
                : new Outcome.Holds("what it saves of them grows with their variety until it is full");
    }

    private static Outcome fails(long from, long to, int samples, String which) {
        return new Fails(
                "What it saves grows from " + from + " to " + to + " bytes when an earlier task has " + samples
                        + " instead of " + FEW + " samples" + which + ", and it counts none.",
                "after stage 2",
                REMEDY);
    }

    private Trial open() {
        return new Trial(ensemble, ground, analysis, List.of());
    }

    private static void second(Trial run) {
        run.forget();
        run.learn(2, ToyTasks.name(2), Exercises.of(2, FEW));
        run.forget();
    }

    /** In a method of its own, so that no local variable holds a sample. */
    private static void learn(
            Trial trial, List<Sample> samples, List<WeakReference<Query>> queries, List<WeakReference<Image>> images) {
        for (Sample sample : samples) {
            queries.add(new WeakReference<>(sample.query()));
            sample.query().images().forEach(image -> images.add(new WeakReference<>(image)));
        }
        trial.learn(1, ToyTasks.name(1), samples);
    }

    private static long held(List<? extends WeakReference<?>> references) {
        for (var attempt = 0; attempt < 5; attempt++) {
            System.gc();
            if (references.stream().allMatch(reference -> reference.get() == null)) {
                return 0;
            }
        }
        return references.stream().filter(reference -> reference.get() != null).count();
    }

    /** What is saved after two stages, the first of which has these samples. */
    private long size(List<Sample> first) {
        try (var run = open()) {
            run.learn(1, ToyTasks.name(1), first);
            second(run);
            return size(run);
        }
    }

    private static long size(Trial trial) {
        return trial.save().values().stream()
                .mapToLong(state -> state.tensors().values().stream()
                                .mapToLong(tensor ->
                                        tensor.size() * tensor.getDataType().getNumOfBytes())
                                .sum()
                        + state.metadata().values().stream()
                                .mapToLong(String::length)
                                .sum())
                .sum();
    }
}
