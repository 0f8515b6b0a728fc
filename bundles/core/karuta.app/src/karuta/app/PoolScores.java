package karuta.app;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import karuta.archive.pool.CardName;
import karuta.archive.pool.Standing.Scores;

/**
 * How good a pool was before and after, in words. Means are over the tasks that were measured both times.
 *
 * @param before scores in percent, by task
 * @param after the same afterwards
 */
record PoolScores(Map<String, Double> before, Map<String, Double> after) {

    static PoolScores of(Scores scores) {
        return new PoolScores(scores.before(), scores.after());
    }

    String meanBefore() {
        return mean(before);
    }

    String meanAfter() {
        return mean(after);
    }

    private String mean(Map<String, Double> scores) {
        var both = new TreeSet<>(before.keySet());
        both.retainAll(after.keySet());
        var tasks = both.isEmpty() ? scores.keySet() : both;
        var mean = tasks.stream().mapToDouble(scores::get).average();
        return mean.isPresent() ? said(mean.getAsDouble()) : "";
    }

    /** The task's own score, where one card was changed. */
    String own(List<CardName> changed) {
        return changed.size() == 1
                ? Optional.ofNullable(after.get(changed.get(0).value()))
                        .map(score -> said(Optional.ofNullable(
                                        before.get(changed.get(0).value()))) + " -> " + said(score))
                        .orElse("")
                : "";
    }

    private static String said(Optional<Double> score) {
        return score.map(PoolScores::said).orElse("?");
    }

    private static String said(double score) {
        return String.format(Locale.ROOT, "%.1f", score);
    }
}
