package karuta.engine.plan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import karuta.api.Backbone;
import karuta.api.Benchmark;
import karuta.api.GuidanceEncoder;
import karuta.api.Input;
import karuta.api.KarutaException;
import karuta.api.Parameter;
import karuta.api.Query;
import karuta.api.RandomStream;
import karuta.api.Strategy;
import karuta.api.StrategyContext;
import karuta.engine.catalog.Strategies;

/** A started benchmark with the one that it goes over, if it is a wrapper. */
public final class WiredBenchmark implements AutoCloseable {

    private final Deque<Strategies.Instance> instances = new ArrayDeque<>();
    private final List<Context> contexts = new ArrayList<>();
    private final Benchmark benchmark;

    private WiredBenchmark(Strategies strategies, StrategyConfig config) {
        benchmark = create(strategies, config);
    }

    /** Makes and starts it. */
    public static WiredBenchmark of(Strategies strategies, StrategyConfig config) {
        return new WiredBenchmark(strategies, config);
    }

    private Benchmark create(Strategies strategies, StrategyConfig config) {
        try {
            var over = config.over().map(inner -> create(strategies, inner));
            var instance = strategies.create(config.type(), config.options());
            instances.push(instance);
            var context = new Context(config.type().name(), over, new AtomicBoolean(over.isEmpty()));
            contexts.add(context);
            instance.strategy().start(context);
            return (Benchmark) instance.strategy();
        } catch (RuntimeException | Error failed) {
            close();
            throw failed;
        }
    }

    /** The outermost one. */
    public Benchmark benchmark() {
        return benchmark;
    }

    /** The name of one that is no wrapper and yet has something to go over; to be asked after {@code tasks()}. */
    Optional<String> idle() {
        return contexts.stream()
                .filter(context -> !context.asked.get())
                .map(Context::owner)
                .findFirst();
    }

    @Override
    public void close() {
        while (!instances.isEmpty()) {
            instances.pop().close();
        }
    }

    /**
     * A benchmark stands before all models and runs: it can have the benchmark below it, and random numbers.
     *
     * @param owner for messages
     * @param over what it goes over
     * @param asked whether it has asked for that
     */
    private record Context(String owner, Optional<Benchmark> over, AtomicBoolean asked) implements StrategyContext {

        @Override
        public <T extends Strategy> T part(Class<T> kind) {
            asked.set(true);
            return over.filter(kind::isInstance)
                    .map(kind::cast)
                    .orElseThrow(() -> new KarutaException(
                            owner + " needs a " + kind.getSimpleName() + ", and the study gives it none.",
                            "Write \"over: ...\" into the benchmark."));
        }

        /** The same for every study seed: data are no part of a run. */
        @Override
        public RandomStream random(String stream) {
            return RandomStream.of(0, stream);
        }

        @Override
        public NDManager manager() {
            throw absent("arrays");
        }

        @Override
        public NDArray keep(NDArray array) {
            throw absent("arrays");
        }

        @Override
        public Backbone backbone() {
            throw absent("a backbone");
        }

        @Override
        public GuidanceEncoder encoder() {
            throw absent("an encoder");
        }

        @Override
        public Input encode(Query query) {
            throw absent("features");
        }

        @Override
        public List<NDArray> gradients(Supplier<NDArray> loss, List<Parameter> of) {
            throw absent("gradients");
        }

        @Override
        public Twin twin() {
            throw absent("a twin");
        }

        private KarutaException absent(String what) {
            return new KarutaException(
                    owner + " asks for " + what + ", which a benchmark cannot have: data come before models.",
                    "Mend the benchmark.");
        }
    }
}
