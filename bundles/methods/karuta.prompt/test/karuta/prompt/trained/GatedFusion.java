package karuta.prompt.trained;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.stream.Stream;
import karuta.api.Cards;
import karuta.api.Fusion;
import karuta.api.Insert;
import karuta.api.Insert.Tokens;
import karuta.api.Parameter;
import karuta.api.Selection.Pick;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.StrategyBase;
import karuta.tensor.Tensors;

/** Puts the chosen prompts one after the other; earlier ones count by their weight and by a gate that is learned. */
final class GatedFusion extends StrategyBase implements Fusion {

    private List<NDArray> gate = List.of();

    @Override
    public void beginStage(Stage stage, StageData data) {
        if (gate.isEmpty()) {
            gate = List.of(context().keep(Tensors.of(context().manager(), 1f)));
        }
    }

    @Override
    public List<Parameter> trainable() {
        return gate.stream().map(value -> new Parameter("gate", value, 2)).toList();
    }

    @Override
    public List<List<Insert>> fuse(List<Choice> samples, Cards cards) {
        return samples.stream()
                .map(sample ->
                        sample.selection().picks().stream().flatMap(this::gated).toList())
                .toList();
    }

    private Stream<Insert> gated(Pick pick) {
        return pick.card().inserts().stream().map(insert -> {
            var prompt = ((Tokens) insert).embeddings();
            return new Tokens(pick.weight()
                    .map(weight -> prompt.mul(weight).mul(gate.get(0)))
                    .orElse(prompt));
        });
    }
}
