package karuta.serve.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import karuta.api.Query;

/**
 * A question that was answered.
 *
 * @param id of the answer; whoever asked has it, too
 * @param when it came, by this machine's clock
 * @param cards that were taken, the best one last
 * @param runnerUp the best card of those that were not taken; empty where nobody compared
 * @param abstained whether the answer was that no card is like the question
 * @param seconds from its coming to its answer
 * @param batch how many questions were answered together
 * @param revision of the pool that answered
 * @param who asked: the name of a token, or {@code anyone}
 * @param tokens how long both are
 * @param query what was asked. It is contents: what listens keeps it only where its user wants that
 * @param answer what was answered; contents, too
 */
public record Asked(
        String id,
        Instant when,
        List<Taken> cards,
        Optional<Taken> runnerUp,
        boolean abstained,
        double seconds,
        int batch,
        String revision,
        String who,
        Tokens tokens,
        Query query,
        String answer) {

    /** Copies the list. */
    public Asked {
        cards = List.copyOf(cards);
    }
}
