package karuta.bench.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import karuta.api.Image;
import karuta.api.KarutaException;
import karuta.api.Sample;
import karuta.api.Task;
import karuta.api.Turn;
import karuta.picture.ImageFiles;
import karuta.samples.Elements;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users' files are like, by public reports: each is read as LLaVA's trainer means it, or refused by name. */
class DataAsPeopleHaveItTest {

    private static final String ONE = "{\"id\": \"a\", \"text\": \"Is it é?\", \"answer\": \"yes\"}";
    private static final String TWO = "{\"id\": \"b\", \"text\": \"And that?\", \"answer\": \"no\"}";

    private final Path folder;
    private final Path root;

    DataAsPeopleHaveItTest(@TempDir Path folder) {
        this.folder = folder;
        this.root = folder.resolve("data");
    }

    @BeforeEach
    void aTask() throws IOException {
        image("data/t/1.png", 1);
        write("data/t/test.json", "[]");
    }

    @Test
    void linesAreReadWhateverTheFileIsCalled() throws IOException {
        for (var name : List.of("train.json", "train.jsonl")) {
            for (var text : List.of(
                    ONE + "\n" + TWO,
                    "\uFEFF" + ONE + "\r\n" + TWO + "\r\n\r\n",
                    "\n" + ONE + "\n\n" + TWO + "\n",
                    "\uFEFF  \r\n[" + ONE + ",\r\n" + TWO + "]\r\n")) {
                write("data/t/" + name, text);
                var train = task().train();
                assertEquals(List.of("a", "b"), ids(train), text);
                assertEquals("Is it é?", train.get(0).query().instruction());
            }
            Files.delete(root.resolve("t/" + name));
        }
    }

    @Test
    void aBrokenLineIsNamedByItsNumber() throws IOException {
        write("data/t/train.jsonl", ONE + "\n\n" + TWO.substring(0, 20) + "\n" + TWO);
        assertRefused("train.jsonl", "line 3 is broken JSON");
        write("data/t/train.jsonl", ONE + "\n{\"id\": 7}");
        assertRefused("train.jsonl", "line 2 (id 7) lacks a text \"text\"");
        write("data/t/train.jsonl", ONE + TWO);
        assertRefused("line 1 is broken JSON");
        write("data/t/train.jsonl", "");
        assertRefused("train.jsonl", "it is empty");
    }

    @Test
    void twoFilesForOneSplitAreRefused() throws IOException {
        write("data/t/train.jsonl", ONE);
        write("data/t/train.json", "[" + ONE + "]");
        assertRefused("train.json ", "train.jsonl");
    }

    @Test
    void whatComesAfterTheLimitIsNotRead() throws IOException {
        for (var text : List.of("[" + ONE + ",\n" + TWO + ", garbage", ONE + "\n" + TWO + "\ngarbage")) {
            write("data/t/train.json", text);
            var two = new FolderBenchmark(root, List.of(), "", 2, 0, ImageFiles.STORED).task("t");
            assertEquals(List.of("a", "b"), ids(two.train()));
            assertRefused("train.json", text.startsWith("[") ? "line 2" : "line 3");
        }
    }

    @Test
    void textThatIsNoUtf8IsToldAsThat() throws IOException {
        Files.write(root.resolve("t/train.json"), new byte[] {'[', '"', (byte) 0xE9, '"', ']'});
        assertRefused("train.json is not UTF-8 text");
    }

    @Test
    void memoryThatEndsIsToldAsThat() throws IOException {
        write("data/t/train.json", "[" + ONE + "]");
        var elements = new Elements(root.resolve("t/train.json"));
        var error = assertThrows(
                KarutaException.class,
                () -> elements.each((element, where) -> {
                    throw new OutOfMemoryError("Java heap space");
                }));
        assertTrue(error.getMessage().contains("memory is full"), error.getMessage());
        assertTrue(error.getMessage().contains("KARUTA_JAVA_OPTS=-Xmx"), error.getMessage());
    }

    @Test
    void equalIdsGetASuffixThatNoOtherSampleHas() throws IOException {
        write("data/t/train.json", samples("x", "x~2", "x", "x"));
        var task = task();
        assertEquals(List.of("x", "x~2", "x~3", "x~4"), ids(task.train()));
        assertEquals(1, task.notes().size());
        assertTrue(
                task.notes().get(0).contains("2 samples with the id of a sample before"),
                task.notes().get(0));
        assertTrue(task.notes().get(0).contains("x~3"), task.notes().get(0));
    }

    @Test
    void manyEqualIdsTakeNoLongerThanOthers() throws IOException {
        write("data/t/train.jsonl", (ONE + "\n").repeat(50_000));
        var train = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> task().train());
        assertEquals("a~50000", train.get(49_999).id());
    }

    @Test
    void theIdsOfTurnsAreUniqueToo() throws IOException {
        var turns = conversation(said("human", "A?"), said("gpt", "1"), said("human", "B?"), said("gpt", "2"));
        write("data/t/train.json", "[" + ONE.replace("\"a\"", "\"x#2\"") + ", " + element("x", "", turns) + "]");
        assertEquals(List.of("x#2", "x~2", "x~2#2"), ids(task().train()));
    }

    private static String samples(String... ids) {
        return List.of(ids).stream()
                .map(id -> ONE.replace("\"a\"", "\"" + id + "\""))
                .toList()
                .toString();
    }

    @Test
    void anImageMayBeAListOrNull() throws IOException {
        write("data/t/train.json", "[" + image("[\"1.png\"]") + ", " + image("null") + ", " + image("\"1.png\"") + "]");
        var train = task().train();
        assertEquals(Optional.of("1.png"), train.get(0).query().images().get(0).path());
        assertEquals(List.of(), train.get(1).query().images());
        assertSame(
                train.get(0).query().images().get(0),
                train.get(2).query().images().get(0));
        write("data/t/train.json", "[" + image("[\"1.png\", \"2.png\"]") + "]");
        assertEquals(
                List.of(Optional.of("1.png"), Optional.of("2.png")),
                task().train().get(0).query().images().stream().map(Image::path).toList());
        write("data/t/train.json", "[" + image("[]") + "]");
        assertRefused("element 1 (id a)", "\"image\" that is an empty list");
        write("data/t/train.json", "[" + image("{\"path\": \"1.png\"}") + "]");
        assertRefused("element 1 (id a)", "\"image\" that is no text");
    }

    @Test
    void severalImagesHaveAMarkEachOrNone() throws IOException {
        assertEquals("Same?", question("<image>\\n<image>\\nSame?"));
        assertEquals("Same?", question("Same? <image> <image>"));
        assertEquals("Same?", question("Same?"));
        assertEquals(List.of(), task().notes());
        assertEquals("Is  like ?", question("Is <image> like <image>?"));
        assertTrue(
                task().notes().get(0).contains("in the middle of the question"),
                task().notes().toString());
        write("data/t/train.json", "[" + two("<image>Same?") + "]");
        assertRefused("speaks of 1 images with <image> in a question that has 2");
    }

    private String question(String value) throws IOException {
        write("data/t/train.json", "[" + two(value) + "]");
        return task().train().get(0).query().instruction();
    }

    private static String two(String value) {
        return element("a", "1.png", conversation(said("human", value), said("gpt", "no")))
                .replace("\"1.png\"", "[\"1.png\", \"2.png\"]");
    }

    private static String image(String image) {
        return "{\"id\": \"a\", \"image\": " + image + ", \"text\": \"Is it?\", \"answer\": \"yes\"}";
    }

    @Test
    void allAnswersAreKept() throws IOException {
        write("data/t/train.json", "[" + ONE.replace("\"yes\"", "[\"dot\", \"Dot\", 3]") + "]");
        assertEquals(List.of("dot", "Dot", "3"), task().train().get(0).references());
        write("data/t/train.json", "[" + ONE.replace("\"yes\"", "[]") + "]");
        assertRefused("id a", "empty list");
        write("data/t/train.json", "[" + ONE.replace("\"yes\"", "[{\"answer\": \"dot\"}]") + "]");
        assertRefused("id a", "lists no texts");
    }

    @Test
    void aTurnBeforeTheFirstQuestionIsNamedOrDropped() throws IOException {
        var turns = conversation(
                said("system", "Be terse."),
                said("human", "A?"),
                said("gpt", "1"),
                said("human", "B?"),
                said("gpt", "2"));
        write("data/t/train.json", "[" + element("x", "", turns) + "]");
        assertRefused("id x", "\"system\", which is not supported", "system: drop");
        var rules = new FolderBenchmark.Rules(Optional.empty(), false, true, ImageFiles.STORED);
        var task = new FolderBenchmark(root, List.of(), "", 0, 0, rules).task("t");
        assertEquals(
                List.of("A?", "B?"),
                task.train().stream().map(s -> s.query().instruction()).toList());
        assertEquals(List.of(new Turn("A?", "1")), task.train().get(1).query().earlier());
        assertTrue(
                task.notes().get(0).contains("1 sample whose first turn is no question"),
                task.notes().get(0));
        write("data/t/train.json", "[" + element("x", "", conversation(said("system", "A?"), said("gpt", "1"))) + "]");
        assertRefused("id x", "human");
    }

    @Test
    void aMarkOfAPictureWithinATextIsNeverTakenSilently() throws IOException {
        mark("<image>\\nWhat?", "1.png", List.of());
        mark("What?\\n<image>", "1.png", List.of());
        mark("See <image> what?", "1.png", List.of("<image> in the middle of the question"));
        for (var turns : List.of(
                conversation(said("human", "What?"), said("gpt", "an <image> tag")),
                conversation(said("human", "<image>What is <image>?"), said("gpt", "1")),
                conversation(
                        said("human", "<image>What?"),
                        said("gpt", "1"),
                        said("human", "<image>B?"),
                        said("gpt", "2")))) {
            write("data/t/train.json", "[" + element("x", "1.png", turns) + "]");
            assertRefused("id x", "<image>");
        }
    }

    private void mark(String question, String image, List<String> notes) throws IOException {
        write(
                "data/t/train.json",
                "[" + element("x", image, conversation(said("human", question), said("gpt", "1"))) + "]");
        var task = task();
        assertTrue(!task.train().get(0).query().instruction().contains("<image>"));
        assertEquals(notes.size(), task.notes().size());
        notes.forEach(note ->
                assertTrue(task.notes().get(0).contains(note), task.notes().get(0)));
    }

    @Test
    void imagesStayInTheFolderUnlessAllowedOtherwise() throws IOException {
        image("secret.png", 9);
        for (var path : List.of("../../secret.png", folder.resolve("secret.png").toString(), "./../../secret.png")) {
            write("data/t/train.json", "[" + image("\"" + path + "\"") + "]");
            assertRefused("element 1 (id a)", path, "outside");
            assertEquals(9, blue(outside().task("t")));
        }
        Files.createSymbolicLink(root.resolve("t/link.png"), folder.resolve("secret.png"));
        write("data/t/train.json", "[" + image("\"link.png\"") + "]");
        var image = task().train().get(0).query().images().get(0);
        var error = assertThrows(KarutaException.class, image::pixels);
        assertTrue(error.getMessage().contains("a link that leads out of"), error.getMessage());
        assertEquals(9, blue(outside().task("t")));
        write("data/t/train.json", "[" + image("\"x/../1.png\"") + "]");
        Files.createDirectories(root.resolve("t/x"));
        assertEquals(1, blue(task()));
    }

    @Test
    void imagesMayStartFromAFolderOfTheirOwn() throws IOException {
        image("all/coco/1.png", 7);
        write("data/t/train.json", "[" + image("\"coco/1.png\"") + "]");
        var rules = new FolderBenchmark.Rules(Optional.of(folder.resolve("all")), false, false, ImageFiles.STORED);
        assertEquals(7, blue(new FolderBenchmark(root, List.of(), "", 0, 0, rules).task("t")));
    }

    @Test
    void namesThatNoFileCanHaveAreRefused() throws IOException {
        write("data/t/train.json", "[" + image("\"\\u0000\"") + "]");
        assertRefused("train.json, element 1 (id a)", "\\u0000", "no file can be called so");
        write("data/t/train.json", "[" + image("\" \"") + "]");
        assertRefused("element 1 (id a)", "without a name");
        write("data/t/train.json", "[" + ONE + "]");
        write("data/benchmark.json", "{\"tasks\": [{\"name\": \"\\u0000\"}]}");
        var nul = assertThrows(KarutaException.class, () -> benchmark().task("\u0000"));
        assertTrue(nul.getMessage().contains("no folder can be called so"), nul.getMessage());
    }

    @Test
    void tasksStayInTheFolderUnlessAllowedOtherwise() throws IOException {
        write("other/train.json", "[" + ONE + "]");
        write("other/test.json", "[]");
        Files.createSymbolicLink(root.resolve("link"), folder.resolve("other"));
        for (var name : List.of("../other", folder.resolve("other").toString(), "link", ".")) {
            var chosen = new FolderBenchmark(root, List.of(name), "", 0, 0, ImageFiles.STORED);
            var error = assertThrows(KarutaException.class, () -> chosen.task(name), name);
            assertTrue(error.getMessage().contains("outside: true"), error.getMessage());
        }
        var rules = new FolderBenchmark.Rules(Optional.empty(), true, false, ImageFiles.STORED);
        var allowed = new FolderBenchmark(root, List.of("../other"), "", 0, 0, rules);
        assertEquals(1, allowed.task("../other").train().size());
    }

    @Test
    void aTaskThatIsListedTwiceIsRefused() throws IOException {
        var twice = new FolderBenchmark(root, List.of("t", "t"), "", 0, 0, ImageFiles.STORED);
        assertTrue(
                assertThrows(KarutaException.class, twice::tasks).getMessage().contains("names t twice"));
        write("data/benchmark.json", "{\"tasks\":[{\"name\":\"t\"},{\"name\":\"t\"}]}");
        var listed = assertThrows(KarutaException.class, () -> benchmark().tasks());
        assertTrue(listed.getMessage().contains("benchmark.json lists the task t twice"), listed.getMessage());
    }

    @Test
    void anImageThatIsMissingIsNamedWhenItIsLookedAtAndIsNoLeak() throws IOException {
        write("data/t/train.json", "[" + image("\"gone.png\"") + "]");
        write("data/t/test.json", "[" + image("\"gone too.png\"") + "]");
        var image = task().train().get(0).query().images().get(0);
        var error = assertThrows(KarutaException.class, image::fingerprint);
        assertTrue(
                error.getMessage().startsWith("There is no image gone.png in " + root.resolve("t") + " and " + root));
        write("data/t/test.json", "[" + image("\"gone.png\"") + "]");
        assertRefused("tests on what it trains on");
    }

    @Test
    void theSameQuestionAfterAnotherConversationIsNoLeak() throws IOException {
        var after = conversation(said("human", "A?"), said("gpt", "1"), said("human", "B?"), said("gpt", "2"));
        var other = conversation(said("human", "C?"), said("gpt", "1"), said("human", "B?"), said("gpt", "2"));
        write("data/t/train.json", "[" + element("x", "", after) + "]");
        write("data/t/test.json", "[" + element("y", "", other) + "]");
        assertEquals(2, task().test().size());
        write("data/t/test.json", "[" + element("y", "", after) + "]");
        assertRefused("tests on what it trains on");
    }

    private static String element(String id, String image, String conversations) {
        var picture = image.isEmpty() ? "" : "\"image\": \"" + image + "\", ";
        return "{\"id\": \"" + id + "\", " + picture + "\"conversations\": " + conversations + "}";
    }

    private static String conversation(String... turns) {
        return List.of(turns).toString();
    }

    private static String said(String by, String what) {
        return "{\"from\": \"" + by + "\", \"value\": \"" + what + "\"}";
    }

    private Task task() {
        return benchmark().task("t");
    }

    private FolderBenchmark benchmark() {
        return new FolderBenchmark(root, List.of(), "", 0, 0, ImageFiles.STORED);
    }

    private FolderBenchmark outside() {
        var rules = new FolderBenchmark.Rules(Optional.empty(), true, false, ImageFiles.STORED);
        return new FolderBenchmark(root, List.of(), "", 0, 0, rules);
    }

    private void assertRefused(String... words) {
        var error = assertThrows(KarutaException.class, this::task);
        for (var word : words) {
            assertTrue(error.getMessage().contains(word), error.getMessage() + " lacks " + word);
        }
    }

    private static List<String> ids(List<Sample> samples) {
        return samples.stream().map(Sample::id).toList();
    }

    private static int blue(Task task) {
        return task.train().get(0).query().images().get(0).pixels().rgb()[2];
    }

    private void write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void image(String name, int blue) throws IOException {
        var image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, blue);
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }
}
