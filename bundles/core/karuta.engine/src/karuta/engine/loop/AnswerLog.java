package karuta.engine.loop;

import java.util.List;
import java.util.function.Supplier;
import karuta.api.Answer;

/** Keeps the answers of an evaluation while it goes on, so that one that is killed does not ask the same again. */
@FunctionalInterface
public interface AnswerLog {

    /** Keeps nothing. */
    AnswerLog NONE = (task, samples, ask) -> ask.get();

    /**
     * The answers to the next samples: those that were kept before the run ended, or new ones, which are kept then.
     *
     * @param task whose samples
     * @param samples how many
     * @param ask gives new answers
     */
    List<Answer> next(String task, int samples, Supplier<List<Answer>> ask);
}
