package karuta.intake;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An image that can be read.
 *
 * @param file without links
 * @param bytes SHA-256 of the file
 * @param pixels fingerprint of what is to be seen: the same image may be stored in several ways
 */
record Photo(Path file, String bytes, String pixels) {

    private static final int DIGITS = 16;
    private static final Pattern ENDING = Pattern.compile(".*(\\.[a-z0-9]{1,5})");

    /** What it is called in a task's folder. */
    String name() {
        var match = ENDING.matcher(file.getFileName().toString().toLowerCase(Locale.ROOT));
        return bytes.substring(0, DIGITS) + (match.matches() ? match.group(1) : ".img");
    }
}
