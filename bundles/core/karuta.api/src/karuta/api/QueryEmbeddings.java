package karuta.api;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * What the decoder would read of a query (DRAPE, ProgLoRA).
 *
 * @param text embeddings of the instruction's tokens, without template, {@code [n, d]}
 * @param image projected visual tokens of all images, {@code [m, d]}; empty without an image. Gradients flow into adapters
 *     of the projector
 */
public record QueryEmbeddings(NDArray text, Optional<NDArray> image) {}
