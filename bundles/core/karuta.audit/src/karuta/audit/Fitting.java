package karuta.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.audit.Unknown.Cell;
import karuta.audit.Unknown.Peak;
import org.hipparchus.optim.linear.LinearConstraint;
import org.hipparchus.optim.linear.LinearConstraintSet;
import org.hipparchus.optim.linear.LinearObjectiveFunction;
import org.hipparchus.optim.linear.NonNegativeConstraint;
import org.hipparchus.optim.linear.Relationship;
import org.hipparchus.optim.linear.SimplexSolver;
import org.hipparchus.optim.nonlinear.scalar.GoalType;

/**
 * Looks for scores from which printed numbers can have come: linear programming, with one unknown more, by how many units
 * of its last digit each printed number is off. Where half a unit suffices, they can have been rounded.
 *
 * <p>Peaks are taken as any number that is not below the scores whose maximum they are, nor above what these are printed
 * as. So a fitting matrix may be found where there is none, never the other way round. Scores that nothing tells apart
 * are one unknown, their sum.
 */
final class Fitting {

    /** That a sum is printed as a number. */
    record Equation(Linear sum, Printed printed) {}

    /** So many units of the last digit are lost by rounding. */
    static final double ROUNDED = 0.5;

    /** And so many where a printed number was computed of printed numbers, or its digits were cut off. */
    static final double TWICE = 1;

    /** What the solver may be off, in units. */
    static final double TOLERANCE = 1e-4;

    /** Numbers of more digits are taken as if they had this share of the scale as their last one. */
    private static final double FINEST = 1e-6;

    private static final int OFF = 0; // the column of the unknown that says how far off the printed numbers are

    private final List<Equation> equations;
    private final ToDoubleFunction<Unknown> most;
    private final double scale;
    private final Map<Unknown, Integer> columns = new HashMap<>();
    private int width = 1;
    private final List<LinearConstraint> constraints = new ArrayList<>();

    /**
     * @param equations what is printed
     * @param most the largest score on a task
     */
    Fitting(List<Equation> equations, ToDoubleFunction<Unknown> most) {
        this(equations, List.of(), most);
    }

    private Fitting(List<Equation> equations, List<Linear> asked, ToDoubleFunction<Unknown> most) {
        this.equations = equations;
        this.most = most;
        scale = equations.stream()
                .mapToDouble(equation -> unit(equation.printed))
                .min()
                .orElse(1);
        var sums = Stream.concat(equations.stream().map(Equation::sum), asked.stream())
                .toList();
        var unknowns = sums.stream()
                .flatMap(sum -> sum.weights().keySet().stream())
                .flatMap(unknown -> unknown instanceof Peak peak
                        ? Stream.concat(Stream.of(unknown), cellsOf(peak).stream())
                        : Stream.of(unknown))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        var alone = unknowns.stream()
                .filter(Peak.class::isInstance)
                .flatMap(peak -> cellsOf((Peak) peak).stream())
                .collect(Collectors.toSet());
        var groups = unknowns.stream()
                .collect(Collectors.groupingBy(
                        unknown -> unknown instanceof Peak || alone.contains(unknown)
                                ? unknown
                                : sums.stream()
                                        .map(sum -> sum.weights().getOrDefault(unknown, 0.0))
                                        .toList(),
                        LinkedHashMap::new,
                        Collectors.toList()));
        for (var group : groups.values()) {
            width++;
            group.forEach(unknown -> columns.put(unknown, width - 1));
        }
        groups.values().forEach(this::bound);
        equations.forEach(this::require);
    }

    private static List<Cell> cellsOf(Peak peak) {
        return IntStream.rangeClosed(peak.task(), peak.last())
                .mapToObj(stage -> new Cell(stage, peak.task()))
                .toList();
    }

    private void bound(List<Unknown> group) {
        var first = group.get(0);
        atMost(row(Linear.of(first)), group.stream().mapToDouble(most).sum());
        if (first instanceof Peak peak) {
            var cells = cellsOf(peak);
            var least = Linear.of(peak);
            cells.forEach(cell -> atLeast(row(least.plus(Linear.of(cell).times(-1))), 0));
            var printed = cells.stream().flatMap(cell -> printed(cell).stream()).toList();
            if (printed.size() == cells.size() && printed.stream().noneMatch(Printed::mean)) {
                var highest =
                        printed.stream().mapToDouble(Printed::number).max().orElseThrow();
                var coarsest = printed.stream().mapToDouble(this::unit).max().orElseThrow();
                atMost(row(least, -coarsest), highest);
            }
        }
    }

    private List<Printed> printed(Cell cell) {
        return equations.stream()
                .filter(equation -> equation.sum.equals(Linear.of(cell)))
                .map(Equation::printed)
                .limit(1)
                .toList();
    }

    private void require(Equation equation) {
        var value = equation.printed.number();
        var unit = unit(equation.printed);
        atMost(row(equation.sum, -unit), value);
        atLeast(row(equation.sum, unit), value);
    }

    private double unit(Printed printed) {
        return Math.max(printed.unit(), FINEST * Math.max(1, Math.abs(printed.number())));
    }

    private double[] row(Linear sum) {
        return row(sum, 0);
    }

    private double[] row(Linear sum, double off) {
        var row = new double[width];
        row[OFF] = off / scale;
        sum.weights().forEach((unknown, weight) -> row[columns.get(unknown)] = weight);
        return row;
    }

    /** All is counted in the finest unit, so that the solver's tolerance is far below it. */
    private void atMost(double[] row, double value) {
        constraints.add(new LinearConstraint(row, Relationship.LEQ, value / scale));
    }

    private void atLeast(double[] row, double value) {
        constraints.add(new LinearConstraint(row, Relationship.GEQ, value / scale));
    }

    /** Whether the numbers can have been rounded, or computed of rounded ones, or cut off. */
    boolean isTwiceRounded() {
        return off() <= TWICE + TOLERANCE;
    }

    /** By how many units of its last digit each printed number must be off, at least. */
    double off() {
        if (equations.isEmpty()) {
            return 0;
        }
        return solve(row(new Linear(Map.of()), scale), constraints, GoalType.MINIMIZE);
    }

    /**
     * Between what a sum can lie.
     *
     * @param off by how many units the printed numbers may be off; at least {@link #off()}
     * @return the lowest and the highest value
     */
    double[] range(Linear sum, double off) {
        var wider = new Fitting(equations, List.of(sum), most);
        var limited = new ArrayList<>(wider.constraints);
        limited.add(new LinearConstraint(wider.row(new Linear(Map.of()), scale), Relationship.LEQ, off));
        var objective = wider.row(sum);
        return new double[] {
            wider.solve(objective, limited, GoalType.MINIMIZE) * wider.scale,
            wider.solve(objective, limited, GoalType.MAXIMIZE) * wider.scale
        };
    }

    private double solve(double[] objective, List<LinearConstraint> under, GoalType goal) {
        var point = new SimplexSolver()
                .optimize(
                        new LinearObjectiveFunction(objective, 0),
                        new LinearConstraintSet(under),
                        goal,
                        new NonNegativeConstraint(true))
                .getPoint();
        return IntStream.range(0, objective.length)
                .mapToDouble(i -> objective[i] * point[i])
                .sum();
    }
}
