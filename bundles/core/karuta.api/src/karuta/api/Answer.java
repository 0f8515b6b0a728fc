package karuta.api;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What a learner answers.
 *
 * @param text decoded greedily, without special tokens
 * @param selection the cards that were used, for the record
 */
public record Answer(String text, Selection selection) {

    /**
     * Asks a learner.
     *
     * @return one answer per input
     * @throws KarutaException if the learner did not prompt every input
     */
    public static List<Answer> of(Backbone backbone, Learner learner, List<Input> inputs) {
        return of(backbone::generate, learner, inputs);
    }

    /**
     * Asks a learner.
     *
     * @param backbone gives one text per sample
     * @return one answer per input
     * @throws KarutaException if the learner did not prompt every input
     */
    public static List<Answer> of(
            Function<List<PromptedInput>, List<String>> backbone, Learner learner, List<Input> inputs) {
        var prompted = learner.prompt(inputs);
        if (prompted.size() != inputs.size()) {
            throw new KarutaException(
                    "The learner (" + learner.getClass().getName() + ") prompted " + prompted.size() + " of "
                            + inputs.size() + " questions.",
                    "Mend the learner, or what it is made of.");
        }
        var texts = backbone.apply(prompted);
        return IntStream.range(0, texts.size())
                .mapToObj(i -> new Answer(texts.get(i), prompted.get(i).selection()))
                .toList();
    }
}
