package karuta.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import karuta.study.Stage;

/**
 * What an arm may spend, and in what that differs from the arm that it is compared with.
 *
 * @param group the arm, in one order
 * @param reference the first arm of that order that is a method
 * @param differences a few words each; none where both may spend the same
 */
public record Budget(ArmResults group, ArmResults reference, List<String> differences) {

    /** A tenth more or less is no other budget. */
    private static final double ALIKE = 1.1;

    private static final double ROUND = 10;

    /** Copies the list. */
    public Budget {
        differences = List.copyOf(differences);
    }

    /** Of all arms that were run here, in their order. */
    public static List<Budget> of(List<ArmResults> groups) {
        var own = groups.stream().filter(group -> !group.imported()).toList();
        return own.stream()
                .map(group -> {
                    var reference = ScoreTables.reference(own, group.order());
                    return new Budget(group, reference, differences(group, reference));
                })
                .toList();
    }

    /** What marks an arm that may spend something else than the one that it is compared with. */
    static final String MARK = " ≠";

    /** In what an arm differs in budget from another, order by order; empty if in nothing, or if others gave the answers. */
    static String differences(List<ArmResults> arm, List<ArmResults> reference) {
        return arm.stream()
                .filter(group -> !group.imported())
                .flatMap(group -> reference.stream()
                        .filter(other -> other.order().equals(group.order()) && !other.imported())
                        .map(other -> String.join("; ", differences(group, other))))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Whether the two may be compared as they stand. */
    public boolean matched() {
        return differences.isEmpty();
    }

    private static List<String> differences(ArmResults group, ArmResults reference) {
        var found = new ArrayList<String>();
        ratio(group, reference, "trains", "numbers", stage -> stage.getTrained())
                .ifPresent(found::add);
        ratio(group, reference, "stores", "numbers", stage -> stage.getStored()).ifPresent(found::add);
        ratio(group, reference, "learns from", "samples per stage", stage -> stage.getSamples())
                .ifPresent(found::add);
        var kept = most(group, Stage::getStoredSamples);
        var keptThere = most(reference, Stage::getStoredSamples);
        if (kept != keptThere) {
            found.add("keeps " + Numbers.count(Math.round(kept)) + " old samples, not "
                    + Numbers.count(Math.round(keptThere)));
        }
        return found;
    }

    private static Optional<String> ratio(
            ArmResults group, ArmResults reference, String verb, String what, ToDoubleFunction<Stage> figure) {
        var here = most(group, figure);
        var there = most(reference, figure);
        if (Math.max(here, there) <= ALIKE * Math.min(here, there)) {
            return Optional.empty();
        }
        if (there == 0 || here == 0) {
            return Optional.of(verb + " " + Numbers.count(Math.round(here)) + " " + what + ", not "
                    + Numbers.count(Math.round(there)));
        }
        var times = here / there;
        return Optional.of(verb + " "
                + (times > 1
                        ? (times < ROUND ? Numbers.decimal(times, 1) : Numbers.count(Math.round(times)))
                                + " times as many "
                        : Numbers.decimal(100 * times, times < 1 / ROUND ? 1 : 0) + " % of the ")
                + what);
    }

    private static double most(ArmResults group, ToDoubleFunction<Stage> figure) {
        return group.results().stream()
                .flatMap(result -> result.run().getStages().stream())
                .mapToDouble(figure)
                .max()
                .orElse(0);
    }
}
