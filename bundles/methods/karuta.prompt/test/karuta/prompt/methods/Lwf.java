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
import karuta.tensor.Autograd;
import karuta.tensor.LoraLayer;
import karuta.tensor.Ops;

/** Li, Hoiem: Learning without Forgetting, ECCV 2016. What the old adapter says to the new data is taught as well. */
final class Lwf extends Adapted {

    private static final String LINEAR = "layers.0.self_attn.v_proj";

    private final List<LoraLayer> now = new ArrayList<>();
    private final List<LoraLayer> before = new ArrayList<>();

    @Override
    public void beginStage(Stage stage) {
        if (now.isEmpty()) {
            now.add(LoraLayer.fresh(
                    context().manager(), hidden(), hidden(), 2, 1, context().random("lwf")));
        }
    }

    @Override
    public List<Parameter> trainable() {
        return List.of(
                new Parameter("a", now.get(0).a()),
                new Parameter("b", now.get(0).b()));
    }

    @Override
    List<Insert> inserts() {
        return now.stream().<Insert>map(pair -> new Adapter(LINEAR, pair)).toList();
    }

    @Override
    Map<String, NDArray> extra(Batch batch, CausalLmOutput scored) {
        if (before.isEmpty()) {
            return Map.of();
        }
        var old = List.<Insert>of(new Adapter(LINEAR, before.get(0)));
        NDArray taught = Autograd.noGrad(() -> Ops.softmax(score(batch, old).logits()));
        NDArray said = Ops.logSoftmax(scored.logits());
        return Map.of("distillation", taught.mul(said).sum(new int[] {1}).mean().neg());
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        var pair = now.get(0);
        before.clear();
        before.add(new LoraLayer(context().keep(pair.a()), context().keep(pair.b()), pair.scale()));
    }
}
