package karuta.serve.http;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import karuta.serve.desk.Desk;
import karuta.serve.event.Watcher;
import karuta.serve.event.Watchers;
import karuta.serve.pool.Health;
import karuta.serve.pool.PoolFacts;

/** All that the service offers over HTTP, ready to be mounted: servlets by pattern, and the gate before all of them. */
public final class Site {

    /** All servlets, and the gate before them, are mounted below this. */
    public static final String ALL = "/*";

    /** Headers that every answer has. */
    public static final Map<String, String> HEADERS = Gate.HEADERS;

    private final Map<String, HttpServlet> servlets;
    private final Filter gate;

    private Site(Map<String, HttpServlet> servlets, Filter gate) {
        this.servlets = servlets;
        this.gate = gate;
    }

    /** By pattern. */
    public Map<String, HttpServlet> servlets() {
        return servlets;
    }

    /** Before all of them. */
    public Filter gate() {
        return gate;
    }

    /** Puts a site together. */
    public static final class Builder {

        private final Metrics metrics = new Metrics();
        private final Watcher watcher;
        private final List<Annex> annexes;

        /**
         * @param audit log, if one is kept
         * @param annexes what is built on
         */
        public Builder(Optional<AuditLog> audit, List<Annex> annexes) {
            this.annexes = List.copyOf(annexes);
            watcher = new Watchers(watchers(metrics, audit, annexes));
        }

        /** Whom the desk shall tell. */
        public Watcher watcher() {
            return watcher;
        }

        /**
         * The site.
         *
         * @param asking the way to the desk
         * @param pool behind it
         * @param health of the service
         * @param ending whether it is about to end
         * @param tokens who may call; empty where anybody may
         * @param hosts by which names it is called
         */
        public Site build(
                Asking asking,
                PoolFacts pool,
                Health health,
                BooleanSupplier ending,
                Supplier<Optional<TokenFile>> tokens,
                Hosts hosts) {
            var servlets = new LinkedHashMap<String, HttpServlet>();
            servlets.put("/v1/chat/completions", new ChatServlet(asking, pool.name()));
            servlets.put("/v1/models/*", new ModelsServlet(pool));
            servlets.put("/api/ask", new AskServlet(asking));
            servlets.put("/api/pool", new PoolServlet(pool));
            servlets.put("/health/*", new HealthServlet(asking.desk(), health, ending));
            servlets.put("/metrics", new MetricsServlet(metrics, () -> gauges(asking.desk(), pool, health)));
            servlets.put("/", new NothingServlet());
            annexes.forEach(annex -> servlets.putAll(annex.servlets()));
            return new Site(servlets, new Gate(tokens, hosts, watcher));
        }

        private static Map<String, Number> gauges(Desk desk, PoolFacts pool, Health health) {
            var gauges = new TreeMap<String, Number>();
            gauges.put("karuta_queue", desk.queue());
            gauges.put("karuta_queue_limit", desk.limits().queue());
            gauges.put("karuta_openings", pool.openings());
            gauges.put("karuta_troubles", health.troubles().size());
            var runtime = Runtime.getRuntime();
            gauges.put("karuta_heap_used_bytes", runtime.totalMemory() - runtime.freeMemory());
            return gauges;
        }

        private static List<Watcher> watchers(Metrics metrics, Optional<AuditLog> audit, List<Annex> annexes) {
            var all = new ArrayList<Watcher>(List.of(metrics));
            audit.ifPresent(all::add);
            annexes.forEach(annex -> all.addAll(annex.watchers()));
            return all;
        }
    }
}
