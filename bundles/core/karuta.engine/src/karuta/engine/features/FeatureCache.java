package karuta.engine.features;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries by the hash of what they were made of, in memory as far as there is room and in a folder. The folder is a
 * convenience: what cannot be read is made anew, and where nothing can be written the work goes on without it.
 */
final class FeatureCache implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FeatureCache.class);

    /** Entries go to disk when there are so many bytes of them. */
    private static final long SHARD = 32L << 20;

    private final Path folder;
    private final CacheLimit limit;
    private final Map<String, CacheShard> stored = new HashMap<>();
    private final Set<Path> files = new HashSet<>();
    private final Map<String, CacheEntry> unsaved = new LinkedHashMap<>();
    private final LruCache<String, CacheEntry> recent;
    private long unsavedBytes;
    private boolean writable = true;

    /**
     * @param folder for the entries of one frozen model; made when it is needed
     * @param memory how many bytes of entries to keep in memory
     * @param limit how many bytes may be in the folder and those beside it
     */
    FeatureCache(Path folder, long memory, CacheLimit limit) {
        this.folder = folder;
        this.limit = limit;
        this.recent = new LruCache<>(memory, CacheEntry::bytes);
        if (Files.isDirectory(folder)) {
            try (var found = Files.newDirectoryStream(folder, "*" + CacheShard.ENDING)) {
                found.forEach(this::open);
            } catch (IOException unreadable) {
                log.warn("The feature cache {} cannot be read: {}", folder, unreadable.getMessage());
            }
        }
    }

    private void open(Path file) {
        try {
            CacheLimit.use(file);
            add(file, CacheShard.open(file));
        } catch (NoSuchFileException gone) {
            log.debug("{} was removed by another process", file);
        } catch (IOException damaged) {
            log.warn("A part of the feature cache is dropped and made anew: {}", damaged.getMessage());
            try {
                Files.deleteIfExists(file);
            } catch (IOException stuck) {
                log.debug("{} stays", file, stuck);
            }
        }
    }

    private void add(Path file, CacheShard shard) {
        files.add(file.toAbsolutePath());
        shard.keys().forEach(key -> stored.put(key, shard));
    }

    /** Whether an entry is there, without reading it. */
    synchronized boolean has(String key) {
        return recent.get(key).isPresent() || unsaved.containsKey(key) || stored.containsKey(key);
    }

    /** The entry of a key, made if it is not there. One is made at a time: whoever wants the same one waits for it. */
    synchronized CacheEntry get(String key, Supplier<CacheEntry> made) {
        var entry = recent.get(key)
                .or(() -> Optional.ofNullable(unsaved.get(key)))
                .or(() -> load(key))
                .orElseGet(() -> {
                    var fresh = made.get();
                    save(key, fresh);
                    return fresh;
                });
        recent.put(key, entry);
        return entry;
    }

    private Optional<CacheEntry> load(String key) {
        var shard = stored.get(key);
        if (shard == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(shard.get(key));
        } catch (IOException damaged) {
            log.warn("A part of the feature cache is dropped and made anew: {}", damaged.getMessage());
            stored.values().removeIf(shard::equals);
            try {
                shard.delete();
            } catch (IOException stuck) {
                log.debug("{} stays", folder, stuck);
            }
            return Optional.empty();
        }
    }

    private void save(String key, CacheEntry entry) {
        if (!writable) {
            return;
        }
        unsaved.put(key, entry);
        unsavedBytes += entry.bytes();
        if (unsavedBytes > SHARD) {
            flush();
        }
    }

    /** Brings to disk what is not there yet. */
    synchronized void flush() {
        if (unsaved.isEmpty()) {
            return;
        }
        try {
            if (limit.makeRoom(folder.toAbsolutePath().getParent(), unsavedBytes, files)) {
                var shard = CacheShard.write(folder, unsaved);
                add(shard.file(), shard);
            } else {
                writable = false;
                log.info(
                        "The feature cache has reached its limit of {} bytes ({}): what is not in it is computed again.",
                        limit.bytes(),
                        CacheLimit.VARIABLE);
            }
        } catch (IOException failed) {
            writable = false;
            log.warn(
                    "The feature cache {} cannot be written ({}); the run goes on without it.",
                    folder,
                    failed.getMessage());
        }
        unsaved.clear();
        unsavedBytes = 0;
    }

    @Override
    public synchronized void close() {
        flush();
        Set<CacheShard> shards = new HashSet<>(stored.values());
        stored.clear();
        for (var shard : shards) {
            try {
                shard.close();
            } catch (IOException failed) {
                log.debug("{} was not closed", folder, failed);
            }
        }
    }
}
