package karuta.lmm.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import karuta.api.Insert.Tokens;
import karuta.api.KarutaException;
import karuta.api.PromptedInput;
import karuta.api.TokenContext.Kind;
import karuta.lmm.model.DecoderContext;
import karuta.lmm.model.LlavaModel;
import karuta.lmm.model.TokenRows;
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
 * @param kinds what the tokens of each row are, without padding
 * @param places where an answer's tokens are said, one before where they stand, {@code [answer tokens]}, row-major
 * @param labels the answers' tokens, {@code [answer tokens]}, int64
 */
public record PaddedBatch(NDArray embeddings, List<Kind[]> kinds, NDArray places, NDArray labels) {

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

    /** Tokens of each row that are no padding. */
    public int[] lengths() {
        return kinds.stream().mapToInt(row -> row.length).toArray();
    }

    /** Answer tokens of each row. */
    public List<Integer> answers() {
        return kinds.stream()
                .map(row -> (int)
                        Arrays.stream(row).filter(kind -> kind == Kind.ANSWER).count())
                .toList();
    }

    /** What is padding and what is not, and each token attends to those before it. */
    public DecoderContext pass() {
        var lengths = lengths();
        var width = embeddings.getShape().get(1);
        NDArray order = embeddings
                .getManager()
                .arange(0, (int) width, 1, DataType.INT64)
                .reshape(1, width);
        NDArray ends = Tensors.of(
                embeddings.getManager(), Arrays.stream(lengths).asLongStream().toArray(), new Shape(lengths.length, 1));
        return DecoderContext.causal(order.lt(ends)).with(TokenRows.of(kinds));
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
            var about = IntStream.range(0, batch.size())
                    .filter(row -> !texts.get(row).images().isEmpty())
                    .mapToObj(batch::get)
                    .toList();
            var visual = about.isEmpty() ? RowTable.PADDING : rows.place(VisualTokens.of(model, about));
            var index = new ArrayList<Row>();
            for (var row = 0; row < batch.size(); row++) {
                var text = texts.get(row);
                index.add(row(batch.get(row), text, words, visual));
                words += text.ids().length;
                visual += (long) text.images().size() * model.config().imageTokens();
            }
            return padded(index);
        }

        /** All rows' tokens one after the other; what stands for an image is not used. */
        private NDArray words() {
            var ids = texts.stream()
                    .flatMapToLong(text -> LongStream.of(text.ids()))
                    .map(id -> id == model.config().imageToken() ? 0 : id)
                    .toArray();
            return Ops.cast(model.llama().embed(Tensors.of(manager, ids)), DataType.FLOAT32);
        }

        /** Where the tokens of a row are found, and what they are. */
        private record Row(LongStream.Builder places, List<Kind> kinds) {

            void add(long first, long count, Kind kind) {
                LongStream.range(first, first + count).forEach(places);
                kinds.addAll(Collections.nCopies((int) count, kind));
            }
        }

        private Row row(PromptedInput sample, TokenizedPrompt text, long words, long visual) {
            requireImages(sample, text);
            var row = new Row(LongStream.builder(), new ArrayList<>());
            if (!style.first) {
                row.add(words, 1, Kind.INSTRUCTION);
            }
            Inserts.all(sample, Tokens.class)
                    .map(Tokens::embeddings)
                    .forEach(tokens ->
                            row.add(rows.place(tokens), tokens.getShape().get(0), Kind.PROMPT));
            if (style.first) {
                row.add(words, 1, Kind.INSTRUCTION);
            }
            var from = 1;
            var image = visual;
            for (var start : text.images()) {
                row.add(words + from, start - from, Kind.INSTRUCTION);
                row.add(image, model.config().imageTokens(), Kind.IMAGE);
                image += model.config().imageTokens();
                from = start + model.config().imageTokens();
            }
            row.add(words + from, text.answer() - from, Kind.INSTRUCTION);
            row.add(words + text.answer(), text.ids().length - text.answer(), Kind.ANSWER);
            return row;
        }

        private static void requireImages(PromptedInput sample, TokenizedPrompt text) {
            if (!text.images().isEmpty()
                    && text.images().size() != sample.input().vision().size()) {
                throw new IllegalArgumentException(
                        "a question about " + text.images().size() + " images has features of "
                                + sample.input().vision().size());
            }
        }

        /** How many tokens of a row the model reads. */
        private int length(int tokens, TokenizedPrompt text) {
            var most = model.config().text().positions();
            var answer = text.ids().length - text.answer();
            if (tokens <= most) {
                return tokens;
            }
            if (!style.cuts || tokens - answer >= most) {
                throw new KarutaException(
                        "A question with its inserts takes " + (tokens - answer) + " tokens"
                                + (answer > 0 ? ", its answer " + answer : "") + "; the model reads up to " + most
                                + ".",
                        "Use fewer or shorter prompts, or shorter texts.");
            }
            return most;
        }

        private PaddedBatch padded(List<Row> index) {
            var kinds = IntStream.range(0, index.size())
                    .mapToObj(row -> {
                        var own = index.get(row).kinds;
                        return own.subList(0, length(own.size(), texts.get(row)))
                                .toArray(Kind[]::new);
                    })
                    .toList();
            var width = kinds.stream().mapToInt(row -> row.length).max().orElseThrow();
            var all = new long[index.size() * width];
            var places = LongStream.builder();
            var labels = LongStream.builder();
            for (var row = 0; row < index.size(); row++) {
                var own = index.get(row).places.build().toArray();
                var length = kinds.get(row).length;
                var text = texts.get(row);
                System.arraycopy(own, 0, all, row * width, length);
                var soft = own.length - text.ids().length;
                for (var i = text.answer(); i < text.ids().length && soft + i < length; i++) {
                    places.add((long) row * width + soft + i - 1);
                    labels.add(text.ids()[i]);
                }
            }
            return new PaddedBatch(
                    rows.take(all, index.size()),
                    kinds,
                    Tensors.of(manager, places.build().toArray()),
                    Tensors.of(manager, labels.build().toArray()));
        }
    }
}
