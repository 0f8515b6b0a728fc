package karuta.serve.event;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several as one: one thread at a time reaches them, and one that fails spoils nothing for the others. */
public final class Watchers implements Watcher {

    private static final Logger log = LoggerFactory.getLogger(Watchers.class);

    private final List<Watcher> all;

    /** @param all in the order in which they are told */
    public Watchers(List<Watcher> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public synchronized void asked(Asked event) {
        all.forEach(watcher -> tell(watcher, each -> each.asked(event)));
    }

    @Override
    public synchronized void declined(Declined event) {
        all.forEach(watcher -> tell(watcher, each -> each.declined(event)));
    }

    private static void tell(Watcher watcher, Consumer<Watcher> news) {
        try {
            news.accept(watcher);
        } catch (RuntimeException failed) {
            log.warn("{} could not take an event down", watcher.getClass().getName(), failed);
        }
    }
}
