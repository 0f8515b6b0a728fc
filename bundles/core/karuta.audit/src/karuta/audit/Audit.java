package karuta.audit;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import karuta.audit.Findings.Correction;
import karuta.audit.Findings.Fault;
import karuta.audit.Findings.Kind;
import karuta.audit.Findings.Meaning;
import karuta.audit.Findings.Verdict;
import karuta.audit.Table.Column;
import karuta.audit.Table.Item;
import karuta.audit.Table.Method;
import karuta.audit.Table.Source.Figure;
import karuta.audit.Table.Source.Score;

/**
 * Asks of each row whether there is any matrix of scores from which its numbers can have been rounded.
 *
 * <p>Which definition a column follows is decided over all rows, see {@link Evidence}: it takes five rows to call a sixth one
 * odd.
 */
public final class Audit {

    /** A row is called odd where its own definitions are so much less likely, as a logarithm. */
    private static final double SURE = Math.log(1e4);

    /** A definition is told from another where it is so much likelier, as a logarithm. */
    private static final double TOLD = Math.log(10);

    private final Table table;
    private final Map<Column, List<Evidence>> evidence = new LinkedHashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<String> notes;

    private Audit(Table table) {
        this.table = table;
        notes = new ArrayList<>(table.notes());
        table.columns()
                .forEach(column -> evidence.put(
                        column,
                        column.definitions().stream()
                                .map(definition -> new Evidence(table, column, definition))
                                .toList()));
    }

    /** Checks a table. */
    public static Findings of(Table table) {
        return new Audit(table).findings();
    }

    private Findings findings() {
        var columns = evidence.values().stream()
                .flatMap(List::stream)
                .map(this::meaning)
                .toList();
        var taken = taken();
        table.methods().forEach(method -> judge(method, taken));
        table.methods().forEach(this::count);
        var numbers = table.methods().stream()
                .mapToInt(method -> method.items().size())
                .sum();
        return new Findings(table.methods().size(), table.size(), numbers, columns, faults, notes);
    }

    /** Of each column the likeliest definition; of several equal ones the first. */
    private Hypothesis taken() {
        var taken = Hypothesis.first(table);
        for (var column : table.columns()) {
            var most = most(evidence.get(column));
            var likeliest = evidence.get(column).stream()
                    .filter(each -> each.likelihood() == most)
                    .findFirst()
                    .orElseThrow();
            taken = taken.with(column, likeliest.definition());
        }
        return taken;
    }

    private static double most(List<Evidence> some) {
        return some.stream().mapToDouble(Evidence::likelihood).max().orElse(Double.NEGATIVE_INFINITY);
    }

    private Meaning meaning(Evidence each) {
        var others = evidence.get(each.column()).stream()
                .filter(other -> other != each)
                .toList();
        var lead = each.likelihood() - most(others);
        return new Meaning(
                each.column().name(),
                each.definition(),
                lead > TOLD ? Verdict.MEANT : lead < -TOLD ? Verdict.REFUTED : Verdict.OPEN,
                each.fitting(),
                table.methods(each.column()).size(),
                each.leeway());
    }

    private void judge(Method method, Hypothesis taken) {
        var off = off(taken, method);
        if (off <= Fitting.ROUNDED + Fitting.TOLERANCE) {
            return;
        }
        var isTwice = off <= Fitting.TWICE + Fitting.TOLERANCE;
        var bound = (isTwice ? Fitting.ROUNDED : Fitting.TWICE) + Fitting.TOLERANCE;
        var own = Hypothesis.all(table, Column::definitions).stream()
                .filter(other -> off(other, method) <= bound)
                .max(Comparator.comparingDouble(this::likelihood));
        var isSure = own.isEmpty() || likelihood(taken) - likelihood(own.get()) > SURE;
        if (isTwice && isSure) {
            notes.add(sloppy(method, off, taken));
        } else if (!isTwice && isSure) {
            faults.add(fault(own.isEmpty() ? Kind.IMPOSSIBLE : Kind.ODD, method, taken));
        } else if (!isTwice) {
            notes.add(method.name() + " does not fit " + words(taken) + ", only " + words(own.get())
                    + "; the other rows are too few to decide which of them is meant.");
        }
    }

    private static double off(Hypothesis hypothesis, Method method) {
        return hypothesis.fitting(method.items()).off();
    }

    private double likelihood(Hypothesis hypothesis) {
        return evidence.values().stream()
                .flatMap(List::stream)
                .filter(each -> hypothesis.meaning(each.column()).equals(each.definition()))
                .mapToDouble(Evidence::likelihood)
                .sum();
    }

    private String sloppy(Method method, double by, Hypothesis taken) {
        var words = words(taken).isEmpty() ? "" : " (" + words(taken) + ")";
        return method.name() + " fits only if some of its numbers were computed of rounded ones, or cut off: they are "
                + BigDecimal.valueOf(by).setScale(2, RoundingMode.HALF_UP)
                + " of their last digit off, and rounding once gives up to 0.5" + words + ".";
    }

    private String words(Hypothesis hypothesis) {
        return table.columns().stream()
                .filter(column -> column.definitions().size() > 1)
                .map(column ->
                        column.name() + " as " + hypothesis.meaning(column).name())
                .collect(Collectors.joining(", "));
    }

    private Fault fault(Kind kind, Method method, Hypothesis taken) {
        var conflict = conflict(method, taken);
        var corrections = conflict.stream()
                .flatMap(item -> correction(method, item, taken).stream())
                .sorted(Comparator.comparing(change -> change.by))
                .map(change -> change.correction)
                .toList();
        var definitions = conflict.stream()
                .filter(item -> item.source() instanceof Figure)
                .map(item -> taken.meaning(((Figure) item.source()).column()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        var formulas = definitions.stream()
                .map(definition -> definition.name() + " = " + (definition.turned() ? "-(" : "") + definition.formula()
                        + (definition.turned() ? ")" : ""))
                .collect(Collectors.joining(", "));
        var bounds = formulas.isEmpty() ? "scores lie between 0 and " + plain(table.largest()) : formulas;
        return new Fault(
                kind,
                method.name(),
                conflict.stream().map(Item::toString).toList(),
                corrections,
                kind == Kind.ODD ? bounds + ", as in the other rows" : bounds);
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    /** Numbers that do not fit, of which none can be left out. */
    private static List<Item> conflict(Method method, Hypothesis hypothesis) {
        var conflict = new ArrayList<>(method.items());
        for (var item : method.items()) {
            var rest = conflict.stream().filter(other -> !other.equals(item)).toList();
            if (!hypothesis.fitting(rest).isTwiceRounded()) {
                conflict.remove(item);
            }
        }
        return conflict;
    }

    private record Change(Correction correction, BigDecimal by) {}

    private List<Change> correction(Method method, Item item, Hypothesis hypothesis) {
        var rest = hypothesis.fitting(
                method.items().stream().filter(other -> !other.equals(item)).toList());
        if (!rest.isTwiceRounded()) {
            return List.of();
        }
        var range = hypothesis.without(method.items(), item);
        var half = Fitting.ROUNDED * item.printed().unit();
        var now = item.printed().number();
        var wanted = now < range[0]
                ? nearest(item, range[0] - half, RoundingMode.CEILING)
                : nearest(item, range[1] + half, RoundingMode.FLOOR);
        return List.of(new Change(
                new Correction(item.label(), item.printed().toString(), wanted.toPlainString()),
                wanted.subtract(item.printed().value()).abs()));
    }

    /** With as many digits, and a hair's breadth of tolerance for what the solver rounds. */
    private static BigDecimal nearest(Item item, double bound, RoundingMode mode) {
        var hair = Fitting.TOLERANCE * item.printed().unit() * (mode == RoundingMode.CEILING ? -1 : 1);
        return BigDecimal.valueOf(bound + hair).setScale(item.printed().decimals(), mode);
    }

    /** Whether scores are shares of their tasks' test samples. */
    private void count(Method method) {
        for (var item : method.items()) {
            if (item.source() instanceof Score score
                    && table.counts().containsKey(score.cell().task())
                    && !item.printed().mean()) {
                count(
                        method,
                        item,
                        table.counts().get(score.cell().task()),
                        table.most().get(score.cell().task() - 1));
            }
        }
    }

    private void count(Method method, Item item, int samples, double most) {
        var printed = item.printed().number();
        var unit = item.printed().unit();
        var right = Math.round(printed / most * samples);
        var nearest = most * right / samples;
        if (Math.abs(nearest - printed) <= (Fitting.ROUNDED + Fitting.TOLERANCE) * unit) {
            return;
        }
        var above = most * Math.ceil(printed / most * samples) / samples;
        if (above - printed < unit) {
            notes.add(method.name() + ": " + item + " is not rounded but cut off if it is a share of " + samples
                    + " samples.");
            return;
        }
        var correction = item.printed().like(nearest).toPlainString();
        faults.add(new Fault(
                Kind.COUNT,
                method.name(),
                List.of(item.toString()),
                List.of(new Correction(item.label(), item.printed().toString(), correction)),
                "no number of right answers out of " + samples + " gives it; " + right + " give " + correction));
    }
}
