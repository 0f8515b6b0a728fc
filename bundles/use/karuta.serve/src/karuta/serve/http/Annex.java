package karuta.serve.http;

import jakarta.servlet.http.HttpServlet;
import java.util.List;
import java.util.Map;
import karuta.serve.event.Watcher;

/**
 * What is built on to the service. Its servlets stand behind the same gate. Those that answer known callers alone extend
 * {@link JsonServlet}; any other one is open to everybody, as a page without secrets may be.
 */
public interface Annex {

    /** By pattern: {@code /api/monitor}; {@code /} for all that nobody else has. */
    Map<String, HttpServlet> servlets();

    /** Are told of every question. */
    List<Watcher> watchers();
}
