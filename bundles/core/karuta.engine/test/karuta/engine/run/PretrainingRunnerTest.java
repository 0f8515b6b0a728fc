package karuta.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import karuta.api.Pretraining;
import karuta.api.RandomStream;
import karuta.engine.catalog.Kind;
import karuta.engine.loop.RunCancelled;
import karuta.engine.plan.Planner;
import karuta.engine.toy.Shelf;
import karuta.study.file.StudyReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainingRunnerTest {

    @TempDir
    private Path folder;

    private final CancellationToken stop = new CancellationToken();

    /** Writes its first random number. */
    private static final class ToyPretraining implements Pretraining {

        @Override
        public void run(RandomStream draws, Path out, Progress progress) {
            try {
                Files.writeString(Files.createDirectory(out.resolve("model")).resolve("weights"), "" + draws.bits(0));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            progress.at("toys", 1, 1, Map.of("loss", 0.5));
        }
    }

    private List<Path> run(String seeds) {
        var shelf = new Shelf().with(Kind.PRETRAINING, "toy", options -> new ToyPretraining());
        var study = StudyReader.parse("p.yaml", "study: p\nseeds: " + seeds + "\npretraining: toy\n");
        var plan = Planner.plan(shelf, study);
        return new PretrainingRunner(shelf, plan, folder, StudyListener.NOBODY, stop).run();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void everySeedGetsAFolderAndNothingIsOverwritten() throws IOException {
        var one = run("[1]").get(0);
        var again = run("[1]").get(0);
        var several = run("[1, 2]");

        assertEquals(List.of("p", "p.2", "p.seed1", "p.seed2"), names());
        var weights = Path.of("model", "weights");
        assertEquals(Files.readString(one.resolve(weights)), Files.readString(again.resolve(weights)));
        assertEquals(
                Files.readString(one.resolve(weights)),
                Files.readString(several.get(0).resolve(weights)));
    }

    @Test
    void whatIsStoppedLeavesNothing() throws IOException {
        stop.raise();

        assertThrows(RunCancelled.class, () -> run("[1]"));
        assertEquals(List.of(), names());
    }
}
