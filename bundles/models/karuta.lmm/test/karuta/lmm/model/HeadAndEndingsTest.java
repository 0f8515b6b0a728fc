package karuta.lmm.model;

import static karuta.lmm.model.Reference.FIXTURES;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.KarutaException;
import karuta.safetensors.SafeTensors;
import karuta.safetensors.SafeTensorsWriter;
import karuta.tensor.Autograd;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tied heads and end tokens as Transformers takes them, whatever the files say and hold; and broken weights. */
class HeadAndEndingsTest {

    private static final String TABLE = "language_model.model.embed_tokens.weight";
    private static final String HEAD = "language_model.lm_head.weight";

    @TempDir
    private Path folder;

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

    static List<JsonObject> tied() throws IOException {
        return cases("tied.json");
    }

    static List<JsonObject> endings() throws IOException {
        return cases("endings.json");
    }

    private static List<JsonObject> cases(String file) throws IOException {
        return JsonParser.parseString(Files.readString(FIXTURES.resolve(file))).getAsJsonArray().asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("tied")
    void theHeadIsThatOfTransformers(JsonObject known) throws IOException {
        writeConfig("tie_word_embeddings", known.get("config"), known.get("text"));
        writeWeights(known.get("stored").getAsString());
        var expected = known.getAsJsonArray("logits").asList().stream()
                .mapToDouble(JsonElement::getAsDouble)
                .toArray();
        var llava = load();
        try (var io = new Reference("llava_io", manager)) {
            NDArray words = words(llava, io, 0);
            NDArray all = manager.ones(words.getShape().slice(0, 2)).toType(DataType.BOOLEAN, false);
            NDArray states = llava.llama().forward(words, DecoderContext.causal(all));
            NDArray last = llava.llama()
                    .logits(states, manager.full(new Shape(1), words.getShape().get(1) - 1, DataType.INT64));
            var logits = last.toFloatArray();
            assertArrayEquals(
                    expected,
                    IntStream.range(0, expected.length)
                            .mapToDouble(i -> logits[i])
                            .toArray(),
                    2e-5);
        }
    }

    @Test
    void anUntiedHeadMustBeThere() throws IOException {
        writeConfig("tie_word_embeddings", text("absent"), text("absent"));
        writeWeights("table");
        refused("has no tensor lm_head.weight", this::load);
    }

    @ParameterizedTest
    @MethodSource("endings")
    void anAnswerEndsAsThatOfTransformers(JsonObject known) throws IOException {
        writeConfig("eos_token_id", known.get("config"), known.get("text"));
        Files.copy(FIXTURES.resolve("llava/model.safetensors"), folder.resolve("model.safetensors"));
        if (known.get("generation").isJsonObject()) {
            Files.writeString(
                    folder.resolve("generation_config.json"),
                    known.get("generation").toString());
        }
        var tokens = known.getAsJsonArray("tokens").asList().stream()
                .mapToLong(JsonElement::getAsLong)
                .toArray();
        if (tokens.length == 16) { // it never ended
            refused("has no eos_token_id", this::load);
            return;
        }
        var llava = load();
        try (var io = new Reference("llava_io", manager)) {
            NDArray words = words(llava, io, 6);
            var length = (int) words.getShape().get(1);
            NDArray all = manager.ones(words.getShape().slice(0, 2)).toType(DataType.BOOLEAN, false);
            var greedy = new GreedyDecoder(
                    llava.llama(), new HashSet<>(llava.config().text().ends()), 16);
            var made = greedy.decode(words, new int[] {length}, DecoderContext.causal(all))
                    .get(0);
            assertArrayEquals(Arrays.copyOf(tokens, tokens.length - 1), made);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "language_model.model.layers.1.mlp.down_proj.weight, NaN",
        "multi_modal_projector.linear_1.bias, Infinity"
    })
    void aWeightThatIsNoNumberIsNamed(String name, float value) throws IOException {
        Files.copy(FIXTURES.resolve("llava/config.json"), folder.resolve("config.json"));
        try (var file = SafeTensors.open(FIXTURES.resolve("llava/model.safetensors"))) {
            var tensors = tensors(file);
            tensors.get(name).reshape(-1).set(new NDIndex("3"), value);
            SafeTensorsWriter.write(folder.resolve("model.safetensors"), tensors, Map.of("format", "pt"));
        }
        refused(
                "Tensor " + name + " of " + folder.resolve("model.safetensors")
                        + " has a number that is NaN or infinite, at 3 of ",
                this::load);
    }

    @Test
    void logitsThatAreNoNumbersEndTheAnswerWithTheModelsName() throws IOException {
        Files.copy(FIXTURES.resolve("llava/config.json"), folder.resolve("config.json"));
        Files.copy(FIXTURES.resolve("llava/model.safetensors"), folder.resolve("model.safetensors"));
        var llava = load();
        NDArray words = manager.full(new Shape(1, 4, 64), Float.NaN);
        NDArray all = manager.ones(new Shape(1, 4)).toType(DataType.BOOLEAN, false);
        var greedy = new GreedyDecoder(
                llava.llama(), new HashSet<>(llava.config().text().ends()), 16);
        refused(
                "The model " + folder + " gives logits",
                () -> greedy.decode(words, new int[] {4}, DecoderContext.causal(all)));
    }

    private static void refused(String message, Executable loading) {
        var refusal = assertThrows(KarutaException.class, loading);
        assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
    }

    private LlavaModel load() {
        var source = new LlavaModel.Source(folder, Optional.empty(), Precision.FP32, Optional.empty());
        return Autograd.noGrad(() -> LlavaModel.loadForPreprocessed(source, manager, Map.of()));
    }

    /** The second sample of the fixture with its picture, but for the last tokens. */
    private static NDArray words(LlavaModel llava, Reference io, int less) {
        NDArray seen = llava.visualTokens(
                llava.imageEncoder().vision().forward(io.get("pixel_values").get(new NDIndex("1:2"))));
        NDArray picture = llava.projector().forward(seen);
        NDArray ids = io.get("input_ids").get(new NDIndex("1:2"));
        var width = ids.getShape().get(1) - less;
        var image = llava.config().imageToken();
        var all = ids.toLongArray();
        var first = (int) Arrays.stream(all).takeWhile(id -> id != image).count();
        NDArray words = llava.llama().embed(ids.mul(ids.neq(image).toType(DataType.INT64, false)));
        return words.get(new NDIndex(":, :" + first))
                .concat(picture, 1)
                .concat(words.get(new NDIndex(":, " + (first + 16) + ":" + width)), 1);
    }

    private static JsonElement text(String text) {
        return new JsonPrimitive(text);
    }

    private void writeConfig(String key, JsonElement whole, JsonElement language) throws IOException {
        var config = JsonParser.parseString(Files.readString(FIXTURES.resolve("llava/config.json")))
                .getAsJsonObject();
        set(config, key, whole);
        set(config.getAsJsonObject("text_config"), key, language);
        Files.writeString(folder.resolve("config.json"), config.toString());
    }

    private static void set(JsonObject config, String key, JsonElement value) {
        if (!value.equals(text("absent"))) {
            config.add(key, value);
        } else if (key.startsWith("tie")) {
            config.remove(key);
        }
    }

    private HashMap<String, NDArray> tensors(SafeTensors file) {
        var tensors = new HashMap<String, NDArray>();
        file.names().forEach(name -> tensors.put(name, file.read(name, manager, DataType.FLOAT32)));
        return tensors;
    }

    private void writeWeights(String stored) throws IOException {
        try (var file = SafeTensors.open(FIXTURES.resolve("llava/model.safetensors"))) {
            var tensors = tensors(file);
            switch (stored) {
                case "same" -> tensors.put(HEAD, tensors.get(TABLE));
                case "table" -> tensors.remove(HEAD);
                case "head" -> tensors.remove(TABLE);
                default -> assertTrue(stored.equals("both"));
            }
            SafeTensorsWriter.write(folder.resolve("model.safetensors"), tensors, Map.of("format", "pt"));
        }
    }
}
