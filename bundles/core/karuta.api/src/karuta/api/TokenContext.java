package karuta.api;

import ai.djl.ndarray.NDArray;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the tokens are that a {@link Insert.Delta} is applied to. At inference a question is read at once, and then the
 * answer token by token: x is {@code [batch, tokens, in]} first and {@code [batch, 1, in]} after that. What must look at the
 * whole question (a gate by the mean over its tokens) is computed at first and remembered.
 *
 * <p>In training the reference answer's tokens are in x, too, of kind {@link Kind#ANSWER}. In the projector x is {@code
 * [images, tokens, in]}, a row per image of the batch, all tokens are of kind {@link Kind#IMAGE}, and nothing is decoding.
 */
@ProviderType
public interface TokenContext {

    /** What a token is. */
    enum Kind {
        /** Nothing: it fills a row up to the length of the longest one. What stands there is arbitrary. */
        PADDING,
        /** A soft token. */
        PROMPT,
        /** A visual token. */
        IMAGE,
        /** The question, with BOS, template and earlier turns. */
        INSTRUCTION,
        /** The answer, given or generated. */
        ANSWER
    }

    /**
     * Which tokens are of some kinds.
     *
     * @return {@code [batch, tokens]}, float32: 1 where a token is of one of the kinds, otherwise 0
     */
    NDArray mask(Kind... kinds);

    /** Whether the question has been read before, so that x is the next token of the answers alone. */
    boolean decoding();

    /**
     * What was computed when the question was read: computes it then, and gives the same while the answer is generated.
     *
     * @param name unique within the delta
     * @param compute makes it, {@code [batch, ...]}: a row per sample
     */
    NDArray remember(String name, Supplier<NDArray> compute);
}
