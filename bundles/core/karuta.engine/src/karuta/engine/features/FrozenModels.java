package karuta.engine.features;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import karuta.api.Backbone;
import karuta.api.Guidance;
import karuta.api.GuidanceEncoder;
import karuta.api.Image;
import karuta.api.Input;
import karuta.api.KarutaException;
import karuta.api.PromptedInput;
import karuta.api.Query;
import karuta.api.Strategy;
import karuta.api.VisionFeatures;
import karuta.tensor.Autograd;
import karuta.tensor.Scope;
import karuta.tensor.TorchEngine;

/**
 * The backbone and the encoder of a study, and what they make of queries. Shared by all runs of the study, which may
 * run at the same time.
 */
public final class FrozenModels implements AutoCloseable {

    private final Backbone backbone;
    private final GuidanceEncoder encoder;
    private final FeatureCache cache;
    private final NDManager manager;
    private final Device device;
    private final Optional<AnswerMemory> memory;

    /**
     * @param backbone started
     * @param encoder started
     * @param numerics names what else the bits of a feature depend on, beside the device: library version, threads
     * @param folder where features are kept between runs; features of other models do not get in the way
     */
    public FrozenModels(Backbone backbone, GuidanceEncoder encoder, String numerics, Path folder) {
        this.backbone = backbone;
        this.encoder = encoder;
        try (var scope = Scope.open()) {
            this.device = backbone.embeddings().getDevice();
        }
        var model = Hash.of(backbone.spec().fingerprint(), encoder.fingerprint(), device.toString(), numerics);
        this.cache = new FeatureCache(
                folder.resolve(model.hex().substring(0, 16)),
                Runtime.getRuntime().maxMemory() / 4,
                CacheLimit.ofUser());
        this.manager = TorchEngine.manager(device);
        this.memory = Optional.empty();
    }

    private FrozenModels(FrozenModels others, Backbone backbone, Optional<AnswerMemory> memory) {
        this.backbone = backbone;
        this.memory = memory;
        encoder = others.encoder;
        cache = others.cache;
        manager = others.manager;
        device = others.device;
    }

    /**
     * The same parts, reached through another backbone, which passes on what it is asked. They are closed with these.
     *
     * @param door made of this backbone
     */
    public FrozenModels through(Backbone door) {
        return new FrozenModels(this, door, Optional.empty());
    }

    /**
     * The same parts with what they remember, reached through a backbone that says the same as this one. They are closed with
     * these.
     *
     * @param door made of this backbone
     */
    public FrozenModels observed(Backbone door) {
        return new FrozenModels(this, door, memory);
    }

    /** The same parts, which do not answer the same batch twice. They are closed with these. */
    public FrozenModels remembering(AnswerMemory answers) {
        return new FrozenModels(this, backbone, Optional.of(answers));
    }

    /**
     * What the backbone answers to a batch.
     *
     * @param asked what a learner was given
     * @param batch what it made of that
     */
    public AnswerMemory.Told answer(List<Input> asked, List<PromptedInput> batch) {
        return memory.map(answers -> answers.answer(backbone, asked, batch))
                .orElseGet(() -> new AnswerMemory.Told(backbone.generate(batch), Reuse.NONE));
    }

    /** The frozen model. */
    public Backbone backbone() {
        return backbone;
    }

    /** The frozen encoder. */
    public GuidanceEncoder encoder() {
        return encoder;
    }

    /** Where the backbone computes. */
    public Device device() {
        return device;
    }

    /** Computes what is not there yet, so that {@link #encode} need not. */
    public void prepare(Query query) {
        var keys = Stream.concat(
                query.images().stream().flatMap(image -> Stream.of(visionKey(image), imageKey(image))),
                instruction(query).stream().map(FrozenModels::textKey));
        if (!keys.allMatch(cache::has)) {
            try (var scope = Scope.open()) {
                encode(query, Optional.empty());
            }
        }
    }

    /**
     * What they make of a query. The scope around the call frees the arrays.
     *
     * @param query what is asked
     * @param trueTask the true task, for an arm that may see it
     */
    public Input encode(Query query, Optional<String> trueTask) {
        var vision = query.images().stream().map(this::vision).toList();
        return new Input(key(query), query, vision, guidance(query), trueTask);
    }

    /** The encoder's features of a query. The scope around the call frees the arrays. */
    public Guidance guidance(Query query) {
        var features =
                new HashMap<>(mean(query.images().stream().map(this::image).toList()));
        instruction(query).map(this::text).ifPresent(features::putAll);
        return new Guidance(features);
    }

    /** One image is as it is. */
    private static Map<String, NDArray> mean(List<Map<String, NDArray>> images) {
        if (images.size() < 2) {
            return images.stream().findFirst().orElse(Map.of());
        }
        var means = new HashMap<String, NDArray>();
        for (var name : images.get(0).keySet()) {
            var each = new NDList(images.stream().map(image -> image.get(name)).toList());
            means.put(name, NDArrays.stack(each).mean(new int[] {0}));
        }
        return means;
    }

    /** A number made of a query's content alone. */
    private static long key(Query query) {
        var texts = new ArrayList<String>();
        if (query.images().isEmpty()) {
            texts.add("");
        }
        query.images().forEach(image -> texts.add(image.fingerprint()));
        query.earlier().forEach(turn -> texts.addAll(List.of(turn.question(), turn.answer())));
        texts.add(query.instruction());
        return Hash.of(texts.toArray(String[]::new)).bits();
    }

    private static String visionKey(Image image) {
        return Hash.of("vision", image.fingerprint()).hex();
    }

    private static String imageKey(Image image) {
        return Hash.of("image features", image.fingerprint()).hex();
    }

    private static String textKey(String instruction) {
        return Hash.of("text features", instruction).hex();
    }

    private VisionFeatures vision(Image image) {
        var known = cache.get(
                visionKey(image),
                () -> frozen(() -> {
                    var vision = backbone.encode(image);
                    return new CacheEntry(
                            vision.encoderFingerprint(),
                            List.of(feature(backbone, vision.tokens()), feature(backbone, vision.pooled())));
                }));
        var features = known.features();
        return new VisionFeatures(
                known.note(), features.get(0).in(manager), features.get(1).in(manager));
    }

    private Map<String, NDArray> image(Image image) {
        return named(imageKey(image), () -> encoder.image(image, Optional.of(vision(image))));
    }

    private Map<String, NDArray> text(String instruction) {
        return named(textKey(instruction), () -> encoder.text(instruction));
    }

    /** Whoever says nothing has no text. */
    private static Optional<String> instruction(Query query) {
        return Optional.of(query.instruction()).filter(instruction -> !instruction.isBlank());
    }

    /** The entry's note holds the names. */
    private Map<String, NDArray> named(String key, Supplier<Map<String, NDArray>> made) {
        var entry = cache.get(
                key,
                () -> frozen(() -> {
                    var features = new TreeMap<>(made.get());
                    return new CacheEntry(
                            String.join("\n", features.keySet()),
                            features.values().stream()
                                    .map(array -> feature(encoder, array))
                                    .toList());
                }));
        var names = entry.note().lines().toList();
        var features = new HashMap<String, NDArray>();
        for (var i = 0; i < names.size(); i++) {
            features.put(names.get(i), entry.features().get(i).in(manager));
        }
        return features;
    }

    /** Nothing is like a feature that is not a number, and everything would be kept. */
    private static FloatTensor feature(Strategy maker, NDArray array) {
        var feature = FloatTensor.of(array);
        for (var number : feature.numbers()) {
            if (!Float.isFinite(number)) {
                throw new KarutaException(
                        maker.getClass().getName() + " makes features that are NaN or infinite of an image or a text.",
                        "Check its model's weights; if they are too large for dtype fp16, try bf16 or fp32.");
            }
        }
        return feature;
    }

    private static CacheEntry frozen(Supplier<CacheEntry> work) {
        try (var scope = Scope.open()) {
            return Autograd.noGrad(work);
        }
    }

    /** Brings to disk what was computed. */
    public void flush() {
        cache.flush();
    }

    /** Frees the cache; the backbone and the encoder belong to who made them. */
    @Override
    public void close() {
        cache.close();
        manager.close();
    }
}
