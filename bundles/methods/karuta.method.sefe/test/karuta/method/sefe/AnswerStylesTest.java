package karuta.method.sefe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import karuta.api.Benchmark;
import karuta.api.KarutaException;
import karuta.api.Sample;
import karuta.api.StrategyBase;
import karuta.api.Task;
import karuta.kit.ToyContext;
import karuta.kit.ToyOptions;
import karuta.kit.ToyTasks;
import karuta.method.sefe.AnswerStyles.Options;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerStylesTest {

    @TempDir
    private Path folder;

    private final ToyContext context = new ToyContext(1).with(Benchmark.class, new Two());

    /** Two tasks of four samples to learn and two to be scored on. */
    private static final class Two extends StrategyBase implements Benchmark {

        @Override
        public List<String> tasks() {
            return List.of("task1", "task2");
        }

        @Override
        public Task task(String name) {
            var all = ToyTasks.samples(name.equals("task1") ? 1 : 2, 6);
            return new Task(name, "about", all.subList(0, 4), all.subList(4, 6), "exact", List.of("old note"));
        }
    }

    @AfterEach
    void free() {
        context.close();
    }

    private AnswerStyles styles(String... lines) {
        try {
            var file = Files.write(folder.resolve("styles.jsonl"), List.of(lines));
            return context.start(new AnswerStyles(ToyOptions.of(Options.class, Map.of("file", file.toString()))));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String line(String task, String id) {
        return "{\"task\": \"" + task + "\", \"id\": \"" + id + "\", \"question\": \"Is it b?\", \"answer\": \"yes\"}";
    }

    @Test
    void namedTrainingSamplesAreReplacedAndNothingElse() {
        var styles = styles(line("task1", "s2"), "", line("task2", "s0"));
        var before = new Two().task("task1");
        var after = styles.task("task1");
        assertEquals(before.test(), after.test());
        for (var i = 0; i < 4; i++) {
            if (i != 2) {
                assertEquals(before.train().get(i), after.train().get(i));
            }
        }
        Sample rewritten = after.train().get(2);
        assertEquals("s2", rewritten.id());
        assertEquals("Is it b?", rewritten.query().instruction());
        assertEquals(List.of("yes"), rewritten.references());
        assertEquals(before.train().get(2).query().images(), rewritten.query().images());
        assertEquals("old note", after.notes().get(0));
        assertTrue(
                after.notes().get(1).startsWith("1 of 4 training samples are those of "),
                after.notes().toString());
        assertEquals("yes", styles.task("task2").train().get(0).answer());
    }

    @Test
    void whatCannotBeUsedIsRefusedByFileAndLine() {
        refuses(":1: there is no task \"task9\"", line("task9", "s0"));
        refuses(":2: the training data of task1 have no sample \"s5\"", "", line("task1", "s5")); // a test sample
        refuses(":2: the sample \"s1\" of task1 is rewritten twice", line("task1", "s1"), line("task1", "s1"));
        refuses(":1: this is no JSON", "{\"task\": ");
        refuses(":1: a line is an object in braces", "[]");
        refuses(":1: \"answer\" is missing", "{\"task\": \"task1\", \"id\": \"s1\", \"question\": \"?\"}");
    }

    private void refuses(String why, String... lines) {
        var styles = styles(lines);
        var refusal = assertThrows(KarutaException.class, () -> styles.task("task1"));
        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
    }

    @Test
    void aMissingFileIsRefused() {
        assertThrows(KarutaException.class, () -> new AnswerStyles(ToyOptions.of(Options.class, Map.of("file", " "))));
        var missing = context.start(new AnswerStyles(ToyOptions.of(
                Options.class, Map.of("file", folder.resolve("none").toString()))));
        assertThrows(KarutaException.class, () -> missing.task("task1"));
    }
}
