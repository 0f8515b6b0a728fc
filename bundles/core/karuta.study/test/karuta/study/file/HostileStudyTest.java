package karuta.study.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that were broken, or made to break the reader, are refused with a line, and soon. */
class HostileStudyTest {

    private static final String STUDY = """
        study: %s
        seeds: [1]
        backbone: tiny
        encoder: tiny
        benchmark: cards
        training: {rate: 0.05}
        arms:
          %s: {baseline: zero-shot}
        """;

    private static String mistake(String text) {
        return assertTimeout(
                Duration.ofSeconds(30),
                () -> assertThrows(StudyException.class, () -> StudyReader.parse("s.yaml", text))
                        .getMessage());
    }

    private static String good() {
        return STUDY.formatted("s", "a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? ", "a: [{"})
    void whatLiesTooDeepIsRefusedWhereItDoes(String level) {
        var message = mistake(level.repeat(100_000 / level.length()));
        assertTrue(message.startsWith("s.yaml:1: lists and mappings lie more than 32 deep"), message);
    }

    @Test
    void linesThatLieEverDeeperAreRefused() {
        var text = IntStream.range(0, 900).mapToObj(i -> " ".repeat(i) + "a:\n").collect(Collectors.joining());
        assertEquals("s.yaml:33: lists and mappings lie more than 32 deep in each other", mistake(text));
    }

    @Test
    void aStudyThatRefersToItselfWithoutEndIsRefused() {
        var laughs = IntStream.range(1, 60)
                .mapToObj(i -> "l" + i + ": &l" + i + " [*l" + (i - 1) + ", *l" + (i - 1) + "]\n")
                .collect(Collectors.joining());
        var message = mistake("l0: &l0 [a]\n" + laughs);
        assertTrue(message.contains("more than 50 references"), message);
    }

    @Test
    void longListsAreReadInTime() {
        var tasks = IntStream.range(0, 90_000).mapToObj(i -> "t" + i).collect(Collectors.joining(", "));
        var study = assertTimeout(
                Duration.ofSeconds(30), () -> StudyReader.parse("s.yaml", good() + "tasks: [" + tasks + "]\n"));
        assertEquals(90_000, study.getOrders().get(0).getTasks().size());
    }

    @Test
    void manyMistakesAreToldInTimeAndNotAllOfThem() {
        var keys = IntStream.range(0, 60_000).mapToObj(i -> "key" + i + ": 1\n").collect(Collectors.joining());
        var message = mistake(good() + keys);
        assertEquals(101, message.lines().count());
        assertTrue(message.endsWith("and 59900 more"), message.substring(message.length() - 100));
    }

    @Test
    void aValueThatIsAFileIsRefused() {
        var message = mistake(good().replace("tiny", "x".repeat(500_000)));
        assertEquals("s.yaml:3: a value of 500000 characters; at most 4096 are read", message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\0", "a\\eb", "\\x7f", "\\ud800"})
    void charactersThatNoNameCanHaveAreNamed(String escape) {
        var message = mistake(good().replace("zero-shot", "{id: zero-shot, path: \"" + escape + "\"}"));
        assertTrue(message.startsWith("s.yaml:8: "), message);
    }

    @Test
    void namesThatNoFolderCanHaveAreRefused() {
        assertTrue(mistake(STUDY.formatted("n".repeat(300), "a"))
                .startsWith("s.yaml:1: the name of the study is 300 characters long;"));
        var message = mistake(STUDY.formatted("n".repeat(120), "a".repeat(120)));
        assertTrue(message.startsWith("s.yaml:8: the names of the study, of the longest order"), message);
        assertTrue(message.contains("are 247 characters long together"), message);
    }

    @Test
    void theLongestNamesThatFitAreTaken() {
        var study = StudyReader.parse("s.yaml", STUDY.formatted("n".repeat(108), "a".repeat(108)));
        var folder = "%s.%s.default.seed%d.9999"
                .formatted(study.getName(), study.getArms().get(0).getName(), Long.MIN_VALUE);
        assertEquals(255, folder.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e39", "1e400", "1001", "1d", "0x1p3", "1e-400"})
    void ratesThatAreNoneAreRefused(String rate) {
        assertEquals(
                "s.yaml:6: \"rate\" must be a number above 0 and at most 1000, not \"" + rate + "\"",
                mistake(good().replace("0.05", rate)));
    }

    @Test
    void aFileThatIsNoStudyIsNotReadToItsEnd(@TempDir Path folder) throws IOException {
        var file = Files.write(folder.resolve("data.yaml"), new byte[(1 << 20) + 1]);
        var message =
                assertThrows(StudyException.class, () -> StudyReader.read(file)).getMessage();
        assertTrue(message.contains("is longer than 1048576 bytes"), message);
    }

    @Test
    void noBytesAreADefect() {
        var random = new Random(9);
        var good = good();
        var signs = "[]{}:,-?&*!|>'\"%@` \n\t#\0\\\ud800é0aN.";
        for (var i = 0; i < 2_000; i++) {
            var text = new StringBuilder(good);
            for (var edit = 1 + random.nextInt(8); edit > 0; edit--) {
                var at = random.nextInt(text.length());
                var sign = signs.charAt(random.nextInt(signs.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, sign);
                    case 1 -> text.insert(at, sign);
                    default -> text.delete(at, Math.min(text.length(), at + random.nextInt(5)));
                }
            }
            try {
                StudyReader.parse("s.yaml", text.toString());
            } catch (StudyException told) {
                assertTrue(told.getMessage().startsWith("s.yaml"), told.getMessage());
            }
        }
    }
}
