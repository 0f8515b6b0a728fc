package karuta.api;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a pool keeps and a selector chooses: a prompt (ModalPrompt, L2P), a prefix (DualPrompt) or a set of adapters (HiDe).
 * A selector must not care which.
 *
 * @param id unique in its pool
 * @param task the task it was made for; empty where cards are not tied to tasks (L2P)
 * @param trainable whether it is being trained now; at inference no card is
 * @param keys what a guidance feature is compared with, by the feature's name, {@code [n, width of the feature]}: mostly
 *     one row, several for cluster centres; empty for a card that is not chosen by likeness
 * @param inserts what it puts into the backbone
 * @param weights what a fusion makes inserts of, by name, where they are made for each sample (a generator of prompts);
 *     mostly empty
 */
public record Card(
        String id,
        Optional<String> task,
        boolean trainable,
        Map<String, NDArray> keys,
        List<Insert> inserts,
        Map<String, NDArray> weights) {

    /** Copies keys, inserts and weights. */
    public Card {
        keys = Map.copyOf(keys);
        inserts = List.copyOf(inserts);
        weights = Map.copyOf(weights);
    }

    /** A card whose inserts are the same for every sample. */
    public Card(String id, Optional<String> task, boolean trainable, Map<String, NDArray> keys, List<Insert> inserts) {
        this(id, task, trainable, keys, inserts, Map.of());
    }

    /** The keys that a guidance feature is compared with. */
    public Optional<NDArray> keys(String feature) {
        return Optional.ofNullable(keys.get(feature));
    }
}
