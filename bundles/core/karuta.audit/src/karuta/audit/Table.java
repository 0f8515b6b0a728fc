package karuta.audit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.audit.Table.Source.Figure;
import karuta.audit.Unknown.Cell;

/**
 * Results as they are printed.
 *
 * @param tasks in the order in which they were learned, by name or else by number
 * @param columns of figures, which may mean several things
 * @param methods the rows
 * @param counts how many test samples a task has, by its number from 1, where that is said
 * @param most the largest possible score of each task
 * @param notes what was not taken of it
 */
public record Table(
        List<String> tasks,
        List<Column> columns,
        List<Method> methods,
        Map<Integer, Integer> counts,
        List<Double> most,
        List<String> notes) {

    /** Copies the lists. */
    public Table {
        tasks = List.copyOf(tasks);
        columns = List.copyOf(columns);
        methods = List.copyOf(methods);
        counts = Map.copyOf(counts);
        most = List.copyOf(most);
        notes = List.copyOf(notes);
    }

    /**
     * Figures of whole runs.
     *
     * @param name its heading
     * @param definitions what it may mean, the likeliest first
     */
    public record Column(String name, List<Definition> definitions) {}

    /**
     * All that is printed of a method.
     *
     * @param name of the method
     * @param items in the order of the table
     */
    public record Method(String name, List<Item> items) {}

    /**
     * A printed number.
     *
     * @param label its heading, and its row where a method has several
     * @param printed the number
     * @param source what it is a number of
     */
    record Item(String label, Printed printed, Source source) {

        boolean isOf(Column column) {
            return source instanceof Figure figure && figure.column().equals(column);
        }

        /** Whether it may mean several things. */
        boolean isOpen() {
            return source instanceof Figure figure
                    && figure.column().definitions().size() > 1;
        }

        @Override
        public String toString() {
            return label + " " + printed;
        }
    }

    /** What a number is one of. */
    sealed interface Source {

        /** The score on a task after a stage. */
        record Score(Cell cell) implements Source {}

        /**
         * A figure computed of scores.
         *
         * @param task of which it is; 0 if it is one of all
         */
        record Figure(Column column, int task) implements Source {}
    }

    /**
     * Reads a table.
     *
     * @param file CSV; its form is told in the documentation, {@code audit.md}
     * @param tasks how many tasks there are, if the table does not say
     * @param meanings ids of definitions by headings, for headings that are not known or say too little; {@code task} makes
     *     it a task, {@code ignore} leaves it out
     * @throws KarutaException if it is no such table
     */
    public static Table read(Path file, Optional<Integer> tasks, Map<String, String> meanings) {
        return new TableReader(file, tasks, meanings).read();
    }

    /** Those with a number in a column. */
    List<Method> methods(Column column) {
        return methods.stream()
                .filter(method -> method.items().stream().anyMatch(item -> item.isOf(column)))
                .toList();
    }

    /** The largest score of all tasks. */
    double largest() {
        return most.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** How many tasks there are. */
    public int size() {
        return tasks.size();
    }
}
