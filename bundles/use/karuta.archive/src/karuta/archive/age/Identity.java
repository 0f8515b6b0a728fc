package karuta.archive.age;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import karuta.api.KarutaException;
import karuta.files.Access;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A secret key. It never says itself, in no message and no log. */
public final class Identity {

    private static final Logger log = LoggerFactory.getLogger(Identity.class);

    private static final String BEGIN = "AGE-SECRET-KEY-1";

    private final RecipientStanzaReader reader;

    private Identity(RecipientStanzaReader reader) {
        this.reader = reader;
    }

    /**
     * Reads a key file as {@code age-keygen} writes it; warns if others may read it, too.
     *
     * @throws KarutaException if it cannot be read, or holds no secret key
     */
    public static List<Identity> read(Path file) {
        try {
            var keys = Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(line -> of(line, file))
                    .toList();
            if (keys.isEmpty()) {
                throw unfit(file);
            }
            if (Access.isOpenToOthers(file)) {
                log.warn("The key file {} is open to others: chmod 600 it", file);
            }
            return keys;
        } catch (NoSuchFileException missing) {
            throw new KarutaException(
                    "There is no key file " + file + ".",
                    "Name the file that \"age-keygen -o FILE\" has made.",
                    missing);
        } catch (IOException unreadable) {
            throw new KarutaException(
                    "The key file " + file + " cannot be read: " + unreadable.getMessage(),
                    "Name the file that \"age-keygen -o FILE\" has made.",
                    unreadable);
        }
    }

    private static Identity of(String key, Path file) {
        if (!key.startsWith(BEGIN)) {
            throw unfit(file);
        }
        try {
            return new Identity(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(key));
        } catch (GeneralSecurityException | IllegalArgumentException broken) {
            throw unfit(file); // without cause: it might say the key
        }
    }

    private static KarutaException unfit(Path file) {
        return new KarutaException(
                file + " is no key file of age: a line that begins with \"" + BEGIN + "\" is missing or damaged.",
                "Name the file that \"age-keygen -o FILE\" has made.");
    }

    RecipientStanzaReader reader() {
        return reader;
    }

    @Override
    public String toString() {
        return "a secret key";
    }
}
