package karuta.prompt.methods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Card;
import karuta.api.Footprint;
import karuta.api.Guidance;
import karuta.api.Insert.Prefix;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.tensor.Ops;

/**
 * Wang et al.: DualPrompt, ECCV 2022. A general card at one layer, without a key and trained by every stage, and an
 * expert card per task at another layer, found by its key.
 */
final class DualPromptPool extends Started implements PromptPool {

    private static final int LENGTH = 2;

    private final List<Card> experts = new ArrayList<>();
    private Optional<Card> general = Optional.empty();
    private boolean open;

    @Override
    public void beginStage(Stage stage) {
        if (general.isEmpty()) {
            general = Optional.of(card("general", Optional.empty(), 0, Optional.empty()));
        }
        var task = stage.tasks().get(0);
        var key = normals(context().random("dualprompt").fork(task).fork("key"), 1, 1, features());
        experts.add(card(task, Optional.of(task), 1, Optional.of(key)));
        open = true;
    }

    private Card card(String id, Optional<String> task, int layer, Optional<NDArray> key) {
        var draws = context().random("dualprompt").fork(id);
        var size = context().backbone().spec().keyValueSize();
        var keys = normals(draws.fork("prefix keys"), 1, LENGTH, size);
        var values = normals(draws.fork("prefix values"), 1, LENGTH, size);
        return new Card(id, task, true, key, List.of(new Prefix(layer, keys, values)));
    }

    @Override
    public List<Card> cards() {
        var cards = new ArrayList<Card>();
        general.ifPresent(card -> cards.add(opened(card, open)));
        for (var expert : experts) {
            cards.add(opened(expert, open && expert == newest()));
        }
        return cards;
    }

    private static Card opened(Card card, boolean open) {
        return new Card(card.id(), card.task(), open, card.keys(), card.inserts());
    }

    private Card newest() {
        return experts.get(experts.size() - 1);
    }

    @Override
    public List<Parameter> trainable() {
        var parameters = new ArrayList<Parameter>();
        cards().stream().filter(Card::trainable).forEach(card -> {
            var prefix = (Prefix) card.inserts().get(0);
            parameters.add(new Parameter(card.id() + ".prefix.keys", prefix.keys()));
            parameters.add(new Parameter(card.id() + ".prefix.values", prefix.values()));
            card.keys().ifPresent(key -> parameters.add(new Parameter(card.id() + ".key", key)));
        });
        return parameters;
    }

    @Override
    public Map<String, NDArray> losses(List<Guidance> batch) {
        var images = new NDList(
                batch.stream().map(guidance -> guidance.image().orElseThrow()).toList());
        NDArray cosines = Ops.cosine(NDArrays.stack(images), newest().keys().orElseThrow());
        return Map.of("match", cosines.mean().neg().add(1));
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        open = false;
    }

    @Override
    public Footprint footprint() {
        return Footprint.NONE;
    }
}
