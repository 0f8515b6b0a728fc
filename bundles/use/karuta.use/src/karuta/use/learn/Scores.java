package karuta.use.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a new card has done to all tasks that are validated: a line for each, the new one first.
 *
 * @param rows of the tasks
 */
public record Scores(List<Row> rows) {

    /**
     * A task.
     *
     * @param before in percent, just before
     * @param after just after
     */
    public record Row(String task, double before, double after) {}

    /** Copies the list. */
    public Scores {
        rows = List.copyOf(rows);
    }

    /** Those of a draft. */
    public static Scores of(Draft draft) {
        var names = Stream.concat(Stream.of(draft.card().value()), draft.after().keySet().stream())
                .distinct()
                .filter(draft.after()::containsKey);
        return new Scores(names.map(name -> new Row(
                        name,
                        Optional.ofNullable(draft.before().get(name)).orElse(Double.NaN),
                        draft.after().get(name)))
                .toList());
    }

    /** As a table for people. */
    public List<String> lines() {
        var width = rows.stream().mapToInt(row -> row.task().length()).max().orElse(0);
        var lines = new ArrayList<String>();
        for (var row : rows) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-" + Math.max(4, width) + "s  %6.1f -> %6.1f  (%+.1f)",
                    row.task(),
                    row.before(),
                    row.after(),
                    row.after() - row.before()));
        }
        return lines;
    }
}
