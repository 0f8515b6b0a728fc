package karuta.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code karuta score} as a user types it, on a small invented copy of CoIN. */
class ScoreTest {

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectories(folder);
        var instructions = folder.resolve("coin/playground/Instructions_Original");
        var science = IntStream.rangeClosed(1, 4)
                .mapToObj(i -> ("{'question_id': '%d', 'image': 'ScienceQA/%d.png', 'text': 'Which?', 'answer': 'B'}")
                        .formatted(i, i))
                .collect(Collectors.joining(",", "[", "]"));
        write(instructions.resolve("ScienceQA/test.json"), science);
        write(folder.resolve("coin/cl_dataset/ScienceQA/pid_splits.json"), "{'test': ['1', '2', '3', '4']}");
        write(
                folder.resolve("coin/cl_dataset/ScienceQA/problems.json"),
                IntStream.rangeClosed(1, 4)
                        .mapToObj(i -> "'%d': {'choices': ['x', 'y'], 'answer': 1}".formatted(i))
                        .collect(Collectors.joining(",", "{", "}")));
        write(
                instructions.resolve("VizWiz/val.json"),
                "[{'question_id': 7, 'image': 'VizWiz/7.png', 'text': 'What?', 'answer': 'cat'},"
                        + " {'question_id': 8, 'image': 'VizWiz/8.png', 'text': 'What?', 'answer': 'cat'}]");
        write(
                instructions.resolve("TextVQA/val.json"),
                "[{'question_id': 5, 'image': 'TextVQA/5.png', 'text': 'What?', 'answer': 'stop'}]");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text.replace('\'', '"'));
    }

    private void answers(String file, String... answers) throws IOException {
        var lines = Arrays.stream(answers)
                .map(answer -> answer.split("=", 2))
                .map(words -> "{'question_id': '%s', 'prompt': 'Which?', 'text': '%s', 'metadata': {}}\n"
                        .formatted(words[0], words[1]))
                .collect(Collectors.joining());
        write(folder.resolve(file), lines);
    }

    private Product.Result karuta(String... words) {
        var home = folder.resolve("karuta");
        var product = Files.exists(home) ? new Product(home, folder.resolve("cache")) : Product.in(folder);
        return product.start(Map.of(), words).end();
    }

    private Product.Result score(String file, String... words) {
        return karuta(
                Stream.concat(Stream.of("score", file), Arrays.stream(words)).toArray(String[]::new));
    }

    private static String[] coin(String... words) {
        return Stream.concat(Stream.of("--suite", "coin", "--data", "coin"), Arrays.stream(words))
                .toArray(String[]::new);
    }

    @Test
    void oneFileUnderAllRulesOfItsTask() throws IOException {
        answers("merge.jsonl", "1=B", "2=B.", "3=(B)", "4=A cat");
        var result = score("merge.jsonl", coin("--task", "sqa", "--disagree", "--csv", "scores.csv"));
        assertEquals("", result.err());
        assertEquals("""
                TASK       RULE          PERCENT  SCORED  OF  MISSING  DOUBLE  UNKNOWN  FIGURES
                ScienceQA  choice.coin   75.00    4       4   0        0       0        with image 75.00
                ScienceQA  choice.hide   25.00    4       4   0        0       0        with image 25.00
                ScienceQA  choice.prism  25.00    4       4   0        0       0        with image 25.00
                ScienceQA  choice        75.00    4       4   0        0       0
                pairing id: refused: missing, double and unknown ids

                ScienceQA: 2 answers are judged differently
                2: answered "B.", expected "B"
                  choice.coin   100.00  read "B"
                  choice.hide   0.00    read ""
                  choice.prism  0.00    read ""
                  choice        100.00  read "B."
                3: answered "(B)", expected "B"
                  choice.coin   100.00  read "B"
                  choice.hide   0.00    read ""
                  choice.prism  0.00    read ""
                  choice        100.00  read "(B)"
                """, result.out());
        assertEquals(0, result.code());
        var csv = Files.readAllLines(folder.resolve("scores.csv"));
        assertEquals(
                "source,stage,task,rule,value,scored,denominator,missing,double,unknown,pairing,figures", csv.get(0));
        assertEquals("merge.jsonl,,ScienceQA,choice.coin,0.75,4,4,0,0,0,id,with image=0.75", csv.get(1));
        assertEquals(
                9, Files.readAllLines(folder.resolve("scores.csv.disagree.csv")).size());
    }

    @Test
    void jsonIsAllThatIsPrinted() throws IOException {
        answers("merge.jsonl", "1=B", "2=B.", "3=(B)", "4=A cat");
        var result = score("merge.jsonl", coin("--task", "scienceqa", "--rule", "hide", "--json"));
        assertTrue(result.out().startsWith("[\n  {\n    \"source\": \"merge.jsonl\","), result.out());
        assertTrue(result.out().contains("\"value\": 0.25"), result.out());
        assertTrue(result.out().endsWith("]\n"), result.out());
    }

    @Test
    void answersThatDoNotPairAreCountedAsTheScriptsCountThem() throws IOException {
        answers("merge.jsonl", "1=B", "2=B", "2=A", "9=B");
        var strict = score("merge.jsonl", coin("--task", "ScienceQA"));
        assertEquals(2, strict.code());
        assertEquals("", strict.out());
        assertTrue(strict.err().contains("of 4 samples without an answer 2 (3, 4);"), strict.err());
        assertTrue(strict.err().contains("answered more than once 1 (2);"), strict.err());
        assertTrue(strict.err().contains("answered, but no sample of it 1 (9)."), strict.err());
        var coin = score("merge.jsonl", coin("--task", "ScienceQA", "--rule", "coin", "--pairing", "coin"));
        assertTrue(coin.out().contains("choice.coin  25.00    2       4   2        1       1"), coin.out());
        var hide = score("merge.jsonl", coin("--task", "ScienceQA", "--rule", "hide", "--pairing", "hide"));
        assertTrue(hide.out().contains("choice.hide  33.33    2       3   2        1       1"), hide.out());
    }

    @Test
    void aFileThatSaysItselfWhatWasExpectedNeedsNoSuite() throws IOException {
        write(
                folder.resolve("ans_gt.json"),
                "[{'pred': 'Cat', 'ground_truth': 'cat'}, {'pred': 'dog', 'ground_truth': 'cat'}]");
        var result = score("ans_gt.json", "--rule", "equal/coin-upper,exact");
        assertTrue(result.out().contains("equal.coin-upper  50.00    2       2"), result.out());
        assertTrue(result.out().contains("pairing line-all"), result.out());
        assertEquals(2, score("ans_gt.json").code());
    }

    @Test
    void whatIsNotUsableIsToldInOneMessage() throws IOException {
        answers("merge.jsonl", "5=stop");
        for (var mistake : List.of(
                new String[] {"--task", "TextVQA", "TextVQA_0.5.1_val.json"},
                new String[] {"--task", "ScienceQA", "Is it of another task or split?"},
                new String[] {"--task", "flowers", "There is no task \"flowers\" in suite coin."},
                new String[] {"--task", "VizWiz", "--rule", "exat", "\"exat\" is the id of no rule"},
                new String[] {"--task", "VizWiz", "--layout", "x", "no layout \"x\""})) {
            var result = score("merge.jsonl", coin(Arrays.copyOf(mistake, mistake.length - 1)));
            assertEquals(2, result.code(), String.join(" ", mistake));
            assertTrue(result.err().contains(mistake[mistake.length - 1]), result.err());
            assertFalse(result.err().contains("\tat "), result.err());
        }
    }

    @Test
    void aTreeBecomesARunThatTablesShow() throws IOException {
        answers("results/CoIN/ScienceQA/Finetune/merge.jsonl", "1=B", "2=B.", "3=(B)", "4=A cat");
        answers("results/CoIN/ScienceQA/VizWiz/merge.jsonl", "1=B", "2=A", "3=A", "4=A");
        answers("results/CoIN/VizWiz/Finetune/merge.jsonl", "7=Cat", "8=cat ");
        var result = score("results/CoIN", coin("--out", "imported", "--rule", "coin"));
        assertEquals("", result.err());
        assertTrue(result.out().startsWith("""
                                STAGE  ScienceQA [choice.coin]  VizWiz [equal.coin-upper]
                                1      75.00                    -
                                2      25.00                    50.00
                                """), result.out());
        assertTrue(result.out().contains("kept in imported/imported.CoIN.learned.seed0"), result.out());
        var table = karuta("table", "imported");
        assertEquals(0, table.code(), table.err());
        assertTrue(table.out().contains("CoIN: imported from results/CoIN"), table.out());
        assertTrue(table.out().contains("it cannot be run again"), table.out());
        assertTrue(
                table.out().contains("CoIN [imported]  learned     1        37.5  62.5  56.3    -50.0         50.0"),
                table.out());
        var again = score("imported/imported.CoIN.learned.seed0");
        assertEquals(0, again.code(), again.err());
        assertTrue(again.out().contains("3 scores are what the run has recorded, to the last bit."), again.out());
    }

    @Test
    void aRunIsScoredAgainWithoutRunning() throws IOException {
        Files.writeString(
                folder.resolve("smoke.yaml"), Files.readString(Path.of("..", "..", "experiments", "smoke.yaml")));
        var run = karuta("run", "smoke.yaml", "--out", "runs");
        assertEquals(0, run.code(), run.err());
        try (var runs = Files.list(folder.resolve("runs"))) {
            for (var each : runs.filter(Files::isDirectory).toList()) {
                var result = score("runs/" + each.getFileName());
                assertEquals(0, result.code(), result.err());
                var cells = (Files.readAllLines(each.resolve("matrix.csv")).size() - 1) * 2;
                assertTrue(
                        result.out().contains(cells + " scores are what the run has recorded, to the last bit."),
                        result.out());
            }
        }
    }
}
