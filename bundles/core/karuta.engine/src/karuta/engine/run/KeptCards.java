package karuta.engine.run;

import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import karuta.api.Card;
import karuta.api.State;
import karuta.study.record.RunFolder;

/**
 * What pools kept after each stage, {@code cards-STAGE.safetensors} in the folder of a run, so that it can be told later what the
 * change of cards has cost. Only of pools that have cards without a task: by their contract, the cards of a task never change
 * once it is learned.
 *
 * @param folder of the run
 */
record KeptCards(RunFolder folder) {

    /**
     * Keeps what is needed.
     *
     * @param cards of every pool, by its place
     * @param states of all strategies, by place
     */
    void keep(int stage, Map<String, List<Card>> cards, Map<String, State> states) {
        var needed = new HashMap<String, State>();
        cards.forEach((place, all) -> {
            if (changes(all) && states.containsKey(place)) {
                needed.put(place, states.get(place));
            }
        });
        if (!needed.isEmpty()) {
            checkpoint(stage).write(needed);
        }
    }

    /** Whether cards like these may change after their task has been learned. */
    static boolean changes(List<Card> cards) {
        return cards.stream().anyMatch(card -> card.task().isEmpty());
    }

    /** Whether those of a stage were kept. */
    boolean has(int stage) {
        return Files.exists(checkpoint(stage).file());
    }

    Checkpoint checkpoint(int stage) {
        return new Checkpoint(folder.cards(stage));
    }
}
