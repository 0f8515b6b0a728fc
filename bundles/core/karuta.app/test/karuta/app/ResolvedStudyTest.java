package karuta.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.api.Benchmark;
import karuta.api.Task;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.OptionType;
import karuta.engine.catalog.Source;
import karuta.engine.catalog.Strategies;
import karuta.engine.catalog.StrategyType;
import karuta.engine.plan.Planner;
import karuta.study.file.StudyReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every value of a study stands beside where it comes from: file and line, the default, or the command line. */
class ResolvedStudyTest {

    private static final String STUDY = """
        study: mine
        seeds: [1, 2]
        backbone: tiny
        encoder: {id: clip, k: 4}
        benchmark: cards
        tasks: [a, b]
        training:
          rate: 0.05
          steps: 80
        exemplarFree: true
        arms:
          dual:
            learner: prompt
            pool: prototype
            selector:
              id: dual
              k: 3
            fusion: concat
          lora:
            baseline: lora
            training:
              batch: 4
              betas: [0.8, 0.9]
        slurm:
          tasks: 4
          options:
            partition: gpu
        """;

    /** One strategy for each word of the study, each with an option {@code k}. */
    private record Some() implements Strategies {

        @Override
        public List<StrategyType> types() {
            return Stream.of(
                            "backbone tiny",
                            "encoder clip",
                            "benchmark cards",
                            "learner prompt",
                            "pool prototype",
                            "selector dual",
                            "fusion concat",
                            "baseline lora")
                    .map(Some::type)
                    .toList();
        }

        private static StrategyType type(String words) {
            var kind = Kind.valueOf(words.substring(0, words.indexOf(' ')).toUpperCase(Locale.ROOT));
            var k = new OptionType(
                    "k",
                    OptionType.Form.WHOLE,
                    false,
                    Optional.of(List.of("7")),
                    new OptionType.Limits(Optional.empty(), Optional.empty()),
                    List.of(),
                    "A number.");
            return new StrategyType(
                    kind,
                    words.substring(words.indexOf(' ') + 1),
                    new Source("a.bundle", "1.2.3", "plugins/a.jar", "1".repeat(64), "2".repeat(64)),
                    Optional.empty(),
                    "",
                    List.of(k));
        }

        @Override
        public Missing missing(Kind kind, String id) {
            throw new AssertionError(kind + " " + id);
        }

        @Override
        public Instance create(StrategyType type, Map<String, Object> options) {
            assertEquals(Kind.BENCHMARK, type.kind(), "nothing else is made to show a study");
            return new Made(new Two());
        }
    }

    private record Made(Benchmark strategy) implements Strategies.Instance {

        @Override
        public void close() {
            strategy.close();
        }
    }

    private record Two() implements Benchmark {

        @Override
        public List<String> tasks() {
            return List.of("a", "b");
        }

        @Override
        public Task task(String name) {
            throw new AssertionError("no sample is needed to show a study");
        }
    }

    @TempDir
    private Path folder;

    @Test
    void everyValueOfTheFileHasItsLine() throws IOException {
        var text = resolved();
        assertFrom("mine.yaml:1", text, "study: mine");
        assertFrom("mine.yaml:2", text, "seeds: [1, 2]");
        assertFrom("mine.yaml:3", text, "id: tiny");
        assertFrom("mine.yaml:4", text, "id: clip");
        assertFrom("mine.yaml:4", text, "k: 4");
        assertFrom("mine.yaml:6", text, "default: [a, b]");
        assertFrom("mine.yaml:8", text, "rate: 0.05");
        assertFrom("mine.yaml:9", text, "steps: 80");
        assertFrom("mine.yaml:10", text, "exemplarFree: true");
        assertFrom("mine.yaml:17", text, "k: 3");
        assertFrom("mine.yaml:22", text, "batch: 4");
        assertFrom("mine.yaml:23", text, "beta1: 0.8");
        assertFrom("mine.yaml:23", text, "beta2: 0.9");
        assertFrom("mine.yaml:25", text, "tasks: 4");
        assertFrom("mine.yaml:27", text, "partition: gpu");
    }

    @Test
    void whatTheFileDoesNotSayIsADefault() throws IOException {
        var text = resolved();
        for (var value : List.of("skipBad: false", "watch: []", "clip: 1.0", "k: 7", "analysis: false", "beta1: 0.9")) {
            assertFrom("default", text, value);
        }
        assertEquals(
                List.of("batch: 4", "batch: 16"),
                text.lines()
                        .map(line -> line.split("#")[0].strip())
                        .filter(line -> line.startsWith("batch"))
                        .sorted(Comparator.reverseOrder())
                        .toList());
    }

    @Test
    void whatTheCommandLineChangesComesFromThere() throws IOException {
        var text = resolved(
                "seeds=[5]",
                "training.steps=9",
                "arms.dual.training.clip=2",
                "arms.dual.selector.k=1",
                "arms.dual.analysis=true",
                "encoder.id=clip",
                "tasks=[b, a]",
                "exemplarFree=",
                "slurm.options.time=1:00:00");
        for (var value : List.of(
                "seeds: [5]",
                "steps: 9",
                "clip: 2.0",
                "k: 1",
                "analysis: true",
                "id: clip",
                "default: [b, a]",
                "time: 1:00:00")) {
            assertFrom("command line", text, value);
        }
        assertFrom("mine.yaml:8", text, "rate: 0.05");
        assertFrom("mine.yaml:4", text, "k: 4");
        assertFrom("mine.yaml:27", text, "partition: gpu");
        assertFrom("default", text, "exemplarFree: false");
    }

    private String resolved(String... settings) throws IOException {
        var file = Files.writeString(folder.resolve("mine.yaml"), STUDY);
        return ResolvedStudy.of(Planner.plan(new Some(), StudyReader.read(file, List.of(settings))));
    }

    /** Some line says this value, and that it is from there. */
    private void assertFrom(String origin, String text, String value) {
        var place = origin.replace("mine.yaml", folder.resolve("mine.yaml").toString());
        assertTrue(
                text.lines().anyMatch(line -> line.strip().startsWith(value) && line.endsWith("# " + place)),
                value + " from " + place + ":\n" + text);
    }
}
