package karuta.engine.run;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import karuta.api.Answer;
import karuta.api.KarutaException;
import karuta.api.Learner;
import karuta.api.Query;
import karuta.api.State;
import karuta.api.Tokenization;
import karuta.engine.catalog.Strategies;
import karuta.engine.features.FrozenModels;
import karuta.engine.plan.StudyPlan;
import karuta.tensor.Autograd;
import karuta.tensor.Scope;

/** An arm that has learned, ready to be asked. One thread at a time asks it. */
public final class Consultation implements AutoCloseable {

    private final Closer closer;
    private final FrozenModels frozen;
    private final Learner learner;

    private Consultation(Closer closer, FrozenModels frozen, Learner learner) {
        this.closer = closer;
        this.frozen = frozen;
        this.learner = learner;
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
        var run = plan.runs().get(0);
        var closer = new Closer();
        return closer.fill(() -> {
            var frozen = StudyResources.frozen(strategies, plan.shared().orElseThrow(), closer, cache);
            var environment = closer.add(RunEnvironment.of(run.seed(), frozen));
            var members = closer.add(RunStrategies.of(strategies, run.arm(), environment));
            try (var scope = Scope.open()) {
                members.load(states.apply(environment.manager()));
            }
            return new Consultation(closer, frozen, members.learner());
        });
    }

    /** Says which weights answer; see {@code Backbone}. */
    public String backbone() {
        return frozen.backbone().spec().fingerprint();
    }

    /** Says which weights choose. */
    public String encoder() {
        return frozen.encoder().fingerprint();
    }

    /** How the backbone turns texts into tokens; empty if it cannot tell. Any number of threads may use it. */
    public Optional<Tokenization> tokenization() {
        return frozen.backbone().tokenization();
    }

    /**
     * Answers.
     *
     * @return one per query, in their order
     */
    public List<Answer> ask(List<Query> queries) {
        try (var scope = Scope.open()) {
            return Autograd.noGrad(() -> Answer.of(
                    frozen.backbone(),
                    learner,
                    queries.stream()
                            .map(query -> frozen.encode(query, Optional.empty()))
                            .toList()));
        }
    }

    @Override
    public void close() {
        closer.close();
    }
}
