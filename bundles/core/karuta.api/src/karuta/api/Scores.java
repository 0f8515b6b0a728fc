package karuta.api;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a rule says of the answers to a task.
 *
 * @param value the task's figure, which goes into the matrix; mostly the mean of the answers' scores, from 0 to 1
 * @param each of every answer, in the order of the answers
 * @param figures what else the rule says of the whole set, by name (BLEU-1 to BLEU-4)
 */
public record Scores(double value, List<Score> each, Map<String, Double> figures) {

    /** Copies list and map. */
    public Scores {
        each = List.copyOf(each);
        figures = Map.copyOf(figures);
    }

    /**
     * Of one answer.
     *
     * @param value what it counts; mostly from 0 (wrong) to 1 (right)
     * @param parsed what the rule read out of the answer, such as an option's letter
     */
    public record Score(double value, String parsed) {}

    /** The rule's figure is the mean over the answers; NaN without any. */
    public static Scores mean(List<Score> each) {
        var mean = each.isEmpty() ? Double.NaN : each.stream().collect(Collectors.averagingDouble(Score::value));
        return new Scores(mean, each, Map.of());
    }
}
