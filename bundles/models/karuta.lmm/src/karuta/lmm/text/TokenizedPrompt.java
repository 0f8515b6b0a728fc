package karuta.lmm.text;

import java.util.List;

/**
 * A question as LLaVA takes it, perhaps with its answer.
 *
 * @param ids token ids; the first is the start token, visual tokens have the image token's id
 * @param images index of the first visual token of each image
 * @param answer index of the answer's first token; the end, if there is no answer yet
 */
public record TokenizedPrompt(long[] ids, List<Integer> images, int answer) {

    /** Copies the list. */
    public TokenizedPrompt {
        images = List.copyOf(images);
    }
}
