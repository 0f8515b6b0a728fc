package karuta.report;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import karuta.study.Stage;

/** What the arms cost: a row per arm, means over its seeds. */
final class CostTable {

    private static final List<String> HEADS = List.of(
            "arm",
            "order",
            "trained\nper stage",
            "stored\nin all",
            "stored\nper task",
            "kept\nsamples",
            "kept\nbytes",
            "training\nseconds",
            "training\nsamples/s",
            "evaluation\nseconds");

    private CostTable() {}

    static Block.Table of(List<ArmResults> groups) {
        return new Block.Table(
                "Costs: numbers trained, and stored beside the frozen model; old examples kept; mean time of a run",
                HEADS,
                groups.stream().map(CostTable::row).toList(),
                ArmResults.notes(groups));
    }

    private static List<String> row(ArmResults group) {
        var tasks = group.results().get(0).run().getTasks().size();
        var stored = last(group, Stage::getStored);
        var training = total(group, Stage::getSeconds);
        var samples = total(group, Stage::getSamples);
        return List.of(
                group.label(),
                group.order(),
                trained(group),
                Numbers.count(stored),
                Numbers.count(Math.round((double) stored / tasks)),
                Numbers.count(last(group, Stage::getStoredSamples)),
                Numbers.bytes(last(group, Stage::getStoredBytes)),
                Numbers.decimal(training, 1),
                samples > 0 && training > 0 ? Numbers.decimal(samples / training, 1) : Numbers.NONE,
                Numbers.decimal(total(group, Stage::getEvaluationSeconds), 1));
    }

    /** One number, or the smallest and the largest. */
    private static String trained(ArmResults group) {
        var trained = group.results().stream()
                .flatMap(result -> result.run().getStages().stream())
                .mapToLong(Stage::getTrained)
                .summaryStatistics();
        if (trained.getCount() == 0) {
            return Numbers.NONE;
        }
        return trained.getMin() == trained.getMax()
                ? Numbers.count(trained.getMin())
                : Numbers.count(trained.getMin()) + " to " + Numbers.count(trained.getMax());
    }

    private static long last(ArmResults group, ToLongFunction<Stage> figure) {
        return Math.round(group.results().stream()
                .map(result -> result.run().getStages())
                .mapToLong(stages -> stages.isEmpty() ? 0 : figure.applyAsLong(stages.get(stages.size() - 1)))
                .average()
                .orElse(0));
    }

    private static double total(ArmResults group, ToDoubleFunction<Stage> figure) {
        return group.results().stream()
                .mapToDouble(result ->
                        result.run().getStages().stream().mapToDouble(figure).sum())
                .average()
                .orElse(0);
    }
}
