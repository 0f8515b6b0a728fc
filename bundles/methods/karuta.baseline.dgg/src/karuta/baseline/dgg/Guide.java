package karuta.baseline.dgg;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import karuta.api.Gradient;
import karuta.tensor.Ops;
import karuta.tensor.ParameterSnapshot;
import karuta.tensor.Script;

/**
 * What stands for the gradient of earlier tasks: {@code theta - theta*}, no longer than the gradient beside it.
 *
 * @param past theta*, where the last stage ended
 */
record Guide(ParameterSnapshot past) {

    private static final Script SCRIPT = Script.of("""
        def square(self, x: Tensor) -> Tensor:
          y = torch.to(x, 7, False, False)
          return torch.sum(y * y)
        """);

    /** Gradients with the guide's part, where a parameter was there before. */
    List<Gradient> added(List<Gradient> gradients) {
        var known = gradients.stream()
                .filter(gradient -> past.of(gradient.parameter()).isPresent())
                .toList();
        var ways = known.stream()
                .map(gradient -> gradient.parameter()
                        .value()
                        .sub(past.of(gradient.parameter()).orElseThrow()))
                .toList();
        var length = norm(ways);
        var limit = norm(gradients.stream().map(Gradient::value).toList());
        var share = length > limit ? limit / length : 1;
        var changed = new ArrayList<>(gradients);
        IntStream.range(0, known.size())
                .forEach(i -> changed.set(gradients.indexOf(known.get(i)), plus(known.get(i), ways.get(i), share)));
        return changed;
    }

    private static Gradient plus(Gradient gradient, NDArray way, double share) {
        return new Gradient(gradient.parameter(), gradient.value().add(Ops.scale(way, share)));
    }

    /** Of all parameters as one vector. */
    private static double norm(List<NDArray> parts) {
        return Math.sqrt(parts.stream()
                .mapToDouble(part -> SCRIPT.call("square", part).getDouble())
                .sum());
    }
}
