package karuta.lmm.peft;

import static karuta.lmm.model.Reference.FIXTURES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import karuta.api.BackboneSpec.Linear;
import karuta.api.Guidance;
import karuta.api.Input;
import karuta.api.Insert;
import karuta.api.KarutaException;
import karuta.api.PromptedInput;
import karuta.api.Query;
import karuta.api.VisionFeatures;
import karuta.lmm.Toy;
import karuta.lmm.batch.Inserts;
import karuta.lmm.batch.PaddedBatch;
import karuta.lmm.config.LlavaConfig.Layout;
import karuta.lmm.model.LlavaModel;
import karuta.lmm.model.Precision;
import karuta.lmm.model.Reference;
import karuta.lmm.text.TokenizedPrompt;
import karuta.safetensors.SafeTensors;
import karuta.safetensors.SafeTensorsWriter;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Adapters that PEFT wrote give what PEFT computes with them, through the batches that the backbone makes. */
class PeftTest {

    private static final Path CHECKPOINTS = FIXTURES.resolve("checkpoints");

    @TempDir
    Path base;

    @TempDir
    Path folder;

    private NDManager manager;
    private LlavaModel model;
    private List<Linear> linears;
    private Reference io;

    @BeforeEach
    void open() throws IOException {
        TorchEngine.start();
        manager = NDManager.newBaseManager();
        io = new Reference("llava_io", manager);
        var source = new LlavaModel.Source(Toy.llava(base), Optional.empty(), Precision.FP32, Optional.empty());
        model = LlavaModel.load(source, manager);
        try (var backbone = Toy.backbone(base, Precision.FP32, 1)) {
            linears = backbone.spec().linears();
        }
    }

    @AfterEach
    void close() {
        io.close();
        manager.close();
    }

    /** The fixture's rows without their padding; the answers are what is labelled. */
    private List<TokenizedPrompt> texts() {
        var texts = new ArrayList<TokenizedPrompt>();
        for (var row = 0; row < 2; row++) {
            var length = (int) io.get("attention_mask").get(row).sum().getLong();
            var ids = Arrays.copyOf(io.get("input_ids").get(row).toLongArray(), length);
            var labels = io.get("labels").get(row).toLongArray();
            var image = (int) LongStream.of(ids).takeWhile(id -> id != 120).count();
            var answer = (int)
                    LongStream.of(labels).takeWhile(label -> label == -100).count();
            texts.add(new TokenizedPrompt(ids, List.of(image), answer));
        }
        return texts;
    }

    private List<PromptedInput> batch(List<Insert> inserts) {
        NDArray tokens = model.visualTokens(model.imageEncoder().vision().forward(io.get("pixel_values")));
        return IntStream.range(0, 2)
                .mapToObj(row -> {
                    var vision = new VisionFeatures(
                            "tower", tokens.get(row), tokens.get(row).get(0));
                    var nothing = new Guidance(Optional.empty(), Optional.empty());
                    var query = new Query(Optional.empty(), "");
                    return new PromptedInput(
                            new Input(row, query, List.of(vision), nothing, Optional.empty()), inserts);
                })
                .toList();
    }

    private NDArray assertScoresEqual(Reference reference, List<Insert> inserts) {
        var batch = batch(inserts);
        var sequences = PaddedBatch.of(model, batch, texts(), true);
        var sites = Inserts.of(batch, model.config(), manager);
        NDArray states = model.llama()
                .forward(sequences.embeddings(), sequences.pass().with(sites.adapters(), sites.prefixes()));
        NDArray logits = model.llama().logits(states, sequences.places());
        NDArray expected = reference.get("logits").reshape(-1, 128).get(sequences.places());
        Reference.assertClose("logits", expected, logits, 1e-5);
        NDArray loss = Ops.crossEntropy(logits, sequences.labels());
        reference.assertEqual("loss", loss);
        return loss;
    }

    @ParameterizedTest
    @CsvSource({"lora, llava_lora", "checkpoints/lora-before-4.52,", "checkpoints/lora-patterns,"})
    void loraComputesWhatPeftComputes(String path, String values) {
        var adapter = LoraAdapter.read(FIXTURES.resolve(path), linears, manager);
        try (var reference = new Reference(values == null ? path + "/io" : values, manager)) {
            var names = new ArrayList<String>();
            var matrices = new ArrayList<NDArray>();
            adapter.layers().forEach((linear, layer) -> {
                for (var matrix : Map.of("A", layer.a(), "B", layer.b()).entrySet()) {
                    matrix.getValue().setRequiresGradient(true);
                    matrices.add(matrix.getValue());
                    names.add("grad.base_model.model.model.language_model." + linear + ".lora_" + matrix.getKey()
                            + ".weight");
                }
            });
            var inserts = adapter.layers().entrySet().stream()
                    .<Insert>map(layer -> new Insert.Adapter(layer.getKey(), layer.getValue()))
                    .toList();
            var gradients = Autograd.gradients(() -> assertScoresEqual(reference, inserts), matrices);
            for (var i = 0; i < names.size(); i++) {
                reference.assertEqual(names.get(i), gradients.get(i));
            }
        }
    }

    @Test
    void softPromptComputesWhatPeftComputes() {
        var prompt = SoftPrompt.read(CHECKPOINTS.resolve("soft-prompt"), 64, manager);
        prompt.embeddings().setRequiresGradient(true);
        try (var reference = new Reference("checkpoints/soft-prompt/io", manager)) {
            var gradients = Autograd.gradients(
                    () -> assertScoresEqual(reference, List.of(new Insert.Tokens(prompt.embeddings()))),
                    List.of(prompt.embeddings()));
            reference.assertEqual("grad_prompt", gradients.get(0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRANSFORMERS", "ORIGINAL"})
    void loraComesBackAsItWasWritten(Layout layout) {
        var adapter = LoraAdapter.read(FIXTURES.resolve("lora"), linears, manager);
        adapter.write(folder, layout, 0.05);
        var again = LoraAdapter.read(folder, linears, manager);
        assertEquals(adapter.layers(), again.layers());
        try (var written = SafeTensors.open(folder.resolve("adapter_model.safetensors"));
                var peft = SafeTensors.open(FIXTURES.resolve("lora/adapter_model.safetensors"))) {
            if (layout == Layout.TRANSFORMERS) {
                assertEquals(peft.names(), written.names());
            } else {
                assertTrue(written.names().contains("base_model.model.model.layers.0.mlp.up_proj.lora_A.weight"));
            }
        }
    }

    @Test
    void softPromptComesBackAsItWasWritten() {
        var prompt = SoftPrompt.read(CHECKPOINTS.resolve("soft-prompt"), 64, manager);
        prompt.write(folder, model.config().text());
        assertEquals(prompt, SoftPrompt.read(folder, 64, manager));
        assertThrows(KarutaException.class, () -> SoftPrompt.read(folder, 32, manager));
        assertThrows(KarutaException.class, () -> LoraAdapter.read(folder, linears, manager));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "use_dora|true",
                "bias|'\"all\"'",
                "modules_to_save|[\"lm_head\"]",
                "init_lora_weights|'\"pissa\"'",
                "peft_type|'\"ADALORA\"'",
                "r|8",
                "target_modules|'[\"q_proj\"]'",
                "target_modules|'[[], \"q_proj\"]'",
                "target_modules|'[7]'",
                "target_modules|'\"(\"'",
                "layers_to_transform|[0]",
                "rank_pattern|'{\"up_proj\": 2}'"
            })
    void refusesAConfigurationThatDoesNotFit(String key, String value) throws IOException {
        copy("lora");
        assertEquals(14, LoraAdapter.read(folder, linears, manager).layers().size());
        var file = folder.resolve("adapter_config.json");
        var text = Files.readString(file).replaceFirst("(?s)\"" + key + "\": [^\\n]*?(,?\\n)", "");
        Files.writeString(file, text.replaceFirst("\\{", "{\"" + key + "\": " + value.replace("\\", "\\\\") + ","));
        var refusal = assertThrows(KarutaException.class, () -> LoraAdapter.read(folder, linears, manager));
        assertFalse(refusal.getMessage().contains("Cannot read"), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base_model.model.model.language_model.embed_tokens.lora_embedding_A",
                "base_model.model.model.vision_tower.encoder.layers.0.self_attn.q_proj.lora_A.weight",
                "base_model.model.model.language_model.layers.7.self_attn.q_proj.lora_A.weight",
                "base_model.model.lm_head.weight"
            })
    void refusesTensorsThatPeftWouldIgnore(String name) throws IOException {
        copy("lora");
        var file = folder.resolve("adapter_model.safetensors");
        var tensors = new HashMap<String, NDArray>();
        try (var old = SafeTensors.open(file)) {
            old.names().forEach(n -> tensors.put(n, old.read(n, manager, DataType.FLOAT32)));
        }
        tensors.put(name, manager.zeros(new Shape(4, 64)));
        SafeTensorsWriter.write(file, tensors, Map.of("format", "pt"));
        assertThrows(KarutaException.class, () -> LoraAdapter.read(folder, linears, manager));
    }

    /** A backbone takes adapters of the decoder alone; a whole model those of all linear layers. */
    @Test
    void tellsLayersOutsideOfTheDecoder() {
        var path = FIXTURES.resolve("foreign/lora");
        var refusal = assertThrows(KarutaException.class, () -> LoraAdapter.read(path, linears, manager));
        assertTrue(refusal.getMessage().contains("multi_modal_projector.linear_2"), refusal.getMessage());
        var adapter = LoraAdapter.readAll(path, linears, manager);
        assertEquals(4, adapter.layers().size());
        assertEquals(3 * 3 + 1, adapter.others().size());
        var source = new LlavaModel.Source(base, Optional.empty(), Precision.FP32, Optional.empty());
        var layer = adapter.others().get("multi_modal_projector.linear_2");
        for (var wrong : List.of(Map.of("mm", layer), Map.of("multi_modal_projector.linear_1", layer))) {
            assertThrows(KarutaException.class, () -> LlavaModel.loadForPreprocessed(source, manager, wrong));
        }
    }

    private void copy(String fixture) throws IOException {
        for (var file : List.of("adapter_config.json", "adapter_model.safetensors")) {
            Files.copy(FIXTURES.resolve(fixture).resolve(file), folder.resolve(file));
        }
    }

    @ParameterizedTest
    @CsvSource({"base_model.model., .default.weight", "'', .weight", "'', .default.weight"})
    void namesOfOtherVersionsAreTheSameAdapter(String root, String end) throws IOException {
        renamed(name -> name.replace("base_model.model.", root).replace(".weight", end), false);
        var known = LoraAdapter.read(FIXTURES.resolve("lora"), linears, manager);
        var found = LoraAdapter.read(folder, linears, manager);
        assertEquals(known.layers().keySet(), found.layers().keySet());
        known.layers().forEach((linear, layer) -> {
            assertEquals(layer.a(), found.layers().get(linear).a());
            assertEquals(layer.b(), found.layers().get(linear).b());
        });
        assertEquals(
                known.layers().keySet(),
                LoraAdapter.readAlone(folder, manager).layers().keySet());
    }

    @Test
    void oneMatrixUnderTwoNamesIsRefused() throws IOException {
        renamed(name -> name.replace("base_model.model.", ""), true);
        var refusal = assertThrows(KarutaException.class, () -> LoraAdapter.read(folder, linears, manager));
        assertTrue(refusal.getMessage().contains("under several names"), refusal.getMessage());
    }

    @Test
    void aPickleIsConvertedFirst() throws IOException {
        Files.copy(FIXTURES.resolve("lora/adapter_config.json"), folder.resolve("adapter_config.json"));
        var pickle = Files.write(folder.resolve("adapter_model.bin"), new byte[] {1});
        var refusal = assertThrows(KarutaException.class, () -> LoraAdapter.read(folder, linears, manager));
        assertTrue(refusal.getMessage().contains("`karuta model convert " + pickle + "`"), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOHA", "IA3", "PREFIX_TUNING", "P_TUNING", "ADALORA", "lora"})
    void adaptersOfOtherTypesAreRefusedByName(String type) throws IOException {
        Files.writeString(folder.resolve("adapter_config.json"), "{\"peft_type\": \"" + type + "\"}");
        var refusal = assertThrows(KarutaException.class, () -> LoraAdapter.read(folder, linears, manager));
        assertTrue(refusal.getMessage().contains("peft_type = \"" + type + "\""), refusal.getMessage());
    }

    @Test
    void aNumberThatIsNoneIsNamed() throws IOException {
        renamed(name -> name, false);
        var file = folder.resolve("adapter_model.safetensors");
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] = 0x7F;
        bytes[bytes.length - 2] = (byte) 0x80;
        Files.write(file, bytes);
        var refusal = assertThrows(KarutaException.class, () -> LoraAdapter.read(folder, linears, manager));
        assertTrue(refusal.getMessage().contains("NaN or infinite"), refusal.getMessage());
    }

    private void renamed(UnaryOperator<String> names, boolean both) throws IOException {
        Files.copy(FIXTURES.resolve("lora/adapter_config.json"), folder.resolve("adapter_config.json"));
        var tensors = new HashMap<String, NDArray>();
        try (var file = SafeTensors.open(FIXTURES.resolve("lora/adapter_model.safetensors"))) {
            for (var name : file.names()) {
                var tensor = file.read(name, manager, DataType.FLOAT32);
                tensors.put(names.apply(name), tensor);
                if (both) {
                    tensors.put(name, tensor);
                }
            }
        }
        SafeTensorsWriter.write(folder.resolve("adapter_model.safetensors"), tensors, Map.of("format", "pt"));
    }
}
