package karuta.prompt.methods;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import karuta.api.Batch;
import karuta.api.CausalLmOutput;
import karuta.api.Insert;
import karuta.api.Insert.Adapter;
import karuta.api.Parameter;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.tensor.LoraLayer;
import karuta.tensor.Ops;

/** Wang et al.: Orthogonal Subspace Learning, EMNLP Findings 2023. An adapter per task, all of them added up. */
final class OLora extends Adapted {

    private static final String LINEAR = "layers.0.self_attn.v_proj";

    private final List<LoraLayer> frozen = new ArrayList<>();
    private final List<LoraLayer> open = new ArrayList<>();

    @Override
    public void beginStage(Stage stage) {
        open.add(LoraLayer.fresh(
                context().manager(),
                hidden(),
                hidden(),
                2,
                1,
                context().random("o-lora").fork(stage.number())));
    }

    @Override
    public List<Parameter> trainable() {
        return open.stream()
                .flatMap(pair -> List.of(new Parameter("a", pair.a()), new Parameter("b", pair.b())).stream())
                .toList();
    }

    @Override
    List<Insert> inserts() {
        var inserts = new ArrayList<Insert>();
        frozen.forEach(pair -> inserts.add(new Adapter(LINEAR, pair)));
        open.forEach(pair -> inserts.add(new Adapter(LINEAR, pair)));
        return inserts;
    }

    @Override
    Map<String, NDArray> extra(Batch batch, CausalLmOutput scored) {
        return frozen.stream()
                .map(old -> old.a().matMul(open.get(0).a().transpose()).abs().sum())
                .reduce(NDArray::add)
                .map(overlap -> Map.of("orthogonality", Ops.scale(overlap, 0.5)))
                .orElse(Map.of());
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        open.forEach(pair ->
                frozen.add(new LoraLayer(context().keep(pair.a()), context().keep(pair.b()), pair.scale())));
        open.clear();
    }
}
