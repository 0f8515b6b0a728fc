package karuta.engine.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import karuta.api.Answer;
import karuta.api.Card;
import karuta.api.Input;
import karuta.api.KarutaException;
import karuta.api.PromptedInput;
import karuta.api.Query;
import karuta.api.Selection;
import karuta.api.State;
import karuta.api.Tokenization;
import karuta.engine.catalog.Strategies;
import karuta.engine.plan.RunPlan;
import karuta.engine.plan.StudyPlan;
import karuta.tensor.Autograd;
import karuta.tensor.Scope;

/** An arm that has learned, ready to be asked. One thread at a time asks it. */
public final class Consultation implements AutoCloseable {

    private final Strategies strategies;
    private final RunPlan run;
    private final Closer closer;
    private final HeldModels models;
    private final RunStrategies members;

    private Consultation(Strategies strategies, RunPlan run, Closer closer, HeldModels models, RunStrategies members) {
        this.strategies = strategies;
        this.run = run;
        this.closer = closer;
        this.models = models;
        this.members = members;
    }

    /**
     * Loads the models, and the only arm of a study with what it has learned.
     *
     * @param states what the arm's strategies kept, by place, in arrays of the manager
     * @param cache folder where features are kept
     * @throws KarutaException if the models cannot be loaded, or the states do not fit
     */
    public static Consultation open(
            Strategies strategies, StudyPlan plan, Function<NDManager, Map<String, State>> states, Path cache) {
        return of(
                strategies,
                plan.runs().get(0),
                HeldModels.load(strategies, plan.shared().orElseThrow(), cache),
                states);
    }

    private static Consultation of(
            Strategies strategies, RunPlan run, HeldModels models, Function<NDManager, Map<String, State>> states) {
        var closer = new Closer();
        return closer.fill(() -> {
            closer.add(models.hold());
            var environment = closer.add(RunEnvironment.of(run.seed(), models.frozen()));
            var members = closer.add(RunStrategies.of(strategies, run.arm(), environment));
            try (var scope = Scope.open()) {
                members.load(states.apply(environment.manager()));
            }
            return new Consultation(strategies, run, closer, models, members);
        });
    }

    /**
     * The same arm on the same models after it has learned something else. Either may be closed first.
     *
     * @param states as for {@link #open}
     */
    public Consultation with(Function<NDManager, Map<String, State>> states) {
        return of(strategies, run, models, states);
    }

    /**
     * The only arm of another study, or by other code: on the same models where the study asks for the same ones, on others that are
     * loaded where it does not. Either may be closed first, and both may be asked at the same time.
     *
     * @param states as for {@link #open}
     * @param cache folder where features are kept of other models
     * @throws KarutaException as for {@link #open}
     */
    public Consultation next(
            Strategies others, StudyPlan plan, Function<NDManager, Map<String, State>> states, Path cache) {
        return models.areOf(plan.shared().orElseThrow())
                ? of(others, plan.runs().get(0), models, states)
                : open(others, plan, states, cache);
    }

    /** The cards of its pools. They live as long as this does. */
    public List<Card> cards() {
        return members.cards().values().stream().flatMap(List::stream).toList();
    }

    /** The backbone's token embedding table, {@code [vocabulary, d]}; the scope around the call may free it. */
    public NDArray embeddings() {
        return models.frozen().backbone().embeddings();
    }

    /** Says which weights answer; see {@code Backbone}. */
    public String backbone() {
        return models.frozen().backbone().spec().fingerprint();
    }

    /** Says which weights choose. */
    public String encoder() {
        return models.frozen().encoder().fingerprint();
    }

    /** How the backbone turns texts into tokens; empty if it cannot tell. Any number of threads may use it. */
    public Optional<Tokenization> tokenization() {
        return models.frozen().backbone().tokenization();
    }

    /**
     * Answers.
     *
     * @return one per query, in their order
     */
    public List<Answer> ask(List<Query> queries) {
        try (var scope = Scope.open()) {
            return Autograd.noGrad(() -> Answer.of(models.frozen().backbone(), members.learner(), inputs(queries)));
        }
    }

    /**
     * Which cards would answer, without answering.
     *
     * @return one per query, in their order
     */
    public List<Selection> select(List<Query> queries) {
        try (var scope = Scope.open()) {
            return Autograd.noGrad(() -> members.learner().prompt(inputs(queries)).stream()
                    .map(PromptedInput::selection)
                    .toList());
        }
    }

    /** The features of a query by name, not normalised; those of a modality that it has not are missing. */
    public Map<String, float[]> features(Query query) {
        return GuidanceFeatures.of(models.frozen(), query);
    }

    private List<Input> inputs(List<Query> queries) {
        return queries.stream()
                .map(query -> models.frozen().encode(query, Optional.empty()))
                .toList();
    }

    @Override
    public void close() {
        closer.close();
    }
}
