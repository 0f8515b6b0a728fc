package karuta.prompt.methods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Card;
import karuta.api.Forward;
import karuta.api.Guidance;
import karuta.api.Insert.Prefix;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.TrainingStep;
import karuta.tensor.Ops;

/**
 * Wang et al.: DualPrompt, ECCV 2022. A general card at one layer, without a key and trained by every stage, and an
 * expert card per task at another layer, found by its key.
 */
final class DualPromptPool extends Example implements PromptPool {

    private static final String GENERAL = "general";
    private static final int LENGTH = 2;

    private final Map<String, Card> cards = new LinkedHashMap<>();

    @Override
    public void beginStage(Stage stage, StageData data) {
        var task = stage.tasks().get(0);
        NDArray key = normals(context().random("dualprompt").fork(task).fork("key"), 1, 1, features());
        cards.computeIfAbsent(GENERAL, id -> card(id, Optional.empty(), 0, Map.of()));
        cards.put(task, card(task, Optional.of(task), 1, Map.of(Guidance.IMAGE, key)));
        train(GENERAL, true);
    }

    private Card card(String id, Optional<String> task, int layer, Map<String, NDArray> keys) {
        var draws = context().random("dualprompt").fork(id);
        var size = context().backbone().spec().keyValueSize();
        var prefix = new Prefix(
                layer,
                normals(draws.fork("prefix keys"), 1, LENGTH, size),
                normals(draws.fork("prefix values"), 1, LENGTH, size));
        return new Card(id, task, true, keys, List.of(prefix));
    }

    private void train(String id, boolean trainable) {
        cards.computeIfPresent(id, (same, card) -> new Card(id, card.task(), trainable, card.keys(), card.inserts()));
    }

    @Override
    public List<Card> cards() {
        return List.copyOf(cards.values());
    }

    @Override
    public List<Parameter> trainable() {
        var parameters = new ArrayList<Parameter>();
        cards.values().stream().filter(Card::trainable).forEach(card -> {
            var prefix = (Prefix) card.inserts().get(0);
            parameters.add(new Parameter(card.id() + ".prefix.keys", prefix.keys()));
            parameters.add(new Parameter(card.id() + ".prefix.values", prefix.values()));
            card.keys(Guidance.IMAGE).ifPresent(key -> parameters.add(new Parameter(card.id() + ".key", key)));
        });
        return parameters;
    }

    @Override
    public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
        NDArray images = NDArrays.stack(new NDList(forward.guidance().stream()
                .map(guidance -> guidance.image().orElseThrow())
                .toList()));
        NDArray key = cards.get(step.stage().tasks().get(0)).keys().get(Guidance.IMAGE);
        return Map.of("match", Ops.plus(Ops.cosine(images, key).mean().neg(), 1));
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        train(GENERAL, false);
        train(stage.tasks().get(0), false);
    }
}
