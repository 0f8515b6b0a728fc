package karuta.report;

import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import karuta.study.Cost;
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

    /** Of records that say it; those of older versions do not. */
    private static final List<String> MORE =
            List.of("prompt\ntokens", "training\nFLOPs", "answering\nFLOPs", "processor\nseconds", "peak\nmemory");

    /** Behind the numbers that a formula gives, not a measurement. */
    private static final String FORMULA =
            "FLOPs of the frozen decoder by a formula (Kaplan et al. 2020): 2 N + 2 L n d for a token that is read, twice that"
                    + " where a gradient flows through, since its weights need none";

    private static final String PROCESS = "processor time and peak memory are those of the whole process";

    private CostTable() {}

    static Block.Table of(List<ArmResults> groups) {
        var more = groups.stream().anyMatch(CostTable::told);
        return new Block.Table(
                "Costs: numbers trained, and stored beside the frozen model; old examples kept; mean time of a run",
                joined(HEADS, more ? MORE : List.of()),
                groups.stream()
                        .map(group -> joined(row(group), more ? more(group) : List.of()))
                        .toList(),
                joined(ArmResults.notes(groups), more ? List.of(FORMULA, PROCESS) : List.of()));
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

    private static List<String> more(ArmResults group) {
        return told(group)
                ? List.of(
                        Numbers.decimal(promptTokens(group), 1),
                        Numbers.operations(sum(group, Cost::getScoredFlops)),
                        Numbers.operations(sum(group, Cost::getGeneratedFlops)),
                        Numbers.decimal(sum(group, Cost::getProcessorSeconds), 1),
                        peak(group) == 0 ? Numbers.NONE : Numbers.bytes(peak(group)))
                : Collections.nCopies(MORE.size(), Numbers.NONE);
    }

    private static List<String> joined(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static boolean told(ArmResults group) {
        return group.results().stream()
                .noneMatch(result -> result.run().getCosts().isEmpty());
    }

    /** Of the last stage that has answered anything. */
    private static double promptTokens(ArmResults group) {
        return group.results().stream()
                .mapToDouble(result -> result.run().getCosts().stream()
                        .filter(cost -> cost.getGeneratedTokens() > 0)
                        .reduce((before, after) -> after)
                        .map(Cost::getPromptTokens)
                        .orElse(0.0))
                .average()
                .orElse(0);
    }

    private static double sum(ArmResults group, ToDoubleFunction<Cost> figure) {
        return group.results().stream()
                .mapToDouble(result ->
                        result.run().getCosts().stream().mapToDouble(figure).sum())
                .average()
                .orElse(0);
    }

    private static long peak(ArmResults group) {
        return group.results().stream()
                .flatMap(result -> result.run().getCosts().stream())
                .mapToLong(Cost::getPeakBytes)
                .max()
                .orElse(0);
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
