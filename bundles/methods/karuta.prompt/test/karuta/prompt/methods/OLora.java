package karuta.prompt.methods;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import karuta.api.Forward;
import karuta.api.Insert;
import karuta.api.Insert.Adapter;
import karuta.api.Parameter;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.TrainingStep;
import karuta.tensor.LoraLayer;
import karuta.tensor.Ops;

/** Wang et al.: Orthogonal Subspace Learning, EMNLP Findings 2023. An adapter per task, all of them added up. */
final class OLora extends Adapted {

    private static final String LINEAR = "layers.0.self_attn.v_proj";

    private final List<LoraLayer> frozen = new ArrayList<>();
    private final List<LoraLayer> open = new ArrayList<>();

    @Override
    public void beginStage(Stage stage, StageData data) {
        var draws = context().random("o-lora").fork(stage.number());
        open.add(adapter(linear(LINEAR), 2, 1, draws));
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
    public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
        var losses = new LinkedHashMap<>(super.losses(forward, step));
        frozen.stream()
                .map(old -> old.a().matMul(open.get(0).a().transpose()).abs().sum())
                .reduce(NDArray::add)
                .ifPresent(overlap -> losses.put("orthogonality", Ops.scale(overlap, 0.5)));
        return losses;
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        frozen.addAll(open);
        open.clear();
    }
}
