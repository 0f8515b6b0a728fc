package karuta.engine.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import karuta.api.Card;
import karuta.api.KarutaException;
import karuta.api.Query;
import karuta.api.State;
import karuta.api.Task;
import karuta.engine.catalog.Strategies;
import karuta.engine.features.FrozenModels;
import karuta.engine.plan.StudyPlan;
import karuta.metrics.separability.CardKeys;
import karuta.metrics.separability.TaskFeatures;
import karuta.tensor.Autograd;
import karuta.tensor.Scope;

/** The frozen models of a study, to say what they make of samples and what its cards are found by. */
public final class FrozenGuidance implements AutoCloseable {

    private final Strategies strategies;
    private final StudyPlan plan;
    private final Closer closer;
    private final FrozenModels frozen;

    private FrozenGuidance(Strategies strategies, StudyPlan plan, Closer closer, FrozenModels frozen) {
        this.strategies = strategies;
        this.plan = plan;
        this.closer = closer;
        this.frozen = frozen;
    }

    /** Is told how far it is. */
    @FunctionalInterface
    public interface Watch {

        /** @param number of the sample of the task that is looked at, of so many */
        void at(String task, int number, int count);
    }

    /**
     * Loads the models.
     *
     * @param cache folder where features are kept
     * @throws KarutaException if the study names none, or they cannot be loaded
     */
    public static FrozenGuidance open(Strategies strategies, StudyPlan plan, Path cache) {
        var shared = plan.shared()
                .orElseThrow(() -> new KarutaException(
                        "The study \"" + plan.study().getName() + "\" has no backbone and no encoder.",
                        "Name a study that has."));
        var closer = new Closer();
        return closer.fill(() ->
                new FrozenGuidance(strategies, plan, closer, StudyResources.frozen(strategies, shared, closer, cache)));
    }

    /** Says which weights answer. */
    public String backbone() {
        return frozen.backbone().spec().fingerprint();
    }

    /** Says which weights choose. */
    public String encoder() {
        return frozen.encoder().fingerprint();
    }

    /** The features of a query by name, not normalised; those of a modality that it has not are missing. */
    public Map<String, float[]> features(Query query) {
        return GuidanceFeatures.of(frozen, query);
    }

    /** The features of a task's samples, of 500 to learn from and 200 to be tested with at most, evenly spread. */
    public TaskFeatures features(Task task, Watch watch) {
        return GuidanceFeatures.of(frozen, task, watch::at);
    }

    /**
     * What the cards of the study's first arm are found by, in their order; those without keys have no rows.
     *
     * @param states what the arm's strategies kept, by place, in arrays of the manager
     * @throws KarutaException if the states do not fit
     */
    public List<CardKeys> keys(Function<NDManager, Map<String, State>> states) {
        var run = plan.runs().get(0);
        try (var environment = RunEnvironment.of(run.seed(), frozen);
                var members = RunStrategies.of(strategies, run.arm(), environment);
                var scope = Scope.open()) {
            members.load(states.apply(environment.manager()));
            return Autograd.noGrad(() -> members.cards().values().stream()
                    .flatMap(List::stream)
                    .map(FrozenGuidance::keys)
                    .toList());
        }
    }

    private static CardKeys keys(Card card) {
        var rows = new HashMap<String, List<float[]>>();
        card.keys().forEach((feature, keys) -> rows.put(feature, rows(keys)));
        return new CardKeys(card.id(), rows);
    }

    /** @param keys {@code [n, width]} */
    private static List<float[]> rows(NDArray keys) {
        var width = Math.toIntExact(keys.getShape().get(keys.getShape().dimension() - 1));
        var numbers = keys.toFloatArray();
        return IntStream.range(0, numbers.length / width)
                .mapToObj(row -> Arrays.copyOfRange(numbers, row * width, (row + 1) * width))
                .toList();
    }

    @Override
    public void close() {
        closer.close();
    }
}
