package karuta.lmm.model;

import static karuta.lmm.model.Reference.FIXTURES;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Models of many shapes, in every layout, loaded from their folders. States are compared channel by channel: the
 * largest difference in a channel, divided by the largest expected value in it, so that channels of 10^4 hide nothing.
 */
class CheckpointTest {

    private static final Path CHECKPOINTS = FIXTURES.resolve("checkpoints");
    private static final double TOLERANCE = 1e-5;

    private final NDManager manager = manager();

    private static NDManager manager() {
        TorchEngine.start();
        return NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"llava-a", "llava-b", "llava-d", "llava-o", "llava-deep"})
    void llavaComputesWhatTransformersComputes(String name) {
        var model = load(name);
        try (var reference = new Reference("checkpoints/" + name + "/io", manager)) {
            NDArray features = features(model, reference);
            requireEqual("image_features", reference.get("image_features"), features);
            NDArray valid = reference.get("attention_mask").toType(DataType.BOOLEAN, false);
            var embeddings = embeddings(model, reference.get("input_ids"), features);
            var states = model.llama().states(embeddings, DecoderContext.causal(valid));
            for (var i = 0; i < states.size(); i++) {
                var expected = reference.get("hs_" + i);
                requireEqual("hs_" + i, expected.get(valid), states.get(i).get(valid));
            }
            NDArray logits = logits(model, states.get(states.size() - 1));
            requireEqual("logits", reference.get("logits").get(valid), logits.get(valid));
            requireEqual("loss", reference.get("loss"), loss(logits, reference.get("labels")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llava-a", "llava-b", "llava-d", "llava-o", "llava-deep"})
    void llavaPassesTheSameGradientToASoftPrompt(String name) {
        var model = load(name);
        try (var io = new Reference("checkpoints/" + name + "/io", manager);
                var reference = new Reference("checkpoints/" + name + "/prompt", manager)) {
            NDArray prompt = reference.get("prompt_embeddings");
            prompt.setRequiresGradient(true);
            NDArray words = Autograd.noGrad(() -> embeddings(model, io.get("input_ids"), features(model, io)));
            NDArray valid = reference.get("attention_mask").toType(DataType.BOOLEAN, false);
            Autograd.withGrad(() -> {
                NDArray front = prompt.expandDims(0).repeat(0, words.getShape().get(0));
                NDArray last = model.llama().forward(front.concat(words, 1), DecoderContext.causal(valid));
                NDArray loss = loss(logits(model, last), reference.get("labels"));
                requireEqual("loss", reference.get("loss"), loss);
                var gradient = Autograd.gradients(() -> loss, List.of(prompt)).get(0);
                reference.assertEqual("grad_prompt", gradient);
                return loss;
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llava-a", "llava-b", "llava-d", "llava-o", "llava-deep"})
    void llavaDecodesWhatTransformersDecodes(String name) {
        var model = load(name);
        try (var io = new Reference("checkpoints/" + name + "/io", manager);
                var reference = new Reference("checkpoints/" + name + "/greedy", manager)) {
            NDArray words = embeddings(model, io.get("input_ids"), features(model, io));
            for (var row = 0; row < words.getShape().get(0); row++) {
                var length =
                        (int) reference.get("sample" + row + "_prompt_length").toLongArray()[0];
                var sample = reference.get("sample" + row).toLongArray();
                var expected = LongStream.of(Arrays.copyOfRange(sample, length, sample.length))
                        .takeWhile(id -> id != 2)
                        .toArray();
                NDArray alone = words.get(new NDIndex(row + ":" + (row + 1) + ", :" + length));
                NDArray all = io.get("attention_mask").get(new NDIndex(row + ":" + (row + 1) + ", :" + length));
                var pass = DecoderContext.causal(all.toType(DataType.BOOLEAN, false));
                var made = new GreedyDecoder(model.llama(), Set.of(2), 8).decode(alone, new int[] {length}, pass);
                assertArrayEquals(expected, made.get(0));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"clip-b", "clip-l"})
    void clipComputesWhatTransformersComputes(String name) {
        var source = new ClipFolder.Source(CHECKPOINTS.resolve(name), Precision.FP32, Optional.empty());
        var clip = ClipFolder.load(source, manager).model();
        try (var reference = new Reference("checkpoints/" + name + "/io", manager)) {
            var seen = clip.vision().forward(reference.get("pixel_values"));
            for (var i = 0; i < seen.hidden().size(); i++) {
                reference.assertEqual("vision_hs_" + i, seen.hidden().get(i));
            }
            reference.assertEqual("vision_pooler", seen.pooled());
            var read = clip.text().forward(reference.get("input_ids"));
            reference.assertEqual("text_pooler", read.pooled());
            NDArray images = clip.projectImage(seen.pooled());
            NDArray texts = clip.projectText(read.pooled());
            reference.assertEqual("image_embeds", Ops.unit(images));
            reference.assertEqual("text_embeds", Ops.unit(texts));
            reference.assertEqual("logits_per_image", clip.logitsPerImage(images, texts));
        }
    }

    private LlavaModel load(String name) {
        var folder = CHECKPOINTS.resolve(name);
        var tower = Optional.of(folder.resolve("tower")).filter(Files::isDirectory);
        return LlavaModel.load(new LlavaModel.Source(folder, tower, Precision.FP32, Optional.empty()), manager);
    }

    private static NDArray features(LlavaModel model, Reference reference) {
        var seen = model.imageEncoder().vision().forward(reference.get("pixel_values"));
        return model.projector().forward(model.visualTokens(seen));
    }

    private static NDArray embeddings(LlavaModel model, NDArray ids, NDArray features) {
        return Interleaved.embeddings(model.llama(), model.config(), ids, features);
    }

    private NDArray logits(LlavaModel model, NDArray states) {
        var shape = states.getShape();
        NDArray places = manager.arange(0, (int) (shape.get(0) * shape.get(1)), 1, DataType.INT64);
        return model.llama().logits(states, places).reshape(shape.get(0), shape.get(1), -1);
    }

    private static NDArray loss(NDArray logits, NDArray labels) {
        var vocabulary = logits.getShape().get(2);
        NDArray said = logits.get(new NDIndex(":, :-1")).reshape(-1, vocabulary);
        return Ops.crossEntropy(said, labels.get(new NDIndex(":, 1:")).flatten());
    }

    private static void requireEqual(String name, NDArray expected, NDArray actual) {
        assertEquals(expected.getShape(), actual.getShape(), name);
        var rank = expected.getShape().dimension();
        var channels = rank == 0 ? 1 : expected.getShape().get(rank - 1);
        NDArray values = expected.reshape(-1, channels);
        NDArray errors = values.sub(actual.reshape(-1, channels)).abs().max(new int[] {0});
        var worst = errors.div(values.abs().max(new int[] {0})).max().getFloat();
        assertTrue(worst <= TOLERANCE, name + ": relative error of a channel " + worst);
    }
}
