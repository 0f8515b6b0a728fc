package karuta.model.run;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was answered to one test sample; one line of {@code predictions.jsonl}.
 *
 * @param stage after which it was asked; 0 before training
 * @param task the sample's task
 * @param id of the sample
 * @param prompt the instruction
 * @param text what was generated
 * @param answer the reference
 * @param score from 0 to 1
 * @param selected the cards that were used, in the order in which they were inserted
 */
public record Prediction(
        int stage,
        String task,
        String id,
        String prompt,
        String text,
        String answer,
        double score,
        List<Selected> selected) {

    /** Copies the list. */
    public Prediction {
        selected = List.copyOf(selected);
    }

    /**
     * A card that was used.
     *
     * @param card its id
     * @param task the task it was opened for; empty where cards are not tied to tasks
     * @param score how well it answered; empty where the choice was not made by score
     */
    public record Selected(String card, Optional<String> task, OptionalDouble score) {}
}
