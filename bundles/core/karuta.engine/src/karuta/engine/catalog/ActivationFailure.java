package karuta.engine.catalog;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import org.eclipse.equinox.log.SynchronousLogListener;
import org.osgi.service.component.ComponentException;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogReaderService;

/**
 * Listens to the log for what a strategy's constructor throws: the component runtime logs it and tells its caller no
 * more than that the component could not be activated.
 */
final class ActivationFailure implements SynchronousLogListener, AutoCloseable {

    private final Thread thread = Thread.currentThread();
    private final LogReaderService log;
    private Optional<Throwable> thrown = Optional.empty();
    private Optional<String> said = Optional.empty();

    /** Listens to what is logged on the calling thread. */
    ActivationFailure(LogReaderService log) {
        this.log = log;
        log.addLogListener(this);
    }

    @Override
    public void logged(LogEntry entry) {
        if (Thread.currentThread() == thread) {
            thrown = Optional.ofNullable(entry.getException()).or(() -> thrown);
            said = entry.getLogLevel() == LogLevel.ERROR ? said.or(() -> Optional.of(entry.getMessage())) : said;
        }
    }

    /** The exception that is meant for the user, or else the one at the root of what was thrown. */
    Optional<Throwable> cause() {
        return causes().filter(KarutaException.class::isInstance)
                .findFirst()
                .or(() -> causes().reduce((outer, inner) -> inner))
                .or(() -> said.map(ComponentException::new));
    }

    private Stream<Throwable> causes() {
        return thrown.stream().flatMap(t -> Stream.iterate(t, Objects::nonNull, Throwable::getCause));
    }

    @Override
    public void close() {
        log.removeLogListener(this);
    }
}
