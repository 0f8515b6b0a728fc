package karuta.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the arms that choose cards chose right. */
final class SelectionTable {

    private SelectionTable() {}

    /** A row per arm that chooses among cards of tasks; nothing if none does. */
    static Optional<Block> of(List<ArmResults> groups) {
        var tasks = groups.get(0).results().get(0).run().getTasks();
        var shown = new ArrayList<ArmResults>();
        var rows = new ArrayList<List<String>>();
        for (var group : groups) {
            var selections = Selections.of(group);
            if (!selections.isEmpty()) {
                shown.add(group);
                rows.add(row(group, selections, tasks));
            }
        }
        var heads = Stream.concat(
                        Stream.of("arm", "order", "best", "any"), tasks.stream().map(task -> "best\n" + task))
                .toList();
        var title =
                "Cards chosen after the last stage: percent of test samples whose best card (or any card) is that of"
                        + " the true task";
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Block.Table(title, heads, rows, ArmResults.notes(shown)));
    }

    private static List<String> row(ArmResults group, Selections selections, List<String> tasks) {
        var means = Stream.of(
                group.label(), group.order(), Numbers.percent(selections.first()), Numbers.percent(selections.any()));
        var each = tasks.stream()
                .map(task -> selections.first(task).map(Numbers::percent).orElse(Numbers.NONE));
        return Stream.concat(means, each).toList();
    }
}
