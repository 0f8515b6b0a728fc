package karuta.engine.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import karuta.api.Backbone;
import karuta.api.GuidanceEncoder;
import karuta.api.Input;
import karuta.api.KarutaException;
import karuta.api.Learner;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.Query;
import karuta.api.RandomStream;
import karuta.api.Selector;
import karuta.api.Strategy;
import karuta.api.StrategyContext;
import karuta.engine.catalog.Kind;
import karuta.tensor.ParameterGradients;
import karuta.tensor.Scope;

/** What surrounds one strategy of a run. */
final class RunContext implements StrategyContext {

    private final RunEnvironment environment;
    private final String owner;
    private final List<? extends Strategy> parts;
    private final Map<Strategy, String> names;
    private final Optional<Supplier<Twin>> twins;
    private final Set<Strategy> asked = new HashSet<>();

    /**
     * @param environment what all strategies of the run share
     * @param owner the name of the strategy, for messages
     * @param parts started
     * @param names of the parts with their bundles, for messages
     * @param twins makes twins of the learner below, if there is one
     */
    RunContext(
            RunEnvironment environment,
            String owner,
            List<? extends Strategy> parts,
            Map<Strategy, String> names,
            Optional<Supplier<Twin>> twins) {
        this.environment = environment;
        this.owner = owner;
        this.parts = parts;
        this.names = names;
        this.twins = twins;
    }

    @Override
    public NDManager manager() {
        return environment.manager();
    }

    @Override
    public NDArray keep(NDArray array) {
        return Scope.keep(array, manager());
    }

    @Override
    public Backbone backbone() {
        return environment.frozen().backbone();
    }

    @Override
    public GuidanceEncoder encoder() {
        return environment.frozen().encoder();
    }

    @Override
    public RandomStream random(String stream) {
        return RandomStream.of(environment.seed(), stream);
    }

    @Override
    public Input encode(Query query) {
        return environment.frozen().encode(query, Optional.empty());
    }

    @Override
    public <T extends Strategy> T part(Class<T> kind) {
        var part = parts.stream()
                .filter(kind::isInstance)
                .findFirst()
                .orElseThrow(() -> new KarutaException(
                        owner + " needs a " + kind.getSimpleName() + ", and the study gives it none.",
                        "Write \"" + key(kind) + ": ...\" into the arm."));
        asked.add(part);
        if (part instanceof Selector selector && kind == Selector.class) {
            return kind.cast(steered(checked(selector)));
        }
        return kind.cast(part instanceof PromptPool pool && kind == PromptPool.class ? steered(pool) : part);
    }

    @Override
    public List<NDArray> gradients(Supplier<NDArray> loss, List<Parameter> of) {
        return ParameterGradients.of(loss, of);
    }

    @Override
    public Twin twin() {
        return twins.orElseThrow(() -> new KarutaException(
                        owner + " needs a learner below it, and the study gives it none.",
                        "Write \"over: {learner: ...}\" into the arm."))
                .get();
    }

    private Selector checked(Selector selector) {
        return new CheckedSelector(selector, names.getOrDefault(selector, "the selector"));
    }

    private Selector steered(Selector selector) {
        return environment
                .steering()
                .<Selector>map(by -> new SteeredSelector(selector, by))
                .orElse(selector);
    }

    private PromptPool steered(PromptPool pool) {
        return environment
                .steering()
                .<PromptPool>map(by -> new SteeredPool(pool, by))
                .orElse(pool);
    }

    private static String key(Class<?> kind) {
        return kind == Learner.class
                ? "over" // a wrapper's learner has parts of its own
                : Kind.of(kind).map(Kind::key).orElse(kind.getSimpleName());
    }

    /** Whether the strategy has asked for a part. */
    boolean uses(Strategy part) {
        return asked.contains(part);
    }
}
