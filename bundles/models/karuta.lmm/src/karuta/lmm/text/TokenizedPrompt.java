package karuta.lmm.text;

import java.util.OptionalInt;

/**
 * A question as LLaVA takes it, perhaps with its answer.
 *
 * @param ids token ids; the first is the start token, visual tokens have the image token's id
 * @param picture index of the first visual token; empty without a picture
 * @param answer index of the answer's first token; the end, if there is no answer yet
 */
public record TokenizedPrompt(long[] ids, OptionalInt picture, int answer) {}
