package karuta.bench.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import karuta.api.KarutaException;
import karuta.api.Sample;
import karuta.api.Turn;
import karuta.picture.ImageFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderBenchmarkTest {

    private static final String TURN =
            "[{\"from\": \"human\", \"value\": \"<image>\\nWhat is it?\"}, {\"from\": \"gpt\", \"value\": \"a cat\"}]";

    private final Path root;

    FolderBenchmarkTest(@TempDir Path root) {
        this.root = root;
    }

    @BeforeEach
    void anOrdinaryTask() throws IOException {
        image("pets/images/1.png", 1);
        image("shared/2.png", 2);
        write(
                "pets/train.json",
                "[" + sample("\"s1\"", "images/1.png", TURN) + "," + sample("7", "shared/2.png", TURN) + "]");
        write("pets/test.json", "[{\"question_id\": 1, \"text\": \"Is it?\", \"answer\": \"yes\"}]");
    }

    @Test
    void aConversationIsASampleAndItsImageLiesByTheTaskOrByTheBenchmark() {
        var task = benchmark().task("pets");
        assertEquals("pets", task.name());
        assertEquals("exact", task.scorer());
        assertEquals(List.of("s1", "7"), task.train().stream().map(Sample::id).toList());
        for (var sample : task.train()) {
            assertEquals("What is it?", sample.query().instruction());
            assertEquals("a cat", sample.answer());
        }
        assertEquals(1, blue(task.train().get(0)));
        assertEquals(2, blue(task.train().get(1)));
    }

    @Test
    void coinsTestFilesAndSamplesWithoutImageAreRead() {
        var sample = benchmark().task("pets").test().get(0);
        assertEquals("1", sample.id());
        assertEquals(List.of(), sample.query().images());
        assertEquals("Is it?", sample.query().instruction());
        assertEquals("yes", sample.answer());
    }

    @Test
    void everyTurnIsASampleThatHasTheTurnsBeforeItAsContext() throws IOException {
        var turns = "[" + said("human", "First?\\n<image>") + "," + said("gpt", "1") + "," + said("human", "Second?")
                + "," + said("gpt", "2") + "]";
        write("pets/train.json", "[" + sample("\"s\"", "images/1.png", turns) + "]");
        var train = benchmark().task("pets").train();
        assertEquals(List.of("s", "s#2"), train.stream().map(Sample::id).toList());
        assertEquals(
                List.of("First?", "Second?"),
                train.stream().map(sample -> sample.query().instruction()).toList());
        assertEquals(List.of("1", "2"), train.stream().map(Sample::answer).toList());
        assertEquals(List.of(), train.get(0).query().earlier());
        assertEquals(List.of(new Turn("First?", "1")), train.get(1).query().earlier());
        assertEquals(1, blue(train.get(1)));
        assertEquals(
                1,
                new FolderBenchmark(root, List.of(), "", 1, 0, ImageFiles.STORED)
                        .task("pets")
                        .train()
                        .size());
    }

    @Test
    void theOrderIsThatOfTheOptionOrOfTheIndexOrOfTheNames() throws IOException {
        task("birds");
        task("ants");
        Files.createDirectories(root.resolve("no task"));
        assertEquals(List.of("ants", "birds", "pets"), benchmark().tasks());
        write("benchmark.json", "{\"tasks\": [{\"name\": \"pets\", \"scorer\": \"choice\"}, {\"name\": \"ants\"}]}");
        assertEquals(List.of("pets", "ants"), benchmark().tasks());
        assertEquals("choice", benchmark().task("pets").scorer());
        assertEquals("exact", benchmark().task("ants").scorer());
        var chosen = new FolderBenchmark(root, List.of("birds", "pets"), "iou", 0, 0, ImageFiles.STORED);
        assertEquals(List.of("birds", "pets"), chosen.tasks());
        assertEquals("iou", chosen.task("pets").scorer());
        assertEquals("iou", chosen.task("birds").scorer());
    }

    @Test
    void limitsTakeTheFirstSamples() {
        var some = new FolderBenchmark(root, List.of(), "", 1, 1, ImageFiles.STORED).task("pets");
        assertEquals(List.of("s1"), some.train().stream().map(Sample::id).toList());
        assertEquals(1, some.test().size());
    }

    @Test
    void brokenJsonIsReportedWithItsPlace() throws IOException {
        write("pets/train.json", "[\n {\"id\": 1,\n  \"image\" \"x\"}\n]");
        assertMessage("train.json", "line 3");
        write("pets/train.json", "[] []");
        assertMessage("train.json");
        write("pets/train.json", "{}");
        assertMessage("train.json", "no JSON list");
        write("pets/train.json", "[{'id': 1}]"); // Gson would be lenient
        assertMessage("train.json", "line 1");
    }

    @Test
    void everyMistakeInASampleIsNamed() throws IOException {
        badSample("{\"image\": \"images/1.png\"}", "element 1", "\"id\"");
        badSample("5", "element 1", "no JSON object");
        badSample("{\"id\": \"x\"}", "id x", "\"text\"");
        badSample("{\"id\": \"x\", \"text\": \"What?\"}", "id x", "\"answer\"");
        badSample("{\"id\": \"x\", \"image\": [], \"text\": \"What?\", \"answer\": \"y\"}", "id x", "\"image\"");
        badSample(sample("\"x\"", "images/1.png", "[" + said("human", "What?") + "]"), "id x", "alternate");
        badSample(
                sample("\"x\"", "images/1.png", "[" + said("gpt", "What?") + "," + said("human", "y") + "]"),
                "id x",
                "human");
        badSample("{\"id\": \"x\", \"conversations\": " + TURN + "}", "id x", "none");
        badSample(
                sample(
                        "\"x\"",
                        "images/1.png",
                        "[" + said("human", "<image><image>What?") + "," + said("gpt", "y") + "]"),
                "id x",
                "speaks of 2 images with <image> in a question that has 1");
    }

    private void badSample(String samples, String... words) throws IOException {
        write("pets/train.json", "[" + samples + "]");
        assertMessage(words);
    }

    @Test
    void aTestSampleThatWasTrainedOnIsFoundEvenUnderAnotherFileName() throws IOException {
        image("pets/images/copy.png", 1);
        write("pets/test.json", "[" + sample("\"t1\"", "images/copy.png", TURN) + "]");
        assertMessage("t1", "s1");
        write("pets/test.json", "[" + sample("\"t1\"", "images/copy.png", TURN.replace("What", "Who")) + "]");
        assertEquals(1, benchmark().task("pets").test().size());
        image("pets/images/copy.png", 3);
        write("pets/test.json", "[" + sample("\"t1\"", "images/copy.png", TURN) + "]");
        assertEquals(1, benchmark().task("pets").test().size());
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        assertMessage(
                new FolderBenchmark(root.resolve("nowhere"), List.of(), "", 0, 0, ImageFiles.STORED),
                "pets",
                "nowhere");
        assertMessage(benchmark(), "cars", "cars", "pets");
        assertMessage(new FolderBenchmark(root, List.of("cars"), "", 0, 0, ImageFiles.STORED), "cars", "cars", "pets");
        Files.delete(root.resolve("pets/test.json"));
        assertMessage("test.json");
        Files.delete(root.resolve("pets/train.json"));
        var error = assertThrows(KarutaException.class, () -> benchmark().tasks());
        assertTrue(error.getMessage().contains("holds no task"), error.getMessage());
        write("benchmark.json", "{\"tasks\": [\"pets\"]}");
        assertMessage("benchmark.json");
    }

    private void assertMessage(String... words) {
        assertMessage(benchmark(), "pets", words);
    }

    private static void assertMessage(FolderBenchmark benchmark, String task, String... words) {
        var error = assertThrows(KarutaException.class, () -> benchmark.task(task));
        for (var word : words) {
            assertTrue(error.getMessage().contains(word), error.getMessage() + " lacks " + word);
        }
    }

    private FolderBenchmark benchmark() {
        return new FolderBenchmark(root, List.of(), "", 0, 0, ImageFiles.STORED);
    }

    private void task(String name) throws IOException {
        write(name + "/train.json", "[{\"id\": 1, \"text\": \"Is it?\", \"answer\": \"yes\"}]");
        write(name + "/test.json", "[]");
    }

    private static String sample(String id, String image, String conversations) {
        return "{\"id\": " + id + ", \"image\": \"" + image + "\", \"conversations\": " + conversations + "}";
    }

    private static String said(String by, String what) {
        return "{\"from\": \"" + by + "\", \"value\": \"" + what + "\"}";
    }

    private void write(String name, String text) throws IOException {
        var file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void image(String name, int blue) throws IOException {
        var image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, blue);
        var file = root.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    private static int blue(Sample sample) {
        return sample.query().images().get(0).pixels().rgb()[2];
    }
}
