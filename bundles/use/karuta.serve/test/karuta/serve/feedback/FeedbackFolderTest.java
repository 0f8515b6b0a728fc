package karuta.serve.feedback;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import karuta.api.Image;
import karuta.api.KarutaException;
import karuta.api.Pixels;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.archive.pool.CardName;
import karuta.bench.folder.TaskFolder;
import karuta.serve.feedback.Judged.State;
import karuta.serve.feedback.Verdict.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedbackFolderTest {

    private static final CardName PETS = new CardName("pets");

    private static final String NOW = "2026-11-27T12:00:00Z";
    private static final int MOST = 1_000;

    private final Path root;
    private FeedbackFolder folder;

    FeedbackFolderTest(@TempDir Path above) {
        root = above.resolve("feedback");
    }

    @BeforeEach
    void open() {
        folder = FeedbackFolder.open(root, MOST);
    }

    @AfterEach
    void close() {
        folder.close();
    }

    private void reopen() {
        folder.close();
        folder = FeedbackFolder.open(root, MOST);
    }

    private static Pixels pixels(int seed) {
        var rgb = new byte[7 * 5 * 3];
        new Random(seed).nextBytes(rgb);
        return new Pixels(7, 5, rgb);
    }

    private static Query query(int image, String question) {
        Image picture = () -> pixels(image);
        return new Query(Optional.of(picture), question);
    }

    private State say(String who, Query query, Kind kind, String answer) throws FeedbackFolder.Full {
        return folder.add(PETS, query, new Verdict(who, NOW, kind, answer, "ask-1", "abc"));
    }

    private List<Sample> learned() {
        return new TaskFolder(root.resolve("pets")).read().train();
    }

    @Test
    void whatIsRightCanBeLearnedByTheSamePixels() throws Exception {
        assertEquals(State.LEARNABLE, say("ada", query(1, "What is it?"), Kind.RIGHT, "a cat"));
        assertEquals(State.LEARNABLE, say("ada", query(2, "What is it?"), Kind.BETTER, "a <b>dog</b>\n\u00e9"));
        assertEquals(State.LEARNABLE, say("ada", new Query(Optional.empty(), "Why?"), Kind.RIGHT, "so"));
        var samples = learned();
        assertEquals(3, samples.size());
        assertEquals("What is it?", samples.get(0).query().instruction());
        assertEquals("a cat", samples.get(0).answer());
        assertEquals("a <b>dog</b>\n\u00e9", samples.get(1).answer());
        assertArrayEquals(
                pixels(2).rgb(), samples.get(1).query().images().get(0).pixels().rgb());
        assertEquals(0, samples.get(2).query().images().size());
    }

    @Test
    void whatIsWrongIsNotLearnedUntilSomebodyKnowsBetter() throws Exception {
        assertEquals(State.UNANSWERED, say("ada", query(1, "What?"), Kind.WRONG, "a cat"));
        assertEquals(0, learned().size());
        assertEquals(State.LEARNABLE, say("bob", query(1, "What?"), Kind.BETTER, "a dog"));
        assertEquals("a dog", learned().get(0).answer());
    }

    @Test
    void theSameAgainIsOneSampleAndOfOnePersonTheNewestWordCounts() throws Exception {
        say("ada", query(1, "What?"), Kind.RIGHT, "a cat");
        say("ada", query(1, "What?"), Kind.RIGHT, "a cat");
        say("bob", query(1, "What?"), Kind.BETTER, "a cat");
        assertEquals(1, learned().size());
        assertEquals(State.DISPUTED, say("ada", query(1, "What?"), Kind.BETTER, "a dog"));
        assertEquals(State.LEARNABLE, say("bob", query(1, "What?"), Kind.BETTER, "a dog"));
        assertEquals("a dog", learned().get(0).answer());
        try (var images = Files.list(root.resolve("pets/images"))) {
            assertEquals(1, images.count());
        }
    }

    @Test
    void whatIsContradictedIsNotLearned() throws Exception {
        say("ada", query(1, "What?"), Kind.RIGHT, "a cat");
        assertEquals(State.DISPUTED, say("bob", query(1, "What?"), Kind.WRONG, "a cat"));
        assertEquals(0, learned().size());
        assertEquals(1L, folder.counts().get("pets").get(State.DISPUTED));
        assertEquals(State.LEARNABLE, say("bob", query(1, "What?"), Kind.RIGHT, "a cat"));
    }

    @Test
    void afterAnotherStartItGoesOnAndWhatAKilledProcessLeftIsMended() throws Exception {
        say("ada", query(1, "What?"), Kind.RIGHT, "a cat");
        Files.delete(root.resolve("pets/train.json")); // killed between both files
        reopen();
        assertEquals("a cat", learned().get(0).answer());
        assertEquals(State.DISPUTED, say("bob", query(1, "What?"), Kind.WRONG, "a cat"));
    }

    @Test
    void itsOwnerAloneReadsIt() throws IOException, FeedbackFolder.Full {
        say("ada", query(1, "What?"), Kind.RIGHT, "a cat");
        try (var all = Files.walk(root)) {
            for (var path : all.toList()) {
                var wanted = Files.isDirectory(path) ? "rwx------" : "rw-------";
                if (!path.getFileName().toString().startsWith(".lock")) {
                    assertEquals(
                            wanted,
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(path)),
                            path.toString());
                }
            }
        }
    }

    @Test
    void samplesOfSomebodyElseAreNotReplaced() throws IOException {
        folder.close();
        var own = Files.createDirectories(root.resolve("birds")).resolve("train.json");
        Files.writeString(own, "[]");
        var refused = assertThrows(KarutaException.class, () -> FeedbackFolder.open(root, MOST));
        assertTrue(refused.getMessage().contains("birds"), refused.getMessage());
        Files.delete(own);
        Files.writeString(root.resolve("birds/feedback.json"), "{\"no\": \"list\"}");
        assertThrows(KarutaException.class, () -> FeedbackFolder.open(root, MOST));
        Files.writeString(
                root.resolve("birds/feedback.json"),
                "[{\"id\": \"1\", \"question\": \"?\", \"images\": [], \"verdicts\": {\"ada\": {\"who\": \"ada\"}}}]");
        assertThrows(KarutaException.class, () -> FeedbackFolder.open(root, MOST));
        Files.delete(root.resolve("birds/feedback.json"));
        folder = FeedbackFolder.open(root, MOST); // nothing was left locked
    }

    @Test
    void twoServicesDoNotShareAFolder() {
        var refused = assertThrows(KarutaException.class, () -> FeedbackFolder.open(root, MOST));
        assertTrue(refused.getMessage().contains("Another service"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "../../etc", "a/b", "C:\\x", "\u2603 \ud83d\ude00", "CON", ".hidden", "a.b"})
    void aTasksFolderStaysInside(String name) throws Exception {
        var verdict = new Verdict("ada", NOW, Kind.RIGHT, "yes", "ask-1", "abc");
        folder.add(new CardName(name), query(1, "What?"), verdict);
        try (var folders = Files.list(root)) {
            var made = folders.filter(Files::isDirectory).toList();
            assertEquals(1, made.size());
            assertEquals(1, new TaskFolder(made.get(0)).read().train().size());
        }
        try (var beside = Files.list(root.getParent())) {
            assertEquals(1, beside.count());
        }
        reopen();
        assertEquals(1, folder.counts().size());
    }

    @Test
    void aFullDiskIsToldAndNothingIsCountedThatIsNotWritten() throws Exception {
        say("ada", query(1, "What?"), Kind.RIGHT, "a cat");
        var file = root.resolve("pets/feedback.json");
        Files.delete(file);
        Files.createDirectory(file); // a file cannot be put there
        Files.createFile(file.resolve("x"));
        assertThrows(FeedbackFolder.Full.class, () -> say("ada", query(2, "What?"), Kind.RIGHT, "a dog"));
        assertThrows(FeedbackFolder.Full.class, () -> say("ada", query(1, "What?"), Kind.BETTER, "a dog"));
        Files.delete(file.resolve("x"));
        Files.delete(file);
        say("ada", query(3, "What?"), Kind.RIGHT, "a fox");
        assertEquals(2, learned().size());
        assertEquals("a cat", learned().get(0).answer());
    }

    @Test
    void thereIsRoomForSoManyQuestionsAndNoMore() throws Exception {
        folder.close();
        folder = FeedbackFolder.open(root, 3);
        for (var i = 0; i < 3; i++) {
            say("ada", new Query(Optional.empty(), "q" + i), Kind.RIGHT, "yes");
        }
        assertThrows(FeedbackFolder.Full.class, () -> say("ada", new Query(Optional.empty(), "q3"), Kind.RIGHT, "yes"));
        assertEquals(State.LEARNABLE, say("ada", new Query(Optional.empty(), "q2"), Kind.BETTER, "no"));
        assertEquals(3, learned().size());
    }
}
