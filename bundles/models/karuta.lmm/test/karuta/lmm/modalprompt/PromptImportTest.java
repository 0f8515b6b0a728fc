package karuta.lmm.modalprompt;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.lmm.check.LocalModels;
import karuta.lmm.check.Models.Prompts;
import karuta.lmm.model.Reference;
import karuta.safetensors.Dtype;
import karuta.safetensors.SafeTensors;
import karuta.safetensors.SafeTensorsWriter;
import karuta.safetensors.SealedTensors;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Checkpoints as the official code of ModalPrompt writes them become those of a run. */
class PromptImportTest {

    private static final String EMBEDDING = "model.embed_tokens.weight";
    private static final Path PICKLES = Reference.FIXTURES.resolve("pickles");

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();

    @BeforeAll
    static void startEngine() {
        TorchEngine.start();
    }

    private Path imported(Path file, List<String> tasks) {
        var out = folder.resolve("out");
        new LocalModels().importPrompts(new Prompts(file, out, tasks, 2, 40), told::add);
        return out;
    }

    private String refused(Path file, List<String> tasks, int length, int vocabulary) {
        var prompts = new Prompts(file, folder.resolve("out"), tasks, length, vocabulary);
        var models = new LocalModels();
        var message = assertThrows(KarutaException.class, () -> models.importPrompts(prompts, told::add))
                .getMessage();
        assertFalse(Files.exists(folder.resolve("out")));
        return message;
    }

    /** Prompts are the very numbers; prototypes are those that PyTorch computes in float32. */
    @ParameterizedTest
    @CsvSource({
        "modalprompt-2, bin, 2",
        "modalprompt-2, safetensors, 2",
        "modalprompt-3, bin, 3",
        "modalprompt-3, safetensors, 3"
    })
    void promptsAndPrototypesAreThoseOfPyTorch(String name, String format, int tasks) {
        var out = imported(PICKLES.resolve(name + "." + format), List.of());
        assertEquals(1, out.toFile().list().length);
        try (var manager = NDManager.newBaseManager();
                var expected = SafeTensors.open(PICKLES.resolve(name + "-cards.safetensors"));
                var actual = SafeTensors.open(out.resolve("checkpoint-" + tasks + ".safetensors"))) {
            assertEquals(expected.names(), actual.names());
            assertEquals(2 * tasks, actual.names().size());
            for (var card : expected.names()) {
                assertEquals(Dtype.F32, actual.info(card).dtype());
                assertEquals(
                        card.endsWith(".key") ? new Shape(1, 6) : new Shape(2, 8),
                        actual.info(card).shape());
                NDArray want = expected.read(card, manager, DataType.FLOAT32);
                NDArray have = actual.read(card, manager, DataType.FLOAT32);
                assertArrayEquals(want.toFloatArray(), have.toFloatArray(), card.endsWith(".key") ? 1e-6f : 0, card);
            }
        }
    }

    @Test
    void withoutNamesTheCardsHaveNoTask() {
        assertEquals(
                Map.of("pool/cards", "2", "pool/trained", "0", "pool/card.0.id", "task1", "pool/card.1.id", "task2"),
                notes(imported(PICKLES.resolve("modalprompt-2.bin"), List.of()), 2));
    }

    @Test
    void theUserNamesTheTasks() {
        assertEquals(
                Map.of(
                        "pool/cards", "2",
                        "pool/trained", "0",
                        "pool/card.0.id", "scienceqa",
                        "pool/card.0.task", "scienceqa",
                        "pool/card.1.id", "textvqa",
                        "pool/card.1.task", "textvqa"),
                notes(imported(PICKLES.resolve("modalprompt-2.bin"), List.of("scienceqa", "textvqa")), 2));
    }

    private static Map<String, String> notes(Path out, int tasks) {
        try (var file = SealedTensors.open(out.resolve("checkpoint-" + tasks + ".safetensors"))) {
            return SealedTensors.notes(file);
        }
    }

    /** The third task is planned: its prompt has rows already, but no transform. */
    @Test
    void saysWhatWasFoundAndWhatWasLeftOut() {
        imported(PICKLES.resolve("modalprompt-2.bin"), List.of());
        var all = String.join("\n", told);
        assertTrue(all.contains("found 2 task(s): a prompt [2, 8] and a transform to [6] each"), all);
        assertTrue(all.contains("left out: 1 prompt(s) of later tasks"), all);
        assertFalse(all.contains("untrained"), all);
        assertFalse(all.contains("mm_projector"), all);
    }

    @Test
    void saysThatTheLastPlannedTaskMayBeUntrained() {
        imported(PICKLES.resolve("modalprompt-3.bin"), List.of());
        var all = String.join("\n", told);
        assertTrue(all.contains("found 3 task(s)"), all);
        assertTrue(all.contains("task 3 is the last one planned, and its prompt may be untrained"), all);
        assertTrue(all.contains("mm_projector"), all);
        assertFalse(all.contains("later tasks"), all);
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                arguments("no embedding", change((t, m) -> t.remove(EMBEDDING)), "0 tensors embed_tokens.weight"),
                arguments(
                        "two embeddings",
                        change((t, m) -> t.put("base_model.model." + EMBEDDING, m.zeros(new Shape(46, 8)))),
                        "2 tensors embed_tokens.weight"),
                arguments(
                        "no transform",
                        change((t, m) -> t.keySet().removeIf(name -> name.startsWith("prompt_transform"))),
                        "0 transforms"),
                arguments(
                        "gap",
                        change((t, m) -> t.keySet().removeIf(name -> name.startsWith("prompt_transform.0"))),
                        "but no prompt_transform.0.0.weight"),
                arguments(
                        "part",
                        change((t, m) -> t.remove("prompt_transform.1.2.bias")),
                        "parts of 2 transforms, but no prompt_transform.1.2.bias"),
                arguments(
                        "one prompt", change((t, m) -> t.put(EMBEDDING, m.zeros(new Shape(42, 8)))), "only 1 prompts"),
                arguments("odd rows", change((t, m) -> t.put(EMBEDDING, m.zeros(new Shape(45, 8)))), "has 5 rows"),
                arguments("no rows", change((t, m) -> t.put(EMBEDDING, m.zeros(new Shape(40, 8)))), "no rows after"),
                arguments("no table", change((t, m) -> t.put(EMBEDDING, m.zeros(new Shape(46)))), "no rows after"),
                arguments(
                        "hidden",
                        change((t, m) -> t.put(EMBEDDING, m.zeros(new Shape(46, 9)))),
                        "prompt_transform.0.0.weight of shape (8, 8) instead of (9, 9)"),
                arguments(
                        "features",
                        change((t, m) -> t.put("prompt_transform.1.2.bias", m.zeros(new Shape(7)))),
                        "prompt_transform.1.2.bias of shape (7) instead of (6)"),
                arguments(
                        "infinite",
                        change((t, m) -> t.put(
                                "prompt_transform.1.2.bias",
                                m.ones(new Shape(6)).div(0))),
                        "The prototype of task 2"),
                arguments(
                        "not a number",
                        change((t, m) ->
                                t.put(EMBEDDING, m.ones(new Shape(46, 8)).mul(Float.NaN))),
                        "The prompt of task 1"));
    }

    private static BiConsumer<Map<String, NDArray>, NDManager> change(
            BiConsumer<Map<String, NDArray>, NDManager> change) {
        return change;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("contradictions")
    void contradictionsAreRefused(String name, BiConsumer<Map<String, NDArray>, NDManager> change, String why) {
        var file = folder.resolve("file.safetensors");
        try (var manager = NDManager.newBaseManager();
                var usual = SafeTensors.open(PICKLES.resolve("modalprompt-2.safetensors"))) {
            var tensors = new HashMap<>(usual.names().stream()
                    .collect(toMap(Function.identity(), key -> usual.read(key, manager, DataType.FLOAT32))));
            change.accept(tensors, manager);
            SafeTensorsWriter.write(file, tensors, Map.of());
        }
        var message = refused(file, List.of(), 2, 40);
        assertTrue(message.contains(why), message);
    }

    @Test
    void whatTheUserSaysMustFit() throws IOException {
        var file = PICKLES.resolve("modalprompt-3.bin");
        assertTrue(refused(file, List.of(), 10, 32000).contains("no rows after the 32000"));
        assertTrue(refused(file, List.of(), 4, 40).contains("6 rows"));
        assertTrue(refused(file, List.of("a", "b"), 2, 40).contains("2 tasks are named"));
        assertTrue(refused(file, List.of("a", "a", "b"), 2, 40).contains("not all different"));
        assertTrue(refused(file, List.of("a", " ", "b"), 2, 40).contains("not all different"));
        assertTrue(refused(file, List.of(), 0, 40).contains("Prompts of 0 rows"));
        assertTrue(refused(file, List.of(), 2, 0).contains("after 0"));
        assertTrue(refused(PICKLES.resolve("system.bin"), List.of(), 2, 40).contains("os.system"));
        assertTrue(refused(PICKLES.resolve("plain.bin"), List.of(), 2, 40).contains("0 transforms"));
        assertEquals(List.of(), told);
        var used = Files.createDirectories(folder.resolve("out")).resolve("checkpoint-3.safetensors");
        Files.writeString(used, "of value");
        var prompts = new Prompts(file, folder.resolve("out"), List.of(), 2, 40);
        var models = new LocalModels();
        assertThrows(KarutaException.class, () -> models.importPrompts(prompts, told::add));
        assertEquals("of value", Files.readString(used));
    }
}
