package karuta.api;

import java.util.List;

/**
 * Keeps the cards: makes new ones for a stage, trains them, freezes them. When a stage has ended, its cards do not change,
 * bit for bit, until another one begins; those of a pool that ties cards to tasks never do.
 */
public interface PromptPool extends Trainable {

    /** The factory of its components. */
    String KIND = "karuta.pool";

    /**
     * All cards, oldest first. The keys of a trainable card may carry gradients. A card that is not trained is the same
     * object every time.
     */
    List<Card> cards();
}
