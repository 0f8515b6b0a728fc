package karuta.baseline.der;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import karuta.api.CausalLmOutput;
import karuta.api.KarutaException;
import karuta.rehearsal.StoredExample;
import karuta.tensor.Script;
import karuta.tensor.Tensors;

/**
 * The logits h of an example's answer tokens, as they were when it was stored.
 *
 * @param topK how many are kept of each token, the largest; 0 for all of the vocabulary
 */
record StoredLogits(int topK) {

    /** {@code [answer tokens, kept]}, float32. */
    private static final String VALUES = "logits";

    /** Which tokens of the vocabulary they belong to, {@code [answer tokens, kept]}, int32; absent where all are kept. */
    private static final String TOKENS = "tokens";

    private static final Script SCRIPT = Script.of("""
        def largest(self, z: Tensor, k: Tensor) -> Tuple[Tensor, Tensor]:
          values, tokens = torch.topk(z, int(k), -1, True, True)
          return (values, torch.to(tokens, 3, False, False))
        def kept(self, z: Tensor, tokens: Tensor) -> Tensor:
          return torch.gather(z, 1, torch.to(tokens, 4, False, False))
        def error(self, z: Tensor, h: Tensor) -> Tensor:
          d = z - h
          return torch.mean(d * d)
        """);

    /** What is kept with the i-th sample of a batch, by what the backbone said to it. */
    IntFunction<Map<String, NDArray>> of(CausalLmOutput output) {
        var ends = output.lengths().stream().mapToLong(Integer::longValue).toArray();
        Arrays.parallelPrefix(ends, Long::sum);
        var samples = output.logits().split(Arrays.copyOf(ends, ends.length - 1));
        return i -> of(samples.get(i));
    }

    /** Of one sample, {@code [answer tokens, vocabulary]}. */
    private Map<String, NDArray> of(NDArray logits) {
        if (topK == 0 || topK >= logits.getShape().get(1)) {
            return Map.of(VALUES, logits);
        }
        try (NDManager numbers = logits.getManager().newSubManager(Device.cpu())) {
            var largest = SCRIPT.callAll("largest", logits, Tensors.of(numbers, topK));
            return Map.of(VALUES, largest.get(0), TOKENS, largest.get(1));
        }
    }

    /**
     * The mean of (z - h)^2 over the answer tokens of all examples and the logits that are kept of each.
     *
     * @param output z, of the examples one after the other
     * @param examples that were stored with theirs
     * @return scalar
     * @throws KarutaException if an answer has more or fewer tokens than were stored
     */
    static NDArray error(CausalLmOutput output, List<StoredExample> examples) {
        var stored = examples.stream()
                .map(example -> (int) example.tensors().get(VALUES).getShape().get(0))
                .toList();
        if (!stored.equals(output.lengths())) {
            throw new KarutaException(
                    "Rehearsed answers have " + output.lengths() + " tokens, and had " + stored
                            + " when they were stored.",
                    "The backbone cuts answers that do not fit: use shorter prompts or examples.");
        }
        NDArray z = output.logits();
        var all = examples.stream().noneMatch(example -> example.tensors().containsKey(TOKENS));
        NDArray kept = all ? z : SCRIPT.call("kept", z, joined(TOKENS, examples));
        return SCRIPT.call("error", kept, joined(VALUES, examples));
    }

    private static NDArray joined(String name, List<StoredExample> examples) {
        var parts =
                examples.stream().map(example -> example.tensors().get(name)).toArray(NDArray[]::new);
        return NDArrays.concat(new NDList(parts));
    }
}
