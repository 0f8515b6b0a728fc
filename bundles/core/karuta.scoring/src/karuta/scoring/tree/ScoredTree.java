package karuta.scoring.tree;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import karuta.api.KarutaException;
import karuta.scoring.file.PredictionFile;
import karuta.scoring.pair.AnswerSource;
import karuta.scoring.pair.Gold;
import karuta.scoring.pair.GoldBook;
import karuta.scoring.pair.Pairer;
import karuta.scoring.rule.Rule;
import karuta.scoring.rule.RuleChoice;
import karuta.scoring.rule.Scoring;
import karuta.scoring.table.TaskScores;

/**
 * Scores a result tree, stage by stage. The samples of all tasks are held, the answers of one stage.
 *
 * @param tree what was found
 * @param order which stage is which
 * @param book the samples
 */
public record ScoredTree(ResultTree tree, StageOrder order, GoldBook book) {

    /**
     * Scores all cells.
     *
     * @param choice the rules
     * @param pairing as {@link Scoring#of} takes it
     * @param sink gets the cells of a stage, and then those of the next one
     * @throws KarutaException if two results are of one cell, or one cannot be scored by any rule
     */
    public void each(RuleChoice choice, String pairing, Consumer<TaskScores> sink) {
        var golds = new HashMap<String, Gold>();
        var chosen = new HashMap<String, List<Rule>>();
        tree.cells().forEach(cell -> chosen.computeIfAbsent(cell.task(), task -> choice.of(task, book.rules(task))));
        choice.check();
        for (var entry : byStage().entrySet()) {
            for (var cell : entry.getValue()) {
                var gold = golds.computeIfAbsent(cell.task(), book::gold);
                var source = AnswerSource.of(PredictionFile.open(cell.file()));
                sink.accept(new TaskScores(
                        cell.file().toString(),
                        cell.task(),
                        OptionalInt.of(entry.getKey()),
                        Scoring.of(new Pairer(source, gold), chosen.get(cell.task()), pairing)));
            }
        }
    }

    private Map<Integer, List<Cell>> byStage() {
        var stages = new TreeMap<Integer, List<Cell>>();
        var places = new LinkedHashMap<List<Object>, Cell>();
        for (var cell : tree.cells()) {
            var stage = order.stage(cell);
            Optional.ofNullable(places.put(List.of(stage, cell.task()), cell)).ifPresent(other -> {
                throw new KarutaException(
                        cell.file() + " and " + other.file() + " are both of task " + cell.task() + " after stage "
                                + stage + ".",
                        "Take one of them away.");
            });
            stages.computeIfAbsent(stage, number -> new ArrayList<>()).add(cell);
        }
        stages.values()
                .forEach(cells ->
                        cells.sort(Comparator.comparing(cell -> order.tasks().indexOf(cell.task()))));
        return stages;
    }
}
