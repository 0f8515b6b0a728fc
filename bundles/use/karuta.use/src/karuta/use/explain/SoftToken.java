package karuta.use.explain;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import karuta.api.Card;
import karuta.api.Insert;
import karuta.api.Tokenization;
import karuta.tensor.Scope;
import karuta.tensor.Script;

/**
 * A soft token and the words that are nearest to it in the space of the backbone's embeddings (Lester, Al-Rfou, Constant: The Power
 * of Scale for Parameter-Efficient Prompt Tuning, EMNLP 2021, section 7). A prompt need not read as a sentence: what is near is a
 * hint, no translation.
 *
 * @param place from 0, the first one nearest to the start
 * @param words the nearest ones, the nearest first
 */
public record SoftToken(int place, List<Word> words) {

    private static final Script SCRIPT = Script.of("""
        def unit(self, x: Tensor) -> Tensor:
          return x / torch.clamp_min(torch.sqrt(torch.sum(x * x, [-1], True)), 1e-08)
        def cosines(self, soft: Tensor, words: Tensor) -> Tensor:
          return torch.matmul(self.unit(soft), torch.transpose(self.unit(words), 0, 1))
        """);

    /**
     * A word of the vocabulary.
     *
     * @param text as the tokenizer decodes it; {@code token ID} where it is a part of a character
     * @param cosine with the soft token
     */
    public record Word(String text, double cosine) {}

    /** Copies the list. */
    public SoftToken {
        words = List.copyOf(words);
    }

    /**
     * Those of a card; none if it inserts something else.
     *
     * @param embeddings of the vocabulary, {@code [vocabulary, d]}
     * @param most how many words for each
     */
    static List<SoftToken> of(Card card, NDArray embeddings, Tokenization tokens, int most) {
        var found = new ArrayList<SoftToken>();
        for (var insert : card.inserts()) {
            if (insert instanceof Insert.Tokens prompt) {
                for (var row : rows(prompt.embeddings(), embeddings)) {
                    found.add(new SoftToken(found.size(), nearest(row, tokens, most)));
                }
            }
        }
        return found;
    }

    /** {@code [soft tokens][vocabulary]}. */
    private static float[][] rows(NDArray soft, NDArray embeddings) {
        try (var scope = Scope.open()) {
            var cosines = SCRIPT.call("cosines", soft, embeddings).toFloatArray();
            var width = (int) embeddings.getShape().get(0);
            return IntStream.range(0, cosines.length / width)
                    .mapToObj(i -> Arrays.copyOfRange(cosines, i * width, (i + 1) * width))
                    .toArray(float[][]::new);
        }
    }

    private static List<Word> nearest(float[] cosines, Tokenization tokens, int most) {
        return IntStream.range(0, cosines.length)
                .boxed()
                .sorted(Comparator.comparingDouble(id -> -cosines[id]))
                .limit(most)
                .map(id -> new Word(tokens.word(id).filter(SoftToken::isWhole).orElse("token " + id), cosines[id]))
                .toList();
    }

    /** A tokenizer of bytes has tokens that are no characters. */
    private static boolean isWhole(String word) {
        return word.indexOf('\uFFFD') < 0;
    }
}
