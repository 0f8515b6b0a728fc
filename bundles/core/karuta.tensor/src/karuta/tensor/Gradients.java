package karuta.tensor;

import static java.util.stream.Collectors.joining;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** PyTorch's {@code autograd.grad}: a derivative as a function's value, not as something added up in the parameters. */
final class Gradients {

    private Gradients() {}

    /**
     * @return one per parameter, in memory of its own; empty where the scalar does not depend on the parameter
     */
    static List<Optional<NDArray>> of(NDArray scalar, List<NDArray> parameters) {
        if (parameters.isEmpty()) {
            return List.of();
        }
        MemoryDebug.collect();
        var arguments = new ArrayList<NDArray>();
        arguments.add(scalar);
        arguments.addAll(parameters);
        return Script.of(text(parameters.size())).callAll("gradients", arguments.toArray(NDArray[]::new)).stream()
                .map(gradient -> Optional.of(gradient).filter(known -> known.getDataType() != DataType.BOOLEAN))
                .toList();
    }

    private static String text(int n) {
        IntFunction<String> result = i -> "self.defined(g[" + i + "], p" + i + ")";
        // no gradient of PyTorch's is boolean: that stands for none
        return """
            def defined(self, g: Optional[Tensor], p: Tensor) -> Tensor:
              if torch.__isnot__(g, None):
                d = torch.clone(unchecked_cast(Tensor, g))
              else:
                d = torch.isnan(torch.zeros([1]))
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
