package karuta.bench.score.vqa;

import java.util.List;
import karuta.api.KarutaException;
import karuta.api.Sample;
import karuta.bench.score.rule.Field;

/** The soft accuracy of VQA: how many of ten people gave the answer. */
final class SoftAccuracy {

    private static final int PEOPLE = 10;
    private static final double ENOUGH = 3;

    private SoftAccuracy() {}

    /** @throws KarutaException if the sample does not have ten answers */
    static List<String> answers(Sample sample, String rule) {
        var answers = Field.ANSWERS.all(sample, rule);
        if (answers.size() != PEOPLE) {
            throw new KarutaException(
                    "The scorer \"" + rule + "\" needs ten human answers, but sample " + sample.id() + " has "
                            + answers.size() + ".",
                    "List all ten in the field \"" + Field.ANSWERS.key() + "\", equal ones repeated.");
        }
        return answers;
    }

    /** The mean, over the ten, of a third of the matches among the other nine, one at most. */
    static double value(String answer, List<String> people) {
        var matches = people.stream().filter(answer::equals).count();
        return people.stream()
                .mapToDouble(one -> Math.min(1, (matches - (one.equals(answer) ? 1 : 0)) / ENOUGH))
                .average()
                .orElseThrow();
    }
}
