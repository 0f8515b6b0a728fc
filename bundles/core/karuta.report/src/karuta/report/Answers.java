package karuta.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.metrics.statistics.McNemar;
import karuta.metrics.statistics.Outcome;

/**
 * Which test samples a run got right in the end. A task with a score other than 0 and 1 has no right and wrong, and is left
 * out.
 *
 * @param right by sample
 */
record Answers(Map<Sample, Boolean> right) {

    /** A test sample; a number tells those of one id apart. */
    record Sample(String task, String id, int number) {}

    static Answers of(Result result) {
        var right = new HashMap<Sample, Boolean>();
        var graded = new HashSet<String>();
        var last = result.lastStage();
        var learned = result.run().getTasks();
        result.folder().forEachPrediction(prediction -> {
            if (prediction.stage() == last && learned.contains(prediction.task())) {
                var number = 0;
                while (right.containsKey(new Sample(prediction.task(), prediction.id(), number))) {
                    number++;
                }
                right.put(new Sample(prediction.task(), prediction.id(), number), prediction.score() == 1);
                if (prediction.score() != 0 && prediction.score() != 1) {
                    graded.add(prediction.task());
                }
            }
        });
        right.keySet().removeIf(sample -> graded.contains(sample.task()));
        return new Answers(right);
    }

    /**
     * What the answers of two arms say of each other.
     *
     * @param samples that both have answered right or wrong
     * @param outcome exact for one pair of runs, clustered by sample for several
     */
    record Compared(int samples, Outcome outcome) {}

    /** Compares runs pair by pair; nothing if they have no samples in common. */
    static Optional<Compared> compare(List<Answers> first, List<Answers> second) {
        var differences = new HashMap<Sample, Integer>();
        for (var pair = 0; pair < first.size(); pair++) {
            var theirs = second.get(pair).right;
            first.get(pair)
                    .right
                    .forEach((sample, mine) -> Optional.ofNullable(theirs.get(sample))
                            .ifPresent(other ->
                                    differences.merge(sample, (mine ? 1 : 0) - (other ? 1 : 0), Integer::sum)));
        }
        if (differences.isEmpty()) {
            return Optional.empty();
        }
        var counts = new ArrayList<>(differences.values());
        var outcome = first.size() > 1
                ? McNemar.clustered(counts)
                : new McNemar((int) counts.stream().filter(d -> d > 0).count(), (int)
                                counts.stream().filter(d -> d < 0).count())
                        .exact();
        return Optional.of(new Compared(counts.size(), outcome));
    }
}
