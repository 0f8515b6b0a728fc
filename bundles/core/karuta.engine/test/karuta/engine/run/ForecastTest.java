package karuta.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import karuta.engine.plan.Planner;
import karuta.engine.run.Forecast.Standing;
import karuta.engine.toy.Toys;
import karuta.study.Stage;
import karuta.study.file.StudyReader;
import karuta.study.record.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ForecastTest {

    private static final String STUDY = """
        study: toys
        seeds: 2
        backbone: toy
        encoder: toy
        benchmark: {id: toys, size: 4}
        training: {rate: 0.3, epochs: 3, batch: 2}
        arms:
          good: {learner: pupil}
        """;

    @TempDir
    private Path folder;

    @RegisterExtension
    final Toys toys = new Toys();

    private StudyRunner runner(String study) {
        var options = new RunOptions(folder.resolve("out"), folder.resolve("cache"), 1, false, false);
        return new StudyRunner(
                toys.shelf(),
                Planner.plan(toys.shelf(), StudyReader.parse("toys.yaml", study)),
                options,
                StudyListener.NOBODY,
                new CancellationToken());
    }

    @Test
    void saysWhatThereIsToDoAndTouchesNothing() throws IOException {
        var forecast = runner(STUDY).forecast();
        var arm = forecast.arms().get(0);
        assertEquals(List.of(Standing.MISSING, Standing.MISSING), arm.standings());
        assertTrue(arm.seconds() > 0 && forecast.seconds(1) > 2 * arm.seconds(), forecast::toString);
        assertTrue(arm.bytes() > 0);
        assertFalse(Files.exists(folder.resolve("out")));

        var run = runner(STUDY).run().get(0).folder().orElseThrow();
        var record = run.readRecord();
        assertEquals(record.getStages().stream().mapToLong(Stage::getSteps).sum(), arm.steps());
        assertEquals(predictions(run), arm.answers());
    }

    private static long predictions(RunFolder run) throws IOException {
        try (var lines = Files.lines(run.path().resolve("predictions.jsonl"))) {
            return lines.count();
        }
    }

    @Test
    void knowsWhatIsThere() {
        runner(STUDY).run();
        var forecast = runner(STUDY.replace("seeds: 2", "seeds: 3")).forecast();
        assertEquals(
                List.of(Standing.FINISHED, Standing.FINISHED, Standing.MISSING),
                forecast.arms().get(0).standings());
        assertEquals(0, runner(STUDY).forecast().seconds(1));
        assertEquals(
                List.of(Standing.MISSING, Standing.MISSING),
                runner(STUDY.replace("0.3", "0.2")).forecast().arms().get(0).standings());
    }
}
