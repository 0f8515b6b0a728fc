package karuta.api;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/** A frozen encoder of pictures and instructions into one space, such as CLIP. One sample at a time; no gradients. */
public interface GuidanceEncoder extends Strategy {

    /** The factory of its components. */
    String KIND = "karuta.encoder";

    /** Hash of weights, configuration, preprocessing and the options that change a feature. */
    String fingerprint();

    /** {@code c}. */
    int size();

    /**
     * The feature of a picture, {@code u}, {@code [c]}, not normalised.
     *
     * @param image what to encode
     * @param seen what the backbone saw; used instead of a pass of one's own if it is the same tower
     */
    NDArray image(Image image, Optional<VisionFeatures> seen);

    /** The feature of an instruction, {@code v}, {@code [c]}, not normalised. */
    NDArray text(String instruction);
}
