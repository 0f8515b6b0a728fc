package karuta.study.record;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was answered to one test sample; one line of {@code predictions.jsonl}.
 *
 * @param stage after which it was asked; 0 before training
 * @param task the sample's task
 * @param id of the sample
 * @param image where its picture is, as the data says it; empty if it lies nowhere or there is none
 * @param prompt the instruction
 * @param text what was generated
 * @param parsed what the rule read out of it, such as an option's letter; the text itself in records of older versions
 * @param answers the references, at least one
 * @param score mostly from 0 to 1, as the rule has it
 * @param selected the cards that were used, in the order in which they were inserted
 */
public record Prediction(
        int stage,
        String task,
        String id,
        Optional<String> image,
        String prompt,
        String text,
        String parsed,
        List<String> answers,
        double score,
        List<Selected> selected) {

    /** Copies the lists. */
    public Prediction {
        answers = List.copyOf(answers);
        selected = List.copyOf(selected);
    }

    /** An answer to a question without a picture's path, with one reference. */
    public Prediction(
            int stage,
            String task,
            String id,
            String prompt,
            String text,
            String answer,
            double score,
            List<Selected> selected) {
        this(stage, task, id, Optional.empty(), prompt, text, text, List.of(answer), score, selected);
    }

    /** The same answer, given after another stage. */
    public Prediction after(int later) {
        return new Prediction(later, task, id, image, prompt, text, parsed, answers, score, selected);
    }

    /**
     * The card that answered best among those that belong to a task: the one of the highest score, the last of equals. Where not
     * all have a score it is the last, as selectors put the best one last.
     */
    public Optional<Selected> best() {
        var cards = selected.stream().filter(card -> card.task().isPresent()).toList();
        return cards.stream().allMatch(card -> card.score().isPresent())
                ? cards.stream()
                        .reduce((one, other) ->
                                other.score().getAsDouble() >= one.score().getAsDouble() ? other : one)
                : cards.stream().reduce((one, other) -> other);
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
