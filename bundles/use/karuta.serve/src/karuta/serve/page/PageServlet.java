package karuta.serve.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import karuta.serve.http.JsonServlet;
import karuta.serve.http.Problem;
import karuta.serve.http.Role;

/** Sends the page's files, with a policy that lets nothing but them run. */
final class PageServlet extends JsonServlet {

    private static final long serialVersionUID = 1L;

    /** Stricter than the gate's: previews are blobs, which the page makes of images that its user gives it. */
    static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; base-uri 'none';"
                    + " form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private final transient PageFiles files = new PageFiles();

    /** Nothing in it is secret: who has no token must be able to give one. */
    @Override
    protected Optional<Role> needed() {
        return Optional.empty();
    }

    @Override
    protected void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var part = files.find(request.getRequestURI())
                .orElseThrow(
                        () -> new Problem(404, "invalid_request_error", "not_found", "There is no such page here."));
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("Cache-Control", "no-cache");
        var tag = "\"" + part.tag() + "\"";
        response.setHeader("ETag", tag);
        if (tag.equals(request.getHeader("If-None-Match"))) {
            response.setStatus(304);
            return;
        }
        response.setContentType(part.type());
        response.setContentLength(part.bytes().length);
        response.getOutputStream().write(part.bytes());
    }
}
