package karuta.use.ask;

import karuta.api.Answer;
import karuta.api.KarutaException;
import karuta.api.Selection;

/** What a question gets. */
public sealed interface Reply {

    /** An answer. */
    record Said(Answer answer) implements Reply {}

    /**
     * None, since no card is like it.
     *
     * @param selection that would have answered
     * @param why for whoever asked
     */
    record Abstained(Selection selection, Doubt why) implements Reply {}

    /** None, since it cannot be asked: its image is none, it is too long for the model. */
    record Unfit(KarutaException why) implements Reply {}
}
