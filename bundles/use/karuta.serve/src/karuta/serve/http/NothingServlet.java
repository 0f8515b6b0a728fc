package karuta.serve.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/** Where nobody else is. */
final class NothingServlet extends JsonServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected Optional<Role> needed() {
        return Optional.empty();
    }

    @Override
    protected void get(HttpServletRequest request, HttpServletResponse response) {
        throw Problem.unknown(request.getRequestURI());
    }

    @Override
    protected void post(HttpServletRequest request, HttpServletResponse response) {
        throw Problem.unknown(request.getRequestURI());
    }
}
