package karuta.speed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.Guidance;
import karuta.api.Input;
import karuta.api.Insert.Tokens;
import karuta.api.PromptedInput;
import karuta.api.Query;
import karuta.api.RandomStream;
import karuta.api.VisionFeatures;
import karuta.lmm.batch.PaddedBatch;
import karuta.lmm.model.LlavaModel;
import karuta.lmm.text.TokenizedPrompt;
import karuta.safetensors.SafeTensorsWriter;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;
import karuta.tensor.Scope;
import karuta.tensor.Tensors;

/**
 * A batch of random questions about random images, with answers of different lengths, each behind three prompts of
 * ten tokens.
 *
 * @param model that it is for
 * @param pixels {@code [batch, 3, side, side]}
 * @param samples what the decoder is given
 * @param texts of the samples, with answers
 */
record Batch(LlavaModel model, NDArray pixels, List<PromptedInput> samples, List<TokenizedPrompt> texts) {

    private static final int PROMPTS = 3;
    private static final int LENGTH = 10;

    /** @param manager gets what the batch is made of; nothing else stays */
    static Batch random(LlavaModel model, int size, NDManager manager) {
        try (var scope = Scope.open()) {
            return Autograd.noGrad(() -> make(model, size, manager));
        }
    }

    private static Batch make(LlavaModel model, int size, NDManager manager) {
        var draws = RandomStream.of(1, "speed");
        var side = model.config().vision().image();
        NDArray pixels = Scope.keep(
                Tensors.of(
                        manager, draws.fork("pixels").normals(size * 3 * side * side), new Shape(size, 3, side, side)),
                manager);
        NDArray tokens = model.visualTokens(model.imageEncoder().vision().forward(pixels));
        var prompts = IntStream.range(0, PROMPTS)
                .mapToObj(i -> new Tokens(rows(model, draws.fork("prompt").fork(i), manager)))
                .toList();
        var samples = new ArrayList<PromptedInput>();
        var texts = new ArrayList<TokenizedPrompt>();
        for (var row = 0; row < size; row++) {
            var query = new Query(List.of(), List.of(), "");
            NDArray features = Scope.keep(tokens.get(row), manager);
            var vision = new VisionFeatures("", features, features);
            var guidance = new Guidance(Optional.empty(), Optional.empty());
            samples.add(new PromptedInput(
                    new Input(row, query, List.of(vision), guidance, Optional.empty()), List.copyOf(prompts)));
            texts.add(text(model, draws.fork("text").fork(row)));
        }
        return new Batch(model, pixels, samples, texts);
    }

    private static NDArray rows(LlavaModel model, RandomStream draws, NDManager manager) {
        NDArray table = model.llama().table();
        var ids = IntStream.range(0, LENGTH)
                .mapToLong(i -> draws.below((int) table.getShape().get(0), i))
                .toArray();
        return Scope.keep(Ops.cast(Ops.rows(table, Tensors.of(manager, ids)), DataType.FLOAT32), manager);
    }

    /** A start token, 10 to 30 words, the image, 20 to 60 words, and an answer of 4 to 12. */
    private static TokenizedPrompt text(LlavaModel model, RandomStream draws) {
        var before = 1 + 10 + draws.below(21, 0);
        var visual = model.config().imageTokens();
        var question = before + visual + 20 + draws.below(41, 1);
        var ids = new long[question + 4 + draws.below(9, 2)];
        for (var i = 0; i < ids.length; i++) {
            ids[i] = draws.fork("ids").below(model.config().imageToken(), i);
        }
        ids[0] = 1;
        Arrays.fill(ids, before, before + visual, model.config().imageToken());
        return new TokenizedPrompt(ids, List.of(before), question);
    }

    PaddedBatch sequences() {
        return PaddedBatch.of(model, samples, texts, false);
    }

    /** The last prompt, {@code [M, d]}. */
    NDArray prompt() {
        var inserts = samples.get(0).inserts();
        return ((Tokens) inserts.get(PROMPTS - 1)).embeddings();
    }

    /** The same batch with another last prompt. */
    Batch with(NDArray prompt) {
        var changed = samples.stream()
                .map(sample -> {
                    var inserts = new ArrayList<>(sample.inserts());
                    inserts.set(PROMPTS - 1, new Tokens(prompt));
                    return new PromptedInput(sample.input(), List.copyOf(inserts));
                })
                .toList();
        return new Batch(model, pixels, changed, texts);
    }

    /** Writes what the other side needs, under the names of `karuta model check`. */
    void write(Path file) {
        var sequences = sequences();
        var lengths = sequences.lengths();
        var width = (int) sequences.embeddings().getShape().get(1);
        var mask = new long[lengths.length * width];
        var labels = new long[mask.length];
        Arrays.fill(labels, -100);
        for (var row = 0; row < lengths.length; row++) {
            Arrays.fill(mask, row * width, row * width + lengths[row], 1);
        }
        var places = sequences.places().toLongArray();
        var ids = sequences.labels().toLongArray();
        for (var i = 0; i < places.length; i++) {
            labels[(int) places[i] + 1] = ids[i]; // Transformers counts a label where it stands
        }
        var manager = pixels.getManager();
        var shape = new Shape(lengths.length, width);
        SafeTensorsWriter.write(
                file,
                Map.of(
                        "pixel_values", pixels,
                        "inputs_embeds", sequences.embeddings(),
                        "attention_mask", Tensors.of(manager, mask, shape),
                        "labels", Tensors.of(manager, labels, shape),
                        "prompt_embeddings", prompt(),
                        "prompt_start", Tensors.of(manager, new long[] {1 + (PROMPTS - 1) * LENGTH}, new Shape())),
                Map.of());
    }
}
