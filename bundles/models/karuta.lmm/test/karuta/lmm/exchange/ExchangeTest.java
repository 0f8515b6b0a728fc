package karuta.lmm.exchange;

import static java.util.stream.Collectors.toMap;
import static karuta.lmm.model.Reference.FIXTURES;
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
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.api.RandomStream;
import karuta.lmm.check.LocalModels;
import karuta.lmm.check.Models;
import karuta.lmm.config.Json;
import karuta.lmm.config.LlavaDecoder;
import karuta.lmm.peft.SoftPrompt;
import karuta.safetensors.SafeTensors;
import karuta.safetensors.SealedTensors;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs keep becomes PEFT's adapters, and a LoRA of PEFT what a run begins with; no number changes on the way. */
class ExchangeTest {

    private static final Path LLAVA = FIXTURES.resolve("llava");
    private static final Path ORIGINAL = FIXTURES.resolve("checkpoints/llava-o");
    private static final String WEIGHTS = "adapter_model.safetensors";

    @TempDir
    Path folder;

    private final Models models = new LocalModels();
    private final List<String> told = new ArrayList<>();
    private NDManager manager;

    @BeforeEach
    void open() {
        TorchEngine.start();
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** Names and exact numbers. */
    private Map<String, List<Float>> numbers(Path file) {
        try (var stored = SafeTensors.open(file)) {
            return new TreeMap<>(stored.names().stream().collect(toMap(name -> name, name -> {
                var numbers = new ArrayList<Float>();
                for (var number : stored.read(name, manager, DataType.FLOAT32).toFloatArray()) {
                    numbers.add(number);
                }
                return numbers;
            })));
        }
    }

    private static Map<String, String> notes(Path file) {
        try (var stored = SealedTensors.open(file)) {
            return SealedTensors.notes(stored);
        }
    }

    private NDArray random(String name, long... shape) {
        var numbers = new float[(int) new Shape(shape).size()];
        for (var i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (RandomStream.of(5, name).uniform(i) - 0.5);
        }
        return manager.create(numbers, new Shape(shape));
    }

    private Path checkpoint(Map<String, NDArray> tensors, Map<String, String> notes) {
        var file = folder.resolve("checkpoint-3.safetensors");
        SealedTensors.write(file, tensors, notes);
        return file;
    }

    /** As the baseline lora keeps it inside of another one, on some layers of a model. */
    private Map<String, NDArray> matrices(String place, Path model) {
        var tensors = new HashMap<String, NDArray>();
        for (var linear : LlavaDecoder.read(model).text().linears()) {
            if (linear.name().matches(".*(q_proj|1\\.mlp\\.down_proj)")) {
                var name = place + "/" + linear.name();
                tensors.put(name + ".lora_A.weight", random(name + "a", 3, linear.in()));
                tensors.put(name + ".lora_B.weight", random(name + "b", linear.out(), 3));
            }
        }
        return tensors;
    }

    private static Map<String, String> sizes(String place) {
        return Map.of(place + "/rank", "3", place + "/alpha", "5.2", place + "/dropout", "0.05");
    }

    @Test
    void aLoraOfPeftBecomesWhatTheBaselineKeepsAndComesBack() {
        models.importAdapter(FIXTURES.resolve("lora"), folder.resolve("run"), told::add);
        var checkpoint = folder.resolve("run/checkpoint-1.safetensors");
        assertEquals(Map.of("learner/rank", "4", "learner/alpha", "8.0", "learner/dropout", "0.0"), notes(checkpoint));
        var expected = new TreeMap<String, List<Float>>();
        numbers(FIXTURES.resolve("lora").resolve(WEIGHTS))
                .forEach((name, values) ->
                        expected.put(name.replace("base_model.model.model.language_model.", "learner/"), values));
        assertEquals(expected, numbers(checkpoint));
        assertTrue(
                told.get(1)
                        .contains("{id: lora, rank: 4, alpha: 8.0, dropout: 0.0, targets: [down_proj, gate_proj,"
                                + " k_proj, o_proj, q_proj, up_proj, v_proj]}"),
                told.get(1));

        models.exportAdapters(checkpoint, LLAVA, folder.resolve("peft"), told::add);
        assertEquals(
                numbers(FIXTURES.resolve("lora").resolve(WEIGHTS)),
                numbers(folder.resolve("peft").resolve(WEIGHTS)));
        var config = Json.read(folder.resolve("peft/adapter_config.json"));
        assertEquals(4, config.whole("r", 0, 0, 99));
        assertEquals("8", config.object().get("lora_alpha").toString());
    }

    /** Of the learner or of one inside of another; the rest of the checkpoint is left. */
    @ParameterizedTest
    @ValueSource(strings = {"learner", "over.learner"})
    void whatTheBaselineKeepsBecomesALoraOfPeftAndComesBack(String place) {
        var tensors = matrices(place, LLAVA);
        tensors.put("other/memory", random("memory", 4));
        var file = checkpoint(tensors, sizes(place));
        models.exportAdapters(file, LLAVA, folder.resolve("peft"), told::add);
        assertEquals(
                List.of("a LoRA of 3 linear layers, rank 3, alpha 5.2, dropout 0.05: " + folder.resolve("peft")), told);
        var config = Json.read(folder.resolve("peft/adapter_config.json"));
        assertEquals(3, config.whole("r", 0, 0, 99));
        assertEquals(5.2, config.number("lora_alpha", 0, 0, 99));
        assertEquals(0.05, config.number("lora_dropout", 0, 0, 1));

        models.importAdapter(folder.resolve("peft"), folder.resolve("run"), told::add);
        var again = folder.resolve("run/checkpoint-1.safetensors");
        var expected = new TreeMap<String, List<Float>>();
        numbers(file).forEach((name, values) -> expected.put(name.replaceFirst("^[^/]*", "learner"), values));
        expected.remove("learner/memory");
        assertEquals(expected, numbers(again));
        assertEquals(sizes("learner"), notes(again));
        assertTrue(
                told.get(2)
                        .contains("targets: [layers.0.self_attn.q_proj, layers.1.mlp.down_proj,"
                                + " layers.1.self_attn.q_proj]"),
                told.get(2));
    }

    /** Its image tower is elsewhere, and not needed. */
    @Test
    void inTheLlavaRepositorysLayoutModulesHaveItsNames() {
        var file = checkpoint(matrices("learner", ORIGINAL), sizes("learner"));
        models.exportAdapters(file, ORIGINAL, folder.resolve("peft"), told::add);
        assertTrue(numbers(folder.resolve("peft").resolve(WEIGHTS))
                .containsKey("base_model.model.model.layers.1.mlp.down_proj.lora_A.weight"));
    }

    @Test
    void everyCardBecomesASoftPrompt() {
        var ids = List.of("scienceqa", "a/b", "scienceqa#2");
        var tensors = new HashMap<String, NDArray>();
        var notes = new HashMap<String, String>(Map.of("pool/cards", "3"));
        for (var i = 0; i < 3; i++) {
            tensors.put("pool/card." + i + ".prompt", random(ids.get(i), 4 + i, 64));
            tensors.put("pool/card." + i + ".key", random("key", 1, 6));
            notes.put("pool/card." + i + ".id", ids.get(i));
        }
        models.exportAdapters(checkpoint(tensors, notes), LLAVA, folder.resolve("out"), told::add);
        var folders = List.of("scienceqa", "a_b", "scienceqa_2");
        for (var i = 0; i < 3; i++) {
            var card = folder.resolve("out").resolve(folders.get(i));
            assertEquals("card " + ids.get(i) + ", " + (4 + i) + " soft tokens: " + card, told.get(i));
            assertEquals(
                    tensors.get("pool/card." + i + ".prompt"),
                    SoftPrompt.read(card, 64, manager).embeddings());
            assertEquals(4, Json.read(card.resolve("adapter_config.json")).whole("num_attention_heads", 0, 0, 99));
        }
        assertTrue(told.get(3).contains("before the start token (BOS)"), told.get(3));
        assertTrue(told.get(3).contains("softTokens: beforeStart"), told.get(3));
    }

    private static Arguments spoilt(String how, Consumer<Map<String, NDArray>> change, String why) {
        return arguments(how, change, why);
    }

    static Stream<Arguments> unusable() {
        var layer = "learner/layers.1.mlp.down_proj";
        return Stream.of(
                spoilt("nothing", Map::clear, "holds tensors of nobody, and adapters of nobody"),
                spoilt(
                        "two",
                        t -> t.put("pool/card.0.prompt", t.get(layer + ".lora_A.weight")),
                        "holds tensors of learner, pool, and adapters of learner, pool"),
                spoilt("half", t -> t.remove(layer + ".lora_B.weight"), "has no tensor " + layer + ".lora_B.weight"),
                spoilt(
                        "other half",
                        t -> t.remove(layer + ".lora_A.weight"),
                        "has " + layer + ".lora_B.weight, which is no half of a pair"),
                spoilt(
                        "shape",
                        t -> t.put(layer + ".lora_A.weight", t.get(layer + ".lora_B.weight")),
                        "of shape (64, 3) instead of (3, "),
                spoilt(
                        "layer",
                        t -> t.put("learner/layers.2.mlp.down_proj.lora_A.weight", t.get(layer + ".lora_A.weight")),
                        "has learner/layers.2.mlp.down_proj.lora_A.weight, which is no half of a pair"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusable")
    void whatIsNoStateOfThisModelIsRefused(String how, Consumer<Map<String, NDArray>> change, String why) {
        var tensors = matrices("learner", LLAVA);
        change.accept(tensors);
        refused(checkpoint(tensors, sizes("learner")), LLAVA, why);
    }

    @Test
    void whatDoesNotSayItsScaleOrItsCardsIsRefused() {
        var tensors = matrices("learner", LLAVA);
        refused(checkpoint(tensors, Map.of("learner/rank", "3")), LLAVA, "has no note learner/alpha");
        for (var rank : List.of("three", "0", "NaN")) {
            var notes = new HashMap<>(sizes("learner"));
            notes.put("learner/rank", rank);
            refused(checkpoint(tensors, notes), LLAVA, "has the note learner/rank = " + rank);
        }
        var prompt = Map.of("pool/card.0.prompt", random("prompt", 4, 64));
        refused(checkpoint(prompt, Map.of()), LLAVA, "has no note pool/card.0.id");
        refused(checkpoint(prompt, Map.of("pool/card.0.id", "x")), ORIGINAL, "of shape (4, 64) instead of (4, 40)");
    }

    private void refused(Path file, Path model, String why) {
        var out = folder.resolve("out");
        var refusal = assertThrows(KarutaException.class, () -> models.exportAdapters(file, model, out, told::add));
        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
        assertFalse(Files.exists(out));
        assertTrue(told.isEmpty());
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void whatTheBaselineCannotBeginWithIsNotImported(String adapter, String why) {
        var out = folder.resolve("out");
        var path = FIXTURES.resolve(adapter);
        var refusal = assertThrows(KarutaException.class, () -> models.importAdapter(path, out, told::add));
        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
        assertFalse(Files.exists(out));
    }

    static Stream<Arguments> foreign() {
        return Stream.of(
                arguments("checkpoints/soft-prompt", "a card is found by its prototype"),
                arguments("checkpoints/lora-patterns", "have the ranks"),
                arguments("foreign/lora", "which is no linear layer of the decoder"),
                arguments("llava", "holds no adapter_config.json"));
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        var file = checkpoint(matrices("learner", LLAVA), sizes("learner"));
        var lora = FIXTURES.resolve("lora");
        var before = Files.readAllBytes(file);
        assertThrows(KarutaException.class, () -> models.exportAdapters(file, LLAVA, folder, told::add));
        assertThrows(KarutaException.class, () -> models.importAdapter(lora, folder, told::add));
        assertEquals(
                List.of(file.getFileName().toString()), List.of(folder.toFile().list()));
        assertEquals(before.length, Files.size(file));
    }
}
