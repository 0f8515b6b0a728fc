package karuta.serve.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * A servlet for GET or POST that throws {@link Problem}s; of the other methods it knows none, TRACE least of all. It answers whom
 * the gate knows and who has a role.
 */
public abstract class JsonServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** What a caller must be; empty where anybody may look. */
    protected Optional<Role> needed() {
        return Optional.of(Role.ASKER);
    }

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        needed().ifPresent(role -> Caller.of(request).require(role));
        switch (request.getMethod()) {
            case "GET", "HEAD" -> get(request, response);
            case "POST" -> post(request, response);
            default -> throw wrongMethod(request);
        }
    }

    /** GET, and HEAD, of which the container leaves the body out. */
    protected void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
        throw wrongMethod(request);
    }

    /** POST. */
    protected void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
        throw wrongMethod(request);
    }

    private static Problem wrongMethod(HttpServletRequest request) {
        return new Problem(
                405,
                "invalid_request_error",
                "method_not_allowed",
                request.getRequestURI() + " takes no " + request.getMethod() + ".");
    }
}
