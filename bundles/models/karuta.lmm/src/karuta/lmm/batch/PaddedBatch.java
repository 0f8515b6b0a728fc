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
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import karuta.api.Insert.Tokens;
import karuta.api.KarutaException;
import karuta.api.PromptedInput;
import karuta.lmm.model.DecoderContext;
import karuta.lmm.model.LlavaModel;
import karuta.lmm.text.TokenizedPrompt;
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
public record PaddedBatch(NDArray embeddings, int[] lengths, NDArray places, NDArray labels) {

    /**
     * How rows are made.
     *
     * @param first whether the soft tokens stand before BOS, as in PEFT's prompt tuning, rather than behind it
     * @param cuts whether an answer that goes beyond what the model reads is cut there, as LLaVA does, rather than
     *     refused
     */
    public record Style(boolean first, boolean cuts) {}

    /** Puts a batch together that may not be too long. */
    public static PaddedBatch of(
            LlavaModel model, List<PromptedInput> batch, List<TokenizedPrompt> texts, boolean first) {
        return of(model, batch, texts, new Style(first, false));
    }

    /**
     * Puts a batch together. Gradients flow into the soft tokens alone.
     *
     * @param texts the samples' questions, perhaps with answers
     * @throws KarutaException if a row is longer than the model can read, or its question is and leaves the answer out
     */
    public static PaddedBatch of(
            LlavaModel model, List<PromptedInput> batch, List<TokenizedPrompt> texts, Style style) {
        return new Builder(model, batch, texts, style).build();
    }

    /** What is padding and what is not, and each token attends to those before it. */
    public DecoderContext pass() {
        var width = embeddings.getShape().get(1);
        NDArray order = embeddings
                .getManager()
                .arange(0, (int) width, 1, DataType.INT64)
                .reshape(1, width);
        NDArray ends = Tensors.of(
                embeddings.getManager(), Arrays.stream(lengths).asLongStream().toArray(), new Shape(lengths.length, 1));
        return DecoderContext.causal(order.lt(ends));
    }

    private static final class Builder {

        private final LlavaModel model;
        private final List<PromptedInput> batch;
        private final List<TokenizedPrompt> texts;
        private final Style style;
        private final NDManager manager;
        private final RowTable rows;

        Builder(LlavaModel model, List<PromptedInput> batch, List<TokenizedPrompt> texts, Style style) {
            this.model = model;
            this.batch = batch;
            this.texts = texts;
            this.style = style;
            manager = model.imageEncoder().manager();
            rows = new RowTable(manager, model.config().text().hidden());
        }

        /** What is made on the way is freed, as far as no gradient needs it. */
        PaddedBatch build() {
            try (var scope = Scope.open()) {
                var built = putTogether();
                scope.keep(built.embeddings);
                scope.keep(built.places);
                scope.keep(built.labels);
                return built;
            }
        }

        private PaddedBatch putTogether() {
            var words = rows.place(Autograd.noGrad(this::words));
            var pictures = texts.stream().anyMatch(text -> text.picture().isPresent())
                    ? rows.place(Autograd.noGrad(this::pictures))
                    : RowTable.PADDING;
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

        private long[] row(PromptedInput sample, TokenizedPrompt text, long words, long pictures) {
            var places = LongStream.builder();
            if (!style.first) {
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
            if (style.first) {
                places.add(words);
            }
            var picture = text.picture().orElse(text.ids().length);
            for (var i = 1; i < text.ids().length; i++) {
                var seen = i - picture;
                places.add(seen >= 0 && seen < model.config().imageTokens() ? pictures + seen : words + i);
            }
            return places.build().toArray();
        }

        /** How many tokens of a row the model reads. */
        private int length(long[] row, TokenizedPrompt text) {
            var most = model.config().text().positions();
            var answer = text.ids().length - text.answer();
            if (row.length <= most) {
                return row.length;
            }
            if (!style.cuts || row.length - answer >= most) {
                throw new KarutaException(
                        "A question with its inserts takes " + (row.length - answer) + " tokens"
                                + (answer > 0 ? ", its answer " + answer : "") + "; the model reads up to " + most
                                + ".",
                        "Use fewer or shorter prompts, or shorter texts.");
            }
            return most;
        }

        private PaddedBatch padded(List<long[]> index) {
            var lengths = IntStream.range(0, index.size())
                    .map(row -> length(index.get(row), texts.get(row)))
                    .toArray();
            var width = Arrays.stream(lengths).max().orElseThrow();
            var all = new long[index.size() * width];
            var places = LongStream.builder();
            var labels = LongStream.builder();
            for (var row = 0; row < index.size(); row++) {
                var own = index.get(row);
                var text = texts.get(row);
                System.arraycopy(own, 0, all, row * width, lengths[row]);
                var soft = own.length - text.ids().length;
                for (var i = text.answer(); i < text.ids().length && soft + i < lengths[row]; i++) {
                    places.add((long) row * width + soft + i - 1);
                    labels.add(text.ids()[i]);
                }
            }
            return new PaddedBatch(
                    rows.take(all, index.size()),
                    lengths,
                    Tensors.of(manager, places.build().toArray()),
                    Tensors.of(manager, labels.build().toArray()));
        }
    }
}
