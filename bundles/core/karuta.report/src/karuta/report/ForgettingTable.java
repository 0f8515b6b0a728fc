package karuta.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import karuta.metrics.forgetting.Explanation;
import karuta.metrics.forgetting.Explanation.OldTask;
import karuta.metrics.forgetting.Explanation.Prompts;

/**
 * Why runs of one arm have forgotten, task by task.
 *
 * @param explanations of at least one run; all of the same arm and order
 */
public record ForgettingTable(List<Explanation> explanations) {

    private static final List<String> HEADS =
            List.of("task", "learned", "now", "forgotten", "routing", "drift", "interference", "form", "content");

    /** Copies the list. */
    public ForgettingTable {
        explanations = List.copyOf(explanations);
    }

    /** One table for each arm and order of a study; one line that says how to get them where nobody has asked yet. */
    public static List<Block> of(List<ArmResults> groups) {
        var blocks = new ArrayList<Block>();
        var missing = 0;
        for (var group : groups) {
            var found = group.results().stream()
                    .map(Explained::read)
                    .flatMap(Optional::stream)
                    .toList();
            missing += group.imported() ? 0 : group.results().size() - found.size();
            if (found.stream().anyMatch(explanation -> !explanation.tasks().isEmpty())) {
                blocks.add(new ForgettingTable(found)
                        .table(group.label() + ", order " + group.order() + ", mean over "
                                + (found.size() == 1 ? "1 run" : found.size() + " runs")));
            }
        }
        if (missing > 0) {
            blocks.add(new Block.Lines(
                    List.of((blocks.isEmpty() ? "Nobody has asked yet: " : missing + " runs have not been asked: ")
                            + "`karuta explain` with the folder of the runs asks them again, keeps what it finds beside each run,"
                            + " and the next report shows it here.")));
        }
        return blocks;
    }

    /** @param title above it */
    public Block.Table table(String title) {
        var rows = new ArrayList<List<String>>();
        var tasks = explanations.get(0).tasks().stream().map(OldTask::task).toList();
        tasks.forEach(name -> rows.add(row(name, task -> task.task().equals(name))));
        rows.add(row("mean", task -> true));
        return new Block.Table(title, HEADS, rows, notes());
    }

    private List<String> row(String label, Predicate<OldTask> counts) {
        var shown = explanations.stream()
                .flatMap(explanation -> explanation.tasks().stream())
                .filter(counts)
                .toList();
        return List.of(
                label,
                mean(shown, task -> Optional.of(task.scores().learned()), Numbers::percent),
                mean(shown, task -> Optional.of(task.scores().actual()), Numbers::percent),
                mean(shown, task -> Optional.of(task.parts().total()), ForgettingTable::points),
                mean(
                        shown,
                        task -> Optional.of(task.parts().routing()).filter(part -> routing()),
                        ForgettingTable::points),
                mean(shown, task -> Optional.of(task.parts().drift()).filter(part -> drift()), ForgettingTable::points),
                mean(shown, task -> Optional.of(task.parts().interference()), ForgettingTable::points),
                mean(shown, OldTask::form, ForgettingTable::points),
                mean(shown, OldTask::content, ForgettingTable::points));
    }

    private boolean routing() {
        return explanations.stream().allMatch(Explanation::routing);
    }

    private boolean drift() {
        return explanations.stream().allMatch(Explanation::drift);
    }

    /** Nothing where it is not known of all. */
    private static String mean(
            List<OldTask> tasks, Function<OldTask, Optional<Double>> part, Function<Double, String> shown) {
        var values = tasks.stream().flatMap(task -> part.apply(task).stream()).toList();
        return values.size() < tasks.size()
                ? Numbers.NONE
                : shown.apply(
                        values.stream().mapToDouble(value -> value).average().orElse(Double.NaN));
    }

    private static String points(double part) {
        var points = String.format(Locale.ROOT, "%+.1f", 100 * part);
        return points.equals("+0.0") || points.equals("-0.0") ? "0.0" : points;
    }

    private List<String> notes() {
        var notes = new ArrayList<String>();
        notes.add("forgotten = learned - now = routing + drift + interference = form + content; below zero is a gain");
        notes.add(
                routing()
                        ? "routing: what is gained where the card of the true task takes the best seat"
                        : "routing: not defined, since "
                                + (prompts() == Prompts.NONE
                                        ? "there are no cards"
                                        : "no card belongs to a task; what another choice costs is in the interference"));
        notes.add(
                switch (prompts()) {
                    case NONE -> "drift: not defined, since there are no cards; all is interference";
                    case CONSTANT -> "drift: none, as the cards of a learned task never change (the pool's contract)";
                    case KEPT -> "drift: what is gained with the cards as they were when the task had been learned";
                    case LOST ->
                        "drift: not known, since the run was kept without its earlier cards; it is in the interference";
                });
        notes.add("form: answers that have a form which no reference of the task has; content: the other wrong ones");
        notes.add(explanations.stream().mapToInt(Explanation::checked).sum()
                + " answers were generated again, and are those of the record");
        return notes;
    }

    /** What is least known of any run. */
    private Prompts prompts() {
        return explanations.stream()
                .map(Explanation::prompts)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
