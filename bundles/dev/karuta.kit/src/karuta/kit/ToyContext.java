package karuta.kit;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import karuta.api.Backbone;
import karuta.api.Guidance;
import karuta.api.GuidanceEncoder;
import karuta.api.Image;
import karuta.api.Input;
import karuta.api.KarutaException;
import karuta.api.Learner;
import karuta.api.Parameter;
import karuta.api.Query;
import karuta.api.RandomStream;
import karuta.api.State;
import karuta.api.Strategy;
import karuta.api.StrategyContext;
import karuta.api.Trainable;
import karuta.api.VisionFeatures;
import karuta.tensor.ParameterGradients;
import karuta.tensor.Scope;
import karuta.tensor.TorchEngine;

/** A run around toys. Close it at the end of a test; that frees every array. */
public final class ToyContext implements StrategyContext, AutoCloseable {

    /** Hidden size of the toy backbone, {@code d}. */
    public static final int HIDDEN = 12;

    /** Feature size of the toy encoder, {@code c}. */
    public static final int FEATURES = 6;

    private static final int LAYERS = 2;

    private final long seed;
    private final NDManager manager;
    private final Backbone backbone;
    private final GuidanceEncoder encoder;
    private final Function<Query, Optional<String>> truth;
    private final Map<Class<?>, Strategy> parts = new HashMap<>();
    private final Map<Query, Input> seen = new HashMap<>();
    private final Map<Class<?>, Supplier<? extends Strategy>> makers = new HashMap<>();

    /** A run with a study seed. */
    public ToyContext(long seed) {
        this(seed, LAYERS, query -> Optional.empty());
    }

    /**
     * A run with a deeper backbone, for strategies that act at layers which the usual one lacks.
     *
     * @param layers of the backbone
     * @param truth the task of a query, for what is used in arms that are marked {@code analysis}; mostly empty
     */
    public ToyContext(long seed, int layers, Function<Query, Optional<String>> truth) {
        TorchEngine.start();
        this.seed = seed;
        this.truth = truth;
        manager = TorchEngine.manager(Device.cpu());
        backbone = new ToyBackbone(manager, HIDDEN, layers);
        encoder = new ToyEncoder(manager, FEATURES);
    }

    /**
     * A run around models that are no toys, and that others close.
     *
     * @param truth the task of a query, for what is used in arms that are marked {@code analysis}; mostly empty
     */
    public ToyContext(long seed, Backbone backbone, GuidanceEncoder encoder, Function<Query, Optional<String>> truth) {
        TorchEngine.start();
        this.seed = seed;
        this.truth = truth;
        this.backbone = backbone;
        this.encoder = encoder;
        manager = TorchEngine.manager(Device.cpu());
    }

    /**
     * Gives wrappers a learner, of which they may also have a twin.
     *
     * @param learner makes one that is not started
     */
    public ToyContext over(Supplier<? extends Learner> learner) {
        makers.put(Learner.class, learner);
        return with(Learner.class, learner.get());
    }

    /**
     * A part of a learner that may have a twin.
     *
     * @param part makes one that is not started
     */
    public <T extends Strategy> ToyContext making(Class<T> kind, Supplier<? extends T> part) {
        makers.put(kind, part);
        return with(kind, part.get());
    }

    /** Starts a part and gives it to the strategies that ask for its kind. */
    public <T extends Strategy> ToyContext with(Class<T> kind, T part) {
        part.start(this);
        parts.put(kind, part);
        return this;
    }

    /** What the steps of a stage have changed of the parts; empty if one cannot say. */
    Optional<Map<Class<?>, State>> saveWithin() {
        var states = new HashMap<Class<?>, State>();
        for (var part : parts.entrySet()) {
            if (part.getValue() instanceof Trainable trainable) {
                var own = trainable.saveWithin();
                if (own.isEmpty()) {
                    return Optional.empty();
                }
                states.put(part.getKey(), own.get());
            }
        }
        return Optional.of(states);
    }

    void loadWithin(Map<Class<?>, State> states) {
        states.forEach((kind, state) -> ((Trainable) parts.get(kind)).loadWithin(state));
    }

    /** What the parts keep, by their kind. */
    public Map<Class<?>, State> save() {
        var states = new HashMap<Class<?>, State>();
        parts.forEach((kind, part) -> states.put(kind, part.save()));
        return states;
    }

    /** Lets parts of the same kinds take up what others kept. */
    public void load(Map<Class<?>, State> states) {
        try (var scope = Scope.open()) {
            states.forEach((kind, state) -> parts.get(kind).load(state));
        }
    }

    /** Starts the strategy under test. */
    public <T extends Strategy> T start(T strategy) {
        strategy.start(this);
        return strategy;
    }

    @Override
    public NDManager manager() {
        return manager;
    }

    @Override
    public NDArray keep(NDArray array) {
        return Scope.keep(array, manager);
    }

    @Override
    public Backbone backbone() {
        return backbone;
    }

    @Override
    public GuidanceEncoder encoder() {
        return encoder;
    }

    @Override
    public RandomStream random(String stream) {
        return RandomStream.of(seed, stream);
    }

    @Override
    public Input encode(Query query) {
        return seen.computeIfAbsent(query, this::compute);
    }

    private Input compute(Query query) {
        try (var scope = Scope.open()) {
            var vision = query.images().stream()
                    .map(backbone::encode)
                    .map(features -> new VisionFeatures(
                            features.encoderFingerprint(), keep(features.tokens()), keep(features.pooled())))
                    .toList();
            var features = new HashMap<String, NDArray>();
            encoder.text(query.instruction()).forEach((name, feature) -> features.put(name, keep(feature)));
            means(query, vision).forEach((name, feature) -> features.put(name, keep(feature)));
            var content = query.images().stream().map(Image::fingerprint).collect(Collectors.joining()) + "\n"
                    + query.earlier().stream().map(turn -> turn + "\n").collect(Collectors.joining())
                    + query.instruction();
            var key = RandomStream.of(0, content).key();
            return new Input(key, query, vision, new Guidance(features), truth.apply(query));
        }
    }

    /** Of every feature of the images, their mean. */
    private Map<String, NDArray> means(Query query, List<VisionFeatures> vision) {
        var all = new HashMap<String, NDList>();
        for (var i = 0; i < vision.size(); i++) {
            encoder.image(query.images().get(i), Optional.of(vision.get(i)))
                    .forEach((name, feature) ->
                            all.computeIfAbsent(name, none -> new NDList()).add(feature));
        }
        var means = new HashMap<String, NDArray>();
        all.forEach((name, features) -> means.put(name, NDArrays.stack(features).mean(new int[] {0})));
        return means;
    }

    /** Forgets what it was asked, so that nobody but a strategy can still hold it. */
    public void forget() {
        seen.clear();
    }

    @Override
    public <T extends Strategy> T part(Class<T> kind) {
        return Optional.ofNullable(parts.get(kind))
                .map(kind::cast)
                .orElseThrow(() -> new KarutaException(
                        "The toy context has no " + kind.getSimpleName() + ".", "Give it one: with(kind, part)."));
    }

    @Override
    public List<NDArray> gradients(Supplier<NDArray> loss, List<Parameter> of) {
        return ParameterGradients.of(loss, of);
    }

    @Override
    public Twin twin() {
        return new ToyTwin(this);
    }

    /** The kinds of parts that a twin has. */
    Set<Class<?>> kinds() {
        return makers.keySet();
    }

    /** A part of a twin, in the state of the part that it is like. */
    <T extends Strategy> T twin(Class<T> kind, StrategyContext context) {
        var maker = Optional.ofNullable(makers.get(kind))
                .orElseThrow(() -> new KarutaException(
                        "The toy context has no " + kind.getSimpleName() + " that could have a twin.",
                        "Give it one: over(learner), making(kind, part)."));
        var part = kind.cast(maker.get());
        part.start(context);
        try (var scope = Scope.open()) {
            part.load(part(kind).save());
        }
        return part;
    }

    @Override
    public void close() {
        manager.close();
    }
}
