package karuta.lmm.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import karuta.tensor.Autograd;
import karuta.tensor.Scope;
import karuta.tensor.Tensors;

/**
 * Greedy decoding of a batch: each row goes on by its most probable token, until it has produced an end token.
 *
 * @param llama the decoder
 * @param ends ids of end tokens
 * @param most tokens that a row may produce
 */
public record GreedyDecoder(Llama llama, Set<Integer> ends, int most) {

    /** Copies the set. */
    public GreedyDecoder {
        ends = Set.copyOf(ends);
    }

    /**
     * Decodes. No gradients.
     *
     * @param embeddings rows padded on the right, {@code [batch, tokens, hidden]}
     * @param lengths tokens of each row that are no padding
     * @param pass for these embeddings, without a cache
     * @return the tokens that each row has produced, end tokens excluded
     * @throws karuta.api.KarutaException if the logits are not finite
     */
    public List<long[]> decode(NDArray embeddings, int[] lengths, DecoderContext pass) {
        return Autograd.noGrad(() -> {
            try (var scope = Scope.open()) {
                return new Run(embeddings, lengths, pass).decode();
            }
        });
    }

    /** One batch on its way. */
    private final class Run {

        private final NDArray prompt;
        private final DecoderContext pass;
        private final int[] lengths;
        private final int width;
        private final KeyValueCache cache = new KeyValueCache();
        private final List<LongStream.Builder> answers = new ArrayList<>();
        private final boolean[] ended;

        Run(NDArray prompt, int[] lengths, DecoderContext pass) {
            this.prompt = prompt;
            this.pass = pass.with(cache);
            this.lengths = lengths;
            width = Math.toIntExact(prompt.getShape().get(1));
            ended = new boolean[lengths.length];
            Arrays.stream(lengths).forEach(row -> answers.add(LongStream.builder()));
        }

        List<long[]> decode() {
            var next = step(prompt, pass, lastPlaces());
            for (var made = 0; made < most && goesOn(next); made++) {
                if (made + 1 < most) {
                    next = step(llama.embed(column(next)), passAfter(made), places());
                }
            }
            cache.close();
            return answers.stream().map(answer -> answer.build().toArray()).toList();
        }

        /** Takes the tokens down; whether some row has not ended. */
        private boolean goesOn(long[] next) {
            for (var row = 0; row < next.length; row++) {
                ended[row] |= ends.contains(Math.toIntExact(next[row]));
                if (!ended[row]) {
                    answers.get(row).add(next[row]);
                }
            }
            for (var end : ended) {
                if (!end) {
                    return true;
                }
            }
            return false;
        }

        private long[] step(NDArray embeddings, DecoderContext stepPass, NDArray places) {
            try (var scope = Scope.open()) {
                NDArray states = llama.forward(embeddings, stepPass);
                NDArray logits = llama.logits(states, places);
                llama.requireFinite(logits);
                var next = logits.argMax(-1).toType(DataType.INT64, false).toLongArray();
                cache.arrays().forEach(scope::keep);
                stepPass.tokens().remembered().forEach(scope::keep);
                return next;
            }
        }

        private NDArray column(long[] ids) {
            return Tensors.of(prompt.getManager(), ids, new Shape(ids.length, 1));
        }

        /** A row's token goes on counting where the row's own text ended, wherever the padding ends. */
        private DecoderContext passAfter(int made) {
            var positions =
                    Arrays.stream(lengths).mapToLong(length -> length + made).toArray();
            var keys = width + made + 1;
            var mask = new boolean[lengths.length * keys];
            for (var row = 0; row < lengths.length; row++) {
                Arrays.fill(mask, row * keys, row * keys + lengths[row], true);
                Arrays.fill(mask, row * keys + width, (row + 1) * keys, true);
            }
            NDArray allowed = Tensors.of(prompt.getManager(), mask, new Shape(lengths.length, 1, 1, keys));
            return new DecoderContext(
                    column(positions),
                    allowed,
                    pass.cache(),
                    pass.adapters(),
                    pass.prefixes(),
                    pass.tokens().next(ended));
        }

        private NDArray lastPlaces() {
            var places = new long[lengths.length];
            for (var row = 0; row < places.length; row++) {
                places[row] = (long) row * width + lengths[row] - 1;
            }
            return Tensors.of(prompt.getManager(), places);
        }

        private NDArray places() {
            return Tensors.of(
                    prompt.getManager(), LongStream.range(0, lengths.length).toArray());
        }
    }
}
