package karuta.serve.monitor;

import jakarta.servlet.http.HttpServlet;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import karuta.serve.event.Watcher;
import karuta.serve.http.Annex;
import karuta.serve.pool.PoolFacts;

/** The monitor at {@code /api/monitor}. It counts from the moment that it is made. */
public final class MonitorAnnex implements Annex {

    private final Monitor monitor;
    private final InstantSource clock;
    private final PoolFacts pool;

    /**
     * @param clock of this machine
     * @param pool in service
     */
    public MonitorAnnex(InstantSource clock, PoolFacts pool) {
        this.clock = clock;
        this.pool = pool;
        monitor = new Monitor(clock.instant());
        monitor.cards(likeness(), clock.instant());
    }

    /** By card, the scores that its own validation samples reached; none where nobody knows. */
    private Map<String, double[]> likeness() {
        var likeness = new TreeMap<String, double[]>();
        for (var card : pool.cards()) {
            likeness.put(
                    card.task(),
                    card.likeness().stream().mapToDouble(Double::doubleValue).toArray());
        }
        return likeness;
    }

    @Override
    public Map<String, HttpServlet> servlets() {
        return Map.of("/api/monitor", new MonitorServlet(monitor, clock));
    }

    @Override
    public List<Watcher> watchers() {
        return List.of(new PoolWatch(monitor, this::likeness));
    }
}
