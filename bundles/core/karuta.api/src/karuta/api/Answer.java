package karuta.api;

/**
 * What a learner answers.
 *
 * @param text decoded greedily, without special tokens
 * @param selection the cards that were used, for the record
 */
public record Answer(String text, Selection selection) {

    /** An answer without cards. */
    public Answer(String text) {
        this(text, Selection.none());
    }
}
