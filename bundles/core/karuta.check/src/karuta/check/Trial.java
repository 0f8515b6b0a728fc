package karuta.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import karuta.api.Batch;
import karuta.api.Card;
import karuta.api.Forward;
import karuta.api.Input;
import karuta.api.Learner;
import karuta.api.PromptPool;
import karuta.api.PromptedInput;
import karuta.api.Sample;
import karuta.api.State;
import karuta.api.Strategy;
import karuta.api.StrategyContext;
import karuta.api.Trainable;
import karuta.check.Made.Maker;
import karuta.kit.ToyContext;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTraining;
import karuta.tensor.Autograd;
import karuta.tensor.Scope;

/** One run of an ensemble: everything is made afresh, and freed at the end. */
final class Trial implements AutoCloseable {

    private static final int STEPS = 3;
    private static final double RATE = 0.003;

    private final Ensemble ensemble;
    private final ToyContext context;
    private final Deque<AutoCloseable> made = new ArrayDeque<>();
    private final ToyTraining training;

    /**
     * @param analysis whether samples come with their true tasks
     * @param watches look at what happens
     */
    Trial(Ensemble ensemble, Ground ground, boolean analysis, List<Watch> watches) {
        this.ensemble = ensemble;
        context = ground.open(analysis ? ToyTasks::task : query -> Optional.empty());
        try {
            ensemble.parts().forEach(this::give);
            ensemble.over().ifPresent(below -> context.over(supplier(below)));
            var learner = context.start(make(ensemble.learner()));
            training = new ToyTraining(new Watched(learner, this, watches), context);
        } catch (RuntimeException | Error failed) {
            close();
            throw failed;
        }
    }

    private <T extends Strategy> void give(Ensemble.Part<T> part) {
        context.making(part.kind(), supplier(part.maker()));
    }

    private <T extends Strategy> Supplier<T> supplier(Maker<? extends T> maker) {
        return () -> make(maker);
    }

    private <T extends Strategy> T make(Maker<? extends T> maker) {
        var fresh = maker.make();
        made.push(fresh);
        return fresh.strategy();
    }

    StrategyContext context() {
        return context;
    }

    /** Learns a task with some samples. */
    Map<String, Double> learn(int number, String task, List<Sample> samples) {
        return training.stage(number, task, samples, STEPS, RATE);
    }

    /** Learns the first tasks, one after the other. */
    Trial learn(int tasks) {
        for (var task = 1; task <= tasks; task++) {
            learn(task, ToyTasks.name(task), Exercises.of(task, Exercises.EACH));
        }
        return this;
    }

    /** The samples as the learner gets them. */
    List<Input> inputs(List<Sample> samples) {
        return samples.stream().map(sample -> context.encode(sample.query())).toList();
    }

    /** What is said to samples in one batch; each with the first answer of its task. */
    List<Said> ask(List<Sample> samples) {
        return ask(samples, inputs(samples));
    }

    /** What is said to samples as they were encoded. */
    List<Said> ask(List<Sample> samples, List<Input> inputs) {
        return Autograd.noGrad(() -> {
            try (var scope = Scope.open()) {
                var answers = samples.stream().map(Sample::answer).toList();
                var prompted = training.learner().prompt(inputs);
                var forward = Forward.of(context.backbone(), new Batch(inputs, answers), prompted);
                return Said.of(forward, cards());
            }
        });
    }

    /** What the backbone says without a learner. */
    List<Said> bare(List<Sample> samples) {
        return Autograd.noGrad(() -> {
            try (var scope = Scope.open()) {
                var inputs = inputs(samples);
                var answers = samples.stream().map(Sample::answer).toList();
                var prompted = inputs.stream()
                        .map(input -> new PromptedInput(input, List.of()))
                        .toList();
                return Said.of(Forward.of(context.backbone(), new Batch(inputs, answers), prompted), List.of());
            }
        });
    }

    /** The cards of the pool; none without one. */
    List<Card> cards() {
        return ensemble.plays() ? context.part(PromptPool.class).cards() : List.of();
    }

    /** The learner itself. */
    Learner learner() {
        return ((Watched) training.learner()).learner();
    }

    /** The learner and its parts, by what they are. */
    Map<String, Trainable> members() {
        var members = new LinkedHashMap<String, Trainable>();
        members.put("learner", learner());
        ensemble.parts().forEach(part -> add(part.kind(), members));
        if (ensemble.over().isPresent()) {
            members.put("over", context.part(Learner.class));
        }
        return members;
    }

    private <T extends Strategy> void add(Class<T> kind, Map<String, Trainable> members) {
        if (context.part(kind) instanceof Trainable trainable) {
            members.put(kind == PromptPool.class ? "pool" : kind.getSimpleName().toLowerCase(Locale.ROOT), trainable);
        }
    }

    /** What all keep, by who keeps it. */
    Map<String, State> save() {
        var states = new TreeMap<String, State>();
        members().forEach((name, member) -> states.put(name, member.save()));
        return states;
    }

    /** All bits of what is kept, as lines that can be compared. */
    List<String> kept() {
        var lines = new ArrayList<String>();
        Autograd.noGrad(() -> {
            try (var scope = Scope.open()) {
                describe(lines);
                return lines;
            }
        });
        return lines;
    }

    private void describe(List<String> lines) {
        save().forEach((name, state) -> {
            new TreeMap<>(state.metadata()).forEach((key, text) -> lines.add(name + " " + key + " = " + text));
            new TreeMap<>(state.tensors())
                    .forEach((key, tensor) -> lines.add(name + " " + key + " " + tensor.getShape() + " "
                            + HexFormat.of().formatHex(tensor.toByteArray())));
        });
    }

    /** Forgets all samples. */
    void forget() {
        context.forget();
    }

    @Override
    public void close() {
        while (!made.isEmpty()) {
            try {
                made.pop().close();
            } catch (RuntimeException failed) {
                throw failed;
            } catch (Exception failed) {
                throw new IllegalStateException("a strategy cannot be closed", failed);
            }
        }
        context.close();
    }
}
