package karuta.scoring.rule;

import java.util.List;
import java.util.Map;
import karuta.api.KarutaException;
import karuta.api.Scorer.Response;
import karuta.api.Scores;
import karuta.scoring.pair.Paired;
import karuta.scoring.pair.Pairing;

/**
 * What a rule says of the answers to a task.
 *
 * @param rule its id
 * @param pairing how answers found their samples
 * @param paired the answers, and what did not pair
 * @param value the figure; mostly from 0 to 1
 * @param each of every answer, in the order of {@code paired}
 * @param figures what else the rule says, of the answers that found a sample
 */
public record Outcome(
        String rule,
        Pairing pairing,
        Paired paired,
        double value,
        List<Scores.Score> each,
        Map<String, Double> figures) {

    private static final double SAME = 1e-9;

    /**
     * Scores answers.
     *
     * @throws KarutaException if the rule needs what the samples do not have, or cannot count what did not pair
     */
    public static Outcome of(Rule rule, Pairing pairing, Paired paired) {
        var scores = rule.scorer().score(paired.responses());
        demand(rule, scores, paired.responses());
        return new Outcome(
                rule.id(), pairing, paired, value(rule, scores, paired), scores.each(), Map.copyOf(scores.figures()));
    }

    private static double value(Rule rule, Scores scores, Paired paired) {
        if (paired.wrong() == 0) {
            return scores.value();
        }
        var sum = scores.each().stream().mapToDouble(Scores.Score::value).sum();
        if (Math.abs(sum / scores.each().size() - scores.value()) > SAME) {
            throw new KarutaException(
                    "The rule \"" + rule.id() + "\" gives no mean over the answers, so " + paired.wrong()
                            + " that are missing or unknown cannot count as wrong.",
                    "Give it all answers, or another --pairing.");
        }
        return sum / paired.denominator();
    }

    private static void demand(Rule rule, Scores scores, List<Response> responses) {
        if (scores.each().size() != responses.size()
                || !Double.isFinite(scores.value())
                || scores.each().stream().anyMatch(score -> !Double.isFinite(score.value()))) {
            throw new KarutaException(
                    "The rule \"" + rule.id() + "\" gave no number to one of " + responses.size()
                            + " answers or to all.",
                    "Look at its code: a rule gives a number to every answer.");
        }
    }
}
