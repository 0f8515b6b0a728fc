package karuta.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which cards arms use at all, and an alarm where the choice has collapsed. */
final class CardTable {

    private static final int MOST_NAMED = 5;

    private static final List<String> HEADS =
            List.of("arm", "order", "in\neffect", "entropy\nbits", "taken most", "by\npercent", "never\ntaken");

    private final List<ArmResults> groups = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** Adds a row for an arm that takes cards. */
    void add(ArmResults group, Selections selections, List<String> tasks) {
        var usage = selections.usage();
        var most = usage.most();
        if (most.isEmpty()) {
            return;
        }
        var ofTasks = !selections.isEmpty();
        var never = ofTasks ? usage.neverTaken(tasks) : List.<String>of();
        groups.add(group);
        rows.add(List.of(
                group.label(),
                group.order(),
                Numbers.decimal(usage.effectiveCards(), 1),
                Numbers.decimal(usage.entropy(), 2),
                most.get(),
                Numbers.percent(usage.meanShare(most.get())),
                ofTasks ? Numbers.count(never.size()) : Numbers.NONE));
        var name = group.label() + ", order " + group.order();
        usage.dominant()
                .filter(card -> ofTasks)
                .ifPresent(card ->
                        notes.add("! " + name + ": the card of " + card + " is the best one for nearly all samples"));
        if (ofTasks && usage.dominant().isEmpty() && usage.collapsed()) {
            notes.add("! " + name + ": the choice has collapsed to fewer than half as many cards as there are tasks");
        }
        if (!never.isEmpty()) {
            notes.add("! " + name + ": nobody's best card is that of "
                    + String.join(", ", never.subList(0, Math.min(MOST_NAMED, never.size())))
                    + (never.size() > MOST_NAMED ? " and " + (never.size() - MOST_NAMED) + " more" : ""));
        }
    }

    /** The table, if any arm takes cards. */
    Optional<Block> block() {
        notes.add(
                "by the tasks of the best cards, or by all cards of a sample where they belong to no task; every task counts"
                        + " the same; in effect = exp(entropy)");
        notes.addAll(ArmResults.notes(groups));
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Block.Table("Cards in use after the last stage", HEADS, rows, notes));
    }
}
