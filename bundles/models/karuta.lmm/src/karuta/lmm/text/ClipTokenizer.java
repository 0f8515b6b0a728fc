package karuta.lmm.text;

import java.util.Arrays;
import java.util.stream.LongStream;
import karuta.api.KarutaException;

/**
 * Texts as CLIP's text tower takes them: between start and end token, and cut to the tower's positions with the end
 * token kept. They are not padded; padding would change nothing in the feature.
 *
 * @param tokenizer of the model
 * @param positions the longest text, both special tokens included; 77 in all published models
 */
public record ClipTokenizer(Tokenizer tokenizer, int positions) {

    /** In old configurations 2 stands for: the largest id. */
    private static final int LARGEST = 2;

    /**
     * Checks that texts end with the token at which the text tower is read.
     *
     * @param end id of that token, as the model's configuration says; 2 stands for the largest id of a text
     * @throws KarutaException if they do not
     */
    public void requireEnd(int end) {
        var ids = encode("a");
        var read = end == LARGEST ? LongStream.of(ids).max().orElse(-1) : end;
        var at = LongStream.of(ids).takeWhile(id -> id != read).count();
        if (at != ids.length - 1) {
            throw new KarutaException(
                    "The tokenizer makes " + Arrays.toString(ids) + " of a text; the model reads texts at the token "
                            + read + ", which must be the last one.",
                    "Give the model's folder its own tokenizer.json.");
        }
    }

    /** The ids of a text, from 2 to {@code positions}. */
    public long[] encode(String text) {
        var ids = tokenizer.encode(text, true);
        if (ids.length <= positions) {
            return ids;
        }
        var cut = Arrays.copyOf(ids, positions);
        cut[positions - 1] = ids[ids.length - 1];
        return cut;
    }
}
