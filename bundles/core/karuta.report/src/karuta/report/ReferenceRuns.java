package karuta.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.metrics.AccuracyMatrix;
import karuta.metrics.Reference;
import karuta.metrics.References;
import karuta.study.record.RecordException;
import karuta.study.record.RunFolder;

/** The scores of other runs that metrics compare with. Scores of another rule than the run's own do not count. */
public final class ReferenceRuns {

    /** There are none. */
    public static final ReferenceRuns NONE = new ReferenceRuns(Map.of());

    private final Map<Reference, List<Score>> known;

    /** A score on a task by a rule, which older records do not name. */
    private record Score(String task, String rule, double score) {

        boolean fits(String name, String other) {
            return task.equals(name) && (rule.equals(other) || rule.isEmpty() || other.isEmpty());
        }
    }

    private ReferenceRuns(Map<Reference, List<Score>> known) {
        this.known = known;
    }

    /**
     * Reads them. Of joint training the last row counts; of an untrained model the first one; of models for single tasks
     * the score on the task that a run has learned first, after it: runs of one task each, or of orders that begin with each.
     *
     * @throws RecordException if a folder has no such scores, or is damaged
     */
    public static ReferenceRuns read(Map<Reference, List<RunFolder>> folders) {
        var known = new EnumMap<Reference, List<Score>>(Reference.class);
        folders.forEach((reference, runs) -> {
            var scores = new ArrayList<Score>();
            for (var folder : runs) {
                var found = scores(reference, Result.read(folder));
                if (found.isEmpty()) {
                    throw new RecordException(folder.path() + " tells no "
                            + reference.name().toLowerCase(Locale.ROOT) + " scores: " + lacking(reference));
                }
                scores.addAll(found);
            }
            known.put(reference, scores);
        });
        return new ReferenceRuns(known);
    }

    private static String lacking(Reference reference) {
        return switch (reference) {
            case JOINT -> "it has not learned all of its tasks";
            case INDEPENDENT -> "its first stage is not that of one task";
            case UNTRAINED -> "nothing was evaluated before training";
        };
    }

    private static List<Score> scores(Reference reference, Result result) {
        return result.matrix().stream()
                .flatMap(matrix -> switch (reference) {
                    case JOINT ->
                        matrix.complete() ? row(result, matrix, matrix.rows().size() - 1) : Stream.of();
                    case INDEPENDENT -> first(result, matrix);
                    case UNTRAINED -> row(result, matrix, 0);
                })
                .toList();
    }

    private static Stream<Score> first(Result result, AccuracyMatrix matrix) {
        if (matrix.rows().size() < 2 || matrix.rows().get(1).trained().size() != 1) {
            return Stream.of();
        }
        var task = matrix.rows().get(1).trained().get(0);
        return row(result, matrix, 1).filter(score -> score.task.equals(task));
    }

    private static Stream<Score> row(Result result, AccuracyMatrix matrix, int stage) {
        return IntStream.rangeClosed(1, matrix.size())
                .filter(j -> !Double.isNaN(matrix.at(stage, j)))
                .mapToObj(j -> new Score(matrix.task(j), rule(result, j), matrix.at(stage, j)));
    }

    private static String rule(Result result, int j) {
        var rules = result.run().getMatrix().getScorers();
        return rules.isEmpty() ? "" : rules.get(j - 1);
    }

    /** What they tell of the tasks of a run, each a mean over those that tell of it. */
    References of(Result result) {
        var matrix = result.matrix().orElseThrow();
        var references = new EnumMap<Reference, Map<String, Double>>(Reference.class);
        known.forEach((reference, scores) -> {
            var byTask = new HashMap<String, Double>();
            for (var j = 1; j <= matrix.size(); j++) {
                var task = matrix.task(j);
                var rule = rule(result, j);
                scores.stream()
                        .filter(score -> score.fits(task, rule))
                        .mapToDouble(Score::score)
                        .average()
                        .ifPresent(mean -> byTask.put(task, mean));
            }
            references.put(reference, byTask);
        });
        return new References(references);
    }
}
