package karuta.engine.features;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import karuta.api.KarutaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much features may take on the disk, over all models. The files that were used longest ago go first; a process that
 * still reads one of them is not disturbed, and makes anew what it misses.
 *
 * @param bytes of all files together
 */
public record CacheLimit(long bytes) {

    /** The environment variable that sets it, such as {@code 500M} or {@code 20G}. */
    public static final String VARIABLE = "KARUTA_CACHE_LIMIT";

    private static final Logger log = LoggerFactory.getLogger(CacheLimit.class);
    private static final CacheLimit USUAL = new CacheLimit(4_000_000_000L);
    private static final Pattern SIZE = Pattern.compile("(\\d{1,6})([KMGT])|(\\d{1,18})");

    private record Known(Path file, long bytes, FileTime used) {}

    /** What the environment says, or 4 GB. */
    public static CacheLimit ofUser() {
        return Optional.ofNullable(System.getenv(VARIABLE))
                .filter(text -> !text.isBlank())
                .map(CacheLimit::parse)
                .orElse(USUAL);
    }

    static CacheLimit parse(String text) {
        var size = SIZE.matcher(text.strip().toUpperCase(Locale.ROOT).replaceFirst("B$", ""));
        if (!size.matches()) {
            throw new KarutaException(
                    VARIABLE + " is \"" + text + "\", which is no size.",
                    "Write a number of bytes, or one with K, M, G or T behind it, such as 20G; 0 keeps nothing.");
        }
        if (size.group(3) != null) {
            return new CacheLimit(Long.parseLong(size.group(3)));
        }
        var factor = (long) Math.pow(1000, 1 + "KMGT".indexOf(size.group(2)));
        return new CacheLimit(Long.parseLong(size.group(1)) * factor);
    }

    /** Notes that a file is used now, where the cache may be written. */
    static void use(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException readOnly) {
            log.debug("{} cannot be marked as used", file, readOnly);
        }
    }

    /**
     * Removes what was used longest ago, until there is room.
     *
     * @param cache the folder of all models' folders
     * @param more bytes that are about to be written
     * @param mine files that stay
     * @return whether there is room now
     */
    boolean makeRoom(Path cache, long more, Set<Path> mine) throws IOException {
        var files = files(cache);
        var total = more + files.stream().mapToLong(Known::bytes).sum();
        for (var known : files) {
            if (total <= bytes) {
                break;
            }
            if (!mine.contains(known.file()) && Files.deleteIfExists(known.file())) {
                total -= known.bytes();
            }
        }
        return total <= bytes;
    }

    private static List<Known> files(Path cache) throws IOException {
        if (!Files.isDirectory(cache)) {
            return List.of();
        }
        try (var files = Files.walk(cache, 2)) {
            return files.filter(file -> file.getFileName().toString().endsWith(CacheShard.ENDING))
                    .flatMap(file -> known(file).stream())
                    .sorted(Comparator.comparing(Known::used))
                    .toList();
        } catch (UncheckedIOException gone) {
            throw gone.getCause();
        }
    }

    private static Optional<Known> known(Path file) {
        try {
            return Optional.of(new Known(file, Files.size(file), Files.getLastModifiedTime(file)));
        } catch (IOException gone) { // another process needed room as well
            return Optional.empty();
        }
    }
}
