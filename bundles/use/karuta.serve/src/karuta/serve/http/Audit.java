package karuta.serve.http;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where and how it is written down who asked what.
 *
 * @param file that lines go to
 * @param contents whether questions and answers are written, too; images never are, but their fingerprints
 * @param bytes that a file may have; the line that exceeds them is its last one
 * @param age of a file's first line, from which on it gets no more
 * @param files that there may be, the one that is being written included; older ones are removed
 */
public record Audit(Path file, boolean contents, long bytes, Duration age, int files) {

    /** @throws IllegalArgumentException if a limit is below 1 */
    public Audit {
        if (bytes < 1 || age.toMillis() < 1 || files < 1) {
            throw new IllegalArgumentException(
                    "An audit log needs room, not " + bytes + ", " + age + ", " + files + ".");
        }
    }
}
