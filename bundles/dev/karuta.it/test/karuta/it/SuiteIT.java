package karuta.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import karuta.api.Benchmark;
import karuta.bench.folder.CoinWriter;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.Strategies;
import karuta.engine.plan.Planner;
import karuta.engine.run.CancellationToken;
import karuta.engine.run.RunOptions;
import karuta.engine.run.StudyListener;
import karuta.engine.run.StudyRunner;
import karuta.study.file.StudyReader;
import karuta.suite.Suite;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.service.ServiceExtension;

/** The field's suites as a study finds them. */
@ExtendWith(ServiceExtension.class)
class SuiteIT {

    private static final String STUDY = """
        study: suites
        seeds: [1]
        backbone: tiny
        encoder: tiny
        benchmark: {id: suite, suite: coin, path: "%s", train: 24}
        tasks: [ScienceQA, Grounding, OCR-VQA]
        training: {steps: 4, batch: 8, rate: 0.003}
        arms:
          lora: {baseline: {id: lora, rank: 4}}
        """;

    @TempDir
    Path folder;

    @InjectService
    Strategies strategies;

    private Path data;

    @BeforeEach
    void cardsLikeCoin() {
        data = folder.resolve("coin");
        var cards = strategies.find(Kind.BENCHMARK, "cards").orElseThrow();
        try (var made = strategies.create(cards, Map.of("train", 24, "test", 6))) {
            new CoinWriter().write((Benchmark) made.strategy(), data);
        }
    }

    private StudyRunner runner(String study) {
        var plan = Planner.plan(strategies, StudyReader.parse("suites", study.formatted(data)));
        var options = new RunOptions(folder.resolve("runs"), folder.resolve("cache"), 1, false, false);
        return new StudyRunner(strategies, plan, options, StudyListener.NOBODY, new CancellationToken());
    }

    @Test
    void everyRuleThatAManifestNamesIsThere() {
        for (var suite : Suite.shipped().stream()
                .filter(id -> !id.equals("cl-vista")) // out of scope
                .map(Suite::named)
                .toList()) {
            suite.tasks()
                    .forEach(task -> task.rules()
                            .forEach(rule -> assertTrue(
                                    strategies.find(Kind.SCORER, rule).isPresent(),
                                    suite.id() + ", " + task.name() + ": " + rule)));
        }
    }

    @Test
    void aStudyOfCoinRunsOnTheSmallModel() throws IOException {
        var outcome = runner(STUDY).run().get(0);
        assertTrue(outcome.finished(), outcome.toString());
        var run = outcome.folder().orElseThrow().path();
        var matrix = Files.readAllLines(run.resolve("matrix.csv"));
        assertEquals("stage,ScienceQA [choice.coin],Grounding [box.coin],OCR-VQA [equal.coin-lower]", matrix.get(0));
        assertEquals(5, matrix.size());
        var record = Files.readString(run.resolve("run.json"));
        for (var rule : List.of("choice.coin", "box.coin", "equal.coin-lower")) {
            assertTrue(record.contains(rule), rule);
        }
        assertTrue(record.contains("no known variant has as many"), "counts are kept in the record");
    }

    @Test
    void everyRuleOfEverySuiteIsInstalled() {
        for (var id : Suite.shipped()) {
            if (!id.equals("cl-vista")) {
                for (var task : Suite.named(id).tasks()) {
                    task.rules()
                            .forEach(rule -> assertTrue(
                                    strategies.find(Kind.SCORER, rule).isPresent(),
                                    id + ", " + task.name() + ": " + rule));
                }
            }
        }
    }

    @Test
    void aDamagedCopyIsRefusedBeforeAnythingIsLearned() throws IOException {
        var file = data.resolve("playground/Instructions_Original/OCRVQA/test.json");
        Files.writeString(file, Files.readString(file).replace("ocrvqa-test-00003", "ocrvqa-test-00002"));
        var message =
                assertThrows(RuntimeException.class, () -> runner(STUDY).run()).getMessage();
        assertTrue(message.contains("test.json, element 4 has the id ocrvqa-test-00002 of a sample before"), message);
    }

    @Test
    void anImageThatIsMissingIsNamedWithFileAndSample() throws IOException {
        Files.delete(data.resolve("cl_dataset/OCR-VQA/images/test/00002.png"));
        var message =
                assertThrows(RuntimeException.class, () -> runner(STUDY).run()).getMessage();
        assertTrue(message.contains("OCRVQA/test.json") && message.contains("ocrvqa-test-00002"), message);
    }

    @Test
    void videosAreRefusedByName() {
        var study = STUDY.replace("suite: coin", "suite: cl-vista");
        var message = assertThrows(RuntimeException.class, () -> runner(study)).getMessage();
        assertTrue(message.contains("CL-VISTA is out of scope"), message);
    }
}
