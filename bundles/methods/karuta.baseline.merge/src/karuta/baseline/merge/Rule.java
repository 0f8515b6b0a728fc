package karuta.baseline.merge;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import karuta.tensor.Ops;
import karuta.tensor.Script;
import karuta.tensor.Tensors;

/**
 * How the ways of all stages become one. A way is what a stage ended with minus what the first one started with, {@code tau_i =
 * theta_i - theta_0}, an array per parameter.
 */
@FunctionalInterface
interface Rule {

    Script SCRIPT = Script.of("""
        def larger(self, old: Tensor, new: Tensor) -> Tensor:
          return torch.where(torch.abs(new) >= torch.abs(old), new, old)
        def least(self, x: Tensor, k: Tensor) -> Tensor:
          values, places = torch.kthvalue(torch.abs(x), int(k))
          return values
        def trimmed(self, x: Tensor, least: Tensor) -> Tensor:
          return torch.where(torch.abs(x) >= least, x, torch.zeros_like(x))
        def agreeing(self, x: Tensor, all: Tensor) -> Tensor:
          return torch.where(x * torch.sign(all) > 0, x, torch.zeros_like(x))
        def some(self, x: Tensor) -> Tensor:
          return torch.to(torch.ne(x, 0), 6, False, False)
        def mean(self, sum: Tensor, count: Tensor) -> Tensor:
          return sum / torch.clamp_min(count, 1)
        """);

    /**
     * @param ways of each stage, oldest first, at least one
     * @return one array per parameter
     */
    List<NDArray> merged(List<List<NDArray>> ways);

    /** The mean of all stages: as if it were updated by {@code (theta_t - mean) / t}. */
    static Rule average() {
        return ways -> sum(ways, way -> Ops.scale(way, 1.0 / ways.size()));
    }

    /** A moving average of the stages: {@code m <- decay m + (1 - decay) tau}. */
    static Rule moving(double decay) {
        return ways -> fold(ways, (mean, way) -> Ops.scale(mean, decay).add(Ops.scale(way, 1 - decay)));
    }

    /** Task arithmetic: {@code scale} times the sum. */
    static Rule arithmetic(double scale) {
        return ways -> sum(ways, way -> Ops.scale(way, scale));
    }

    /** MagMax: number by number that of the largest size, of equals the newer one. */
    static Rule largest(double scale) {
        return ways -> scaled(fold(ways, (old, way) -> SCRIPT.call("larger", old, way)), scale);
    }

    /**
     * TIES: of each way only the largest numbers, of these only those with the sign of their sum, of these the mean.
     *
     * @param keep the share of the numbers of a way, all parameters together, that are kept
     */
    static Rule ties(double keep, double scale) {
        return ways -> {
            var trimmed = ways.stream().map(way -> trimmed(way, keep)).toList();
            var signs = sum(trimmed, way -> way);
            var agreeing = trimmed.stream()
                    .map(way -> paired(way, signs, (x, all) -> SCRIPT.call("agreeing", x, all)))
                    .toList();
            var means = paired(
                    sum(agreeing, way -> way),
                    sum(agreeing, way -> SCRIPT.call("some", way)),
                    (total, count) -> SCRIPT.call("mean", total, count));
            return scaled(means, scale);
        };
    }

    private static List<NDArray> trimmed(List<NDArray> way, double keep) {
        var all = way.stream().map(NDArray::flatten).reduce(NDArray::concat).orElseThrow();
        var kept = Math.max(1, Math.round(keep * all.size()));
        NDArray place = Tensors.scalar(all.getManager(), all.size() - kept + 1);
        NDArray least = SCRIPT.call("least", all, place);
        return way.stream().map(part -> SCRIPT.call("trimmed", part, least)).toList();
    }

    private static List<NDArray> scaled(List<NDArray> way, double scale) {
        return way.stream().map(part -> Ops.scale(part, scale)).toList();
    }

    private static List<NDArray> sum(List<List<NDArray>> ways, UnaryOperator<NDArray> change) {
        return fold(ways.stream().map(way -> way.stream().map(change).toList()).toList(), NDArray::add);
    }

    private static List<NDArray> fold(List<List<NDArray>> ways, BinaryOperator<NDArray> join) {
        return ways.stream().reduce((one, other) -> paired(one, other, join)).orElseThrow();
    }

    private static List<NDArray> paired(List<NDArray> one, List<NDArray> other, BinaryOperator<NDArray> join) {
        var joined = new ArrayList<NDArray>();
        IntStream.range(0, one.size()).forEach(i -> joined.add(join.apply(one.get(i), other.get(i))));
        return joined;
    }
}
