package karuta.serve.monitor;

import jakarta.servlet.http.HttpServlet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import karuta.files.Sha256;
import karuta.serve.event.Watcher;
import karuta.serve.http.Annex;
import karuta.serve.pool.Health;
import karuta.serve.pool.PoolFacts;

/** The monitor at {@code /api/monitor}. What it counts outlives the service. */
public final class MonitorAnnex implements Annex, AutoCloseable {

    /** So much is lost at most where the process is killed. */
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final KeptMonitor kept;
    private final InstantSource clock;
    private final PoolFacts pool;

    /**
     * @param clock of this machine
     * @param pool in service
     * @param folder of the pool, by which the monitor is found again
     * @param state folder for the monitors of all pools
     * @param health is told where it cannot be written
     */
    public MonitorAnnex(InstantSource clock, PoolFacts pool, Path folder, Path state, Health health) {
        this.clock = clock;
        this.pool = pool;
        var place = folder.toAbsolutePath().normalize().toString();
        kept = new KeptMonitor(state.resolve(Sha256.of(place).substring(0, 16)), place, EVERY, health, clock.instant());
        monitor().cards(likeness(), clock.instant());
    }

    private Monitor monitor() {
        return kept.monitor();
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
        return Map.of("/api/monitor", new MonitorServlet(monitor(), clock));
    }

    @Override
    public List<Watcher> watchers() {
        return List.of(new PoolWatch(monitor(), this::likeness));
    }

    @Override
    public void close() {
        kept.close();
    }
}
