package karuta.serve.monitor;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import karuta.serve.event.Asked;
import karuta.serve.event.Taken;
import karuta.serve.event.Watcher;

/** Tells the monitor of the answers, and of the cards whenever another revision answers. */
final class PoolWatch implements Watcher {

    private final Monitor monitor;
    private final Supplier<Map<String, double[]>> likeness;
    private String revision = "";

    /** @param likeness of the cards that answer now, see {@link Monitor#cards} */
    PoolWatch(Monitor monitor, Supplier<Map<String, double[]>> likeness) {
        this.monitor = monitor;
        this.likeness = likeness;
    }

    @Override
    public synchronized void asked(Asked event) {
        if (!event.revision().equals(revision)) {
            revision = event.revision();
            monitor.cards(likeness.get(), event.when());
        }
        var cards = event.cards();
        var best = cards.isEmpty() ? Optional.<Taken>empty() : Optional.of(cards.get(cards.size() - 1));
        monitor.answered(
                event.when(),
                best.map(taken -> taken.task().orElse(taken.card())),
                best.map(Taken::score).orElse(Double.NaN),
                event.abstained(),
                Duration.ofNanos(Math.round(event.seconds() * 1e9)));
    }
}
