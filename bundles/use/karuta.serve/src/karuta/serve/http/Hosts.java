package karuta.serve.http;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * By which names a service is called. One that listens to this machine alone is called by this machine's own: a page whose name was
 * made to lead here (DNS rebinding) sends another one.
 *
 * @param local whether it listens to this machine alone
 */
public record Hosts(boolean local) {

    private static final Set<String> OWN = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final Pattern FORM = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\[\\]]+)(:\\d{1,5})?");

    /** Whether a request's header names it. */
    boolean know(String header) {
        if (!local) {
            return true;
        }
        var match = FORM.matcher(header == null ? "" : header);
        return match.matches() && OWN.contains(match.group(1).toLowerCase(java.util.Locale.ROOT));
    }
}
