package karuta.serve.http;

import jakarta.servlet.ServletRequest;
import java.util.Optional;

/**
 * Who calls.
 *
 * @param name of the token
 * @param role what it may do
 */
public record Caller(String name, Role role) {

    /** Where no tokens are asked for. */
    public static final Caller ANYONE = new Caller("anyone", Role.ADMIN);

    private static final String ATTRIBUTE = Caller.class.getName();

    /**
     * Who a request is from; the gate has found it out.
     *
     * @throws Problem if it has shown no token
     */
    public static Caller of(ServletRequest request) {
        return known(request).orElseThrow(Problem::unknownCaller);
    }

    /** Who a request is from, if it says so. */
    static Optional<Caller> known(ServletRequest request) {
        return Optional.ofNullable((Caller) request.getAttribute(ATTRIBUTE));
    }

    /** Notes it for the servlets. */
    void note(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /**
     * Goes on only if this caller may.
     *
     * @throws Problem if not
     */
    public void require(Role needed) {
        if (!role.covers(needed)) {
            throw new Problem(
                    403,
                    "permission_error",
                    "forbidden",
                    "This needs a token of the role " + needed.name().toLowerCase(java.util.Locale.ROOT) + ".");
        }
    }
}
