package karuta.api;

import java.util.List;

/**
 * One sample as the backbone shall run it.
 *
 * @param input the question
 * @param inserts what is put into the frozen backbone for it; another number of prompts for each sample is fine
 * @param selection the cards that were used, for the record and for losses
 */
public record PromptedInput(Input input, List<Insert> inserts, Selection selection) {

    /** Copies the list. */
    public PromptedInput {
        inserts = List.copyOf(inserts);
    }

    /** A sample for which no card was chosen. */
    public PromptedInput(Input input, List<Insert> inserts) {
        this(input, inserts, Selection.NONE);
    }
}
