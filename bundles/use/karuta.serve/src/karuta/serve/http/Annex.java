package karuta.serve.http;

import jakarta.servlet.http.HttpServlet;
import java.util.List;
import java.util.Map;
import karuta.serve.event.Watcher;

/**
 * What is built on to the service. Its servlets stand behind the same gate: under {@code /api/} and {@code /v1/} a caller is known
 * ({@link Caller#of}) and may ask; what needs more asks for it ({@link Caller#require}). They extend {@link JsonServlet} or throw
 * {@link Problem}s.
 */
public interface Annex {

    /** By pattern: {@code /api/monitor}; {@code /} for all that nobody else has. */
    Map<String, HttpServlet> servlets();

    /** Are told of every question. */
    List<Watcher> watchers();
}
