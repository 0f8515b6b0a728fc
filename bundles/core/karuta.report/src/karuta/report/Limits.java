package karuta.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import karuta.study.Run;

/** What a reader must not conclude from a study: read off its records, a sentence each. */
public final class Limits {

    /** Of the normal distribution, for an interval of 95 %. */
    private static final double Z = 1.96;

    private static final int FEW = 5;

    private Limits() {}

    /** At least one sentence. */
    public static List<String> of(Comparison comparison) {
        var groups = comparison.groups();
        var limits = new ArrayList<String>();
        unfinished(comparison, limits);
        seeds(groups, limits);
        orders(groups, limits);
        samples(groups, limits);
        budgets(groups, limits);
        kinds(groups, limits);
        limits.add("The tasks are those of one benchmark, " + comparison.tasks().size()
                + " of them; nothing here says what happens with others, with more, or with another model.");
        return limits;
    }

    private static void unfinished(Comparison comparison, List<String> limits) {
        var open = comparison.results().stream()
                .filter(result -> !result.finished())
                .count();
        if (open > 0) {
            limits.add(open + " of " + comparison.results().size()
                    + " runs have not finished; metrics and figures are of the others alone.");
        }
    }

    private static void seeds(List<ArmResults> groups, List<String> limits) {
        var least =
                groups.stream().mapToInt(group -> group.results().size()).min().orElse(0);
        if (least == 1) {
            limits.add(
                    "At least one arm has a single seed: whether it differs from another arm, or has been lucky, cannot be"
                            + " told.");
        } else if (least > 0 && least < FEW) {
            limits.add(
                    "With " + least + " seeds a standard deviation is itself known only roughly; small differences may"
                            + " vanish with more.");
        }
    }

    private static void orders(List<ArmResults> groups, List<String> limits) {
        if (!groups.isEmpty()
                && groups.stream().map(ArmResults::order).distinct().count() == 1) {
            limits.add("There is one order of tasks. Another order may rank the arms otherwise.");
        }
    }

    /** How far off a score may be by the choice of test samples alone: half an interval of 95 % at 50 %. */
    private static void samples(List<ArmResults> groups, List<String> limits) {
        var stages = groups.stream()
                .flatMap(group -> group.results().stream())
                .map(Result::run)
                .flatMap(run -> run.getStages().stream()
                        .filter(stage -> stage.getEvaluated() > 0)
                        .map(stage -> (double) stage.getEvaluated()
                                / (run.getTasks().size() + run.getWatched().size())))
                .mapToDouble(Double::doubleValue)
                .min();
        if (stages.isPresent()) {
            limits.add(String.format(
                    Locale.ROOT,
                    "A task is tested with about %d samples. By their choice alone a score of 50 %% may be off by ± %.1f"
                            + " points (95 %%), whatever the seeds say.",
                    Math.round(stages.getAsDouble()),
                    100 * Z * Math.sqrt(0.25 / stages.getAsDouble())));
        }
    }

    private static void budgets(List<ArmResults> groups, List<String> limits) {
        var unequal =
                Budget.of(groups).stream().filter(budget -> !budget.matched()).count();
        if (unequal > 0) {
            limits.add(unequal + " of " + groups.size()
                    + " rows are not matched in budget with the arm that they are compared"
                    + " with (marked ≠ under Budgets).");
        }
    }

    private static void kinds(List<ArmResults> groups, List<String> limits) {
        if (groups.stream().anyMatch(ArmResults::analysis)) {
            limits.add("Arms marked [analysis] see the true task. They bound what is possible, and are no methods.");
        }
        if (groups.stream().anyMatch(ArmResults::imported)) {
            limits.add(
                    "Arms marked [imported] are answers that others' code gave; how they were made is not known here.");
        }
        var runs = groups.stream()
                .flatMap(group -> group.results().stream())
                .map(Result::run)
                .filter(run -> run.getImported() == null)
                .toList();
        if (Stream.of("processor", "device").anyMatch(name -> differ(runs, name))) {
            limits.add("The runs were made on different machines, so their times cannot be compared.");
        }
        if (runs.stream().anyMatch(run -> run.getBackbone().getId().equals("tiny"))) {
            limits.add(
                    "The backbone is Karuta's embedded small model. It shows how methods behave, not how well they do on a"
                            + " large one.");
        }
    }

    private static boolean differ(List<Run> runs, String name) {
        return runs.stream()
                        .flatMap(run -> run.getEnvironment().stream())
                        .filter(note -> note.getName().equals(name))
                        .map(note -> note.getText())
                        .distinct()
                        .count()
                > 1;
    }
}
