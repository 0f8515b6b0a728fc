package karuta.serve.pool;

import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is wrong with a service that goes on all the same. Each trouble is logged once. */
public final class Health {

    private static final Logger log = LoggerFactory.getLogger(Health.class);

    /** Guarded by this. */
    private final Map<String, String> troubles = new TreeMap<>();

    /**
     * Something is wrong.
     *
     * @param with what: {@code pool}, {@code dropins}
     * @param words what it is, and what goes on meanwhile
     */
    public synchronized void trouble(String with, String words) {
        if (!words.equals(troubles.put(with, words))) {
            log.warn("{}", words);
        }
    }

    /** It is all right again. */
    public synchronized void well(String with) {
        if (troubles.remove(with) != null) {
            log.info("{}: all is well again", with);
        }
    }

    /** What is wrong now, by what is concerned. */
    public synchronized Map<String, String> troubles() {
        return new TreeMap<>(troubles);
    }
}
