package karuta.lmm;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import karuta.api.Ability;
import karuta.api.Guidance;
import karuta.api.GuidanceEncoder;
import karuta.api.Image;
import karuta.api.KarutaException;
import karuta.api.Paper;
import karuta.api.Provides;
import karuta.api.VisionFeatures;
import karuta.lmm.model.ClipFolder;
import karuta.lmm.model.Devices;
import karuta.lmm.model.Precision;
import karuta.lmm.text.ClipTokenizer;
import karuta.lmm.text.Tokenizer;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;
import karuta.tensor.Tensors;
import karuta.tensor.TorchEngine;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** A CLIP model in a local folder: the feature of an image is its projection. Any number of threads may use it. */
@Component(name = "clip", factory = GuidanceEncoder.KIND)
@Designate(ocd = ClipEncoder.Options.class)
@Paper("Radford et al.: Learning Transferable Visual Models From Natural Language Supervision, ICML 2021; features as"
        + " in Zeng et al.: ModalPrompt, EMNLP 2025")
@Provides({Ability.IMAGE_FEATURES, Ability.TEXT_FEATURES})
public final class ClipEncoder implements GuidanceEncoder {

    /** Options of this encoder. */
    @ObjectClassDefinition(name = "CLIP", description = "A CLIP model in a local Hugging Face folder.")
    public @interface Options {

        @AttributeDefinition(description = "Folder with config.json, safetensors and tokenizer.json.")
        String path();

        @AttributeDefinition(
                description =
                        "The feature of a text: the pooled state of the text tower, as in ModalPrompt's public code,"
                                + " or its projection into the common space.",
                options = {@Option("pooled"), @Option("projected")})
        String text() default "pooled";

        @AttributeDefinition(
                description = "What the weights are kept in and computed with.",
                options = {@Option("fp32"), @Option("bf16"), @Option("fp16")})
        String dtype() default "fp32";

        @AttributeDefinition(description = "Where it is computed: cpu, or gpu:0 and so on.")
        String device() default "cpu";

        @AttributeDefinition(
                description =
                        "Whether images are padded to squares rather than cropped, as LLaVA-1.5 does; the backbone"
                                + " and the encoder share what is made of an image only if both do the same. auto does what the"
                                + " model's folder says.",
                options = {@Option("auto"), @Option("true"), @Option("false")})
        String pad() default "auto";
    }

    /** What the feature of a text is. */
    public enum TextFeature {
        /** The state of the text tower at the end token. */
        POOLED,
        /** That state in the common space. */
        PROJECTED
    }

    private final NDManager manager;
    private final ClipFolder clip;
    private final Tokenizer tokenizer;
    private final ClipTokenizer tokens;
    private final TextFeature feature;

    @Activate
    public ClipEncoder(Options options) {
        this(
                new ClipFolder.Source(
                        Folders.of("encoder", options.path()),
                        Precision.valueOf(options.dtype().toUpperCase(Locale.ROOT)),
                        options.pad().equals("auto")
                                ? Optional.empty()
                                : Optional.of(options.pad().equals("true"))),
                Devices.of(options.device()),
                TextFeature.valueOf(options.text().toUpperCase(Locale.ROOT)));
    }

    /**
     * Loads a model.
     *
     * @param source where it is
     * @param device where it is computed
     * @param feature what the feature of a text is
     * @throws KarutaException if the folder is not what it should be, or text and image features differ in size
     */
    public ClipEncoder(ClipFolder.Source source, Device device, TextFeature feature) {
        TorchEngine.start();
        this.feature = feature;
        tokenizer = Tokenizer.open(source.folder());
        manager = TorchEngine.manager(device);
        try {
            clip = ClipFolder.load(source, manager);
            var config = clip.config();
            tokenizer.requireWithin(config.text().vocabulary());
            tokens = new ClipTokenizer(tokenizer, config.text().positions());
            tokens.requireEnd(config.text().end());
            var size = config.text().tower().hidden();
            if (feature == TextFeature.POOLED && size != config.projection()) {
                throw new KarutaException(
                        "The encoder's pooled texts have the size " + size + ", its images " + config.projection()
                                + ".",
                        "Set the encoder's option text to projected.");
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    @Override
    public String fingerprint() {
        return clip.fingerprint() + " " + feature;
    }

    @Override
    public Map<String, Integer> sizes() {
        var tower = clip.config().text().tower().hidden();
        return Map.of(
                Guidance.IMAGE,
                clip.config().projection(),
                Guidance.TEXT,
                feature == TextFeature.PROJECTED ? clip.config().projection() : tower);
    }

    @Override
    public Map<String, NDArray> image(Image image, Optional<VisionFeatures> vision) {
        return Autograd.noGrad(() -> {
            var same = vision.filter(features ->
                    features.encoderFingerprint().equals(clip.imageEncoder().fingerprint()));
            NDArray pooled = same.map(features -> features.pooled().expandDims(0))
                    .orElseGet(() -> clip.imageEncoder().encode(image).pooled());
            NDArray projected = clip.model().projectImage(pooled);
            return Map.of(Guidance.IMAGE, Ops.cast(projected, DataType.FLOAT32).squeeze(0));
        });
    }

    @Override
    public Map<String, NDArray> text(String instruction) {
        return Autograd.noGrad(() -> {
            var ids = tokens.encode(instruction);
            NDArray pooled = clip.model()
                    .text()
                    .forward(Tensors.of(manager, ids, new Shape(1, ids.length)))
                    .pooled();
            NDArray text = feature == TextFeature.PROJECTED ? clip.model().projectText(pooled) : pooled;
            return Map.of(Guidance.TEXT, Ops.cast(text, DataType.FLOAT32).squeeze(0));
        });
    }

    @Override
    @Deactivate
    public void close() {
        tokenizer.close();
        manager.close();
    }
}
