package karuta.check;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import karuta.api.Image;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.check.Outcome.Fails;
import karuta.kit.ToyTasks;

/**
 * Old samples that are kept are counted in the footprint: nobody else holds a query or an image of a task after the next one
 * has been learned, and what is saved does not grow with the number of samples.
 *
 * @param ensemble who learns
 * @param ground where
 * @param analysis whether samples come with their true tasks
 */
record KeptSamples(Ensemble ensemble, Ground ground, boolean analysis) {

    private static final int FEW = 24;
    private static final int MANY = 48;
    private static final String REMEDY =
            "Count what is kept of old samples in footprint() (samples and bytes); karuta.rehearsal does it.";

    Outcome outcome() {
        try (var few = open();
                var many = open()) {
            var queries = new ArrayList<WeakReference<Query>>();
            var images = new ArrayList<WeakReference<Image>>();
            learn(few, FEW, queries, images);
            few.forget();
            few.learn(2, ToyTasks.name(2), Exercises.of(2, FEW));
            few.forget();
            if (few.learner().footprint().samples() > 0) {
                return new Outcome.Holds(few.learner().footprint().samples() + " are");
            }
            var held = Math.max(held(queries), held(images));
            if (held > 0) {
                return new Fails(
                        "It holds " + held + " of the " + FEW + " samples of an earlier task, and counts none.",
                        "after stage 2",
                        REMEDY);
            }
            learn(many, MANY, new ArrayList<>(), new ArrayList<>());
            many.forget();
            many.learn(2, ToyTasks.name(2), Exercises.of(2, FEW));
            var sizes = Stream.of(few, many).map(KeptSamples::size).toList();
            return sizes.get(0) < sizes.get(1)
                    ? new Fails(
                            "What it saves grows from " + sizes.get(0) + " to " + sizes.get(1)
                                    + " bytes when an earlier" + " task has " + MANY + " instead of " + FEW
                                    + " samples, and it counts none.",
                            "after stage 2",
                            REMEDY)
                    : Outcome.holds();
        }
    }

    private Trial open() {
        return new Trial(ensemble, ground, analysis, List.of());
    }

    /** In a method of its own, so that no local variable holds a sample. */
    private static void learn(
            Trial trial, int n, List<WeakReference<Query>> queries, List<WeakReference<Image>> images) {
        var samples = Exercises.of(1, n);
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
