package karuta.archive.trust;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.files.Access;
import karuta.files.Sha256;
import karuta.files.WholeFile;

/**
 * What a user has seen of pools, outside of them: what is in a pool can be put back to an older state with all that is
 * written in it. A file for each folder of a pool.
 *
 * @param folder of these files; it need not exist
 */
public record Memory(Path folder) {

    private static final String ENDING = ".json";

    /** In the system's place for what programs keep of a user and nobody edits. */
    public static Memory ofUser() {
        var home = Path.of(System.getProperty("user.home"));
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        var place = system.startsWith("mac")
                ? home.resolve("Library/Application Support")
                : system.startsWith("windows")
                        ? home.resolve("AppData/Local")
                        : Optional.ofNullable(System.getenv("XDG_STATE_HOME"))
                                .filter(named -> !named.isBlank())
                                .map(Path::of)
                                .orElse(home.resolve(".local/state"));
        return new Memory(place.resolve("karuta").resolve("pools"));
    }

    List<Seen> all() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .map(Memory::read)
                    .toList();
        } catch (IOException unreadable) {
            throw unusable(folder, unreadable);
        }
    }

    private static Seen read(Path file) {
        try {
            var seen = Optional.ofNullable(new GsonBuilder().create().fromJson(Files.readString(file), Seen.class));
            return seen.orElseThrow(() -> new JsonParseException("it is empty"));
        } catch (IOException | JsonParseException | NullPointerException unfit) {
            throw unusable(file, unfit);
        }
    }

    /** Forgets what was in a folder, because something new is made there. */
    public void forget(Path pool) {
        try {
            Files.deleteIfExists(file(pool.toRealPath().toString()));
        } catch (IOException unwritable) {
            throw unusable(folder, unwritable);
        }
    }

    private Path file(String pool) {
        return folder.resolve(Sha256.of(pool).substring(0, 16) + ENDING);
    }

    void remember(Seen seen) {
        var file = file(seen.folder());
        try {
            Access.PRIVATE.folders(folder);
            WholeFile.ofOwner(file)
                    .write(new GsonBuilder()
                                    .setPrettyPrinting()
                                    .disableHtmlEscaping()
                                    .create()
                                    .toJson(seen)
                            + "\n");
        } catch (IOException unwritable) {
            throw unusable(file, unwritable);
        }
    }

    private static KarutaException unusable(Path file, Exception why) {
        return new KarutaException(
                "What Karuta has seen of pools cannot be kept in " + file + ": " + why.getMessage() + ".",
                "Check the file; \"karuta pool verify --trust\" writes a new one where it was removed.",
                why);
    }
}
