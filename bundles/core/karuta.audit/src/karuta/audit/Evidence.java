package karuta.audit;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import karuta.audit.Table.Column;
import karuta.audit.Table.Item;
import karuta.audit.Table.Method;

/**
 * What the rows of a table say of a definition of one column, whatever other columns of several meanings mean.
 *
 * <p>A row speaks for a definition if its number lies where the definition and the other numbers want it to within a hundredth
 * of the scale; that happens by chance once in twenty times. A row that does not fit counts as a slip, of which there is one
 * in a hundred. Without any forgetting all definitions agree, so a zero says nothing; and where a maximum is the first score,
 * as it often is, what speaks for the first speaks for the maximum, too.
 */
final class Evidence {

    /** How seldom a row is wrong, as a logarithm. */
    private static final double SLIP = Math.log(0.01);

    /** How seldom a number lies by chance where a definition wants it, as a logarithm, its sign turned. */
    private static final double AGREEMENT = Math.log(20);

    /** How seldom numbers are computed of rounded ones, or cut off, as a logarithm. */
    private static final double SLOPPY = Math.log(0.05);

    /** A number tests a definition where the others leave it less than this share of the scale. */
    private static final double TEST = 0.01;

    private final Table table;
    private final Column column;
    private final Definition definition;
    private final Hypothesis hypothesis;
    private final double[] leeways; // of the rows that fit, in order
    private final double likelihood;

    Evidence(Table table, Column column, Definition definition) {
        this.table = table;
        this.column = column;
        this.definition = definition;
        hypothesis = Hypothesis.first(table).with(column, definition);
        leeways = table.methods(column).stream()
                .filter(method -> off(method) <= Fitting.TWICE + Fitting.TOLERANCE)
                .mapToDouble(this::leeway)
                .sorted()
                .toArray();
        likelihood =
                table.methods(column).stream().mapToDouble(this::likelihood).sum();
    }

    Column column() {
        return column;
    }

    Definition definition() {
        return definition;
    }

    /** As a logarithm. */
    double likelihood() {
        return likelihood;
    }

    /** How many rows fit. */
    int fitting() {
        return leeways.length;
    }

    /** How far a number could be off and still fit, in the row in the middle. */
    OptionalDouble leeway() {
        return Arrays.stream(leeways).skip(leeways.length / 2).findFirst();
    }

    private double likelihood(Method method) {
        var off = off(method);
        if (off > Fitting.TWICE + Fitting.TOLERANCE) {
            return SLIP;
        }
        return information(method) + (off > Fitting.ROUNDED + Fitting.TOLERANCE ? SLOPPY : 0);
    }

    private double information(Method method) {
        if (own(method).stream()
                .allMatch(item ->
                        Math.abs(item.printed().number()) <= item.printed().unit())) {
            return 0;
        }
        if (leeway(method) < TEST * table.largest()) {
            return AGREEMENT;
        }
        return definition.withoutMaximum().stream()
                .map(first -> new Evidence(table, column, first))
                .filter(first -> first.off(method) <= Fitting.TWICE + Fitting.TOLERANCE
                        && first.leeway(method) < TEST * table.largest())
                .mapToDouble(first -> AGREEMENT + Math.log(0.5))
                .findAny()
                .orElse(0);
    }

    private List<Item> own(Method method) {
        return method.items().stream().filter(item -> item.isOf(column)).toList();
    }

    private double off(Method method) {
        return hypothesis.fitting(told(method)).off();
    }

    /** All but the figures of other columns that may mean several things. */
    private List<Item> told(Method method) {
        return method.items().stream()
                .filter(item -> item.isOf(column) || !item.isOpen())
                .toList();
    }

    private double leeway(Method method) {
        return own(method).stream()
                .mapToDouble(item -> {
                    var range = hypothesis.without(told(method), item);
                    return (range[1] - range[0]) / 2
                            + Fitting.ROUNDED * item.printed().unit();
                })
                .max()
                .orElseThrow();
    }
}
