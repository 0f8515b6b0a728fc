package karuta.lmm.text;

import java.util.Arrays;

/**
 * Texts as CLIP's text tower takes them: between start and end token, and cut to the tower's positions with the end
 * token kept. They are not padded; padding would change nothing in the feature.
 *
 * @param tokenizer of the model
 * @param positions the longest text, both special tokens included; 77 in all published models
 */
public record ClipTokens(Tokenizer tokenizer, int positions) {

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
