package karuta.tiny;

import ai.djl.ndarray.NDArray;
import karuta.lmm.config.ClipConfig;
import karuta.lmm.model.ClipModel;
import karuta.lmm.model.ClipVision;

/**
 * The CLIP that is being trained.
 *
 * @param config its sizes
 * @param clip the model
 * @param weights what it is made of
 * @param vocabulary of its text tower
 */
record TinyClip(ClipConfig config, ClipModel clip, InitialWeights weights, Vocabulary vocabulary) {

    /** A model with new weights. */
    static TinyClip of(ClipConfig config, InitialWeights weights, Vocabulary vocabulary) {
        return new TinyClip(config, new ClipModel(config, weights), weights, vocabulary);
    }

    /** What LLaVA uses of an image: the patches after the last layer but one, {@code [n, patches, hidden]}. */
    static NDArray patches(ClipVision.States states) {
        return states.hidden().get(states.hidden().size() - 2).get(":, 1:");
    }
}
