package karuta.archive.age;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import karuta.api.KarutaException;

/**
 * Who may open what is closed.
 *
 * @param key public, {@code age1...}
 * @param name a comment, may be empty
 */
public record Recipient(String key, String name) {

    /** @throws KarutaException if it is no public key of age's X25519 kind */
    public Recipient {
        name = name.strip();
        if (!key.startsWith("age1")) {
            throw unfit(key);
        }
        writer(key);
    }

    /** Whether the name has somebody's address as one of its words: {@code Ada <ada@example.org>}. */
    public boolean isOf(String mail) {
        return Arrays.stream(name.split("[\\s<>(),;]+"))
                .anyMatch(word -> !word.isEmpty() && word.equalsIgnoreCase(mail));
    }

    RecipientStanzaWriter writer() {
        return writer(key);
    }

    private static RecipientStanzaWriter writer(String key) {
        try {
            return X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(key);
        } catch (GeneralSecurityException | IllegalArgumentException broken) {
            throw unfit(key);
        }
    }

    private static KarutaException unfit(String key) {
        return new KarutaException(
                "\"" + key
                        + "\" is no recipient: a public key of age begins with \"age1\" and ends with its check sum.",
                "\"age-keygen -y KEYFILE\" prints the public key of a key file.");
    }

    /**
     * Reads a file of recipients as {@code age -R} takes it: a key per line, comments begin with {@code #}. The comment just
     * before a key is its name.
     */
    public static List<Recipient> list(byte[] file) {
        var recipients = new ArrayList<Recipient>();
        var name = "";
        for (var line : new String(file, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .toList()) {
            if (line.startsWith("#")) {
                name = line.substring(1);
            } else if (!line.isEmpty()) {
                recipients.add(new Recipient(line, name));
                name = "";
            }
        }
        return List.copyOf(recipients);
    }

    /** Writes what {@link #list} reads. */
    public static byte[] file(List<Recipient> recipients) {
        var text = new StringBuilder();
        for (var recipient : recipients) {
            if (!recipient.name().isEmpty()) {
                text.append("# ").append(recipient.name()).append('\n');
            }
            text.append(recipient.key()).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
