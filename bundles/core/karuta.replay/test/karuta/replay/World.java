package karuta.replay;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.Backbone;
import karuta.api.BackboneSpec;
import karuta.api.Benchmark;
import karuta.api.Calls;
import karuta.api.Cards;
import karuta.api.CausalLmOutput;
import karuta.api.Fusion;
import karuta.api.Image;
import karuta.api.Insert;
import karuta.api.PromptedInput;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.api.Scorer;
import karuta.api.Scores;
import karuta.api.Selection;
import karuta.api.Selector;
import karuta.api.Strategy;
import karuta.api.Task;
import karuta.api.Tokenization;
import karuta.api.VisionFeatures;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.OptionType;
import karuta.engine.catalog.Source;
import karuta.engine.catalog.Strategies;
import karuta.engine.catalog.StrategyType;
import karuta.engine.plan.Planner;
import karuta.engine.run.CancellationToken;
import karuta.engine.run.RunOptions;
import karuta.engine.run.StudyListener;
import karuta.engine.run.StudyRunner;
import karuta.kit.ToyContext;
import karuta.kit.ToyTaskPool;
import karuta.kit.ToyTasks;
import karuta.study.file.StudyReader;
import karuta.tensor.CardSimilarity;

/** Everything that a small run needs, with one fault or none. */
final class World implements Strategies, AutoCloseable {

    static final String STUDY = """
        study: planted
        seeds: [1]
        backbone: toy
        encoder: toy
        benchmark: toys
        tasks: [task0, task1]
        training: {rate: 0.1, steps: 3, batch: 4}
        arms:
          own: {learner: planted, pool: toy, selector: nearest, fusion: concat}
        """;

    static final int TRAINING = 8;
    private static final int ALL = 12;

    private final ToyContext toys = new ToyContext(1);
    private final Fault fault;

    World(Fault fault) {
        this.fault = fault;
    }

    /** Runs a study of one run, and says where that is kept. */
    Path run(String study, Path out) {
        var plan = Planner.plan(this, StudyReader.parse("planted.yaml", study));
        var options = new RunOptions(out, out.resolve("features"), 1, false, false);
        var outcome = new StudyRunner(this, plan, options, StudyListener.NOBODY, new CancellationToken())
                .run()
                .get(0);
        if (!outcome.finished()) {
            throw new AssertionError(outcome.message().orElseThrow());
        }
        return outcome.folder().orElseThrow().path();
    }

    @Override
    public List<StrategyType> types() {
        var k = new OptionType(
                "k",
                OptionType.Form.WHOLE,
                false,
                Optional.of(List.of(fault == Fault.DEFAULT ? "2" : "1")),
                OptionType.Limits.NONE,
                List.of(),
                "How many.");
        return List.of(
                type(Kind.BACKBONE, "toy"),
                type(Kind.ENCODER, "toy"),
                type(Kind.BENCHMARK, "toys"),
                type(Kind.LEARNER, "planted"),
                type(Kind.POOL, "toy"),
                type(Kind.SELECTOR, "nearest", k),
                type(Kind.FUSION, "concat"),
                type(Kind.SCORER, "exact"),
                type(Kind.SCORER, "other"));
    }

    private StrategyType type(Kind kind, String id, OptionType... options) {
        var built = fault == Fault.FUSION && kind == Kind.FUSION ? "f" : "0";
        return new StrategyType(
                kind,
                id,
                new Source("toys", "1.0.0", "plugins/toys.jar", built.repeat(64), "1".repeat(64)),
                Optional.empty(),
                "A toy.",
                List.of(options));
    }

    @Override
    public Missing missing(Kind kind, String id) {
        return new Missing("there is no " + kind.key() + " \"" + id + "\"", "look again");
    }

    @Override
    public Instance create(StrategyType type, Map<String, Object> options) {
        var strategy = make(type, options);
        return new Instance() {
            @Override
            public Strategy strategy() {
                return strategy;
            }

            @Override
            public void close() {
                strategy.close();
            }
        };
    }

    private Strategy make(StrategyType type, Map<String, Object> options) {
        return switch (type.kind()) {
            case BACKBONE -> new Speaker(toys.backbone());
            case ENCODER -> toys.encoder();
            case BENCHMARK -> new Toys();
            case POOL -> new ToyTaskPool();
            case SELECTOR ->
                new Nearest(Integer.parseInt(options.getOrDefault("k", fault == Fault.DEFAULT ? "2" : "1")
                        .toString()));
            case FUSION -> new Concat();
            case SCORER -> new Exact();
            default -> new PlantedLearner(fault);
        };
    }

    private final class Toys implements Benchmark {

        @Override
        public List<String> tasks() {
            return List.of("task0", "task1");
        }

        @Override
        public Task task(String name) {
            var samples = new ArrayList<>(ToyTasks.samples(tasks().indexOf(name), ALL));
            if (fault == Fault.TRAINING_DATA) {
                samples.set(
                        3,
                        with(samples.get(3), "another question?", samples.get(3).references()));
            }
            if (fault == Fault.TEST_DATA) {
                var last = samples.get(ALL - 1);
                samples.set(ALL - 1, with(last, last.query().instruction(), List.of("z!")));
            }
            var training = samples.subList(0, TRAINING);
            if (fault == Fault.DATA_ORDER) {
                Collections.reverse(training);
            }
            return new Task(name, training, samples.subList(TRAINING, ALL), fault == Fault.RULE ? "other" : "exact");
        }

        private Sample with(Sample sample, String question, List<String> references) {
            return new Sample(
                    sample.id(), new Query(sample.query().images().stream().findFirst(), question), references.get(0));
        }
    }

    private final class Nearest implements Selector {

        private final int k;

        Nearest(int k) {
            this.k = k;
        }

        @Override
        public List<Selection> select(Calls calls) {
            var scores = CardSimilarity.text(calls);
            if (fault == Fault.SELECTION && calls.cards().trainable().length == 0) {
                for (var row : scores) {
                    for (var i = 0; i < row.length; i++) {
                        row[i] = -row[i];
                    }
                }
            }
            return calls.top(k, scores);
        }
    }

    private final class Concat implements Fusion {

        @Override
        public List<List<Insert>> fuse(List<Choice> samples, Cards cards) {
            var none = fault == Fault.FUSION && cards.trainable().length == 0;
            return samples.stream()
                    .map(sample -> none
                            ? List.<Insert>of()
                            : sample.selection().picks().stream()
                                    .flatMap(pick -> pick.card().inserts().stream())
                                    .toList())
                    .toList();
        }
    }

    private final class Exact implements Scorer {

        @Override
        public Scores score(List<Response> responses) {
            var each = responses.stream().map(this::score).toList();
            return Scores.mean(each);
        }

        private Scores.Score score(Response response) {
            var right = response.sample().references().contains(response.answer());
            return new Scores.Score(
                    right ? 1 : fault == Fault.SCORE ? 0.5 : 0.25,
                    fault == Fault.PARSED ? "something else" : response.answer());
        }
    }

    /** The toy backbone, but for a fault. */
    private final class Speaker implements Backbone {

        private final Backbone toy;

        Speaker(Backbone toy) {
            this.toy = toy;
        }

        @Override
        public BackboneSpec spec() {
            return fault == Fault.FROZEN_WEIGHTS ? renamed(toy.spec()) : toy.spec();
        }

        private static BackboneSpec renamed(BackboneSpec spec) {
            return new BackboneSpec(
                    "f".repeat(64),
                    spec.hidden(),
                    spec.layers(),
                    spec.keyValueSize(),
                    spec.linears(),
                    spec.projector(),
                    spec.images());
        }

        @Override
        public NDArray embeddings() {
            return toy.embeddings();
        }

        @Override
        public VisionFeatures encode(Image image) {
            return toy.encode(image);
        }

        @Override
        public Optional<Tokenization> tokenization() {
            return toy.tokenization();
        }

        @Override
        public CausalLmOutput score(List<PromptedInput> batch, List<String> answers) {
            return toy.score(batch, answers);
        }

        @Override
        public List<String> generate(List<PromptedInput> batch) {
            var texts = toy.generate(batch);
            return IntStream.range(0, batch.size())
                    .mapToObj(i -> texts.get(i)
                            + (fault == Fault.ANSWER && !batch.get(i).inserts().isEmpty() ? "~" : ""))
                    .toList();
        }
    }

    @Override
    public void close() {
        toys.close();
    }
}
