package karuta.serve.http;

import com.google.gson.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import karuta.serve.desk.Desk;
import karuta.serve.pool.Health;

/**
 * {@code GET /health}: 200 while questions are taken, 503 when the service is about to end; {@code /health/live} says 200 as long as
 * there is a process. What is wrong is told to who may know.
 */
final class HealthServlet extends JsonServlet {

    private static final long serialVersionUID = 1L;

    private final transient Desk desk;
    private final transient Health health;
    private final transient BooleanSupplier ending;

    HealthServlet(Desk desk, Health health, BooleanSupplier ending) {
        this.desk = desk;
        this.health = health;
        this.ending = ending;
    }

    @Override
    protected Optional<Role> needed() {
        return Optional.empty();
    }

    @Override
    protected void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var path = Optional.ofNullable(request.getPathInfo()).orElse("/");
        var troubles = health.troubles();
        var object = new JsonObject();
        object.addProperty("status", ending.getAsBoolean() ? "ending" : troubles.isEmpty() ? "ok" : "troubled");
        Caller.known(request).ifPresent(caller -> {
            object.addProperty("revision", desk.revision());
            object.addProperty("queue", desk.queue());
            if (caller.role().covers(Role.ADMIN)) {
                var told = new JsonObject();
                troubles.forEach(told::addProperty);
                object.add("troubles", told);
            }
        });
        switch (path) {
            case "/", "/ready" -> Json.send(response, ending.getAsBoolean() ? 503 : 200, object);
            case "/live" -> Json.send(response, 200, object);
            default -> throw Problem.unknown("/health" + path);
        }
    }
}
