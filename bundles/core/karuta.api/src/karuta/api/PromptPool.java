package karuta.api;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;

/** Keeps the cards: opens new ones for a stage, trains them, freezes them. */
public interface PromptPool extends Strategy {

    /** The factory of its components. */
    String KIND = "karuta.pool";

    /** Begins a stage. */
    void beginStage(Stage stage);

    /** All cards, oldest first. The keys of an open card may carry gradients. */
    List<Card> cards();

    /** What the open stage trains. */
    List<Parameter> trainable();

    /**
     * Extra loss terms of the open cards (ModalPrompt: alignment with the batch's guidance; CODA-Prompt: orthogonality), by
     * name, scalars, already weighted.
     *
     * @param batch one guidance per example
     */
    default Map<String, NDArray> losses(List<Guidance> batch) {
        return Map.of();
    }

    /**
     * Ends a stage: until another one opens, its cards do not change, bit for bit; those of a pool that ties cards to tasks
     * never do.
     *
     * @param stage the one that was opened
     * @param data its training examples, for keys that are statistics of their features (S-Prompts, HiDe-LLaVA)
     */
    void endStage(Stage stage, StageData data);

    /** What it costs so far. */
    Footprint footprint();
}
