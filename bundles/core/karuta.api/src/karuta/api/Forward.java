package karuta.api;

import java.util.List;

/**
 * A forward pass: some examples, what a learner put into the backbone for them, and what the backbone said.
 *
 * @param batch questions and reference answers
 * @param prompted one per question
 * @param output of the backbone
 */
public record Forward(Batch batch, List<PromptedInput> prompted, CausalLmOutput output) {

    /** Copies the list. */
    public Forward {
        prompted = List.copyOf(prompted);
    }

    /** Scores the reference answers of a batch as in a training step of the learner. */
    public static Forward of(Backbone backbone, Learner learner, Batch batch, TrainingStep step) {
        return of(backbone, batch, learner.prompt(batch.inputs(), step));
    }

    /** Scores the reference answers of a batch as at inference. */
    public static Forward of(Backbone backbone, Learner learner, Batch batch) {
        return of(backbone, batch, learner.prompt(batch.inputs()));
    }

    /**
     * Scores the reference answers of a batch with given inserts.
     *
     * @throws KarutaException if there is not one prompted input per question
     */
    public static Forward of(Backbone backbone, Batch batch, List<PromptedInput> prompted) {
        if (prompted.size() != batch.size()) {
            throw new KarutaException(
                    "A learner prompted " + prompted.size() + " of " + batch.size() + " questions.",
                    "Mend the learner, or what it is made of.");
        }
        return new Forward(batch, prompted, backbone.score(prompted, batch.answers()));
    }

    /** The cards that were chosen for each question. */
    public List<Selection> selections() {
        return prompted.stream().map(PromptedInput::selection).toList();
    }

    /** What guided the choice for each question. */
    public List<Guidance> guidance() {
        return batch.inputs().stream().map(Input::guidance).toList();
    }
}
