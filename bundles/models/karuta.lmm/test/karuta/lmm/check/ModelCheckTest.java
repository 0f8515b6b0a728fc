package karuta.lmm.check;

import static karuta.lmm.model.Reference.FIXTURES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import karuta.api.KarutaException;
import karuta.lmm.check.Models.CheckOptions;
import karuta.lmm.check.Models.CheckRequest;
import karuta.safetensors.SafeTensors;
import karuta.safetensors.SafeTensorsWriter;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCheckTest {

    private static final Set<String> INPUTS =
            Set.of("pixel_values", "input_ids", "attention_mask", "labels", "prompt_embeddings", "inputs_embeds");

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        TorchEngine.start();
    }

    private static Report check(Path model, Path reference, Optional<Path> inputs, Optional<Path> adapter) {
        var request = new CheckRequest(model, Optional.empty(), reference, inputs, adapter);
        return new LocalModels().check(request, new CheckOptions("fp32", "cpu", OptionalDouble.empty()));
    }

    private static Report check(String model, String reference, String inputs, String adapter) {
        return check(
                FIXTURES.resolve(model),
                FIXTURES.resolve(reference + ".safetensors"),
                Optional.ofNullable(inputs).map(name -> FIXTURES.resolve(name + ".safetensors")),
                Optional.ofNullable(adapter).map(FIXTURES::resolve));
    }

    /** All that is expected is compared, and passes. */
    @ParameterizedTest
    @CsvSource({
        "clip, clip_io, ,",
        "llava, llava_io, ,",
        "llava, llava_prompt, ,",
        "llava, llava_greedy, llava_io,",
        "llava, llava_lora, llava_io, lora",
        "llava, checkpoints/lora-before-4.52/io, llava_io, checkpoints/lora-before-4.52",
        "llava, checkpoints/lora-patterns/io, llava_io, checkpoints/lora-patterns",
        "llava, checkpoints/soft-prompt/io, ,",
        "checkpoints/clip-b, checkpoints/clip-b/io, ,",
        "checkpoints/clip-l, checkpoints/clip-l/io, ,",
    })
    void passesWhatTransformersAndPeftComputed(String model, String reference, String inputs, String adapter) {
        assertAllPass(reference, check(model, reference, inputs, adapter));
    }

    @ParameterizedTest
    @ValueSource(strings = {"llava-a", "llava-b", "llava-d", "llava-o", "llava-deep"})
    void passesCheckpointsOfAllShapes(String name) {
        var model = "checkpoints/" + name;
        assertAllPass(model + "/io", check(model, model + "/io", null, null));
        assertAllPass(model + "/prompt", check(model, model + "/prompt", null, null));
        assertAllPass(model + "/greedy", check(model, model + "/greedy", model + "/io", null));
    }

    /** Files that other people made: see releng/parity/foreign.py. */
    @ParameterizedTest
    @CsvSource({
        "llava, left, ,",
        "llava, each, ,",
        "llava, one, ,",
        "llava, greedy, asked,",
        "llava, prompt, ,",
        "llava, lora, left, foreign/lora",
        "clip, clip, ,",
    })
    void passesWhatOtherScriptsMake(String model, String name, String inputs, String adapter) {
        var report = check(model, "foreign/" + name, inputs == null ? null : "foreign/" + inputs, adapter);
        assertAllPass("foreign/" + name, report);
    }

    private static void assertAllPass(String reference, Report report) {
        assertTrue(report.passed(), report.toString());
        assertEquals(1e-5, report.tolerance());
        try (var file = SafeTensors.open(FIXTURES.resolve(reference + ".safetensors"))) {
            var expected = new TreeSet<>(file.names());
            expected.removeAll(INPUTS);
            expected.removeIf(name -> name.endsWith("_prompt_length"));
            assertEquals(
                    expected,
                    report.comparisons().stream().map(c -> c.name()).collect(Collectors.toCollection(TreeSet::new)));
        }
        assertEquals(List.of(), report.ignored());
    }

    /** PEFT puts a soft prompt in front of inputs that do not know of it. */
    @Test
    void passesWhatPeftComputesWithASoftPromptsFolder() {
        var reference = changed(
                "checkpoints/soft-prompt/io", tensors -> tensors.keySet().removeAll(INPUTS));
        var report = check(
                FIXTURES.resolve("llava"),
                reference,
                Optional.of(FIXTURES.resolve("llava_io.safetensors")),
                Optional.of(FIXTURES.resolve("checkpoints/soft-prompt")));
        assertTrue(report.passed(), report.toString());
        assertEquals(3, report.comparisons().size(), report.toString());
    }

    /** What Transformers computed in 16 bits is no further from what is computed here than 16 bits allow. */
    @ParameterizedTest
    @ValueSource(strings = {"bf16", "fp16"})
    void passesSixteenBits(String dtype) {
        var request = new CheckRequest(
                FIXTURES.resolve("llava"),
                Optional.empty(),
                FIXTURES.resolve("llava_" + dtype + ".safetensors"),
                Optional.of(FIXTURES.resolve("llava_io.safetensors")),
                Optional.empty());
        var report = new LocalModels().check(request, new CheckOptions(dtype, "cpu", OptionalDouble.empty()));
        assertTrue(report.passed(), report.toString());
        var strict = new LocalModels().check(request, new CheckOptions(dtype, "cpu", OptionalDouble.of(1e-5)));
        assertFalse(strict.passed(), strict.toString());
    }

    /** One wrong number of one weight is found. */
    @ParameterizedTest
    @CsvSource({
        "llava, llava_io, multi_modal_projector.linear_1.bias, image_features",
        "llava, llava_io, language_model.model.layers.1.mlp.up_proj.weight, logits",
        "clip, clip_io, text_model.encoder.layers.0.mlp.fc1.weight, text_hs_1",
        "clip, clip_io, visual_projection.weight, d_sum_logits_d_pixels"
    })
    void aChangedWeightFails(String fixture, String reference, String weight, String where) throws IOException {
        var model = FIXTURES.resolve(fixture);
        Files.copy(model.resolve("config.json"), folder.resolve("config.json"));
        rewrite(model.resolve("model.safetensors"), folder.resolve("model.safetensors"), tensors -> {
            var name = tensors.keySet().stream()
                    .filter(stored -> stored.endsWith(weight.replace("language_model.model.", "")))
                    .findFirst()
                    .orElseThrow();
            NDArray changed = tensors.get(name);
            changed.set(new NDIndex(changed.getShape().dimension() == 1 ? "0" : "0, 0"), 3);
        });
        var report = check(folder, FIXTURES.resolve(reference + ".safetensors"), Optional.empty(), Optional.empty());
        assertFalse(report.passed());
        var failed = report.comparisons().stream().filter(c -> !c.passed()).map(c -> c.name());
        assertTrue(failed.toList().contains(where), report.toString());
    }

    @Test
    void anotherContinuationFails() {
        var reference =
                changed("llava_greedy", tensors -> tensors.get("sample0").set(new NDIndex("0, -3"), 77));
        var report = check(
                FIXTURES.resolve("llava"),
                reference,
                Optional.of(FIXTURES.resolve("llava_io.safetensors")),
                Optional.empty());
        assertEquals(
                List.of(false, true),
                report.comparisons().stream().map(c -> c.passed()).toList());
    }

    @Test
    void whatIsNotANumberFails() {
        var reference = changed("llava_io", tensors -> tensors.get("logits").set(new NDIndex("0, 3, 5"), Float.NaN));
        var report = check(FIXTURES.resolve("llava"), reference, Optional.empty(), Optional.empty());
        assertEquals(
                List.of("logits"),
                report.comparisons().stream()
                        .filter(c -> !c.passed())
                        .map(c -> c.name())
                        .toList());
    }

    /** What stands in the places of padding is no result; what nobody knows is told. */
    @Test
    void paddingAndStrangeTensorsAreNotCompared() {
        var reference = changed("llava_io", tensors -> {
            tensors.get("logits").set(new NDIndex("0, 24"), 1e6f);
            tensors.get("hs_1").set(new NDIndex("0, 24"), Float.NaN);
            tensors.put("attentions", tensors.get("loss"));
        });
        var report = check(FIXTURES.resolve("llava"), reference, Optional.empty(), Optional.empty());
        assertTrue(report.passed(), report.toString());
        assertEquals(List.of("attentions"), report.ignored());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "llava | llava_lora   |          | lora | has no input_ids, which its tensors",
                "llava | llava_lora   | llava_io |      | has grad.base_model.model.model.language_model.layers.0",
                "llava | llava_greedy |          |      | has no input_ids",
                "llava | clip_io      |          |      | holds nothing that this model computes",
                "clip  | llava_io     |          |      | texts of 25 tokens; the model reads up to 20",
                "checkpoints/llava-a | llava_io | |     | asks for the token 120; the model has 100",
                "checkpoints/llava-a | llava_prompt | | | prompt_embeddings of shape (5, 64)",
                "checkpoints/llava-b | checkpoints/llava-a/io | | | pixel_values have the shape (2, 3, 21, 21)",
                "clip  | clip_io      |          | lora | takes no adapter",
                "llava | llava_bf16   |          |      | has no input_ids"
            })
    void saysWhatDoesNotFit(String model, String reference, String inputs, String adapter, String message) {
        var refusal = assertThrows(KarutaException.class, () -> check(model, reference, inputs, adapter));
        assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
    }

    @Test
    void idsMustHaveAnImageTokenForEachVisualToken() {
        var reference = changed("llava_io", tensors -> tensors.get("input_ids").set(new NDIndex("0, 3"), 5));
        var refusal = assertThrows(
                KarutaException.class,
                () -> check(FIXTURES.resolve("llava"), reference, Optional.empty(), Optional.empty()));
        assertTrue(
                refusal.getMessage().contains("31 image tokens for 2 images of 16 visual tokens"),
                refusal.getMessage());
    }

    private Path changed(String reference, Consumer<Map<String, NDArray>> change) {
        var file = folder.resolve("changed.safetensors");
        rewrite(FIXTURES.resolve(reference + ".safetensors"), file, change);
        return file;
    }

    private static void rewrite(Path from, Path to, Consumer<Map<String, NDArray>> change) {
        try (var manager = NDManager.newBaseManager();
                var file = SafeTensors.open(from)) {
            var tensors = new HashMap<String, NDArray>();
            for (var name : file.names()) {
                tensors.put(
                        name, file.read(name, manager, file.info(name).dtype().type()));
            }
            change.accept(tensors);
            SafeTensorsWriter.write(to, tensors, Map.of("format", "pt"));
        }
    }
}
