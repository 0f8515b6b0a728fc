package karuta.fidelity;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import karuta.api.Batch;
import karuta.api.Fusion;
import karuta.api.Input;
import karuta.api.Learner;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.PromptedInput;
import karuta.api.Sample;
import karuta.api.Selector;
import karuta.api.Stage;
import karuta.kit.ToyContext;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTraining;
import karuta.tensor.Autograd;
import karuta.tensor.Scope;

/** An arm that is played on the toys. */
final class Play implements AutoCloseable {

    private static final int SAMPLES = 4;
    private static final int STEPS = 2;

    private final ToyContext context;
    private final PromptPool pool;
    private final ToyTraining training;
    private final Runnable release;

    /**
     * @param wished values of options, where the arm's strategies have them
     * @param seed of the run
     */
    Play(Arm arm, Map<String, Object> wished, long seed) {
        release = arm.release();
        context = new ToyContext(seed);
        try {
            pool = arm.pool().with(wished);
            context.with(PromptPool.class, pool)
                    .with(Selector.class, arm.selector().with(wished))
                    .with(Fusion.class, arm.fusion().with(wished));
            Learner learner = arm.learner().with(wished);
            training = new ToyTraining(context.start(learner), context);
        } catch (RuntimeException | Error failed) {
            close();
            throw failed;
        }
    }

    ToyContext context() {
        return context;
    }

    ToyTraining training() {
        return training;
    }

    PromptPool pool() {
        return pool;
    }

    static Stage stage(int number) {
        return new Stage(number, List.of(ToyTasks.name(number)));
    }

    static List<Sample> samples(int task) {
        return ToyTasks.samples(task, SAMPLES);
    }

    /** Begins a stage; what it trains is ready for gradients. */
    List<Parameter> open(int number) {
        return training.open(stage(number), samples(number));
    }

    Batch batch(int number) {
        return training.batch(samples(number));
    }

    void train(int number, double rate) {
        training.train(stage(number), samples(number), STEPS, rate);
    }

    void close(int number) {
        training.close(stage(number), samples(number));
    }

    /** What is put in at inference. */
    List<PromptedInput> prompted(List<Input> inputs) {
        return Autograd.noGrad(() -> training.learner().prompt(inputs));
    }

    /** What is put in at the first step of a stage. */
    List<PromptedInput> prompted(List<Input> inputs, int stage) {
        return Autograd.noGrad(() -> training.learner().prompt(inputs, training.step(stage(stage))));
    }

    /** The cards as they are now; empty if one of them is no prototype prompt. */
    Optional<List<Prompt>> prompts() {
        return scoped(() -> {
            var prompts = pool.cards().stream().map(Prompt::of).toList();
            return prompts.stream().allMatch(Optional::isPresent)
                    ? Optional.of(prompts.stream().map(Optional::orElseThrow).toList())
                    : Optional.empty();
        });
    }

    /** What it makes must be no arrays. */
    static <T> T scoped(Supplier<T> work) {
        try (var scope = Scope.open()) {
            return work.get();
        }
    }

    @Override
    public void close() {
        release.run();
        context.close();
    }
}
