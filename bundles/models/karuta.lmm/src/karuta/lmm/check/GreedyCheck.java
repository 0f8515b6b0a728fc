package karuta.lmm.check;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import karuta.api.KarutaException;
import karuta.lmm.model.BatchAdapter;
import karuta.lmm.model.DecoderContext;
import karuta.lmm.model.GreedyDecoder;
import karuta.lmm.model.LlavaModel;
import karuta.tensor.Autograd;
import karuta.tensor.Tensors;

/** Continues the rows of the inputs as the reference did. */
record GreedyCheck(LlavaModel model, Map<String, BatchAdapter> adapter, ReferenceFile file, Comparisons findings) {

    static final Pattern SAMPLE = Pattern.compile("sample(\\d+)");

    /** What is behind a sample's name in that of its prompt's length. */
    static final String LENGTH = "_prompt_length";

    void run() {
        NDArray words = Autograd.noGrad(() -> ReferenceEmbeddings.embeddings(model, file));
        NDArray ids = file.input("input_ids", 2);
        NDArray mask = Inputs.mask(file, ids.getShape(), 0);
        for (var name : file.names()) {
            var sample = SAMPLE.matcher(name);
            if (sample.matches()) {
                var row = Integer.parseInt(sample.group(1));
                if (row >= words.getShape().get(0)) {
                    throw new KarutaException(
                            file.path() + " has " + name + "; there are "
                                    + words.getShape().get(0) + " rows of inputs.",
                            "Give the inputs that it was made with.");
                }
                continued(
                        name,
                        words.get(new NDIndex(row + ":" + (row + 1))),
                        ids.get(row).toLongArray(),
                        mask.get(row).toBooleanArray());
            }
        }
    }

    /** @param words {@code [1, tokens, hidden]} */
    private void continued(String name, NDArray words, long[] ids, boolean[] valid) {
        var sample = file.input(name, 2).toLongArray();
        var length = (int) file.number(name + LENGTH);
        var prompt =
                length < 1 || length >= sample.length ? new int[0] : prompt(Arrays.copyOf(sample, length), ids, valid);
        if (prompt.length == 0) {
            throw new KarutaException(
                    file.path() + " has " + name + ", which does not begin with " + length
                            + " tokens of its row of input_ids, or ends with them.",
                    "Give the inputs that it was made with.");
        }
        var ends = new HashSet<>(model.config().text().ends());
        var expected = LongStream.of(Arrays.copyOfRange(sample, length, sample.length))
                .takeWhile(id -> !ends.contains((int) id))
                .toArray();
        NDArray places = Tensors.of(
                words.getManager(), Arrays.stream(prompt).asLongStream().toArray());
        var pass = DecoderContext.causal(Inputs.all(file, new Shape(1, prompt.length)))
                .with(adapter, Map.of());
        var made = new GreedyDecoder(model.llama(), ends, sample.length - length)
                .decode(words.get(new NDIndex(":, {}", places)), new int[] {prompt.length}, pass);
        findings.compareTokens(name, expected, made.get(0));
    }

    /**
     * Which of a row's tokens are the prompt: those at its beginning that are no padding, or, where the sample was made
     * without the padding before it, the first that are none.
     *
     * @return places in the row; none, if the row does not begin like this
     */
    private static int[] prompt(long[] begin, long[] ids, boolean[] valid) {
        var places =
                IntStream.range(0, ids.length).filter(place -> valid[place]).toArray();
        if (begin.length <= ids.length && Arrays.equals(ids, 0, begin.length, begin, 0, begin.length)) {
            return Arrays.stream(places).filter(place -> place < begin.length).toArray();
        }
        var words = Arrays.stream(places).limit(begin.length).toArray();
        return Arrays.equals(Arrays.stream(words).mapToLong(place -> ids[place]).toArray(), begin) ? words : new int[0];
    }
}
