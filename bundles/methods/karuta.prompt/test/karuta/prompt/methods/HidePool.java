package karuta.prompt.methods;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.api.Card;
import karuta.api.Insert;
import karuta.api.Insert.Adapter;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.tensor.FeatureMeans;
import karuta.tensor.LoraLayer;

/**
 * Guo et al.: HiDe-LLaVA, ACL 2025. A card per task is a set of adapters; its keys are the means of the image and of
 * the text features that the task was trained with.
 */
final class HidePool extends Example implements PromptPool {

    private static final int RANK = 2;
    private static final double ALPHA = 4;

    private final List<Card> cards = new ArrayList<>();

    @Override
    public void beginStage(Stage stage, StageData data) {
        var draws = context().random("hide").fork(stage.number());
        var adapters = context().backbone().spec().linears().stream()
                .filter(linear -> linear.name().endsWith("v_proj"))
                .<Insert>map(linear ->
                        new Adapter(linear.name(), adapter(linear, RANK, ALPHA / RANK, draws.fork(linear.name()))))
                .toList();
        var task = stage.tasks().get(0);
        cards.add(new Card(task, Optional.of(task), true, Map.of(), adapters));
    }

    @Override
    public List<Card> cards() {
        return List.copyOf(cards);
    }

    @Override
    public List<Parameter> trainable() {
        return cards.stream()
                .filter(Card::trainable)
                .flatMap(card -> card.inserts().stream())
                .flatMap(HidePool::parameters)
                .toList();
    }

    private static Stream<Parameter> parameters(Insert insert) {
        var adapter = (Adapter) insert;
        var pair = (LoraLayer) adapter.delta();
        return Stream.of(
                new Parameter(adapter.linear() + ".a", pair.a()), new Parameter(adapter.linear() + ".b", pair.b()));
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        var open = cards.remove(cards.size() - 1);
        cards.add(new Card(open.id(), open.task(), false, FeatureMeans.of(data, context()), open.inserts()));
    }
}
