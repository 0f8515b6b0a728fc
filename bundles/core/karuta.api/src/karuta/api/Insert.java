package karuta.api;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * Something put into the frozen backbone for one sample, and the site where it acts. A site's sizes are asked of {@link
 * BackboneSpec}.
 */
public sealed interface Insert {

    /**
     * Soft tokens at the input, right after BOS. Several are put one after the other, in their order.
     *
     * @param embeddings {@code [M, d]}
     */
    record Tokens(NDArray embeddings) implements Insert {}

    /**
     * Keys and values that every token of one decoder layer may attend to (prefix tuning; DualPrompt). They have no
     * position: no rotary embedding is applied to them.
     *
     * @param layer from 0
     * @param keys {@code [M, key-value size]}
     * @param values {@code [M, key-value size]}
     */
    record Prefix(int layer, NDArray keys, NDArray values) implements Insert {}

    /**
     * An addition to the output of one linear layer.
     *
     * @param linear the layer's name in {@link BackboneSpec#linears()} or {@link BackboneSpec#projector()}
     * @param delta what is added; samples that share one object are computed together
     * @param weight how strongly it counts for this sample, a scalar through which gradients may flow (HiDe-LLaVA, DISCO);
     *     empty for fully
     */
    record Adapter(String linear, Delta delta, Optional<NDArray> weight) implements Insert {

        /** An adapter that counts fully. */
        public Adapter(String linear, Delta delta) {
            this(linear, delta, Optional.empty());
        }
    }

    /** What an adapter adds; it may depend on each token's state (LoRA: x A B; MoELoRA: gated by x). */
    @FunctionalInterface
    interface Delta {

        /**
         * @param x the layer's input, {@code [batch, tokens, in]}, padding included
         * @param tokens what the tokens are, for a delta that looks at more than one of them
         * @return the addition to the layer's output, {@code [batch, tokens, out]}
         */
        NDArray apply(NDArray x, TokenContext tokens);
    }
}
