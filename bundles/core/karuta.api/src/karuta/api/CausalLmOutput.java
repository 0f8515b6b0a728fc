package karuta.api;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * What the backbone says to given answers, at the answers' tokens only (end of sequence included), sample after sample.
 *
 * @param logits {@code [answer tokens of the batch, vocabulary]}
 * @param labels the tokens that should follow, {@code [answer tokens of the batch]}, int64
 * @param lengths answer tokens of each sample; their sum is that of the batch
 * @param loss mean cross-entropy over the answer tokens of the batch, scalar
 */
public record CausalLmOutput(NDArray logits, NDArray labels, List<Integer> lengths, NDArray loss) {

    /** Copies the list. */
    public CausalLmOutput {
        lengths = List.copyOf(lengths);
    }
}
