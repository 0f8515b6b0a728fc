package karuta.audit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import karuta.audit.Fitting.Equation;
import karuta.audit.Table.Column;
import karuta.audit.Table.Item;
import karuta.audit.Table.Source.Figure;
import karuta.audit.Table.Source.Score;
import karuta.audit.Unknown.Cell;
import karuta.audit.Unknown.Peak;

/** That a table's columns mean this and not something else. */
final class Hypothesis {

    private final Table table;
    private final Map<Column, Definition> meanings;
    private final Map<Figure, Linear> sums = new HashMap<>();

    private Hypothesis(Table table, Map<Column, Definition> meanings) {
        this.table = table;
        this.meanings = Map.copyOf(meanings);
    }

    /**
     * All that can be supposed.
     *
     * @param candidates what a column may mean
     */
    static List<Hypothesis> all(Table table, Function<Column, List<Definition>> candidates) {
        var all = List.of(new Hypothesis(table, Map.of()));
        for (var column : table.columns()) {
            all = all.stream()
                    .flatMap(some -> candidates.apply(column).stream().map(definition -> some.with(column, definition)))
                    .toList();
        }
        return all;
    }

    /** That every column means the first that it may mean. */
    static Hypothesis first(Table table) {
        return all(table, column -> column.definitions().subList(0, 1)).get(0);
    }

    /** The same but for a column. */
    Hypothesis with(Column column, Definition definition) {
        var more = new HashMap<>(meanings);
        more.put(column, definition);
        return new Hypothesis(table, more);
    }

    /** What a column means. */
    Definition meaning(Column column) {
        return meanings.get(column);
    }

    /** What an item is, in terms of scores. */
    Linear linear(Item item) {
        if (item.source() instanceof Figure figure) {
            return sums.computeIfAbsent(figure, is -> meaning(is.column()).linear(table.size(), is.task()));
        }
        return Linear.of(((Score) item.source()).cell());
    }

    /** What is printed, as equations under this hypothesis. */
    Fitting fitting(List<Item> items) {
        return new Fitting(
                items.stream()
                        .map(item -> new Equation(linear(item), item.printed()))
                        .toList(),
                this::most);
    }

    /** Between what an item would lie if it were not printed. */
    double[] without(List<Item> items, Item item) {
        var rest = fitting(items.stream().filter(other -> !other.equals(item)).toList());
        return rest.range(linear(item), Math.max(Fitting.ROUNDED, rest.off() + Fitting.TOLERANCE));
    }

    private double most(Unknown unknown) {
        var task = unknown instanceof Cell cell ? cell.task() : ((Peak) unknown).task();
        return table.most().get(task - 1);
    }
}
