package karuta.prompt.methods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import karuta.api.Card;
import karuta.api.Footprint;
import karuta.api.Guidance;
import karuta.api.Input;
import karuta.api.Insert;
import karuta.api.Insert.Adapter;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.tensor.LoraLayer;

/**
 * Guo et al.: HiDe-LLaVA, ACL 2025. A card per task is a set of adapters; its keys are the means of the image and of
 * the text features that the task was trained with.
 */
final class HidePool extends Started implements PromptPool {

    private final List<Card> closed = new ArrayList<>();
    private List<Adapter> open = List.of();
    private Optional<Stage> stage = Optional.empty();

    @Override
    public void beginStage(Stage next) {
        stage = Optional.of(next);
        var draws = context().random("hide").fork(next.number());
        open = context().backbone().spec().linears().stream()
                .filter(linear -> linear.name().endsWith("v_proj"))
                .map(linear -> new Adapter(
                        linear.name(),
                        LoraLayer.fresh(
                                context().manager(), linear.in(), linear.out(), 2, 1, draws.fork(linear.name()))))
                .toList();
    }

    @Override
    public List<Card> cards() {
        var cards = new ArrayList<>(closed);
        stage.ifPresent(now -> cards.add(card(now, true, Optional.empty(), open)));
        return cards;
    }

    private static Card card(Stage stage, boolean open, Optional<NDArray> keys, List<Adapter> adapters) {
        var task = stage.tasks().get(0);
        return new Card(task, Optional.of(task), open, keys, List.<Insert>copyOf(adapters));
    }

    @Override
    public List<Parameter> trainable() {
        var parameters = new ArrayList<Parameter>();
        for (var adapter : open) {
            var pair = (LoraLayer) adapter.delta();
            parameters.add(new Parameter(adapter.linear() + ".a", pair.a()));
            parameters.add(new Parameter(adapter.linear() + ".b", pair.b()));
        }
        return parameters;
    }

    @Override
    public void endStage(Stage last, StageData data) {
        var guidances = data.batch(0, data.size()).inputs().stream()
                .map(Input::guidance)
                .toList();
        NDArray keys = NDArrays.stack(new NDList(mean(guidances, Guidance::image), mean(guidances, Guidance::text)));
        closed.add(card(last, false, Optional.of(context().keep(keys)), open));
        open = List.of();
        stage = Optional.empty();
    }

    private static NDArray mean(List<Guidance> guidances, Function<Guidance, Optional<NDArray>> modality) {
        return NDArrays.stack(new NDList(guidances.stream()
                        .map(modality)
                        .flatMap(Optional::stream)
                        .toList()))
                .mean(new int[] {0});
    }

    @Override
    public Footprint footprint() {
        return Footprint.NONE;
    }
}
