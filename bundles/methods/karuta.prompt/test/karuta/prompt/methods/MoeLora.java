package karuta.prompt.methods;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.api.Insert;
import karuta.api.Insert.Adapter;
import karuta.api.Parameter;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.TokenContext;
import karuta.tensor.Ops;

/**
 * Chen et al.: CoIN, NeurIPS 2024. Experts that every token's state weighs: {@code alpha / r sum_e softmax(x G)_e B_e A_e x}.
 */
final class MoeLora extends Adapted {

    private static final String LINEAR = "layers.1.mlp.up_proj";
    private static final int EXPERTS = 3;
    private static final int RANK = 2;
    private static final double ALPHA = 4;

    private List<Parameter> parameters = List.of();

    /** The experts' A's are rows of one matrix, their B's columns of one. */
    @Override
    public void beginStage(Stage stage, StageData data) {
        if (parameters.isEmpty()) {
            var draws = context().random("moe-lora");
            parameters = List.of(
                    new Parameter("gate", normals(draws.fork("gate"), 1, EXPERTS, hidden())),
                    new Parameter("a", normals(draws.fork("a"), 0.3, EXPERTS * RANK, hidden())),
                    new Parameter("b", normals(draws.fork("b"), 0, 2L * hidden(), EXPERTS * RANK)));
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

    @Override
    public State save() {
        return new State(parameters.stream().collect(Collectors.toMap(Parameter::name, Parameter::value)), Map.of());
    }

    @Override
    public void load(State state) {
        parameters = Stream.of("gate", "a", "b")
                .filter(state.tensors()::containsKey)
                .map(name -> new Parameter(name, context().keep(state.tensors().get(name))))
                .toList();
    }

    private NDArray mixture(NDArray x, TokenContext tokens) {
        NDArray gates = Ops.softmax(Ops.linear(x, parameters.get(0).value()));
        NDArray low = Ops.linear(x, parameters.get(1).value());
        var batch = x.getShape().get(0);
        var length = x.getShape().get(1);
        NDArray weighed = low.reshape(batch, length, EXPERTS, RANK)
                .mul(gates.expandDims(3))
                .reshape(batch, length, EXPERTS * RANK);
        return Ops.scale(Ops.linear(weighed, parameters.get(2).value()), ALPHA / RANK);
    }
}
