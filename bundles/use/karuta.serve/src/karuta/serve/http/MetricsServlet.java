package karuta.serve.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code GET /metrics} for Prometheus. */
final class MetricsServlet extends JsonServlet {

    private static final long serialVersionUID = 1L;

    private final transient Metrics metrics;
    private final transient Supplier<Map<String, Number>> gauges;

    MetricsServlet(Metrics metrics, Supplier<Map<String, Number>> gauges) {
        this.metrics = metrics;
        this.gauges = gauges;
    }

    @Override
    protected Optional<Role> needed() {
        return Optional.of(Role.ADMIN);
    }

    @Override
    protected void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Json.send(response, 200, "text/plain; version=0.0.4", metrics.text(gauges.get()));
    }
}
