package karuta.prompt.methods;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import karuta.api.Batch;
import karuta.api.CausalLmOutput;
import karuta.api.Insert;
import karuta.api.Insert.Adapter;
import karuta.api.Parameter;
import karuta.api.Stage;
import karuta.tensor.Ops;

/** Chen et al.: CoIN, NeurIPS 2024. Experts that every token's state weighs: {@code sum_e softmax(x G)_e B_e A_e x}. */
final class MoeLora extends Adapted {

    private static final String LINEAR = "layers.1.mlp.up_proj";
    private static final int EXPERTS = 3;
    private static final int RANK = 2;

    private List<Parameter> parameters = List.of();

    @Override
    public void beginStage(Stage stage) {
        if (parameters.isEmpty()) {
            var draws = context().random("moe-lora");
            parameters = List.of(
                    new Parameter("gate", normals(draws.fork("gate"), 1, EXPERTS, hidden())),
                    new Parameter("a", normals(draws.fork("a"), 0.3, EXPERTS, RANK, hidden())),
                    new Parameter("b", normals(draws.fork("b"), 0, EXPERTS, 2L * hidden(), RANK)));
        }
    }

    @Override
    public List<Parameter> trainable() {
        return parameters;
    }

    @Override
    List<Insert> inserts() {
        return parameters.isEmpty() ? List.of() : List.of(new Adapter(LINEAR, this::mixture));
    }

    private NDArray mixture(NDArray x) {
        NDArray gates = Ops.softmax(Ops.linear(x, parameters.get(0).value()));
        return IntStream.range(0, EXPERTS)
                .mapToObj(e -> {
                    NDArray low = Ops.linear(x, parameters.get(1).value().get(e));
                    return Ops.linear(low, parameters.get(2).value().get(e))
                            .mul(gates.get("..., " + e + ":" + (e + 1)));
                })
                .reduce(NDArray::add)
                .orElseThrow();
    }

    @Override
    Map<String, NDArray> extra(Batch batch, CausalLmOutput scored) {
        return Map.of();
    }
}
