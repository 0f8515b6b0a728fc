package karuta.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;
import karuta.metrics.MeanAndDeviation;
import karuta.metrics.Metric;
import karuta.metrics.statistics.Holm;
import karuta.metrics.statistics.Interval;
import karuta.metrics.statistics.Outcome;
import karuta.report.Figures.Cell;

/**
 * Whether what arms differ in is more than chance: each one against a reference.
 *
 * @param metric what they are compared by
 * @param reference the arm that they are compared with
 * @param rows the others that have run with the same seed and order
 */
record Significance(Metric metric, List<ArmResults> reference, List<Row> rows) {

    /**
     * An arm.
     *
     * @param arm its runs, by order
     * @param byOrder whether a pair is an order, and not a seed
     * @param pairs how many
     * @param difference to the reference, mean over all runs
     * @param interval of it
     * @param studentT over the pairs
     * @param signedRank over the pairs
     * @param samples how many test samples both have answered right or wrong
     * @param mcNemar over the samples
     */
    record Row(
            List<ArmResults> arm,
            boolean byOrder,
            int pairs,
            double difference,
            Optional<Interval> interval,
            Tested studentT,
            Tested signedRank,
            int samples,
            Tested mcNemar) {}

    /**
     * A test, if there is one.
     *
     * @param outcome of it alone
     * @param holm its p value among those of all arms
     */
    record Tested(Optional<Outcome> outcome, OptionalDouble holm) {

        static List<Tested> of(List<Optional<Outcome>> outcomes) {
            var adjusted = Holm.adjusted(outcomes.stream()
                            .flatMap(Optional::stream)
                            .map(Outcome::p)
                            .toList())
                    .iterator();
            return outcomes.stream()
                    .map(outcome -> new Tested(
                            outcome, outcome.isPresent() ? OptionalDouble.of(adjusted.next()) : OptionalDouble.empty()))
                    .toList();
        }
    }

    /** The arms, each with its runs by order. */
    static List<List<ArmResults>> arms(List<ArmResults> groups) {
        var arms = new LinkedHashMap<String, List<ArmResults>>();
        groups.forEach(group ->
                arms.computeIfAbsent(group.label(), label -> new ArrayList<>()).add(group));
        return List.copyOf(arms.values());
    }

    /** The arm that others are compared with; nothing if there is none of the name that was asked for. */
    static Optional<List<ArmResults>> reference(List<ArmResults> groups, TableChoice choice) {
        var arms = arms(groups);
        var methods = arms.stream().filter(arm -> !arm.get(0).analysis()).toList();
        if (choice.against().isEmpty()) {
            return Stream.concat(methods.stream(), arms.stream()).findFirst();
        }
        if (choice.against().get() instanceof TableChoice.Against.Named named) {
            return arms.stream()
                    .filter(arm -> arm.get(0).arm().equals(named.arm()))
                    .findFirst();
        }
        var sign = choice.main().higherIsBetter() ? 1 : -1;
        Function<List<ArmResults>, Double> height = arm -> Figures.of(arm, choice.main(), choice)
                .spread()
                .map(spread -> sign * spread.mean())
                .orElse(Double.NEGATIVE_INFINITY);
        return methods.stream().reduce((a, b) -> height.apply(b) > height.apply(a) ? b : a);
    }

    /** Compares all arms with the reference; nothing if none has a run with the same seed and order. */
    static Optional<Significance> of(List<ArmResults> groups, TableChoice choice) {
        return reference(groups, choice)
                .map(reference ->
                        new Significance(choice.main(), reference, new Comparing(reference, choice).rows(arms(groups))))
                .filter(found -> !found.rows.isEmpty());
    }

    /** Reads the answers of each run once. */
    private static final class Comparing {

        private final List<ArmResults> reference;
        private final TableChoice choice;
        private final Map<Cell, Answers> known = new HashMap<>();

        Comparing(List<ArmResults> reference, TableChoice choice) {
            this.reference = reference;
            this.choice = choice;
        }

        List<Row> rows(List<List<ArmResults>> arms) {
            var base = Figures.of(reference, choice.main(), choice);
            var compared = new LinkedHashMap<List<ArmResults>, Figures>();
            for (var arm : arms) {
                var differences = Figures.of(arm, choice.main(), choice).minus(base);
                if (!arm.equals(reference) && !differences.values().isEmpty()) {
                    compared.put(arm, differences);
                }
            }
            var figures = List.copyOf(compared.values());
            var answers = compared.entrySet().stream()
                    .map(each -> answers(each.getKey(), each.getValue()))
                    .toList();
            var students = Tested.of(
                    figures.stream().map(each -> each.pairs().studentT()).toList());
            var ranks = Tested.of(figures.stream()
                    .map(each -> each.pairs())
                    .map(pairs -> pairs.count() < 2 ? Optional.<Outcome>empty() : pairs.signedRank())
                    .toList());
            var samples = Tested.of(answers.stream()
                    .map(each -> each.map(Answers.Compared::outcome))
                    .toList());
            var rows = new ArrayList<Row>();
            for (var arm : compared.keySet()) {
                var i = rows.size();
                rows.add(new Row(
                        arm,
                        figures.get(i).pairedByOrder(),
                        figures.get(i).pairs().count(),
                        MeanAndDeviation.of(List.copyOf(figures.get(i).values().values()))
                                .mean(),
                        figures.get(i).interval(),
                        students.get(i),
                        ranks.get(i),
                        answers.get(i).map(Answers.Compared::samples).orElse(0),
                        samples.get(i)));
            }
            return rows;
        }

        private Optional<Answers.Compared> answers(List<ArmResults> arm, Figures differences) {
            var mine = new ArrayList<Answers>();
            var theirs = new ArrayList<Answers>();
            for (var cell : differences.values().keySet()) {
                mine.add(Answers.of(run(arm, cell)));
                theirs.add(known.computeIfAbsent(cell, key -> Answers.of(run(reference, key))));
            }
            return Answers.compare(mine, theirs);
        }

        private static Result run(List<ArmResults> arm, Cell cell) {
            return arm.stream()
                    .flatMap(group -> group.results().stream())
                    .filter(result -> result.run().getOrder().equals(cell.order())
                            && result.run().getSeed() == cell.seed())
                    .findFirst()
                    .orElseThrow();
        }
    }
}
