package karuta.engine.toy;

import java.util.List;
import java.util.stream.IntStream;
import karuta.api.Benchmark;
import karuta.api.ReferenceScorer;
import karuta.api.Task;
import karuta.engine.catalog.Kind;
import karuta.kit.ToyContext;
import karuta.kit.ToyTasks;

/** A whole world of toys for studies. */
public final class Toys implements AutoCloseable {

    private static final int TASKS = 3;

    private final ToyContext toys = new ToyContext(1);
    private final Shelf shelf = new Shelf()
            .with(Kind.BACKBONE, "toy", options -> new PupilBackbone(toys.backbone()))
            .with(Kind.ENCODER, "toy", options -> toys.encoder())
            .with(Kind.BENCHMARK, "toys", options -> new ToyBenchmark(), Shelf.whole("size", 8, 1))
            .with(Kind.SCORER, "exact", options -> (ReferenceScorer) (a, b) -> a.equals(b) ? 1 : 0)
            .with(Kind.LEARNER, "pupil", options -> new Pupil());

    private record ToyBenchmark() implements Benchmark {

        @Override
        public List<String> tasks() {
            return IntStream.range(0, TASKS).mapToObj(ToyTasks::name).toList();
        }

        @Override
        public Task task(String name) {
            return Toys.task(tasks().indexOf(name));
        }
    }

    /** The i-th task: 8 training samples and 5 others. */
    public static Task task(int i) {
        var samples = ToyTasks.samples(i, 13);
        return new Task(ToyTasks.name(i), samples.subList(0, 8), samples.subList(8, 13), "exact");
    }

    /** What there is; a test may add to it. */
    public Shelf shelf() {
        return shelf;
    }

    /** Backbone, encoder, and a run to put strategies into. */
    public ToyContext context() {
        return toys;
    }

    @Override
    public void close() {
        toys.close();
    }
}
