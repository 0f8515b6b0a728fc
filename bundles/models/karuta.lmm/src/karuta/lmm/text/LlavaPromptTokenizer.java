package karuta.lmm.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
 * @param imageTokens number of tokens that an image becomes
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
     * A question that nothing was said before.
     *
     * @param instruction what the user asks
     * @param images how many images it is about
     */
    public TokenizedPrompt question(String instruction, int images) {
        var text = template.question(instruction, images);
        if (images == 0) {
            var ids = tokenizer.encode(text, true);
            return new TokenizedPrompt(ids, List.of(), ids.length);
        }
        var image = tokenizer.idOf(ChatTemplate.IMAGE);
        return withImages(image.isPresent() ? pieces(tokenizer.encode(text, true), image.getAsInt()) : pieces(text));
    }

    /**
     * A question with all that was said before it. Earlier answers have the tokens that they were learned with.
     *
     * @param query what the user asks
     * @param images how many images the conversation is about
     */
    public TokenizedPrompt question(Query query, int images) {
        var questions = Stream.concat(query.earlier().stream().map(Turn::question), Stream.of(query.instruction()))
                .toList();
        var first = question(questions.get(0), images);
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
        return new TokenizedPrompt(all, first.images(), all.length);
    }

    /** The tokens of an instruction alone, without template and start token. */
    public long[] instruction(String instruction) {
        return tokenizer.encode(ChatTemplate.bare(instruction), false);
    }

    /** A question that nothing was said before, with its answer. */
    public TokenizedPrompt answered(String instruction, int images, String answer) {
        return answered(new Query(Optional.empty(), instruction), images, answer);
    }

    /**
     * A question with its answer. The answer is tokenised by itself and ends with the end token, so that a question's
     * tokens are the same with and without it.
     */
    public TokenizedPrompt answered(Query query, int images, String answer) {
        var question = question(query, images);
        var ids = LongStream.concat(
                LongStream.of(question.ids()), LongStream.concat(LongStream.of(answer(answer)), LongStream.of(end)));
        return new TokenizedPrompt(ids.toArray(), question.images(), question.answer());
    }

    private long[] answer(String answer) {
        return tokenizer.encode(ChatTemplate.bare(answer).strip(), false);
    }

    /** The text of generated tokens. */
    public String text(long[] generated) {
        return tokenizer.decode(generated, true).strip();
    }

    /** What is around the images where the tokenizer knows the image token, as those of Transformers do. */
    private static List<long[]> pieces(long[] ids, int image) {
        var pieces = new ArrayList<long[]>();
        var from = 0;
        for (var i = 0; i <= ids.length; i++) {
            if (i == ids.length || ids[i] == image) {
                pieces.add(Arrays.copyOfRange(ids, from, i));
                from = i + 1;
            }
        }
        return pieces;
    }

    /** The same where it does not: the LLaVA repository tokenises each piece by itself. */
    private List<long[]> pieces(String text) {
        var pieces = new ArrayList<long[]>();
        for (var piece : text.split(ChatTemplate.IMAGE, -1)) {
            pieces.add(tokenizer.encode(piece, pieces.isEmpty()));
        }
        return pieces;
    }

    private TokenizedPrompt withImages(List<long[]> pieces) {
        var ids = LongStream.builder();
        var images = new ArrayList<Integer>();
        LongStream.of(pieces.get(0)).forEach(ids);
        var length = pieces.get(0).length;
        for (var piece : pieces.subList(1, pieces.size())) {
            images.add(length);
            LongStream.range(0, imageTokens).forEach(i -> ids.add(imageToken));
            LongStream.of(piece).forEach(ids);
            length += imageTokens + piece.length;
        }
        return new TokenizedPrompt(ids.build().toArray(), images, length);
    }
}
