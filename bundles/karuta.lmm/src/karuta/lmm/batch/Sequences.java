package karuta.lmm.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import karuta.api.Insert.Tokens;
import karuta.api.KarutaException;
import karuta.api.Prompted;
import karuta.lmm.model.LlavaModel;
import karuta.lmm.model.Pass;
import karuta.lmm.text.LlavaText;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;
import karuta.tensor.Scope;
import karuta.tensor.Tensors;

/**
 * A batch as the decoder reads it: BOS, the sample's soft tokens, and the question with the visual tokens in it,
 * perhaps followed by an answer; padded on the right.
 *
 * @param embeddings {@code [batch, tokens, d]}, float32
 * @param lengths of the rows
 * @param places where an answer's tokens are said, one before where they stand, {@code [answer tokens]}, row-major
 * @param labels the answers' tokens, {@code [answer tokens]}, int64
 */
public record Sequences(NDArray embeddings, int[] lengths, NDArray places, NDArray labels) {

    /**
     * Puts a batch together. Gradients flow into the soft tokens alone.
     *
     * @param texts the samples' questions, perhaps with answers
     * @param first whether the soft tokens stand before BOS, as in PEFT's prompt tuning, rather than behind it
     * @throws KarutaException if a row is longer than the model can read
     */
    public static Sequences of(LlavaModel model, List<Prompted> batch, List<LlavaText> texts, boolean first) {
        return new Builder(model, batch, texts, first).build();
    }

    /** What is padding and what is not, and each token attends to those before it. */
    public Pass pass() {
        var width = embeddings.getShape().get(1);
        NDArray order = embeddings
                .getManager()
                .arange(0, (int) width, 1, DataType.INT64)
                .reshape(1, width);
        NDArray ends = Tensors.of(
                embeddings.getManager(), Arrays.stream(lengths).asLongStream().toArray(), new Shape(lengths.length, 1));
        return Pass.causal(order.lt(ends));
    }

    private static final class Builder {

        private final LlavaModel model;
        private final List<Prompted> batch;
        private final List<LlavaText> texts;
        private final boolean first;
        private final NDManager manager;
        private final Rows rows;

        Builder(LlavaModel model, List<Prompted> batch, List<LlavaText> texts, boolean first) {
            this.model = model;
            this.batch = batch;
            this.texts = texts;
            this.first = first;
            manager = model.eye().manager();
            rows = new Rows(manager, model.config().text().hidden());
        }

        /** What is made on the way is freed, as far as no gradient needs it. */
        Sequences build() {
            try (var scope = Scope.open()) {
                var built = putTogether();
                scope.keep(built.embeddings);
                scope.keep(built.places);
                scope.keep(built.labels);
                return built;
            }
        }

        private Sequences putTogether() {
            var words = rows.place(Autograd.frozen(this::words));
            var pictures = texts.stream().anyMatch(text -> text.picture().isPresent())
                    ? rows.place(Autograd.frozen(this::pictures))
                    : Rows.PADDING;
            var index = new ArrayList<long[]>();
            for (var row = 0; row < batch.size(); row++) {
                var text = texts.get(row);
                index.add(row(batch.get(row), text, words, pictures));
                words += text.ids().length;
                pictures += text.picture().isPresent() ? model.config().imageTokens() : 0;
            }
            return padded(index);
        }

        /** All rows' tokens one after the other; what stands for a picture is not used. */
        private NDArray words() {
            var ids = texts.stream()
                    .flatMapToLong(text -> LongStream.of(text.ids()))
                    .map(id -> id == model.config().imageToken() ? 0 : id)
                    .toArray();
            return Ops.cast(model.llama().embed(Tensors.of(manager, ids)), DataType.FLOAT32);
        }

        private NDArray pictures() {
            var tokens = new NDList();
            for (var row = 0; row < batch.size(); row++) {
                if (texts.get(row).picture().isPresent()) {
                    tokens.add(batch.get(row).input().vision().orElseThrow().tokens());
                }
            }
            return Ops.cast(model.projector().forward(NDArrays.concat(tokens)), DataType.FLOAT32);
        }

        private long[] row(Prompted sample, LlavaText text, long words, long pictures) {
            var places = LongStream.builder();
            if (!first) {
                places.add(words);
            }
            for (var insert : sample.inserts()) {
                if (insert instanceof Tokens tokens) {
                    var place = rows.place(tokens.embeddings());
                    LongStream.range(
                                    place,
                                    place + tokens.embeddings().getShape().get(0))
                            .forEach(places);
                }
            }
            if (first) {
                places.add(words);
            }
            var picture = text.picture().orElse(text.ids().length);
            for (var i = 1; i < text.ids().length; i++) {
                var seen = i - picture;
                places.add(seen >= 0 && seen < model.config().imageTokens() ? pictures + seen : words + i);
            }
            return places.build().toArray();
        }

        private Sequences padded(List<long[]> index) {
            var width = index.stream().mapToInt(row -> row.length).max().orElseThrow();
            if (width > model.config().text().positions()) {
                throw new KarutaException(
                        "A question with its inserts takes " + width + " tokens; the model reads up to "
                                + model.config().text().positions() + ".",
                        "Use fewer or shorter prompts, or shorter texts.");
            }
            var all = new long[index.size() * width];
            var places = LongStream.builder();
            var labels = LongStream.builder();
            for (var row = 0; row < index.size(); row++) {
                var own = index.get(row);
                var text = texts.get(row);
                System.arraycopy(own, 0, all, row * width, own.length);
                for (var i = text.answer(); i < text.ids().length; i++) {
                    places.add((long) row * width + own.length - text.ids().length + i - 1);
                    labels.add(text.ids()[i]);
                }
            }
            return new Sequences(
                    rows.take(all, index.size()),
                    index.stream().mapToInt(row -> row.length).toArray(),
                    Tensors.of(manager, places.build().toArray()),
                    Tensors.of(manager, labels.build().toArray()));
        }
    }
}
