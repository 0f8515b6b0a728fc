package karuta.api;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.Optional;

/** A frozen encoder of images and instructions, such as CLIP. One image or text at a time; no gradients. */
public interface GuidanceEncoder extends Strategy {

    /** The factory of its components. */
    String KIND = "karuta.encoder";

    /** Hash of weights, configuration, preprocessing and the options that change a feature. */
    String fingerprint();

    /** The features that it makes, {@link Guidance#IMAGE} and {@link Guidance#TEXT} among them, with their widths. */
    Map<String, Integer> sizes();

    /**
     * The width {@code c} of a feature.
     *
     * @throws KarutaException if it makes no such feature
     */
    default int size(String feature) {
        return Optional.ofNullable(sizes().get(feature))
                .orElseThrow(() -> new KarutaException(
                        "The encoder makes no feature \"" + feature + "\"; it makes " + sizes().keySet() + ".",
                        "Use an encoder that makes it."));
    }

    /**
     * The features of an image, not normalised. A sample with several images gets their mean.
     *
     * @param image what to encode
     * @param vision what the backbone made of it; used instead of a pass of one's own if it is from the same tower
     * @return {@link Guidance#IMAGE}, {@code u}, {@code [c]}, and perhaps more
     */
    Map<String, NDArray> image(Image image, Optional<VisionFeatures> vision);

    /**
     * The features of an instruction, not normalised.
     *
     * @return {@link Guidance#TEXT}, {@code v}, {@code [c]}, and perhaps more
     */
    Map<String, NDArray> text(String instruction);
}
