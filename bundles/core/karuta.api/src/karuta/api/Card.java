package karuta.api;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;

/**
 * What a pool keeps and a selector chooses: a prompt (ModalPrompt, L2P), a prefix (DualPrompt) or a set of adapters (HiDe).
 * A selector must not care which.
 *
 * @param id unique in its pool
 * @param task the task it was opened for; empty where cards are not tied to tasks (L2P)
 * @param trainable whether it is being trained now; at inference no card is open
 * @param keys what guidance is compared with, {@code [n, c]}; one row is compared with both modalities, of several the
 *     first belongs to the image and the last to the text; empty for a card that is not chosen by likeness
 * @param inserts what it puts into the backbone
 */
public record Card(String id, Optional<String> task, boolean trainable, Optional<NDArray> keys, List<Insert> inserts) {

    /** Copies the list. */
    public Card {
        inserts = List.copyOf(inserts);
    }
}
