package karuta.bench.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.api.Benchmark;
import karuta.api.KarutaException;
import karuta.api.Pixels;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.api.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoinWriterTest {

    private final Path out;

    CoinWriterTest(@TempDir Path folder) {
        this.out = folder.resolve("coin");
    }

    /** Tasks of one training and one test sample. */
    private record Made(List<String> tasks, String answer) implements Benchmark {

        @Override
        public Task task(String name) {
            return new Task(name, List.of(sample("train")), List.of(sample("test")), "exact");
        }

        private Sample sample(String id) {
            var pixels = new Pixels(2, 1, new byte[] {1, 2, 3, 4, 5, (byte) id.length()});
            return new Sample(id, new Query(Optional.of(() -> pixels), "Which?"), answer);
        }
    }

    private String read(String file) throws IOException {
        return Files.readString(out.resolve(file)).replaceAll("\\s", "");
    }

    @Test
    void tasksLieWhereCoinHasThem() throws IOException {
        new CoinWriter().write(new Made(List.of("grounding", "ocrvqa"), "[0.10,0.20,0.55,0.60]"), out);
        assertEquals(
                "[{\"question_id\":\"test\",\"image\":\"COCO2014/grounding/test/00000.png\",\"text\":\"Which?\","
                        + "\"answer_bbox\":\"[0.10,0.20,0.55,0.60]\",\"size\":[2,1]}]",
                read("playground/Instructions_Original/Grounding/test.json"));
        assertTrue(read("playground/Instructions_Original/OCRVQA/train.json").contains("<image>\\nWhich?"));
        try (Stream<Path> files = Files.walk(out)) {
            assertEquals(4, files.filter(it -> it.toString().endsWith(".png")).count());
        }
    }

    @Test
    void whatScriptsWantBesideIsThere() throws IOException {
        new CoinWriter().write(new Made(List.of("scienceqa", "textvqa", "gqa"), "C"), out);
        assertEquals(
                "{\"test\":{\"choices\":[\"A\",\"B\",\"C\"],\"answer\":2}}",
                read("cl_dataset/ScienceQA/problems.json"));
        assertEquals("{\"train\":[\"train\"],\"test\":[\"test\"]}", read("cl_dataset/ScienceQA/pid_splits.json"));
        var answers = "\"C\",".repeat(9) + "\"C\"";
        assertEquals(
                "{\"data\":[{\"question_id\":\"test\",\"answers\":[" + answers + "]}]}",
                read("cl_dataset/TextVQA/TextVQA_0.5.1_val.json"));
        assertTrue(read("cl_dataset/GQA/testdev_balanced_questions.json").contains("\"isBalanced\":true"));
    }

    @Test
    void anotherBenchmarkIsRefusedBeforeAnythingIsWritten() {
        var error = assertThrows(
                KarutaException.class, () -> new CoinWriter().write(new Made(List.of("gqa", "pets"), "a"), out));
        assertTrue(error.getMessage().contains("CoIN has no task \"pets\""), error.getMessage());
        assertFalse(Files.exists(out));
    }
}
