package karuta.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import karuta.api.KarutaException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteBenchmarkTest {

    private final Path root;

    SuiteBenchmarkTest(@TempDir Path root) {
        this.root = root;
    }

    @BeforeEach
    void domains() throws IOException {
        for (var task : List.of("RS", "Med", "AD", "Sci", "Fin")) {
            Files.createDirectories(root.resolve(task));
            Files.writeString(root.resolve(task).resolve("train.json"), """
                [{"id": 1, "conversations": [{"from": "human", "value": "Up?"}, {"from": "gpt", "value": "No"}]},
                 {"id": 2, "conversations": [{"from": "human", "value": "Down?"}, {"from": "gpt", "value": "No"}]}]
                """);
            Files.writeString(root.resolve(task).resolve("test.json"), """
                [{"question_id": 1, "text": "Left?", "answer": "Yes"}, {"question_id": 2, "text": "Right?", "answer": "B"}]
                """);
        }
    }

    /** With the defaults of the options, but for those that are given. */
    private SuiteBenchmark benchmark(Map<String, Object> given) {
        var all = new HashMap<String, Object>(Map.of("suite", "mllm-dcl", "path", root.toString()));
        all.putAll(given);
        var options = (SuiteBenchmark.Options) Proxy.newProxyInstance(
                SuiteBenchmark.Options.class.getClassLoader(),
                new Class<?>[] {SuiteBenchmark.Options.class},
                (proxy, method, arguments) -> all.getOrDefault(method.getName(), method.getDefaultValue()));
        return new SuiteBenchmark(options);
    }

    private static void assertRefused(String part, Runnable what) {
        var message = assertThrows(KarutaException.class, what::run).getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void tasksAreInThePublishedOrderWithThePublishedRules() {
        var benchmark = benchmark(Map.of());
        assertEquals(List.of("RS", "Med", "AD", "Sci", "Fin"), benchmark.tasks());
        assertEquals(
                List.of("words.dcl", "contain.dcl", "words.dcl", "sci.dcl", "fin.dcl"),
                benchmark.tasks().stream()
                        .map(name -> benchmark.task(name).scorer())
                        .toList());
        assertEquals(root.resolve("Sci/test.json") + ",", benchmark.source("Sci", false));
    }

    @Test
    void tasksAreChosenByNameOrAlias() {
        assertEquals(
                List.of("Fin", "AD"),
                benchmark(Map.of("tasks", new String[] {"finvis", "DriveLM"})).tasks());
        assertRefused(
                "names AD twice",
                () -> benchmark(Map.of("tasks", new String[] {"AD", "DriveLM"})).tasks());
        assertRefused(
                "no task \"Finn\" (did you mean \"Fin\"?)",
                () -> benchmark(Map.of("tasks", new String[] {"Finn"})).tasks());
    }

    @Test
    void limitsScorerAndAdditionsHold() {
        var task = benchmark(Map.of("train", 1, "test", 1, "scorer", "exact", "additions", "as-published"))
                .task("Fin");
        assertEquals(1, task.train().size());
        assertEquals(
                "Left? Only answer with yes or no directly.",
                task.test().get(0).query().instruction());
        assertEquals("Up?", task.train().get(0).query().instruction());
        assertEquals("exact", task.scorer());
        assertTrue(
                task.notes().get(0).contains("whose kind it gives away; so it is here."),
                task.notes().toString());
    }

    @Test
    void whatCannotBeReadIsRefused() {
        assertRefused(
                "no suite \"mllm-dlc\" (did you mean \"mllm-dcl\"?)", () -> benchmark(Map.of("suite", "mllm-dlc")));
        assertRefused(
                "There is no folder", () -> benchmark(Map.of("path", "nowhere")).tasks());
        assertRefused("\"path\" of the benchmark \"suite\" is no path", () -> benchmark(Map.of("path", "a\0b")));
        assertRefused(
                "no order \"other\"", () -> benchmark(Map.of("order", "other")).tasks());
    }
}
