package karuta.metrics;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The scores of all {@code T} tasks before training and after every stage, seen or not: {@code T + 1} rows in sequential
 * learning, two in joint training, fewer in a run that was cut short.
 *
 * @param tasks the columns, in the order in which they are learned
 * @param rows the first one is before training
 */
public record AccuracyMatrix(List<String> tasks, List<Row> rows) {

    private static final int LARGEST = 10;

    /**
     * The scores after one stage.
     *
     * @param trained the tasks that the stage learned; none in the first row
     * @param scores mostly from 0 to 1, at most 10 (CIDEr), one per column; NaN where nothing was evaluated
     */
    public record Row(List<String> trained, List<Double> scores) {

        /** Copies both. */
        public Row {
            trained = List.copyOf(trained);
            scores = List.copyOf(scores);
        }
    }

    /**
     * Copies both.
     *
     * @throws IllegalArgumentException if there is no row, a row of another length, a score outside 0 to 10, a task twice, or
     *     a row that trained an unknown task
     */
    public AccuracyMatrix {
        tasks = List.copyOf(tasks);
        rows = List.copyOf(rows);
        if (tasks.isEmpty() || rows.isEmpty() || new HashSet<>(tasks).size() < tasks.size()) {
            throw new IllegalArgumentException("a matrix needs different tasks and a row before training: " + tasks);
        }
        for (var row : rows) {
            if (row.scores.size() != tasks.size() || !tasks.containsAll(row.trained)) {
                throw new IllegalArgumentException(row + " does not fit the tasks " + tasks);
            }
            if (!row.scores.stream().allMatch(score -> score.isNaN() || score >= 0 && score <= LARGEST)) {
                throw new IllegalArgumentException("scores must lie between 0 and " + LARGEST + ": " + row.scores);
            }
        }
    }

    /** A matrix of sequential learning: row {@code i} is after task {@code i} of the order. */
    public static AccuracyMatrix sequential(List<String> tasks, List<List<Double>> scores) {
        var rows = IntStream.range(0, scores.size())
                .mapToObj(i -> new Row(i == 0 ? List.of() : List.of(tasks.get(i - 1)), scores.get(i)))
                .toList();
        return new AccuracyMatrix(tasks, rows);
    }

    /** {@code T}. */
    public int size() {
        return tasks.size();
    }

    /** The name of task {@code j} (from 1). */
    public String task(int j) {
        return tasks.get(j - 1);
    }

    /** The score on task {@code j} (from 1) after stage {@code i} (0 is before training): {@code R[i][j]}. */
    public double at(int i, int j) {
        return rows.get(i).scores.get(j - 1);
    }

    /** {@code R[last][j]}: the score on task {@code j} (from 1) after all stages. */
    public double last(int j) {
        return at(rows.size() - 1, j);
    }

    /** The cells of tasks learned so far that were not evaluated, as stage and task: {@code 3 gqa}. */
    public List<String> holes() {
        return IntStream.range(1, rows.size())
                .boxed()
                .flatMap(i -> IntStream.rangeClosed(1, tasks.size())
                        .filter(j -> Double.isNaN(at(i, j)) && learned(i, tasks.get(j - 1)))
                        .mapToObj(j -> i + " " + tasks.get(j - 1)))
                .toList();
    }

    private boolean learned(int stage, String task) {
        return rows.subList(0, stage + 1).stream().anyMatch(row -> row.trained.contains(task));
    }

    /** Whether every task was learned. */
    public boolean complete() {
        return rows.stream().flatMap(row -> row.trained.stream()).distinct().count() == tasks.size();
    }

    /** Whether the tasks were learned one after the other in the order of the columns, up to the last one. */
    public boolean sequential() {
        return rows.size() == tasks.size() + 1
                && IntStream.rangeClosed(1, tasks.size())
                        .allMatch(i -> rows.get(i).trained.equals(List.of(tasks.get(i - 1))));
    }
}
