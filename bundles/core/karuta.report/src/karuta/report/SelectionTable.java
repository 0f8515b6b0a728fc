package karuta.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Whether the arms that choose cards chose right. */
final class SelectionTable {

    private SelectionTable() {}

    /** A table with a row per arm that chooses among cards of tasks, one of which cards arms use, and who takes whose cards. */
    static List<Block> of(List<ArmResults> groups) {
        var tasks = groups.get(0).results().get(0).run().getTasks();
        var right = new ArrayList<List<String>>();
        var shown = new ArrayList<ArmResults>();
        var usage = new CardTable();
        var whose = new ArrayList<Block>();
        for (var group : groups) {
            var selections = Selections.of(group);
            usage.add(group, selections, tasks);
            if (!selections.isEmpty()) {
                shown.add(group);
                right.add(row(group, selections, tasks));
                whose.add(confusion(group, selections, tasks));
            }
        }
        var heads = Stream.concat(
                        Stream.of("arm", "order", "best", "any"), tasks.stream().map(task -> "best\n" + task))
                .toList();
        var title =
                "Cards chosen after the last stage: percent of test samples whose best card (or any card) is that of"
                        + " the true task";
        var blocks = new ArrayList<Block>();
        if (!right.isEmpty()) {
            blocks.add(new Block.Table(title, heads, right, ArmResults.notes(shown)));
        }
        usage.block().ifPresent(blocks::add);
        blocks.addAll(whose);
        return blocks;
    }

    private static Block confusion(ArmResults group, Selections selections, List<String> tasks) {
        var rows = tasks.stream()
                .map(task -> Stream.concat(
                                Stream.of(task),
                                tasks.stream().map(card -> Numbers.percent(selections.best(task, card))))
                        .toList())
                .toList();
        return new Block.Table(
                group.label() + ", order " + group.order()
                        + ": percent of each task's samples (row) whose best card is that of a task (column)",
                Stream.concat(Stream.of("samples of"), tasks.stream()).toList(),
                rows,
                ArmResults.notes(List.of(group)));
    }

    private static List<String> row(ArmResults group, Selections selections, List<String> tasks) {
        var means = Stream.of(
                group.label(), group.order(), Numbers.percent(selections.first()), Numbers.percent(selections.any()));
        var each = tasks.stream()
                .map(task -> selections.first(task).map(Numbers::percent).orElse(Numbers.NONE));
        return Stream.concat(means, each).toList();
    }
}
