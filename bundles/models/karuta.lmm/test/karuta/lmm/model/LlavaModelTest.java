package karuta.lmm.model;

import static karuta.lmm.model.Reference.FIXTURES;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import karuta.lmm.config.LlavaConfig;
import karuta.lmm.config.LlavaNames;
import karuta.safetensors.ReadWeights;
import karuta.safetensors.SafeTensors;
import karuta.safetensors.StoredWeights;
import karuta.tensor.Autograd;
import karuta.tensor.LoraLayer;
import karuta.tensor.Ops;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LlavaModelTest {

    private static final int LAYERS = 2;

    private final NDManager manager = manager();
    private final LlavaConfig config = LlavaConfig.read(FIXTURES.resolve("llava"), Optional.empty());
    private final ReadWeights weights =
            new ReadWeights(StoredWeights.open(FIXTURES.resolve("llava"), manager, DataType.FLOAT32)
                    .renamed(new LlavaNames()));
    private final ClipVision vision = new ClipVision(config.vision(), weights);
    private final Projector projector = new Projector(config, weights);
    private final Llama llama = new Llama(config.text(), weights);
    private final Reference io = new Reference("llava_io", manager);

    private static NDManager manager() {
        TorchEngine.start();
        return NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        io.close();
        manager.close();
    }

    private NDArray features() {
        return projector.forward(
                vision.forward(io.get("pixel_values")).hidden().get(2).get(new NDIndex(":, 1:")));
    }

    /** Words, with the features in the places of the image token. */
    private NDArray embeddings() {
        return Interleaved.embeddings(llama, config, io.get("input_ids"), features());
    }

    private NDArray valid(NDArray mask) {
        return mask.toType(DataType.BOOLEAN, false);
    }

    private NDArray allLogits(NDArray states) {
        var shape = states.getShape();
        NDArray places = manager.arange(0, (int) (shape.get(0) * shape.get(1)), 1, DataType.INT64);
        return llama.logits(states, places)
                .reshape(shape.get(0), shape.get(1), config.text().vocabulary());
    }

    private NDArray loss(NDArray logits, NDArray labels) {
        NDArray said =
                logits.get(new NDIndex(":, :-1")).reshape(-1, config.text().vocabulary());
        return Ops.crossEntropy(said, labels.get(new NDIndex(":, 1:")).flatten());
    }

    /** Padding is not compared: what it holds is no result. */
    private static void assertEqualAt(NDArray places, Reference reference, String name, NDArray actual) {
        Reference.assertClose(name, reference.get(name).get(places), actual.get(places), 1e-5);
    }

    @Test
    void usesEveryWeight() {
        assertEquals(Set.of(), weights.unread());
    }

    @Test
    void computesWhatTransformersComputes() {
        io.assertEqual("image_features", features());
        NDArray valid = valid(io.get("attention_mask"));
        var states = llama.states(embeddings(), DecoderContext.causal(valid));
        assertEquals(LAYERS + 1, states.size());
        for (var i = 0; i < states.size(); i++) {
            assertEqualAt(valid, io, "hs_" + i, states.get(i));
        }
        NDArray logits = allLogits(states.get(LAYERS));
        assertEqualAt(valid, io, "logits", logits);
        io.assertEqual("loss", loss(logits, io.get("labels")));
    }

    @Test
    void passesTheGradientOnToASoftPrompt() {
        try (var reference = new Reference("llava_prompt", manager)) {
            NDArray prompt = reference.get("prompt_embeddings");
            prompt.setRequiresGradient(true);
            NDArray words = Autograd.noGrad(this::embeddings);
            NDArray valid = valid(reference.get("attention_mask"));
            Autograd.withGrad(() -> {
                NDArray front = prompt.expandDims(0).repeat(0, 2);
                NDArray logits = allLogits(llama.forward(front.concat(words, 1), DecoderContext.causal(valid)));
                assertEqualAt(valid, reference, "logits", logits);
                NDArray loss = loss(logits, reference.get("labels"));
                reference.assertEqual("loss", loss);
                reference.assertEqual(
                        "grad_prompt",
                        Autograd.gradients(() -> loss, List.of(prompt)).get(0));
                return loss;
            });
        }
    }

    @Test
    void passesTheGradientOnToLowRankAdapters() {
        try (var reference = new Reference("llava_lora", manager);
                var file = SafeTensors.open(FIXTURES.resolve("lora/adapter_model.safetensors"))) {
            var adapters = new HashMap<String, LoraLayer>();
            var matrices = new HashMap<String, NDArray>();
            for (var name : file.names()) {
                NDArray matrix = file.read(name, manager, DataType.FLOAT32);
                matrix.setRequiresGradient(true);
                matrices.put(name, matrix);
            }
            for (var name : file.names()) {
                if (name.endsWith(".lora_A.weight")) {
                    var b = matrices.get(name.replace("lora_A", "lora_B"));
                    adapters.put(
                            name.replaceFirst(".*\\.(layers\\..*)\\.lora_A\\.weight", "$1"),
                            new LoraLayer(matrices.get(name), b, 2));
                }
            }
            assertEquals(7 * LAYERS, adapters.size());
            NDArray words = Autograd.noGrad(this::embeddings);
            NDArray valid = valid(io.get("attention_mask"));
            Autograd.withGrad(() -> {
                NDArray logits = allLogits(llama.forward(
                        words, DecoderContext.causal(valid).with(BatchAdapter.ofAll(adapters), Map.of())));
                assertEqualAt(valid, reference, "logits", logits);
                NDArray loss = loss(logits, io.get("labels"));
                reference.assertEqual("loss", loss);
                var names = List.copyOf(matrices.keySet());
                var gradients = Autograd.gradients(
                        () -> loss, names.stream().map(matrices::get).toList());
                IntStream.range(0, names.size())
                        .forEach(i -> reference.assertEqual("grad." + names.get(i), gradients.get(i)));
                return loss;
            });
        }
    }

    @Test
    void decodesWhatTransformersDecodes() {
        try (var reference = new Reference("llava_greedy", manager)) {
            var lengths = new int[2];
            var expected = new ArrayList<long[]>();
            for (var row = 0; row < 2; row++) {
                lengths[row] = Math.toIntExact(
                        reference.get("sample" + row + "_prompt_length").toLongArray()[0]);
                var sample = reference.get("sample" + row).toLongArray();
                expected.add(Arrays.stream(sample, lengths[row], sample.length)
                        .takeWhile(id -> id != 2)
                        .toArray());
            }
            var greedy = new GreedyDecoder(llama, Set.of(2), 12);
            NDArray rows = embeddings();
            var width = Arrays.stream(lengths).max().getAsInt();
            NDArray valid = manager.arange(width)
                    .reshape(1, width)
                    .lt(manager.create(lengths).reshape(2, 1));
            var both = greedy.decode(rows.get(new NDIndex(":, :" + width)), lengths, DecoderContext.causal(valid));
            for (var row = 0; row < 2; row++) {
                assertArrayEquals(expected.get(row), both.get(row));
                NDArray alone = rows.get(new NDIndex(row + ":" + (row + 1) + ", :" + lengths[row]));
                NDArray all = manager.ones(new Shape(1, lengths[row])).toType(DataType.BOOLEAN, false);
                var single = greedy.decode(alone, new int[] {lengths[row]}, DecoderContext.causal(all));
                assertArrayEquals(expected.get(row), single.get(0));
            }
        }
    }

    @Test
    void readsOnWhereTheCacheEnds() {
        NDArray words = embeddings();
        var pass = DecoderContext.causal(valid(io.get("attention_mask")));
        NDArray whole = llama.forward(words, pass);
        for (var adapters : List.<Map<String, BatchAdapter>>of(
                Map.of(), Map.of("layers.1.mlp.up_proj", (y, x, tokens) -> y.add(nothing(x))))) {
            try (var cache = new KeyValueCache()) {
                for (var part : List.of("0:7", "7:20", "20:25")) {
                    var to = part.substring(part.indexOf(':'));
                    var piece = new DecoderContext(
                            pass.positions().get(new NDIndex(":, " + part)),
                            pass.mask().get(new NDIndex(":, :, " + part + ", " + to)),
                            Optional.of(cache),
                            adapters,
                            Map.of(),
                            TokenRows.UNKNOWN);
                    NDArray states = llama.forward(words.get(new NDIndex(":, " + part)), piece);
                    Reference.assertClose(part, whole.get(new NDIndex(":, " + part)), states, 1e-5);
                }
            }
        }
    }

    private NDArray nothing(NDArray x) {
        return manager.zeros(new Shape(x.getShape().get(0), x.getShape().get(1), 96));
    }

    /** Where nothing is rotated, the keys and values of a text's beginning are a prefix that stands in for it. */
    @Test
    void aPrefixStandsInForTokensWithoutPosition() {
        NDArray words = embeddings();
        var causal = DecoderContext.causal(manager.ones(new Shape(2, 20)).toType(DataType.BOOLEAN, false));
        NDArray nowhere = manager.zeros(new Shape(1, 20), DataType.INT64);
        NDArray whole = llama.forward(words.get(new NDIndex(":, :20")), new DecoderContext(nowhere, causal.mask()));
        try (var cache = new KeyValueCache()) {
            var beginning = part(causal, nowhere, "0:6").with(cache);
            llama.forward(words.get(new NDIndex(":, :6")), beginning);
            var prefixes = new HashMap<Integer, DecoderContext.Prefix>();
            for (var layer = 0; layer < LAYERS; layer++) {
                var read = cache.get(layer);
                prefixes.put(layer, padded(flat(read.keys()), flat(read.values())));
            }
            NDArray rest = words.get(new NDIndex(":, 6:20"));
            NDArray states = llama.forward(rest, part(causal, nowhere, "6:20").with(Map.of(), prefixes));
            Reference.assertClose("rest", whole.get(new NDIndex(":, 6:20")), states, 1e-5);
        }
    }

    private static DecoderContext part(DecoderContext pass, NDArray positions, String part) {
        return new DecoderContext(
                positions.get(new NDIndex(":, " + part)), pass.mask().get(new NDIndex(":, :, " + part + ", " + part)));
    }

    private static NDArray flat(NDArray heads) {
        var shape = heads.getShape();
        return heads.transpose(0, 2, 1, 3).reshape(shape.get(0), shape.get(2), shape.get(1) * shape.get(3));
    }

    /** A prefix with two more keys that no row has. */
    private DecoderContext.Prefix padded(NDArray keys, NDArray values) {
        NDArray noise = manager.ones(new Shape(2, 2, keys.getShape().get(2))).mul(7);
        NDArray valid = manager.arange(8).lt(6).reshape(1, 8).repeat(0, 2);
        return new DecoderContext.Prefix(keys.concat(noise, 1), values.concat(noise, 1), valid);
    }
}
