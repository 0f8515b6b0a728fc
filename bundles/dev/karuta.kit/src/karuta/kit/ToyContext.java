package karuta.kit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import karuta.api.Backbone;
import karuta.api.Guidance;
import karuta.api.GuidanceEncoder;
import karuta.api.Image;
import karuta.api.Input;
import karuta.api.KarutaException;
import karuta.api.Query;
import karuta.api.RandomStream;
import karuta.api.Strategy;
import karuta.api.StrategyContext;
import karuta.api.VisionFeatures;
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
    private final ToyBackbone backbone;
    private final ToyEncoder encoder;
    private final Map<Class<?>, Strategy> parts = new HashMap<>();
    private final Map<Query, Input> seen = new HashMap<>();

    /** A run with a study seed. */
    public ToyContext(long seed) {
        TorchEngine.start();
        this.seed = seed;
        manager = NDManager.newBaseManager();
        backbone = new ToyBackbone(manager, HIDDEN, LAYERS);
        encoder = new ToyEncoder(manager, FEATURES);
    }

    /** Starts a part and gives it to the strategies that ask for its kind. */
    public <T extends Strategy> ToyContext with(Class<T> kind, T part) {
        part.start(this);
        parts.put(kind, part);
        return this;
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
        return seen.computeIfAbsent(query, this::look);
    }

    private Input look(Query query) {
        try (var scope = Scope.open()) {
            var vision = query.image()
                    .map(backbone::encode)
                    .map(seen ->
                            new VisionFeatures(seen.encoderFingerprint(), keep(seen.tokens()), keep(seen.pooled())));
            var image = query.image().map(seen -> keep(encoder.image(seen, vision)));
            var guidance = new Guidance(image, Optional.of(keep(encoder.text(query.instruction()))));
            var content = query.image().map(Image::fingerprint).orElse("") + "\n"
                    + query.earlier().stream().map(turn -> turn + "\n").collect(Collectors.joining())
                    + query.instruction();
            return new Input(RandomStream.of(0, content).key(), query, vision, guidance, Optional.empty());
        }
    }

    @Override
    public <T extends Strategy> T part(Class<T> kind) {
        return Optional.ofNullable(parts.get(kind))
                .map(kind::cast)
                .orElseThrow(() -> new KarutaException(
                        "The toy context has no " + kind.getSimpleName() + ".", "Give it one: with(kind, part)."));
    }

    @Override
    public void close() {
        manager.close();
    }
}
