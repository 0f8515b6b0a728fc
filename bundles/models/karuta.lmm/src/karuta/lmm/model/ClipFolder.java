package karuta.lmm.model;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Optional;
import karuta.lmm.config.ClipConfig;
import karuta.lmm.config.ClipNames;
import karuta.lmm.image.ImageProcessor;
import karuta.safetensors.ReadWeights;
import karuta.safetensors.StoredWeights;
import karuta.safetensors.Weights;

/**
 * A frozen CLIP out of a folder.
 *
 * @param config sizes
 * @param model the towers and projections
 * @param imageEncoder the image tower and what is done to an image before it
 * @param fingerprint names weights, configuration, preprocessing, precision and device
 */
public record ClipFolder(ClipConfig config, ClipModel model, ImageEncoder imageEncoder, String fingerprint) {

    /**
     * Where a model is and how it is loaded.
     *
     * @param folder in Hugging Face's layout
     * @param precision of weights and arithmetic
     * @param padding whether images are padded to squares; as the folder says, if empty
     */
    public record Source(Path folder, Precision precision, Optional<Boolean> padding) {}

    /**
     * Loads a model.
     *
     * @param manager gets the weights; its device computes
     * @throws karuta.api.KarutaException if a file is missing or broken, or the model is none that can be computed
     */
    public static ClipFolder load(Source source, NDManager manager) {
        var config = ClipConfig.read(source.folder);
        var processor = ImageProcessor.read(source.folder, config.vision().image());
        var padded = processor.padding(source.padding.orElse(processor.pad()));
        try (var stored = StoredWeights.open(source.folder, manager, source.precision.read())) {
            Weights named = stored.renamed(new ClipNames(stored.names()));
            return MemoryCheck.loading(
                    named,
                    source.precision,
                    manager.getDevice(),
                    () -> assemble(source.precision, padded, config, named, manager));
        }
    }

    private static ClipFolder assemble(
            Precision precision, ImageProcessor processor, ClipConfig config, Weights stored, NDManager manager) {
        var read = new ReadWeights(stored);
        var print = new Fingerprint(read);
        var model = new ClipModel(config, precision.of(print));
        read.requireAllRead();
        var how = precision + " " + manager.getDevice().getDeviceType();
        var encoder = new ImageEncoder(
                model.vision(), processor, manager, print.of("vision_model.", config.vision(), processor, how));
        return new ClipFolder(config, model, encoder, print.of("", config, processor, how));
    }
}
