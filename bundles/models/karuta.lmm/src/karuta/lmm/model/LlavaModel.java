package karuta.lmm.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import karuta.api.KarutaException;
import karuta.lmm.config.ClipNames;
import karuta.lmm.config.LlavaConfig;
import karuta.lmm.config.LlavaNames;
import karuta.lmm.image.ImageProcessor;
import karuta.safetensors.ReadWeights;
import karuta.safetensors.StoredWeights;
import karuta.safetensors.Weights;
import karuta.tensor.LoraLayer;
import karuta.tensor.Ops;

/**
 * A frozen LLaVA-1.5 (Liu et al.: Improved Baselines with Visual Instruction Tuning, CVPR 2024).
 *
 * @param config sizes
 * @param imageEncoder image tower
 * @param projector from the tower to the decoder
 * @param llama decoder
 * @param fingerprint names weights, configuration, preprocessing, precision and device
 */
public record LlavaModel(
        LlavaConfig config, ImageEncoder imageEncoder, Projector projector, Llama llama, String fingerprint) {

    private static final String TOWER = "vision_model.";

    /**
     * Where a model is and how it is loaded.
     *
     * @param folder in Hugging Face's layout
     * @param tower folder of the CLIP model whose tower is used, for models that lack one
     * @param precision of weights and arithmetic
     * @param padding whether images are padded to squares; as the folder says, if empty
     */
    public record Source(Path folder, Optional<Path> tower, Precision precision, Optional<Boolean> padding) {}

    /**
     * Loads a model.
     *
     * @param manager gets the weights; its device computes
     * @throws KarutaException if a file is missing or broken, or the model is none that can be computed
     */
    public static LlavaModel load(Source source, NDManager manager) {
        return load(source, manager, config -> processor(source, config), Map.of());
    }

    /**
     * Loads a model for images that are preprocessed already; its folder need not say how that is done.
     *
     * @param manager gets the weights; its device computes
     * @param adapters low-rank additions to weights, by the names that {@link LlavaNames} gives these, without {@code
     *     .weight}; where the loading is recorded, gradients flow into them
     * @throws KarutaException as {@link #load}
     */
    public static LlavaModel loadForPreprocessed(Source source, NDManager manager, Map<String, LoraLayer> adapters) {
        return load(
                source, manager, config -> ImageProcessor.square(config.vision().image()), adapters);
    }

    private static LlavaModel load(
            Source source,
            NDManager manager,
            Function<LlavaConfig, ImageProcessor> processor,
            Map<String, LoraLayer> adapters) {
        var config = LlavaConfig.read(source.folder, source.tower);
        var type = source.precision.read();
        try (var own = StoredWeights.open(source.folder, manager, type)) {
            Weights named = own.renamed(new LlavaNames());
            if (named.names().stream().anyMatch(name -> name.startsWith(TOWER)) || source.tower.isEmpty()) {
                return load(source, processor.apply(config), config, named, manager, adapters);
            }
            try (var other = StoredWeights.open(source.tower.get(), manager, type)) {
                var names = new ClipNames(other.names());
                Weights tower = other.renamed(name -> names.apply(name).filter(clip -> clip.startsWith(TOWER)));
                return load(source, processor.apply(config), config, named.with(tower), manager, adapters);
            }
        }
    }

    private static ImageProcessor processor(Source source, LlavaConfig config) {
        var original = config.layout() == LlavaConfig.Layout.ORIGINAL;
        var processor = ImageProcessor.read(
                original ? source.tower.orElse(source.folder) : source.folder,
                config.vision().image());
        return processor.padding(source.padding.orElse(processor.pad() || config.pad()));
    }

    private static LlavaModel load(
            Source source,
            ImageProcessor processor,
            LlavaConfig config,
            Weights stored,
            NDManager manager,
            Map<String, LoraLayer> adapters) {
        return MemoryCheck.loading(
                stored,
                source.precision,
                manager.getDevice(),
                () -> assemble(source.precision, processor, config, stored, manager, adapters));
    }

    private static LlavaModel assemble(
            Precision precision,
            ImageProcessor processor,
            LlavaConfig config,
            Weights stored,
            NDManager manager,
            Map<String, LoraLayer> adapters) {
        var read = new ReadWeights(stored);
        var print = new Fingerprint(read);
        var weights = precision.of(adapters.isEmpty() ? print : new AdaptedWeights(print, adapters));
        var vision = new ClipVision(config.vision(), weights);
        var projector = new Projector(config, weights);
        var llama = new Llama(config.text(), weights);
        read.requireAllRead();
        var how = precision + " " + manager.getDevice().getDeviceType();
        var encoder = new ImageEncoder(vision, processor, manager, print.of(TOWER, config.vision(), processor, how));
        return new LlavaModel(config, encoder, projector, llama, print.of("", config, processor, how));
    }

    /**
     * The weight of a linear layer of decoder or projector.
     *
     * @param linear its name in {@link karuta.api.BackboneSpec}
     * @return {@code [out, in]}, a float32 copy
     * @throws KarutaException if there is none of that name
     */
    public NDArray weight(String linear) {
        NDArray weight = llama.weight(linear)
                .or(() -> projector.weight(linear))
                .orElseThrow(() -> new KarutaException(
                        "The model has no linear layer " + linear + ".",
                        "Ask for one that the backbone's spec() lists, such as layers.0.self_attn.q_proj or"
                                + " multi_modal_projector.linear_1."));
        return weight.getDataType() == DataType.FLOAT32 ? weight.duplicate() : Ops.cast(weight, DataType.FLOAT32);
    }

    /**
     * The states that become visual tokens, out of all states of the tower.
     *
     * @return float32, {@code [batch, tokens, feature size]}
     */
    public NDArray visualTokens(ClipVision.States states) {
        var hidden = states.hidden();
        var chosen = new NDList();
        for (var layer : config.featureLayers()) {
            chosen.add(Ops.cast(hidden.get(layer < 0 ? hidden.size() + layer : layer), DataType.FLOAT32));
        }
        NDArray features = chosen.size() == 1 ? chosen.get(0) : NDArrays.concat(chosen, -1);
        return config.classToken() ? features : features.get(new NDIndex(":, 1:"));
    }
}
