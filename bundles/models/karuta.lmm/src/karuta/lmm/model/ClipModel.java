package karuta.lmm.model;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import karuta.lmm.config.ClipConfig;
import karuta.lmm.config.ClipTransformerConfig;
import karuta.safetensors.Weights;
import karuta.tensor.Ops;

/** CLIP (Radford et al., ICML 2021): both towers, and the projections into their common space. */
public final class ClipModel {

    private final ClipVision vision;
    private final ClipText text;
    private final Linear visualProjection;
    private final Linear textProjection;
    private final NDArray logitScale;

    /**
     * @param config sizes
     * @param weights by the names of Hugging Face's CLIPModel
     */
    public ClipModel(ClipConfig config, Weights weights) {
        vision = new ClipVision(config.vision(), weights);
        text = new ClipText(config.text(), weights);
        visualProjection =
                projection("visual_projection", config, config.vision().tower(), weights);
        textProjection = projection("text_projection", config, config.text().tower(), weights);
        logitScale = weights.get("logit_scale");
    }

    private static Linear projection(String name, ClipConfig config, ClipTransformerConfig tower, Weights weights) {
        return new Linear(weights.get(name + ".weight", config.projection(), tower.hidden()), Optional.empty());
    }

    /** The image tower. */
    public ClipVision vision() {
        return vision;
    }

    /** The text tower. */
    public ClipText text() {
        return text;
    }

    /**
     * An image in the common space, not normalised.
     *
     * @param pooled {@code [batch, vision hidden]}
     * @return {@code [batch, projection]}
     */
    public NDArray projectImage(NDArray pooled) {
        return visualProjection.forward(pooled);
    }

    /**
     * A text in the common space, not normalised.
     *
     * @param pooled {@code [batch, text hidden]}
     * @return {@code [batch, projection]}
     */
    public NDArray projectText(NDArray pooled) {
        return textProjection.forward(pooled);
    }

    /**
     * How well images and texts fit: their cosines, times the trained scale.
     *
     * @param images projected images, {@code [images, projection]}
     * @param texts projected texts, {@code [texts, projection]}
     * @return {@code [images, texts]}
     */
    public NDArray logitsPerImage(NDArray images, NDArray texts) {
        return Ops.linear(Ops.unit(images), Ops.unit(texts)).mul(logitScale.exp());
    }
}
