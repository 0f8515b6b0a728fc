package karuta.engine.catalog;

import java.time.Duration;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells, while a strategy that was dropped in is being made, that this takes long, and where it is. */
final class Patience implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Patience.class);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Thread watch;

    private Patience(Runnable waiting) {
        watch = new Thread(waiting, "karuta patience");
        watch.setDaemon(true);
    }

    /** Begins to wait for the calling thread; what ships with the program is waited for in silence. */
    static Patience with(Bundle bundle, StrategyType type) {
        var maker = Thread.currentThread();
        var patience = new Patience(() -> {
            try {
                Thread.sleep(LIMIT.toMillis());
                log.warn(
                        "{} {}; mend the class, or take the jar away",
                        Dropins.describe(bundle),
                        Attempt.words(type.name(), LIMIT, maker.getStackTrace(), name -> Admission.has(bundle, name)));
            } catch (InterruptedException made) {
                Thread.currentThread().interrupt();
            }
        });
        if (Dropins.dropped(bundle)) {
            patience.watch.start();
        }
        return patience;
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
