package karuta.engine.features;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.api.KarutaException;

/**
 * Where features are kept between runs. Nothing in it is needed: what is missing is computed anew.
 *
 * @param path of the folder; it need not exist
 */
public record CacheFolder(Path path) {

    /** The property that names the folder for all that Karuta caches. */
    public static final String PROPERTY = "karuta.cache";

    /** {@code features} in the folder that the property names, or else in the system's place for a user's caches. */
    public static CacheFolder ofUser() {
        var base = Optional.ofNullable(System.getProperty(PROPERTY))
                .map(Path::of)
                .orElseGet(() -> usual(System.getProperty("os.name").toLowerCase(Locale.ROOT)));
        return new CacheFolder(base.resolve("features"));
    }

    private static Path usual(String system) {
        var home = Path.of(System.getProperty("user.home"));
        if (system.startsWith("mac")) {
            return home.resolve("Library").resolve("Caches").resolve("karuta");
        }
        if (system.startsWith("windows")) {
            return home.resolve("AppData").resolve("Local").resolve("karuta").resolve("cache");
        }
        return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .orElse(home.resolve(".cache"))
                .resolve("karuta");
    }

    /** The size of all files in it. */
    public long bytes() {
        var bytes = 0L;
        for (var file : files()) {
            bytes += file.toFile().length();
        }
        return bytes;
    }

    /** Removes everything in it. */
    public void clear() {
        for (var file : files()) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException stuck) {
                throw new KarutaException(
                        "Cannot remove " + file + ": " + stuck.getMessage(), "Check who owns the folder.", stuck);
            }
        }
    }

    private List<Path> files() {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException unreadable) {
            throw new KarutaException(
                    "Cannot read " + path + ": " + unreadable.getMessage(), "Check who owns the folder.", unreadable);
        }
    }
}
