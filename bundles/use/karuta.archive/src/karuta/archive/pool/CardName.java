package karuta.archive.pool;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import karuta.api.KarutaException;

/**
 * The name of a card, which is that of its task. Any words will do; the card's files have names that every file system takes.
 *
 * @param value in Unicode's composed form, so that what looks the same is the same
 */
public record CardName(String value) implements Comparable<CardName> {

    private static final String PLAIN = "-_";

    /** What file systems take, in bytes, less the longest ending. */
    private static final int ROOM = 255 - ".safetensors.age".length();

    /**
     * @throws KarutaException if it is empty, too long, or holds characters that nobody can see
     */
    public CardName {
        value = Normalizer.normalize(value, Normalizer.Form.NFC);
        if (value.isBlank() || !value.equals(value.strip())) {
            throw new KarutaException(
                    "\"" + value + "\" is no name of a task: it is empty, or begins or ends with a blank.",
                    "Give the task a name.");
        }
        if (value.codePoints().anyMatch(CardName::unseen)) {
            throw new KarutaException(
                    "A task's name holds a character that cannot be seen (a line end, a control character).",
                    "Give the task another name.");
        }
        if (file(value).length() > ROOM) {
            throw new KarutaException(
                    "The task's name \"" + value + "\" is too long: its file's name would have more than " + ROOM
                            + " characters.",
                    "Give the task a shorter name.");
        }
    }

    private static boolean unseen(int point) {
        var type = Character.getType(point);
        return type == Character.CONTROL
                || type == Character.FORMAT && point != 0x200D // joins emoji
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE
                || type == Character.UNASSIGNED;
    }

    /** The card of a file's name, without its ending. */
    static CardName ofFile(String file) {
        try {
            return new CardName(java.net.URLDecoder.decode(file.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException torn) {
            throw new KarutaException(
                    "cards/" + file + " is no name of a card's file.",
                    "Remove it, or give it back the name it had.",
                    torn);
        }
    }

    /** The name of the card's files, without ending: small letters, digits, {@code -} and {@code _} as they are, all else
     * as {@code %XX} per byte of UTF-8, so that file systems that do not tell cases apart do not mix two cards up. */
    public String file() {
        return file(value);
    }

    private static String file(String value) {
        var file = new StringBuilder();
        for (var b : value.getBytes(StandardCharsets.UTF_8)) {
            if (b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b > 0 && PLAIN.indexOf(b) >= 0) {
                file.append((char) b);
            } else {
                file.append("%%%02X".formatted(b & 0xff));
            }
        }
        return file.toString();
    }

    @Override
    public int compareTo(CardName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
