package karuta.engine.toy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import karuta.api.Benchmark;
import karuta.api.ReferenceScorer;
import karuta.api.Task;
import karuta.engine.catalog.Kind;
import karuta.kit.ToyContext;
import karuta.kit.ToyTasks;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A whole world of toys for studies. As an extension it ends with the test, and every strategy has been given back by then. */
public final class Toys implements AutoCloseable, AfterEachCallback {

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
    public void afterEach(ExtensionContext test) {
        try (this) {
            assertEquals(0, shelf.open(), "every strategy is given back");
        }
    }

    @Override
    public void close() {
        toys.close();
    }
}
