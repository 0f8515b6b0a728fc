package karuta.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import karuta.api.KarutaException;
import karuta.api.Scorer;

/**
 * A sheet under several rules.
 *
 * @param sheet the questions and answers
 * @param rows what each rule says, in the order of the rules
 * @param refused why rules could not score it, by their ids
 */
public record Comparison(Sheet sheet, List<Row> rows, Map<String, String> refused) {

    private static final double SAME = 1e-9;

    /** Copies lists and maps. */
    public Comparison {
        rows = List.copyOf(rows);
        refused = Map.copyOf(refused);
    }

    /**
     * What one rule says of all methods.
     *
     * @param rule its id
     * @param values one for each method, in their order; mostly from 0 to 1
     */
    public record Row(String rule, List<Double> values) {

        /** Copies the list. */
        public Row {
            values = List.copyOf(values);
        }
    }

    /** Scores all answers by all rules. */
    public static Comparison of(Sheet sheet, Map<String, Scorer> rules) {
        var rows = new ArrayList<Row>();
        var refused = new LinkedHashMap<String, String>();
        rules.forEach((id, scorer) -> {
            try {
                rows.add(new Row(
                        id,
                        sheet.methods().stream()
                                .map(method ->
                                        scorer.score(sheet.responses(method)).value())
                                .toList()));
            } catch (KarutaException cannot) {
                refused.put(id, cannot.getMessage());
            }
        });
        return new Comparison(sheet, rows, refused);
    }

    /**
     * How far apart the rules are about one method.
     *
     * @param method its name
     * @param lowest the rule that gives it least
     * @param highest the rule that gives it most
     * @param from the least
     * @param to the most
     */
    public record Spread(String method, String lowest, String highest, double from, double to) {}

    /** Of every method; none without a rule. */
    public List<Spread> spreads() {
        var spreads = new ArrayList<Spread>();
        for (var i = 0; i < sheet.methods().size() && !rows.isEmpty(); i++) {
            var method = i;
            var order = Comparator.comparingDouble((Row row) -> row.values.get(method));
            var lowest = rows.stream().min(order).orElseThrow();
            var highest = rows.stream().max(order).orElseThrow();
            spreads.add(new Spread(
                    sheet.methods().get(i).name(),
                    lowest.rule,
                    highest.rule,
                    lowest.values.get(i),
                    highest.values.get(i)));
        }
        return spreads;
    }

    /**
     * Two methods, and which rules prefer which.
     *
     * @param first a method
     * @param second another one
     * @param forFirst the rules under which the first is ahead
     * @param forSecond the rules under which the second is ahead
     * @param forNone the rules under which they are equal
     */
    public record Duel(
            String first, String second, List<String> forFirst, List<String> forSecond, List<String> forNone) {

        /** Whether the better one depends on the rule. */
        public boolean flips() {
            return !forFirst.isEmpty() && !forSecond.isEmpty();
        }
    }

    /** Of every pair of methods. */
    public List<Duel> duels() {
        var duels = new ArrayList<Duel>();
        for (var i = 0; i < sheet.methods().size(); i++) {
            for (var j = i + 1; j < sheet.methods().size(); j++) {
                duels.add(duel(i, j));
            }
        }
        return duels;
    }

    private Duel duel(int first, int second) {
        return new Duel(
                sheet.methods().get(first).name(),
                sheet.methods().get(second).name(),
                where(first, second, 1),
                where(first, second, -1),
                where(first, second, 0));
    }

    private List<String> where(int first, int second, int sign) {
        return rows.stream()
                .filter(row -> sign == sign(row.values.get(first) - row.values.get(second)))
                .map(Row::rule)
                .toList();
    }

    private static int sign(double difference) {
        return Math.abs(difference) < SAME ? 0 : difference > 0 ? 1 : -1;
    }
}
