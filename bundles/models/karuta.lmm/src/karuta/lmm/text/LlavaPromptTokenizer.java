package karuta.lmm.text;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.api.Query;
import karuta.api.Turn;

/**
 * Questions and answers as LLaVA's token ids.
 *
 * @param tokenizer of the model
 * @param template around an instruction
 * @param imageToken id that visual tokens get
 * @param imageTokens number of tokens that a picture becomes
 * @param end id of the token that ends an answer
 */
public record LlavaPromptTokenizer(
        Tokenizer tokenizer, ChatTemplate template, int imageToken, int imageTokens, int end) {

    /**
     * Checks that tokenizer and model mean the same tokens.
     *
     * @param start id of the token that the model's texts start with
     * @throws KarutaException if they do not
     */
    public void requireFit(int start) {
        var first = LongStream.of(tokenizer.encode("a", true)).findFirst().orElse(-1);
        if (first != start) {
            throw new KarutaException(
                    "The tokenizer starts texts with the token " + first + "; the model's start token is " + start
                            + ".",
                    "Give the model's folder its own tokenizer.json.");
        }
        var image = tokenizer.idOf(ChatTemplate.IMAGE);
        if (imageToken >= 0 && image.isPresent() && image.getAsInt() != imageToken) {
            throw new KarutaException(
                    "The tokenizer's token " + ChatTemplate.IMAGE + " is " + image.getAsInt() + "; the model's is "
                            + imageToken + ".",
                    "Give the model's folder its own tokenizer.json.");
        }
    }

    /**
     * A question.
     *
     * @param instruction what the user asks
     * @param picture whether it is about a picture
     */
    public TokenizedPrompt question(String instruction, boolean picture) {
        var text = template.question(instruction, picture);
        if (!picture) {
            var ids = tokenizer.encode(text, true);
            return new TokenizedPrompt(ids, OptionalInt.empty(), ids.length);
        }
        var image = tokenizer.idOf(ChatTemplate.IMAGE);
        return image.isPresent() ? expanded(text, image.getAsInt()) : joined(text);
    }

    /**
     * A question with all that was said before it. Earlier answers have the tokens that they were learned with.
     *
     * @param query what the user asks
     * @param picture whether the conversation is about a picture
     */
    public TokenizedPrompt question(Query query, boolean picture) {
        var questions = Stream.concat(query.earlier().stream().map(Turn::question), Stream.of(query.instruction()))
                .toList();
        var first = question(questions.get(0), picture);
        if (query.earlier().isEmpty()) {
            return first;
        }
        var ids = LongStream.builder();
        LongStream.of(first.ids()).forEach(ids);
        for (var turn = 1; turn < questions.size(); turn++) {
            LongStream.of(answer(query.earlier().get(turn - 1).answer())).forEach(ids);
            if (template.ended()) {
                ids.add(end);
            }
            LongStream.of(tokenizer.encode(template.further(questions.get(turn)), false))
                    .forEach(ids);
        }
        var all = ids.build().toArray();
        return new TokenizedPrompt(all, first.picture(), all.length);
    }

    /** A question that nothing was said before, with its answer. */
    public TokenizedPrompt answered(String instruction, boolean picture, String answer) {
        return answered(new Query(Optional.empty(), instruction), picture, answer);
    }

    /**
     * A question with its answer. The answer is tokenised by itself and ends with the end token, so that a question's
     * tokens are the same with and without it.
     */
    public TokenizedPrompt answered(Query query, boolean picture, String answer) {
        var question = question(query, picture);
        var ids = LongStream.concat(
                LongStream.of(question.ids()), LongStream.concat(LongStream.of(answer(answer)), LongStream.of(end)));
        return new TokenizedPrompt(ids.toArray(), question.picture(), question.answer());
    }

    private long[] answer(String answer) {
        return tokenizer.encode(ChatTemplate.bare(answer).strip(), false);
    }

    /** The text of generated tokens. */
    public String text(long[] generated) {
        return tokenizer.decode(generated, true).strip();
    }

    /** The tokenizer knows the image token, as those of Transformers do. */
    private TokenizedPrompt expanded(String text, int image) {
        var ids = tokenizer.encode(text, true);
        var at = (int) LongStream.of(ids).takeWhile(id -> id != image).count();
        return withPicture(Arrays.copyOf(ids, at), Arrays.copyOfRange(ids, at + 1, ids.length));
    }

    /** The tokenizer does not know it: the LLaVA repository tokenises what is before and after it. */
    private TokenizedPrompt joined(String text) {
        var at = text.indexOf(ChatTemplate.IMAGE);
        return withPicture(
                tokenizer.encode(text.substring(0, at), true),
                tokenizer.encode(text.substring(at + ChatTemplate.IMAGE.length()), false));
    }

    private TokenizedPrompt withPicture(long[] before, long[] after) {
        var ids = Arrays.copyOf(before, before.length + imageTokens + after.length);
        Arrays.fill(ids, before.length, before.length + imageTokens, imageToken);
        System.arraycopy(after, 0, ids, before.length + imageTokens, after.length);
        return new TokenizedPrompt(ids, OptionalInt.of(before.length), ids.length);
    }
}
