package karuta.lmm.check;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import karuta.api.KarutaException;
import karuta.lmm.model.Greedy;
import karuta.lmm.model.LlavaModel;
import karuta.lmm.model.Pass;
import karuta.tensor.Autograd;
import karuta.tensor.LowRank;

/** Continues the rows of the inputs as the reference did. */
record GreedyCheck(LlavaModel model, Map<String, LowRank> adapter, ReferenceFile file, Findings findings) {

    static final Pattern SAMPLE = Pattern.compile("sample(\\d+)");

    /** What is behind a sample's name in that of its prompt's length. */
    static final String LENGTH = "_prompt_length";

    void run() {
        NDArray words = Autograd.frozen(() -> LlavaWords.embeddings(model, file));
        NDArray ids = file.input("input_ids", 2);
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
                        ids.get(row).toLongArray());
            }
        }
    }

    /** @param words {@code [1, tokens, hidden]} */
    private void continued(String name, NDArray words, long[] ids) {
        var sample = file.input(name, 2).toLongArray();
        var length = (int) file.input(name + LENGTH, 1).toLongArray()[0];
        if (length < 1
                || length >= sample.length
                || length > ids.length
                || !Arrays.equals(ids, 0, length, sample, 0, length)) {
            throw new KarutaException(
                    file.path() + " has " + name + ", which does not begin with " + length
                            + " tokens of its row of input_ids, or ends with them.",
                    "Give the inputs that it was made with.");
        }
        var ends = new HashSet<>(model.config().text().ends());
        var expected = LongStream.of(Arrays.copyOfRange(sample, length, sample.length))
                .takeWhile(id -> !ends.contains((int) id))
                .toArray();
        NDArray valid = Inputs.all(file, new Shape(1, length));
        var pass = Pass.causal(valid).with(Map.copyOf(adapter), Map.of());
        var made = new Greedy(model.llama(), ends, sample.length - length)
                .decode(words.get(new NDIndex(":, :" + length)), new int[] {length}, pass);
        findings.compareTokens(name, expected, made.get(0));
    }
}
