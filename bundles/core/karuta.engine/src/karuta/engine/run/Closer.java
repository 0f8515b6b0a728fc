package karuta.engine.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Things that are closed together, the last one first. */
final class Closer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Closer.class);

    private final Deque<AutoCloseable> things = new ArrayDeque<>();

    /** Takes something over. */
    <T extends AutoCloseable> T add(T thing) {
        things.push(thing);
        return thing;
    }

    /** Does work that fills the holdings; closes them if it fails. */
    <T> T fill(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException | Error failed) {
            close();
            throw failed;
        }
    }

    @Override
    public void close() {
        while (!things.isEmpty()) {
            try {
                things.pop().close();
            } catch (Exception failed) { // the others must be closed all the same
                log.warn("something was not closed properly", failed);
            }
        }
    }
}
