package karuta.tensor;

import static java.util.stream.Collectors.joining;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** PyTorch's {@code autograd.grad}: a derivative as a function's value, not as something added up in the parameters. */
final class Gradients {

    private Gradients() {}

    static List<NDArray> of(NDArray scalar, List<NDArray> parameters) {
        if (parameters.isEmpty()) {
            return List.of();
        }
        MemoryDebug.collect();
        var arguments = new ArrayList<NDArray>();
        arguments.add(scalar);
        arguments.addAll(parameters);
        return Script.of(text(parameters.size())).callAll("gradients", arguments.toArray(NDArray[]::new));
    }

    private static String text(int n) {
        IntFunction<String> result = i -> "self.defined(g[" + i + "], p" + i + ")";
        return """
            def defined(self, g: Optional[Tensor], p: Tensor) -> Tensor:
              if torch.__isnot__(g, None):
                d = unchecked_cast(Tensor, g)
              else:
                d = torch.zeros_like(p)
              return d
            def gradients(self, y: Tensor, PARAMETERS) -> Tuple[TYPES]:
              g = torch.grad([y], [NAMES], None, None, False, True)
              return (RESULTS,)
            """.replace("PARAMETERS", each(n, i -> "p" + i + ": Tensor"))
                .replace("TYPES", each(n, i -> "Tensor"))
                .replace("NAMES", each(n, i -> "p" + i))
                .replace("RESULTS", each(n, result));
    }

    private static String each(int n, IntFunction<String> text) {
        return IntStream.range(0, n).mapToObj(text).collect(joining(", "));
    }
}
