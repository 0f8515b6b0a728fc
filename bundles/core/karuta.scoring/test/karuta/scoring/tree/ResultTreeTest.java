package karuta.scoring.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.metrics.AccuracyMatrix;
import karuta.metrics.Metric;
import karuta.scoring.rule.RuleChoice;
import karuta.scoring.table.TaskScores;
import karuta.study.Run;
import karuta.study.record.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultTreeTest {

    /** As CoIN leaves it: B was learned first, then A, then C. */
    private static final String[] COIN = {
        "taskB/Finetune=yes,yes",
        "taskB/TaskA=yes,no",
        "taskB/taskC=no,no",
        "taskA/Finetune=yes,Yes",
        "taskA/taskC=no,yes",
        "taskC/Finetune=yes,yes"
    };

    private static final Toys TOYS = new Toys();

    @TempDir
    private Path root = Path.of("");

    private static StageOrder order(Path tree, String... order) {
        return StageOrder.of(ResultTree.find(tree, TOYS), TOYS, List.of(order), List.of());
    }

    private String refusal(String... order) {
        return assertThrows(KarutaException.class, () -> order(root, order)).getMessage();
    }

    private static List<TaskScores> scores(Path tree, StageOrder order, String... rules) {
        var all = new ArrayList<TaskScores>();
        new ScoredTree(ResultTree.find(tree, TOYS), order, TOYS)
                .each(new RuleChoice(List.of(rules), TOYS), "id", all::add);
        return all;
    }

    private Run kept(Path tree, StageOrder order, String... rules) {
        var run = ImportedRun.begin(root.resolve("runs"), "CoIN", order, tree, TOYS.name());
        scores(tree, order, rules).stream()
                .collect(Collectors.groupingBy(each -> each.stage().orElseThrow()))
                .values()
                .forEach(run::add);
        return new RunFolder(run.end().path()).read();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "LLaVA", "each_dataset", "llava/CoIN/lora"})
    void resultsLieAsDeepAsTheyLike(String above) {
        var tree = ResultTree.find(
                Toys.results(root.resolve("results").resolve(above), COIN).getParent(), TOYS);
        assertEquals(6, tree.cells().size());
        assertEquals(
                "A Finetune, A taskC, B Finetune, B TaskA, B taskC, C Finetune",
                tree.cells().stream()
                        .map(cell -> cell.task() + " " + cell.stage())
                        .collect(Collectors.joining(", ")));
    }

    @Test
    void theOrderIsToldByWhatWasEvaluatedAfterWhat() {
        var order = order(Toys.results(root, COIN));
        assertEquals(List.of("B", "A", "C"), order.tasks());
        assertTrue(order.note().contains("evaluated after which stage"), order.note());
    }

    @Test
    void anOrderThatNothingTellsMustBeGiven() {
        Toys.results(root, "taskA/Finetune=yes,yes", "taskB/Finetune=yes,yes");
        assertTrue(refusal().contains("--order TASK,TASK"), refusal());
        assertEquals(List.of("B", "A"), order(root, "taskB", "a").tasks());
        assertTrue(refusal("A", "A").contains("names a task twice"));
        assertTrue(refusal("A", "X").contains("\"X\", which is no task of suite toys"));
        assertTrue(refusal("A").contains("a task or stage that the order does not name"));
    }

    @Test
    void aSquareDoesNotTellTheOrderEither() {
        Toys.results(root, "A/A=yes,yes", "A/B=yes,yes", "B/A=yes,yes", "B/B=yes,yes");
        assertTrue(refusal().contains("--order"), refusal());
        var order = order(root, "B", "A");
        assertEquals(
                List.of("1 B", "1 A", "2 B", "2 A"),
                scores(root, order).stream()
                        .map(each -> each.stage().orElseThrow() + " " + each.task())
                        .toList());
    }

    @Test
    void stagesWithOtherNamesMustBeSaid() {
        Toys.results(root, "A/first=yes,yes", "A/second=yes,yes", "B/second=yes,yes");
        assertTrue(refusal("A", "B").contains("after which task these stages"), refusal("A", "B"));
        var tree = ResultTree.find(root, TOYS);
        var order = StageOrder.of(tree, TOYS, List.of("A", "B"), List.of("first", "second"));
        assertEquals(List.of(1, 2, 2), tree.cells().stream().map(order::stage).toList());
        assertThrows(
                KarutaException.class,
                () -> StageOrder.of(tree, TOYS, List.of("A", "B"), List.of("first", "second", "third")));
    }

    @Test
    void aTreeBecomesARunWithHolesAndAllMetrics() {
        var tree = Toys.results(root.resolve("CoIN"), COIN);
        var run = kept(tree, order(tree));
        assertEquals(tree.toString(), run.getImported());
        assertEquals(List.of("B", "A", "C"), run.getTasks());
        assertEquals(
                List.of("exact.toy", "exact.toy", "exact.toy"), run.getMatrix().getScorers());
        var rows = run.getMatrix().getRows();
        var nan = Double.NaN;
        assertEquals(List.of(nan, nan, nan), rows.get(0).getScores());
        assertEquals(List.of(1.0, nan, nan), rows.get(1).getScores());
        assertEquals(List.of(0.5, 0.5, nan), rows.get(2).getScores());
        assertEquals(List.of(0.0, 0.5, 1.0), rows.get(3).getScores());
        var matrix = new AccuracyMatrix(
                run.getMatrix().getTasks(),
                rows.stream()
                        .map(row -> new AccuracyMatrix.Row(row.getTrained(), row.getScores()))
                        .toList());
        assertEquals(List.of(), matrix.holes());
        assertEquals(0.5, Metric.LAST.of(matrix).getAsDouble(), 1e-12);
        assertEquals(2.5 / 3, Metric.MFT.of(matrix).getAsDouble(), 1e-12);
        assertEquals((1 + 0.5 + 0.5) / 3, Metric.MAA.of(matrix).getAsDouble(), 1e-12);
        assertEquals(-0.5, Metric.BWT.of(matrix).getAsDouble(), 1e-12);
        assertEquals(0.5, Metric.FORGETTING.of(matrix).getAsDouble(), 1e-12);
        assertTrue(Metric.FWT.of(matrix).isEmpty(), "nothing was evaluated before it was learned");
    }

    @Test
    void anotherRuleIsAnotherMatrixAndSaysSo() {
        var tree = Toys.results(root.resolve("CoIN"), COIN);
        var run = kept(tree, order(tree), "lower.toy");
        assertEquals(
                List.of("lower.toy", "lower.toy", "lower.toy"), run.getMatrix().getScorers());
        assertEquals(1.0, run.getMatrix().getRows().get(2).getScores().get(1));
    }

    @Test
    void rulesThatMeanNothingAnywhereAreRefused() {
        var tree = Toys.results(root.resolve("CoIN"), COIN);
        var told = assertThrows(KarutaException.class, () -> scores(tree, order(tree), "hide"))
                .getMessage();
        assertTrue(told.contains("\"hide\" is the id of no rule"), told);
        assertEquals(
                2, scores(tree, order(tree), "toy").get(0).scoring().outcomes().size());
        assertEquals(
                1,
                scores(tree, order(tree), "lower/toy")
                        .get(0)
                        .scoring()
                        .outcomes()
                        .size());
    }

    @Test
    void theAnswersAreKept() {
        var tree = Toys.results(root.resolve("CoIN"), COIN);
        kept(tree, order(tree));
        var lines = new ArrayList<String>();
        new RunFolder(root.resolve("runs/imported.CoIN.learned.seed0"))
                .forEachPrediction(
                        each -> lines.add(each.stage() + each.task() + each.id() + each.text() + each.score()));
        assertEquals(12, lines.size());
        assertEquals("1B1yes1.0", lines.get(0));
        assertEquals("3C2yes1.0", lines.get(11));
    }

    @Test
    void evaluationBeforeTrainingIsRowZero() {
        var tree = Toys.results(root.resolve("CoIN"), COIN);
        Toys.results(tree, "taskA/Zero_shot=no,no");
        assertEquals(
                List.of(0.0, Double.NaN),
                kept(tree, order(tree, "B", "A", "C")).getMatrix().getRows().get(0).getScores().stream()
                        .skip(1)
                        .toList());
    }

    @Test
    void filesOfCtbSayTheOrderThemselves() {
        for (var k = 1; k <= 2; k++) {
            var task = List.of("B", "A").get(k - 1);
            var text = "{\"results\": [{\"question_id\": 1, \"model_output\": \"yes\"},"
                    + " {\"question_id\": 2, \"model_output\": \"%s\"}]}";
            Toys.write(root.resolve("predictions/" + k + "-" + task + ".json"), text.formatted("yes"));
            if (k < 2) {
                Toys.write(root.resolve("last_predictions/" + k + "-" + task + ".json"), text.formatted("no"));
            }
        }
        var order = order(root);
        assertEquals(List.of("B", "A"), order.tasks());
        var run = kept(root, order);
        assertEquals(List.of(1.0, Double.NaN), run.getMatrix().getRows().get(1).getScores());
        assertEquals(List.of(0.5, 1.0), run.getMatrix().getRows().get(2).getScores());
    }

    @Test
    void twoResultsOfOneCellAreRefused() {
        Toys.results(root.resolve("one"), COIN);
        Toys.results(root.resolve("other"), COIN);
        var told = assertThrows(KarutaException.class, () -> ResultTree.find(root, TOYS))
                .getMessage();
        assertTrue(told.contains("has two results of task A after stage Finetune"), told);
        Toys.results(root.resolve("third"), "A/A=yes,yes", "A/Finetune=yes,yes", "B/Finetune=yes,yes");
        var third = root.resolve("third");
        var both = assertThrows(KarutaException.class, () -> scores(third, order(third, "A", "B")))
                .getMessage();
        assertTrue(both.contains("are both of task A after stage 1"), both);
    }

    @Test
    void partsThatNobodyHasMergedAreTold() {
        Toys.write(root.resolve("A/Finetune/2_0.jsonl"), "{}");
        var told = assertThrows(KarutaException.class, () -> ResultTree.find(root, TOYS))
                .getMessage();
        assertTrue(told.contains("nobody has merged"), told);
    }

    @Test
    void aFolderWithoutResultsIsToldAsSuch() {
        var told = assertThrows(KarutaException.class, () -> ResultTree.find(root, TOYS))
                .getMessage();
        assertTrue(told.contains("holds no results of suite toys"), told);
        assertTrue(told.contains("A, B, C"), told);
    }

    @Test
    void anAnswerThatIsMissingSomewhereIsToldWithItsFile() {
        Toys.results(root, "A/Finetune=yes");
        var told = assertThrows(KarutaException.class, () -> scores(root, order(root, "A")))
                .getMessage();
        assertTrue(told.contains("merge.jsonl does not fit A: of 2 samples without an answer 1 (2)"), told);
    }

    @Test
    void namesOfStagesAreNotGuessed() {
        Toys.results(
                root,
                Stream.concat(Stream.of(COIN), Stream.of("taskA/checkpoint-500=yes,yes"))
                        .toArray(String[]::new));
        assertTrue(refusal().contains("checkpoint-500"), refusal());
    }
}
