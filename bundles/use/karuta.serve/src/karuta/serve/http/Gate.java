package karuta.serve.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import karuta.serve.desk.Refusal;
import karuta.serve.event.Declined;
import karuta.serve.event.Watcher;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before all servlets: finds out who calls, refuses what no browser of a stranger may send here, and lets nothing out of an
 * error but a sentence.
 */
final class Gate extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final Logger log = LoggerFactory.getLogger(Gate.class);

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");

    /** Who has typed an address comes from nowhere. */
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    /** What a browser may do with what comes from here: run and show our own files, and nothing else. */
    static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none';"
                    + " form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private final transient Supplier<Optional<TokenFile>> tokens;
    private final transient Hosts hosts;
    private final transient Watcher watcher;

    /**
     * @param tokens asked for each request, so that one that is taken back counts no more; empty where anybody may call
     * @param hosts by which names the service is called
     * @param watcher is told who was refused
     */
    Gate(Supplier<Optional<TokenFile>> tokens, Hosts hosts, Watcher watcher) {
        this.tokens = tokens;
        this.hosts = hosts;
        this.watcher = watcher;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        var when = Instant.now();
        HEADERS.forEach(response::setHeader);
        try {
            admit(request);
            chain.doFilter(request, response);
        } catch (Problem problem) {
            refuse(request, response, when, problem);
        } catch (Refusal refusal) {
            refuse(request, response, when, Problem.of(refusal));
        } catch (RuntimeException | ServletException | Error failed) {
            if (failed instanceof HttpException told
                    && told.getCode() < 500) { // Jetty reads parameters when they are asked for
                refuse(request, response, when, Problem.invalid("invalid_request", "The request is broken."));
                return;
            }
            var id = UUID.randomUUID();
            log.error("request {} failed", id, failed);
            refuse(
                    request,
                    response,
                    when,
                    Problem.failed("The service failed at this request. Its log says why, under " + id + "."));
        }
    }

    private void admit(HttpServletRequest request) {
        if (!METHODS.contains(request.getMethod())) {
            throw new Problem(405, "invalid_request_error", "method_not_allowed", "Use GET or POST.");
        }
        if (!hosts.know(request.getHeader("Host"))) {
            throw new Problem(
                    421,
                    "invalid_request_error",
                    "wrong_host",
                    "This service is not called by this name. Call it by localhost or 127.0.0.1.");
        }
        if (isOfOtherOrigin(request) || isOfOtherSite(request)) {
            throw new Problem(
                    403, "permission_error", "wrong_origin", "Pages of other origins may not call this service.");
        }
        var known = tokens.get();
        if (known.isEmpty()) {
            Caller.ANYONE.note(request);
        } else {
            bearer(request)
                    .ifPresent(token -> known.get()
                            .find(token)
                            .orElseThrow(Problem::unknownCaller)
                            .note(request));
        }
    }

    private static boolean isOfOtherOrigin(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Origin"))
                .filter(origin -> !sameHost(origin, request.getHeader("Host")))
                .isPresent();
    }

    /** As browsers say it (W3C Fetch Metadata). A link may lead here from anywhere. */
    private static boolean isOfOtherSite(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Sec-Fetch-Site"))
                .filter(site -> !OWN_SITE.contains(site))
                .filter(site ->
                        !"navigate".equals(request.getHeader("Sec-Fetch-Mode")) || "POST".equals(request.getMethod()))
                .isPresent();
    }

    private static boolean sameHost(String origin, String host) {
        try {
            return Optional.ofNullable(URI.create(origin).getAuthority())
                    .filter(authority -> authority.equalsIgnoreCase(host))
                    .isPresent();
        } catch (IllegalArgumentException nonsense) {
            return false;
        }
    }

    private static Optional<String> bearer(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Authorization"))
                .map(header -> header.regionMatches(true, 0, "Bearer ", 0, 7)
                        ? header.substring(7).strip()
                        : "");
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, Instant when, Problem problem)
            throws IOException {
        var who = Caller.known(request).map(Caller::name).orElse("unknown");
        watcher.declined(new Declined(when, who, problem.status(), problem.code()));
        if (response.isCommitted()) {
            throw new IOException("the answer was under way"); // the connection ends, and with it the answer
        }
        response.reset();
        HEADERS.forEach(response::setHeader);
        problem.retryAfter().ifPresent(seconds -> response.setHeader("Retry-After", seconds.toString()));
        if (problem.status() == 401) {
            response.setHeader("WWW-Authenticate", "Bearer");
        }
        if (!request.getInputStream().isFinished()) {
            response.setHeader("Connection", "close"); // so Jetty does, and the client is told not to go on with it
        }
        Json.send(response, problem.status(), problem.json());
    }
}
