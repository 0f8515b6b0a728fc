package karuta.files;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * For how long files have not changed, as this process has seen it: clocks of hosts and file systems may be wrong, and may
 * jump, so that a file's age says nothing.
 */
final class Silence {

    private record Seen(Object state, long nanos) {}

    private final Map<Path, Seen> seen = new ConcurrentHashMap<>();
    private final Duration limit;

    /** @param limit after which a file counts as silent */
    Silence(Duration limit) {
        this.limit = limit;
    }

    /**
     * Looks at a file once more.
     *
     * @param state something that is equal as long as the file has not changed
     * @return whether it was in this state at every look of this process, the first of which is long ago
     */
    boolean of(Path file, Object state) {
        var now = System.nanoTime();
        var since = seen.merge(
                file, new Seen(state, now), (before, fresh) -> before.state().equals(state) ? before : fresh);
        return now - since.nanos() > limit.toNanos();
    }

    /** The file does not matter any more. */
    void forget(Path file) {
        seen.remove(file);
    }
}
