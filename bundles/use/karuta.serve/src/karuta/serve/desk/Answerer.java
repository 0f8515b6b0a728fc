package karuta.serve.desk;

import java.util.List;
import java.util.Optional;
import karuta.api.Query;
import karuta.serve.event.Taken;
import karuta.serve.event.Tokens;

/** A revision of a pool that answers. One thread at a time asks it; another one may open the next meanwhile. */
public interface Answerer extends AutoCloseable {

    /** Which revision. */
    String revision();

    /**
     * Answers.
     *
     * @return one per query, in their order
     * @throws karuta.api.KarutaException if a query cannot be asked
     */
    List<Said> ask(List<Query> queries);

    @Override
    void close();

    /**
     * An answer.
     *
     * @param text of the answer
     * @param cards that were taken, the best one last
     * @param runnerUp the best card of those that were not taken; empty where nobody compared
     * @param abstained whether the answer was that no card is like the question
     * @param tokens how long question and answer are
     */
    record Said(String text, List<Taken> cards, Optional<Taken> runnerUp, boolean abstained, Tokens tokens) {

        /** Copies the list. */
        public Said {
            cards = List.copyOf(cards);
        }
    }
}
