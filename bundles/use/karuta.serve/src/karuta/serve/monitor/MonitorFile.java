package karuta.serve.monitor;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.util.Optional;
import karuta.files.Seal;
import karuta.files.Sha256;
import karuta.files.WholeFile;

/**
 * A file that keeps what a monitor knows, for its owner alone. It is written whole, and bears its own hash: what is damaged in it
 * is found, and so is the file of another pool, or of another form.
 */
final class MonitorFile {

    /** Others are not read. */
    private static final int FORM = 1;

    private static final Gson GSON = new Gson();
    private static final Seal SEAL = new Seal("{\"sha256\":\"");

    private final Path path;
    private final String pool;

    private record Content(String sha256, int form, String pool, Monitor.Known known) {}

    /** What is there is no such file, or of another pool. */
    static final class Unfit extends Exception {

        private static final long serialVersionUID = 1L;

        Unfit(String why) {
            super(why);
        }
    }

    /** @param pool whose monitor it is */
    MonitorFile(Path path, String pool) {
        this.path = path;
        this.pool = pool;
    }

    /** Where a file goes that is none. The next one takes its place. */
    Path aside() {
        return path.resolveSibling(path.getFileName() + ".aside");
    }

    void putAside() throws IOException {
        Files.move(path, aside(), StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * A monitor that goes on where the last one was; empty if there is no file.
     *
     * @throws Unfit if there is another one in its place
     */
    Optional<Monitor> read() throws IOException, Unfit {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        var bytes = Files.readAllBytes(path);
        if (!SEAL.holds(bytes)) {
            throw new Unfit("it is damaged, or another program's");
        }
        try {
            var content = GSON.fromJson(new String(bytes, StandardCharsets.UTF_8), Content.class);
            if (content.form() != FORM) {
                throw new Unfit("it is of the form " + content.form() + ", and this Karuta reads " + FORM);
            }
            if (!content.pool().equals(pool)) {
                throw new Unfit("it is that of " + content.pool());
            }
            return Optional.of(new Monitor(content.known()));
        } catch (JsonParseException
                | NullPointerException
                | IllegalArgumentException
                | IndexOutOfBoundsException
                | DateTimeException other) {
            throw new Unfit("it does not say what a monitor knows");
        }
    }

    void write(Monitor monitor) throws IOException {
        var text = GSON.toJson(new Content(Seal.BLANK, FORM, pool, monitor.known()));
        // the hash is one of bytes, and the seal takes a character for each
        var bytes = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        WholeFile.ofOwner(path).stream(out -> out.write(sealed(bytes).getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static String sealed(String bytes) {
        return SEAL.with(
                bytes,
                new Sha256().add(bytes.getBytes(StandardCharsets.ISO_8859_1)).hex());
    }
}
