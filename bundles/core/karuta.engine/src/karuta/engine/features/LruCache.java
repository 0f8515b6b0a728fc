package karuta.engine.features;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * The entries that were used last, as many as fit.
 *
 * @param <K> by what they are found
 * @param <V> what is kept
 */
final class LruCache<K, V> {

    private final long limit;
    private final ToLongFunction<V> size;
    private final Map<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /**
     * @param limit in bytes
     * @param size of an entry in bytes
     */
    LruCache(long limit, ToLongFunction<V> size) {
        this.limit = limit;
        this.size = size;
    }

    Optional<V> get(K key) {
        return Optional.ofNullable(entries.get(key));
    }

    void put(K key, V entry) {
        Optional<V> before = Optional.ofNullable(entries.put(key, entry));
        bytes += size.applyAsLong(entry) - before.map(size::applyAsLong).orElse(0L);
        for (var oldest = entries.values().iterator(); bytes > limit && oldest.hasNext(); ) {
            bytes -= size.applyAsLong(oldest.next());
            oldest.remove();
        }
    }
}
