package karuta.fidelity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A way of comparing samples with prompts, which an arm may have instead of the definition's.
 *
 * @param deviation empty for the definition's own
 * @param words how it compares
 * @param score of a sample and a prompt, higher is better
 */
record Likeness(Optional<Deviation> deviation, String words, Score score) {

    /** Where two scores are nearer than this, rounding may decide. */
    private static final double TIE = 1e-5;

    @FunctionalInterface
    interface Score {
        double of(Features sample, Prompt prompt);
    }

    /** The definition's. */
    static Likeness defined(double lambda) {
        return new Likeness(Optional.empty(), "by the definition's score", cosines(lambda));
    }

    /** The others that can be told, likelier ones first. */
    static List<Likeness> others(double lambda) {
        var others = new ArrayList<Likeness>();
        others.add(new Likeness(
                Optional.of(Deviation.LAMBDA_SWAPPED),
                "with " + number(1 - lambda) + " of the image and " + number(lambda) + " of the text where lambda is "
                        + number(lambda),
                cosines(1 - lambda)));
        others.add(new Likeness(Optional.of(Deviation.ONE_MODALITY), "by the image alone", cosines(1)));
        others.add(new Likeness(Optional.of(Deviation.ONE_MODALITY), "by the text alone", cosines(0)));
        others.add(new Likeness(
                Optional.of(Deviation.NOT_COSINE),
                "by dot products",
                (sample, prompt) -> lambda * Vectors.dot(sample.u(), prompt.image())
                        + (1 - lambda) * Vectors.dot(sample.v(), prompt.text())));
        others.add(new Likeness(
                Optional.of(Deviation.NOT_COSINE),
                "by Euclidean distances",
                (sample, prompt) -> -lambda * Vectors.distance(sample.u(), prompt.image())
                        - (1 - lambda) * Vectors.distance(sample.v(), prompt.text())));
        others.add(new Likeness(
                Optional.of(Deviation.LAMBDA_OFF),
                "with equal weights, while the option lambda says " + number(lambda),
                cosines(0.5)));
        return others;
    }

    private static Score cosines(double lambda) {
        return (sample, prompt) -> lambda * Vectors.cosine(sample.u(), prompt.image())
                + (1 - lambda) * Vectors.cosine(sample.v(), prompt.text());
    }

    private static String number(double value) {
        return Double.toString(Math.rint(value * 100) / 100);
    }

    /** The places of the n best prompts, the best one last; empty where rounding may decide. */
    Optional<List<Integer>> best(Features sample, List<Prompt> prompts, int n) {
        var scores =
                prompts.stream().mapToDouble(prompt -> score.of(sample, prompt)).toArray();
        var order = IntStream.range(0, scores.length)
                .boxed()
                .sorted((a, b) -> Double.compare(scores[a], scores[b]))
                .toList();
        for (var i = Math.max(1, order.size() - n); i < order.size(); i++) {
            if (scores[order.get(i)] - scores[order.get(i - 1)] < TIE) {
                return Optional.empty();
            }
        }
        return Optional.of(order.subList(Math.max(0, order.size() - n), order.size()));
    }
}
