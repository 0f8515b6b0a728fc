package karuta.api;

import ai.djl.ndarray.NDArray;

/**
 * What the backbone says to given answers, at the answers' tokens only (end of sequence included).
 *
 * @param logits {@code [answer tokens of the batch, vocabulary]}
 * @param labels the tokens that should follow, {@code [answer tokens of the batch]}, int64
 * @param loss mean cross-entropy over the answer tokens of the batch, scalar
 */
public record CausalLmOutput(NDArray logits, NDArray labels, NDArray loss) {}
