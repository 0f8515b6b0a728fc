package karuta.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.BackboneSpec;
import karuta.api.Sample;
import karuta.engine.plan.Planner;
import karuta.engine.toy.Toys;
import karuta.metrics.Metric;
import karuta.study.Cost;
import karuta.study.Note;
import karuta.study.Run;
import karuta.study.file.StudyReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a record says of settings and costs. The arm may be told the task, so that no answer is asked for twice. */
class RecordContentTest {

    private static final String STUDY = """
        study: toys
        seeds: [1]
        backbone: toy
        encoder: toy
        benchmark: toys
        training: {rate: 0.3, epochs: 3, batch: 3}
        arms:
          good: {learner: pupil, analysis: true}
        """;

    @TempDir
    private Path folder;

    @RegisterExtension
    final Toys toys = new Toys();

    private Run run() {
        var plan = Planner.plan(toys.shelf(), StudyReader.parse("toys.yaml", STUDY));
        var options = new RunOptions(folder.resolve("out"), folder.resolve("cache"), 1, false, false);
        return new StudyRunner(toys.shelf(), plan, options, StudyListener.NOBODY, new CancellationToken())
                .run()
                .get(0)
                .folder()
                .orElseThrow()
                .read();
    }

    /** Characters are the tokens of the toy: begin, image, question, answer, end, and the pupil's soft token. */
    private static long read(Sample sample, String answer) {
        return 1 + 1 + sample.query().instruction().length() + answer.length() + 1 + 1;
    }

    private static Stream<Sample> samples(boolean test) {
        return IntStream.range(0, 3).mapToObj(Toys::task).flatMap(task -> (test ? task.test() : task.train()).stream());
    }

    @Test
    void everyTokenThatTheDecoderReadIsCounted() {
        var run = run();
        var costs = run.getCosts();
        assertEquals(List.of(0, 1, 2, 3), costs.stream().map(Cost::getStage).toList());
        assertEquals(0, costs.get(0).getScoredTokens(), "nothing is trained before the first stage");
        var trained = 3
                * samples(false)
                        .mapToLong(sample -> read(sample, sample.references().get(0)))
                        .sum();
        assertEquals(trained, costs.stream().mapToLong(Cost::getScoredTokens).sum(), "three epochs of every sample");
        // every answer has two characters, whatever it says; its last token is not read again
        var answered = samples(true).mapToLong(sample -> read(sample, "a!") - 1).sum();
        costs.forEach(cost -> assertEquals(answered, cost.getGeneratedTokens(), "stage " + cost.getStage()));
        costs.forEach(cost -> assertEquals(1, cost.getPromptTokens()));
    }

    @Test
    void operationsFollowTheFormulaAndAGradientDoublesThem() {
        var run = run();
        var spec = toys.context().backbone().spec();
        var n = spec.linears().stream()
                .mapToLong(linear -> (long) linear.in() * linear.out())
                .sum();
        assertEquals(n, run.getParameters());
        var forward = 3
                * samples(false)
                        .mapToLong(sample -> read(sample, sample.references().get(0)))
                        .mapToDouble(tokens -> 2.0 * n * tokens + 2.0 * spec.layers() * spec.hidden() * tokens * tokens)
                        .sum();
        var scored = run.getCosts().stream().mapToDouble(Cost::getScoredFlops).sum();
        assertEquals(2 * forward, scored, 1e-9 * scored);
    }

    /** LLaMA 7B has 6.5e9 numbers in its linear layers (Touvron et al. 2023, table 2: d 4096, 32 layers, 11008 within). */
    @Test
    void aTokenOfASevenBillionModelTakesThirteenBillionOperations() {
        var linears = IntStream.range(0, 32)
                .boxed()
                .flatMap(layer -> Stream.concat(
                        Stream.generate(() -> new BackboneSpec.Linear("attention", 4096, 4096))
                                .limit(4),
                        Stream.generate(() -> new BackboneSpec.Linear("mlp", 4096, 11008))
                                .limit(3)))
                .toList();
        var flops = Flops.of(new BackboneSpec("f", 4096, 32, 4096, linears, List.of(), 1));
        assertEquals(6_476_005_376L, flops.parameters());
        assertEquals(2 * 6.476e9 + 2 * 32 * 4096, flops.forward(1), 1e7);
        assertEquals(
                1.04, flops.forward(2048) / 2048 / (2.0 * flops.parameters()), 0.01, "attention of a full context");
    }

    @Test
    void theStateOfEveryStageHasItsHashAndTheProcessIsMeasured() {
        var costs = run().getCosts();
        assertEquals(
                4, new HashSet<>(costs.stream().map(Cost::getState).toList()).size(), "every stage changes the pupil");
        costs.forEach(cost -> assertTrue(cost.getState().matches("[0-9a-f]{64}"), cost.getState()));
        if (Files.exists(Path.of("/proc/self/status"))) {
            assertTrue(costs.get(3).getPeakBytes() >= costs.get(0).getPeakBytes());
            assertTrue(costs.get(0).getPeakBytes() > 50_000_000, "a Java VM with PyTorch");
        }
        assertTrue(costs.stream().mapToDouble(Cost::getProcessorSeconds).sum() > 0);
    }

    @Test
    void whatWasReadIsThereWhetherTheStudyGivesItOrNot() {
        var run = run();
        assertEquals(
                List.of("benchmark.size [8]"),
                run.getSettings().stream()
                        .map(setting -> setting.getKey() + " " + setting.texts())
                        .toList());
        assertEquals(Map.of("benchmark.size", "8"), Defaults.of(run), "the study says nothing of it");
        assertEquals(Metric.defaults().stream().map(Metric::id).toList(), run.getMetrics());
        var natives = run.getVersions().stream()
                .filter(note -> note.getName().equals("natives"))
                .map(Note::getText)
                .toList();
        if (Files.exists(Path.of("/proc/self/maps"))) {
            assertEquals(64, natives.get(0).length());
            assertNotEquals(natives.get(0), run.getFingerprints().get(0).getText());
        }
    }
}
