package karuta.serve.monitor;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import karuta.serve.http.Json;
import karuta.serve.http.JsonServlet;
import karuta.serve.http.Problem;

/** {@code GET /api/monitor?span=hour}, or {@code day}, {@code week}, {@code month}, {@code year}. */
final class MonitorServlet extends JsonServlet {

    private static final long serialVersionUID = 1L;

    private final transient Monitor monitor;
    private final transient InstantSource clock;

    MonitorServlet(Monitor monitor, InstantSource clock) {
        this.monitor = monitor;
        this.clock = clock;
    }

    @Override
    protected void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var name = Optional.ofNullable(request.getParameter("span")).orElse("day");
        var span = Span.of(name)
                .orElseThrow(() -> Problem.invalid(
                        "invalid_span", "\"span\" must be \"hour\", \"day\", \"week\", \"month\" or \"year\"."));
        Json.send(response, 200, monitor.json(span, clock.instant()));
    }
}
