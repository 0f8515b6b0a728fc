package karuta.report.draw;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.metrics.Metric;
import karuta.report.ArmResults;

/**
 * The arms that figures show: nobody can read a thousand curves in one. Tables have all.
 *
 * @param groups of those arms, in all orders
 * @param all how many arms there are
 */
record ShownArms(List<ArmResults> groups, int all) {

    /** More arms than anybody tells apart in a figure, and fewer than make a page slow. */
    static final int MOST = 40;

    /** All arms, or the first that is a method, which others are compared with, and those that end highest. */
    static ShownArms of(List<ArmResults> groups) {
        var arms = new LinkedHashMap<String, Double>();
        groups.forEach(group -> arms.merge(group.label(), last(group), Math::max));
        if (arms.size() <= MOST) {
            return new ShownArms(groups, arms.size());
        }
        var reference = groups.stream()
                .filter(group -> !group.analysis())
                .map(ArmResults::label)
                .limit(1);
        var highest = arms.entrySet().stream()
                .sorted(Comparator.comparing(arm -> -arm.getValue()))
                .map(Map.Entry::getKey);
        var shown = Stream.concat(reference, highest).distinct().limit(MOST).collect(Collectors.toSet());
        return new ShownArms(of(groups, shown), arms.size());
    }

    private static List<ArmResults> of(List<ArmResults> groups, Set<String> labels) {
        return groups.stream().filter(group -> labels.contains(group.label())).toList();
    }

    private static double last(ArmResults group) {
        return group.results().stream()
                .flatMapToDouble(result -> Metric.LAST.of(result.matrix().orElseThrow()).stream())
                .average()
                .orElse(Double.NEGATIVE_INFINITY);
    }

    /** That there are more; nothing where all are shown. */
    Optional<String> note() {
        var shown = groups.stream().map(ArmResults::label).distinct().count();
        return shown == all
                ? Optional.empty()
                : Optional.of("Figures show " + shown + " of " + all
                        + " arms: the first that is a method, and those that end highest. Tables have all.");
    }
}
