package karuta.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import karuta.study.RunStatus;
import karuta.study.record.ListedFiles;
import karuta.study.record.Prediction;
import karuta.study.record.RunFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandsTest {

    @TempDir
    private Path folder;

    private final Console console = new Console();
    private RunFolder one;
    private RunFolder other;

    @BeforeEach
    void write() {
        one = SmallRun.write(folder.resolve("one"), RunStatus.FINISHED);
        other = SmallRun.write(folder.resolve("other"), RunStatus.FINISHED);
    }

    private int compare(String command, String... more) {
        var words = new ArrayList<>(
                List.of(command, one.path().toString(), other.path().toString()));
        words.addAll(List.of(more));
        return console.karuta(words.toArray(String[]::new));
    }

    /** The second run answers otherwise, and was run with another build of its selector. */
    private void change() {
        var run = other.read();
        ListedFiles.list(
                run,
                other.writePredictions(
                        1,
                        List.of(new Prediction(
                                1, "a", "7", Optional.empty(), "what?", "B", "B", List.of("B"), 1, List.of()))));
        run.getParts().get(0).setSha256("3".repeat(64));
        other.writeRun(run);
    }

    @Test
    void equalRunsAreEqualToTheBit() {
        assertEquals(0, compare("bisect"), console.err());
        assertTrue(console.out().endsWith("A and B are equal to the bit.\n"), console.out());
        console.clear();
        assertEquals(0, compare("diff"));
        assertTrue(console.out().endsWith("The records say the same.\n"), console.out());
    }

    @Test
    void theFirstDifferenceIsNamedWithEvidenceAndProbableCause() {
        change();
        assertEquals(1, compare("bisect"), console.err());
        assertTrue(
                console.out()
                        .contains("What differs first is the answer: after stage 1, sample 7 of a: \"B)\" against"
                                + " \"B\".\n"),
                console.out());
        assertTrue(console.out().contains("which is a probable cause"), console.out());
        assertTrue(console.out().contains("  selector.dual.sha256: 1111"), console.out());
    }

    @Test
    void onlyWhatDiffersIsShownByGroup() {
        change();
        assertEquals(1, compare("diff"), console.err());
        var lines = console.out().lines().toList();
        assertEquals(5, lines.size(), console.out());
        assertTrue(lines.get(3).matches("PARTS +A +B"), console.out());
        assertTrue(lines.get(4).startsWith("selector.dual.sha256  1111"), console.out());
    }

    @Test
    void scriptsGetJson() {
        change();
        assertEquals(1, compare("bisect", "--json"));
        assertTrue(
                console.out().startsWith("{\n  \"equal\": false,\n  \"first\": {\n    \"level\": \"answer\","),
                console.out());
        console.clear();
        assertEquals(1, compare("diff", "--json"));
        assertTrue(console.out().contains("\"key\": \"selector.dual.sha256\""), console.out());
    }

    @Test
    void whatIsNoRunOrDamagedIsTold() throws IOException {
        assertEquals(2, console.karuta("bisect", one.path().toString(), folder.toString()));
        assertTrue(console.err().contains("is no run folder and holds none"), console.err());
        Files.writeString(other.predictionsFile(), "nothing");
        assertEquals(2, compare("bisect"));
        assertTrue(console.err().contains("predictions.jsonl is damaged"), console.err());
    }

    @Test
    void aRunOfStrategiesThatAreNotHereCannotBeReplayed() {
        assertEquals(2, console.karuta("replay", one.path().toString()));
        assertTrue(console.err().contains("cannot be run again by this version of Karuta"), console.err());
        assertTrue(console.err().contains("there is no backbone \"tiny\""), console.err());
        assertEquals(2, console.karuta("replay", one.path().toString(), "--tolerance", "-1"));
        assertTrue(console.err().contains("--tolerance must be 0 or more"), console.err());
    }
}
