package karuta.engine.features;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The entries that were used last, as many as fit. */
final class LruCache {

    private final long limit;
    private final Map<String, CacheEntry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** @param limit in bytes */
    LruCache(long limit) {
        this.limit = limit;
    }

    Optional<CacheEntry> get(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    void put(String key, CacheEntry entry) {
        var before = entries.put(key, entry);
        bytes += entry.bytes() - (before == null ? 0 : before.bytes());
        for (var oldest = entries.values().iterator(); bytes > limit && oldest.hasNext(); ) {
            bytes -= oldest.next().bytes();
            oldest.remove();
        }
    }
}
